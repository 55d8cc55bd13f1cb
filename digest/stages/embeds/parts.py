"""An article's HTML cut at the places of its posts, and put together again."""

import re
from collections.abc import Iterable
from itertools import chain, repeat

from digest.markup import clean

_TAG = re.compile(r"<(/?)([a-z0-9]+)(?: [^<>]*)?>")


def split_at(html: str, mark: str) -> tuple[str, ...]:
    """Clean HTML in parts, without the marks between them; each part is whole by itself."""
    if mark not in html:
        return (html,)
    parts: list[str] = []
    opened: list[tuple[str, str]] = []  # tag and name
    for piece in html.split(mark):
        part = "".join(tag for tag, _ in opened) + piece
        for tag in _TAG.finditer(piece):
            if tag.group(1):
                del opened[-1:]
            elif tag.group(2) not in ("br", "hr"):
                opened.append((tag.group(), tag.group(2)))
        parts.append(clean(part + "".join(f"</{name}>" for _, name in reversed(opened))))
    return tuple(parts)


def put_back(marked: str, mark: str, parts: Iterable[str]) -> str:
    """The HTML with these parts in the places of its marks, in order."""
    pieces = marked.split(f"<p>{mark}</p>")
    return "".join(chain.from_iterable(zip(pieces, chain(parts, repeat("")), strict=False)))
