"""Long lists in pages that never move: page n counts from the oldest end, so only the newest one grows."""

from collections.abc import Sequence
from statistics import median, quantiles
from typing import TypeVar

from digest.views import Link, Series

T = TypeVar("T")
PAGE = 50  # rows of a list on one page
PULSE_DAYS = 14


def paged(newest_first: Sequence[T], size: int = PAGE) -> tuple[Sequence[T], list[Sequence[T]]]:
    """What the list's own page shows (the newest, up to two pages' worth), and pages 1, 2, … from the oldest on."""
    older = max(0, len(newest_first) // size - 1)
    first = len(newest_first) - older * size
    pages = [newest_first[first + at * size : first + (at + 1) * size] for at in range(older)]
    return newest_first[:first], pages[::-1]


def page_links(stem: str, pages: int, current: int = 0) -> tuple[Link, ...]:
    """Links to the pages of a list, the newest first; `current` is left without an address."""
    return tuple(Link(name=str(n), href="" if n == current else f"{stem}/{n}.html") for n in range(pages, 0, -1))


def series(days: Sequence[str], counts: Sequence[int]) -> Series:
    """Counts a day with what was usual before the last one."""
    before = list(counts[:-1])
    lower, _, upper = quantiles(before, n=4, method="inclusive") if len(before) > 1 else (0.0, 0.0, 0.0)
    return Series(
        days=tuple(days),
        counts=tuple(counts),
        median=float(median(before)) if before else 0.0,
        lower=float(lower),
        upper=float(upper),
    )
