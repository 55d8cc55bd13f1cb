"""What an article is compared by: its n-grams for copies, its weighted stems for stories.

Shingles: hashes of overlapping word 5-grams (Broder, "On the resemblance and containment of documents", 1997).
Terms: 1 + log(count), more for words of the title, the first sentences, and for names.
"""

import math
from array import array
from collections import Counter
from hashlib import blake2b

from digest.codec import fingerprint
from digest.model import Article, Body, Signature
from digest.names import capitalised, proper_names, skeleton
from digest.stopwords import NONE, STOPWORDS
from digest.text import stems, words

SHINGLE_WORDS = 5
OPENING_WORDS = 200  # of a text at most: what a site repeats under all its articles stands further down
OPENING_PART = 3  # one in so many of its words, where that is less
COMPARED_WORDS = 400  # of the text: what follows rarely says what the story is
TITLE_WEIGHT = 3.0
LEAD_WEIGHT = 1.5
NAME_WEIGHT = 1.6
SHORTEST_TERM = 2  # characters
UNCAPITALISED = frozenset(["ar", "fa", "ur", "he", "yi", "ps", "ckb"])  # scripts in which any word may be a name


def sign(article: Article, body: Body) -> Signature:
    """The signature of one version."""
    text_words = words(body.text)
    return Signature(
        shingles=_shingles(text_words),
        opening=_shingles(text_words[: min(OPENING_WORDS, len(text_words) // OPENING_PART)]),
        exact=fingerprint(text_words or words(article.title)),
        terms=_terms(article, text_words),
        marks=_marks(article, body),
    )


def _shingles(text_words: list[str]) -> bytes:
    """The distinct n-grams of a text as sorted 64-bit hashes."""
    grams = {" ".join(text_words[at : at + SHINGLE_WORDS]) for at in range(max(0, len(text_words) - SHINGLE_WORDS + 1))}
    hashes = sorted(int.from_bytes(blake2b(gram.encode(), digest_size=8).digest(), "little") for gram in grams)
    return array("Q", hashes).tobytes()


def _terms(article: Article, text_words: list[str]) -> dict[str, float]:
    """Stem → weight, function words and what every news text says left out."""
    language = article.language.partition("-")[0]
    stop = STOPWORDS.get(language, NONE)
    title = Counter(_content(words(article.title), language, stop))
    lead = Counter(_content(words(article.lead), language, stop))
    text = Counter(_content(text_words[:COMPARED_WORDS], language, stop))
    names = {
        term for name in article.facts.get("names", "").split("\n") for term in _content(words(name), language, stop)
    }
    weights = {}
    for term in sorted(title.keys() | text.keys()):
        weight = TITLE_WEIGHT * min(title[term], 2) + LEAD_WEIGHT * (term in lead)
        if text[term]:
            weight += 1 + math.log(text[term])
        weights[term] = round(weight * (NAME_WEIGHT if term in names else 1.0), 3)
    return weights


def _content(folded: list[str], language: str, stop: frozenset[str]) -> list[str]:
    """The stems of the words that say something."""
    return stems([word for word in folded if len(word) >= SHORTEST_TERM and word not in stop], language)


def _marks(article: Article, body: Body) -> dict[str, float]:
    """What an article shares with one in another language: figures, and names as every script spells them."""
    language = article.language.partition("-")[0]
    marks: dict[str, float] = {}
    text_words = words(f"{article.title}\n{body.text}")[:COMPARED_WORDS]
    for figure, times in Counter(word for word in text_words if word.isdigit() and 2 <= len(word) <= 6).items():
        marks[figure] = round(1 + math.log(times), 3)
    if language in UNCAPITALISED:
        named = Counter(filter(None, (skeleton(word, language) for word in text_words)))
    else:
        named = Counter()
        text = f"{article.title}\n{body.text}"
        for name, times in proper_names(text, language) or capitalised(text).items():
            for word in words(name):
                if bones := skeleton(word, language):
                    named[bones] += times
    for bones, times in named.items():
        marks[f"~{bones}"] = round(1 + math.log(times), 3)
    return dict(sorted(marks.items()))  # sums of weights are the same fresh and remembered
