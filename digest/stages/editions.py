"""Which edition an article stands in, which editions are closed, and what a closed one has published.

An edition's end is read from the last run in the log, never from a clock. What a closed edition has published is
truth: what comes later goes to the next one, or is listed there as added.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from digest.model import (
    Article,
    ClosedEdition,
    CopyGroup,
    Edition,
    Placed,
    PublishedStory,
    Run,
    SourceStatus,
    Story,
    Topic,
    record,
)

DAY = 86_400  # seconds


@record
class Calendar:
    """When editions end."""

    zone: tzinfo = UTC
    minute: int = 0  # after midnight; 0: at the end of the day
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)  # that have an edition, 0 = Monday

    def day_of(self, at: int) -> str:
        """The ISO day of the edition that holds what was seen then."""
        local = datetime.fromtimestamp(at, self.zone)
        day = local.date()
        if self.minute and local.hour * 60 + local.minute >= self.minute:
            day += timedelta(days=1)
        while day.weekday() not in self.weekdays:
            day += timedelta(days=1)
        return day.isoformat()

    def end_of(self, day: str) -> int:
        """When that edition ends: the first second that no longer belongs to it."""
        end = date.fromisoformat(day) + timedelta(days=0 if self.minute else 1)
        wall = datetime.combine(end, time(self.minute // 60, self.minute % 60), tzinfo=self.zone)
        return int(wall.timestamp())

    def start_of(self, day: str) -> int:
        """When it begins: the end of the one before."""
        before = date.fromisoformat(day) - timedelta(days=1)
        while before.weekday() not in self.weekdays:
            before -= timedelta(days=1)
        return self.end_of(before.isoformat())


def bind(
    stories: Sequence[Story],
    versions: Mapping[str, Sequence[Article]],
    runs: Sequence[Run],
    statuses: Sequence[SourceStatus],
    calendar: Calendar,
    published: Mapping[str, ClosedEdition],
) -> list[Edition]:
    """The editions, oldest first, each with its stories as they stood at its end (not yet ranked).

    `versions` holds each article's versions, the oldest first.
    """
    first = {id: known[0] for id, known in versions.items()}
    home = _homes(first, calendar, published)
    days = sorted(set(home.values()) | {calendar.day_of(run.run_at) for run in runs} | set(published))
    added = {
        id for id, day in home.items() if day in published and id not in {one.id for one in published[day].articles}
    }
    last_run = runs[-1].run_at if runs else None
    editions = []
    members: defaultdict[str, list[str]] = defaultdict(list)
    for id, day in home.items():
        members[day].append(id)
    counts_from = _counting(home, added, days, published)
    for at, day in enumerate(days):
        end = calendar.end_of(day) if day else None
        closed = last_run is None or (end is not None and last_run >= end)
        new = [id for id in members[day] if id not in added]
        edition = Edition(
            day=day,
            start_at=calendar.start_of(day) if day else None,
            end_at=end,
            closed=closed,
            new_ids=tuple(new),
            late_ids=tuple(id for id in new if at and _late(first[id], calendar.start_of(day))) if day else (),
            added_ids=tuple(id for id in members[day] if id in added),
            statuses=_answers(runs, calendar, day) or (tuple(statuses) if at == len(days) - 1 else ()),
        )
        editions.append(_with_stories(edition, at, stories, versions, counts_from, published.get(day)))
    return editions


def _homes(
    articles: Mapping[str, Article], calendar: Calendar, published: Mapping[str, ClosedEdition]
) -> dict[str, str]:
    """Article id → the ISO day of its edition, in the order seen; undated ones stand in the newest."""
    placed = {one.id: day for day, edition in published.items() for one in edition.articles}
    home = {
        id: placed.get(id) or (calendar.day_of(article.seen_at) if article.seen_at is not None else "")
        for id, article in articles.items()
    }
    newest = max(home.values(), default="")
    return {id: day or newest for id, day in home.items()}


def _counting(
    home: Mapping[str, str], added: set[str], days: Sequence[str], published: Mapping[str, ClosedEdition]
) -> dict[str, int]:
    """Article id → the index of the first edition whose stories count it; added ones count after all published."""
    after_all = bisect_left(days, max(published, default="")) + 1 if published else 0
    index = {day: at for at, day in enumerate(days)}
    return {id: after_all if id in added else index[day] for id, day in home.items()}


def _late(article: Article, start: int) -> bool:
    """Was it dated before the edition began? A day-precise date only once its whole day is over."""
    if article.published_at is None or not article.seen_stamped:
        return False
    return article.published_at + (DAY if article.precision in ("day", "month") else 0) < start


def _answers(runs: Iterable[Run], calendar: Calendar, day: str) -> tuple[SourceStatus, ...]:
    """How each source answered last in an edition's window."""
    latest: dict[str, SourceStatus] = {}
    counts: defaultdict[str, int] = defaultdict(int)
    for run in runs:
        if calendar.day_of(run.run_at) == day:
            for id, answer in run.sources.items():
                counts[id] += answer.items
                latest[id] = SourceStatus(
                    id=id,
                    status="failed" if answer.status == "failed" else "ok",
                    items=counts[id],
                    reason=answer.reason or "",
                )
    return tuple(latest[id] for id in sorted(latest))


def _with_stories(
    edition: Edition,
    at: int,
    stories: Iterable[Story],
    versions: Mapping[str, Sequence[Article]],
    counts_from: Mapping[str, int],
    published: ClosedEdition | None,
) -> Edition:
    """The edition with the stories that have something new in it, each as it stood at its end."""
    new = set(edition.new_ids)
    listed = {story.id: story.topics for story in published.stories} if published else {}
    end = edition.end_at if edition.closed and edition.end_at is not None else None
    articles: dict[str, Article] = {}
    found = []
    for story in stories:
        if new.isdisjoint(story.article_ids):
            continue
        groups = tuple(filter(None, (_as_of(group, at, counts_from) for group in story.groups)))
        ids = [id for group in groups for id in (group.lead_id, *group.copy_ids)]
        known = {id: _version(versions[id], end) for id in ids}
        times = sorted(time for article in known.values() if (time := _time(article)) is not None)
        articles |= known
        found.append(
            replace(
                story,
                title=known[story.id].title if story.id in known else story.title,
                groups=groups,
                first_at=times[0] if times else None,
                last_at=times[-1] if times else None,
                topics=listed.get(story.id, story.topics),
            )
        )
    return replace(edition, stories=tuple(found), articles=articles)


def _time(article: Article) -> int | None:
    return article.published_at if article.published_at is not None else article.seen_at


def _as_of(group: CopyGroup, at: int, counts_from: Mapping[str, int]) -> CopyGroup | None:
    """The copies known by an edition; where their lead came later (a file), the first of them stands for it."""
    ids = [id for id in (group.lead_id, *group.copy_ids) if counts_from[id] <= at]
    return CopyGroup(lead_id=ids[0], copy_ids=tuple(ids[1:])) if ids else None


def _version(versions: Sequence[Article], end: int | None) -> Article:
    """The version that stood at that time, at the place and address of the first."""
    first = versions[0]
    known = [one for one in versions if end is None or one.seen_at is None or one.seen_at < end] or [first]
    return replace(known[-1], slug=first.slug, seen_at=first.seen_at)


def to_publish(editions: Iterable[Edition], topics: Mapping[str, Topic]) -> list[ClosedEdition]:
    """What the log of editions holds of those that have closed."""
    return [_closed(edition, topics) for edition in editions if edition.closed and edition.end_at is not None]


def _closed(edition: Edition, topics: Mapping[str, Topic]) -> ClosedEdition:
    place = {
        id: Placed(id=id, story_id=story.id, of=group.lead_id if id != group.lead_id else "")
        for story in edition.stories
        for group in story.groups
        for id in (group.lead_id, *group.copy_ids)
    }
    names = dict.fromkeys(name for story in edition.stories for name in story.topics)
    return ClosedEdition(
        day=edition.day,
        end_at=edition.end_at or 0,
        articles=tuple(place[id] for id in edition.new_ids if id in place),
        stories=tuple(PublishedStory(id=one.id, slug=one.slug, topics=one.topics) for one in edition.stories),
        topics=tuple(topics[name] for name in names if name in topics),
    )
