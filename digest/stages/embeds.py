"""Posts that stand in an article, whatever they were saved as, become records; marks stand in their place.

This runs before any sanitising, for the markup that tells a post from a quotation does not survive it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, repeat
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.codec import fingerprint, from_json
from digest.dates import read_moment
from digest.markup import clean, plain
from digest.model import Post
from digest.networks import Address, read_address
from digest.text import words

LONGEST_POST = 4_000  # characters: a longer one is a quotation that was never closed
LONGEST_ANSWER = 50_000  # characters
LEAST_WORDS = 2  # of a post known by its text alone: "@name" and "Follow @name" are none

_CLASSES = {
    "twitter-tweet": "x",
    "twitter-video": "x",
    "mastodon-embed": "mastodon",
    "bluesky-embed": "bluesky",
    "telegram-post": "telegram",
    "instagram-media": "instagram",
    "tiktok-embed": "tiktok",
    "reddit-embed": "reddit",
    "reddit-card": "reddit",
    "text-post-media": "threads",
    "fb-post": "facebook",
    "fb-video": "facebook",
}
_STATED = (
    "data-embed-url",
    "data-instgrm-permalink",
    "data-text-post-permalink",
    "data-bluesky-uri",
    "data-href",
    "cite",
)

_WIDGETS = {  # attributes of what scripts turn into a post; where its address follows from them
    "data-tweet-id": "https://x.com/i/status/{}",
    "data-tweetid": "https://x.com/i/status/{}",
    "data-shortcode": "https://www.instagram.com/p/{}/",
    "data-videoid": "https://youtu.be/{}",
    "videoid": "https://youtu.be/{}",
}
_VK_WIDGET = re.compile(r"vk_post_(-?\d+_\d+)")

_HINTS = (
    "@",
    "<iframe",
    "<blockquote",
    "data-t",
    "fb-",
    "<amp-",
    "<lite-",
    "vk_post_",
    "author_name",
    "/status/",
    "t.me/",
)
_BARE_ADDRESS = re.compile(r">\s*(?:https?:)?//")
_NAME = r"[A-Za-z0-9_]{1,30}(?![A-Za-z0-9_]|['’]s\b)(?:@[\w-]+(?:\.[\w-]+)+|(?:\.[a-z0-9-]+){2,})?"
_OPENING = re.compile(rf"(?P<tags>(?:#\w+\s*)*)@(?P<handle>{_NAME})(?P<rest>.*)", re.DOTALL)
_SIGNATURE = re.compile(
    r"(?:^|\s)(?:[—–―-]|A post shared by)\s*(?P<author>[^\n()]{0,80}?)\s*"
    r"\(@(?P<handle>[\w.@-]{1,80})\)[ ,]*(?P<date>[^\n]*)$"
)
_BARE_SIGNATURE = re.compile(
    r"(?:^|\n)(?P<author>[^\n()]{2,60}?)\s*\(@(?P<handle>[\w.@-]{1,80})\)[ ,·]*(?P<date>[^\n]*)$"
)
_COPIED = re.compile(
    r"(?P<author>[^\n]{1,60})\n@(?P<handle>[\w.@-]{1,80})\n(?P<text>.+)\n(?P<date>[^\n]{6,40})", re.DOTALL
)
_QUOTED = re.compile(
    r"[“„«\"](?P<text>[^“”„«»\"]+)[”“»\"][\s:—–-]*(?P<url>https?://\S+)|(?P<url_2>https?://\S+?)[\s:—–-]+[“„«\"](?P<text_2>[^“”„«»\"]+)[”“»\"]"
)
_OEMBED = re.compile(r"\"html\"\s*:\s*\"(?P<html>.*?)\"\s*(?:,\s*\"[a-z_]+\"\s*:|\})", re.DOTALL)
_OEMBED_TEXT = re.compile(r"\"(?P<key>url|author_name|title)\"\s*:\s*\"(?P<value>[^\"]*)\"")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BOILERPLATE = re.compile(r"View (?:this|on)\b.{0,40}|Post by @\S+|(?:A post )?shared by .*|See new .*|♬ .*")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DEBRIS = re.compile(r"\*\*|__|</?u>")
_LEADING = re.compile(r"^[\s:,;)\]|•·–—-]+")
_LINK = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/)\S+")
_TAG = re.compile(r"<(/?)([a-z0-9]+)(?: [^<>]*)?>")
_INLINE = frozenset({"u", "strong", "b", "em", "i", "a", "span", "ins", "font", "code"})


class _Find(NamedTuple):
    """A post, and the nodes that it stands in: the first gives way to the mark, the others go."""

    nodes: tuple[LexborNode, ...]
    post: Post


class Cut(NamedTuple):
    """A post, and the HTML that it stood in."""

    post: Post
    html: str


def lift_posts(html: str, mark: str, language: str = "") -> tuple[str, tuple[Post, ...]]:
    """The HTML with a paragraph of `mark` in the place of every embedded post, and these posts in order."""
    marked, cuts = cut_posts(html, mark, language)
    return marked, tuple(cut.post for cut in cuts)


def cut_posts(html: str, mark: str, language: str = "", *, whole: bool = False) -> tuple[str, tuple[Cut, ...]]:
    """The same, and what each post stood in; `whole`: the HTML is a page, not a part of one."""
    if not _may_hold(html):
        return html, ()
    tree = LexborHTMLParser(html, is_fragment=not whole)
    finds = list(_finds(tree))
    if not finds:
        return html, ()
    stood = ["".join(node.html or "" for node in find.nodes) for find in finds]
    for find in finds:
        paragraph = tree.create_node("p")
        paragraph.insert_child(mark)
        find.nodes[0].replace_with(paragraph)
        for node in find.nodes[1:]:
            node.decompose()
    posts = (replace(post, id=_id(post), language=post.language or language) for _, post in finds)
    return tree.html or "", tuple(Cut(post, html) for post, html in zip(posts, stood, strict=True))


def put_back(marked: str, mark: str, parts: Iterable[str]) -> str:
    """The HTML with these parts in the places of its marks, in order."""
    pieces = marked.split(f"<p>{mark}</p>")
    return "".join(chain.from_iterable(zip(pieces, chain(parts, repeat("")), strict=False)))


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


def _may_hold(html: str) -> bool:
    """Whether it is worth while to look; most articles embed nothing."""
    lowered = html.lower()
    return any(hint in lowered for hint in _HINTS) or _BARE_ADDRESS.search(html) is not None


def _finds(tree: LexborHTMLParser) -> Iterator[_Find]:
    lifted: set[int] = set()
    for node in tree.css(",".join(_READERS)):
        if _stands_in(node, lifted):
            continue
        find = _READERS[node.tag or ""](node)
        if find and lifted.isdisjoint(taken := {part.mem_id for part in find.nodes}):
            lifted |= taken
            yield find


def _stands_in(node: LexborNode | None, lifted: set[int]) -> bool:
    while lifted and node is not None:
        if node.mem_id in lifted:
            return True
        node = node.parent
    return False


def _id(post: Post) -> str:
    """By the network's own id; where it is unknown, by who wrote which words."""
    if post.key:
        return fingerprint("post", post.network, post.key)
    return fingerprint("post", post.network, post.handle.casefold(), words(_LINK.sub("", post.text)))


# -- the shapes in which posts stand -------------------------------------------------------------------------------


def _from_quotation(node: LexborNode) -> _Find | None:
    """An embed's blockquote by its class, its cite or its last line: — Name (@handle) date."""
    classes = (node.attributes.get("class") or "").casefold()
    network = next((network for name, network in _CLASSES.items() if name in classes), "")
    stated = [node.attributes.get(name) or "" for name in _STATED]
    stated += [link.attributes.get("href") or "" for link in node.css("cite a[href], footer a[href]")]
    linked = [link.attributes.get("href") or "" for link in reversed(node.css("a[href]"))]
    address = _first_address(stated if not network else stated + linked, network)
    text, signature = _text(node, network)
    said_last = text.rpartition("\n")[2]
    if not (network or address or signature) and (address := read_address(said_last)):
        text = text.removesuffix(said_last).strip()
    if not (network or address or signature) and (copied := _COPIED.fullmatch(text.replace("\n\n", "\n"))):
        text, signature = copied["text"], copied if read_moment(copied["date"], order="MDY") else None
    if not (network or address or signature) or len(text) > LONGEST_POST or not (text or address):
        return None
    address = address or _first_address(linked, "") or Address(network or "x")
    said = node.css_first("[lang]")
    post = _post(address, text=text, language=(said.attributes.get("lang") if said else "") or "")
    return _Find((node,), _signed(post, node, signature))


def _from_frame(node: LexborNode) -> _Find | None:
    address = _first_address([node.attributes.get(name) or "" for name in ("src", "data-src")], "")
    return _Find((node,), _post(address)) if address else None


def _from_script(node: LexborNode) -> _Find | None:
    name = node.attributes.get("data-telegram-post")
    address = read_address(f"https://t.me/{name}") if name else None
    return _Find((node,), _post(address)) if address else _from_answer(node)


def _from_widget(node: LexborNode) -> _Find | None:
    """An element that only a script or AMP would fill."""
    stated = [form.format(value) for name, form in _WIDGETS.items() if (value := node.attributes.get(name))]
    if found := _VK_WIDGET.fullmatch(node.attributes.get("id") or ""):
        stated.append(f"https://vk.com/wall{found[1]}")
    address = _first_address(stated, "")
    return _Find((node,), _post(address)) if address else None


def _from_answer(node: LexborNode) -> _Find | None:
    """What a network answers when it is asked for an embed (oEmbed), saved as it came; also through Markdown."""
    raw = node.text().strip()
    if not raw.startswith("{") or len(raw) > LONGEST_ANSWER or ('"html"' not in raw and '"author_name"' not in raw):
        return None
    fields = _answered(raw)
    inner = LexborHTMLParser(fields.get("html", ""), is_fragment=True)
    parts = (part for tree in (inner, node) for part in tree.css("blockquote, iframe"))
    found = next((find for part in parts if (find := _READERS[part.tag or ""](part))), None)
    address = read_address(fields.get("url", ""))
    post = found.post if found else _post(address, text=fields.get("title", "")) if address else None
    return _Find((node,), replace(post, author=post.author or fields.get("author_name", ""))) if post else None


def _answered(raw: str) -> dict[str, str]:
    """The texts of an oEmbed answer; picked out one by one where Markdown took its backslashes."""
    try:
        stated = from_json(raw.encode(), dict[str, object])
    except ValueError:
        html = _OEMBED.search(raw)
        fields = {found["key"]: found["value"] for found in _OEMBED_TEXT.finditer(raw)}
        fields["html"] = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), html["html"] if html else "")
        return {name: value.replace("\\/", "/") for name, value in fields.items()}
    return {name: value for name, value in stated.items() if isinstance(value, str)}


def _from_division(node: LexborNode) -> _Find | None:
    address = read_address(node.attributes.get("data-href") or "")
    if address is None and node.first_child is not None and node.first_child.next is None:
        address = read_address(node.text(deep=False).strip())
    return _Find((node,), _post(address)) if address else _from_widget(node) or _from_answer(node)


def _from_paragraph(node: LexborNode) -> _Find | None:
    """A paragraph that is only a link to a post, that begins with @handle, or that ends like an embed."""
    raw = node.text()
    if "@" not in raw and "//" not in raw:
        return None
    if raw.lstrip().startswith("{"):
        return _from_answer(node)
    text = _DEBRIS.sub("", _INVISIBLE.sub("", " ".join(plain(node.html or "").split())))
    hrefs = (link.attributes.get("href") or "" for link in node.css("a[href]"))
    addresses = [address for href in hrefs if (address := read_address(href))]
    if address := read_address(text) or (addresses[0] if addresses and _LINK.fullmatch(text) else None):
        return _Find((node,), _post(address))
    if (quoted := _QUOTED.fullmatch(text)) and (address := read_address(quoted["url"] or quoted["url_2"])):
        return _Find((node,), _post(address, text=(quoted["text"] or quoted["text_2"]).strip()))
    if signature := _SIGNATURE.search(text):
        return _from_signed(node, signature, addresses[-1] if addresses else Address("x"))
    opening = _OPENING.match(text)
    if opening is None or (opening["tags"] and opening["handle"] not in _leading_text(node)):
        return None
    rest = _LEADING.sub("", opening["rest"])
    said = f"{opening['tags'].strip()} {rest}".strip()
    if len(words(said)) < LEAST_WORDS or len(said) > LONGEST_POST:
        return None
    handle = opening["handle"]
    network = "mastodon" if "@" in handle else "bluesky" if "." in handle else "x"
    own = next((address for address in addresses if address.handle.casefold() == handle.casefold()), None)
    post = _post(own or Address(network), handle=handle, text=said)
    return _Find((node,), _signed(post, node, None))


def _from_signed(node: LexborNode, signature: re.Match[str], address: Address) -> _Find | None:
    """A paragraph with an embed's last line, or that line alone under the paragraph that it signs."""
    text = signature.string[: signature.start()].strip()
    nodes: tuple[LexborNode, ...] = (node,)
    if not text and (before := _element_before(node)) is not None and before.tag in ("p", "blockquote"):
        nodes, text = (before, node), plain(before.html or "")
    post = _signed(_post(address, text=text), node, signature)
    return _Find(nodes, post) if text and post.posted_at is not None and len(text) <= LONGEST_POST else None


_READERS: Mapping[str, Callable[[LexborNode], _Find | None]] = {
    "blockquote": _from_quotation,
    "iframe": _from_frame,
    "script": _from_script,
    "pre": _from_answer,
    **dict.fromkeys(("amp-twitter", "amp-youtube", "amp-instagram", "lite-youtube", "twitter-widget"), _from_widget),
    "div": _from_division,
    "p": _from_paragraph,
}


# -- what their parts tell -----------------------------------------------------------------------------------------


def _first_address(urls: list[str], network: str) -> Address | None:
    """The first post's address; where another one of the same post names its writer, that."""
    found = [address for url in urls if (address := read_address(url)) and network in ("", address.network)]
    named = (other for other in found if other.key == found[0].key and other.handle)
    return next(named, found[0]) if found else None


def _post(address: Address, text: str = "", language: str = "", handle: str = "") -> Post:
    return Post(
        id="",
        network=address.network,
        key=address.key,
        url=address.url,
        handle=handle or address.handle,
        text=text,
        language=language,
    )


def _text(node: LexborNode, network: str) -> tuple[str, re.Match[str] | None]:
    """What the post says, without its last line, and that line."""
    whole = _INVISIBLE.sub("", plain(node.html or ""))
    signature = _SIGNATURE.search(whole)
    if not signature and (bare := _BARE_SIGNATURE.search(whole)) and read_moment(bare["date"], order="MDY"):
        signature = bare
    paragraphs = [_INVISIBLE.sub("", plain(paragraph.html or "")) for paragraph in node.css("p")]
    if not paragraphs and network == "reddit":
        paragraphs = [link.text() for link in node.css("a")[:1]]
    elif not paragraphs:
        copy = LexborHTMLParser(node.html or "", is_fragment=True)
        for link in copy.css("a"):
            link.decompose()
        paragraphs = [plain(copy.html or "")]
    last = signature.group().strip() if signature else ""
    lines = (line for text in paragraphs for line in text.split("\n") if not last or line.strip() != last)
    said = (re.sub(_SIGNATURE, "", line).strip() for line in lines)
    return "\n\n".join(line for line in said if line and not _BOILERPLATE.fullmatch(line)), signature


def _signed(post: Post, node: LexborNode, signature: re.Match[str] | None) -> Post:
    """The post with its writer and date, as its last line or a time element gives them."""
    stated = node.css_first("time[datetime]")
    date = (stated.attributes.get("datetime") or "") if stated else signature["date"] if signature else ""
    if signature:
        post = replace(post, author=signature["author"], handle=signature["handle"])
    moment = read_moment(date, order="MDY")
    return replace(post, posted_at=moment.at, posted_precision=moment.precision) if moment else post


def _leading_text(node: LexborNode) -> str:
    """The text of the element that a paragraph begins with."""
    first = node.first_child
    while first is not None and first.is_text_node and not first.text().strip():
        first = first.next
    return first.text() if first is not None and first.tag in _INLINE else ""


def _element_before(node: LexborNode) -> LexborNode | None:
    before = node.prev
    while before is not None and not before.is_element_node:
        if before.is_text_node and before.text().strip():
            return None
        before = before.prev
    return before
