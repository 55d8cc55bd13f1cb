"""Names as a list tells them: each once, however its outlets spell it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from digest.languages import base
from digest.model import Article
from digest.names import skeleton
from digest.text import fold


class Named(NamedTuple):
    """A name in all its spellings, and the articles that hold it."""

    spellings: Counter[tuple[str, str]]  # name and language → articles
    articles: Mapping[str, Article]  # by id

    def spelled(self, language: str) -> str:
        """As most articles of a language spell it; as most do, where none of that language holds it."""
        most = [spelling for spelling, _ in self.spellings.most_common()]
        return next((name for name, its in most if its == base(language)), most[0][0])


def named_in(articles: Sequence[Article]) -> list[Named]:
    """The names in articles, those that most of them hold first.

    Capitals and accents make no other name; nor do vowels where the spellings belong to different languages (Sudan,
    Soudan) and neither is the beginning of the other, as Niger is of Nigeria.
    """
    by_sound: defaultdict[str, list[Named]] = defaultdict(list)
    for key, one in _by_fold(articles).items():
        alike = by_sound[skeleton(key.replace(" ", "")) or key]
        twin = next((at for at, other in enumerate(alike) if _is_translated(one, other)), len(alike))
        alike[twin : twin + 1] = [_joined([*alike[twin : twin + 1], one])]
    found = [one for alike in by_sound.values() for one in alike]
    return sorted(found, key=lambda one: -len(one.articles))


def _by_fold(articles: Sequence[Article]) -> dict[str, Named]:
    """The names by what capitals and accents do not change, in the order met."""
    found: defaultdict[str, list[Named]] = defaultdict(list)
    for article in articles:
        for name in dict.fromkeys(filter(None, article.facts.get("names", "").split("\n"))):
            found[fold(name)].append(Named(Counter([(name, base(article.language))]), {article.id: article}))
    return {key: _joined(each) for key, each in found.items()}


def _joined(each: Sequence[Named]) -> Named:
    spellings = Counter(name for one in each for name in one.spellings.elements())
    return Named(spellings, {id: article for one in each for id, article in one.articles.items()})


def _is_translated(one: Named, other: Named) -> bool:
    if not {its for _, its in one.spellings}.isdisjoint(its for _, its in other.spellings):
        return False
    a, b = ({fold(name) for name, _ in named.spellings} for named in (one, other))
    return not any(this.startswith(that) or that.startswith(this) for this, that in product(a, b))
