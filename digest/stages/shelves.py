"""How the search index is divided: a part a month, smaller ones where a month holds many pages, a year of long ago.

Making a part costs time and memory for each of its pages, whatever has changed of it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from digest.model import record

PART = 2000  # pages
MONTHS = 48  # that have parts of their own, the newest; what lies before stands in a part a year
YEARS = 20  # of these; what lies before stands in one part: an index is a program's run, however few pages it holds
EARLIER = "0001"
UNDATED = "0000"  # the part of pages that have no date: the last of all
FIRST, LAST = 1, 31  # days of a month


@record
class Shelved:
    """A page that search finds."""

    path: str
    fingerprint: str
    day: str  # yyyy-mm-dd; yyyy-mm where no more is known, or empty


def shelves(pages: Sequence[Shelved]) -> dict[str, list[Shelved]]:
    """The parts by name, the newest first, each with its pages in order: by what they are, not by when they came."""
    place = _places({page.day[:7] for page in pages})
    placed = sorted(pages, key=lambda page: (place[page.day[:7]], page.path))
    groups = [(name, list(known)) for name, known in groupby(placed, lambda page: place[page.day[:7]])]
    return {name: part for whole, known in reversed(groups) for name, part in _parts(whole, known)}


def _places(months: set[str]) -> dict[str, str]:
    """Month → its own part, its year's, or that of all that is earlier."""
    newest = sorted(months - {""}, reverse=True)
    kept = {month[:4] for month in newest[MONTHS:]}
    years = set(sorted(kept, reverse=True)[:YEARS])
    early = {month: month[:4] if month[:4] in years else EARLIER for month in newest[MONTHS:]}
    return {"": UNDATED} | {month: early.get(month, month) for month in newest}


def _parts(name: str, pages: list[Shelved]) -> Iterator[tuple[str, list[Shelved]]]:
    """A month is divided where it is too much."""
    if name[:4] == name:
        yield name, pages
    else:
        yield from _divided(name, pages, FIRST, LAST)


def _divided(month: str, pages: list[Shelved], first: int, last: int) -> Iterator[tuple[str, list[Shelved]]]:
    """These days as one part, or each half of them where that is too much; the newest first."""
    if len(pages) <= PART or first == last:
        if pages:
            yield month if (first, last) == (FIRST, LAST) else f"{month}-{first:02}", pages
    else:
        middle = (first + last) // 2
        late = [page for page in pages if int(page.day[8:] or FIRST) > middle]
        early = [page for page in pages if int(page.day[8:] or FIRST) <= middle]
        yield from _divided(month, late, middle + 1, last)
        yield from _divided(month, early, first, middle)
