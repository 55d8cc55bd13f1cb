"""How hot a story is: wide reach first, then recency, without any "now", so that pages do not churn.

heat = log2(reach) + last_at / half-life: twice the reach weighs as much as being one half-life newer. A story whose
texts have no date is as old as the day before they were seen: when a file came tells nothing of when it happened.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

from digest.model import Article, Edition, Override, Source, Story, in_force

HALF_LIFE = 8 * 3600  # seconds
COPY_REACH = 0.25  # of a source that only prints another's text
UNDATED = 24 * 3600  # seconds that a story without any date counts as older than it was seen


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
    dated = any(articles[id].published_at is not None for id in story.article_ids)
    last_at = (story.last_at or 0) - (0 if dated else UNDATED)
    return round(math.log2(1 + sum(reach.values())) + last_at / HALF_LIFE, 6)
