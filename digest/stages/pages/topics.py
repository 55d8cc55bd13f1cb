"""A page for each topic: the query that makes it, what came in ninety days, its stories."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from digest.display import plural, say
from digest.model import Archive, Story
from digest.stages.pages.cards import Cards
from digest.stages.pages.paging import older_pages, page_links, paged
from digest.stages.pages.series import TIMELINE_DAYS, calendar, series
from digest.text import shorten
from digest.views import Head, Link, ListView, Share, TopicView

SOURCES = 12


def topic_views(cards: Cards) -> Iterator[TopicView | ListView]:
    """Every topic's page, and the older pages of its list."""
    archive = cards.archive
    stories: defaultdict[str, list[Story]] = defaultdict(list)
    for story in archive.stories.values():
        for name in story.topics:
            stories[name].append(story)
    for name in archive.topics:
        yield from _pages(name, stories[name][::-1], archive, cards)


def _pages(name: str, stories: Sequence[Story], archive: Archive, cards: Cards) -> Iterator[TopicView | ListView]:
    topic = archive.topics[name]
    stem = f"topic/{topic.slug}"
    known = plural(cards.site, len(stories), "story", "stories")
    head = Head(
        title=name,
        description=shorten(topic.description or f"{name}: {known}.", 190),
        card=stem,
        feeds=(Link(name=name, href=stem),),
    )
    shown, older = paged(stories)
    ids = [id for story in stories for id in story.article_ids]
    counts = Counter(archive.home[id] for id in ids)
    yield TopicView(
        stem=stem,
        head=head,
        topic=cards.topic_link(name),
        hue=cards.topic_hue(name),
        query=topic.query,
        description=topic.description,
        discovered=topic.discovered,
        series=series(calendar(archive.editions, TIMELINE_DAYS), counts),
        stories=len(stories),
        articles=len(ids),
        cards=tuple(sorted(map(cards.story, shown), key=lambda card: -(card.last.at or 0))),
        sources=_sources(ids, archive),
        pages=page_links(stem, len(older)),
        has_feed=bool(cards.site.base_url),
    )
    yield from older_pages(
        stem,
        name,
        say(cards.site, "Older stories under {topic}.", topic=name),
        older,
        lambda page, told: replace(page, cards=tuple(cards.story(story) for story in told)),
        site=cards.site,
        hue=cards.topic_hue(name),
    )


def _sources(ids: Iterable[str], archive: Archive) -> tuple[Share, ...]:
    """The outlets that wrote most of these articles."""
    counts = Counter(archive.articles[id].source_id for id in ids)
    most = [(archive.sources[id], count) for id, count in counts.most_common(SOURCES) if id in archive.sources]
    return tuple(Share(name=source.name, count=count, href=f"source/{source.id}.html") for source, count in most)
