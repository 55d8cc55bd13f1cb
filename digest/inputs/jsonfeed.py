"""JSON Feed 1.0 and 1.1 → items, word for word; what has the wrong type is taken as absent."""

from collections import Counter
from html import escape

from digest.codec import fingerprint, from_json
from digest.errors import InputError
from digest.markup import inline, quoted
from digest.model import RawItem, Reading, Rejected, Source
from digest.urls import absolute

VERSION = "https://jsonfeed.org/version/"
_VERSIONS = ("1", "1.0", "1.1", "")  # as some write it, beside what only a feed has
_CONTENTS = ("content_html", "content_text", "date_published")


def read(data: bytes, source: Source, file: str) -> Reading:
    """All items of a feed; what is no object, or holds nothing, is rejected."""
    feed = _feed(data)
    listed = feed.get("items")
    if not isinstance(listed, list):
        raise InputError("not a JSON Feed: it has no list of items")
    objects = [one for one in listed if isinstance(one, dict)]
    ids = Counter(_text(one, "id") for one in objects)
    items: list[RawItem] = []
    rejected: list[Rejected] = []
    for at, one in enumerate(listed):
        item = _item(one, feed, source, file, ids) if isinstance(one, dict) else None
        if item and (item.title.strip() or item.html.strip() or item.url):
            items.append(item)
        else:
            reason = "without title, text and address" if item else f"no object but {type(one).__name__}"
            rejected.append(Rejected(source_id=source.id, file=file, reason=f"item {at + 1}: {reason}"))
    return Reading(items=tuple(items), rejected=tuple(rejected), title=inline(_text(feed, "title")))


def _feed(data: bytes) -> dict[str, object]:
    try:
        feed = from_json(data.removeprefix(b"\xef\xbb\xbf"), object)
    except ValueError as fault:
        raise InputError(f"not a JSON Feed: {fault}") from None
    if not isinstance(feed, dict) or not _is_feed(feed):
        raise InputError(f"not a JSON Feed: its version is not {VERSION}1 or {VERSION}1.1")
    return feed


def _is_feed(feed: dict[str, object]) -> bool:
    version, items = _text(feed, "version").strip(), feed.get("items")
    if version.replace("http://", "https://").startswith(VERSION):
        return True
    objects = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    return version in _VERSIONS and any(name in one for one in objects for name in _CONTENTS)


def _item(one: dict[str, object], feed: dict[str, object], source: Source, file: str, ids: Counter[str]) -> RawItem:
    home = _text(feed, "home_page_url") or _text(feed, "feed_url") or source.url
    link = _text(one, "url") or _text(one, "external_url")
    url = absolute(link, home) or link
    title, html = _text(one, "title"), _html(one)
    id = _text(one, "id")
    if ids[id] > 1:
        id = f"{id}|{url or fingerprint(title, html)}" if id else ""
    return RawItem(
        source_id=source.id,
        uid=id or url or fingerprint(title, html),
        url=url,
        title=title,
        html=html,
        author=_authors(one) or _authors(feed),
        published=_text(one, "date_published") or _text(one, "date_modified"),
        updated=_text(one, "date_modified"),
        language=_text(one, "language") or _text(feed, "language"),
        file=file,
    )


def _text(fields: dict[str, object], name: str) -> str:
    """A text; numbers are written out, as version 1.0 allows them for ids."""
    value = fields.get(name)
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _html(one: dict[str, object]) -> str:
    html = _text(one, "content_html") or quoted(_text(one, "content_text") or _text(one, "summary"))
    attachments = one.get("attachments")
    for file in attachments if isinstance(attachments, list) else []:
        if isinstance(file, dict) and (url := _text(file, "url")) and not _text(file, "mime_type").startswith("image/"):
            html += f'<p><a href="{escape(url)}">{escape(_text(file, "title") or url.rpartition("/")[2])}</a></p>'
    return html


def _authors(fields: dict[str, object]) -> str:
    """The names of all authors; version 1.0 has one."""
    authors = fields.get("authors")
    listed = authors if isinstance(authors, list) else [fields.get("author")]
    return ", ".join(name for one in listed if isinstance(one, dict) and (name := _text(one, "name")))
