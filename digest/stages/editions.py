"""Which edition an article stands in, which editions are closed, and what a closed one has published.

An edition's end is read from the last run in the log, never from a clock. What a closed edition has published is
truth: what comes later goes to the next one, or is listed there as added.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
from digest.revisions import shown

DAY = 86_400  # seconds


@record
class Calendar:
    """When editions end."""

    zone: tzinfo = UTC
    minute: int = 0  # after midnight; 0: at the end of the day
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)  # that have an edition, 0 = Monday

    def day_of(self, at: int) -> str:
        """The ISO day of the edition that holds what was seen then."""
        day = datetime.fromtimestamp(at, self.zone).date()
        while day.weekday() not in self.weekdays or at >= self.end_of(day.isoformat()):
            day += timedelta(days=1)
        return day.isoformat()

    def day_before(self, day: str) -> str:
        """The ISO day of the edition before."""
        earlier = date.fromisoformat(day) - timedelta(days=1)
        while earlier.weekday() not in self.weekdays:
            earlier -= timedelta(days=1)
        return earlier.isoformat()

    def end_of(self, day: str) -> int:
        """When that edition ends: the first second that no longer belongs to it."""
        end = date.fromisoformat(day) + timedelta(days=0 if self.minute else 1)
        wall = datetime.combine(end, time(self.minute // 60, self.minute % 60), tzinfo=self.zone)
        return int(wall.timestamp())


class _Days:
    """The calendar as it is, but for editions that have closed: they end when they ended."""

    def __init__(self, calendar: Calendar, published: Mapping[str, ClosedEdition]) -> None:
        self.calendar = calendar
        self.published = published
        self.last_published = max(published, default="")
        self.placed = {one.id: day for day, edition in published.items() for one in edition.articles}
        self._ends = sorted((edition.end_at, day) for day, edition in published.items())

    def of(self, at: int) -> str:
        """The ISO day of the edition that holds what was seen then."""
        following = bisect_right(self._ends, at, key=lambda end: end[0])
        if following < len(self._ends) and self.start(self._ends[following][1]) <= at:
            return self._ends[following][1]
        day = self.calendar.day_of(at)
        while day in self.published and at >= self.end(day):
            day = self.calendar.day_of(self.calendar.end_of(day))
        return day

    def end(self, day: str) -> int:
        """When that edition ends, or ended."""
        return self.published[day].end_at if day in self.published else self.calendar.end_of(day)

    def start(self, day: str) -> int:
        """When it begins, or began: the end of the one before."""
        if day not in self.published:
            return self.end(self.calendar.day_before(day))
        closed = self.published[day]
        return closed.start_at if closed.start_at is not None else closed.end_at - DAY


def day_ends(calendar: Calendar, published: Mapping[str, ClosedEdition]) -> Callable[[int], int]:
    """What tells when a day ends, or the edition that holds its midnight: the last second of whichever is first."""
    known = _Days(calendar, published)
    return lambda midnight: min(midnight + DAY, known.end(known.of(midnight))) - 1


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
    known = _Days(calendar, published)
    first = {id: own[0] for id, own in versions.items()}
    answers = _answers(runs, known)
    home = _homes(first, answers, known)
    days = sorted({*home.values(), *answers, *published})
    added = {id for id, day in home.items() if day in published and id not in known.placed}
    new: defaultdict[str, list[str]] = defaultdict(list)
    late_files: defaultdict[str, list[str]] = defaultdict(list)
    for id, day in home.items():
        (late_files if id in added else new)[day].append(id)
    counts = _counting(home, days, published, added)
    listed = _listed(stories, home, added)
    last_run = max((run.run_at for run in runs), default=None)
    editions = []
    for at, day in enumerate(days):
        start, end = (known.start(day), known.end(day)) if day else (None, None)
        closed = day in published or last_run is None or (end is not None and last_run >= end)
        edition = Edition(
            day=day,
            start_at=start,
            end_at=end,
            due_at=_due(end, known, closed=closed) if last_run is not None and at == len(days) - 1 else None,
            closed=closed,
            new_ids=tuple(new[day]),
            late_ids=tuple(id for id in new[day] if at and start is not None and _late(first[id], start)),
            added_ids=tuple(late_files[day]),
            statuses=_asked(answers.get(day, ()), statuses if at == len(days) - 1 else ()),
        )
        editions.append(_with_stories(edition, at, listed[day], versions, counts, published.get(day)))
    return editions


def _due(end: int | None, known: _Days, *, closed: bool) -> int | None:
    """When an edition would close, or the one after it where it has closed."""
    return known.end(known.of(end)) if end is not None and closed else end


def _homes(articles: Mapping[str, Article], run_days: Iterable[str], known: _Days) -> dict[str, str]:
    """Article id → the ISO day of its edition, in the order seen; undated ones stand in the first still to be told."""
    home = {
        id: known.placed.get(id) or (known.of(article.seen_at) if article.seen_at is not None else "")
        for id, article in articles.items()
    }
    days = sorted({*home.values(), *run_days, known.last_published} - {""})
    last = known.last_published
    waiting = next((day for day in days if day > last), last) if last else days[-1] if days else ""
    return {id: day or waiting for id, day in home.items()}


def _listed(stories: Iterable[Story], home: Mapping[str, str], added: set[str]) -> Mapping[str, list[Story]]:
    """ISO day → the stories with something new in its edition."""
    listed: defaultdict[str, list[Story]] = defaultdict(list)
    for story in stories:
        for day in {home[id] for id in story.article_ids if id not in added}:
            listed[day].append(story)
    return listed


def _counting(
    home: Mapping[str, str], days: Sequence[str], published: Mapping[str, ClosedEdition], added: Collection[str]
) -> Callable[[str, int], bool]:
    """Does an edition count an article (id, its own index) in its stories? None counts what was added to another.

    A published one counts what had been published when it closed: an edition of an earlier day may close after it.
    """
    told = {one.id: line.number for line in published.values() for one in line.articles}
    index = {day: at for at, day in enumerate(days)}
    since = {id: index[day] for id, day in home.items()}
    number = [published[day].number if day in published else math.inf for day in days]
    return lambda id, at: since[id] <= at and id not in added and told.get(id, math.inf) <= number[at]


def _late(article: Article, start: int) -> bool:
    """Was it dated before the edition began? A day-precise date only once its whole day is over."""
    if article.published_at is None or not article.seen_stamped:
        return False
    return article.published_at + (DAY if article.precision in ("day", "month") else 0) < start


def _answers(runs: Iterable[Run], known: _Days) -> dict[str, tuple[SourceStatus, ...]]:
    """ISO day of every edition that a run fell into → how each source answered last in its window."""
    latest: defaultdict[str, dict[str, SourceStatus]] = defaultdict(dict)
    for run in runs:
        by_source = latest[known.of(run.run_at)]
        for id, answer in run.sources.items():
            by_source[id] = SourceStatus(
                id=id,
                status="failed" if answer.status == "failed" else "ok",
                items=answer.items + (by_source[id].items if id in by_source else 0),
                reason=answer.reason or "",
            )
    return {day: tuple(by_source[id] for id in sorted(by_source)) for day, by_source in latest.items()}


def _asked(answers: Sequence[SourceStatus], latest: Iterable[SourceStatus]) -> tuple[SourceStatus, ...]:
    """How the sources of an edition answered; in the newest one also how the recorded documents read."""
    known = {status.id for status in answers}
    return (*answers, *(one for one in latest if not known or (one.location and one.id not in known)))


def _with_stories(
    edition: Edition,
    at: int,
    stories: Iterable[Story],
    versions: Mapping[str, Sequence[Article]],
    counts: Callable[[str, int], bool],
    published: ClosedEdition | None,
) -> Edition:
    """The edition with its stories, each as it stood at its end."""
    topics = {story.id: story.topics for story in published.stories} if published else {}
    end = edition.end_at if edition.closed and edition.end_at is not None else None
    articles: dict[str, Article] = {}
    found = []
    for story in stories:
        groups = tuple(filter(None, (_as_of(group, at, counts) for group in story.groups)))
        if not groups:
            continue
        ids = [id for group in groups for id in group.ids]
        known = {id: _version(versions[id], end) for id in ids}
        times = sorted(time for article in known.values() if (time := article.at) is not None)
        articles |= known
        found.append(
            replace(
                story,
                title=known[story.id].title if story.id in known else story.title,
                groups=groups,
                first_at=times[0] if times else None,
                last_at=times[-1] if times else None,
                topics=topics.get(story.id, story.topics),
            )
        )
    return replace(edition, stories=tuple(found), articles=articles)


def _as_of(group: CopyGroup, at: int, counts: Callable[[str, int], bool]) -> CopyGroup | None:
    """The copies known by an edition; where their lead came later (a file), the first of them stands for it."""
    ids = [id for id in group.ids if counts(id, at)]
    return CopyGroup(lead_id=ids[0], copy_ids=tuple(ids[1:])) if ids else None


def _version(versions: Sequence[Article], end: int | None) -> Article:
    """The version that stood at that time, at the place and address of the first."""
    return shown(
        [versions[0], *(one for one in versions[1:] if end is None or one.seen_at is None or one.seen_at < end)]
    )


def to_publish(
    editions: Iterable[Edition],
    topics: Mapping[str, Topic],
    stories: Iterable[Story],
    known: Mapping[str, ClosedEdition],
) -> list[ClosedEdition]:
    """What the log of editions holds of those that have closed; `stories` are whole, `known` are its lines by day."""
    lead_of = {id: group.lead_id for story in stories for group in story.groups for id in group.ids}
    number = max((line.number for line in known.values()), default=0)
    lines = []
    for edition in editions:
        if edition.closed and edition.end_at is not None:
            number += edition.day not in known
            own = known[edition.day].number if edition.day in known else number
            lines.append(_closed(edition, topics, lead_of, own))
    return lines


def _closed(edition: Edition, topics: Mapping[str, Topic], lead_of: Mapping[str, str], number: int) -> ClosedEdition:
    place = {
        id: Placed(
            id=id,
            story_id=story.id,
            of=lead if (lead := lead_of.get(id, group.lead_id)) != id else "",
            slug=edition.articles[id].slug,
        )
        for story in edition.stories
        for group in story.groups
        for id in group.ids
    }
    names = {name for story in edition.stories for name in story.topics}
    return ClosedEdition(
        day=edition.day,
        start_at=edition.start_at,
        end_at=edition.end_at or 0,
        number=number,
        articles=tuple(place[id] for id in edition.new_ids if id in place),
        stories=tuple(PublishedStory(id=one.id, slug=one.slug, topics=one.topics) for one in edition.stories),
        topics=tuple(topic for name, topic in topics.items() if name in names),
    )
