"""Names as a list tells them: each once, however its outlets spell it."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from digest.languages import base
from digest.model import Article
from digest.names import skeleton
from digest.text import fold


class Named(NamedTuple):
    """A name in all its spellings, and the articles that hold it."""

    spellings: dict[tuple[str, str], int]  # name and language → articles
    articles: dict[str, Article]  # by id

    def spelled(self, language: str) -> str:
        """As most articles of a language spell it; as most do, where none of that language holds it."""
        most = sorted(self.spellings, key=lambda spelling: -self.spellings[spelling])
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
        alike[twin : twin + 1] = [_joined(alike[twin], one)] if alike[twin:] else [one]
    found = [one for alike in by_sound.values() for one in alike]
    return sorted(found, key=lambda one: -len(one.articles))


def _by_fold(articles: Sequence[Article]) -> dict[str, Named]:
    """The names by what capitals and accents do not change, in the order met."""
    found: dict[str, Named] = {}
    for article in articles:
        language = base(article.language)
        for name in dict.fromkeys(filter(None, article.facts.get("names", "").split("\n"))):
            if (one := found.get(key := fold(name))) is None:
                one = found[key] = Named({}, {})
            one.spellings[name, language] = one.spellings.get((name, language), 0) + 1
            one.articles[article.id] = article
    return found


def _joined(one: Named, other: Named) -> Named:
    spellings = dict(one.spellings)
    for spelling, times in other.spellings.items():
        spellings[spelling] = spellings.get(spelling, 0) + times
    return Named(spellings, {**one.articles, **other.articles})


def _is_translated(one: Named, other: Named) -> bool:
    if not {its for _, its in one.spellings}.isdisjoint(its for _, its in other.spellings):
        return False
    a, b = ({fold(name) for name, _ in named.spellings} for named in (one, other))
    return not any(this.startswith(that) or that.startswith(this) for this, that in product(a, b))
