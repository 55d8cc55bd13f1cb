"""What an article is compared by: its n-grams for copies, its weighted stems for stories.

Shingles: hashes of overlapping word 5-grams (Broder, "On the resemblance and containment of documents", 1997).
Terms: 1 + log(count), more for words of the title, the first sentences, and for names.
"""

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from digest.codec import fingerprint
from digest.model import Article, Body, Signature
from digest.names import UNCAPITALISED, capitalised, proper_names, skeleton
from digest.stopwords import NONE, STOPWORDS
from digest.text import stems, without_dateline, words

Hashes = NDArray[np.uint64]
SHINGLE_WORDS = 5
PLACES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)  # odd 32-bit numbers (xxHash), one a word
OPENING_WORDS = 200  # of a text at most: what a site repeats under all its articles stands further down
OPENING_PART = 3  # one in so many of its words, where that is less
COMPARED_WORDS = 400  # of the text: what follows rarely says what the story is
TITLE_WEIGHT = 3.0
LEAD_WEIGHT = 1.5
NAME_WEIGHT = 1.6
SHORTEST_TERM = 2  # characters


def sign(article: Article, body: Body) -> Signature:
    """The signature of one version."""
    text_words = words(body.text)
    grams, opening = _grams(text_words), min(OPENING_WORDS, len(text_words) // OPENING_PART)
    return Signature(
        shingles=_packed(grams),
        opening=_packed(grams[: max(0, opening - SHINGLE_WORDS + 1)]),
        exact=fingerprint(text_words or words(article.title)),
        terms=_terms(article, _told(body.text, text_words)),
        marks=_marks(article, body, text_words),
    )


def _grams(text_words: list[str]) -> Hashes:
    """64-bit hashes of the n-grams of a text, in order: sums of the hashes of their words, each times its place's."""
    hashes = np.fromiter(map(_hashed, text_words), np.uint64, len(text_words))
    grams = np.zeros(max(0, len(hashes) - SHINGLE_WORDS + 1), np.uint64)
    for at, place in enumerate(PLACES):  # sums of 64 bits: what is beyond them falls away
        grams += hashes[at : at + len(grams)] * np.uint64(place)
    return grams


@lru_cache(maxsize=1 << 16)
def _hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "little")


def _packed(grams: Hashes) -> bytes:
    """The distinct ones, sorted."""
    return np.unique(grams).tobytes()


def _told(text: str, text_words: list[str]) -> list[str]:
    """The words of a text without its dateline: that would be shared by all that one agency sends."""
    told = without_dateline(text)
    return text_words if len(told) == len(text) else words(told)


def _terms(article: Article, text_words: list[str]) -> dict[str, float]:
    """Stem → weight, function words and what every news text says left out."""
    language = article.language.partition("-")[0]
    named = [word for name in article.facts.get("names", "").split("\n") for word in _words_of(name)]
    title, lead, text, names = (
        _content(folded, language)
        for folded in (words(article.title), words(article.lead), text_words[:COMPARED_WORDS], named)
    )
    weights = {term: (1 + math.log(times)) for term, times in text.items()}
    for term, times in title.items():
        weights[term] = weights.get(term, 0.0) + TITLE_WEIGHT * min(times, 2)
    for term in weights.keys() & lead.keys():
        weights[term] += LEAD_WEIGHT
    for term in weights.keys() & names.keys():
        weights[term] *= NAME_WEIGHT
    return {term: round(weights[term], 3) for term in sorted(weights)}


def _content(folded: Iterable[str], language: str) -> dict[str, int]:
    """The stems of the words that say something, and how often each stands."""
    stop, counts = STOPWORDS.get(language, NONE), Counter(folded)
    told = [word for word in counts if len(word) >= SHORTEST_TERM and word not in stop]
    found: dict[str, int] = {}
    for word, stem in zip(told, stems(told, language), strict=True):
        found[stem] = found.get(stem, 0) + counts[word]
    return found


@lru_cache(maxsize=1 << 14)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(words(name))


def _marks(article: Article, body: Body, text_words: list[str]) -> dict[str, float]:
    """What an article shares with one in another language: figures, and names as every script spells them."""
    language = article.language.partition("-")[0]
    marks: dict[str, float] = {}
    compared = [*words(article.title), *text_words][:COMPARED_WORDS]
    for figure, times in Counter(word for word in compared if word.isdigit() and 2 <= len(word) <= 6).items():
        marks[figure] = round(1 + math.log(times), 3)
    named: Counter[str] = Counter()
    if language in UNCAPITALISED:
        named.update(_bones(word, language) for word in compared)
    else:
        text = f"{article.title}\n{body.text}"
        for name, times in proper_names(text, language) or capitalised(text).items():
            for word in _words_of(name):
                named[_bones(word, language)] += times
    del named[""]
    for bones, times in named.items():
        marks[f"~{bones}"] = round(1 + math.log(times), 3)
    return dict(sorted(marks.items()))  # sums of weights are the same fresh and remembered


@lru_cache(maxsize=1 << 15)
def _bones(word: str, language: str) -> str:
    return skeleton(word, language)
