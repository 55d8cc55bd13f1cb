"""Words, sentences, slugs: plain text in, plain text out.

Comparing goes by folded words (lower case, no accents, one form of each letter) and their stems. Scripts
without blanks (Chinese, Japanese, Thai, Lao, Khmer) are cut into overlapping pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import count

from anyascii import anyascii
from Stemmer import Stemmer, algorithms

SLUG_LENGTH = 60  # characters
ABBREVIATION = 12  # characters that show whether a full stop ends a sentence or a short form
REMEMBERED = 50_000  # words whose stems are at hand
LEAD_LENGTH = 280  # characters: what an extract may show
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")  # no file on Windows may be called so

_STEMMED = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*", re.UNICODE)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ß": "ss",
                          "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})  # fmt: skip
_LETTER = re.compile(f"[{''.join(map(chr, _LETTERS))}]")
_TYPESET = (("’", "'"), ("‘", " "), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ](?=\w\w)")

_SENTENCE_END = re.compile(r"([.!?…]+[\"'”’»)\]]*|[。！？؟۔]+[」』”]?)(\s+|$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Rep|Sen|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|No|vs|etc|Inc|Ltd|Co|Corp|bzw|ca|Nr|Hr|Fr|M|Mme|env|z\.B|u\.a|d\.h|e\.g|i\.e)|\b\w|\.\w)\.$"
)

_DATELINE = re.compile(  # "ALEPPO, May 3 (Agency) - ": says where and who, not what
    r"^[^\W\d_]{2}[^\n–—]{0,50}?(?:\([^()\n]{2,40}\)\s*)[-–—]+\s+|^[^\Wa-z\d_]{3}[^\na-z–—]{0,30}?(?:,[^\n–—]{0,24})?\s[-–—]+\s+"
    r"|^[^\W\d_][^\n.!?؟]{1,40}\sـ\s[^\n.!?؟]{2,40}\n+"  # a line of its own in Arabic: "دمشق ـ الوكالة"
)


def fold(text: str) -> str:
    """The text in one form for comparing: lower case, no accents, no vowel signs."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _LETTER.search(folded):
        folded = folded.translate(_LETTERS)
    if folded.isascii():
        return folded
    return _MARKS.sub("", unicodedata.normalize("NFD", folded))


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    if not text.isascii():
        for sign, plain in _TYPESET:  # what is left is often ASCII, which folds at a tenth of the cost
            text = text.replace(sign, plain)
    folded = fold(text)
    found: list[str] = _WORD.findall(folded)
    if "'" in folded or "ʼ" in folded or "’" in folded:
        found = [word if word.isalnum() and "ʼ" not in word else _bare(word) for word in found]
        found = [word for word in found if word]
    if folded.isascii() or not _UNSPACED.search(folded):
        return found
    return [part for word in found for part in (_pairs(word) if _UNSPACED.search(word) else (word,))]


@lru_cache(REMEMBERED)
def _bare(word: str) -> str:
    """A word without its elision, its possessive and its apostrophes."""
    return _ELISION.sub("", _POSSESSIVE.sub("", word)).replace("'", "").replace("’", "").replace("ʼ", "")


def _pairs(word: str) -> Iterator[str]:
    """A run of unspaced script as overlapping pairs of characters; other runs as they are."""
    at = 0
    for match in _UNSPACED.finditer(word):
        if match.start() > at:
            yield word[at : match.start()]
        run = match.group()
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
        at = match.end()
    if at < len(word):
        yield word[at:]


@cache
def _stemmer(language: str) -> Stemmer | None:
    name = _STEMMED.get(language.partition("-")[0], "")
    return Stemmer(name) if name in algorithms() else None


@lru_cache(REMEMBERED)  # queries ask for the same words in every article
def stem(word: str, language: str) -> str:
    """The stem of a folded word in a language; the word itself where none is known."""
    stemmer = _stemmer(language)
    return str(stemmer.stemWord(word)) if stemmer else word


def stems(folded: Iterable[str], language: str) -> list[str]:
    """The stems of folded words, in order."""
    stemmer, known = _stemmer(language), _known_stems(language)
    if not stemmer:
        return list(folded)
    if len(known) > REMEMBERED:
        known.clear()
    found = []
    for word in folded:
        if (stem := known.get(word)) is None:
            stem = known[word] = stemmer.stemWord(word)
        found.append(stem)
    return found


@cache
def _known_stems(language: str) -> dict[str, str]:
    return {}


def spelled(text: str, language: str) -> dict[str, str]:
    """Stem → the word as the text first writes it."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text)):
        for folded in words(match.group()):
            found.setdefault(stem(folded, language), match.group())
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line's end ends one."""
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for match in _SENTENCE_END.finditer(line):
            ending = line[max(start, match.end(1) - ABBREVIATION) : match.end(1)]  # no more: a line may never end
            follower = line[match.end() : match.end() + 1]
            if follower and (_ABBREVIATED.search(ending) or follower.islower() or match.group(1).startswith("..")):
                continue
            if sentence := line[start : match.end(1)].strip():
                found.append(sentence)
            start = match.end()
        if rest := line[start:].strip():
            found.append(rest)
    return found


def without_dateline(text: str) -> str:
    """The text without the town, day and agency that stand before its first sentence."""
    return _DATELINE.sub("", text, count=1)


def extract(text: str, limit: int = LEAD_LENGTH) -> str:
    """The first sentences that fit into so many characters; of a longer first one, its first words and an ellipsis."""
    taken = ""
    for sentence in sentences(text[: limit * 4]):
        longer = f"{taken} {sentence}".strip()
        if len(longer) > limit:
            break
        taken = longer
    if taken or not text.strip():
        return taken
    return shorten(" ".join(text[: limit * 4].split()), limit)


def shorten(text: str, limit: int) -> str:
    """The text, or its first words and an ellipsis: never longer than so many characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rfind(" ")
    return (cut[:at_word] if at_word > limit // 2 else cut).rstrip(" ,;:–—-") + "…"


def slug(text: str, limit: int = SLUG_LENGTH) -> str:
    """A lower-case ASCII name for an address, transliterated; "untitled" where nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(unicodedata.normalize("NFKC", text)).lower().replace("'", "")).strip(
        "-"
    )
    if len(plain) > limit:
        cut = plain[: limit + 1]
        plain = (cut[: cut.rfind("-")] if "-" in cut[limit // 2 :] else cut[:limit]).strip("-")
    return f"{plain}-1" if _DEVICES.fullmatch(plain) else plain or "untitled"


def distinct(names: Iterable[str]) -> list[str]:
    """The names with -2, -3 on those that came before, in order."""
    taken: set[str] = set()
    found = []
    for name in names:
        numbered = (name if n == 1 else f"{name}-{n}" for n in count(1))
        found.append(next(one for one in numbered if one not in taken))
        taken.add(found[-1])
    return found


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 story", "2 stories"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def initials(name: str) -> str:
    """One or two letters for a name."""
    parts = [part for part in re.split(r"[\s_.\-]+", name.lstrip("@")) if part and part[0].isalnum()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper() or "?"
