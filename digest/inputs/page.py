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


def unwrapped(html: str, mark: str) -> str:
    """The page with each paragraph of `mark` in the place of the widget around it, which would be taken for a frame."""
    tree = LexborHTMLParser(html)
    for paragraph in [node for node in tree.css("p") if node.text(strip=True) == mark]:
        widget = paragraph
        while (around := widget.parent) is not None and around.tag != "body" and around.text(strip=True) == mark:
            widget = around
        if widget is not paragraph:
            own = tree.create_node("p")
            own.insert_child(mark)
            widget.replace_with(own)
    return tree.html or ""


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
