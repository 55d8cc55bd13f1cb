"""What machines read: feeds, data, sitemap, OPML, and the small files that browsers and crawlers ask for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID, uuid5

from digest.cards import Cards, edition_stem, story_href
from digest.display import day_long
from digest.model import Archive, Edition, Site, Story
from digest.views import (
    DataView,
    EditionView,
    FeedEntry,
    FeedView,
    Link,
    ManifestView,
    OpenSearchView,
    OpmlView,
    RobotsView,
    SitemapView,
    View,
)

FEED_ENTRIES = 30
NAMESPACE = UUID("6f1c0d52-5d1e-5c1b-9a3e-3b1f6f5f7a10")  # of our feed ids: never changes


def machine_views(archive: Archive, site: Site, briefings: Iterable[EditionView]) -> Iterator[View]:
    """Feeds and all that needs an address only where the site has one."""
    yield RobotsView(stem="robots", index=site.index)
    yield ManifestView(stem="site")
    editions = {view.day: view for view in briefings if view.stem != "index"}
    for day, view in editions.items():
        yield DataView(stem=f"data/{day}", edition=view)
    if site.base_url:
        yield OpenSearchView(stem="opensearch")
        yield from _feeds(archive, site, editions)
        yield SitemapView(stem="sitemap", entries=tuple(_addresses(archive)))
    yield _opml(archive, site)


def feed_id(kind: str, id: str) -> str:
    """An id that never changes and does not depend on where the site stands."""
    return f"urn:uuid:{uuid5(NAMESPACE, f'{kind}:{id}')}"


def _feeds(archive: Archive, site: Site, views: dict[str, EditionView]) -> Iterator[FeedView]:
    """The editions, all stories, and each topic's stories: only what has closed, complete."""
    cards = Cards(archive, site)
    closed = [edition for edition in archive.editions if edition.closed and edition.day]
    yield FeedView(
        stem="feed",
        id=feed_id("feed", "editions"),
        title=site.title,
        home="index.html",
        description="The daily briefing, grouped by topic.",
        updated=max((edition.end_at or 0 for edition in closed), default=0),
        entries=tuple(_edition_entry(edition, views[edition.day], site) for edition in closed[::-1][:FEED_ENTRIES]),
    )
    begun = _begun(closed, archive)
    yield _stories("stories", f"{site.title}: stories", "index.html", begun, archive, cards)
    for name, topic in archive.topics.items():
        own = [(story, at) for story, at in begun if name in story.topics]
        yield _stories(f"topic/{topic.slug}", f"{site.title}: {name}", f"topic/{topic.slug}.html", own, archive, cards)


def _edition_entry(edition: Edition, view: EditionView, site: Site) -> FeedEntry:
    return FeedEntry(
        id=feed_id("edition", edition.day),
        title=day_long(edition.day, site.language),
        href=f"{edition_stem(edition.day)}.html",
        lang=site.language,
        published=edition.end_at or 0,
        updated=edition.end_at or 0,
        tags=tuple(section.topic.name for section in view.sections),
        summary=view.head.description,
        shows=view,
    )


def _begun(closed: Iterable[Edition], archive: Archive) -> list[tuple[Story, int]]:
    """The stories of closed editions with the end of the first that they stood in, the newest first."""
    first: dict[str, int] = {}
    for edition in closed:
        for story in edition.stories:
            first.setdefault(story.id, edition.end_at or 0)
    known = [(archive.stories[id], at) for id, at in first.items() if id in archive.stories]
    return known[::-1]


def _stories(
    stem: str, title: str, home: str, begun: Sequence[tuple[Story, int]], archive: Archive, cards: Cards
) -> FeedView:
    entries = tuple(_story_entry(story, at, archive, cards) for story, at in begun[:FEED_ENTRIES])
    return FeedView(
        stem=stem,
        id=feed_id("feed", stem),
        title=title,
        home=home,
        description=f"Stories, each once: {title}.",
        updated=max((entry.updated for entry in entries), default=0),
        entries=entries,
    )


def _story_entry(story: Story, at: int, archive: Archive, cards: Cards) -> FeedEntry:
    card = cards.story(story)
    return FeedEntry(
        id=feed_id("story", story.id),
        title=card.title,
        href=story_href(story.id, story.slug),
        lang=card.lang,
        published=at,
        updated=max(at, story.last_at or 0),
        tags=story.topics,
        summary=card.dek,
        shows=card,
    )


def _addresses(archive: Archive) -> Iterator[tuple[str, str]]:
    """What stands for good: closed editions, the stories and topics that they published, and the lists."""
    newest = archive.editions[-1].day if archive.editions else ""
    yield "index.html", newest
    stories: defaultdict[str, str] = defaultdict(str)
    topics: defaultdict[str, str] = defaultdict(str)
    for edition in archive.editions:
        if not edition.closed:
            continue
        if edition.day:
            yield f"{edition_stem(edition.day)}.html", edition.day
        for story in edition.stories:
            stories[story.id] = max(stories[story.id], edition.day)
            for name in story.topics:
                topics[name] = max(topics[name], edition.day)
    for id, day in stories.items():
        if id in archive.stories:
            yield story_href(id, archive.stories[id].slug), day
    for name, topic in archive.topics.items():
        if name in topics or not topic.discovered:
            yield f"topic/{topic.slug}.html", topics[name]
    for stem in ("topics", "sources", "posts", "archive", "about"):
        yield f"{stem}.html", ""


def _opml(archive: Archive, site: Site) -> OpmlView:
    by_kind: defaultdict[str, list[Link]] = defaultdict(list)
    for source in archive.sources.values():
        if source.url and source.publish and "${" not in source.url:
            by_kind[source.kind or "other"].append(Link(name=source.name, href=source.url, lang=source.language))
    outlines = tuple((kind, tuple(links)) for kind, links in by_kind.items())
    return OpmlView(stem="sources", title=f"{site.title}: sources", outlines=outlines)
