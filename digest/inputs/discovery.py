"""The feeds that a web page names in its head."""

from selectolax.lexbor import LexborHTMLParser

from digest.encodings import decode
from digest.model import record
from digest.urls import absolute

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
        if url and kind in FEED_TYPES and "alternate" in said["rel"].casefold().split():
            found.setdefault(url, Named(url=url, title=said.get("title", "")))
    return sorted(found.values(), key=lambda one: "comment" in f"{one.title} {one.url}".casefold())
