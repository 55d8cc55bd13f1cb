"""The calendar, a page a year, and the days on the page of search."""

from datetime import date, timedelta

from digest.model import Archive, Site
from digest.stages.pages.archives import DAYS, archive_views, search_view
from digest.views import ArchiveView
from tests.stages.pages.known import archive, edition

SITE = Site(title="Morning Desk")


def told(first: str, days: int) -> Archive:
    """An edition a day, each of one story."""
    every = [(date.fromisoformat(first) + timedelta(days=n)).isoformat() for n in range(days)]
    return archive(*(edition(day, {f"s{n}": ()}) for n, day in enumerate(every)))


def calendars(known: Archive) -> dict[str, ArchiveView]:
    return {view.stem: view for view in archive_views(known, SITE)}


def test_some_months_stand_on_one_page():
    assert list(calendars(told("2026-10-24", 30))) == ["archive"]
    assert calendars(archive())["archive"].months == ()


def test_a_year_that_has_passed_has_a_page_of_its_own():
    known = calendars(told("2024-02-10", 800))
    assert list(known) == ["archive", "archive/2025", "archive/2024"]
    assert [month.month for month in known["archive"].months] == [
        "2026-04", "2026-03", "2026-02", "2026-01", "2025-12", "2025-11",
    ]  # fmt: skip
    assert [link.href for link in known["archive"].pages] == ["archive/2025.html", "archive/2024.html"]
    assert len(known["archive/2025"].months) == 12
    assert known["archive/2025"].head.title == "Archive, 2025"
    assert (known["archive/2025"].head.prev, known["archive/2025"].head.next) == ("archive/2024.html", "archive.html")


def test_a_year_s_page_stands_whatever_the_next_year_brings():
    known = [calendars(told("2024-02-10", days))["archive/2024"] for days in (690, 800)]
    assert known[0].months == known[1].months


def test_without_javascript_every_day_is_two_steps_away():
    known = told("2024-02-10", 800)
    view = search_view(known, SITE)
    calendar = calendars(known)
    shown = {f"{stem}.html#m{month.month}" for stem, one in calendar.items() for month in one.months}
    assert len(view.days) == DAYS
    assert {month.href for month in view.months} <= shown
    assert sum(link.count for link in (*view.days, *view.months)) == 800
