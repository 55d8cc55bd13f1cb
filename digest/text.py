"""Words, sentences, slugs: plain text in, plain text out.

Comparing goes by folded words (lower case, no accents, one form of each letter) and their stems. Scripts
without blanks (Chinese, Japanese, Thai, Lao, Khmer) are cut into overlapping pairs of characters.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache, lru_cache
from itertools import count
from typing import TypeVar

from anyascii import anyascii
from Stemmer import Stemmer, algorithms

K = TypeVar("K")
V = TypeVar("V")
SLUG_LENGTH = 60  # characters
ABBREVIATION = 6  # characters that show whether a full stop ends a sentence or a short form: the longest, one before it
REMEMBERED = 1 << 16  # words whose stems are at hand
LONGEST_RUN = 20  # characters beyond ASCII in a row whose folded form is at hand
FEW_BEYOND = 0.15  # of a text's length: bytes of UTF-8 more than characters, up to which few lie beyond ASCII
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
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_BLANKS = bytes(byte if chr(byte).isalnum() or byte == 39 else 32 for byte in range(128)).lower().ljust(256)
"""ASCII in lower case, a blank for all that is neither in a word nor an apostrophe."""
_TYPESET = (("’", "'"), ("‘", " "), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ](?=\w\w)")

_SENTENCE_END = re.compile(  # begins with its signs: so it is found fast
    r"([.!?…。！？؟۔](?:(?<=[.!?…])[.!?…]*[\"'”’»)\]]*|(?<=[。！？؟۔])[。！？؟۔]*[」』”]?))(\s+|$)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Rep|Sen|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|No|vs|etc|Inc|Ltd|Co|Corp|bzw|ca|Nr|Hr|Fr|M|Mme|env|z\.B|u\.a|d\.h|e\.g|i\.e)|\b\w|\.\w)\.$"
)

_DATELINE = re.compile(  # "ALEPPO, May 3 (Agency) - ": says where and who, not what
    r"^[^\W\d_]{2}[^\n–—]{0,50}?(?:\([^()\n]{2,40}\)\s*)[-–—]+\s+|^[^\Wa-z\d_]{3}[^\na-z–—]{0,30}?(?:,[^\n–—]{0,24})?\s[-–—]+\s+"
    r"|^[^\W\d_][^\n.!?؟]{1,40}\sـ\s[^\n.!?؟]{2,40}\n+"  # a line of its own in Arabic: "دمشق ـ الوكالة"
)


class Known(dict[K, V]):
    """What a function makes of words, worked out once for each: looked up, it costs no call of Python's."""

    def __init__(self, work: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._work, self._most = work, most

    def __missing__(self, word: K) -> V:
        if len(self) >= self._most:
            self.clear()
        value = self[word] = self._work(word)
        return value


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
        text = _in_ascii(text)
    return _words_of_ascii(text) if text.isascii() else _words_of_any(text)


@lru_cache(8)
def words_of_text(text: str) -> tuple[str, ...]:
    """The same of a whole text, which is asked for its words time and again."""
    return tuple(words(text))


def _in_ascii(text: str) -> str:
    """The text in ASCII where few of its characters lie beyond and folding leads there; else as it is.

    What lies beyond folds run by run: no form of Unicode joins a letter of ASCII to anything that is not dropped.
    """
    if len(text.encode("utf-8", "replace")) - len(text) > len(text) * FEW_BEYOND:
        return text
    plain = _BEYOND_ASCII.sub(_plainly, text)
    return plain if plain.isascii() else text


def _plainly(run: re.Match[str]) -> str:
    found = run.group()
    return _plain_run(found) if len(found) <= LONGEST_RUN else _folded_run(found)


@lru_cache(REMEMBERED)
def _plain_run(run: str) -> str:
    return _folded_run(run)


def _folded_run(run: str) -> str:
    for sign, plain in _TYPESET:
        run = run.replace(sign, plain)
    return fold(run)


def _words_of_ascii(text: str) -> list[str]:
    """By a table and a split: several times faster than a pattern."""
    found = text.encode().translate(_BLANKS).decode().split()
    if "'" not in text:
        return found
    return [word for part in found for word in (_bare_words(part) if "'" in part else (part,))]


@lru_cache(REMEMBERED)
def _bare_words(part: str) -> tuple[str, ...]:
    """The words in a run of letters and apostrophes, without these."""
    return tuple(filter(None, map(_bare, _WORD.findall(part))))


def _words_of_any(text: str) -> list[str]:
    for sign, plain in _TYPESET:  # what is left is often ASCII, which folds at a tenth of the cost
        text = text.replace(sign, plain)
    folded = fold(text)
    if folded.isascii():
        return _words_of_ascii(folded)
    found: list[str] = _WORD.findall(folded)
    if "'" in folded or "ʼ" in folded or "’" in folded:
        found = [word if word.isalnum() and "ʼ" not in word else _bare(word) for word in found]
        found = [word for word in found if word]
    if not _UNSPACED.search(folded):
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
def known_stems(language: str) -> Known[str, str]:
    """The stem of every folded word of a language; the word itself where none is known."""
    name = _STEMMED.get(language.partition("-")[0], "")
    if name not in algorithms():
        return Known(str, REMEMBERED)
    return Known(Stemmer(name, 0).stemWord, REMEMBERED)  # 0: it would remember, too


def stem(word: str, language: str) -> str:
    """The stem of a folded word in a language; the word itself where none is known."""
    return known_stems(language)[word]


def stems(folded: Iterable[str], language: str) -> list[str]:
    """The stems of folded words, in order."""
    return list(map(known_stems(language).__getitem__, folded))


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
            end, follower = match.end(1), line[match.end() : match.end() + 1]
            if follower and (follower.islower() or line.startswith("..", match.start())):
                continue
            ending = line[max(start, end - ABBREVIATION) : end]  # no more: a line may never end
            if follower and _is_abbreviated(ending):
                continue
            if sentence := line[start:end].strip():
                found.append(sentence)
            start = match.end()
        if rest := line[start:].strip():
            found.append(rest)
    return found


def _is_abbreviated(ending: str) -> bool:
    """Whether a text ends in a short form; most end in a word longer than any."""
    is_word = len(ending) == ABBREVIATION and ending[:-1].isalnum()
    return ending[-1] == "." and not is_word and _ABBREVIATED.search(ending) is not None


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
    reached: dict[str, int] = {}  # the last number of each name: below it none is free, and a thousand may share a name
    found = []
    for name in names:
        reached[name], free = first_free(name, taken, reached.get(name, 1))
        found.append(free)
        taken.add(free)
    return found


def first_free(name: str, taken: Container[str], since: int = 1) -> tuple[int, str]:
    """The name with the first number from `since` on under which it is not taken, and that number; 1 is not written."""
    numbered = ((n, name if n == 1 else f"{name}-{n}") for n in count(since))
    return next((n, one) for n, one in numbered if one not in taken)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 story", "2 stories"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@lru_cache(1 << 12)
def initials(name: str) -> str:
    """One or two letters for a name."""
    parts = [part for part in re.split(r"[\s_.\-]+", name.lstrip("@")) if part and part[0].isalnum()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper() or "?"
