"""What feed readers and crawlers read: RSS, Atom and JSON Feed; sitemap, OPML and OpenSearch.

A feed holds every edition or story whole, as HTML that needs no style sheet; every address is absolute.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime as format_rfc822
from functools import lru_cache, partial
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime
from jinja2 import Environment
from markupsafe import Markup, escape

from digest.codec import to_json
from digest.display import Tongue, attrs, enclosed, locale_of
from digest.model import Body, Page, Site, record
from digest.templating import Render, draw, environment
from digest.text import shorten
from digest.views import EditionView, FeedEntry, FeedView, Link, Mention, SourceCard, StoryCard, When

TTL = 360  # minutes that a reader may wait before it asks again: an edition closes once a day
ENTRIES = 256  # whose HTML is at hand: each stands in several feeds and formats
REMEMBERED = 4_096  # times in words
SHORT_NAME = 16  # characters that OpenSearch allows
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0; \r would come back as \n
PATTERNS = {"second": "d MMM y, HH:mm", "minute": "d MMM y, HH:mm", "day": "d MMM y", "month": "MMMM y"}


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
    made = _shared(templates, site).made

    def render(page: Page, _: Mapping[str, Body]) -> bytes:
        return _drawn(made, f"feeds/{page.format}.xml", page.path, page=page, view=page.subject).encode()

    return render


def jsonfeed(templates: Mapping[str, str], site: Site) -> Render:
    """Renders a feed as JSON Feed 1.1."""
    content = _shared(templates, site).content
    return lambda page, _: to_json(_json_feed(content, site, page), indent=1) + b"\n"


def _json_feed(content: Callable[[FeedEntry], str], site: Site, page: Page) -> JsonFeed:
    view = cast(FeedView, page.subject)
    return JsonFeed(
        title=view.title,
        home_page_url=_absolute(site, view.home),
        feed_url=_absolute(site, page.path),
        description=view.description,
        authors=(Author(name=site.title),),
        language=site.language,
        items=tuple(_json_item(content, site, entry) for entry in view.entries),
    )


def _json_item(content: Callable[[FeedEntry], str], site: Site, entry: FeedEntry) -> JsonItem:
    return JsonItem(
        id=entry.id,
        url=_absolute(site, entry.href),
        title=entry.title,
        summary=entry.summary,
        content_html=content(entry),
        date_published=_rfc3339(entry.published),
        date_modified=_rfc3339(entry.updated),
        authors=(Author(name=_author(site, entry)),),
        tags=entry.tags,
        language=entry.lang or site.language,
    )


# -- templates -----------------------------------------------------------------------------------------------------


class _Pen(NamedTuple):
    """What feeds are written with."""

    templates: Mapping[str, str]
    site: Site
    made: Environment
    content: Callable[[FeedEntry], str]  # all that an entry shows, as HTML


_latest: list[_Pen] = []  # one at most


def _shared(templates: Mapping[str, str], site: Site) -> _Pen:
    """What all formats of a site are written with: they hold the same entries."""
    if not (_latest and _latest[0].templates is templates and _latest[0].site is site):
        made = _environment(templates, site)
        told = lru_cache(ENTRIES)(partial(_told, made))
        content = made.globals["content"] = lambda entry: told(entry.shows, entry.href)
        _latest[:] = [_Pen(templates, site, made, content)]
    return _latest[0]


def _environment(templates: Mapping[str, str], site: Site) -> Environment:
    made = environment(templates, keep_trailing_newline=True)
    locale, said = locale_of(site.language), Tongue(site=site)
    made.globals.update(
        site=site,
        ttl=TTL,
        absolute=partial(_absolute, site),
        anchor=partial(_anchor, site),
        attrs=partial(attrs, site.language),
        author=partial(_author, site),
        kind_name=said.kind_name,
        plural=said.plural,
        remark=said.remark,
        say=said.say,
        link=partial(_link, site),
        stamp=lru_cache(REMEMBERED)(partial(_stamp, site, locale)),
    )
    made.filters.update(rfc822=_rfc822, rfc3339=_rfc3339, short=partial(shorten, limit=SHORT_NAME))
    return made


def _drawn(made: Environment, name: str, path: str, /, **values: object) -> str:
    """What a template makes of these values, without characters that XML has no way to write."""
    return FORBIDDEN.sub("", draw(made, name, path, **values))


def _told(made: Environment, view: EditionView | StoryCard | SourceCard, href: str) -> str:
    if isinstance(view, StoryCard):
        return _drawn(made, "feeds/_story.html", href, card=view, homes=_homes((view,)))
    if isinstance(view, SourceCard):
        return _drawn(made, "feeds/_health.html", href, card=view)
    return _drawn(made, "feeds/_briefing.html", href, view=view, homes=_homes(_cards(view)))


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


def _author(site: Site, entry: FeedEntry) -> str:
    if isinstance(entry.shows, StoryCard) and entry.shows.source.href:  # else nobody knows whose it is
        return entry.shows.source.name
    return site.title


def _link(site: Site, to: Link | Mention) -> Markup:
    return _anchor(site, to.name, to.href, to.lang)


def _anchor(site: Site, text: str, href: str, lang: str) -> Markup:
    """A text in its language, linked where it has an address."""
    marks = attrs(site.language, lang)
    if href:
        return enclosed("a", text, f' href="{escape(_absolute(site, href))}"{marks}')
    return enclosed("span", text, marks) if marks else escape(text)


def _stamp(site: Site, locale: Locale, when: When) -> str:
    """A time as precisely as it is known, in the site's zone; empty where none is known."""
    if when.at is None or when.precision == "none":
        return ""
    local = datetime.fromtimestamp(when.at, ZoneInfo(site.timezone))
    text = format_datetime(local, PATTERNS[when.precision], locale=locale)
    return f"{text} {local.tzname()}" if when.precision in ("second", "minute") else text


@lru_cache(maxsize=REMEMBERED)
def _rfc822(at: int) -> str:
    return format_rfc822(datetime.fromtimestamp(at, UTC), usegmt=True)


@lru_cache(maxsize=REMEMBERED)
def _rfc3339(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
