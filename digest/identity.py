"""What the items of one feed are known by: names that each has alone, and keeps while its neighbours change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.codec import fingerprint
from digest.model import RawItem


def known(items: Sequence[RawItem]) -> list[RawItem]:
    """The items with what each is known by: the first of its names that it alone has here.

    What stands in a feed twice, word for word, is one item: no other is told apart from it.
    """
    names = {item: _names(item) for item in items}
    counts = Counter(name for each in names.values() for name in dict.fromkeys(each))
    own = {item: next((one for one in names[item] if counts[one] == 1), names[item][-1]) for item in names}
    return [item if item.uid == own[item] else replace(item, uid=own[item]) for item in items]


def _names(item: RawItem) -> list[str]:
    """Id; id and address, with the title, with the text; else address; title and text."""
    content = fingerprint(item.title, item.html)
    if not item.uid:
        return [*filter(None, [item.url]), content]
    parts = (item.url, fingerprint(item.title), content)
    return [item.uid, *(f"{item.uid}|{part}" for part in parts if part)]
