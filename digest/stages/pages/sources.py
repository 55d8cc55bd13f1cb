"""A page for each source: its health, what it covers, what it reported first."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from digest.cards import Cards
from digest.model import Archive, Article, Site, Source, SourceStatus, Story
from digest.paging import PULSE_DAYS, page_links, paged, series
from digest.views import Head, Link, ListView, Share, SourceRow, SourcesView, SourceView


def source_views(archive: Archive, site: Site) -> Iterator[SourceView | ListView | SourcesView]:
    """Every source's page with the older pages of its list, and the list of sources."""
    cards = Cards(archive, site)
    by_source: defaultdict[str, list[Article]] = defaultdict(list)
    for article in archive.articles.values():
        by_source[article.source_id].append(article)
    story_of = {id: story for story in archive.stories.values() for id in story.article_ids}
    statuses = {status.id: status for status in archive.statuses}
    rows = []
    for source in archive.sources.values():
        articles = by_source[source.id][::-1]
        yield from _pages(source, articles, archive, cards, story_of, statuses.get(source.id))
        rows.append(_row(source, len(articles), statuses.get(source.id)))
    yield SourcesView(
        stem="sources",
        head=Head(title="Sources", description=f"{len(rows)} sources and how they answer."),
        rows=tuple(rows),
    )


def _pages(
    source: Source, articles: list[Article], archive: Archive, cards: Cards, story_of: Mapping[str, Story],
    status: SourceStatus | None,
) -> Iterator[SourceView | ListView]:  # fmt: skip
    stem = f"source/{source.id}"
    shown, older = paged(articles)
    copies = {id for story in archive.stories.values() for group in story.groups for id in group.copy_ids}
    days = [edition.day for edition in archive.editions][-PULSE_DAYS:]
    counts = Counter(archive.home[article.id] for article in articles)
    topics = Counter(name for article in articles if article.id in story_of for name in story_of[article.id].topics[:1])
    yield SourceView(
        stem=stem,
        head=Head(title=source.name, description=f"{source.name}: {len(articles)} articles, and how its feed answers."),
        id=source.id,
        name=source.name,
        lang=source.language,
        language=source.language,
        country=source.country,
        kind=source.kind,
        location=_location(source),
        health=health(status),
        failing=bool(status and status.status == "failed"),
        series=series(days, [counts[day] for day in days]),
        total=len(articles),
        copies=sum(article.id in copies for article in articles),
        first=sum(story.id in story_of and archive.articles[story.id].source_id == source.id
                  for story in archive.stories.values() if len(story.groups) > 1),
        topics=tuple(
            Share(name=name, count=count, href=f"topic/{archive.topics[name].slug}.html")
            for name, count in topics.most_common()
        ),
        rows=tuple(cards.row(article, story=story_of.get(article.id)) for article in shown),
        pages=page_links(stem, len(older)),
    )  # fmt: skip
    for n, page in enumerate(older, start=1):
        yield ListView(
            stem=f"{stem}/{n}",
            head=Head(title=f"{source.name}, page {n}", description=f"Older articles of {source.name}.", index=False),
            title=f"{source.name}, page {n}",
            lang=source.language,
            back=Link(name=source.name, href=f"{stem}.html"),
            hue=0,
            rows=tuple(cards.row(article, story=story_of.get(article.id)) for article in page),
            pages=page_links(stem, len(older), n),
        )


def _location(source: Source) -> str:
    """Where its feed is, unless that is private."""
    return (source.url or source.path) if source.publish and "${" not in source.url else ""


def health(status: SourceStatus | None) -> str:
    """How it answered last, in a sentence."""
    if status is None:
        return "No feed: its articles were saved by hand."
    if status.status == "failed":
        return f"Failing: {status.reason}."
    if status.status == "empty":
        return "Answered, and its feed holds nothing."
    return "Answered."


def _row(source: Source, articles: int, status: SourceStatus | None) -> SourceRow:
    return SourceRow(
        source=Link(name=source.name, href=f"source/{source.id}.html"),
        lang=source.language,
        kind=source.kind,
        country=source.country,
        language=source.language,
        articles=articles,
        status=health(status),
        failing=bool(status and status.status == "failed"),
    )
