"""Days as people write them, by CLDR: the same for every machine, whatever its locale."""

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton


def locale_of(language: str) -> Locale:
    """The locale of a language tag; English where CLDR has none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def _british(language: str) -> Locale:
    """Plain English writes dates the British way: day, month, year."""
    return Locale("en", "GB") if language == "en" else locale_of(language)


def day_long(day: str, language: str) -> str:
    """An ISO day as "Monday 23 November 2026"."""
    return str(format_date(date.fromisoformat(day), "full", _british(language))).replace(",", "")


def day_medium(day: str, language: str) -> str:
    """An ISO day as "23 November 2026"."""
    return str(format_date(date.fromisoformat(day), "long", _british(language)))


def month_long(month: str, language: str) -> str:
    """An ISO month as "November 2026"."""
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=_british(language)))
