"""A page for each source: its health, what it covers, what it reported first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from digest.display import plural, say
from digest.model import Article, Site, Source, SourceStatus
from digest.stages.pages.cards import Cards
from digest.stages.pages.colophon import distinct_name
from digest.stages.pages.health import health
from digest.stages.pages.paging import older_pages, older_sketches, page_links, paged, unfilled
from digest.stages.pages.series import PULSE_DAYS, calendar, series
from digest.views import ArticleRow, Head, Link, Share, Sketch, SourceRow, SourcesView, SourceView

TOPICS = 12  # on a source's page
FIRSTS = 5


def source_views(cards: Cards) -> Iterator[Sketch | SourcesView]:
    """Every source's page with the older pages of its list, and the list of sources."""
    archive, site = cards.archive, cards.site
    by_source: defaultdict[str, list[Article]] = defaultdict(list)
    for article in archive.articles.values():
        by_source[article.source_id].append(article)
    stories = archive.stories.values()
    copies = {id for story in stories for group in story.groups for id in group.copy_ids}
    begun = [story.id for story in stories if len(story.groups) > 1 and story.id in archive.articles]
    firsts: defaultdict[str, list[str]] = defaultdict(list)
    for id in begun:
        firsts[archive.articles[id].source_id].append(id)
    statuses = {status.id: status for status in archive.statuses}
    rows = []
    for source in archive.sources.values():
        articles = by_source[source.id][::-1]
        extent = _Extent(copies=sum(one.id in copies for one in articles), first=tuple(firsts[source.id]))
        status = statuses.get(source.id)
        said = health(source, status, archive.health.get(source.id), site)
        yield from _pages(source, articles, extent, cards, status, said)
        rows.append(_row(source, distinct_name(archive, source), len(articles), status, said))
    yield SourcesView(
        stem="sources",
        head=Head(
            title=say(site, "Sources"),
            description=say(site, "{sources}, and how they answer.", sources=plural(site, len(rows), "source")),
        ),
        rows=tuple(rows),
    )


class _Extent(NamedTuple):
    """How much of a source's own there is."""

    copies: int  # articles that print another's text
    first: tuple[str, ...]  # stories that it reported first, oldest first


def _pages(
    source: Source, articles: list[Article], extent: _Extent, cards: Cards, status: SourceStatus | None, said: str
) -> Iterator[Sketch]:
    archive = cards.archive
    stem = f"source/{source.id}"
    shown, older = paged([article for article in articles if not cards.standing.is_gone(article)])
    counts = Counter(archive.home[article.id] for article in articles)
    topics = _topics(articles, cards)
    bare = SourceView(
        stem=stem,
        head=Head(title=source.name, description=_about(source, articles, cards.site)),
        id=source.id,
        name=source.name,
        lang=source.language,
        language=source.language,
        country=source.country,
        kind=source.kind,
        location=_location(source),
        health=said,
        failing=bool(status and status.status == "failed"),
        series=series(calendar(archive.editions, PULSE_DAYS), counts),
        total=len(articles),
        copies=extent.copies,
        first=len(extent.first),
        firsts=tuple(cards.story_link(archive.stories[id]) for id in extent.first[: -FIRSTS - 1 : -1]),
        topics=topics[:TOPICS],
        more_topics=len(topics[TOPICS:]),
        rows=(),
        pages=page_links(stem, len(older)),
    )
    latest = sorted(shown, key=lambda article: -(article.at or 0))
    yield Sketch(
        stem=stem,
        kind=SourceView,
        made_of=(bare, [cards.row_marks(article) for article in latest]),
        make=lambda: replace(bare, rows=_rows(latest, cards)),
    )
    told = say(cards.site, "Older articles of {source}.", source=source.name)
    pages = older_pages(stem, source.name, told, older, unfilled, site=cards.site, lang=source.language)
    yield from older_sketches(
        pages, older, lambda page, known: replace(page, rows=_rows(known, cards)), cards.row_marks
    )


def _rows(articles: Iterable[Article], cards: Cards) -> tuple[ArticleRow, ...]:
    return tuple(cards.row(article, story=cards.story_of.get(article.id)) for article in articles)


def _topics(articles: Iterable[Article], cards: Cards) -> tuple[Share, ...]:
    """The topics that its articles are listed under, each article under the first of its story's."""
    known = (cards.story_of[article.id] for article in articles if article.id in cards.story_of)
    counts = Counter(name for story in known for name in story.topics[:1] if cards.standing.topic(name))
    return tuple(Share(name=name, count=n, href=cards.topic_link(name).href) for name, n in counts.most_common())


def _about(source: Source, articles: Sequence[Article], site: Site) -> str:
    known = plural(site, len(articles), "article")
    return say(site, "{source}: {articles}, and how its feed answers.", source=source.name, articles=known)


def _location(source: Source) -> str:
    """Where its feed is, unless that is private."""
    return (source.url or source.path) if source.publish and "${" not in source.url else ""


def _row(source: Source, name: str, articles: int, status: SourceStatus | None, said: str) -> SourceRow:
    return SourceRow(
        source=Link(name=name, href=f"source/{source.id}.html"),
        lang=source.language,
        kind=source.kind,
        country=source.country,
        language=source.language,
        articles=articles,
        status=said,
        failing=bool(status and status.status == "failed"),
        asked=status is not None,
    )
