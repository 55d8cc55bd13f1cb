"""Saved articles: Markdown, web pages and clippings, with or without front matter → one item each."""

import re
from dataclasses import replace

from digest.dates import is_date_line, read_moment
from digest.errors import InputError
from digest.frontmatter import Front, decode, split
from digest.markdown import line_to_html, to_html
from digest.markup import inline, plain
from digest.model import RawItem, Reading, Source
from digest.webpage import read_page

LONGEST_BYLINE = 100  # characters

_BYLINES = frozenset({"by", "by:", "von", "par", "por", "door"})
_PARTICLES = frozenset(
    {"and", "und", "et", "de", "da", "di", "du", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "for"}
)
_UPDATED = re.compile(r"(?:last\s+)?(?:updated|modified|edited)", re.IGNORECASE)
_UNDERLINE = re.compile(r"[=\-*_~\s]+")
_HEADING = re.compile(r"# +(?P<title>[^\n]+)")
_FREE = re.compile(r"own|licen[sc]ed|cc[ 0-].*|public domain", re.IGNORECASE)  # rights that allow the full text


def read(data: bytes, source: Source, file: str) -> Reading:
    """The article in a file: its kind goes by the file's suffix, its fields by front matter, else by its own words."""
    text = decode(data)
    front, body = split(text)
    if file.lower().endswith((".html", ".htm")):
        return Reading(items=(_page(front or Front(), body, source, file),))
    if front is None:
        front, body = _head(text)
        return Reading(items=(_item(front, to_html(body, clipping=True), source, file, clipping=True),))
    heading = _HEADING.match(body)
    if heading and front.title in ("", title := heading["title"].rstrip(" #")):
        front, body = replace(front, title=title), body[heading.end() :]
    elif not front.title:  # a clipping that `digest add` has stamped
        head, body = _head(body)
        told = {key: getattr(front, key) or getattr(head, key) for key in ("title", "date", "updated", "author")}
        front = replace(front, **told)
    return Reading(items=(_item(front, to_html(body, clipping=file.lower().endswith(".txt")), source, file),))


def _page(front: Front, html: str, source: Source, file: str) -> RawItem:
    """An item of a web page; its front matter goes before what the page says."""
    page = read_page(html)
    if not (page.title or front.title) and not plain(page.html):
        raise InputError("a web page without any text")
    told = replace(
        front,
        title=front.title or page.title,
        date=front.date or page.published,
        updated=front.updated or page.updated,
        source=front.source or page.site,
        url=front.url or page.url,
        author=front.author or page.author,
        language=front.language or page.language,
    )
    return _item(told, page.html, source, file)


def _head(text: str) -> tuple[Front, str]:
    """What the first lines of a clipping say (title, date, byline), and the text under them."""
    lines = text.split("\n")
    front = Front()
    for at, line in enumerate(lines):
        words = inline(line_to_html(line))
        if not words or (front.title and _UNDERLINE.fullmatch(line)):
            continue
        if not front.title:
            front = replace(front, title=words)
        elif not front.date and is_date_line(words):
            front = replace(front, date=words)
        elif not front.updated and is_date_line(words) and _UPDATED.match(words):
            front = replace(front, updated=words)
        elif not front.author and _is_byline(words):
            front = replace(front, author=words)
        else:
            return front, "\n".join(lines[at:])
    return front, ""


def _is_byline(line: str) -> bool:
    """Whether a line is "By" and names, and no sentence."""
    first, *names = line.split()
    if first.lower() not in _BYLINES or not first[0].isupper() or not names or len(line) > LONGEST_BYLINE:
        return False
    return not line.endswith((".", ":")) and all(name[0].isupper() or name in _PARTICLES for name in names)


def _item(front: Front, html: str, source: Source, file: str, *, clipping: bool = False) -> RawItem:
    flaws = list(front.flaws)
    seen = read_moment(front.seen) if front.seen else None
    if front.seen and seen is None:
        flaws.append(f"front matter: 'seen' is no moment: {front.seen[:40]!r}")
    free = "full" if _FREE.fullmatch(front.rights) else ""
    return RawItem(
        source_id=source.id,
        source_name=front.source,
        uid=front.url or file.removeprefix(f"{source.path}/" if source.path else ""),
        url=front.url,
        title=front.title,
        html=html,
        author=front.author,
        published=front.date,
        updated=front.updated,
        language=front.language,
        seen_at=seen.at if seen else None,
        file=file,
        show=front.show or free,
        topics=front.topics,
        archive_url=front.archive_url,
        clipping=clipping,
        flaws=tuple(flaws),
    )
