"""Proper names in a text, found by their capitals, and forms of a name that every script shares.

No gazetteer and no model: a name is a run of capitalised words that does not only open a sentence. Languages that
capitalise all nouns (German, Luxembourgish) or know no capitals have none here; `skeleton` still links them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from digest.stopwords import FUNCTION_WORDS, NONE, STOPWORDS
from digest.text import fold, sentences

SKELETON_LETTERS = 3  # consonants: shorter skeletons fit too many names

_TOKEN = re.compile(r"[#@]?[^\W_]+(?:[-'’.][^\W_]+)*\.?|[,;:()\"“”]", re.UNICODE)
_JOINERS = frozenset(["of", "de", "la", "le", "el", "al", "du", "des", "van", "von", "der", "den", "bin", "ibn", "y"])
_MONTHS_AND_DAYS = """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday janvier fevrier mars avril mai juin juillet aout septembre octobre novembre
    decembre lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre
"""
_CALENDAR = frozenset(_MONTHS_AND_DAYS.split())
_ALL_NOUNS = frozenset(["de", "lb"])
_VOWELS = re.compile(r"[aeiouywh']+")
_DOUBLE = re.compile(r"(.)\1+")
_ARABIC = re.compile(r"^[\u0590-\u08ff]+$")
_ARTICLE = re.compile(r"^(?:[وفبلك]?ال|لل)(?=\w{3})")


class Mention(NamedTuple):
    """A name where it stands."""

    name: str
    before: str  # the word before it, as written; empty where a sentence or a clause begins
    after: tuple[str, ...]  # the two words after it
    opens: bool  # a single word that opens a sentence: its capital says nothing


def proper_names(text: str, language: str) -> list[tuple[str, int]]:
    """The names in a text with how often each stands, most frequent first, then in order of appearance."""
    counts: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for mention in mentions(text, language):
        (opening if mention.opens else counts)[mention.name] += 1
    for name, times in opening.items():
        if name in counts or " " in name:
            counts[name] += times
    return counts.most_common()


@lru_cache(maxsize=2)  # what an article is compared by, named after and filed under asks for the same names
def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Every name in a text where it stands, in order."""
    base = language.partition("-")[0]
    if base in _ALL_NOUNS:
        return ()
    return tuple(mention for sentence in sentences(text) for mention in _runs(_TOKEN.findall(sentence), base))


def capitalised(text: str) -> Counter[str]:
    """Every capitalised word with how often it stands: names, and where nouns are capitalised these too."""
    return Counter(token.rstrip(".") for token in _TOKEN.findall(text) if token[:1].isupper())


def _runs(tokens: list[str], language: str) -> Iterator[Mention]:
    """The runs of capitalised words in a sentence."""
    stop = STOPWORDS.get(language, NONE)
    run: list[str] = []
    start = 0
    for at, token in enumerate([*tokens, "."]):
        if token[:1].isupper():
            plain = token.rstrip(".") if token.count(".") == 1 else token
            plain = plain[:-2] if plain.endswith(("'s", "’s")) else plain
            folded = fold(plain)
            if folded not in _CALENDAR and not (folded in stop and (not run or at == 0)):
                start = start if run else at
                run.append(plain)
                continue
        elif run and token in _JOINERS and _joined(tokens[at + 1 : at + 3])[:1].isupper():
            run.append(token)
            continue
        if run:
            before = tokens[start - 1] if start else ""
            yield Mention(" ".join(run), before, tuple(tokens[at : at + 2]), opens=start == 0 and len(run) == 1)
            run = []


def _joined(tokens: Iterable[str]) -> str:
    """What follows a joiner: "de la Cruz", "van der Meer" have two."""
    return next((token for token in tokens if token not in _JOINERS), "")


def skeleton(word: str, language: str = "") -> str:
    """A name's consonants in ASCII: "Brandt", "براندت" and "Брандт" have one; empty where too few are left."""
    if _ARABIC.match(word):
        word = _ARTICLE.sub("", word)
        if word in FUNCTION_WORDS["ar"]:
            return ""
    ascii_word = anyascii(fold(word)).lower()
    for spelled, sounds in _SOUNDS:
        ascii_word = ascii_word.replace(spelled, sounds)
    bare = _DOUBLE.sub(r"\1", _VOWELS.sub("", ascii_word))
    return bare if len(bare) >= SKELETON_LETTERS and bare.isalpha() else ""


_SOUNDS = (("sch", "s"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
           ("q", "k"), ("c", "k"), ("x", "ks"), ("v", "f"), ("p", "b"), ("j", "g"), ("z", "s"))  # fmt: skip
