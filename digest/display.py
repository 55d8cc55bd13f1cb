"""Words, days and numbers as people write them, by catalogue and CLDR: the same on every machine."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from digest.model import Precision, Site, record

KINDS = {
    "wire": "Wire",
    "national": "National",
    "regional": "Regional",
    "official": "Official",
    "ngo": "NGO",
    "analysis": "Analysis",
    "blog": "Blog",
}
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


@lru_cache(maxsize=4096)
def hundredths(value: float, language: str) -> str:
    """0.56; in French 0,56."""
    return str(format_decimal(value, format="0.00", locale=locale_of(language)))


@lru_cache(maxsize=4096)
def percent(part: float, locale: Locale) -> str:
    """12%, of 0.12."""
    return str(format_percent(part, locale=locale))


# -- words, in the language of the interface -----------------------------------------------------------------------


def say(site: Site, text: str, /, **values: object) -> str:
    """The text in the site's language, with what stands for each {name} in it."""
    return worded(site, text).format(**values)


def worded(site: Site, text: str) -> str:
    """The text in the site's language, its {names} as they are."""
    return site.catalogue.texts.get(text, text)


def plural(site: Site, count: int, one: str, many: str = "", /, **values: object) -> str:
    """1 article; 1,204 articles: by the plural rules of the site's language."""
    return form(site, count, one, many).format(n=number(count, locale_of(site.language)), **values)


def form(site: Site, count: int, one: str, many: str = "") -> str:
    """What is said of so many, {n} standing for the number."""
    if (forms := site.catalogue.counts.get(one)) is None:
        return _numbered(one if count == 1 else many or one + "s")
    return forms.get(locale_of(site.language).plural_form(count)) or forms["other"]


def forms(site: Site, one: str, many: str = "") -> Mapping[str, str]:
    """The same for each plural category, for those who count later."""
    return site.catalogue.counts.get(one) or {"one": _numbered(one), "other": _numbered(many or one + "s")}


def remark(site: Site, text: str) -> str:
    """What was said of a file or a server, in the site's language; empty where the catalogue does not know it."""
    for known, said in site.catalogue.remarks.items():
        if match := _pattern(known).fullmatch(text):
            parts = match.groupdict()
            told = {name: (remark(site, part) if part != text else "") or part for name, part in parts.items()}
            return said.format(**told)
    return ""


def _numbered(noun: str) -> str:
    return noun if "{n}" in noun else f"{{n}} {noun}"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """What a text with {names} may have become."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(text)), re.DOTALL)


# -- languages and days --------------------------------------------------------------------------------------------


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
    locale = locale_of(language)
    said = str(format_date(date.fromisoformat(day), "full", locale))
    return said.replace(",", "") if locale.language == "en" else said


def day_medium(day: str, language: str) -> str:
    """An ISO day as "23 November 2026"."""
    return str(format_date(date.fromisoformat(day), "long", locale_of(language)))


@lru_cache(maxsize=4096)
def worded_day(skeleton: str, day: date, language: str) -> str:
    """A day by the parts of a CLDR skeleton: yMMMd, Ed."""
    return str(format_skeleton(skeleton, datetime(day.year, day.month, day.day), locale=locale_of(language)))


def month_long(month: str, language: str) -> str:
    """An ISO month as "November 2026"."""
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=locale_of(language)))


def _filled(text: str, values: Mapping[str, object]) -> Markup:
    """A text as trusted as a template, with values that are not: ten times as quick as `Markup.format`."""
    return Markup(text.format(**{name: escape(value) for name, value in values.items()}))  # noqa: S704


def enclosed(element: str, text: str, attributes: str = "") -> Markup:
    """A text in an element, whose attributes are safe as they stand; as quick."""
    return Markup(f"<{element}{attributes}>{escape(text)}</{element}>")  # noqa: S704


# -- for templates -------------------------------------------------------------------------------------------------


@record
class Tongue:
    """The language of the interface as templates use it: what stands for {names} is escaped."""

    site: Site

    def say(self, text: str, /, **values: object) -> Markup:
        """The text in the language of the interface."""
        return _filled(worded(self.site, text), values)

    def plural(self, count: int, one: str, many: str = "", /, **values: object) -> Markup:
        """1 article; 1,204 articles."""
        return _filled(form(self.site, count, one, many), {"n": number(count, locale_of(self.site.language)), **values})

    def strong(self, count: int, one: str, many: str = "", /) -> Markup:
        """The same, the number in bold."""
        return Markup(form(self.site, count, one, many).format(n=self.bold(count)))  # noqa: S704

    def forms(self, one: str, many: str = "") -> Mapping[str, str]:
        """All plural forms, for a script that counts."""
        return forms(self.site, one, many)

    def remark(self, text: str) -> Markup:
        """What was said of a file or a server; marked as English where the catalogue does not know it."""
        if said := remark(self.site, text):
            return escape(said)
        return (
            Markup("<span{}>{}</span>").format(marks, text)
            if (marks := attrs(self.site.language, "en"))
            else escape(text)
        )

    def bdi(self, text: str) -> Markup:
        """A name that keeps its direction to itself."""
        return enclosed("bdi", text)

    def plus(self, text: str) -> Markup:
        """A number whose sign stands before it, also where the page runs leftward: a sign alone has no direction."""
        return Markup('<bdi dir="ltr">{}</bdi>').format(text)

    def isolated(self, text: str) -> str:
        """The text for a picture, which runs from the left whatever the page does."""
        locale = known(self.site.language)
        return f"\u2068{text}\u2069" if locale and locale.text_direction == "rtl" else text

    def bold(self, count: int) -> Markup:
        """A number in bold."""
        return enclosed("b", number(count, locale_of(self.site.language)))

    def code(self, text: str) -> Markup:
        """What is typed or lies on a disk."""
        return enclosed("code", text)

    def kinds(self) -> Mapping[str, str]:
        """The kinds of sources, each with what it is called."""
        return {kind: self.kind_name(kind) for kind in KINDS}

    def kind_name(self, kind: str) -> str:
        """What a kind of source is called."""
        return say(self.site, KINDS[kind]) if kind in KINDS else kind
