"""What an article is compared by: its n-grams for copies, its weighted stems for stories.

Shingles: hashes of overlapping word 5-grams (Broder, "On the resemblance and containment of documents", 1997).
Terms: 1 + log(count), more for words of the title, the first sentences, and for names.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from digest.codec import fingerprint
from digest.model import Article, Body, Signature
from digest.names import UNCAPITALISED, capitalised, proper_names, skeleton
from digest.stopwords import NONE, STOPWORDS
from digest.text import Known, known_stems, without_dateline, words, words_of_text

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
REMEMBERED = 1 << 16  # words whose hashes and stems are at hand
REMEMBERED_NAMES = 1 << 15


def sign(article: Article, body: Body) -> Signature:
    """The signature of one version."""
    text_words = words_of_text(body.text)
    grams, opening = _grams(text_words), min(OPENING_WORDS, len(text_words) // OPENING_PART)
    return Signature(
        shingles=_packed(grams),
        opening=_packed(grams[: max(0, opening - SHINGLE_WORDS + 1)]),
        exact=fingerprint(text_words or words_of_text(article.title)),
        terms=_terms(article, _without_dateline(body.text, text_words)),
        marks=_marks(article, body, text_words),
    )


def _grams(text_words: Sequence[str]) -> Hashes:
    """64-bit hashes of the n-grams of a text, in order: sums of the hashes of their words, each times its place's."""
    hashes = np.fromiter(map(_HASHES.__getitem__, text_words), np.uint64, len(text_words))
    grams = np.zeros(max(0, len(hashes) - SHINGLE_WORDS + 1), np.uint64)
    for at, place in enumerate(PLACES):  # sums of 64 bits: what is beyond them falls away
        grams += hashes[at : at + len(grams)] * np.uint64(place)
    return grams


def _hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "little")


_HASHES = Known(_hashed, REMEMBERED)


def _packed(grams: Hashes) -> bytes:
    """The distinct ones, sorted: numpy's own `unique` takes ten times as long over so few."""
    ordered = np.sort(grams)
    is_first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first].tobytes()


def _without_dateline(text: str, text_words: Sequence[str]) -> Sequence[str]:
    """The words of a text without its dateline: that would be shared by all that one agency sends."""
    told = without_dateline(text)
    return text_words if len(told) == len(text) else words(told)


def _terms(article: Article, text_words: Sequence[str]) -> dict[str, float]:
    """Stem → weight, function words and what every news text says left out."""
    language = article.language.partition("-")[0]
    named = words(article.facts.get("names", ""))
    title, lead, text, names = (
        _content(folded, language)
        for folded in (words_of_text(article.title), words(article.lead), text_words[:COMPARED_WORDS], named)
    )
    weights = dict(zip(text, map(_weight, text.values()), strict=True))
    told = title.keys() | (text.keys() & (lead.keys() | names.keys()))
    for term in told:
        weight = 1 + math.log(text[term]) if term in text else 0.0
        if term in title:
            weight += TITLE_WEIGHT * min(title[term], 2)
        if term in lead:
            weight += LEAD_WEIGHT
        weights[term] = _ROUNDED[weight * NAME_WEIGHT if term in names else weight]
    return {term: weights[term] for term in sorted(weights)}


@cache  # of as many as a text has words
def _weight(times: int) -> float:
    """What a term weighs that stands so often in a text, and nowhere else."""
    return round(1 + math.log(times), 3)


_ROUNDED = Known[float, float](lambda weight: round(weight, 3), REMEMBERED)


def _content(folded: Iterable[str], language: str) -> Counter[str]:
    """The stems of the words that say something, and how often each stands."""
    found = Counter(map(_told(language).__getitem__, folded))
    del found[""]
    return found


@cache
def _told(language: str) -> Known[str, str]:
    """The stems of words in a language; "" of those that say nothing."""
    stop, stems = STOPWORDS.get(language, NONE), known_stems(language)
    return Known(lambda word: "" if len(word) < SHORTEST_TERM or word in stop else stems[word], REMEMBERED)


def _marks(article: Article, body: Body, text_words: Sequence[str]) -> dict[str, float]:
    """What an article shares with one in another language: figures, and names as every script spells them."""
    language = article.language.partition("-")[0]
    compared = [*words_of_text(article.title), *text_words][:COMPARED_WORDS]
    figures = Counter(figure for figure in filter(str.isdigit, compared) if 2 <= len(figure) <= 6)
    named: dict[str, int] = {}
    if language in UNCAPITALISED:
        names: Iterable[tuple[str, int]] = Counter(compared).items()
    else:
        text = f"{article.title}\n{body.text}"
        names = proper_names(text, language) or capitalised(text).items()
    bones_of = _bones(language)
    for name, times in names:
        for bones in bones_of[name]:
            named[bones] = named.get(bones, 0) + times
    marks = [*figures.items(), *((f"~{bones}", times) for bones, times in named.items())]
    return {mark: _weight(times) for mark, times in sorted(marks)}  # sums of weights are the same fresh and remembered


@cache
def _bones(language: str) -> Known[str, list[str]]:
    """What every script makes of the words of a name."""
    return Known(lambda name: [bones for word in words(name) if (bones := skeleton(word, language))], REMEMBERED_NAMES)
