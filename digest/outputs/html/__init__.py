"""Pages of views as HTML: a view picks its template, the template shows the view and nothing else."""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache, partial
from itertools import groupby
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from digest.codec import fingerprint
from digest.errors import TemplateFault
from digest.model import Body, Page, Site
from digest.views import (
    AboutView,
    ArchiveView,
    ArticleRow,
    ArticleView,
    EditionView,
    ListView,
    MissingView,
    MovedView,
    PostsView,
    PostView,
    SearchView,
    SourcesView,
    SourceView,
    StoryView,
    TopicsView,
    TopicView,
    When,
)

TEMPLATES: Mapping[type, str] = {
    EditionView: "edition",
    StoryView: "story",
    TopicView: "topic",
    SourceView: "source",
    ArticleView: "article",
    PostView: "post",
    ArchiveView: "archive",
    TopicsView: "topics",
    SourcesView: "sources",
    PostsView: "posts",
    ListView: "list",
    SearchView: "search",
    AboutView: "about",
    MissingView: "missing",
    MovedView: "moved",
}
KINDS = {
    "wire": "Wire",
    "national": "National",
    "regional": "Regional",
    "official": "Official",
    "ngo": "NGO",
    "analysis": "Analysis",
    "blog": "Blog",
}
FOLDER = "templates/"  # what a fault names before the template's own name
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FALLBACK = Locale("en", "GB")  # day before month, as ISO 8601's readers expect
HEADING = re.compile(r"<(/?)h([1-6])\b")

Bodies = Mapping[str, Body]


def renderer(templates: Mapping[str, str], site: Site) -> Callable[[Page, Bodies], bytes]:
    """What turns a page into the bytes of its HTML."""

    @cache
    def environment(root: str) -> Environment:
        return _environment(templates, site, root)

    def render(page: Page, bodies: Bodies) -> bytes:
        view = page.subject
        body = bodies[view.version] if isinstance(view, ArticleView) else None
        try:
            template = environment(_root(page, site)).get_template(f"pages/{TEMPLATES[type(view)]}.html")
            return template.render(view=view, page=page, body=body).encode("utf-8", "replace")
        except Exception as error:
            if (fault := _fault(error, page)) is None:
                raise
            raise fault from error

    return render


def look(templates: Mapping[str, str]) -> str:
    """Fingerprint of all templates: pages are written again when it changes."""
    return fingerprint(sorted(templates.items()))


def levelled(parts: Iterable[str]) -> tuple[Markup, ...]:
    """Parts of one safe HTML text, its headings renumbered so that below the page's h1 no level is skipped."""
    open_levels: list[int] = []

    def renumber(match: re.Match[str]) -> str:
        closing, level = match[1], int(match[2])
        while not closing and open_levels and open_levels[-1] >= level:
            open_levels.pop()
        if not closing:
            open_levels.append(level)
        return f"<{closing}h{len(open_levels) + 1}"

    return tuple(Markup(HEADING.sub(renumber, part)) for part in parts)  # noqa: S704 (the body was made safe when read)


def _root(page: Page, site: Site) -> str:
    """What leads from the page to the site's root."""
    if isinstance(page.subject, MissingView):  # a server shows it at any depth
        return urlsplit(site.base_url).path or "/"
    return "../" * page.path.count("/")


def _fault(error: Exception, page: Page) -> TemplateFault | None:
    """The error as a template's author can mend it; None where our own code is at fault."""
    if isinstance(error, TemplateSyntaxError):
        return TemplateFault(f"{FOLDER}{error.name}:{error.lineno}: {error.message}")
    frames = list(traceback.extract_tb(error.__traceback__))
    lines = [f"{frame.filename}:{frame.lineno}" for frame in frames if frame.filename.startswith(FOLDER)]
    if lines and (isinstance(error, TemplateError) or frames[-1].filename.startswith(FOLDER)):
        return TemplateFault(f"{lines[-1]}: {error} (page {page.path})")
    return TemplateFault(f"{FOLDER}: {error} (page {page.path})") if isinstance(error, TemplateError) else None


def _environment(templates: Mapping[str, str], site: Site, root: str) -> Environment:
    # A function and not a dictionary as loader: only so do errors carry the template's name.
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (templates[name], FOLDER + name, lambda: True) if name in templates else None

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    words = _words(site)
    names = _locale(site.language).days["stand-alone"]["abbreviated"]
    environment.globals.update(words, site=site, root=root, weekdays=[names[day] for day in range(7)])
    environment.globals.update(href=partial(_href, root), direction=_direction)
    environment.filters.update(words, levelled=levelled, by_day=partial(_by_day, ZoneInfo(site.timezone)))
    return environment


def _words(site: Site) -> dict[str, Callable[..., object]]:
    """What templates may call, each bound to the site's language and time zone."""
    locale, zone = _locale(site.language), ZoneInfo(site.timezone)
    return {
        "day_long": partial(_day, "full", locale),
        "day_short": partial(_day, "Ed", locale),
        "day_medium": partial(_day, "yMMMd", locale),
        "month_long": lambda month: _day("yMMMM", locale, f"{month}-01"),
        "clock": lambda when: _clock(_local(when, zone)),
        "local_day": lambda when: _iso_day(when, zone),
        "zone": partial(_zone_name, zone),
        "iso": partial(_iso, zone),
        "stamp": partial(_stamp, locale, zone),
        "moment": partial(_moment, locale, zone),
        "attrs": partial(_attrs, site.language),
        "number": lambda value: format_decimal(value, locale=locale),
        "signed": _signed,
        "plural": partial(_plural, locale),
        "language_name": _language_name,
        "country_name": lambda code: locale.territories.get(code.upper(), code),
        "kind_name": lambda kind: KINDS.get(kind, kind),
        "outside": _outside,
    }


# -- times ---------------------------------------------------------------------------------------------------------


def _local(when: When, zone: ZoneInfo) -> datetime | None:
    """The time in the site's zone; None where none is known, or none that a calendar has."""
    if when.at is None or when.precision == "none":
        return None
    try:
        return (EPOCH + timedelta(seconds=when.at)).astimezone(zone)
    except OverflowError:
        return None


def _clock(local: datetime | None) -> str:
    return f"{local:%H:%M}" if local else ""


def _iso_day(when: When, zone: ZoneInfo) -> str:
    local = _local(when, zone)
    return local.date().isoformat() if local else ""


def _zone_name(zone: ZoneInfo, when: When) -> str:
    """What the zone is called at that time: CET in winter, CEST in summer."""
    local = _local(when, zone)
    return (local and local.tzname()) or zone.key


def _iso(zone: ZoneInfo, when: When) -> str:
    """The time as machines read it, no more precise than it is known."""
    if (local := _local(when, zone)) is None:
        return ""
    forms = {"second": "%Y-%m-%dT%H:%M:%SZ", "minute": "%Y-%m-%dT%H:%MZ", "day": "%Y-%m-%d", "month": "%Y-%m"}
    exact = local.astimezone(UTC) if when.precision in ("second", "minute") else local
    return exact.strftime(forms[when.precision])


def _stamp(locale: Locale, zone: ZoneInfo, when: When, *, day: str = "", year: bool = False) -> str:
    """The time as people read it: the clock alone on the given day, the year where asked or where no clock is known."""
    if (local := _local(when, zone)) is None:
        return "no date"
    exact, same = when.precision in ("second", "minute"), local.date().isoformat() == day
    if exact and same:
        return _clock(local)
    if when.precision == "month":
        return _worded("yMMM", locale, local.date())
    words = _worded("yMMMd" if year or not (exact or same) else "MMMd", locale, local.date())
    return f"{words}, {_clock(local)}" if exact else words


def _moment(locale: Locale, zone: ZoneInfo, when: When, *, day: str = "", year: bool = False) -> Markup:
    """The time as an element that machines and people can read."""
    text = _stamp(locale, zone, when, day=day, year=year)
    machine = _iso(zone, when)
    return Markup('<time datetime="{}">{}</time>').format(machine, text) if machine else Markup("<span>no date</span>")


def _day(pattern: str, locale: Locale, day: str) -> str:
    """An ISO day in words; any other text as it is."""
    try:
        return _worded(pattern, locale, date.fromisoformat(day))
    except ValueError:
        return day


@lru_cache(maxsize=4096)
def _worded(pattern: str, locale: Locale, day: date) -> str:
    if pattern == "full":
        return format_date(day, "EEEE d MMMM y" if locale == FALLBACK else pattern, locale)
    return format_skeleton(pattern, datetime(day.year, day.month, day.day), locale=locale)


def _by_day(zone: ZoneInfo, rows: Iterable[ArticleRow]) -> list[tuple[str, list[ArticleRow]]]:
    """Neighbours of one day together, each under its ISO day (empty: no date)."""
    return [(day, list(group)) for day, group in groupby(rows, lambda row: _iso_day(row.when, zone))]


# -- words ---------------------------------------------------------------------------------------------------------


def _locale(language: str) -> Locale:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return FALLBACK
    return FALLBACK if str(locale) == "en" else locale


def _direction(language: str) -> str:
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _written(language: str) -> tuple[str, str]:
    """Language and script of a tag: British and American English are one."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return language, ""
    return locale.language, locale.script or ""


@lru_cache(maxsize=512)
def _attrs(around: str, language: str) -> Markup:
    """` lang` and ` dir` of a text whose language is not the page's."""
    if not language or _written(language) == _written(around):
        return Markup("")
    direction = _direction(language)
    turned = Markup(' dir="{}"').format(direction) if "rtl" in (direction, _direction(around)) else ""
    return Markup(' lang="{}"{}').format(language, turned)


@lru_cache(maxsize=512)
def _language_name(code: str) -> str:
    """A language's name in that language; any other text as it is."""
    try:
        name = Locale.parse(code, sep="-").get_language_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


def _plural(locale: Locale, count: int, one: str, many: str = "") -> str:
    """`1 article`, `1,204 articles`."""
    return f"{format_decimal(count, locale=locale)} {one if count == 1 else many or one + 's'}"


def _signed(value: float) -> str:
    """A difference with its sign, the minus as long as the plus is."""
    return f"{value:+g}".replace("-", "−") if value else "0"


# -- addresses -----------------------------------------------------------------------------------------------------


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:
        return "malformed"


def _outside(address: str) -> str:
    """A publisher's address if it is a web address, else nothing."""
    return address if _scheme(address) in ("http", "https") else ""


def _href(root: str, address: str) -> str:
    """An address within the site as this page has to write it; publishers' addresses as they are."""
    if not address or address.startswith("#"):
        return address
    return _outside(address) if _scheme(address) else root + address
