"""How the search index is divided: a part a month, smaller ones where a month holds many pages.

Making a part costs time and memory for each of its pages, whatever has changed of it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from digest.model import record

PART = 2000  # pages
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
    dated = sorted(pages, key=lambda page: (page.day[:7], page.path))
    return {
        name: part
        for month, known in reversed([(month, list(known)) for month, known in groupby(dated, lambda one: one.day[:7])])
        for name, part in _divided(month, known, FIRST, LAST)
    }


def _divided(month: str, pages: list[Shelved], first: int, last: int) -> Iterator[tuple[str, list[Shelved]]]:
    """These days as one part, or each half of them where that is too much; the newest first."""
    if not month:
        yield UNDATED, pages
    elif len(pages) <= PART or first == last:
        if pages:
            yield month if (first, last) == (FIRST, LAST) else f"{month}-{first:02}", pages
    else:
        middle = (first + last) // 2
        late = [page for page in pages if int(page.day[8:] or FIRST) > middle]
        early = [page for page in pages if int(page.day[8:] or FIRST) <= middle]
        yield from _divided(month, late, middle + 1, last)
        yield from _divided(month, early, first, middle)
