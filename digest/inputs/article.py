"""Saved articles: Markdown, web pages and clippings, with or without front matter → one item each."""

import re
from dataclasses import replace

from digest.dates import is_date_line, read_moment
from digest.debris import is_bar, without_debris
from digest.encodings import decode, mend
from digest.errors import InputError
from digest.frontmatter import Front, split
from digest.markdown import line_to_html, to_html
from digest.markup import inline, plain
from digest.model import RawItem, Reading, Source
from digest.networks import read_address
from digest.webpage import read_page

LONGEST_GONE = 200  # characters: of what is told of the lines that were left out
LONGEST_BYLINE = 100  # characters
LONGEST_NAME = 4  # words
_HEAD_KEYS = ("title", "date", "updated", "author", "url", "source")

_BYLINES = frozenset({"by", "by:", "von", "par", "por", "door", "بقلم", "بقلم:", "от"})
_PARTICLES = frozenset(
    {"and", "und", "et", "de", "da", "di", "du", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "for"}
)
_SECTIONS = frozenset(
    "news world east africa europe asia politics business opinion analysis report reports sport culture science the"
    " breaking live talks house city desk staff agency press daily times post today editorial exclusive".split()
)
_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|modified|edited|aktualisiert|mis à jour|actualizado|обновлено)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"(?:first\s+)?(?:published|posted|publié|veröffentlicht|publicado|опубликовано)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d\s?(?:[ap]\.?m\.?|Uhr)?(?:\s?[A-Z]{2,4})?")
_CLOCK_AT_END = re.compile(rf"[\s,]+(?:at\s|um\s|à\s)?{_CLOCK.pattern}$")
_PARTS = re.compile(
    r"\s+[|•·]\s+|[,;]\s+(?=(?:last\s+)?(?:updated|modified|aktualisiert|mise? à jour|actualizado|обновлено)\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_SOURCE = re.compile(r"(?:source|quelle|fuente|fonte|источник|المصدر)\s?:\s*(?P<name>[^\n:]{2,60})", re.IGNORECASE)
_TAGS = re.compile(r"(?:#\w+[\s,]*)+")
_HANDLE = re.compile(r"\s+\(?@\w+\)?")
_WHENCE = re.compile(r"\s+(?:in|reporting from|reports from)\s+[^\W\d_][\w .'’-]{1,40}$")
_AGO = re.compile(  # when is only known to who saved it
    r"(?:(?:updated|published|posted)\s)?(?:\d+|an?)\s(?:min(?:ute)?|h(?:ou)?r|day|week|month)s?\sago|yesterday"
    r"|vor\s(?:\d+|einer?|einem)\s(?:Minute|Stunde|Tag|Woche)\w*|il y a\s\d+\s\w+|hace\s\d+\s\w+|\d+\s\w+\sназад",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(
    r"^(?:author|autore?|auteur|автор|текст|words|written by|text by)\s*:?\s+(?=[^\W\d_])", re.IGNORECASE
)
_NAME = re.compile(r"(?!\w*[\d_])[^\W\d_][\w'’.-]*")
_UNDERLINE = re.compile(r"[=\-*_~\s]+")
_HEADING = re.compile(r"# +(?P<title>[^\n]+)")
_FREE = re.compile(r"own|licen[sc]ed|cc[ 0-].*|public domain", re.IGNORECASE)  # rights that allow the full text


def read(data: bytes, source: Source, file: str) -> Reading:
    """The article in a file: its kind goes by the file's suffix, its fields by front matter, else by its own words."""
    text = mend(decode(data))
    front, body = split(text)
    if file.lower().endswith((".html", ".htm")):
        return Reading(items=(_page(front or Front(), body, source, file),))
    if front is None:
        front, body = _head(text)
        body, gone = without_debris(body)
        if gone:
            front = replace(
                front, flaws=(*front.flaws, f"left out as the page's own: {' | '.join(gone)[:LONGEST_GONE]}")
            )
        return Reading(items=(_item(front, to_html(body, clipping=True), source, file, clipping=True),))
    heading = _HEADING.match(body)
    if heading and front.title in ("", title := heading["title"].rstrip(" #")):
        front, body = replace(front, title=title), body[heading.end() :]
    elif not front.title:  # a clipping that `digest add` has stamped
        head, body = _head(body)
        told = {key: getattr(front, key) or getattr(head, key) for key in _HEAD_KEYS}
        front = replace(front, **told)
    return Reading(items=(_item(front, to_html(body, clipping=file.lower().endswith(".txt")), source, file),))


def _page(front: Front, html: str, source: Source, file: str) -> RawItem:
    """An item of a web page; its front matter goes before what the page says."""
    page = read_page(html)
    if not (page.title or front.title) and not plain(page.html):
        raise InputError("a web page without any text")
    told = replace(
        front,
        title=front.title or page.title,
        date=front.date or page.published,
        updated=front.updated or page.updated,
        source=front.source or page.site,
        url=front.url or page.url,
        author=front.author or page.author,
        language=front.language or page.language,
    )
    return _item(told, page.html, source, file)


def _head(text: str) -> tuple[Front, str]:
    """What the first lines of a clipping say (title, date, byline), and the text under them."""
    lines = text.split("\n")
    front = Front()
    tags: list[str] = []
    for at, line in enumerate(lines):
        words = inline(line_to_html(line))
        if not words or (front.title and (_UNDERLINE.fullmatch(line) or is_bar(line))):
            continue
        if front.title and _TAGS.fullmatch(line.strip()):
            tags.append(f"{line}\n")
            continue
        told = _told(words, front) if front.title else replace(front, title=words)
        if told is None and not front.author and _is_name(words) and _dates(_below(lines, at)):
            told = replace(front, author=words)
        if told is None:
            return front, "\n".join([*tags, *lines[at:]])
        front = told
    return front, "\n".join(tags)


def _told(line: str, front: Front) -> Front | None:
    """The head with what one more line says, each of its parts; None where it is text."""
    parts = _PARTS.split(line)
    for part in parts if all(map(is_date_line, parts)) or not is_date_line(line) else [line]:
        if not front.date and is_date_line(part):
            front = replace(front, date=part)
        elif not front.updated and (found := _UPDATED.match(part)) and is_date_line(part):
            front = replace(front, updated=part)
        elif not front.updated and found and (clock := _CLOCK.fullmatch(part[found.end() :].strip(" :,"))):
            front = replace(front, updated=f"{_CLOCK_AT_END.sub('', front.date)} {clock.group()}".strip())
        elif front.date and _PUBLISHED.match(part) and is_date_line(part):
            front = replace(front, date=max(front.date, part, key=len))  # the one that knows the hour
        elif not front.author and _is_byline(part):
            front = replace(front, author=_WHENCE.sub("", _AUTHOR_LABEL.sub("", part)))
        elif not front.author and part != line and _is_name(part):
            front = replace(front, author=part)
        elif not front.url and _ADDRESS.fullmatch(part) and not read_address(part):
            front = replace(front, url=part)
        elif not front.source and (named := _SOURCE.fullmatch(part)):
            front = replace(front, source=named["name"].strip())
        elif not front.date and _AGO.fullmatch(part):
            front = replace(front, date=part)
        elif part != line and (is_bar(part) or (front.author and _is_name(part))):
            continue  # beside a byline: what the writer is
        else:
            return None
    return front


def _dates(line: str) -> bool:
    """Whether a part of a line is a date."""
    return any(map(is_date_line, _PARTS.split(line)))


def _below(lines: list[str], at: int) -> str:
    """The next line that says something."""
    return next((words for line in lines[at + 1 :] if (words := inline(line_to_html(line)))), "")


def _is_name(words: str) -> bool:
    """Whether words can be a person's name: two to four, each with a capital, and no section's name."""
    parts = words.split()
    if words.isupper() or not _SECTIONS.isdisjoint(words.lower().split()):
        return False
    return 2 <= len(parts) <= 4 and all(
        (_NAME.fullmatch(part) and part[0].isupper()) or part in _PARTICLES for part in parts
    )


def _is_byline(line: str) -> bool:
    """Whether a line is "By" and names, and no sentence."""
    first, *names = _WHENCE.sub("", _HANDLE.sub("", _AUTHOR_LABEL.sub("By ", line))).split() or [""]
    if first.lower() not in _BYLINES or first[0].islower() or not names or len(line) > LONGEST_BYLINE:
        return False
    if not first.isascii() and len(names) > LONGEST_NAME:
        return False  # letters without capitals: it may be a sentence
    return not line.endswith((".", ":")) and all(not name[0].islower() or name in _PARTICLES for name in names)


def _item(front: Front, html: str, source: Source, file: str, *, clipping: bool = False) -> RawItem:
    flaws = list(front.flaws)
    seen = read_moment(front.seen) if front.seen else None
    if front.seen and seen is None:
        flaws.append(f"front matter: 'seen' is no moment: {front.seen[:40]!r}")
    free = "full" if _FREE.fullmatch(front.rights) else ""
    return RawItem(
        source_id=source.id,
        source_name=front.source,
        uid=front.url or file.removeprefix(f"{source.path}/" if source.path else ""),
        url=front.url,
        title=front.title,
        html=html,
        author=front.author,
        published=front.date,
        updated=front.updated,
        language=front.language,
        seen_at=seen.at if seen else None,
        file=file,
        show=front.show or free,
        topics=front.topics,
        archive_url=front.archive_url,
        clipping=clipping,
        flaws=tuple(flaws),
    )
