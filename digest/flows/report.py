"""The report of a build: nothing that was read is missing from it."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from digest.cards import Cards, story_href
from digest.model import Archive, Outcome, Site, SourceStatus


def report_of(archive: Archive, site: Site, build: Mapping[str, object], zone: tzinfo) -> dict[str, object]:
    """The report as plain values, ready for JSON."""
    cards = Cards(archive, site)
    return {
        "build": dict(build),
        "sources": [_source(archive, id, {status.id: status for status in archive.statuses}) for id in archive.sources],
        "items": [_item(outcome, zone) for outcome in archive.outcomes],
        "stories": [
            {
                "id": story.id,
                "title": cards.leading(story).title,
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
    }


def _source(archive: Archive, id: str, statuses: Mapping[str, SourceStatus]) -> dict[str, object]:
    source = archive.sources[id]
    status = statuses.get(id)
    location = (source.url or source.path) if source.publish else ""
    return {
        "id": id,
        "location": (status.location if status else "") or location,
        "status": status.status if status else "ok" if _articles(archive, id) else "empty",
        "items": _articles(archive, id),
        "reason": (status.reason if status else "") or None,
    }


def _articles(archive: Archive, id: str) -> int:
    return sum(outcome.source_id == id and outcome.status != "rejected" for outcome in archive.outcomes)


def _item(outcome: Outcome, zone: tzinfo) -> dict[str, object]:
    return {
        "id": outcome.id,
        "source": outcome.source_id or None,
        "uid": outcome.uid,
        "title": outcome.title,
        "url": outcome.url or None,
        "file": outcome.file or None,
        "published": published(outcome, zone),
        "precision": outcome.precision,
        "language": outcome.language or None,
        "status": outcome.status,
        "of": outcome.of or None,
        "story": outcome.story_id or None,
        "topics": list(outcome.topics),
        "flaws": list(outcome.flaws),
        "reason": outcome.reason or None,
    }


def published(outcome: Outcome, zone: tzinfo) -> str | None:
    """ISO 8601 in UTC, or the bare day or month where only that is known."""
    if outcome.published_at is None:
        return None
    if outcome.precision in ("day", "month"):
        local = datetime.fromtimestamp(outcome.published_at, zone)
        return local.strftime("%Y-%m-%d" if outcome.precision == "day" else "%Y-%m")
    return datetime.fromtimestamp(outcome.published_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
