"""An edition as data, for programs: all that its page tells, without what only a page needs.

The names are those of the views. Addresses are absolute where the site's is known, else relative to its root;
times are as precise as they are known; null stands for what is not known.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from digest.codec import to_json
from digest.model import Body, Page, Site
from digest.views import DataView, When

VERSION = 1  # of the names: a higher one has renamed or taken away something
ADDRESSES = frozenset({"href", "page", "permalink"})  # fields that lead into the site, or out of it
FOR_PAGES = frozenset(  # what only a page needs; `newest` and the neighbours would also change after the edition closed
    {"stem", "head", "prev", "next", "newest", "n", "hue", "slug", "initials", "has_feed", "why", "cure"}
)

Render = Callable[[Page, Mapping[str, Body]], bytes]


def renderer(_: Mapping[str, str], site: Site) -> Render:
    """Renders an edition as JSON; no template has a part in it."""
    return lambda page, _: _write(site, cast(DataView, page.subject))


def _write(site: Site, view: DataView) -> bytes:
    return to_json({"version": VERSION, "site": site.title, "edition": _value(site, view.edition)}, indent=1) + b"\n"


def _value(site: Site, value: object) -> object:
    if isinstance(value, When):
        return _time(site, value)
    if isinstance(value, tuple):
        return [_value(site, part) for part in value]
    if is_dataclass(value):
        shown = (field.name for field in fields(value) if field.name not in FOR_PAGES)
        return {name: _field(site, name, getattr(value, name)) for name in shown}
    return None if value == "" else value


def _field(site: Site, name: str, value: object) -> object:
    if name in ADDRESSES and isinstance(value, str) and value and not value.startswith(("https://", "http://")):
        return site.base_url + value
    return _value(site, value)


def _time(site: Site, when: When) -> str | None:
    """ISO 8601: in UTC where the time of day is known, else the day or month in the site's zone."""
    if when.at is None or when.precision == "none":
        return None
    moment = datetime.fromtimestamp(when.at, UTC)
    match when.precision:
        case "second":
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        case "minute":
            return moment.strftime("%Y-%m-%dT%H:%MZ")
        case _:
            return str(moment.astimezone(ZoneInfo(site.timezone)).date())[: 10 if when.precision == "day" else 7]
