"""Feed documents of every XML kind → items, word for word; feedparser reads them, and is only ever handed bytes."""

import io
import re
from collections import Counter
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import unquote

import feedparser

from digest.codec import fingerprint
from digest.errors import InputError
from digest.markup import absolute_links, inline, quoted
from digest.model import RawItem, Reading, Rejected, Source
from digest.urls import absolute

Fields = dict[str, Any]
"""What feedparser makes of an element. Its own look-up warns and falls back; `dict.get` does neither."""

_HARMLESS = ("CharacterEncodingOverride", "NonXMLContentType")  # it was read all the same
_RELATIVE = re.compile(r"\b(?:href|src)\s*=\s*(?![\"']?(?:[a-z][a-z0-9+.-]*:|//))", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ROOT = re.compile(r"<([a-zA-Z][\w:.-]*)")
_HEARD_OR_SEEN = ("audio", "video", "application")  # of what is enclosed; pictures are never shown


def read(data: bytes, source: Source, file: str) -> Reading:
    """All items of a feed, each with an id of its own; what holds nothing is rejected."""
    parsed = _parse(data)
    feed: Fields = parsed["feed"]
    if not parsed["entries"]:
        _refuse_others(parsed, data)
    based = b"xml:base" in data
    items = [_item(entry, feed, source, file, based) for entry in parsed["entries"]]
    ids, urls = Counter(item.uid for item in items), Counter(item.url for item in items if not item.uid)
    ttl = _text(feed, "ttl").strip()
    return Reading(
        items=tuple(replace(item, uid=_uid(item, ids, urls)) for item in items if not _is_hollow(item)),
        rejected=tuple(
            Rejected(source_id=source.id, uid=item.uid, file=file, reason="an item without title, text and address")
            for item in items
            if _is_hollow(item)
        ),
        title=inline(_text(feed, "title")),
        ttl_minutes=int(ttl) if re.fullmatch(r"[0-9]{1,6}", ttl) else 0,
    )


def _parse(data: bytes) -> Fields:
    try:
        parsed: Fields = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as fault:  # over damaged bytes it may raise anything
        raise InputError(f"not a feed that can be read: {type(fault).__name__}: {str(fault)[:200]}") from None
    return parsed


def _refuse_others(parsed: Fields, data: bytes) -> None:
    """Says why a document without items is no feed; a well-formed feed that is empty passes."""
    fault = dict.get(parsed, "bozo_exception")
    well_formed = not parsed["bozo"] or type(fault).__name__ in _HARMLESS
    if dict.get(parsed, "version") and well_formed:
        return
    start = data[:65_536].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not start:
        raise InputError("not a feed: an empty document")
    if start.startswith(("{", "[")):
        raise InputError("not a feed: it begins like JSON")
    if _PAGE.search(start) and not dict.get(parsed, "version"):
        title = _PAGE_TITLE.search(start)
        raise InputError(f"not a feed: an HTML page{f' (its title: {inline(title.group(1))[:100]})' if title else ''}")
    root = _ROOT.search(start)
    if not root:
        raise InputError("not a feed: no XML in it")
    if not well_formed:
        added = 0 if start.startswith("<?xml") else 1  # lines: feedparser sets a declaration above the document
        raise InputError(f"not well-formed, and no items could be read: {_told(fault, added)}")
    raise InputError(f"not a feed: its root element is <{root.group(1)[:40]}>")


def _told(fault: object, added: int) -> str:
    line = getattr(fault, "getLineNumber", lambda: None)()
    message = getattr(fault, "getMessage", lambda: str(fault))()
    return f"{' '.join(message.split())[:200]}{f' (line {line - added})' if line else ''}"


def _item(entry: Fields, feed: Fields, source: Source, file: str, based: bool) -> RawItem:
    html, detail = _html(entry)
    link = _text(entry, "feedburner_origlink") or _text(entry, "link")
    url = absolute(link, _text(feed, "link") or source.url) or link
    if based and (base := _text(detail, "base")) and base != url and _RELATIVE.search(html):
        html = absolute_links(html, base)
    title_detail: Fields = dict.get(entry, "title_detail") or {}
    languages = (_text(detail, "language"), _text(title_detail, "language"), _text(entry, "language"))
    return RawItem(
        source_id=source.id,
        uid=_text(entry, "id").strip(),
        url=url,
        title=_text(entry, "title"),
        html=html + _enclosed(entry, html),
        author=_author(entry),
        published=_text(entry, "published") or _text(entry, "created") or _text(entry, "updated"),
        updated=_text(entry, "updated"),
        language=next(filter(None, languages), _text(feed, "language")),
        file=file,
    )


def _text(fields: Fields, name: str) -> str:
    value = dict.get(fields, name)
    return value if isinstance(value, str) else ""


def _html(entry: Fields) -> tuple[str, Fields]:
    """The longest content, else the summary; and what feedparser knows of it."""
    contents: list[Fields] = [one for one in dict.get(entry, "content") or [] if _text(one, "value").strip()]
    summary: Fields = {**(dict.get(entry, "summary_detail") or {}), "value": _text(entry, "summary")}
    chosen = max(contents, key=lambda one: len(_text(one, "value")), default=summary)
    value = _text(chosen, "value")
    return (quoted(value) if _text(chosen, "type") == "text/plain" else value), chosen


def _enclosed(entry: Fields, html: str) -> str:
    """A paragraph with a link for everything enclosed that can be heard, seen or read."""
    links = [(_text(one, "href"), _text(one, "type")) for one in dict.get(entry, "links") or [] if _is_enclosure(one)]
    links += [(_text(one, "url"), _text(one, "type")) for one in dict.get(entry, "media_content") or []]
    wanted = (href for href, kind in dict.fromkeys(links) if href and kind.startswith(_HEARD_OR_SEEN))
    return "".join(f'<p><a href="{escape(href)}">{escape(_name(href))}</a></p>' for href in wanted if href not in html)


def _name(href: str) -> str:
    """The file's name in an address, else the address."""
    return unquote(href.partition("?")[0].rstrip("/").rpartition("/")[2]) or href


def _is_enclosure(link: Fields) -> bool:
    return _text(link, "rel") == "enclosure"


def _author(entry: Fields) -> str:
    names = [_text(one, "name") for one in dict.get(entry, "authors") or []]
    return ", ".join(name for name in dict.fromkeys(names) if name) or _text(entry, "author")


def _is_hollow(item: RawItem) -> bool:
    return not (item.title.strip() or item.html.strip() or item.url)


def _uid(item: RawItem, ids: Counter[str], urls: Counter[str]) -> str:
    """What the item is known by in its source: the first of these that it alone has."""
    content = fingerprint(item.title, item.html)
    if item.uid:
        return item.uid if ids[item.uid] == 1 else f"{item.uid}|{item.url or content}"
    return item.url if item.url and urls[item.url] == 1 else content
