"""What the editor wants forgotten: tombstones, which tell nothing of what they stand for but that it is not shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from html import escape
from pathlib import Path

from digest.codec import REST_UNREAD, fingerprint, from_lines
from digest.errors import DigestError
from digest.model import Post, RawItem, Rejected, Source, Tombstone, record
from digest.refused import Refused
from digest.shell import log
from digest.stages.embeds import lift_posts
from digest.stages.normalise import article_id
from digest.text import words
from digest.urls import absolute, canonical

FILE = "forgotten.jsonl"  # under content/


@record
class Forgotten:
    """Tombstones by what they match."""

    articles: tuple[Tombstone, ...] = ()
    named: Mapping[str, Tombstone] = field(default_factory=dict)  # these by id, and by the hash of the address
    posts: tuple[tuple[str, str], ...] = ()  # (id, hash), sorted; a handle has no id
    said: tuple[Tombstone, ...] = ()  # of posts and handles, in full

    def wanted(self, raw: RawItem, source: Source) -> bool:
        """Whether the item may be read and fetched."""
        return self.of(raw, source) is None

    def of(self, raw: RawItem, source: Source) -> Tombstone | None:
        """The tombstone of an item."""
        url = absolute(raw.url, source.url) if self.articles or self.said else ""
        own = (article_id(raw), address_hash(url)) if self.named else ()
        found = next((self.named[name] for name in own if name in self.named), None)
        return found or (self._of_post(url) if self.said and url else None)

    def _of_post(self, url: str) -> Tombstone | None:
        """The tombstone of an item that is a post itself, as in the feed of an account."""
        _, posts = lift_posts(f"<p>{escape(url)}</p>", "post")
        own = {name for post in posts for name in (post.id, handle_hash(post.handle))} - {""}
        return next((one for one in self.said if own & {one.id, one.hash}), None)

    def keeps(self, post: Post) -> bool:
        """Whether a post may be shown."""
        own = {post.id, handle_hash(post.handle), post_hash(post)} - {""}
        return not any(own.intersection(stone) for stone in self.posts)


def forgotten(root: Path) -> tuple[Forgotten, list[Rejected]]:
    """The project's tombstones, and the lines that cannot be read."""
    stones, refused = [], Refused()
    for number, stone, fault in from_lines(log.read(root / "content" / FILE), Tombstone):
        if fault.endswith(REST_UNREAD):
            raise DigestError(f"content/{FILE}:{number}: {fault}: what was forgotten would be shown; put the file back")
        if stone is None:
            refused.append(Rejected(file=f"{FILE}:{number}", reason=f"line cannot be read: {fault}"))
        else:
            stones.append(stone)
    return by_kind(stones), list(refused)


def by_kind(stones: Iterable[Tombstone]) -> Forgotten:
    """The tombstones as they are looked up."""
    known = list(stones)
    articles = tuple(one for one in known if one.kind in ("article", "address"))
    return Forgotten(
        articles=articles,
        named={name: one for one in reversed(articles) for name in (one.id, one.hash) if name},  # the first one counts
        posts=tuple(sorted({(one.id, one.hash) for one in known if one.kind in ("post", "handle")})),
        said=tuple(one for one in known if one.kind in ("post", "handle")),
    )


def without(
    parts: tuple[str, ...], posts: Sequence[Post], stones: Forgotten
) -> tuple[tuple[str, ...], tuple[Post, ...]]:
    """An article's HTML between its posts, and the posts, without those that are forgotten."""
    if not stones.posts or all(stones.keeps(post) for post in posts):
        return parts, tuple(posts)
    kept, joined = [], [parts[0]]
    for post, part in zip(posts, parts[1:], strict=True):
        if stones.keeps(post):
            kept.append(post)
            joined.append(part)
        else:
            joined[-1] += part
    return tuple(joined), tuple(kept)


def address_hash(url: str) -> str:
    """What stands for an address; empty where there is none."""
    key = canonical(url) if url else ""
    return fingerprint("address", key) if key else ""


def handle_hash(handle: str) -> str:
    """What stands for whoever posts under a handle, on whatever network."""
    return fingerprint("handle", handle.removeprefix("@").casefold()) if handle else ""


def post_hash(post: Post) -> str:
    """What stands for a post's text, under whatever id it is embedded; empty where it has none."""
    own = words(post.text)
    return fingerprint("post", post.handle.casefold(), own) if own else ""
