"""Days, numbers and languages as people write them, by CLDR: the same for every machine, whatever its locale."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup

from digest.model import Precision

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso(at: int | None, precision: Precision, zone: tzinfo) -> str:
    """ISO 8601, no more precise than it is known: in UTC where the time of day is, else the day or month in the zone.

    Empty where no time is known, or none that a calendar has.
    """
    if at is None or precision == "none":
        return ""
    try:
        exact = EPOCH + timedelta(seconds=at)
        local = exact.astimezone(zone).date()
    except OverflowError:
        return ""
    if precision in ("day", "month"):
        return local.isoformat()[: 10 if precision == "day" else 7]
    return f"{exact.replace(tzinfo=None).isoformat(timespec=f'{precision}s')}Z"


BRITISH = Locale("en", "GB")  # plain English writes dates the British way: day, month, year


@lru_cache(maxsize=512)
def known(language: str) -> Locale | None:
    """What CLDR knows of a language, if it does."""
    try:
        return Locale.parse(language, sep="-") if language else None
    except (UnknownLocaleError, ValueError):
        return None


def locale_of(language: str) -> Locale:
    """The locale of a language tag; English where CLDR has none."""
    return BRITISH if language == "en" else known(language) or BRITISH


@lru_cache(maxsize=4096)
def number(value: float, locale: Locale) -> str:
    """1,204."""
    return str(format_decimal(value, locale=locale))


def plural(count: int, one: str, many: str, locale: Locale) -> str:
    """1 article; 1,204 articles."""
    return f"{number(count, locale)} {one if count == 1 else many or one + 's'}"


@lru_cache(maxsize=512)
def attrs(around: str, language: str) -> Markup:
    """` lang` and ` dir` of a text whose language is not the one around it; ` dir` only where either runs leftward."""
    inner, outer = known(language), known(around)
    same = inner and outer and (inner.language, inner.script) == (outer.language, outer.script)
    if not language or language == around or same:  # British and American English are one
        return Markup("")
    directions = {locale.text_direction if locale else "ltr" for locale in (inner, outer)}
    turned = Markup(' dir="{}"').format(inner.text_direction if inner else "ltr") if "rtl" in directions else ""
    return Markup(' lang="{}"{}').format(language, turned)


def day_long(day: str, language: str) -> str:
    """An ISO day as "Monday 23 November 2026"."""
    return str(format_date(date.fromisoformat(day), "full", locale_of(language))).replace(",", "")


def day_medium(day: str, language: str) -> str:
    """An ISO day as "23 November 2026"."""
    return str(format_date(date.fromisoformat(day), "long", locale_of(language)))


def month_long(month: str, language: str) -> str:
    """An ISO month as "November 2026"."""
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=locale_of(language)))
