"""How hot a story is: wide reach first, then recency, without any "now", so that pages do not churn.

heat = log2(reach) + last / half-life: twice the reach weighs as much as being one half-life newer. A date without an
hour counts from its middle. What has no date is as old as when a run saw it first; when a file came tells nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

from digest.model import Article, Edition, Override, Source, Story, in_force

HALF_LIFE = 8 * 3600  # seconds
COPY_REACH = 0.25  # of a source that only prints another's text
UNSURE = {"day": 12 * 3600, "month": 15 * 86_400}  # seconds before its end at which such a date is taken to lie
FETCHED = "fetched/"  # what a run has seen lies there


def rank(edition: Edition, sources: Mapping[str, Source], overrides: tuple[Override, ...] = ()) -> Edition:
    """The edition with its stories by heat, pinned ones first."""
    pinned = {one.story or one.article for one in overrides if one.kind == "pin" and in_force(one.until, edition.day)}
    ranked = [
        replace(
            story,
            heat=heat(story, edition.articles, sources),
            pinned=not pinned.isdisjoint((story.id, *story.article_ids)),
        )
        for story in edition.stories
    ]
    return replace(edition, stories=tuple(sorted(ranked, key=lambda story: (not story.pinned, -story.heat, story.id))))


def heat(story: Story, articles: Mapping[str, Article], sources: Mapping[str, Source]) -> float:
    """log2 of the sources that write of it in their own words, by their weights, plus its last time in half-lives."""
    reach: dict[str, float] = {}
    for group in story.groups:
        for at, id in enumerate(group.ids):
            source = articles[id].source_id
            weight = sources[source].weight if source in sources else 1.0
            reach[source] = max(reach.get(source, 0.0), weight * (COPY_REACH if at else 1.0))
    last = max(_moment(articles[id]) for id in story.article_ids)
    return round(math.log2(1 + sum(reach.values())) + last / HALF_LIFE, 6)


def _moment(article: Article) -> int:
    """How new a text is taken to be."""
    if article.published_at is not None:
        return article.published_at - UNSURE.get(article.precision, 0)
    return (article.seen_at or 0) if article.file.startswith(FETCHED) else 0
