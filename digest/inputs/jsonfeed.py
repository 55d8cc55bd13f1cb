"""JSON Feed 1.0 and 1.1 → items, word for word; what has the wrong type is taken as absent."""

import json
import math
import re
from html import escape

from digest.codec import from_json
from digest.encodings import in_utf8
from digest.errors import InputError
from digest.identity import known
from digest.markup import closed, inline, quoted
from digest.model import RawItem, Reading, Rejected, Source
from digest.refused import Refused
from digest.urls import absolute

VERSION = "https://jsonfeed.org/version/"
_VERSIONS = ("1", "1.0", "1.1", "")  # as some write it, beside what only a feed has
_BEYOND = re.compile(r'"(?:\\.|[^"\\])*+"|,(?=(?:\s|//[^\n]*+|/\*.*?\*/)*+[}\]])|/\*.*?\*/|//[^\n]*', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:["\\/bfnrtu]|(.))', re.DOTALL)
_CONTENTS = ("content_html", "content_text", "date_published")


def read(data: bytes, source: Source, file: str) -> Reading:
    """All items of a feed; what is no object, or holds nothing, is rejected."""
    feed = _feed(data)
    listed = feed.get("items")
    if not isinstance(listed, list):
        raise InputError("not a JSON Feed: it has no list of items")
    items: list[RawItem] = []
    rejected = Refused()
    for at, one in enumerate(listed):
        item = _item(one, feed, source, file) if isinstance(one, dict) else None
        if item and (item.title.strip() or item.html.strip() or item.url):
            items.append(item)
        else:
            reason = "without title, text and address" if item else f"no object but {type(one).__name__}"
            rejected.append(Rejected(source_id=source.id, file=file, reason=f"item {at + 1}: {reason}"))
    return Reading(items=tuple(known(items)), rejected=tuple(rejected), title=inline(_text(feed, "title")))


def _feed(data: bytes) -> dict[str, object]:
    data = in_utf8(data)
    try:
        feed = from_json(data, object)
    except ValueError as fault:
        feed = _mended(data)
        if feed is None:
            raise InputError(f"not a JSON Feed: {fault}") from None
    if not isinstance(feed, dict) or not _is_feed(feed):
        raise InputError(f"not a JSON Feed: its version is not {VERSION}1 or {VERSION}1.1")
    return feed


def _mended(data: bytes) -> object:
    """What is meant by JSON with bare line breaks, commas too many, comments or numbers that are none; or None."""
    text = _BEYOND.sub(_without, data.decode("utf-8", "replace").rstrip("\0 \t\r\n"))
    try:
        meant = json.loads(text, strict=False, parse_constant=_no_number, parse_float=_no_number)
        return from_json(json.dumps(meant, ensure_ascii=False).encode("utf-8", "replace"), object)
    except (ValueError, RecursionError):
        return None


def _without(piece: re.Match[str]) -> str:
    """A string, its unknown escapes as they stand; nothing for what is no JSON."""
    return _ESCAPE.sub(_escaped, piece.group()) if piece.group().startswith('"') else ""


def _escaped(found: re.Match[str]) -> str:
    """An escape that JSON knows, as it stands; before any other sign the backslash is one."""
    return f"\\{found.group()}" if found.group(1) else found.group()


def _no_number(text: str) -> float | None:
    """The number; None for one without end, and for what is none."""
    number = float(text)
    return number if math.isfinite(number) else None


def _is_feed(feed: dict[str, object]) -> bool:
    version, items = _text(feed, "version").strip(), feed.get("items")
    if version.replace("http://", "https://").startswith(VERSION):
        return True
    objects = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    return version in _VERSIONS and any(name in one for one in objects for name in _CONTENTS)


def _item(one: dict[str, object], feed: dict[str, object], source: Source, file: str) -> RawItem:
    home = _text(feed, "home_page_url") or _text(feed, "feed_url") or source.url
    id = _text(one, "id").strip()
    links = [_text(one, "url"), _text(one, "external_url"), id if id.startswith(("http://", "https://")) else ""]
    links = [link for link in links if link.strip()]
    return RawItem(
        source_id=source.id,
        uid=id,
        url=next(filter(None, (absolute(link, home) for link in links)), next(iter(links), "")),
        title=_text(one, "title"),
        html=_html(one),
        author=_authors(one) or _authors(feed),
        published=_text(one, "date_published") or _text(one, "date_modified"),
        updated=_text(one, "date_modified"),
        language=_text(one, "language") or _text(feed, "language"),
        file=file,
    )


def _text(fields: dict[str, object], name: str) -> str:
    """A text; numbers are written out, as version 1.0 allows them for ids."""
    value = fields.get(name)
    if isinstance(value, bool):
        return ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _html(one: dict[str, object]) -> str:
    """The first of its texts that holds something, and a link for everything attached but pictures."""
    texts = ((name, _text(one, name)) for name in ("content_html", "content_text", "summary"))
    name, text = next(((name, text) for name, text in texts if text.strip()), ("", ""))
    html = closed(text) if name == "content_html" else quoted(text)
    attachments = one.get("attachments")
    for file in attachments if isinstance(attachments, list) else []:
        if isinstance(file, dict) and (url := _text(file, "url")) and not _text(file, "mime_type").startswith("image/"):
            html += f'<p><a href="{escape(url)}">{escape(_text(file, "title") or url.rpartition("/")[2])}</a></p>'
    return html


def _authors(fields: dict[str, object]) -> str:
    """The names of all authors; version 1.0 has one, and some write names alone."""
    listed = fields.get("authors")
    several = listed if isinstance(listed, list) else [listed]
    names = (_text(one, "name") if isinstance(one, dict) else one for one in (*several, fields.get("author")))
    return ", ".join(dict.fromkeys(name for name in names if isinstance(name, str) and name.strip()))
