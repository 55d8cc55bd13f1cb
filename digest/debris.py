"""What a web page leaves around a text that was saved from it: share bars, and pointers to other articles.

Only whole lines go, and only where they can be nothing else: a bar anywhere, a pointer at the end.
"""

import re

LONGEST_TEASER = 120  # characters: of another article's title under a pointer

_BAR = re.compile(
    r"""(?:(?:(?:share|post|send|save|pin|tweet|follow)\s+(?:this|us|it|article|story|on|via|by|to|with|\s)*)?
    (?:share|tweet|facebook|twitter|x|whats\s?app|e-?mail|print|pinterest|linked\s?in|reddit|telegram|messenger
    |bluesky|mastodon|threads|flipboard|pocket|instagram|vkontakte|vk|copy\ link|link|save|bookmark|comment
    |[\d.,]+k?\ (?:comments?|shares?)|teilen|drucken|merken|partager|imprimer|envoyer|compartir|imprimir|guardar
    |поделиться|распечатать|مشاركة|طباعة)
    [\s|/·•,]*)+""",
    re.IGNORECASE | re.VERBOSE,
)
_BAR_PHRASE = re.compile(
    r"(?:tweet|print|save|e-?mail|pin) (?:this|it)(?: article| story)?|share (?:this|on|via)\b.{0,40}"
    r"|follow us (?:on|at)\b.{0,40}|(?:sign up|subscribe) (?:for|to) (?:our|the)\b.{0,60}"
    r"|advertisement|story continues below.{0,30}|media playback is (?:un|not )supported.{0,30}|skip (?:ad|advert)\w*"
    r"|\d+[ -]?min(?:ute)?s?[ -]read|reading time\W.{1,20}|estimated reading time.{0,20}"
    r"|\d+ Min(?:\.|uten) Lese(?:zeit|dauer)|Lese(?:zeit|dauer)\W.{1,20}|temps de lecture\W.{1,20}|lecture \d+ min\.?"
    r"|(?:tiempo|tempo) de (?:lectura|leitura)\W.{1,20}|время чтения\W.{1,20}"
    r"|(?:loading|please wait)(?:\.{3}|…)|get the (?:app|newsletter).{0,40}|реклама|anzeige|publicité|publicidad",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:(?:read|see|watch)\s+(?:also|more|next)|also\s+read|related(?:\s+(?:articles?|stories|topics|content|news))?"
    r"|more\s+(?:on\s+this(?:\s+(?:story|topic))?|from\s+\w[\w ]{0,30}|stories)|recommended|most\s+(?:read|popular)"
    r"|(?:lesen\s+sie|siehe)\s+(?:auch|mehr)|mehr\s+zum\s+thema|(?:à\s+)?lire\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)"
    r"|(?:lea|lee|ver|vea)\s+también|leia\s+(?:também|mais)|leggi\s+anche|lees\s+ook|читайте\s+(?:также|далее)"
    r"|смотрите\s+также|اقرأ\s+أيضاً?|إقرأ\s+أيضاً?)(?P<rest>\s*[:>»].*)?\s*",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,100}|all rights reserved\.?|(?:tags|topics|filed under|schlagwörter|теги|mots[- ]clés)"
    r"\s*:.{1,150}",
    re.IGNORECASE,
)
_DOT = re.compile(r"[-–—*•·|]\s*")


def is_bar(line: str) -> bool:
    """Whether a line is what a page offers to do with it, or a mark that lost its text."""
    line = line.strip()
    if not line or "@" in line or "#" in line or len(line) > LONGEST_TEASER:
        return False
    return bool(_BAR.fullmatch(line) or _BAR_PHRASE.fullmatch(line) or _DOT.fullmatch(line))


def without_debris(text: str) -> tuple[str, tuple[str, ...]]:
    """The text of a clipping without bars and without the pointers at its end; and the lines that went."""
    lines = text.split("\n")
    gone = {at for at, line in enumerate(lines) if is_bar(line) and not _stands_in_list(lines, at)}
    start = _tail(lines, gone)
    gone |= {at for at in range(start, len(lines)) if lines[at].strip()}
    kept = "\n".join(line for at, line in enumerate(lines) if at not in gone)
    return kept, tuple(lines[at].strip() for at in sorted(gone) if not _DOT.fullmatch(lines[at].strip()))


def _stands_in_list(lines: list[str], at: int) -> bool:
    """Whether a line may be an item of the text's own list: a word among others of its kind."""
    return lines[at].lstrip().startswith(("- ", "* ", "|")) and not _DOT.fullmatch(lines[at].strip())


def _tail(lines: list[str], gone: set[int]) -> int:
    """Where the pointers and imprints begin after which no text comes any more; at least one line stands before."""
    written = [at for at, line in enumerate(lines) if line.strip() and at not in gone]
    start = len(lines)
    for nth in range(len(written) - 1, 0, -1):
        line = lines[written[nth]].strip("*_#> \t")
        pointer = _POINTER.fullmatch(line) if len(line) <= LONGEST_TEASER else None
        if pointer or _IMPRINT.fullmatch(line):
            below = [lines[at] for at in written[nth + 1 :] if at < start]
            if below and not (pointer and not (pointer["rest"] or "").strip(" :>»") and all(map(_is_teaser, below))):
                break
            start = written[nth]
        elif not _is_teaser(line):
            break
    return start


def _is_teaser(line: str) -> bool:
    """Whether a line can be the title of another article: short, and no sentence."""
    return (
        len(line) <= LONGEST_TEASER
        and "@" not in line
        and not line.rstrip("*_ ").endswith((".", "”", '"', "!", ":", "»"))
    )
