"""What templates may call: times, names, numbers and addresses, in the site's language and time zone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from markupsafe import Markup

from digest import display
from digest.model import Site, record
from digest.views import ArticleRow, When

WEB = ("https://", "http://")


@record
class Words(display.Tongue):
    """A site's way to say things; every public method can be called by a template."""

    language: str
    locale: Locale
    zone: ZoneInfo

    # -- days, as ISO texts; any other text is said as it is ---------------------------------------------------------

    def day_long(self, day: str) -> str:
        """Monday 23 November 2026."""
        return display.day_long(day, self.language) if _is_day(day) else day

    def day_medium(self, day: str) -> str:
        """23 Nov 2026."""
        return display.worded_day("yMMMd", date.fromisoformat(day), self.language) if _is_day(day) else day

    def day_short(self, day: str) -> str:
        """Sun 22."""
        return display.worded_day("Ed", date.fromisoformat(day), self.language) if _is_day(day) else day

    def month_long(self, month: str) -> str:
        """November 2026."""
        return display.month_long(month, self.language) if _is_day(f"{month}-01") else month

    def weekdays(self) -> list[str]:
        """Mon to Sun."""
        names = self.locale.days["stand-alone"]["abbreviated"]
        return [names[day] for day in range(7)]

    # -- times, no more precise than they are known ------------------------------------------------------------------

    def local_day(self, when: When) -> str:
        """The ISO day in the site's zone; empty where there is none."""
        local = _local(when, self.zone)
        return local.date().isoformat() if local else ""

    def clock(self, when: When) -> str:
        """04:52."""
        local = _local(when, self.zone)
        return f"{local:%H:%M}" if local else ""

    def clocked(self, when: When) -> Markup:
        """The clock's time as an element for machines and people."""
        return display.enclosed("time", self.clock(when), f' datetime="{self.iso(when)}"')

    def zone_name(self, when: When) -> str:
        """What the zone is called at that time: CET in winter, CEST in summer."""
        local = _local(when, self.zone)
        return (local and local.tzname()) or self.zone.key

    def iso(self, when: When) -> str:
        """The time as machines read it; empty where there is none."""
        return display.iso(when.at, when.precision, self.zone)

    def stamp(self, when: When, *, day: str = "", year: bool = False) -> str:
        """23 Nov, 04:52; on the given day the clock alone, with the year where asked or where no clock is known."""
        if (local := _local(when, self.zone)) is None:
            return self.say("no date")
        exact, same = when.precision in ("second", "minute"), local.date().isoformat() == day
        if exact and same:
            return f"{local:%H:%M}"
        if when.precision == "month":
            return display.worded_day("yMMM", local.date(), self.language)
        words = display.worded_day("yMMMd" if year or not (exact or same) else "MMMd", local.date(), self.language)
        return self.say("{day}, {clock}", day=words, clock=f"{local:%H:%M}") if exact else words

    def moment(self, when: When, *, day: str = "", year: bool = False) -> Markup:
        """The time as an element for machines and people."""
        machine = self.iso(when)
        words = self.stamp(when, day=day, year=year)
        return display.enclosed("time", words, f' datetime="{machine}"') if machine else self._undated()

    def _undated(self) -> Markup:
        return display.enclosed("i", self.say("no date"))

    def by_day(self, rows: Iterable[ArticleRow]) -> list[tuple[str, list[ArticleRow]]]:
        """Neighbours of one day together, each under its ISO day (empty: no date)."""
        return [(day, list(group)) for day, group in groupby(rows, lambda row: self.local_day(row.when))]

    # -- names and numbers -------------------------------------------------------------------------------------------

    def attrs(self, language: str) -> Markup:
        """` lang` and ` dir` of a text whose language is not the page's."""
        return display.attrs(self.language, language)

    def direction(self, language: str) -> str:
        """ltr or rtl."""
        locale = display.known(language)
        return locale.text_direction if locale else "ltr"

    def language_name(self, code: str) -> str:
        """A language's name in that language; any other text as it is."""
        name = (locale := display.known(code)) and locale.get_language_name()
        return name[:1].upper() + name[1:] if name else code

    def country_name(self, code: str) -> str:
        """A country in the language of the interface; any other text as it is."""
        return str(self.locale.territories.get(code.upper(), code))

    def number(self, value: float) -> str:
        """1,204."""
        return display.number(value, self.locale)

    def percent(self, part: float) -> str:
        """A part of a whole: 12%."""
        return display.percent(part, self.locale)

    def signed(self, value: float) -> str:
        """A difference with its sign, the minus as long as the plus is."""
        return f"{value:+g}".replace("-", "−") if value else "0"

    def outside(self, address: str) -> str:
        """A publisher's address if it is a web address, else nothing."""
        return address if scheme(address) in ("http", "https") else ""


def words(site: Site) -> Words:
    """The words of a site."""
    return Words(
        site=site, language=site.language, locale=display.locale_of(site.language), zone=ZoneInfo(site.timezone)
    )


@lru_cache(maxsize=1 << 14)
def scheme(address: str) -> str:
    """An address' scheme in lower case; what is no address has one that nothing allows."""
    if address.isascii() and "[" not in address and "]" not in address:  # nothing else can be wrong in one
        if address.startswith(WEB):
            return address.partition(":")[0]
        if ":" not in address:
            return ""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return "malformed"


def _local(when: When, zone: ZoneInfo) -> datetime | None:
    """The time in the site's zone; None where none is known, or none that a calendar has."""
    if when.at is None or when.precision == "none":
        return None
    try:
        return (display.EPOCH + timedelta(seconds=when.at)).astimezone(zone)
    except OverflowError:
        return None


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
