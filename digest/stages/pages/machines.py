"""What machines read: feeds, data, sitemap, OPML, and the small files that browsers and crawlers ask for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID, uuid5

from digest.addresses import edition_stem, story_href
from digest.display import day_long, say
from digest.model import Archive, Edition, Site, Story
from digest.stages.pages.cards import Cards
from digest.stages.pages.colophon import distinct_name
from digest.stages.pages.editions import edition_of
from digest.stages.pages.health import begun, trouble
from digest.stages.pages.pictures import picture_views
from digest.stages.pages.subscriptions import subscriptions
from digest.views import (
    DataView,
    EditionView,
    FeedEntry,
    FeedView,
    ManifestView,
    OpenSearchView,
    RobotsView,
    SchemaView,
    SitemapView,
    Sketch,
    SourceCard,
    View,
)

FEED_ENTRIES = 30
FEED_STORIES = 400  # that the editions in a feed tell together, beyond those of a week
WEEK = 7  # editions
ADDRESSES = 50_000  # in one sitemap, sitemaps.org
NAMESPACE = UUID("6f1c0d52-5d1e-5c1b-9a3e-3b1f6f5f7a10")  # of our feed ids: never changes


def machine_views(cards: Cards, briefings: Iterable[Sketch]) -> Iterator[View | Sketch]:
    """Feeds and all that needs an address only where the site has one."""
    archive, site = cards.archive, cards.site
    yield RobotsView(stem="robots", index=site.index)
    yield ManifestView(stem="site")
    stems = {one.stem: one for one in briefings}
    editions = {one.day: stems[edition_stem(one.day)] for one in archive.editions if one.day}
    for day, sketch in editions.items():
        yield _data(f"data/{day}", sketch)
    yield SchemaView(stem="data/schema")
    if site.base_url:
        yield OpenSearchView(stem="opensearch")
        yield from picture_views(cards)
        yield from _feeds(cards, editions)
        yield from _sitemaps(tuple(_addresses(cards)))
    yield subscriptions(
        archive.sources.values(), archive.topics.values(), say(site, "{title}: sources", title=site.title)
    )


def feed_id(kind: str, id: str) -> str:
    """An id that never changes and does not depend on where the site stands."""
    return f"urn:uuid:{uuid5(NAMESPACE, f'{kind}:{id}')}"


def _newest(closed: Sequence[Edition]) -> list[Edition]:
    """The editions in the feed, the newest first: a week, and before it as many as a reader loads at once."""
    newest = closed[::-1][:FEED_ENTRIES]
    told = accumulate(len(edition.stories) for edition in newest)
    return [one for n, (one, so_far) in enumerate(zip(newest, told, strict=True)) if n < WEEK or so_far <= FEED_STORIES]


def _data(stem: str, edition: Sketch) -> Sketch:
    """An edition as data."""

    def make() -> DataView:
        return DataView(stem=stem, edition=edition_of(edition))

    return Sketch(stem=stem, kind=DataView, made_of=("data", edition.made_of), make=make)


def _feeds(cards: Cards, sketches: Mapping[str, Sketch]) -> Iterator[FeedView | Sketch]:
    """The editions, all stories, and each topic's stories: only what has closed, complete."""
    archive, site = cards.archive, cards.site
    closed = [edition for edition in archive.editions if edition.closed and edition.day]
    newest = _newest(closed)
    bare = FeedView(
        stem="feed",
        id=feed_id("feed", "editions"),
        title=site.title,
        home="index.html",
        description=say(site, "The daily briefing, grouped by topic."),
        updated=max((edition.end_at or 0 for edition in closed), default=0),
        entries=(),
    )

    def whole() -> FeedView:
        told = (_edition_entry(edition, edition_of(sketches[edition.day]), site) for edition in newest)
        return replace(bare, entries=tuple(told))

    made_of = (bare, [(edition.end_at, sketches[edition.day].made_of) for edition in newest])
    yield Sketch(stem="feed", kind=FeedView, made_of=made_of, make=whole)
    yield _troubles(archive, site)
    told = _told(closed, cards)
    yield _stories("stories", say(site, "{title}: stories", title=site.title), "index.html", told, site)
    by_topic: defaultdict[str, list[_Told]] = defaultdict(list)
    for one in told:
        for name in one.story.topics:
            by_topic[name].append(one)
    for name, topic in archive.topics.items():
        if cards.standing.is_followed(name):
            stem = f"topic/{topic.slug}"
            yield _stories(stem, f"{site.title}: {name}", f"{stem}.html", by_topic[name], site)


def _troubles(archive: Archive, site: Site) -> FeedView:
    """The sources that fail, have moved or are silent: an entry for each time that trouble began."""
    entries = []
    newest = max((edition.end_at or 0 for edition in archive.editions if edition.closed), default=0)
    for id, said in trouble(archive, site).items():
        source, known = archive.sources[id], archive.health.get(id)
        at = begun(known) if known else newest  # no run tells since when a recorded document cannot be read
        entry = FeedEntry(
            id=feed_id("trouble", f"{id}:{at}" if known else f"{id}:{said}"),
            title=distinct_name(archive, source),
            href=f"source/{id}.html",
            lang=site.language,
            published=at,
            updated=at,
            tags=(),
            summary=said,
            shows=SourceCard(href=f"source/{id}.html", said=said),
        )
        entries.append(entry)
    entries.sort(key=lambda entry: (-entry.published, entry.href))
    return FeedView(
        stem="health",
        id=feed_id("feed", "health"),
        title=say(site, "{title}: sources in trouble", title=site.title),
        home="sources.html",
        description=say(site, "Sources that fail, have moved, or have been silent for long."),
        updated=entries[0].updated if entries else 0,
        entries=tuple(entries),
    )


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


class _Told(NamedTuple):
    """A story as the last closed edition that it stood in has told it."""

    story: Story
    cards: Cards  # of that edition
    first_at: int  # the end of the first edition that told it
    last_at: int  # the end of the last one


def _told(closed: Sequence[Edition], whole: Cards) -> list[_Told]:
    """The stories of closed editions: those that the newest one told first, by heat, then the one's before."""
    first = {story.id: edition.end_at or 0 for edition in reversed(closed) for story in edition.stories}
    told: dict[str, _Told] = {}
    for edition in reversed(closed):
        cards, end = whole.knowing(edition), edition.end_at or 0
        for story in edition.stories:
            if story.id in whole.archive.stories and story.id not in told:
                told[story.id] = _Told(story, cards, first[story.id], end)
    return list(told.values())


def _stories(stem: str, title: str, home: str, told: Sequence[_Told], site: Site) -> Sketch:
    newest = sum(one.last_at == told[0].last_at for one in told)  # an edition is told whole
    shown = told[: max(FEED_ENTRIES, newest)]
    bare = FeedView(
        stem=stem,
        id=feed_id("feed", stem),
        title=title,
        home=home,
        description=say(site, "Stories, each once: {title}.", title=title),
        updated=max((one.last_at for one in shown), default=0),
        entries=(),
    )
    return Sketch(
        stem=stem,
        kind=FeedView,
        made_of=(bare, [(one.cards.marks(one.story), one.first_at, one.last_at) for one in shown]),
        make=lambda: replace(bare, entries=tuple(map(_story_entry, shown))),
    )


def _story_entry(told: _Told) -> FeedEntry:
    card = told.cards.story(told.story)
    return FeedEntry(
        id=feed_id("story", told.story.id),
        title=card.title,
        href=story_href(told.story.id, told.story.slug),
        lang=card.lang,
        published=told.first_at,
        updated=told.last_at,
        tags=told.story.topics,
        summary=card.dek,
        shows=card,
    )


def _sitemaps(addresses: Sequence[tuple[str, str]]) -> Iterator[SitemapView]:
    """One sitemap, or a list of those that hold as many addresses as one may."""
    if len(addresses) <= ADDRESSES:
        yield SitemapView(stem="sitemap", entries=tuple(addresses))
        return
    parts = [addresses[at : at + ADDRESSES] for at in range(0, len(addresses), ADDRESSES)]
    entries = tuple((f"sitemap/{n}.xml", max(day for _, day in part)) for n, part in enumerate(parts, start=1))
    yield SitemapView(stem="sitemap", entries=entries, parts=True)
    for n, part in enumerate(parts, start=1):
        yield SitemapView(stem=f"sitemap/{n}", entries=tuple(part))


def _addresses(cards: Cards) -> Iterator[tuple[str, str]]:
    """What stands for good: closed editions, the stories and topics that they published, and the lists."""
    archive = cards.archive
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
        if (name in topics or topic.ruled) and (address := cards.standing.topic(name)):
            yield address, topics[name]
    for stem in ("topics", "sources", "posts", "archive", "about"):
        yield f"{stem}.html", ""
