"""What feed readers and crawlers read: RSS, Atom and JSON Feed; sitemap, OPML and OpenSearch.

A feed holds every edition or story whole, as HTML that needs no style sheet; every address is absolute.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime as format_rfc822
from functools import partial
from traceback import extract_tb
from typing import cast
from zoneinfo import ZoneInfo

import jinja2
from babel import Locale
from babel.dates import format_datetime
from markupsafe import Markup, escape

from digest.codec import to_json
from digest.display import locale_of
from digest.errors import TemplateFault
from digest.model import Body, Page, Site, record
from digest.text import shorten
from digest.views import EditionView, FeedEntry, FeedView, Link, Mention, StoryCard, When

TTL = 360  # minutes that a reader may wait before it asks again: an edition closes once a day
SHORT_NAME = 16  # characters that OpenSearch allows
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0; \r would come back as \n
PATTERNS = {"second": "d MMM y, HH:mm", "minute": "d MMM y, HH:mm", "day": "d MMM y", "month": "MMMM y"}

Render = Callable[[Page, Mapping[str, Body]], bytes]


@record
class Author:
    name: str


@record
class JsonItem:
    """An item of JSON Feed 1.1, in the order in which people look for things."""

    id: str
    url: str
    title: str
    summary: str
    content_html: str
    date_published: str
    date_modified: str
    authors: tuple[Author, ...]
    tags: tuple[str, ...]
    language: str


@record
class JsonFeed:
    version: str = "https://jsonfeed.org/version/1.1"
    title: str
    home_page_url: str
    feed_url: str
    description: str
    authors: tuple[Author, ...]
    language: str
    items: tuple[JsonItem, ...]


def xml(templates: Mapping[str, str], site: Site) -> Render:
    """Renders a view by feeds/<name of the format>.xml."""
    environment = _environment(templates, site)
    return lambda page, _: _draw(environment, f"feeds/{page.format}.xml", page=page, view=page.subject).encode()


def jsonfeed(templates: Mapping[str, str], site: Site) -> Render:
    """Renders a feed as JSON Feed 1.1."""
    environment = _environment(templates, site)
    return lambda page, _: to_json(_json_feed(environment, site, page), indent=1) + b"\n"


def _json_feed(environment: jinja2.Environment, site: Site, page: Page) -> JsonFeed:
    view = cast(FeedView, page.subject)
    return JsonFeed(
        title=view.title,
        home_page_url=_absolute(site, view.home),
        feed_url=_absolute(site, page.path),
        description=view.description,
        authors=(Author(name=site.title),),
        language=site.language,
        items=tuple(_json_item(environment, site, entry) for entry in view.entries),
    )


def _json_item(environment: jinja2.Environment, site: Site, entry: FeedEntry) -> JsonItem:
    return JsonItem(
        id=entry.id,
        url=_absolute(site, entry.href),
        title=entry.title,
        summary=entry.summary,
        content_html=_content(environment, entry),
        date_published=_rfc3339(entry.published),
        date_modified=_rfc3339(entry.updated),
        authors=(Author(name=_author(site, entry)),),
        tags=entry.tags,
        language=entry.lang or site.language,
    )


# -- templates -----------------------------------------------------------------------------------------------------


def _environment(templates: Mapping[str, str], site: Site) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(partial(_find, templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        site=site,
        ttl=TTL,
        absolute=partial(_absolute, site),
        anchor=partial(_anchor, site),
        attrs=partial(_attrs, site),
        author=partial(_author, site),
        content=partial(_content, environment),
        plural=_plural,
        link=partial(_link, site),
        stamp=partial(_stamp, site, locale_of(site.language)),
    )
    environment.filters.update(rfc822=_rfc822, rfc3339=_rfc3339, short=partial(shorten, limit=SHORT_NAME))
    return environment


def _find(templates: Mapping[str, str], name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """A template with the file name that faults shall bear."""
    return (templates[name], f"templates/{name}", lambda: True) if name in templates else None


def _draw(environment: jinja2.Environment, name: str, **values: object) -> str:
    try:
        return FORBIDDEN.sub("", environment.get_template(name).render(values))
    except jinja2.TemplateError as fault:
        raise TemplateFault(f"{_place(fault)}: {fault.message or type(fault).__name__}") from fault


def _place(fault: jinja2.TemplateError) -> str:
    """File and line of the template in which something went wrong."""
    if isinstance(fault, jinja2.TemplateSyntaxError):
        return f"{fault.filename}:{fault.lineno}"
    frames = [f for f in extract_tb(fault.__traceback__) if f.filename.startswith("templates/")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "templates"


def _content(environment: jinja2.Environment, entry: FeedEntry) -> str:
    """All that an entry shows, as HTML."""
    view = entry.shows
    if isinstance(view, StoryCard):
        return _draw(environment, "feeds/_story.html", card=view, homes=_homes((view,)))
    return _draw(environment, "feeds/_briefing.html", view=view, homes=_homes(_cards(view)))


def _cards(view: EditionView) -> tuple[StoryCard, ...]:
    return tuple(card for section in view.sections for card in (section.lead, *section.rest))


def _homes(cards: tuple[StoryCard, ...]) -> Mapping[str, str]:
    """Post → the first story that embeds it: there it is shown, elsewhere only named."""
    return {shown.post.id: card.id for card in reversed(cards) for shown in card.posts}


# -- words ---------------------------------------------------------------------------------------------------------


def _absolute(site: Site, href: str, here: str = "") -> str:
    """The whole address of an href; one that only names a place on a page belongs to `here`."""
    if href.startswith(("https://", "http://")):
        return href
    href = here + href if href.startswith("#") else href
    return site.base_url + ("" if href == "index.html" else href)


def _attrs(site: Site, lang: str) -> Markup:
    """Language and direction, where they are not the site's."""
    if not lang or lang == site.language:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(lang, locale_of(lang).text_direction)


def _author(site: Site, entry: FeedEntry) -> str:
    return entry.shows.source.name if isinstance(entry.shows, StoryCard) else site.title


def _plural(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _link(site: Site, to: Link | Mention) -> Markup:
    return _anchor(site, to.name, to.href, to.lang)


def _anchor(site: Site, text: str, href: str, lang: str) -> Markup:
    """A text in its language, linked where it has an address."""
    attrs = _attrs(site, lang)
    if href:
        return Markup('<a href="{}"{}>{}</a>').format(_absolute(site, href), attrs, text)
    return Markup("<span{}>{}</span>").format(attrs, text) if attrs else escape(text)


def _stamp(site: Site, locale: Locale, when: When) -> str:
    """A time as precisely as it is known, in the site's zone; empty where none is known."""
    if when.at is None or when.precision == "none":
        return ""
    local = datetime.fromtimestamp(when.at, ZoneInfo(site.timezone))
    text = format_datetime(local, PATTERNS[when.precision], locale=locale)
    return f"{text} {local.tzname()}" if when.precision in ("second", "minute") else text


def _rfc822(at: int) -> str:
    return format_rfc822(datetime.fromtimestamp(at, UTC), usegmt=True)


def _rfc3339(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
