"""What the items of one feed are known by: names that each has alone, and keeps while its neighbours change."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.codec import fingerprint
from digest.model import RawItem

_HOME = re.compile(r"(?:https?:)?//[^/?#]*/?", re.IGNORECASE)  # no item's own address


def known(items: Sequence[RawItem]) -> list[RawItem]:
    """The items with what each is known by: the first of its names that it alone has here.

    What stands in a feed twice, word for word, is one item: nothing tells the two apart. Items that share their id and
    their address are versions of one article, and share its name.
    """
    own = {item: _first(item) for item in items}
    articles = {item: _article(item) for item in own}
    shared = Counter(name for name, _ in {(name, articles[item]) for item, name in own.items()})
    names = {item: _names(item) for item, first in own.items() if shared[first] > 1}
    counts = Counter(name for name, _ in {(name, articles[item]) for item, each in names.items() for name in each})
    own |= {item: next((name for name in each if counts[name] == 1), each[-1]) for item, each in names.items()}
    return [item if item.uid == own[item] else replace(item, uid=own[item]) for item in items]


def _article(item: RawItem) -> object:
    """What an item is a version of: itself alone where no address of its own stands beside its id."""
    return (item.uid, item.url) if item.uid and item.url and not _HOME.fullmatch(item.url) else item


def _first(item: RawItem) -> str:
    return item.uid or item.url or _content(item)


def _names(item: RawItem) -> list[str]:
    """Id; id and address, with the title, with the text; else address; title and text."""
    if not item.uid:
        return [*filter(None, [item.url]), _content(item)]
    parts = (item.url, fingerprint(item.title), _content(item))
    return [item.uid, *(f"{item.uid}|{part}" for part in parts if part)]


def _content(item: RawItem) -> str:
    return fingerprint(item.title, item.html)
