"""Which of its two readings a numeric date has, by what the article itself says of days and months.

The kinds of evidence stand in the order of their strength; the first kind that the text has decides alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from digest.dates.names import COMMON_WORDS, MENTIONS, SAME_DAY, TEXT_MONTHS, TODAY, WEEKDAY_NAMES, WEEKDAYS
from digest.text import fold

NEWS_DAYS = 7  # an article tells of days that lie at most so far back
NEWS_MONTHS = 5  # and names, without a year, months that do


class _Evidence(NamedTuple):
    """Words that tell the order, and whether the assumed reading and the other one fit them."""

    words: str
    fits: tuple[bool, bool]


class _Named(NamedTuple):
    """A month, perhaps a day, that a text names."""

    words: str
    year: int  # 0: not said
    month: int
    day: int = 0  # 0: not said
    ahead: bool = False  # it is spoken of as still to come


_NAMES = "|".join(WEEKDAY_NAMES).replace("/", "|")
# The second kind is only looked at, not taken: in "Since 28 April" a word that is no month stands before the 28.
_DATED = re.compile(
    r"(?<![\w.,/:-])(?:(?P<words>(?P<day>\d\d?)(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?"
    r"(?P<name>(?:كانون|تشرين)\s\w+|[^\W\d_]{2,12})\b(?:,?\s(?:del?\s)?(?P<year>\d{4})\b)?)"
    r"|(?=(?P<words_2>(?P<name_2>[^\W\d_]{3,12})\.?\s(?P<day_2>\d\d?)(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)"
    r"(?:,?\s(?P<year_2>\d{4})\b)?)))"
)
_SECOND = ("words_2", "day_2", "name_2", "year_2")
_NUMERIC = re.compile(
    rf"\b(?P<weekday>{_NAMES}),?\s\(?(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)(?:\d{{4}}|\d\d)\b", re.IGNORECASE
)
_SAME_DAY = re.compile(
    rf"\b(?:{TODAY})(?:[\s,–-]{{1,3}}(?:{_NAMES})\b|\s\((?:{_NAMES})\))|\b(?:{_NAMES})[\s,–-]{{1,3}}(?:{TODAY})\b"
    rf"|\b(?:{SAME_DAY.replace('{}', _NAMES)})\b|^(?-i:[A-Z][A-Z .'’-]+),?\s\(?(?:{_NAMES})\b",  # MOSCOW, Tuesday
    re.IGNORECASE | re.MULTILINE,
)
_MENTIONS = [
    re.compile(
        rf"\b(?i:(?P<ahead>{ahead})|{past})[\s-](?P<name>{'|'.join(months).replace('/', '|')})\b(?!\.?\s\d\d?\b)"
        r"(?:,?\s(?:de\s)?(?P<year>\d{4})\b)?"
    )
    for past, ahead, months in MENTIONS
]


def weigh(days: tuple[date, date], order: str, text: str, weekday: str, number: int) -> tuple[date, str]:
    """The day that the evidence speaks for, the assumed one (the first) in doubt; and a sentence that says why."""
    assumed, other = ("month-first", "day-first") if order == "MDY" else ("day-first", "month-first")
    on_line = [_Evidence(weekday, _both(day.weekday() == number for day in days))] if weekday else []
    kinds = (("line", on_line), *(("text", [*kind(text, days)]) for kind in (_explicit, _same_day, _months)))
    where, evidence = next(((where, found) for where, found in kinds if found), ("", []))
    first = {one.fits: one.words for one in reversed(evidence)}
    here, there, either = first.get((True, False)), first.get((False, True)), first.get((True, True))
    if not evidence:
        return days[0], f"{assumed} assumed: nothing in the text decides"
    if here and there:
        return days[0], f"{assumed} assumed; the {where}'s '{here}' agrees, '{there}' does not"
    if there:
        return days[1], f"{other} taken: the {where}'s '{there}' contradicts {assumed}"
    if agreeing := here or either:
        return days[0], f"{assumed} assumed; the {where}'s '{agreeing}' agrees"
    return days[0], f"{assumed} assumed; the {where}'s '{evidence[0].words}' agrees with neither order"


def _both(fits: Iterable[bool]) -> tuple[bool, bool]:
    first, second = fits
    return first, second


def _explicit(text: str, days: Sequence[date]) -> Iterator[_Evidence]:
    """Days named in the text that are one of the two or lie just before it; numeric ones that a weekday explains."""
    for named in _named_days(text):
        fits = _both(any(0 <= (day - on).days <= NEWS_DAYS for on in _days_near(named, day)) for day in days)
        if fits[0] != fits[1]:
            yield _Evidence(named.words, fits)
    for found in _NUMERIC.finditer(text):
        if {found["a"].lstrip("0"), found["b"].lstrip("0")} == {str(days[0].day), str(days[0].month)}:
            number = WEEKDAYS[fold(found["weekday"])]
            yield _Evidence(found.group(), _both(day.weekday() == number for day in days))


def _same_day(text: str, days: Sequence[date]) -> Iterator[_Evidence]:
    """Weekdays that the text calls today's."""
    for found in _SAME_DAY.finditer(text):
        number = next(WEEKDAYS[fold(word)] for word in re.findall(r"\w+", found.group()) if fold(word) in WEEKDAYS)
        yield _Evidence(found.group(), _both(day.weekday() == number for day in days))


def _months(text: str, days: Sequence[date]) -> Iterator[_Evidence]:
    """Months named in the text, with or without a day."""
    for named in (*_named_months(text), *_named_days(text)):
        fits = _both(_is_near(named, day) for day in days)
        if any(fits) or not named.year:  # a year long past is history, and tells nothing
            yield _Evidence(named.words, fits)


def _is_near(named: _Named, day: date) -> bool:
    """Whether the month is the day's own or one of the few before it (after it, where it is still to come)."""
    since = day.month - named.month
    if named.year:
        return 0 <= since + 12 * (day.year - named.year) <= NEWS_MONTHS
    return (-since if named.ahead else since) % 12 <= NEWS_MONTHS


def _days_near(named: _Named, day: date) -> Iterator[date]:
    """The dates that a named day can mean: without a year, in the other day's year and in the one before."""
    for year in [named.year] if named.year else [day.year, day.year - 1]:
        try:
            yield date(year, named.month, named.day)
        except ValueError:
            continue


def _named_months(text: str) -> Iterator[_Named]:
    """Months that a preposition introduces."""
    for found in (found for pattern in _MENTIONS for found in pattern.finditer(text)):
        month = TEXT_MONTHS[fold(found["name"])] + 1
        yield _Named(found.group(), int(found["year"] or 0), month, ahead=bool(found["ahead"]))


def _named_days(text: str) -> Iterator[_Named]:
    """Days of a named month."""
    for found in _DATED.finditer(text):
        words, day, name, year = found.group(*(("words", "day", "name", "year") if found["day"] else _SECOND))
        month = TEXT_MONTHS.get(fold(name))
        if month is not None and name not in COMMON_WORDS:
            yield _Named(words, int(year or 0), month + 1, int(day))
