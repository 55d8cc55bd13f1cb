"""A saved web page: what it says of itself, and the part of it that is the article."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.codec import from_json
from digest.model import record

ENOUGH = 1 / 3  # of the page's text: an <article> with less is a teaser

_FRAME = "nav, header, footer, aside, form, script, style, noscript, template, button, dialog"
_OUTLET = re.compile(r"\s+[|–—·-]\s+")  # between a headline and the outlet's name
_TITLES = ("og:title", "twitter:title")
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dcterms.creator",
    "citation_author",
    "byline",
)
_DATES = (
    "article:published_time",
    "date",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "pubdate",
    "parsely-pub-date",
    "article:published",
    "publish-date",
    "publishdate",
    "publish_date",
    "og:pubdate",
    "sailthru.date",
    "dcterms.created",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "citation_date",
    "citation_publication_date",
)
_UPDATES = ("article:modified_time", "datemodified", "og:updated_time", "last-modified")
_LANGUAGES = ("content-language", "og:locale", "language")
_WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$|;\s*$")
_BREAKS = re.compile(r"[\x00-\x1f]")  # within texts JSON forbids them, and pages have them
_ARTICLE_KIND = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|Report|BlogPosting|LiveBlogPosting)")


@record
class Webpage:
    """A page in the words of its own markup; what it does not say is empty."""

    title: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    url: str = ""
    language: str = ""
    site: str = ""
    html: str = ""  # of the article, not safe


def read_page(html: str) -> Webpage:
    """What a page says, by its own <title>, meta elements, JSON-LD and microdata."""
    tree = LexborHTMLParser(html, scripting=True)
    meta, linked = _meta(tree), _linked_data(tree)
    title = _title(tree, [linked.get("headline", ""), *(meta.get(name, "") for name in _TITLES)])
    names = [linked.get("author", ""), *(meta.get(name, "") for name in _AUTHORS)]
    language, canonical = _stated(tree, "html", "lang"), _stated(tree, "link[rel=canonical]", "href")
    return Webpage(
        title=title,
        author=next((name for name in names if name and "://" not in name), "") or _labelled(tree, "author"),
        published=_first(linked.get("datePublished"), *map(meta.get, _DATES)) or _labelled(tree, "datePublished"),
        updated=_first(linked.get("dateModified"), *map(meta.get, _UPDATES)) or _labelled(tree, "dateModified"),
        url=_first(canonical, meta.get("og:url"), linked.get("url")),
        language=_first(language, linked.get("inLanguage"), *map(meta.get, _LANGUAGES)),
        site=_first(meta.get("og:site_name"), linked.get("publisher")),
        html=_article(tree, title),
    )


def _first(*texts: str | None) -> str:
    return next((text.strip() for text in texts if text and text.strip()), "")


def _stated(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(f"{selector}[{name}]")
    return (node.attributes.get(name) or "") if node else ""


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Content by name, the first of each name."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        for kind in ("property", "name", "itemprop", "http-equiv"):
            if name := (node.attributes.get(kind) or "").strip().lower():
                found.setdefault(name, node.attributes.get("content") or "")
    return found


def _linked_data(tree: LexborHTMLParser) -> dict[str, str]:
    """The texts of the first article in the page's JSON-LD."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            stated = from_json(_WRAPPED.sub("", _BREAKS.sub(" ", script.text())).encode(), object)
        except ValueError:
            continue
        for one in _objects(stated):
            kinds = one.get("@type")
            if any(_ARTICLE_KIND.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return {str(name): text for name, value in one.items() if (text := _named(value))}
    return {}


def _objects(stated: object) -> Iterator[dict[str, object]]:
    if isinstance(stated, list):
        for one in stated:
            yield from _objects(one)
    elif isinstance(stated, dict):
        yield stated
        yield from _objects(stated.get("@graph"))


def _named(value: object) -> str:
    """A value of JSON-LD as text: itself, its name, or the names in it."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_named, value)))
    if isinstance(value, dict):
        return _named(value.get("name") or value.get("@id"))
    return value if isinstance(value, str) else ""


def _labelled(tree: LexborHTMLParser, name: str) -> str:
    """A microdata value: of its element's content or datetime, else its text; a date also of the first <time>."""
    node = tree.css_first(f"[itemprop={name}]")
    if node is None and name == "datePublished":
        node = tree.css_first("article time[datetime], main time[datetime], body time[datetime]")
    if node is None:
        return ""
    return _first(node.attributes.get("content"), node.attributes.get("datetime"), " ".join(node.text().split()))


def _title(tree: LexborHTMLParser, stated: list[str]) -> str:
    """The headline: <title> often adds the outlet's name to what is stated elsewhere, or cuts it short."""
    node = tree.css_first("title")
    whole = " ".join(node.text().split()) if node else ""
    headings = [" ".join(heading.text().split()) for heading in tree.css("h1")]
    candidates = [text for text in (*stated, *headings) if text.strip()]
    own = _OUTLET.split(whole)[0]
    longer = next((text for text in candidates if own and text.startswith(own)), "")
    return next((text for text in candidates if text in whole), longer or whole) or _first(*candidates)


def _article(tree: LexborHTMLParser, title: str) -> str:
    """The HTML of the article, without what frames it and without its own headline."""
    body = tree.body
    if body is None:
        return ""
    for node in [*body.css(_FRAME), *(one for one in body.css("h1") if " ".join(one.text().split()) == title)]:
        node.decompose()
    length = len(body.text())
    longest = max(body.css("article"), key=_length, default=None)
    for part in (longest, body.css_first("main")):
        if part is not None and _length(part) >= length * ENOUGH:
            return part.inner_html or ""
    return body.inner_html or ""


def _length(node: LexborNode) -> int:
    return len(node.text())
