"""A blockquote that is a post: by its class, its cite, its last line, or the link right under it."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from digest.dates import read_moment
from digest.networks import Address, read_address
from digest.stages.embeds.find import LONGEST_POST, LONGEST_TEXT, Find, first_address, links, post_at
from digest.stages.embeds.signature import read_text, shown, signed

CLASSES = {
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
    "truthsocial-embed": "truth",
    "fb-post": "facebook",
    "fb-video": "facebook",
    "fb-xfbml-parse-ignore": "facebook",
}
STATED = (
    "data-embed-url",
    "data-instgrm-permalink",
    "data-text-post-permalink",
    "data-bluesky-uri",
    "data-href",
    "cite",
)
_SPOKEN = frozenset({"x", "mastodon", "bluesky", "threads", "truth", "telegram", "facebook", "vk"})  # mostly words
_COPIED = re.compile(
    r"(?P<author>[^\n]{1,60})\n@(?P<handle>[\w.@-]{1,80})\n(?P<text>.+)\n(?P<date>[^\n]{6,40})", re.DOTALL
)
_USER = re.compile(r"https?://(?:\w+\.)?reddit\.com/u(?:ser)?/(?P<handle>[\w-]+)/?")


def from_quotation(node: LexborNode) -> Find | None:
    """An embed's blockquote by its class, its cite or its last line; one without them by the link right under it."""
    if len(node.text()) > LONGEST_TEXT:
        return None
    classes = (node.attributes.get("class") or "").casefold()
    network = next((network for name, network in CLASSES.items() if name in classes), "")
    stated = [node.attributes.get(name) or "" for name in STATED] + links(node, "cite") + links(node, "footer")
    linked = links(node)[::-1]
    if "embedly-card" in classes:
        stated += links(node, "h4")
    address = first_address(stated if not network else stated + linked, network)
    text, signature = read_text(node, network)
    nodes: tuple[LexborNode, ...] = (node,)
    if not (network or address or signature):
        said_last = text.rpartition("\n")[2]
        if address := read_address(said_last):
            text = text.removesuffix(said_last).strip()
        elif copied := _COPIED.fullmatch(text.replace("\n\n", "\n")):
            text, signature = copied["text"], copied if read_moment(copied["date"], order="MDY") else None
        elif (below := link_below(node)) and text:
            nodes, address = (node, below[0]), below[1]
    if not (network or address or signature) or len(text) > LONGEST_POST or not (text or address):
        return None
    address = address or first_address(linked) or Address(network or "x")
    said = node.css_first("[lang]")
    post = post_at(address, text=text, language=(said.attributes.get("lang") if said else "") or "")
    if address.network == "reddit" and not post.handle:
        post = replace(post, handle=next((found["handle"] for url in linked if (found := _USER.match(url))), ""))
    return Find(nodes, signed(post, node, signature))


def link_below(node: LexborNode) -> tuple[LexborNode, Address] | None:
    """The element right under a quotation that is nothing but a link to a post made of words; and where it leads."""
    below = node.next
    while below is not None and not below.is_element_node:
        if below.is_text_node and below.text().strip():
            return None
        below = below.next
    if below is None or below.tag not in ("p", "figure", "div"):
        return None
    address = read_address(shown(below).strip())
    return (below, address) if address and address.network in _SPOKEN else None
