from collections.abc import Sequence

import pytest

from digest.model import Edition
from digest.stages.editions import Calendar
from digest.stages.pages.series import Days, calendar, series

WORKDAYS = (0, 1, 2, 3, 4)


def editions(days: Sequence[str], weekdays: Sequence[int] = range(7)) -> list[Edition]:
    """Editions of these days of November 2026, with the windows that a project's calendar gives them."""
    known = Calendar(weekdays=tuple(weekdays))
    dates = [f"2026-11-{day}" for day in days]
    return [Edition(day=day, start_at=known.end_of(known.day_before(day)), end_at=known.end_of(day)) for day in dates]


@pytest.mark.parametrize(
    ("days", "weekdays", "filled"),
    [
        ("18 19 20", range(7), "18 19 20"),
        ("17 20 21", range(7), "17 18 19 20 21"),
        ("19 20 23 24", WORKDAYS, "19 20 23 24"),
        ("13 16 19 20 23", WORKDAYS, "13 16 17 18 19 20 23"),
        ("20 24 26", WORKDAYS, "20 21 22 23 24 25 26"),
        ("23", range(7), "23"),
        ("", range(7), ""),
    ],
    ids=["every day", "a gap", "no weekends", "a gap without weekends", "no Monday yet", "one", "none"],
)
def test_days_without_an_edition_are_days_too(days: str, weekdays: Sequence[int], filled: str):
    found = calendar(editions(days.split(), weekdays), 90)
    assert found.all == tuple(f"2026-11-{day}" for day in filled.split())
    assert found.told == {f"2026-11-{day}" for day in days.split()}


def test_only_the_last_days_are_looked_at():
    assert calendar(editions(["01", "02", "12", "13"]), 3).all == ("2026-11-11", "2026-11-12", "2026-11-13")


def test_without_a_day_there_is_only_the_front_page():
    assert calendar([Edition(day="")], 3).all == ("",)
    assert calendar([Edition(day=""), *editions(["12"])], 3).all == ("2026-11-12",)


def days(*days: str) -> Days:
    return Days(days, frozenset(days))


def test_what_was_usual_is_told_without_today():
    known = days("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23")
    told = series(known, dict(zip(known.all, [1, 2, 3, 4, 90], strict=True)))
    assert (told.lower, told.median, told.upper) == (1.75, 2.5, 3.25)
    assert (told.days[-1], told.counts[-1]) == ("2026-11-23", 90)


def test_a_day_without_an_edition_counts_nothing_and_is_not_usual():
    known = calendar(editions(["17", "20", "21"]), 90)
    told = series(known, {"2026-11-17": 2, "2026-11-20": 4, "2026-11-21": 3})
    assert (told.counts, told.median) == ((2, 0, 0, 4, 3), 3.0)


def test_on_the_first_days_little_is_usual():
    assert series(days(), {}).median == 0.0
    assert series(days("2026-11-23"), {"2026-11-23": 7}).median == 0.0
    second = series(days("2026-11-22", "2026-11-23"), {"2026-11-22": 7, "2026-11-23": 1})
    assert (second.lower, second.median, second.upper) == (0.0, 7.0, 0.0)
