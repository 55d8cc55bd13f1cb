"""Which items are versions of one article, and the order in which articles are folded.

The first version decides an article's place, its last one is shown. The fold starts from what closed editions have
published and goes on in the order seen: so a file that comes late finds the decisions already made.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from digest.model import Article, CopyGroup, Placed, Signature, record
from digest.revisions import replaced, shown

Item = tuple[Article, Signature]
REVISED = 0.6  # of the longer text's shingles stand in the other: it is that text, corrected or brought up to date
LAST = 1 << 62  # a time after all others


@record
class Versions:
    """All versions of one article, oldest first."""

    articles: tuple[Article, ...]
    signature: Signature  # of the first: by it the article is placed

    @property
    def first(self) -> Article:
        """Decides the article's place and address."""
        return self.articles[0]

    @property
    def last(self) -> Article:
        """Is shown, at the place and address of the first."""
        return shown(self.articles)


def settle(
    items: Iterable[Item], placed: Mapping[str, Placed] | None = None, day_ends: Callable[[int], int] | None = None
) -> dict[str, Versions]:
    """Article id → its versions, in the order of the fold.

    Of a file that is dated by a day alone nobody knows when on that day it was there: it stands behind what is known to
    have been seen until `day_ends` tells, so that it begins no story which others had before it.
    """
    placed = placed or {}
    order = partial(_order, day_ends=day_ends)
    by_id: defaultdict[str, list[Item]] = defaultdict(list)
    for item in _date_recorded(items):
        by_id[item[0].id].append(item)
    settled = []
    for versions in by_id.values():
        distinct = {article.version: (article, signature) for article, signature in sorted(versions, key=order)}
        ordered = list(distinct.values())
        if (known := placed.get(ordered[0][0].id)) and known.slug:  # its address was published
            ordered[0] = (replace(ordered[0][0], slug=known.slug), ordered[0][1])
        settled.append(Versions(articles=tuple(article for article, _ in ordered), signature=ordered[0][1]))
    settled.sort(key=lambda versions: (versions.first.id not in placed, order((versions.first, versions.signature))))
    return {versions.first.id: versions for versions in settled}


def _order(item: Item, day_ends: Callable[[int], int] | None) -> tuple[bool, int, int, str, str, str, int, str, str]:
    """By time seen, then published (a wire before those who print it), then source, then uid or path.

    What has no time stands last. The rest tells versions apart.
    """
    one, signature = item
    stated = one.updated_at or one.published_at or 0
    published = LAST if one.published_at is None else one.published_at
    seen = one.seen_at or 0
    if day_ends and one.precision == "day" and not one.seen_stamped and one.seen_at is not None:
        seen = day_ends(seen)
    return (
        one.seen_at is None, seen, published, one.source_id, one.uid,
        one.file, stated, signature.exact, one.version,
    )  # fmt: skip


def _date_recorded(items: Iterable[Item]) -> list[Item]:
    """An undated item of a recorded feed was seen when its document's newest item was published."""
    known = list(items)
    newest: dict[str, int] = {}
    for article, _ in known:
        if article.seen_at is not None and article.file.startswith("feeds/"):
            newest[article.file] = max(newest.get(article.file, article.seen_at), article.seen_at)
    return [
        (replace(article, seen_at=newest[article.file]), signature)
        if article.seen_at is None and article.file in newest
        else (article, signature)
        for article, signature in known
    ]


def revise(
    groups: Iterable[CopyGroup], versions: Mapping[str, Versions], placed: Mapping[str, Placed]
) -> tuple[list[CopyGroup], dict[str, Versions]]:
    """The groups without copies that are an outlet's own later form of its text, and these as versions of that text.

    Else a correction, which often comes as an item of its own, would be folded under the error. What a closed edition
    has published as a copy stands.
    """
    revised, kept = dict(versions), []
    for group in groups:
        lead = versions[group.lead_id]
        own = [id for id in group.copy_ids if id not in placed and _revises(versions[id], lead)]
        if own:
            later = (replaced(lead.first, one) for id in own for one in revised.pop(id).articles)
            revised[group.lead_id] = replace(lead, articles=(*lead.articles, *later))
        kept.append(replace(group, copy_ids=tuple(id for id in group.copy_ids if id not in own)))
    return kept, revised


def _revises(later: Versions, text: Versions) -> bool:
    """Is it the outlet's own text, put otherwise afterwards? A part of it, or more with it, is another text."""
    one, first = later.first, text.first
    if not first.source_id or one.source_id != first.source_id or (one.published_at or 0) < (first.published_at or 0):
        return False
    if later.signature.exact == text.signature.exact:
        return one.title != first.title
    new, old = (frozenset(array("Q", known.signature.shingles)) for known in (later, text))
    return len(new & old) >= REVISED * max(len(new), len(old), 1)
