"""A page for each topic: the query that makes it, what came in ninety days, its stories."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from digest.display import plural, say
from digest.model import Archive, Source, Story
from digest.stages.pages.cards import Cards
from digest.stages.pages.paging import older_pages, older_sketches, page_links, paged, unfilled
from digest.stages.pages.quotes import quote_cards
from digest.stages.pages.series import PULSE_DAYS, TIMELINE_DAYS, Days, calendar, series
from digest.stages.pages.subscriptions import topic_subscriptions
from digest.text import shorten
from digest.views import Head, Link, OpmlView, QuoteCard, Share, Sketch, TopicView

SOURCES = 12
NAMES = 10
NAMED_IN = 300  # articles, the newest, whose names are counted
QUOTED = 8  # stories, the newest, that are looked through for what was said
QUOTES = 3


def topic_views(cards: Cards) -> Iterator[Sketch | OpmlView]:
    """Every topic's page, and the older pages of its list."""
    archive = cards.archive
    stories: defaultdict[str, list[Story]] = defaultdict(list)
    for story in archive.stories.values():
        for name in story.topics:
            stories[name].append(story)
    days = [edition.day for edition in archive.editions]

    @cache
    def spans_to(day: str) -> _Spans:
        editions = archive.editions[: bisect_right(days, day)]
        return _Spans(calendar(editions, PULSE_DAYS), calendar(editions, TIMELINE_DAYS))

    for name, topic in archive.topics.items():
        if cards.standing.topic(name):
            own = max((archive.home[id] for story in stories[name] for id in story.article_ids), default="")
            until = own if topic.discovered and own else days[-1] if days else ""
            yield from _pages(name, stories[name][::-1], spans_to(until), cards)


class _Spans(NamedTuple):
    """The days that are looked back on: up to the newest, or to the last one of a discovered topic.

    What is discovered may rest for good; its page then stands, whatever comes under others.
    """

    fortnight: Days
    timeline: Days


def _pages(name: str, stories: Sequence[Story], spans: _Spans, cards: Cards) -> Iterator[Sketch | OpmlView]:
    archive, topic = cards.archive, cards.archive.topics[name]
    stem = f"topic/{topic.slug}"
    shown, older = paged(stories)
    ids = [id for story in stories for id in story.article_ids]
    subscribed = topic_subscriptions(stem, name, _outlets(ids, archive))
    yield Sketch(
        stem=stem,
        kind=TopicView,
        made_of=(
            (
                topic,
                cards.topic_hue(name),
                spans,
                _newest(archive) in spans.fortnight.all,
                cards.standing.is_followed(name),
            ),
            (list(map(cards.marks, shown)), list(map(cards.mark, ids))),
        ),
        make=lambda: _view(name, stories, spans, cards),
    )
    if subscribed.root.feeds and cards.standing.is_followed(name):
        yield subscribed
    told = say(cards.site, "Older stories under {topic}.", topic=name)
    pages = older_pages(stem, name, told, older, unfilled, site=cards.site, hue=cards.topic_hue(name))
    yield from older_sketches(
        pages, older, lambda page, known: replace(page, cards=tuple(map(cards.story, known))), cards.marks
    )


def _view(name: str, stories: Sequence[Story], spans: _Spans, cards: Cards) -> TopicView:
    archive, topic = cards.archive, cards.archive.topics[name]
    stem, is_followed = f"topic/{topic.slug}", cards.standing.is_followed(name)
    extent = plural(cards.site, len(stories), "story", "stories")
    shown, older = paged(stories)
    ids = [id for story in stories for id in story.article_ids]
    counts = Counter(archive.home[id] for id in ids)
    fortnight, timeline = series(spans.fortnight, counts), series(spans.timeline, counts)
    told = sorted(map(cards.story, shown), key=lambda card: -(card.last.at or 0))
    return TopicView(
        stem=stem,
        head=Head(
            title=name,
            description=shorten(topic.description or f"{name}: {extent}.", 190),
            card=stem if is_followed else "",
            feeds=(Link(name=name, href=stem),) if is_followed else (),
        ),
        topic=cards.topic_link(name),
        hue=cards.topic_hue(name),
        query=topic.query,
        description=topic.description,
        discovered=topic.discovered,
        series=replace(timeline, median=fortnight.median, lower=fortnight.lower, upper=fortnight.upper),
        stories=len(stories),
        articles=len(ids),
        cards=tuple(told),
        sources=_sources(ids, archive),
        names=_names(ids, frozenset(fortnight.days), cards),
        quotes=_quotes([archive.stories[card.id] for card in told[:QUOTED]], cards),
        pages=page_links(stem, len(older)),
        has_feed=is_followed and bool(cards.site.base_url),
        has_opml=is_followed and bool(topic_subscriptions(stem, name, _outlets(ids, archive)).root.feeds),
    )


def _outlets(ids: Iterable[str], archive: Archive) -> list[Source]:
    """The outlets that wrote these articles."""
    writing = dict.fromkeys(archive.articles[id].source_id for id in ids)
    return [archive.sources[id] for id in writing if id in archive.sources]


def _sources(ids: Iterable[str], archive: Archive) -> tuple[Share, ...]:
    """The outlets that wrote most of these articles."""
    counts = Counter(archive.articles[id].source_id for id in ids)
    most = [(archive.sources[id], count) for id, count in counts.most_common(SOURCES) if id in archive.sources]
    return tuple(Share(name=source.name, count=count, href=f"source/{source.id}.html") for source, count in most)


def _newest(archive: Archive) -> str:
    """The ISO day of the newest edition."""
    return archive.editions[-1].day if archive.editions else ""


def _names(ids: Sequence[str], days: Collection[str], cards: Cards) -> tuple[Link, ...]:
    """People and places in the articles of these days, by how many name them; what only one names is left out."""
    archive, newest = cards.archive, _newest(cards.archive)
    recent = [archive.articles[id] for id in ids if archive.home[id] in days][:NAMED_IN]
    links = []
    for one in cards.named(recent)[:NAMES]:
        name = one.spelled(cards.site.language)
        new = sum(archive.home[id] == newest for id in one.articles)
        note = f"{new:+d}" if new else ""
        links.append(Link(name=name, href=f"search.html?q={quote(name)}", count=len(one.articles), note=note))
    return tuple(link for link in links if link.count > 1)


def _quotes(stories: Sequence[Story], cards: Cards) -> tuple[QuoteCard, ...]:
    """What was said in these stories, of each what most outlets print."""
    found = (card for story in stories for card in quote_cards(story, cards)[:1])
    return tuple(islice(found, QUOTES))
