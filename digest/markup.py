"""HTML: safe as we show it, plain as we compare it.

It is made safe once, last of all, for the sanitiser also mends nesting.
"""

import re
from html import escape, unescape
from typing import Literal
from urllib.parse import urljoin

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST_LINE = 2_000  # characters: what is longer is no title and no name
DEEPEST = 500  # elements within one another: about what browsers show; every parser takes the square of it in time
MANY_TAGS = 2_000  # with fewer of them depth costs little
MOST_TAGS = 25_000  # no article has as many
MOST_ATTRIBUTES = 5_000  # of a tag, or some of many whose squares come to as much: parsers compare each with each
MANY_ATTRIBUTES = 100  # with fewer of them a tag costs little

_BLOCKS = "p div h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd figure figcaption table caption thead tbody tfoot tr"
_CELLS = "td th hr"
_INLINE = "a em strong i b sup sub q cite abbr code time"
TAGS = frozenset(f"{_BLOCKS} {_CELLS} {_INLINE} br".split())
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto"}
_SILENT = "script style noscript template title head svg math textarea select"  # their content goes too
_SECTIONS = "section article main header footer nav aside address center details summary form fieldset"  # become div
_MEDIA = {"img": "alt", "iframe": "title", "video": "title", "audio": "title", "embed": "title"}  # never loaded
_OTHERS = (
    "html body span font u s small big strike del ins mark tt kbd samp var bdi bdo ruby rp rt wbr nobr input blink"
)
_OTHERS += " object"  # what stands in it is for those that cannot show it, as we

_UNSEEN = r"[\s\u00a0\u200b-\u200f\u2060\ufeff]"

# -- safe ----------------------------------------------------------------------------------------------------------


def _any(names: str) -> str:
    return "|".join(sorted(names.split(), key=len, reverse=True))


_VOID = frozenset("area base br col embed hr img input link meta param source track wbr path use".split())
_CLOSED_BY_NEXT = frozenset("p li dt dd tr td th thead tbody tfoot option optgroup rp rt".split())  # often not closed
_TAG = re.compile(r"<[^<>]*>")
_TAG_NAMES = re.compile(r"<(/?)([a-z][^\s/<>]*)")
_ATTRIBUTE = re.compile(
    r"""(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]++)?)?"""  # a > in quotes ends no tag
)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+((?:[\s/]++|{_ATTRIBUTE.pattern})*+)")
_NO_MARKUP = re.compile(r"<!(?!--|doctype|\[CDATA\[)", re.IGNORECASE)
_BREAK_TWICE = re.compile(r"(<br\b[^<>]*>)\s*</br\s*>", re.IGNORECASE)
_TAG_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)(?=\s|$)")
_SECTION = re.compile(rf"<(/?)(?:{_any(_SECTIONS)})(?=[\s/>])", re.IGNORECASE)
_FIRST_HEADING = re.compile(r"<(/?)h1(?=[\s/>])", re.IGNORECASE)
_HAS_MEDIA = re.compile(rf"<(?:{_any(' '.join(_MEDIA))})[\s/>]", re.IGNORECASE)
_DEAD_LINK = re.compile(r"<a(?![^>]*\shref=)[^>]*>")
_BLOCK_TAG = rf"</?(?:{_any(_BLOCKS)}|hr)(?: [^<>]*)?>"
_LINE_BREAKS = re.compile(r"<br>\s*+(?:<br>\s*+)*+")
_HAS_BLOCK = re.compile(_BLOCK_TAG)
_TAGS = rf"(?:{_any(_BLOCKS + ' ' + _INLINE)})(?: [^<>]*)?>"
_PIECE = rf"</?{_TAGS}|<br>|&nbsp;|{_UNSEEN}++"
_PIECES, _NOTHING = re.compile(_PIECE), re.compile(rf"(?:{_PIECE})*+")
_HOLLOW = re.compile(rf"<{_TAGS}(?:{_PIECE})++")


def shallow(html: str) -> str:
    """The HTML, or nothing but its words where its elements stand too deep in one another. Goes before any parser.

    So with a tag of attributes without end: of these, too, every parser takes the square in time.
    """
    count = html.count("<")
    too_much = count > MANY_TAGS and (count > MOST_TAGS or _is_deep(html))
    return quoted(unescape(_TAG.sub(" ", html))) if too_much or _is_crowded(html) else html


def _is_crowded(html: str) -> bool:
    """Do its tags hold attributes without end? An attribute takes two characters: what is short needs no look."""
    if len(html) <= 2 * MOST_ATTRIBUTES:
        return False
    tags = (tag for tag in _LONG_TAG.findall(html) if len(tag) > 2 * MANY_ATTRIBUTES)
    return sum(len(_ATTRIBUTE.findall(tag)) ** 2 for tag in tags) > MOST_ATTRIBUTES**2


def _is_deep(html: str) -> bool:
    """By its tags alone: how many of each name are open at once."""
    opened: dict[str, int] = {}
    depth = 0
    for closing, name in _TAG_NAMES.findall(html.lower()):
        if name in _CLOSED_BY_NEXT or name in _VOID:
            continue
        step = 1 if not closing else -1 if opened.get(name) else 0
        opened[name] = opened.get(name, 0) + step
        depth += step
        if depth > DEEPEST:
            return True
    return False


def clean(html: str, base: str = "") -> str:
    """Safe HTML of allowed tags only: images as links, addresses absolute by `base`, no empty paragraphs."""
    html = _FIRST_HEADING.sub(r"<\1h2", _SECTION.sub(r"<\1div", html))
    if _HAS_MEDIA.search(html):
        html = _media_as_links(html)
    safe = _settled(_SIGNALS.sub("", _sanitise(html, base).replace(_SOFT, "")))
    if _DEAD_LINK.search(safe):
        safe = _unlinked(safe)
    safe = _without_hollows(safe)
    if "<br>" in safe:
        safe = _LINE_BREAKS.sub(_inner_breaks, safe)
    if _NOTHING.fullmatch(safe):
        return ""
    safe = safe.strip()
    return safe if _HAS_BLOCK.search(safe) else f"<p>{safe}</p>"


def is_deeper(tree: LexborHTMLParser, levels: int) -> bool:
    """Do more than so many elements stand in one another?"""
    depths: dict[int, int] = {}
    for node in tree.root.traverse() if tree.root else ():
        depth = depths[node.mem_id] = depths.get(node.parent.mem_id, 0) + 1 if node.parent else 1
        if depth > levels:
            return True
    return False


def _inner_breaks(breaks: re.Match[str]) -> str:
    """Line breaks as they stand; none beside a block, which ends the line anyway."""
    html, start, end = breaks.string, breaks.start(), breaks.end()
    while start and html[start - 1].isspace():
        start -= 1
    tag = html.rfind("<", 0, start) if html.endswith(">", 0, start) else -1
    is_beside = not start or end == len(html) or _HAS_BLOCK.match(html, end)
    return "" if is_beside or (tag >= 0 and _HAS_BLOCK.fullmatch(html, tag, start)) else breaks.group()


def _sanitise(html: str, base: str) -> str:
    if not base.startswith(("http://", "https://")) or not _has_relative_links(html):
        return _WITHOUT_BASE.clean(html)
    try:
        return _cleaner(("rewrite_with_base", base)).clean(html)
    except ValueError:  # a base that is no address
        return _WITHOUT_BASE.clean(html)


def _has_relative_links(html: str) -> bool:
    """May an address in it need a base? Where none does, one cleaner serves for all."""
    small = html.lower()
    return small.count("href") > small.count('href="https://') + small.count('href="http://')


def _cleaner(relative: Literal["deny"] | tuple[Literal["rewrite_with_base"], str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        clean_content_tags=frozenset(_SILENT.split()),
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative=relative,
        link_rel="noopener noreferrer",
    )


_WITHOUT_BASE = _cleaner("deny")


def _media_as_links(html: str) -> str:
    """The HTML with a link, or the alternative text, where something would be loaded."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for node in tree.css(",".join(_MEDIA)):
        text = (node.attributes.get(_MEDIA[node.tag or ""]) or "").strip()
        source = (node.attributes.get("src") or "").strip()
        if not text or not source or source.startswith("data:") or _is_linked(node):
            node.replace_with(text)
            continue
        link = tree.create_node("a")
        link.attrs["href"] = source
        link.insert_child(text)
        node.replace_with(link)
    return tree.html or ""


def _unlinked(html: str) -> str:
    """The HTML without links that lead nowhere."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for link in tree.css("a:not([href])"):
        link.unwrap()
    return tree.html or ""


def _without_hollows(html: str) -> str:
    """The HTML without elements that hold nothing that can be seen."""
    return _HOLLOW.sub(_cancel, html)


def _cancel(chunk: re.Match[str]) -> str:
    """Tags and blanks, without the tags that hold only blanks and one another."""
    kept: list[str] = []
    tags: list[tuple[int, str]] = []  # places in it, and "name" of an opening tag, "/name" of a closing one
    for piece in _PIECES.findall(chunk.group()):
        name = re.split(r"[ >]", piece.strip("</"))[0] if piece[0] == "<" and piece != "<br>" else ""
        if piece.startswith("</") and tags and tags[-1][1] == name:
            opening, _ = tags.pop()
            is_silent = name in _INLINE.split() and len(kept) - opening == 1
            kept[opening:] = [] if is_silent else [" "]  # words beside it stay apart
        else:
            if name:
                tags.append((len(kept), f"/{name}" if piece.startswith("</") else name))
            kept.append(piece)
    return "".join(kept)


def _is_linked(node: LexborNode) -> bool:
    while (parent := node.parent) is not None:
        if parent.tag == "a":
            return True
        node = parent
    return False


def closed(html: str) -> str:
    """The HTML with elements that XML closes in their opening tag closed as HTML does it, or they swallow the rest."""
    if "<!" in html:
        html = _NO_MARKUP.sub("&lt;!", html)
    if "</br" in html.lower():
        html = _BREAK_TWICE.sub(r"\1", html)  # its end would be shown as one more
    *heads, tail = html.split("/>")  # many times faster than a pattern: nearly all are <br/> and <img/>
    return "".join(map(_closed, heads)) + tail


def _closed(head: str) -> str:
    tag = head.rfind("<")
    name = _TAG_NAME.match(head, tag) if tag >= 0 and ">" not in head[tag:] else None
    return f"{head}/>" if name is None or name[1].lower() in _VOID else f"{head.rstrip()}></{name[1]}>"


def absolute_links(html: str, base: str) -> str:
    """The HTML with every relative address resolved by a base of its own (xml:base)."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for name in ("href", "src"):
        for node in tree.css(f"[{name}]"):
            try:
                node.attrs[name] = urljoin(base, node.attributes.get(name) or "")
            except ValueError:  # no address at all: the sanitiser drops it
                continue
    return tree.html or ""


# -- text ----------------------------------------------------------------------------------------------------------

_REST = r'[^>"]*+(?:"[^"]*"[^>"]*+)*+>'
_BLOCK_NAMES = _any(f"{_BLOCKS} {_CELLS} {_SECTIONS} h1")
_BREAKS = re.compile(  # begins with its sign: so it is found fast
    rf"<(?:br{_REST}\s*(?:<br{_REST}\s*)+|/?(?:{_BLOCK_NAMES})(?=[\s/>]){_REST})", re.IGNORECASE
)
_BREAK = re.compile(rf"<br\b{_REST}", re.IGNORECASE)
_ANY_TAG = re.compile(rf"<!--.*?-->|</?[a-zA-Z]{_REST}", re.DOTALL)
_SILENT_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_KNOWN = f"{_BLOCKS} {_CELLS} {_INLINE} {_SECTIONS} {_SILENT} {_OTHERS} {' '.join(_MEDIA)} br h1"
_KNOWN_TAG = re.compile(rf"</?(?:{_any(_KNOWN)})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_PAGE_TAG = re.compile(  # with attributes, for people write of <frame> and <link>
    r"</?(?:applet|base|embed|frame|frameset|link|marquee|meta|param|track)\s[^<>]*>|</(?:applet|frameset)>"
    r"|<!--(?:[^>]|->)*?-->|<!(?:--|DOCTYPE)[^<>]*>|<!--[^<>]*$",
    re.IGNORECASE,
)
_EMPTY = re.compile(rf"{_UNSEEN}*")
_SOFT = "\u00ad"  # a hyphen that shows only where a line breaks: it hides words from every search
_TURNS = (
    "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069"  # make the text after them run another way, and end that
)
_TURNED = dict.fromkeys("\u202a\u202b", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_OVERRIDES = re.compile("[\u202d\u202e]")  # would have a name read from its end
_TURN = re.compile(f"[{_TURNS}]")
_SIGNALS = re.compile(  # what a terminal obeys and no page can hold: controls but the blanks among them, noncharacters
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)
_CONTROL = re.compile(rf"[\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff{_TURNS}]")
_NOTHING_SEEN = re.compile(rf"(?:{_UNSEEN}|[\u034f\u115f\u1160\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e01ef])*")


def plain(html: str) -> str:
    """The text that a reader sees, one line a block."""
    if "<" not in html:
        return _fold_lines(unescape(html).replace("\n", " "))
    tree = LexborHTMLParser(html, is_fragment=True)
    tree.strip_tags(_SILENT.split())
    return plain_of_clean(tree.html or "")


def plain_of_clean(html: str) -> str:
    """The same of HTML that `clean` has made, or a parser: it need not be parsed again."""
    text = _BREAK.sub(" ", _BREAKS.sub("\n", html.replace("\n", " ")))
    return _fold_lines(unescape(_ANY_TAG.sub("", text)))


def _fold_lines(text: str) -> str:
    text = _TURN.sub("", text) if _turns(text) else text  # it is cut, and stands beside others: nothing would end them
    text = _SIGNALS.sub("", text.replace(_SOFT, ""))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line and (line[0].isalnum() or not _EMPTY.fullmatch(line)))


def _turns(text: str) -> bool:
    """Does it say somewhere that it runs another way."""
    return not text.isascii() and any(mark in text for mark in _TURNS)


def _settled(html: str) -> str:
    """The HTML without marks that reverse letters; without any that turn the text where they do not end each other."""
    if not _turns(html):
        return html
    html = _OVERRIDES.sub("", html)
    open_marks: list[str] = []
    for mark in _TURN.findall(html):
        if mark in _TURNED:
            open_marks.append(_TURNED[mark])
        elif not open_marks or open_marks.pop() != mark:
            return _TURN.sub("", html)
    return _TURN.sub("", html) if open_marks else html


def inline(text: str) -> str:
    """A title or a name as one line of plain text, whatever markup and entities it came in."""
    text = text[:LONGEST_LINE]
    for _ in range(2):  # feeds escape twice, never thrice
        text = unescape(text)
    if "<!" in text or "</" in text or "=" in text:
        text = _PAGE_TAG.sub("", text)
    text = _KNOWN_TAG.sub("", _BREAK.sub(" ", _BREAKS.sub(" ", _SILENT_TEXT.sub("", text))))
    line = " ".join(_CONTROL.sub("", text).split())
    return line if line.isascii() or not _NOTHING_SEEN.fullmatch(line) else ""


def unwrapped(text: str) -> str:
    """The text without the marks of CDATA about it, which some feeds escape, or set twice."""
    bare = text.strip()
    if not bare.startswith("<![CDATA["):
        return text
    return bare.removeprefix("<![CDATA[").removesuffix("]]>").removesuffix("]]&gt;")


def quoted(text: str) -> str:
    """Plain text as HTML: a paragraph for each run of lines."""
    paragraphs = (escape(" ".join(part.split())) for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)
