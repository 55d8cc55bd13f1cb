"""Dates as people and machines write them, to moments that are no more precise than what is written.

Nothing is filled up from today. Where a numeric date can be read in two orders, the text decides or the doubt is said.
"""

from datetime import UTC, tzinfo
from typing import NamedTuple

from digest.dates.lines import Moment, is_date_line, read_line, read_moment
from digest.dates.order import weigh

__all__ = ["Moment", "Reading", "is_date_line", "read_bare_date", "read_moment"]


class Reading(NamedTuple):
    """A moment, and what is doubtful about it."""

    moment: Moment | None
    flaws: tuple[str, ...] = ()


def read_bare_date(line: str, text: str, *, zone: tzinfo = UTC, order: str = "DMY") -> Reading:
    """The moment on a saved article's date line; where its order is in doubt, the article's text is weighed."""
    found = read_line(line, order)
    if found is None:
        return Reading(None)
    day, (word, number) = found.days[0], found.weekday
    if len(found.days) == 2:
        day, flaw = weigh((day, found.days[1]), order, text, word, number)
        return Reading(found.moment(day, zone), (flaw,))
    contradicted = word and found.day_known and day.weekday() != number
    return Reading(found.moment(day, zone), (f"the line's '{word}' contradicts {day}",) if contradicted else ())
