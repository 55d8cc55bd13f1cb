"""Bars of time as clocks on the wall tell it: each begins at a round hour, day, Monday, month or year."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from digest.views import Share

BARS = 12  # at most
HOUR = 3_600  # seconds
DAY = 24 * HOUR
MONDAY = datetime(1969, 12, 29)  # from which hours, days and weeks are counted


class _Span(NamedTuple):
    """A length of time that bars may stand for."""

    name: str
    label: str  # of a bar, by where it begins
    number: Callable[[datetime], int]  # of the bar that a time falls into
    start: Callable[[int], datetime]


def _seconds(name: str, width: int, label: str) -> _Span:
    return _Span(
        name,
        label,
        lambda time: int((time - MONDAY).total_seconds()) // width,
        lambda number: MONDAY + timedelta(seconds=number * width),
    )


def _months(name: str, width: int, label: str) -> _Span:
    return _Span(
        name,
        label,
        lambda time: (time.year * 12 + time.month - 1) // width,
        lambda number: datetime(max(1, number * width // 12), number * width % 12 + 1, 1),
    )


SPANS = (
    _seconds("hour", HOUR, "%H:%M"),
    _seconds("two hours", 2 * HOUR, "%H:%M"),
    _seconds("six hours", 6 * HOUR, "%H:%M"),
    _seconds("day", DAY, "%d %b"),
    _seconds("week", 7 * DAY, "%d %b"),
    _months("month", 1, "%b %Y"),
    _months("quarter", 3, "%b %Y"),
    _months("year", 12, "%Y"),
    _months("ten years", 120, "%Y"),
    _months("hundred years", 1_200, "%Y"),
    _months("thousand years", 12_000, "%Y"),
)


def histogram(times: Sequence[datetime]) -> tuple[tuple[Share, ...], str]:
    """How many of these local times fall into each bar, and what a bar stands for: the shortest span that fits."""
    first, last = min(times), max(times)
    span = next(span for span in SPANS if span.number(last) - span.number(first) < BARS)
    counts = Counter(map(span.number, times))
    bars = range(span.number(first), span.number(last) + 1)
    return tuple(Share(name=span.start(bar).strftime(span.label), count=counts[bar]) for bar in bars), span.name
