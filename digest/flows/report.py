"""The report of a build: nothing that was read is missing from it."""

from collections import Counter
from collections.abc import Mapping
from datetime import tzinfo
from functools import partial

from digest.addresses import story_href
from digest.codec import Rows
from digest.display import iso
from digest.model import Archive, Outcome, Site, Source, SourceStatus
from digest.quotations import Quotation
from digest.stages.pages.cards import Cards
from digest.stages.pages.quotes import quoted
from digest.views import When


def report_of(archive: Archive, site: Site, build: Mapping[str, object], zone: tzinfo) -> dict[str, object]:
    """The report as plain values, ready for JSON."""
    cards = Cards(archive, site)
    statuses = {status.id: status for status in archive.statuses}
    items = Counter(outcome.source_id for outcome in archive.outcomes if outcome.status != "rejected")
    return {
        "build": dict(build),
        "sources": [_source(source, statuses.get(source.id), items[source.id]) for source in archive.sources.values()],
        "items": Rows(archive.outcomes, partial(_item, zone)),
        "stories": [
            {
                "id": story.id,
                "title": cards.leading(story).title,
                "last": _time(cards.last(story), zone),
                "address": story_href(story.id, story.slug),
                "topics": list(story.topics),
                "articles": list(story.article_ids),
                "texts": len(story.groups),
            }
            for story in archive.stories.values()
        ],
        "posts": [
            {
                "id": post.id,
                "network": post.network,
                "handle": post.handle,
                "text": post.text,
                "times": sum(cards.embedders(post.id).values()),
                "articles": list(cards.embedders(post.id)),
            }
            for post in archive.posts.values()
            if cards.embedders(post.id)
        ],
        "topics": _topics(archive),
        "quotes": Rows([(article.id, one) for article, one in quoted(archive)], _quote),
    }


def _time(when: When, zone: tzinfo) -> str | None:
    return iso(when.at, when.precision, zone) or None


def _source(source: Source, status: SourceStatus | None, items: int) -> dict[str, object]:
    location = (source.url or source.path) if source.publish else ""
    return {
        "id": source.id,
        "location": (status.location if status else "") or location,
        "status": status.status if status else "ok" if items else "empty",
        "items": items,
        "reason": (status.reason if status else "") or None,
    }


def _quote(told: tuple[str, Quotation]) -> dict[str, object]:
    article, one = told
    return {"article": article, "text": one.text, "speaker": one.speaker, "role": None, "cue": one.cue or None}


def _item(zone: tzinfo, outcome: Outcome) -> dict[str, object]:
    return {
        "id": outcome.id,
        "source": outcome.source_id or None,
        "uid": outcome.uid,
        "title": outcome.title,
        "url": outcome.url or None,
        "file": outcome.file or None,
        "published": iso(outcome.published_at, outcome.precision, zone) or None,
        "precision": outcome.precision,
        "language": outcome.language or None,
        "status": outcome.status,
        "of": outcome.of or None,
        "story": outcome.story_id or None,
        "topics": list(outcome.topics),
        "flaws": list(outcome.flaws),
        "reason": outcome.reason or None,
    }


def _topics(archive: Archive) -> list[dict[str, object]]:
    stories: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for story in archive.stories.values():
        for name in story.topics:
            stories[name] += 1
            articles[name] += len(story.article_ids)
    return [
        {"name": name, "discovered": topic.discovered, "stories": stories[name], "articles": articles[name]}
        for name, topic in archive.topics.items()
    ]
