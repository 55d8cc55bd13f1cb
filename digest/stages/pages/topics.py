"""A page for each topic: the query that makes it, what came in ninety days, its stories."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from digest.cards import Cards
from digest.model import Archive, Site, Story
from digest.paging import page_links, paged, series
from digest.text import shorten
from digest.views import Head, Link, ListView, Share, TopicView

TIMELINE_DAYS = 90
SOURCES = 12


def topic_views(archive: Archive, site: Site) -> Iterator[TopicView | ListView]:
    """Every topic's page, and the older pages of its list."""
    cards = Cards(archive, site)
    stories: defaultdict[str, list[Story]] = defaultdict(list)
    for story in archive.stories.values():
        for name in story.topics:
            stories[name].append(story)
    for name in archive.topics:
        yield from _pages(name, stories[name][::-1], archive, cards)


def _pages(name: str, stories: Sequence[Story], archive: Archive, cards: Cards) -> Iterator[TopicView | ListView]:
    topic = archive.topics[name]
    stem = f"topic/{topic.slug}"
    head = Head(
        title=name,
        description=shorten(topic.description or f"Stories under {name}: {len(stories)} so far.", 190),
        feeds=(Link(name=name, href=stem),),
    )
    shown, older = paged(stories)
    ids = [id for story in stories for id in story.article_ids]
    days = [edition.day for edition in archive.editions][-TIMELINE_DAYS:]
    counts = Counter(archive.home[id] for id in ids)
    sources = Counter(archive.articles[id].source_id for id in ids)
    yield TopicView(
        stem=stem,
        head=head,
        topic=cards.topic_link(name),
        hue=cards.topic_hue(name),
        query=topic.query,
        description=topic.description,
        discovered=topic.discovered,
        series=series(days, [counts[day] for day in days]),
        stories=len(stories),
        articles=len(ids),
        cards=tuple(cards.story(story) for story in shown),
        sources=tuple(
            Share(name=archive.sources[id].name, count=count, href=f"source/{id}.html")
            for id, count in sources.most_common(SOURCES)
            if id in archive.sources
        ),
        pages=page_links(stem, len(older)),
        has_feed=bool(cards.site.base_url),
    )
    for n, page in enumerate(older, start=1):
        yield ListView(
            stem=f"{stem}/{n}",
            head=Head(title=f"{name}, page {n}", description=f"Older stories under {name}.", index=False),
            title=f"{name}, page {n}",
            lang=cards.site.language,
            back=cards.topic_link(name),
            hue=cards.topic_hue(name),
            cards=tuple(cards.story(story) for story in page),
            pages=page_links(stem, len(older), n),
        )
