"""Archive, topics, search, about, 404: one page each."""

from calendar import Calendar as MonthCalendar
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.addresses import edition_stem
from digest.display import month_long, plural, say
from digest.labels import query, told_by
from digest.model import Archive, Edition, Outcome, Site, Status, Story
from digest.stages.pages.cards import Cards
from digest.stages.pages.colophon import answer
from digest.stages.pages.health import trouble
from digest.stages.pages.pulse import by_topic, pulse
from digest.views import (
    AboutView,
    ArchiveView,
    ArticleRow,
    Colophon,
    Day,
    Head,
    Link,
    MissingView,
    Month,
    Problem,
    SearchView,
    TopicsView,
    Unclaimed,
    View,
    When,
)

PILE = 40  # stories that no topic caught, on the page of topics
FLAWED = 100  # articles on the page about the site, the last ones
FOLDED = 50
BASELESS = "site.base_url is not set: there are no feeds, no sitemap and no canonical addresses"
HEATS = 4  # shades of the calendar, by quantile


def list_views(archive: Archive, site: Site) -> Iterator[View]:
    """The pages that list what there is."""
    cards = Cards(archive, site)
    yield _topics(archive, cards, site)
    yield _archive(archive, site)
    yield _search(archive, site)
    yield _about(archive, site, cards)
    missing = say(site, "There is no page at this address.")
    yield MissingView(stem="404", head=Head(title=say(site, "Not found"), description=missing, index=False))


def _topics(archive: Archive, cards: Cards, site: Site) -> TopicsView:
    stories = Counter(name for story in archive.stories.values() for name in story.topics)
    told = [by_topic(edition) for edition in archive.editions]
    rows = pulse(cards, len(told) - 1, told, rows=0) if told else ()
    found = [name for name, topic in archive.topics.items() if topic.discovered and stories[name]]
    found.sort(key=lambda name: (-stories[name], name))
    pile = sorted(
        (story for story in archive.stories.values() if not story.topics),
        key=lambda story: (-len(story.groups), -(story.last_at or 0), story.id),
    )
    return TopicsView(
        stem="topics",
        head=Head(
            title=say(site, "Topics"),
            description=say(
                site,
                "{topics} by rule, {found} discovered.",
                topics=plural(site, len(rows), "topic"),
                found=len(found),
            ),
        ),
        rows=rows,
        discovered=tuple(replace(cards.topic_link(name), count=stories[name]) for name in found),
        pile=tuple(_unclaimed(story, archive, cards) for story in pile[:PILE]),
    )


def _unclaimed(story: Story, archive: Archive, cards: Cards) -> Unclaimed:
    texts = [told_by(archive.articles[group.lead_id]) for group in story.groups]
    return Unclaimed(card=cards.story(story), query=query(texts))


def _archive(archive: Archive, site: Site) -> ArchiveView:
    """A calendar a month, newest first."""
    sizes = sorted(len(edition.new_ids) for edition in archive.editions)
    days = {
        edition.day: _day(edition, Cards(archive, site, edition.articles), sizes)
        for edition in archive.editions
        if edition.day
    }
    by_month: defaultdict[str, list[Day]] = defaultdict(list)
    for day in sorted(days, reverse=True):
        by_month[day[:7]].append(days[day])
    months = tuple(
        Month(month=month, weeks=_weeks(month, days), days=tuple(known)) for month, known in by_month.items()
    )
    known = say(site, "No edition has been made yet.")
    if months:
        since = month_long(months[-1].month, site.language)
        known = say(site, "{editions}, {month} to now.", editions=plural(site, len(days), "edition"), month=since)
    return ArchiveView(stem="archive", head=Head(title=say(site, "Archive"), description=known), months=months)


def _day(edition: Edition, cards: Cards, sizes: list[int]) -> Day:
    size = len(edition.new_ids)
    lead = cards.leading(edition.stories[0]) if edition.stories else None
    below = sum(other < size for other in sizes)
    return Day(
        day=edition.day,
        href=f"{edition_stem(edition.day)}.html",
        articles=size,
        heat=min(HEATS, 1 + below * HEATS // len(sizes)) if size else 0,
        title=lead.title if lead else "",
        lang=lead.language if lead else "",
    )


def _weeks(month: str, days: Mapping[str, Day]) -> tuple[tuple[Day | None, ...], ...]:
    """The month's weeks, Monday first; days of other months are None."""
    year, number = map(int, month.split("-"))
    return tuple(
        tuple(days.get(date.isoformat(), Day(day=date.isoformat())) if date.month == number else None for date in week)
        for week in MonthCalendar(firstweekday=0).monthdatescalendar(year, number)
    )


def _search(archive: Archive, site: Site) -> SearchView:
    return SearchView(
        stem="search",
        head=Head(title=say(site, "Search"), description=say(site, "Search all stories and articles."), index=False),
        days=tuple(
            Link(name=edition.day, href=f"{edition_stem(edition.day)}.html", count=len(edition.new_ids))
            for edition in reversed(archive.editions)
            if edition.day
        ),
        topics=tuple(
            Link(name=name, href=f"topic/{topic.slug}.html") for name, topic in archive.topics.items() if topic.ruled
        ),
    )


def _about(archive: Archive, site: Site, cards: Cards) -> AboutView:
    """How the whole was made: what failed, what was rejected and why, what was folded."""
    by_status: defaultdict[Status, list[Outcome]] = defaultdict(list)
    for outcome in archive.outcomes:
        by_status[outcome.status].append(outcome)
    made = _made(archive, site, cards, by_status)
    statuses, troubles = archive.statuses, trouble(archive, site)
    return AboutView(
        stem="about",
        head=Head(
            title=say(site, "How it was made"),
            description=say(site, "What was read, what failed, what was rejected, what was folded."),
        ),
        made=made,
        failed=tuple(answer(archive, one, troubles.get(one.id, "")) for one in statuses if one.status == "failed"),
        watched=tuple(
            answer(archive, one, troubles[one.id]) for one in statuses if one.id in troubles and one.status != "failed"
        ),
        empty=tuple(answer(archive, status) for status in archive.statuses if status.status == "empty"),
        rejected=tuple(_problem(one, one.reason) for one in by_status["rejected"]),
        flawed=tuple(_problem(one, "; ".join(one.flaws)) for one in by_status["shown"] if one.flaws)[::-1][:FLAWED],
        folded=_folded(archive, cards)[::-1][:FOLDED],
        warnings=() if site.base_url else (say(site, BASELESS),),
    )


def _made(archive: Archive, site: Site, cards: Cards, by_status: Mapping[Status, Sequence[Outcome]]) -> Colophon:
    """All editions together; what one of them held has its fingerprint on its own page."""
    newest = archive.editions[-1] if archive.editions else Edition(day="")
    failed = [status for status in archive.statuses if status.status == "failed"]
    return Colophon(
        generator=site.generator,
        start=When.of(newest.start_at),
        end=When.of(newest.end_at),
        newest=When(),
        read=len(archive.outcomes),
        shown=len(by_status["shown"]),
        copies=len(by_status["copy"]),
        versions=len(by_status["superseded"]),
        rejected=len(by_status["rejected"]),
        repeated_posts=sum(max(0, cards.post(post).times - 1) for post in archive.posts.values()),
        answered=len(archive.statuses) - len(failed),
        asked=len(archive.statuses),
        failed=tuple(answer(archive, status) for status in failed),
        settings_hash=site.settings_hash,
        content_hash="",
    )


def _problem(outcome: Outcome, reason: str) -> Problem:
    what = outcome.title or outcome.uid or outcome.file
    return Problem(what=what, where=outcome.file or outcome.source_id, reason=reason, lang=outcome.language)


def _folded(archive: Archive, cards: Cards) -> tuple[ArticleRow, ...]:
    return tuple(
        cards.row(archive.articles[group.lead_id], copies=[archive.articles[id] for id in group.copy_ids], story=story)
        for story in archive.stories.values()
        for group in story.groups
        if group.copy_ids
    )
