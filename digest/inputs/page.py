"""The web page of an item → its article, for sources with `full_text`; trafilatura finds it, an extra."""

import logging
from importlib import import_module
from importlib.util import find_spec

from selectolax.lexbor import LexborHTMLParser

from digest.errors import InputError
from digest.robots import AGENT

LIBRARY = "trafilatura"
EXTRA = "digest-briefing[fulltext]"

logging.getLogger(LIBRARY).addHandler(logging.NullHandler())  # what it has to say, we say


def is_installed() -> bool:
    """Is the library there that pages are read with."""
    return find_spec(LIBRARY) is not None


def stated(html: str) -> list[str]:
    """What the page's own markup says to programs: its meta elements for all, and those for us."""
    found = LexborHTMLParser(html).css("meta[name][content]")
    said = [((node.attributes.get("name") or "").strip().casefold(), node.attributes.get("content")) for node in found]
    return [content or "" for name, content in said if name in ("robots", AGENT)]


def article_of(html: str, url: str) -> str:
    """The HTML of the article on a page, with links and what is emphasised, without what frames it."""
    library = import_module(LIBRARY)  # by the worker that needs it: it takes a third of a second
    found = library.extract(
        html,
        url=url,
        output_format="html",
        include_comments=False,
        include_links=True,
        include_formatting=True,
        favor_precision=True,
    )
    if not found:
        raise InputError("it holds no article that can be told from the rest")
    body = LexborHTMLParser(found).body
    if body and (headline := body.css_first("h1:first-child")):  # the item has it as its title
        headline.decompose()
    return (body.inner_html or "").strip() if body else ""
