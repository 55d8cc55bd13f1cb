"""How much two texts resemble each other: by their words, their figures, and by what languages share.

Cosine of weighted stems (Salton & Buckley, "Term-weighting approaches in automatic text retrieval", 1988). Rarity is
learnt from what came before only, on top of a frozen background, so that a prefix of the log decides as the whole
does, and the first day as the hundredth.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter
from sys import intern

from digest.frequencies import text_shares
from digest.model import Article, Signature, record
from digest.names import ALL_NOUNS, UNCAPITALISED
from digest.stages.stories.headlines import Headline

BACKGROUND = 2_000  # texts: what the frozen frequencies weigh against those that were read
SHORT = 25  # different stems: a text of fewer is a headline, with a line or two below it
GIST = 18  # stems, of a longer text: what it would be as a headline
KEPT_TERMS = 100  # of a text: the heaviest
FIGURES = 0.15  # of the likeness: what figures that agree add, and others take away
FIGURES_ALIKE = 0.10  # cosine of the figures of two texts that tells nothing
TERMS_SHARED = 2  # that two texts must share at the least: one is chance
UNTOLD = UNCAPITALISED | ALL_NOUNS  # languages in which no capital tells a name
MARKS_SHARED = 2  # that two languages must share at the least
TELLING_MARK = 3  # characters: figures below 100 stand in every text

Weights = Mapping[str, float]


@record
class Text:
    """A text as it is compared; weights are of unit length, the heaviest first."""

    language: str
    at: int | None
    terms: Weights
    figures: Weights
    marks: Weights
    posts: frozenset[str]
    headline: Headline
    is_short: bool


@record
class RarityRest:
    """What is known of terms at a time."""

    seen_in: Mapping[str, int]
    names: tuple[str, ...]
    count: int


class Rarity:
    """What terms weigh, by the texts read so far and the background."""

    def __init__(self, rest: RarityRest | None = None) -> None:
        self._seen_in: Counter[str] = Counter(rest.seen_in if rest else ())
        self._names: set[str] = set(rest.names if rest else ())  # marks
        self._count = rest.count if rest else 0

    def rest(self) -> RarityRest:
        """What has been learnt so far."""
        return RarityRest(seen_in=self._seen_in, names=tuple(self._names), count=self._count)

    def text(self, article: Article, signature: Signature) -> Text:
        """A text with its terms weighed."""
        language = article.language.partition("-")[0]
        terms = self._weigh(signature.terms, text_shares(language))
        return Text(
            language=language,
            at=article.at,
            terms=terms,
            figures=_unit({term: weight for term, weight in terms.items() if term.isdigit()}),
            marks=self._weigh(self._named(signature.marks, language), {}),
            posts=frozenset(post.id for post in article.posts),
            headline=_headline(article, signature),
            is_short=len(signature.terms) < SHORT,
        )

    def _named(self, marks: Weights, language: str) -> Weights:
        """The marks that are names; where no capital tells, those that texts of other languages have named."""
        if language not in UNTOLD:
            return marks
        return {mark: weight for mark, weight in marks.items() if mark in self._names or mark.isdigit()}

    def learn(self, text: Text, signature: Signature) -> None:
        """A text more has been read."""
        if text.language not in UNTOLD:
            self._names.update(signature.marks)
        self._seen_in.update(signature.terms.keys())
        self._seen_in.update(signature.marks.keys())
        self._count += 1

    def _weigh(self, terms: Weights, shares: Weights) -> Weights:
        """Term → weight × rarity: the heaviest, the first first, of unit length."""
        log, seen, share, total = math.log, self._seen_in.get, shares.get, self._count + BACKGROUND
        weighed = {
            term: weight * log(1 + total / (1 + seen(term, 0) + BACKGROUND * share(term, 0.0)))
            for term, weight in terms.items()
        }
        return _unit(dict(heaviest(weighed, KEPT_TERMS)))


def heaviest(terms: Weights, count: int) -> list[tuple[str, float]]:
    """The heaviest terms, the first first; equal ones in the order in which they stand."""
    return sorted(terms.items(), key=itemgetter(1), reverse=True)[:count]


def _headline(article: Article, signature: Signature) -> Headline:
    """A text by the words of a headline: all of a short one, of a longer one the heaviest."""
    count = len(signature.terms) if len(signature.terms) < SHORT else GIST
    words = tuple(intern(term) for term, _ in heaviest(signature.terms, count))
    return Headline(at=article.at, words=words, vector=tuple(array("b", signature.meaning)))


def alike(one: Text, other: Text) -> float:
    """The likeness of two texts in one language: of their words, and of their figures where both have some."""
    if len(shared := one.terms.keys() & other.terms.keys()) < TERMS_SHARED:
        return 0.0
    words = _product(one.terms, other.terms, shared)
    if one.figures and other.figures:
        agreeing = _product(one.figures, other.figures, one.figures.keys() & other.figures.keys())
        return words + FIGURES * (agreeing - FIGURES_ALIKE)
    return words


def across(one: Text, other: Text) -> float:
    """The likeness of texts in two languages; a single name, and small figures alone, are chance."""
    shared = one.marks.keys() & other.marks.keys()
    telling = sum(len(mark) >= TELLING_MARK for mark in shared)
    return _product(one.marks, other.marks, shared) if telling >= MARKS_SHARED else 0.0


def shared_weights(one: Text, other: Text) -> dict[str, float]:
    """What each term, or mark of two languages, that the texts share adds to their likeness."""
    same = one.language == other.language
    left, right = (one.terms, other.terms) if same else (one.marks, other.marks)
    return {term: weight * right[term] for term, weight in left.items() if term in right}


def _product(one: Weights, other: Weights, shared: Iterable[str]) -> float:
    """The cosine of two vectors of unit length, by the terms that they share; the same in whatever order."""
    return math.fsum(one[term] * other[term] for term in shared)


def _unit(weights: Weights) -> Weights:
    """Of unit length; a term that stands in many texts is in memory once."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {intern(term): weight / length for term, weight in weights.items()} if length else {}
