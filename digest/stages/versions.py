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

REVISED = 0.6  # of the longer text's shingles stand in the other: it is that text, corrected or brought up to date
LAST = 1 << 62  # a time after all others


@record
class Versions:
    """All versions of one article, oldest first."""

    articles: tuple[Article, ...]

    @property
    def first(self) -> Article:
        """Decides the article's place and address."""
        return self.articles[0]

    @property
    def last(self) -> Article:
        """Is shown, at the place and address of the first."""
        return shown(self.articles)


def settle(
    items: Iterable[Article], placed: Mapping[str, Placed] | None = None, day_ends: Callable[[int], int] | None = None
) -> dict[str, Versions]:
    """Article id → its versions, in the order of the fold.

    Of a file that is dated by a day alone nobody knows when on that day it was there: it stands behind what is known to
    have been seen until `day_ends` tells, so that it begins no story which others had before it.
    """
    placed = placed or {}
    order = partial(_order, day_ends=day_ends)
    by_id: defaultdict[str, list[Article]] = defaultdict(list)
    for item in _date_recorded(items):
        by_id[item.id].append(item)
    settled = []
    for versions in by_id.values():
        ordered = list({article.version: article for article in sorted(versions, key=order)}.values())
        if (known := placed.get(ordered[0].id)) and known.slug:  # its address was published
            ordered[0] = replace(ordered[0], slug=known.slug)
        settled.append(Versions(articles=tuple(ordered)))
    settled.sort(key=lambda versions: (versions.first.id not in placed, order(versions.first)))
    return {versions.first.id: versions for versions in settled}


def _order(one: Article, day_ends: Callable[[int], int] | None) -> tuple[bool, int, int, str, str, str, int, str, str]:
    """By time seen, then published (a wire before those who print it), then source, then uid or path.

    What has no time stands last. The rest tells versions apart.
    """
    stated = one.updated_at or one.published_at or 0
    published = LAST if one.published_at is None else one.published_at
    seen = one.seen_at or 0
    if day_ends and one.precision == "day" and not one.seen_stamped and one.seen_at is not None:
        seen = day_ends(seen)
    return (
        one.seen_at is None, seen, published, one.source_id, one.uid,
        one.file, stated, one.exact, one.version,
    )  # fmt: skip


def _date_recorded(items: Iterable[Article]) -> list[Article]:
    """An undated item of a recorded feed was seen when its document's newest item was published."""
    known = list(items)
    newest: dict[str, int] = {}
    for article in known:
        if article.seen_at is not None and article.file.startswith("feeds/"):
            newest[article.file] = max(newest.get(article.file, article.seen_at), article.seen_at)
    return [
        replace(one, seen_at=newest[one.file]) if one.seen_at is None and one.file in newest else one for one in known
    ]


def revise(
    groups: Iterable[CopyGroup],
    versions: Mapping[str, Versions],
    placed: Mapping[str, Placed],
    signature_of: Callable[[Article], Signature],
) -> tuple[list[CopyGroup], dict[str, Versions]]:
    """The groups without copies that are an outlet's own later form of its text, and these as versions of that text.

    Else a correction, which often comes as an item of its own, would be folded under the error. What a closed edition
    has published as a copy stands.
    """
    revised, kept = dict(versions), []
    for group in groups:
        lead = versions[group.lead_id]
        own = [
            id for id in group.copy_ids if id not in placed and _revises(versions[id].first, lead.first, signature_of)
        ]
        if own:
            later = (replaced(lead.first, one) for id in own for one in revised.pop(id).articles)
            revised[group.lead_id] = replace(lead, articles=(*lead.articles, *later))
        kept.append(replace(group, copy_ids=tuple(id for id in group.copy_ids if id not in own)))
    return kept, revised


def _revises(later: Article, text: Article, signature_of: Callable[[Article], Signature]) -> bool:
    """Is it the outlet's own text, put otherwise afterwards? A part of it, or more with it, is another text."""
    if not text.source_id or later.source_id != text.source_id or (later.published_at or 0) < (text.published_at or 0):
        return False
    if later.exact == text.exact:
        return later.title != text.title
    return is_one_text(signature_of(later), signature_of(text))


def is_one_text(one: Signature, other: Signature) -> bool:
    """Are these the same text, put otherwise in places?"""
    new, old = (frozenset(array("Q", signature.shingles)) for signature in (one, other))
    return len(new & old) >= REVISED * max(len(new), len(old), 1)
