"""What is found: a post and the nodes that it stands in."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from digest.dates import read_moment
from digest.model import Post
from digest.networks import Address, read_address

LONGEST_POST = 4_000  # characters: a longer one is a quotation that was never closed
LONGEST_TEXT = 4 * LONGEST_POST  # characters of an element that is read at all: with blanks, and all that frames a post


class Find(NamedTuple):
    """A post, and the nodes that it stands in: the first gives way to the mark, the others go."""

    nodes: tuple[LexborNode, ...]
    post: Post


def post_at(address: Address, *, text: str = "", author: str = "", language: str = "", handle: str = "") -> Post:
    """The post with such an address, and what is known beside it."""
    return Post(
        id="",
        network=address.network,
        key=address.key,
        url=address.url,
        author=author,
        handle=handle or address.handle,
        text=text,
        language=language,
    )


def dated(post: Post, date: str) -> Post:
    """The post with a date as networks and people write it; without one where it is none."""
    moment = read_moment(date, order="MDY")
    return replace(post, posted_at=moment.at, posted_precision=moment.precision) if moment else post


def first_address(urls: Iterable[str], network: str = "") -> Address | None:
    """The first post's address; where another one of the same post names its writer, that."""
    found = [address for url in urls if (address := read_address(url)) and network in ("", address.network)]
    named = (other for other in found if other.key == found[0].key and other.handle)
    return next(named, found[0]) if found else None


def links(node: LexborNode, within: str = "") -> list[str]:
    """The addresses that a node links to, in order."""
    return [link.attributes.get("href") or "" for link in node.css(f"{within} a[href]".strip())]


def element_before(node: LexborNode) -> LexborNode | None:
    """The element right before a node; None where text stands between them."""
    before = node.prev
    while before is not None and not before.is_element_node:
        if before.is_text_node and before.text().strip():
            return None
        before = before.prev
    return before
