"""How an edition was made: read, folded, failed."""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from digest.codec import fingerprint
from digest.model import Archive, Article, Edition, Site, Source, SourceStatus
from digest.views import Colophon, Link, When


def colophon(archive: Archive, site: Site, edition: Edition, new: Sequence[Article], *, newest: bool) -> Colophon:
    """How the edition was made."""
    copies = {id for story in edition.stories for group in story.groups for id in group.copy_ids}
    copied = sum(article.id in copies for article in new)
    older = sum(_versions_before(article, archive) for article in new)
    rejected = sum(outcome.status == "rejected" for outcome in archive.outcomes) if newest else 0
    embeds = Counter(archive.same_posts[post.id] for article in new for post in article.posts)
    failing = [status for status in edition.statuses if status.status == "failed"]
    dated = [article for article in new if article.published_at is not None]
    latest = max(dated, key=lambda article: article.published_at or 0, default=None)
    return Colophon(
        generator=site.generator,
        start=When.of(edition.start_at),
        end=When.of(edition.end_at),
        newest=When.of(latest.published_at, latest.precision) if latest else When(),
        read=len(new) + older + rejected,
        shown=len(new) - copied,
        copies=copied,
        versions=older,
        rejected=rejected,
        repeated_posts=sum(times - 1 for times in embeds.values()),
        answered=len(edition.statuses) - len(failing),
        asked=len(edition.statuses),
        failed=tuple(answer(archive, status) for status in failing),
        settings_hash=site.settings_hash,
        content_hash=fingerprint([(article.id, article.title, article.exact) for article in new]),
    )


def answer(archive: Archive, status: SourceStatus, said: str = "") -> Link:
    """A source, with why it failed or held nothing, or what else is said of it."""
    source = archive.sources.get(status.id)
    name = distinct_name(archive, source) if source else status.id
    return Link(name=name, href=f"source/{status.id}.html" if source else "", note=said or status.reason)


def distinct_name(archive: Archive, source: Source) -> str:
    """Its name, with its id where another source has the same name: for lists that tell sources apart."""
    is_shared = source.name.casefold() in archive.shared_names
    return f"{source.name} ({source.id})" if is_shared else source.name


def _versions_before(article: Article, archive: Archive) -> int:
    """How many versions the shown one has superseded; later ones are not known to its edition."""
    return len(list(takewhile(lambda one: one.version != article.version, archive.older.get(article.id, ()))))
