"""Bars of time as clocks on the wall tell it: each begins at a round hour, day, Monday, month or year."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from digest.display import worded_day
from digest.views import Share

BARS = 12  # at most
HOURS = 24  # bars of an hour, at most: one day
HOUR = 3_600  # seconds
DAY = 24 * HOUR
CLOCK = "%H:%M"
MONDAY = datetime(1969, 12, 29)  # from which hours, days and weeks are counted


class _Span(NamedTuple):
    """A length of time that bars may stand for."""

    said: str  # what a bar stands for
    label: str  # of a bar, by where it begins: %H:%M, or a skeleton of CLDR
    number: Callable[[datetime], int]  # of the bar that a time falls into
    start: Callable[[int], datetime]
    bars: int = BARS  # at most


def _seconds(said: str, width: int, label: str, bars: int = BARS) -> _Span:
    return _Span(
        said,
        label,
        lambda time: int((time - MONDAY).total_seconds()) // width,
        lambda number: MONDAY + timedelta(seconds=number * width),
        bars,
    )


def _months(said: str, width: int, label: str) -> _Span:
    return _Span(
        said,
        label,
        lambda time: (time.year * 12 + time.month - 1) // width,
        lambda number: datetime(max(1, number * width // 12), number * width % 12 + 1, 1),
    )


SPANS = (
    _seconds("Articles per half hour, {zone}.", HOUR // 2, CLOCK),
    _seconds("Articles per hour, {zone}.", HOUR, CLOCK, HOURS),
    _seconds("Articles per six hours, {zone}.", 6 * HOUR, CLOCK),
    _seconds("Articles per day, {zone}.", DAY, "MMMd"),
    _seconds("Articles per week, {zone}.", 7 * DAY, "MMMd"),
    _months("Articles per month, {zone}.", 1, "yMMM"),
    _months("Articles per quarter, {zone}.", 3, "yMMM"),
    _months("Articles per year, {zone}.", 12, "y"),
    _months("Articles per ten years, {zone}.", 120, "y"),
    _months("Articles per hundred years, {zone}.", 1_200, "y"),
    _months("Articles per thousand years, {zone}.", 12_000, "y"),
)


def histogram(times: Sequence[datetime], language: str) -> tuple[tuple[Share, ...], str]:
    """How many of these local times fall into each bar, and what a bar stands for: the shortest span that fits."""
    first, last = min(times), max(times)
    span = next(span for span in SPANS if span.number(last) - span.number(first) < span.bars)
    counts = Counter(map(span.number, times))
    bars = range(span.number(first), span.number(last) + 1)
    return tuple(Share(name=_label(span, bar, language), count=counts[bar]) for bar in bars), span.said


def _label(span: _Span, bar: int, language: str) -> str:
    start = span.start(bar)
    return f"{start:%H:%M}" if span.label == CLOCK else worded_day(span.label, start.date(), language)
