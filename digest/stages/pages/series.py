"""Counts a day, over every day that could have had an edition.

A day that has none counts nothing, and says nothing of what is usual: nobody looked on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, quantiles
from typing import NamedTuple

from digest.model import Edition
from digest.views import Series

PULSE_DAYS = 14
TIMELINE_DAYS = 90
DAY = 86_400  # seconds


class Days(NamedTuple):
    """Days in a row, and those of them that have an edition."""

    all: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()


def calendar(editions: Sequence[Edition], limit: int) -> Days:
    """The last days up to the newest edition; days of the week that never have an edition are passed over."""
    known = [edition for edition in editions if edition.day][-limit:] or editions[-1:]
    told = tuple(edition.day for edition in known)
    return Days(_filled(known)[-limit:] if all(told) else told, frozenset(told))


def _filled(editions: Sequence[Edition]) -> tuple[str, ...]:
    free = {day.weekday() for edition in editions for day in _passed_over(edition)}
    days = [date.fromisoformat(edition.day) for edition in editions]
    filled = days[:1]
    for before, after in pairwise(days):
        gap = (before + timedelta(days=n) for n in range(1, (after - before).days))
        filled += [*(day for day in gap if day.weekday() not in free), after]
    return tuple(day.isoformat() for day in filled)


def _passed_over(edition: Edition) -> Iterable[date]:
    """The days before its own that an edition's window holds too: none of them has one, as weekends may not."""
    if edition.start_at is None or edition.end_at is None:
        return ()
    own = date.fromisoformat(edition.day)
    return (own - timedelta(days=n) for n in range(1, round((edition.end_at - edition.start_at) / DAY)))


def series(days: Days, counts: Mapping[str, int]) -> Series:
    """Counts a day with what was usual before the last one."""
    before = [counts.get(day, 0) for day in days.all[:-1] if day in days.told]
    lower, _, upper = quantiles(before, n=4, method="inclusive") if len(before) > 1 else (0.0, 0.0, 0.0)
    return Series(
        days=days.all,
        counts=tuple(counts.get(day, 0) for day in days.all),
        median=float(median(before)) if before else 0.0,
        lower=float(lower),
        upper=float(upper),
    )
