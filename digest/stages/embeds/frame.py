"""A frame that shows a post: by its address, or by what a browser had drawn in it when the page was saved."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.stages.embeds.find import LONGEST_POST, Find, dated, first_address, links, post_at
from digest.stages.embeds.signature import shown

LONGEST_DRAWN = 500_000  # characters

_DRAWN_TEXTS = "[data-testid=tweetText], .tgme_widget_message_text, .Caption, .status__content, .e-content"
_DRAWN_NAMES = ".tgme_widget_message_owner_name, .display-name__html, .p-author"


def from_frame(node: LexborNode) -> Find | None:
    """A frame by its address, or by the one that a script would give it."""
    told = node.attributes
    stated = [value or "" for name, value in told.items() if "src" in name and name != "srcdoc"]
    if id := told.get("data-tweet-id"):
        stated.append(f"https://x.com/i/status/{id}")
    address = first_address(stated)
    return Find((node,), post_at(address)) if address else _from_drawn(node)


def _from_drawn(node: LexborNode) -> Find | None:
    """A frame that was saved with its content: the page of one post."""
    drawn = node.attributes.get("srcdoc") or ""
    if not drawn or len(drawn) > LONGEST_DRAWN:
        return None
    tree = LexborHTMLParser(drawn)
    root = tree.root
    if root is None:
        return None
    named = [f"https://t.me/{one.attributes.get('data-post')}" for one in tree.css("[data-post]")]
    stated = [link.attributes.get("href") or "" for link in tree.css("link[rel=canonical]")]
    address = first_address([*stated, *named, *links(root)])
    if address is None:
        return None
    text, name = tree.css_first(_DRAWN_TEXTS), tree.css_first(_DRAWN_NAMES)
    said = shown(text) if text else ""
    post = post_at(
        address, text=said if len(said) <= LONGEST_POST else "", author=" ".join(name.text().split()) if name else ""
    )
    language = (text.attributes.get("lang") or "") if text else ""
    time = tree.css_first("time[datetime]")
    return Find(
        (node,), dated(replace(post, language=language), (time.attributes.get("datetime") or "") if time else "")
    )
