"""The calendar of all editions, a page for each year that has passed, and the list of days on the page of search."""

from calendar import Calendar as MonthCalendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from digest.addresses import edition_stem
from digest.display import month_long, plural, say
from digest.model import Archive, Edition, Site
from digest.stages.pages.cards import Cards
from digest.views import ArchiveView, Day, Head, Link, Month, SearchView

HEATS = 4  # shades of the calendar, by quantile of a year's days
MONTHS = 6  # on the calendar's own page, at least; else the months of the newest year
DAYS = 31  # on the page of search; earlier ones by their months


def archive_views(archive: Archive, site: Site) -> Iterator[ArchiveView]:
    """The newest months, then a page for each year that does not stand there whole: it never changes again."""
    months = _months(archive, site)
    shown = _shown(months)
    older = sorted({month.month[:4] for month in months[len(shown) :]}, reverse=True)
    pages = tuple(Link(name=year, href=f"archive/{year}.html") for year in older)
    title = say(site, "Archive")
    known = say(site, "No edition has been made yet.")
    if months:
        since = month_long(months[-1].month, site.language)
        known = say(site, "{editions}, {month} to now.", editions=_editions(months, site), month=since)
    yield ArchiveView(stem="archive", head=Head(title=title, description=known), months=shown, pages=pages)
    for at, year in enumerate(older):
        whole = tuple(month for month in months if month.month.startswith(year))
        dated = say(site, "Archive, {year}", year=year)
        yield ArchiveView(
            stem=f"archive/{year}",
            head=Head(
                title=dated,
                description=say(site, "{title}: {editions}.", title=dated, editions=_editions(whole, site)),
                prev=pages[at + 1].href if at + 1 < len(pages) else "",
                next=pages[at - 1].href if at else "archive.html",
            ),
            months=whole,
            year=year,
        )


def search_view(archive: Archive, site: Site) -> SearchView:
    """What a search starts from; without JavaScript, a way to all days."""
    dated = [edition for edition in archive.editions[::-1] if edition.day]
    months = _months_of(dated[DAYS:])
    shown = {month.month for month in _shown(_bare(dated))}
    return SearchView(
        stem="search",
        head=Head(title=say(site, "Search"), description=say(site, "Search all stories and articles."), index=False),
        days=tuple(
            Link(name=edition.day, href=f"{edition_stem(edition.day)}.html", count=len(edition.new_ids))
            for edition in dated[:DAYS]
        ),
        months=tuple(
            Link(
                name=month,
                href=f"{'archive' if month in shown else f'archive/{month[:4]}'}.html#m{month}",
                count=sum(len(edition.new_ids) for edition in known),
            )
            for month, known in months.items()
        ),
        topics=tuple(
            Link(name=name, href=f"topic/{topic.slug}.html") for name, topic in archive.topics.items() if topic.ruled
        ),
    )


def _editions(months: Sequence[Month], site: Site) -> str:
    return plural(site, sum(len(month.days) for month in months), "edition")


def _months_of(editions: Sequence[Edition]) -> dict[str, list[Edition]]:
    found: defaultdict[str, list[Edition]] = defaultdict(list)
    for edition in editions:
        found[edition.day[:7]].append(edition)
    return dict(found)


def _bare(editions: Sequence[Edition]) -> list[Month]:
    return [Month(month=month, weeks=(), days=()) for month in _months_of(editions)]


def _shown(months: Sequence[Month]) -> tuple[Month, ...]:
    """Those on the calendar's own page."""
    newest = months[0].month[:4] if months else ""
    return tuple(month for n, month in enumerate(months) if n < MONTHS or month.month.startswith(newest))


def _months(archive: Archive, site: Site) -> list[Month]:
    """All months, the newest first."""
    dated = [edition for edition in archive.editions[::-1] if edition.day]
    sizes: defaultdict[str, list[int]] = defaultdict(list)
    for edition in dated:
        sizes[edition.day[:4]].append(len(edition.new_ids))
    days = {
        edition.day: _day(edition, Cards(archive, site, edition.articles), sizes[edition.day[:4]]) for edition in dated
    }
    return [
        Month(month=month, weeks=_weeks(month, days), days=tuple(days[edition.day] for edition in known))
        for month, known in _months_of(dated).items()
    ]


def _day(edition: Edition, cards: Cards, sizes: Sequence[int]) -> Day:
    size = len(edition.new_ids)
    lead = cards.leading(edition.stories[0]) if edition.stories else None
    below = sum(other < size for other in sizes)
    return Day(
        day=edition.day,
        href=f"{edition_stem(edition.day)}.html",
        articles=size,
        heat=min(HEATS, 1 + below * HEATS // len(sizes)) if size else 0,
        title=lead.title if lead else "",
        lang=lead.language if lead else "",
    )


def _weeks(month: str, days: Mapping[str, Day]) -> tuple[tuple[Day | None, ...], ...]:
    """The month's weeks, Monday first; days of other months are None."""
    year, number = map(int, month.split("-"))
    return tuple(
        tuple(days.get(date.isoformat(), Day(day=date.isoformat())) if date.month == number else None for date in week)
        for week in MonthCalendar(firstweekday=0).monthdatescalendar(year, number)
    )
