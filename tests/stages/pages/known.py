"""A small archive of days with stories, made of a few words."""

from collections.abc import Mapping
from typing import Any

from digest.model import Archive, Article, Edition, Story, Topic
from tests.stages.build import SOURCES, article, at, story

SHIPS = Topic(name="Ships", slug="ships", query="ship")
PORTS = Topic(name="Ports", slug="ports", query="port")
FROST = Topic(name="Frost", slug="frost", discovered=True)
RETIRED = Topic(name="Bees", slug="bees")  # its rule was taken away

Told = Mapping[str, tuple[str, ...]]  # story of one article → its topics


def edition(day: str, told: Told, *, closed: bool = True, articles: Mapping[str, Article] | None = None) -> Edition:
    """A day with these stories, the first the hottest."""
    known = {id: article(id, id, time=f"{day} 12:00") for id in told} | dict(articles or {})
    stories = tuple(story(id, topics=names, heat=1000.0 - n) for n, (id, names) in enumerate(told.items()))
    return Edition(day=day, start_at=at(f"{day} 00:00"), end_at=at(f"{day} 00:00") + 86_400, closed=closed,
                   stories=stories, articles=known, new_ids=tuple(known))  # fmt: skip


def archive(*editions: Edition, topics: tuple[Topic, ...] = (SHIPS, PORTS, RETIRED, FROST), **more: Any) -> Archive:
    """All that these editions hold."""
    stories: dict[str, Story] = {one.id: one for known in editions for one in known.stories}
    articles = {id: one for known in editions for id, one in known.articles.items()}
    made: dict[str, Any] = {
        "articles": articles,
        "stories": stories,
        "posts": {},
        "same_posts": {},
        "topics": {topic.name: topic for topic in topics},
        "sources": SOURCES,
        "home": {id: known.day for known in editions for id in known.new_ids},
        "editions": editions,
    }
    return Archive(**(made | more))
