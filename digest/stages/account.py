"""What became of everything that was read: shown, copy, superseded, hidden or rejected, each with its place."""

from collections.abc import Iterable, Mapping

from digest.codec import fingerprint
from digest.model import Article, Outcome, Rejected, Status, Story


def account(
    articles: Mapping[str, Article],
    older: Mapping[str, Iterable[Article]],
    stories: Iterable[Story],
    hidden: Mapping[str, Article],
    rejected: Iterable[Rejected],
) -> tuple[Outcome, ...]:
    """One outcome for each thing read; `older` are versions behind those shown, `hidden` what the editor took out."""
    outcomes: list[Outcome] = []
    for story in stories:
        for group in story.groups:
            outcomes.append(_of(articles[group.lead_id], "shown", story=story))
            outcomes += [_of(articles[id], "copy", of=group.lead_id, story=story) for id in group.copy_ids]
    outcomes += [_of(article, "hidden", reason="hidden by overrides.toml") for article in hidden.values()]
    for id, versions in older.items():
        outcomes += [
            _of(version, "superseded", id=fingerprint(id, version.version), of=id, reason="a later version is shown")
            for version in versions
        ]
    outcomes += [
        Outcome(
            id=fingerprint("rejected", at, one),
            source_id=one.source_id,
            uid=one.uid,
            title=one.title,
            url=one.url,
            file=one.file,
            status="hidden" if one.wished else "rejected",
            reason=one.reason,
        )
        for at, one in enumerate(rejected)
    ]
    return tuple(outcomes)


def _of(
    article: Article, status: Status, *, id: str = "", of: str = "", story: Story | None = None, reason: str = ""
) -> Outcome:
    return Outcome(
        id=id or article.id,
        source_id=article.source_id,
        uid=article.uid,
        title=article.title,
        url=article.url,
        file=article.file,
        published_at=article.published_at,
        precision=article.precision,
        language=article.language,
        status=status,
        of=of,
        story_id=story.id if story else "",
        topics=story.topics if story else (),
        flaws=article.flaws,
        reason=reason,
    )
