"""What the items of one feed are known by: names that each has alone, and keeps while its neighbours change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.codec import fingerprint
from digest.model import RawItem


def known(items: Sequence[RawItem]) -> list[RawItem]:
    """The items with what each is known by: the first of its names that it alone has here.

    What stands in a feed twice, word for word, is one item: nothing tells the two apart.
    """
    own = {item: _first(item) for item in items}
    shared = Counter(own.values())
    names = {item: _names(item) for item, first in own.items() if shared[first] > 1}
    counts = Counter(name for each in names.values() for name in dict.fromkeys(each))
    own |= {item: next((name for name in each if counts[name] == 1), each[-1]) for item, each in names.items()}
    return [item if item.uid == own[item] else replace(item, uid=own[item]) for item in items]


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
