"""Feed documents of every XML kind → items, word for word; feedparser reads them, and is only ever handed bytes."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import unquote

import feedparser

from digest.codec import fingerprint
from digest.encodings import in_utf8
from digest.errors import InputError
from digest.markup import absolute_links, closed, inline, quoted
from digest.model import RawItem, Reading, Rejected, Source
from digest.urls import absolute

Fields = dict[str, Any]
"""What feedparser makes of an element. Its own look-up warns and falls back; `dict.get` does neither."""

_HARMLESS = ("CharacterEncodingOverride", "NonXMLContentType")  # it was read all the same
_RELATIVE = re.compile(r"\b(?:href|src)\s*=\s*(?![\"']?(?:[a-z][a-z0-9+.-]*:|//))", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ROOT = re.compile(r"<([a-zA-Z][\w:.-]*)")
_ASIDE = re.compile(r"<!--.*?-->", re.DOTALL)
_FEED_ROOT = re.compile(r"(?:\w+:)?(?:rss|rdf|feed|channel)", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_HEARD_OR_SEEN = ("audio", "video", "application")  # of what is enclosed; pictures are never shown
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico)(?:$|[?#])", re.IGNORECASE)


def read(data: bytes, source: Source, file: str) -> Reading:
    """All items of a feed, each with an id of its own; what holds nothing is rejected."""
    data = in_utf8(data)
    parsed = _parse(data)
    feed: Fields = parsed["feed"]
    if not parsed["entries"]:
        _refuse_others(parsed, data)
    based = b"xml:base" in data
    items = _known([_item(entry, feed, source, file, based) for entry in parsed["entries"]])
    ttl = _text(feed, "ttl").strip()
    return Reading(
        items=tuple(item for item in items if not _is_hollow(item)),
        rejected=(
            *(
                Rejected(source_id=source.id, uid=item.uid, file=file, reason="an item without title, text and address")
                for item in items
                if _is_hollow(item)
            ),
            *(Rejected(source_id=source.id, file=file, reason=reason) for reason in _lost(parsed, data)),
        ),
        title=inline(_text(feed, "title")),
        ttl_minutes=int(ttl) if re.fullmatch(r"[0-9]{1,6}", ttl) else 0,
    )


def _parse(data: bytes) -> Fields:
    for document in (data, _REFERENCE.sub(_possible, data)):
        try:
            parsed: Fields = feedparser.parse(io.BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
        except Exception as fault:  # over damaged bytes it may raise anything; over numbers of no character it does
            problem = f"{type(fault).__name__}: {str(fault)[:200]}"
        else:
            return parsed
    raise InputError(f"not a feed that can be read: {problem}")


def _possible(reference: re.Match[bytes]) -> bytes:
    """A character reference; the mark of what is lost where there is no such character."""
    number = int(reference.group(1), 16) if reference.group(1) else int(reference.group(2)[:8])
    return reference.group() if number < 0xD800 or 0xE000 <= number <= 0x10FFFF else "\ufffd".encode()


def _lost(parsed: Fields, data: bytes) -> Iterator[str]:
    """What a damaged document holds beyond its items."""
    missing = len(_ITEM.findall(data)) - len(parsed["entries"]) if parsed["bozo"] else 0
    fault = dict.get(parsed, "bozo_exception")
    if missing > 0 and type(fault).__name__ not in _HARMLESS:
        yield f"{missing} more in a damaged document could not be read: {_told(fault, 0)}"


def _refuse_others(parsed: Fields, data: bytes) -> None:
    """Says why a document without items is no feed; a feed that is empty passes, if it is well-formed or whole."""
    fault = dict.get(parsed, "bozo_exception")
    well_formed = not parsed["bozo"] or type(fault).__name__ in _HARMLESS
    if dict.get(parsed, "version") and well_formed:
        return
    start = data[:65_536].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    root = _ROOT.search(_ASIDE.sub("", start))
    if (
        root
        and _FEED_ROOT.fullmatch(root.group(1))
        and (well_formed or (parsed["feed"] and _is_whole(data, root.group(1))))
    ):
        return
    if not start:
        raise InputError("not a feed: an empty document")
    if start.startswith(("{", "[")):
        raise InputError("not a feed: it begins like JSON")
    if _PAGE.search(start) and not dict.get(parsed, "version"):
        title = _PAGE_TITLE.search(start)
        raise InputError(f"not a feed: an HTML page{f' (its title: {inline(title.group(1))[:100]})' if title else ''}")
    if not root:
        raise InputError("not a feed: no XML in it")
    if not well_formed:
        added = 0 if start.startswith("<?xml") else 1  # lines: feedparser sets a declaration above the document
        raise InputError(f"not well-formed, and no items could be read: {_told(fault, added)}")
    raise InputError(f"not a feed: its root element is <{root.group(1)[:40]}>")


def _is_whole(data: bytes, root: str) -> bool:
    """Whether nothing was cut off, and no item is in it that could have been lost."""
    return data.rstrip(b"> \t\r\n\0").endswith(f"</{root}".encode()) and not _ITEM.search(data)


def _told(fault: object, added: int) -> str:
    line = getattr(fault, "getLineNumber", lambda: None)()
    message = getattr(fault, "getMessage", lambda: str(fault))()
    return f"{' '.join(message.split())[:200]}{f' (line {line - added})' if line else ''}"


def _item(entry: Fields, feed: Fields, source: Source, file: str, based: bool) -> RawItem:
    html, detail = _html(entry)
    home = _text(feed, "link") or source.url
    links = [_text(entry, name) for name in ("feedburner_origlink", "link")]
    links += [_text(one, "href") for one in dict.get(entry, "links") or [] if _text(one, "rel") == "alternate"]
    link = next(filter(None, links), "")
    url = next((url for one in links if one and (url := absolute(one, home))), link)
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
    return (quoted(value) if _text(chosen, "type") == "text/plain" else closed(value)), chosen


def _enclosed(entry: Fields, html: str) -> str:
    """A paragraph with a link for everything enclosed that can be heard, seen or read."""
    links = [one for one in dict.get(entry, "links") or [] if _text(one, "rel") == "enclosure"]
    media = [one | {"href": _text(one, "url")} for one in dict.get(entry, "media_content") or []]
    wanted = dict.fromkeys(_text(one, "href") for one in (*links, *media) if _can_be_opened(one, one in links))
    return "".join(f'<p><a href="{escape(href)}">{escape(_name(href))}</a></p>' for href in wanted if href not in html)


def _can_be_opened(one: Fields, enclosed: bool) -> bool:
    """Whether it is no picture; what says nothing of its kind is none if it is enclosed, and is one as media."""
    kind, href = _text(one, "type") or _text(one, "medium"), _text(one, "href")
    return bool(href) and (kind.startswith(_HEARD_OR_SEEN) if kind else enclosed and not _PICTURE.search(href))


def _name(href: str) -> str:
    """The file's name in an address, else the address."""
    return unquote(href.partition("?")[0].rstrip("/").rpartition("/")[2]) or href


def _author(entry: Fields) -> str:
    names = [_text(one, "name") for one in dict.get(entry, "authors") or []]
    return ", ".join(name for name in dict.fromkeys(names) if name) or _text(entry, "author")


def _is_hollow(item: RawItem) -> bool:
    return not (item.title.strip() or item.html.strip() or item.url)


def _known(items: list[RawItem]) -> list[RawItem]:
    """The items with what each is known by: the first of its names that it alone has here."""
    names = [_names(item) for item in items]
    counts = Counter(name for own in names for name in dict.fromkeys(own))
    return [
        replace(item, uid=next((name for name in own if counts[name] == 1), own[-1]))
        for item, own in zip(items, names, strict=True)
    ]


def _names(item: RawItem) -> list[str]:
    """Id; id and address, with the title, with the text; else address; title and text."""
    content = fingerprint(item.title, item.html)
    if not item.uid:
        return [*filter(None, [item.url]), content]
    parts = (item.url, fingerprint(item.title), content)
    return [item.uid, *(f"{item.uid}|{part}" for part in parts if part)]
