"""A post that many articles embed is one object: shown once, with who embeds it.

Two are the same by network and the network's own id; without one, by handle and near-equal text. A text that only
shares the handle is another post.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from digest.model import Article, Post, Story
from digest.text import words

ALIKE = 0.8  # of the shorter text's words stand in the other
LEAST_WORDS = 4  # of a text that is compared; shorter ones must be equal


_OWN_LINK = re.compile(r"\b(?:t\.co|pic\.(?:twitter|x)\.com)/\w+")  # the network makes a new one for every post


def gather_posts(articles: Iterable[Article]) -> tuple[dict[str, Post], dict[str, str]]:
    """Post id → the fullest form known of it, in the order first seen; and id as found → id of that post."""
    posts: dict[str, Post] = {}
    same_as: dict[str, str] = {}
    said: dict[str, list[str]] = {}  # post id → the words of its fullest text
    by_handle: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for article in articles:
        for post in article.posts:
            candidates = by_handle[post.network, post.handle.casefold()]
            known = same_as.get(post.id) or _known(post, posts, said, candidates)
            id = same_as[post.id] = known or post.id
            before, posts[id] = posts.get(id), _fuller(posts[id], post) if known else post
            if before is None or before.text != posts[id].text:
                said[id] = words(posts[id].text)
            if not known:
                candidates.append(id)
    return posts, same_as


def _known(post: Post, posts: Mapping[str, Post], said: Mapping[str, list[str]], candidates: list[str]) -> str:
    """The id of the post that this is; empty where it is a new one."""
    if not post.handle or not post.text:
        return ""
    own = words(post.text)
    for id in candidates:
        other = posts[id]
        if post.key and other.key and post.key != other.key:
            continue
        ours, theirs = set(_OWN_LINK.findall(post.text)), set(_OWN_LINK.findall(other.text))
        if ours and theirs and ours.isdisjoint(theirs):
            continue
        if _alike(own, said[id]):
            return id
    return ""


def _alike(one: list[str], other: list[str]) -> bool:
    if min(len(one), len(other)) < LEAST_WORDS:
        return one == other and bool(one)
    shared = sum((Counter(one) & Counter(other)).values())
    return shared / min(len(one), len(other)) >= ALIKE and shared / max(len(one), len(other)) >= ALIKE / 2


def _fuller(known: Post, post: Post) -> Post:
    """The post as known, with what this finding adds; a network's own markup knows its text better than a clipping."""
    better = bool(post.text and post.key and not known.key) or (
        bool(post.key) == bool(known.key) and len(post.text) > len(known.text)
    )
    return replace(
        known,
        key=known.key or post.key,
        url=known.url or post.url,
        author=known.author or post.author,
        handle=known.handle or post.handle,
        text=post.text if better or not known.text else known.text,
        language=known.language or post.language,
        posted_at=known.posted_at if known.posted_at is not None else post.posted_at,
        posted_precision=known.posted_precision if known.posted_at is not None else post.posted_precision,
    )


def share_posts(stories: Iterable[Story], articles: Mapping[str, Article], same_as: Mapping[str, str]) -> list[Story]:
    """The stories with the posts that their articles embed, the most embedded first."""
    found = []
    for story in stories:
        embedded: Counter[str] = Counter()
        for id in story.article_ids:
            embedded.update(dict.fromkeys((same_as[post.id] for post in articles[id].posts), 1))
        found.append(replace(story, posts=tuple(id for id, _ in embedded.most_common())))
    return found
