"""Enrichments: each sees one article and its body, and says one thing of it."""

from collections.abc import Callable, Mapping

from digest.model import Article, Body
from digest.stages.facts.matters import matters_in
from digest.stages.facts.names import names_in
from digest.stages.facts.quotes import quotes_in

ARTICLE_FACTS: Mapping[str, Callable[[Article, Body], str]] = {
    "names": names_in,
    "matters": matters_in,
    "quotes": quotes_in,
}
"""Fact → what finds it; an empty text is no fact."""
