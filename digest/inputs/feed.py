"""Feed documents of every XML kind → items, word for word; feedparser reads them, and is only ever handed bytes."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import feedparser

from digest.encodings import in_utf8
from digest.errors import InputError
from digest.identity import known
from digest.markup import absolute_links, closed, inline, quoted, unwrapped
from digest.model import RawItem, Reading, Rejected, Source
from digest.urls import absolute

Fields = dict[str, Any]
"""What feedparser makes of an element. Its own look-up warns and falls back; `dict.get` does neither."""

STUB = 2  # times: a content that its summary exceeds by more is none
MOST_RECOVERED = 4_194_304  # bytes that are read once more, at most, to find the items of a damaged document
ENDING = 4_096  # bytes at the end of a document, where its root element ends
DECLARATIONS = 65_536  # bytes at the start of a document, where entities are declared

_HARMLESS = ("CharacterEncodingOverride", "NonXMLContentType")  # it was read all the same
_RELATIVE = re.compile(r"\b(?:href|src)\s*=\s*(?![\"']?(?:[a-z][a-z0-9+.-]*:|//))", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ROOT = re.compile(r"<([a-zA-Z][\w:.-]*)")
_ASIDE = re.compile(r"<!--.*?-->", re.DOTALL)
_FEED_ROOT = re.compile(r"(?:\w+:)?(?:rss|rdf|feed|channel)", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_PAIR = re.compile(
    rb"&#(?:x(d[89ab][0-9a-f]{2})|(5(?:5[3-9]|6[0-2])\d\d));&#(?:x(d[c-f][0-9a-f]{2})|(5[67]\d{3}));", re.IGNORECASE
)  # the two halves of a character beyond the first plane
_ENTITIES = re.compile(rb"<!ENTITY[^>]{0,500}?&\w")  # one that names another
_HTTP = re.compile(r"https?://", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_NO_TEXT = ("image/", "audio/", "video/", "application/json")  # as the type of a content
_VALUED = re.compile(rb"<(title|abstract)\s+value\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')\s*/>", re.IGNORECASE)
_ELSEWHERE = re.compile(rb"<podcast:source(\s[^<>]*?)\buri(\s*=\s*[\"']https?://[^<>]*/>)", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_HEARD_OR_SEEN = ("audio", "video", "application")  # of what is enclosed; pictures are never shown
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|ico)(?:$|[?#])", re.IGNORECASE)


def read(data: bytes, source: Source, file: str) -> Reading:
    """All items of a feed, each with an id of its own; what holds nothing is rejected."""
    data = in_utf8(data)
    if len(_ENTITIES.findall(data[:DECLARATIONS])) > 1:
        raise InputError("declares entities made of entities, which may grow without end")
    data = _spelt_out(data)
    parsed = _whole(_parse(data), data)
    feed: Fields = parsed["feed"]
    if not parsed["entries"]:
        _refuse_others(parsed, data)
    based = b"xml:base" in data
    items = known([_item(entry, parsed, source, file, based) for entry in parsed["entries"]])
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


def _spelt_out(data: bytes) -> bytes:
    """What feedparser does not know, in words that it knows: CDF's values, and where else an episode can be heard."""
    root = _ROOT.search(_ASIDE.sub("", data[:DECLARATIONS].decode("utf-8", "replace")))
    if root and root.group(1).casefold() == "channel":
        data = _VALUED.sub(rb"<\1>\2\3</\1>", data)
    return _ELSEWHERE.sub(rb"<enclosure\1url\2", data) if b"<podcast:source" in data else data


def _parse(data: bytes) -> Fields:
    for document in (data, _REFERENCE.sub(_possible, _PAIR.sub(_joined, data))):
        try:
            parsed: Fields = feedparser.parse(io.BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
        except Exception as fault:  # over damaged bytes it may raise anything; over numbers of no character it does
            problem = f"{type(fault).__name__}: {str(fault)[:200]}"
        else:
            return parsed
    raise InputError(f"not a feed that can be read: {problem}")


def _joined(pair: re.Match[bytes]) -> bytes:
    """The character that two halves of UTF-16 stand for."""
    halves = (int(pair[at], 16) if pair[at] else int(pair[at + 1]) for at in (1, 3))
    return b"".join(half.to_bytes(2, "big") for half in halves).decode("utf-16-be", "replace").encode()


def _possible(reference: re.Match[bytes]) -> bytes:
    """A character reference; the mark of what is lost where there is no such character."""
    number = int(reference.group(1), 16) if reference.group(1) else int(reference.group(2)[:8])
    return reference.group() if number < 0xD800 or 0xE000 <= number <= 0x10FFFF else "\ufffd".encode()


def _whole(parsed: Fields, data: bytes) -> Fields:
    """What was read; where damage has swallowed items, with each of them read by itself."""
    if not parsed["entries"] or not _missing(parsed, data):
        return parsed
    data = _COMMENT.sub(b"", data)
    starts = [item.start() for item in _ITEM.finditer(data)]
    if not starts or len(starts) * starts[0] > MOST_RECOVERED:
        return parsed
    found = []
    for start, end in pairwise((*starts, len(data))):
        with suppress(InputError):
            found += _parse(data[: starts[0]] + data[start:end])["entries"][:1]
    return {**parsed, "entries": found} if len(found) > len(parsed["entries"]) else parsed


def _missing(parsed: Fields, data: bytes) -> int:
    """How many items a damaged document holds beyond those that were read."""
    if not parsed["bozo"] or type(dict.get(parsed, "bozo_exception")).__name__ in _HARMLESS:
        return 0
    return max(0, len(_ITEM.findall(_COMMENT.sub(b"", data))) - len(parsed["entries"]))


def _lost(parsed: Fields, data: bytes) -> Iterator[str]:
    if missing := _missing(parsed, data):
        fault = dict.get(parsed, "bozo_exception")
        yield f"{missing} more in a damaged document could not be read: {_told(fault, 0)}"
    elif parsed["bozo"] and parsed["entries"] and _is_cut(data):
        yield "the document is cut off: the end of its last item is missing, and whatever stood behind it"


def _is_cut(data: bytes) -> bool:
    """Does a feed's root element begin and never end?"""
    root = _ROOT.search(_ASIDE.sub("", data[:DECLARATIONS].decode("utf-8", "replace")))
    return bool(root and _FEED_ROOT.fullmatch(root.group(1)) and f"</{root.group(1)}".encode() not in data[-ENDING:])


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


def _item(entry: Fields, parsed: Fields, source: Source, file: str, based: bool) -> RawItem:
    feed: Fields = parsed["feed"]
    html, detail = _html(entry)
    home = _text(feed, "link") or source.url
    links = [one.strip() for one in _links(entry) if one.strip()]
    url = next(filter(None, (absolute(one, home) for one in links)), next(iter(links), ""))
    if based and (base := _text(detail, "base")) and base != url and _RELATIVE.search(html):
        html = absolute_links(html, base)
    title_detail: Fields = dict.get(entry, "title_detail") or {}
    languages = (_text(detail, "language"), _text(title_detail, "language"), _text(entry, "language"))
    inherits = _text(parsed, "version").startswith("atom") and "source" not in entry
    above = _author(feed) if inherits else ""
    return RawItem(
        source_id=source.id,
        uid=_text(entry, "id").strip(),
        url=url,
        title=unwrapped(_text(entry, "title")),
        html=html + _enclosed(entry, html),
        author=_author(entry) or (above if above != _text(feed, "title").strip() else ""),  # an outlet wrote nothing
        published=_text(entry, "published") or _text(entry, "created") or _text(entry, "updated"),
        updated=_text(entry, "updated"),
        language=next(filter(None, languages), _text(feed, "language")),
        file=file,
    )


def _links(entry: Fields) -> Iterator[str]:
    """Where an item can be read, the likeliest first."""
    link, id = _text(entry, "link"), _text(entry, "id")
    yield _text(entry, "feedburner_origlink")
    if link != id or _is_address(id):  # an id stands in for a link that is missing
        yield link
    listed: list[Fields] = dict.get(entry, "links") or []
    for relation in ("alternate", "via", "related"):  # a relation may be written as an address
        yield from (_text(one, "href") for one in listed if _text(one, "rel").lower().endswith(relation))
        if _HTTP.match(id):
            yield id
    yield from (_text(one, "src") for one in dict.get(entry, "content") or [])
    yield _text(dict.get(entry, "media_player") or {}, "url")
    yield _text(entry, "comments")


def _is_address(id: str) -> bool:
    """Whether an id may be taken for an address; most are none."""
    return bool(_HTTP.match(id)) or ("/" in id and not re.search(r"[:\s]", id))


def _text(fields: Fields, name: str) -> str:
    value = dict.get(fields, name)
    return value if isinstance(value, str) else ""


def _html(entry: Fields) -> tuple[str, Fields]:
    """The longest content, or the summary of one that is but a stub; and what feedparser knows of it."""
    summary: Fields = {**(dict.get(entry, "summary_detail") or {}), "value": _text(entry, "summary")}
    texts = [one for one in dict.get(entry, "content") or [] if not _text(one, "type").startswith(_NO_TEXT)]
    content: Fields = max(texts, key=_length, default={})
    chosen = summary if _length(summary) > STUB * _length(content) else content
    value, kind = unwrapped(_text(chosen, "value")), _text(chosen, "type")
    return (quoted(value) if kind.startswith("text/") and "html" not in kind else closed(value)), chosen


def _length(text: Fields) -> int:
    return len(_text(text, "value").strip())


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
