"""A paragraph that is a post: a link to one, alone or with its words; "@handle …"; "… — Name (@handle) date"."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.dates import read_moment
from digest.markup import plain
from digest.networks import Address, read_address
from digest.stages.embeds.answer import from_answer
from digest.stages.embeds.find import LONGEST_POST, LONGEST_TEXT, Find, element_before, first_address, links, post_at
from digest.stages.embeds.quotation import link_below
from digest.stages.embeds.signature import INVISIBLE, SIGNATURE, signed
from digest.text import words

LEAST_WORDS = 2  # of a post known by its text alone: "@name" and "Follow @name" are none
LONGEST_LIST = 12  # paragraphs
LONGEST_HEAD = 60  # characters: of the line above a list
LONGEST_RUN = 340  # characters: of a post that other text follows on its line; one on X with its links

_NAME = r"[A-Za-z0-9_]{1,30}(?![A-Za-z0-9_]|['’]s\b)(?:@[\w-]+(?:\.[\w-]+)+|(?:\.[a-z0-9-]+){2,})?"
_OPENING = re.compile(rf"(?:RT\s+)?(?P<tags>(?:#\w+\s*)*)@(?P<handle>{_NAME})(?P<rest>.*)", re.DOTALL)
_MARKS = r"“”„«»\""
_MARK = re.compile(rf"[{_MARKS}]")
_QUOTED = re.compile(
    rf"[“„«\"](?P<text>[^{_MARKS}]+)[”“»\"][\s:—–-]*(?P<url>https?://\S+)"
    rf"|(?P<url_2>https?://\S+?)[\s:—–-]+[“„«\"](?P<text_2>[^{_MARKS}]+)[”“»\"]"
)
_ONLY_QUOTED = re.compile(rf"[“„«\"](?P<text>[^{_MARKS}]+)[”“»\"][.,]?")
_TITLED = re.compile(
    rf"(?P<author>[^\n@{_MARKS}]{{1,80}}?)\s*(?:\(@(?P<handle>\w{{1,30}})\)\s*)?"
    rf"(?:on (?:X|Twitter|Threads|Instagram|Mastodon|Bluesky)|(?:auf|sur|en|su|в) (?:X|Twitter)):\s*"
    rf"[“„«\"](?P<text>.+)[”“»\"](?:\s*/\s*(?:X|Twitter))?[\s:—–-]*(?P<url>https?://\S+)?",
    re.DOTALL,
)
_DEBRIS = re.compile(r"\*\*|__|</?u>")
_DOTS = frozenset("–—-•·*")
_LEADING = re.compile(r"^[\s:,;)\]|•·–—-]+")
_LINK = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/\S+")
_SHORTCODE = re.compile(
    r"\[(embed|tweet|youtube|instagram|tiktok|facebook|vimeo)\b[^\]\n]*?[\s=]?([^\s\]=]*)\](?:(.*?)\[/\1\])?"
)
_SKIP = re.compile(
    r"Skip (?:Twitter|X|Instagram|Facebook|YouTube|TikTok) post(?: \d+)? by @?\S+\s*"
)  # for screen readers
_INLINE = frozenset({"u", "strong", "b", "em", "i", "a", "span", "ins", "font", "code"})
_IN_RUN = re.compile(
    r"\s[—–―]\s?[^\n—–―<>()]{1,60}\(@\w{1,30}\)\s(?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})"
    r"(?=\s+[^\s<]|<br>)"
)
_ENDS = re.compile(r"<(/?)([a-z]+)")
_BREAK = re.compile(r"<br>\s*+|\n\s*+(?:<br>\s*+)?")


def from_paragraph(node: LexborNode) -> Find | None:
    """A post that a paragraph is, or that it and the one beside it are."""
    raw = node.text()
    if raw.lstrip().startswith("{"):
        return from_answer(node)
    if len(raw) > LONGEST_TEXT:
        return None
    is_prose = "@" not in raw and "/" not in raw and "[" not in raw
    if is_prose and not _MARK.search(raw):
        return None
    text = _DEBRIS.sub("", INVISIBLE.sub("", " ".join(plain(node.html or "").split())))
    if is_prose:
        return _from_pair(node, text)
    addresses = [address for url in links(node) if (address := read_address(url))]
    return (
        _from_link(node, text, addresses)
        or _from_pair(node, text)
        or _from_signed(node, text, addresses)
        or _from_opening(node, text, addresses)
    )


def _from_link(node: LexborNode, text: str, addresses: list[Address]) -> Find | None:
    """Nothing but a post's address, or its address and its words."""
    if code := _SHORTCODE.fullmatch(text):
        inner, given = code[3] or "", code[2]
        forms = {"tweet": f"https://x.com/i/status/{given}", "youtube": f"https://youtu.be/{given}"}
        address = first_address([inner, given, forms.get(code[1], "") if re.fullmatch(r"[\w-]+", given) else ""])
        return Find((node,), post_at(address)) if address else None
    if _LINK.fullmatch(text) and (address := _bare(text) or next(iter(addresses), None)):
        return Find((node,), post_at(address))
    if (quoted := _QUOTED.fullmatch(text)) and (address := read_address(quoted["url"] or quoted["url_2"])):
        return Find((node,), post_at(address, text=(quoted["text"] or quoted["text_2"]).strip()))
    titled = _TITLED.fullmatch(text)
    address = (read_address(titled["url"] or "") or next(iter(addresses), None)) if titled else None
    if titled is None or address is None:
        return None
    post = post_at(address, text=titled["text"].strip(), author=titled["author"].strip(), handle=titled["handle"] or "")
    return Find((node,), post)


def _bare(text: str) -> Address | None:
    """The post at an address that stands alone, also one without its scheme."""
    return read_address(text if "//" in text else f"//{text}")


def _from_pair(node: LexborNode, text: str) -> Find | None:
    """A paragraph that is one quotation, and right under it a link to the post that it quotes."""
    quoted = _ONLY_QUOTED.fullmatch(text)
    below = link_below(node) if quoted and len(text) <= LONGEST_POST else None
    return Find((node, below[0]), post_at(below[1], text=quoted["text"].strip())) if quoted and below else None


def _from_signed(node: LexborNode, text: str, addresses: list[Address]) -> Find | None:
    """A paragraph with an embed's last line, or that line alone under the paragraph that it signs."""
    signature = SIGNATURE.search(text)
    if signature is None or read_moment(signature["date"], order="MDY") is None:
        return None
    said = _SKIP.sub("", text[: signature.start()].strip())
    above = _above(node, said)
    said = "\n\n".join(filter(None, (*(plain(one.html or "") for one in above), said)))
    nodes = (*above, node)
    if not said or len(said) > LONGEST_POST:
        return None
    return Find(nodes, signed(post_at(addresses[-1] if addresses else Address("x"), text=said), node, signature))


def _above(node: LexborNode, said: str) -> list[LexborNode]:
    """The paragraphs above a signed one that belong to it: the one that it only signs, or the list that it ends."""
    before = element_before(node)
    if before is None or not said:
        return [before] if before is not None and before.tag in ("p", "blockquote") else []
    above: list[LexborNode] = []
    while before is not None and before.tag == "p" and said[0] in _DOTS and len(above) < LONGEST_LIST:
        text = plain(before.html or "")
        is_item = text.startswith(said[0])
        if is_item or (above and text.endswith(":") and len(text) <= LONGEST_HEAD):
            above.insert(0, before)
        before = element_before(before) if is_item else None
    return above


def _from_opening(node: LexborNode, text: str, addresses: list[Address]) -> Find | None:
    """A paragraph that begins with a handle, as clippings have it."""
    opening = None if SIGNATURE.search(text) else _OPENING.match(text)
    if opening is None or (opening["tags"] and opening["handle"] not in _leading_text(node)):
        return None
    said = f"{opening['tags'].strip()} {_LEADING.sub('', opening['rest'])}".strip()
    if len(words(said)) < LEAST_WORDS or len(said) > LONGEST_POST:
        return None
    handle = opening["handle"]
    network = "mastodon" if "@" in handle else "bluesky" if "." in handle else "x"
    own = next((address for address in addresses if address.handle.casefold() == handle.casefold()), None)
    return Find((node,), signed(post_at(own or Address(network), handle=handle, text=said), node, None))


def _leading_text(node: LexborNode) -> str:
    """The text of the element that a paragraph begins with."""
    first = node.first_child
    while first is not None and first.is_text_node and not first.text().strip():
        first = first.next
    return first.text() if first is not None and first.tag in _INLINE else ""


# -- several in one ------------------------------------------------------------------------------------------------


def part_runs(tree: LexborHTMLParser) -> None:
    """Gives posts that share a paragraph, with each other or with other text, paragraphs of their own."""
    for node in tree.css("p"):
        html = node.inner_html or ""
        pieces = _pieces(html) if "//" in html or "(@" in html else []
        if len(pieces) < 2 or not all(map(_is_whole, pieces)):
            continue
        parted = LexborHTMLParser("".join(f"<p>{piece}</p>" for piece in pieces), is_fragment=True)
        for paragraph in parted.css("p"):
            node.insert_before(paragraph)
        node.decompose()


def _pieces(html: str) -> list[str]:
    """The HTML of a paragraph cut behind every post that ends in it, and around lines that are links to posts."""
    pieces, start = [], 0
    for found in _IN_RUN.finditer(html):
        if len(plain(html[start : found.start()])) <= LONGEST_RUN:
            pieces.append(html[start : found.end()])
            start = found.end()
    lines = [line.strip() for line in _BREAK.split(html[start:])]
    linked = [read_address(plain(line)) is not None for line in lines]
    return [*pieces, *(_joined(lines, linked) if any(linked) else [html[start:]])]


def _joined(lines: list[str], linked: list[bool]) -> list[str]:
    """The lines, those between links to posts as one piece."""
    pieces: list[str] = []
    for at, line in enumerate(lines):
        if pieces and not linked[at] and not linked[at - 1]:
            pieces[-1] += f"<br>{line}"
        else:
            pieces.append(line)
    return [piece for piece in pieces if piece.strip()]


def _is_whole(piece: str) -> bool:
    """Whether every element in it is closed in it."""
    opened = [name for closing, name in _ENDS.findall(piece) if not closing and name not in ("br", "img", "wbr")]
    return sorted(opened) == sorted(name for closing, name in _ENDS.findall(piece) if closing)
