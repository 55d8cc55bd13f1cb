"""An article in its versions: the first one decides where it stands, the last one is shown."""

from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article


def shown(versions: Sequence[Article]) -> Article:
    """The last of the versions known (oldest first), at the place and address of the first.

    Where its feed does not say when it was updated, but a reader sees another headline or lead, the time is that of
    the run which saw them first.
    """
    first, last = versions[0], versions[-1]
    if first is last:
        return first
    placed = replace(last, slug=first.slug, seen_at=first.seen_at, seen_stamped=first.seen_stamped)
    if last.updated_at is not None or not last.seen_stamped or _reads(last) == _reads(first):
        return placed
    seen = next(one.seen_at for one in versions if _reads(one) == _reads(last))
    return replace(placed, updated_at=seen, updated_precision="minute")


def replaced(first: Article, later: Article) -> Article:
    """What an outlet published later, under an address of its own, as a version of what it published first."""
    return replace(
        later,
        id=first.id,
        published_at=first.published_at,
        precision=first.precision,
        updated_at=later.published_at if later.updated_at is None else later.updated_at,
        updated_precision=later.precision if later.updated_at is None else later.updated_precision,
    )


def _reads(article: Article) -> tuple[str, str]:
    return article.title, article.lead
