"""Posts that stand in an article, whatever they were saved as, become records; marks stand in their place.

This runs before any sanitising, for the markup that tells a post from a quotation does not survive it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.codec import fingerprint
from digest.markup import is_deeper
from digest.model import Post
from digest.stages.embeds.answer import from_answer
from digest.stages.embeds.find import Find
from digest.stages.embeds.frame import from_frame
from digest.stages.embeds.paragraph import from_paragraph, part_runs
from digest.stages.embeds.parts import put_back, split_at
from digest.stages.embeds.quotation import from_quotation
from digest.stages.embeds.widget import TAGS, from_division, from_script, from_widget
from digest.text import words

__all__ = ["Cut", "cut_posts", "lift_posts", "put_back", "split_at"]

READERS: Mapping[str, Callable[[LexborNode], Find | None]] = {
    "blockquote": from_quotation,
    "iframe": from_frame,
    "amp-iframe": from_frame,
    "script": from_script,
    "pre": from_answer,
    **dict.fromkeys(TAGS, from_widget),
    "a": from_widget,
    "div": from_division,
    "figure": from_division,
    "p": from_paragraph,
}
_CARDS = "a.embedly-card, a[data-iframely-url]"  # other links are the article's own
_SELECTOR = ", ".join([_CARDS, *(tag for tag in READERS if tag != "a")])
_HINTS = re.compile(
    r"@|<(?:iframe|blockquote|amp-|lite-|oembed|embed|youtube-|vimeo-|drupal-url)|data-[tyve]|data-attrs|fb-|vk_post_|youtube-"
    r"|author_name|/status(?:es)?/|t\.me/|embedly|iframely|\[(?:embed|tweet|youtube|instagram|tiktok|facebook|vimeo)\b",
    re.IGNORECASE,
)
_IN_HINTS = (  # one of them stands in each
    "@ <iframe <blockquote amp- lite- embed youtube vimeo drupal-url data- fb- vk_post_ author_name /status t.me/"
    " iframely [tweet [instagram [tiktok [facebook"
).split()
_ADDRESS_ALONE = re.compile(
    r"[>\n][^\S\n]*+(?:https?:)?//", re.IGNORECASE
)  # begins with its signs: so it is found fast
_ADDRESS_FIRST = re.compile(r"\s*+(?:https?:)?//", re.IGNORECASE)
DEEPEST = 150  # elements within one another; with more of them nobody embeds anything, and each is read with all in it
MANY_TAGS = 500  # with fewer of them depth costs little
_LINK = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/)\S+")


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
    if not _is_hinted(html):  # most articles embed nothing
        return html, ()
    tree = LexborHTMLParser(html, is_fragment=not whole)
    if html.count("<") > MANY_TAGS and is_deeper(tree, DEEPEST):
        return html, ()
    part_runs(tree)
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


def _is_hinted(html: str) -> bool:
    """May a post be in it? Looked for by plain words first: that takes a sixth of the time."""
    small = html.lower()
    if any(hint in small for hint in _IN_HINTS) and _HINTS.search(html):
        return True
    return "//" in html and bool(_ADDRESS_ALONE.search(html) or _ADDRESS_FIRST.match(html))


def _finds(tree: LexborHTMLParser) -> Iterator[Find]:
    lifted: set[int] = set()
    for node in tree.css(_SELECTOR):
        if _stands_in(node, lifted):
            continue
        find = READERS[node.tag or ""](node)
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
