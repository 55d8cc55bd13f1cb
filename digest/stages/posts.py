"""A post that many articles embed is one object: shown once, with who embeds it.

Two are the same by network and the network's own id; without one, by handle and near-equal text. A text that only
shares the handle is another post.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from digest.model import Article, Post, Story
from digest.text import words

ALIKE = 0.8  # of the shorter text's words stand in the other
LEAST_WORDS = 4  # of a text that is compared; shorter ones must be equal
REMEMBERED = 40  # posts of a handle that a word is remembered in: the latest
COMPARED = 8  # posts of a handle: those that share most, rare words above all

_OWN_LINK = re.compile(r"\b(?:t\.co|pic\.(?:twitter|x)\.com)/\w+")  # the network makes a new one for every post


def gather_posts(articles: Iterable[Article]) -> tuple[dict[str, Post], dict[str, str]]:
    """Post id → the fullest form known of it, in the order first seen; and id as found → id of that post."""
    posts: dict[str, Post] = {}
    same_as: dict[str, str] = {}
    by_handle: defaultdict[tuple[str, str], _Said] = defaultdict(_Said)
    for article in articles:
        for post in article.posts:
            said = by_handle[post.network, post.handle.casefold()]
            known = same_as.get(post.id) or _known(post, posts, said)
            id = same_as[post.id] = known or post.id
            before, posts[id] = posts.get(id), _fuller(posts[id], post) if known else post
            if before is None or before.text != posts[id].text:
                said.learn(id, words(posts[id].text))
    return posts, same_as


class _Said:
    """What the posts of a handle say, so that those are found which say much the same."""

    def __init__(self) -> None:
        self._words: dict[str, Counter[str]] = {}  # by the post's id, of its fullest text
        self._said_in: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=REMEMBERED))

    def learn(self, id: str, said: list[str]) -> None:
        """What a post says, as far as it is known by now."""
        self._words[id] = Counter(said)
        for word in self._words[id]:
            self._said_in[word].append(id)

    def alike(self, said: list[str]) -> Iterator[str]:
        """The posts that say nearly this, those that share most words, and the rarest, first."""
        own = Counter(said)
        votes: defaultdict[str, float] = defaultdict(float)
        for known in filter(None, map(self._said_in.get, own)):
            for id in known:
                votes[id] += 1 / len(known)
        for id in sorted(votes, key=lambda id: (-votes[id], id))[:COMPARED]:
            if _alike(own, self._words[id]):
                yield id


def _known(post: Post, posts: Mapping[str, Post], said: _Said) -> str:
    """The id of the post that this is; empty where it is a new one."""
    if not post.handle or not post.text:
        return ""
    links = set(_OWN_LINK.findall(post.text))
    for id in said.alike(words(post.text)):
        other = posts[id]
        theirs = set(_OWN_LINK.findall(other.text))
        if not (post.key and other.key and post.key != other.key) and not (
            links and theirs and links.isdisjoint(theirs)
        ):
            return id
    return ""


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    shorter, longer = sorted((one.total(), other.total()))
    if shorter < LEAST_WORDS:
        return one == other and bool(one)
    shared = (one & other).total()
    return shared / shorter >= ALIKE and shared / longer >= ALIKE / 2


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
