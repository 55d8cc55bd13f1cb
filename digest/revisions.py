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
    placed = replace(last, slug=first.slug, seen_at=first.seen_at, seen_stamped=first.seen_stamped)
    if last.updated_at is not None or not last.seen_stamped or _reads(last) == _reads(first):
        return placed
    seen = next(one.seen_at for one in versions if _reads(one) == _reads(last))
    return replace(placed, updated_at=seen, updated_precision="minute")


def _reads(article: Article) -> tuple[str, str]:
    return article.title, article.lead
