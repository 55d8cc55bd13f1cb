"""An element that only a script, AMP or another editor would fill: what its attributes say of the post."""

import re

from selectolax.lexbor import LexborNode

from digest.networks import read_address
from digest.stages.embeds.answer import from_answer, from_attributes
from digest.stages.embeds.find import Find, first_address, post_at
from digest.stages.embeds.quotation import from_quotation

_FORMS = {  # attributes; where the post's address follows from them
    "data-tweet-id": "https://x.com/i/status/{}",
    "data-tweetid": "https://x.com/i/status/{}",
    "data-shortcode": "https://www.instagram.com/p/{}/",
    "data-videoid": "https://youtu.be/{}",
    "videoid": "https://youtu.be/{}",
    "data-youtube-id": "https://youtu.be/{}",
    "data-vimeo-id": "https://vimeo.com/{}",
}
_FORMS_OF = {  # where an attribute means something else
    ("amp-vimeo", "data-videoid"): "https://vimeo.com/{}",
    ("amp-tiktok", "data-src"): "https://www.tiktok.com/embed/{}",
    ("lite-vimeo", "videoid"): "https://vimeo.com/{}",
}
_ADDRESSES = ("data-href data-src data-url data-oembed-url data-embed-url data-iframely-url href url src cite").split()
_ADDRESSES_OF_DIVISIONS = ("data-href", "data-src", "data-oembed-url", "data-embed-url")
_VK_POST = re.compile(r"vk_post_(-?\d+_\d+)")

TAGS = (
    "amp-twitter amp-youtube amp-instagram amp-facebook amp-vimeo amp-tiktok amp-reddit amp-vk amp-embedly-card"
    " lite-youtube lite-vimeo youtube-video vimeo-video twitter-widget oembed drupal-url embed"
).split()


def from_widget(node: LexborNode) -> Find | None:
    """A widget by its attributes, with what stands in it for those who run no scripts."""
    told = node.attributes
    forms = _FORMS | {name: form for (tag, name), form in _FORMS_OF.items() if tag == node.tag}
    stated = [form.format(value) for name, form in forms.items() if (value := told.get(name))]
    if found := _VK_POST.fullmatch(told.get("id") or ""):
        stated.append(f"https://vk.com/wall{found[1]}")
    if told.get("data-owner-id") and told.get("data-post-id"):
        stated.append(f"https://vk.com/wall{told['data-owner-id']}_{told['data-post-id']}")
    if node.tag != "div":
        stated += [told.get(name) or "" for name in _ADDRESSES]
    address = first_address(stated)
    return _with_fallback(node, Find((node,), post_at(address))) if address else None


def from_script(node: LexborNode) -> Find | None:
    """A script that draws a post, or that holds the network's answer."""
    name = node.attributes.get("data-telegram-post")
    address = read_address(f"https://t.me/{name}") if name else None
    return Find((node,), post_at(address)) if address else from_answer(node)


def from_division(node: LexborNode) -> Find | None:
    """A division around nothing but an address, or one whose attributes tell of a post."""
    address = first_address(node.attributes.get(name) or "" for name in _ADDRESSES_OF_DIVISIONS)
    if address is None and (id := node.attributes.get("data-id")) and "youtube" in (node.attributes.get("class") or ""):
        address = read_address(f"https://youtu.be/{id}")
    if address is None and node.first_child is not None and node.first_child.next is None:
        address = read_address(node.text(deep=False).strip())
    if address:
        return _with_fallback(node, Find((node,), post_at(address)))
    return from_attributes(node) or from_widget(node) or from_answer(node)


def _with_fallback(node: LexborNode, find: Find) -> Find:
    """The find, with the words of the quotation that stands in it."""
    inner = next((found for part in node.css("blockquote") if (found := from_quotation(part))), None)
    same = inner is not None and inner.post.network == find.post.network and inner.post.key in ("", find.post.key)
    return Find((node,), inner.post) if inner and same and inner.post.key else find
