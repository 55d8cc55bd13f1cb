"""A saved web page: what it says of itself, and the part of it that is the article."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.model import record
from digest.webpage.linked import read_linked

ENOUGH = 1 / 3  # of the page's text: an <article> with less is a teaser

HEAD = 5_000  # characters: where programs that save pages note the address
SHORT = 120  # characters: a longer element is more than a byline or a date

_FRAME = "nav, header, footer, aside, form, script, style, noscript, template, button, dialog"
_EMBEDS = "blockquote[class], iframe, [data-telegram-post]"  # an aside in an article may hold a post
_BODIES = "[itemprop=articleBody], .moz-reader-content"
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)")
_ORIGINAL = "a.reader-domain, a.original"  # of programs that show pages without their frame
_BY = r"(?:by|von|par|por|di|door|text by|автор:?|от|بقلم:?)"
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
TIMES = 20  # elements of a page that may be the time of its text
_UPDATES = ("article:modified_time", "datemodified", "og:updated_time", "last-modified")
_LANGUAGES = ("content-language", "og:locale", "language", "inlanguage", "dc.language")


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
    meta = _meta(tree)
    linked = read_linked((one.text() for one in tree.css('script[type="application/ld+json"]')), _whole_title(tree))
    title = _title(tree, [linked.get("headline", ""), *(meta.get(name, "") for name in _TITLES)])
    names = [linked.get("author", ""), *(meta.get(name, "") for name in _AUTHORS)]
    language, canonical = _stated(tree, "html", "lang"), _stated(tree, "link[rel=canonical]", "href")
    author = next((name for name in names if name and "://" not in name), "") or _author(tree)
    published = _first(linked.get("datePublished"), *map(meta.get, _DATES)) or _labelled(tree, "datePublished")
    return Webpage(
        title=title,
        author=author,
        published=published or _time(tree),
        updated=_first(linked.get("dateModified"), *map(meta.get, _UPDATES)) or _labelled(tree, "dateModified"),
        url=_first(canonical, meta.get("og:url"), linked.get("url"), _saved_from(tree, html)),
        language=_first(language, linked.get("inLanguage"), *map(meta.get, _LANGUAGES)),
        site=_first(meta.get("og:site_name"), linked.get("publisher"), _labelled(tree, "publisher")),
        html=_article(tree, title, author, _time(tree)),
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


def _labelled(tree: LexborHTMLParser, name: str) -> str:
    """A microdata value: of its element's name, content or datetime, else its text."""
    node = tree.css_first(f"[itemprop={name}] [itemprop=name]") or tree.css_first(f"[itemprop={name}]")
    return _value(node) if node else ""


def _value(node: LexborNode) -> str:
    return _first(node.attributes.get("content"), node.attributes.get("datetime"), _words(node))


def _author(tree: LexborHTMLParser) -> str:
    """Who wrote it, where only the text's own markup says so."""
    node = tree.css_first("[rel=author], .reader-credits, .p-author")
    return _labelled(tree, "author") or (_words(node) if node else "")


def _time(tree: LexborHTMLParser) -> str:
    """The first time that the text marks as one; without a machine's form only where its words name a year."""
    for where in ("article", "main", "body"):
        for node in tree.css(f"{where} time")[:TIMES]:
            if node.attributes.get("datetime") or re.search(r"\d{4}", _words(node)):
                return _value(node)
    return ""


def _saved_from(tree: LexborHTMLParser, html: str) -> str:
    """The address that was noted by the program that saved the page."""
    saved, original = _SAVED.search(html[:HEAD]), tree.css_first(_ORIGINAL)
    noted = _first(_stated(tree, "html", "data-scrapbook-source"), original.attributes.get("href") if original else "")
    return saved[1] if saved else noted


def _words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _whole_title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return _words(node) if node else ""


def _title(tree: LexborHTMLParser, stated: list[str]) -> str:
    """The headline: <title> often adds the outlet's name to what is stated elsewhere, or cuts it short."""
    whole = _whole_title(tree)
    headings = [_words(heading) for heading in tree.css("h1")]
    candidates = [text for text in (*stated, *headings) if text.strip()]
    own = _OUTLET.split(whole)[0]
    longer = next((text for text in candidates if own and text.startswith(own)), "")
    return next((text for text in candidates if text in whole), longer or whole) or _first(*candidates)


def _article(tree: LexborHTMLParser, title: str, author: str, time: str) -> str:
    """The HTML of the article, without what frames it and without its own headline, byline and date."""
    body = tree.body
    if body is None:
        return ""
    framing = [*body.css(_FRAME), *(one for one in body.css("h1") if _words(one) == title)]
    for node in reversed(framing):  # the inner ones first: what stands in a node goes with it
        if not _is_embed(node):
            node.decompose()
    length = len(body.text())
    longest = [max(body.css(names), key=_length, default=None) for names in (_BODIES, "article", "main")]
    part = next((one for one in longest if one is not None and _length(one) >= length * ENOUGH), body)
    head = re.compile(rf"(?:{_BY}\s+)?{re.escape(author)}|{re.escape(time)}", re.IGNORECASE)
    for node in reversed(part.css("p, time, address") if author or time else []):
        if _length(node) <= SHORT and (words := _words(node)) and head.fullmatch(words):
            node.decompose()
    return part.inner_html or ""


def _is_embed(node: LexborNode) -> bool:
    """Whether something that usually frames an article holds a post in it."""
    if node.tag == "script":
        return "data-telegram-post" in node.attributes
    if node.tag != "aside" or node.css_first(_EMBEDS) is None:
        return False
    above = node.parent
    while above is not None and above.tag not in ("article", "main"):
        above = above.parent
    return above is not None


def _length(node: LexborNode) -> int:
    return len(node.text())
