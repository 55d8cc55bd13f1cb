"""The feeds that a web page names in its head."""

from selectolax.lexbor import LexborHTMLParser

from digest.encodings import decode
from digest.markup import inline
from digest.model import record
from digest.text import shorten
from digest.urls import absolute

LONGEST_ADDRESS = 2_000  # characters: what is longer is no feed's
LONGEST_TITLE = 100  # characters
FEED_TYPES = frozenset(["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"])


@record
class Named:
    """A feed as a page names it."""

    url: str
    title: str = ""


def feeds_of(data: bytes, address: str) -> list[Named]:
    """The feeds of a page, in its order, those of comments last; `address` is the page's own."""
    tree = LexborHTMLParser(decode(data))
    stated = tree.css_first("base[href]")
    base = absolute((stated.attributes.get("href") or "") if stated else "", address) or address
    found: dict[str, Named] = {}
    for link in tree.css("link[rel][href]"):
        said = {name: (value or "").strip() for name, value in link.attributes.items()}
        kind = said.get("type", "").partition(";")[0].strip().casefold()
        url = absolute(said["href"], base)
        if 0 < len(url) <= LONGEST_ADDRESS and kind in FEED_TYPES and "alternate" in said["rel"].casefold().split():
            found.setdefault(url, Named(url=url, title=shorten(inline(said.get("title", "")), LONGEST_TITLE)))
    return sorted(found.values(), key=lambda one: "comment" in f"{one.title} {one.url}".casefold())
