"""Languages: which one a text is written in, and tags as BCP 47 writes them."""

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from digest.stopwords import FUNCTION_WORDS
from digest.text import words

SAMPLE = 2_000  # characters that are looked at
SHORT = 20  # letters: fewer say nothing of the language, only of the script
SIGNS = 0.003  # of the letters: from here on they are no quotation
TOLD = 40  # words: from so many on, function words alone may tell the language, at a tenth of the model's cost
TELLING = 0.2  # of the words: so many of a text are function words
AMBIGUOUS = 0.4  # of that share: a language that has so many of them too is a sister
KANA = 0.1  # of the letters of a text in Chinese characters: from here on it is Japanese


class _Script(NamedTuple):
    """Letters, the languages that are looked for where they prevail (the likeliest first), and what gives some away."""

    letters: re.Pattern[str]
    languages: tuple[str, ...]
    signs: tuple[tuple[str, re.Pattern[str]], ...] = ()  # the rarer first: some letters serve several


def _script(letters: str, languages: str, **signs: str) -> _Script:
    patterns = tuple((language, re.compile(sign, re.IGNORECASE)) for language, sign in signs.items())
    return _Script(re.compile(f"[{letters}]"), tuple(languages.split()), patterns)


_LATIN = _script(
    "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "en de fr es it pt nl sv da no fi pl cs sk hu ro tr hr sl et lt lv id vi ca sq",
)
_ARABIC = _script(
    "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "ar fa ur ps",
    ps="[ښړډټځڅېۍ]",
    ur="[ٹڈڑںے]",
    fa="[پچژگیک]",
)
_CYRILLIC = _script(
    "\u0400-\u052f",
    "ru uk bg sr mk be",
    be="ў",
    uk="[їєґі]|[бпвмфр]['’ʼ][яю]",
    mk="[ѓќѕ]",
    sr="[ћђљњџј]",
    ru="[ыэё]|ъ[еюя]",
    bg="ъ",
)
_SCRIPTS = (
    _LATIN,
    _ARABIC,
    _CYRILLIC,
    _script("\u0370-\u03ff\u1f00-\u1fff", "el"),
    _script("\u0590-\u05ff", "he"),
    _script("\u1100-\u11ff\uac00-\ud7af", "ko"),
    _script("\u3400-\u9fff", "zh"),
    _script("\u3041-\u30fa\u30fc-\u30ff", "ja"),
    _script("\u0900-\u097f", "hi"),
    _script("\u0980-\u09ff", "bn"),
    _script("\u0b80-\u0bff", "ta"),
    _script("\u0e00-\u0e7f", "th"),
    _script("\u10a0-\u10ff", "ka"),
    _script("\u0530-\u058f", "hy"),
    _script("\u1200-\u137f", "am"),
)
_KANA = next(script.letters for script in _SCRIPTS if "ja" in script.languages)

_NO_PROSE = re.compile(r"[h@#](?:(?<=h)ttps?://\S+|(?<=[@#])\w+)")  # begins with its signs: so it is found fast
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_TAG = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-z]-[a-z0-9-]+)?",
    re.ASCII | re.IGNORECASE,
)
_OLD = {
    "iw": "he", "in": "id", "ji": "yi", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es",
    "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "ukr": "uk", "ara": "ar", "fas": "fa",
    "per": "fa", "heb": "he", "tur": "tr", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "pol": "pl",
}  # fmt: skip
_SPEAKERS: dict[str, tuple[str, ...]] = {}
"""Function word → the languages that it is one of."""
for _language, _known in FUNCTION_WORDS.items():
    _SPEAKERS |= {word: (*_SPEAKERS.get(word, ()), _language) for word in _known}

_NO_LANGUAGE = frozenset(["und", "mul", "zxx", "mis", "www"])


def detect(text: str, default: str = "en") -> str:
    """The language that a text is written in, as a primary subtag; `default` where too little tells."""
    sample = _NO_PROSE.sub(" ", text[:SAMPLE])
    counts = _letters(sample)
    most = max(counts)
    if not most:
        return default
    script = _SCRIPTS[counts.index(most)]
    if len(script.languages) == 1:
        is_japanese = "zh" in script.languages and len(_KANA.findall(sample)) >= KANA * most
        return "ja" if is_japanese else script.languages[0]
    for language, sign in script.signs:
        if len(sign.findall(sample)) > SIGNS * most:
            return language
    if most >= SHORT:
        return _likeliest(sample, script.languages)
    return default if script is _LATIN or base(default) in script.languages else script.languages[0]


def _letters(text: str) -> list[int]:
    """How many letters of each script a text holds."""
    counts = [0] * len(_SCRIPTS)
    counts[0] = len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    for letter, times in Counter(_BEYOND_ASCII.findall(text)).items():
        if (at := _script_of(letter)) is not None:
            counts[at] += times
    return counts


@lru_cache(maxsize=1 << 10)
def normal(tag: str) -> str:
    """The tag as BCP 47 writes it: language, script and region; "" for what is none."""
    found = _TAG.fullmatch(tag.strip().partition(".")[0].replace("_", "-"))
    if found is None:
        return ""
    language, script, region = (part or "" for part in found.groups())
    language = _OLD.get(language.lower(), language.lower())
    if language in _NO_LANGUAGE:
        return ""
    return "-".join(part for part in (language, script.title(), region.upper()) if part)


@lru_cache(maxsize=1 << 10)
def base(tag: str) -> str:
    """The language of a tag, without script and region."""
    return normal(tag).partition("-")[0]


@lru_cache(maxsize=1 << 14)
def _script_of(letter: str) -> int | None:
    """The place of its script; None of what is no letter, or of a script that is not known."""
    return next((at for at, script in enumerate(_SCRIPTS) if script.letters.match(letter)), None)


def _likeliest(sample: str, languages: tuple[str, ...]) -> str:
    found = words(sample)
    counts = Counter(chain.from_iterable(filter(None, map(_SPEAKERS.get, found))))
    shares = sorted((counts[one], one) for one in languages if one in FUNCTION_WORDS)
    if len(found) >= TOLD and len(shares) > 1:
        (second, _), (first, language) = shares[-2:]
        if first >= TELLING * len(found) and second <= AMBIGUOUS * first:
            return language
    ranked = (str(language) for language, _ in _identifier().rank(sample))
    return next(language for language in ranked if language in languages)


@cache
def _identifier() -> LanguageIdentifier:
    """The model: 0.2 s to load, so only when a text asks for it."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([language for script in _SCRIPTS for language in script.languages])
    return identifier
