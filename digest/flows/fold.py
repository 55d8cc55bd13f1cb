"""Everything known, grouped: a fold over the items in the order seen, from what closed editions have published."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from digest.addresses import story_href
from digest.config import Config
from digest.flows.gather import Gathered
from digest.flows.group import fold_themes, group
from digest.model import (
    Archive,
    Article,
    ClosedEdition,
    Edition,
    Override,
    Signature,
    SourceStatus,
    Story,
    Topic,
)
from digest.shell.state import State
from digest.stages.account import account
from digest.stages.editions import Calendar, bind, day_ends
from digest.stages.editorial import annotate, effective, file_under, hide, merge, unmatched
from digest.stages.health import health_of
from digest.stages.posts import gather_posts, share_posts
from digest.stages.rank import rank
from digest.stages.stories import Grouping, readdress
from digest.stages.topics import assign_topics
from digest.stages.versions import revise, settle
from digest.urls import canonical

_ID = re.compile(r"([0-9a-f]{16})(?:\.html)?/?$")


def fold(
    items: Iterable[Article],
    signature_of: Callable[[Article], Signature],
    gathered: Gathered,
    config: Config,
    *,
    ahead: Callable[[Sequence[Article]], None] = lambda _: None,
    state: State | None = None,
    regroup: bool = False,
) -> Archive:
    """The archive; with `regroup` only the addresses of what closed editions have published stand, not the groups.

    `ahead` is told whose signatures will be asked for next; `state` remembers where an earlier fold has rested.
    """
    known_topics = _known_topics(gathered.editions)
    defined = frozenset(topic.name for topic in (*config.topics, *known_topics))
    closed = {line.day: line for line in gathered.editions}
    closed = {day: _defined(line, defined) for day, line in closed.items() if not line.retired}
    placed = {} if regroup else {one.id: one for line in closed.values() for one in line.articles}
    calendar = Calendar(zone=zone_of(config), minute=config.edition_minute, weekdays=config.weekdays)
    standing = {} if regroup else closed
    versions = settle(items, placed, day_ends(calendar, standing))
    firsts = {id: known.first for id, known in versions.items()}
    named = (one for said in config.overrides for one in _by_id(said, firsts))
    overrides = effective(named, _today(gathered, zone_of(config)))
    split = {one.article for one in overrides if one.kind == "split"}

    later = {id: known.articles[1:] for id, known in versions.items() if len(known.articles) > 1}
    found = group(firsts, later, placed, split, _grouping(config), signature_of, ahead, state)
    groups, versions = revise(found.groups, versions, placed, signature_of)
    articles = file_under({id: known.last for id, known in versions.items()}, overrides)
    grouped = found.stories(groups, firsts)
    grouped = readdress(grouped, (story for line in gathered.editions for story in line.stories))
    stories = annotate(hide(merge(grouped, firsts, overrides), articles, overrides), overrides)
    posts, same_posts = gather_posts(version for known in versions.values() for version in known.articles)
    stories = share_posts(stories, articles, same_posts)
    stories, topics = assign_topics(
        stories,
        articles,
        lambda id: signature_of(firsts[id]),
        config.topics,
        _listed(closed.values()),
        known_topics,
        zone_of(config),
        [source.name for source in gathered.sources.values()],
        fold_themes(firsts, placed, state),
    )

    shown = {id: articles[id] for story in stories for id in story.article_ids}
    shown = {id: article for id, article in articles.items() if id in shown}
    statuses = _statuses(gathered)
    editions = bind(
        stories,
        {id: versions[id].articles for id in shown},
        gathered.runs,
        statuses,
        calendar,
        standing,
    )
    ranked = tuple(
        rank(
            replace(edition, stories=tuple(share_posts(edition.stories, edition.articles, same_posts))),
            gathered.sources,
            tuple(overrides),
        )
        for edition in editions
    )
    by_id = {story.id: story for story in stories}
    older = {id: known.articles[:-1] for id, known in versions.items() if len(known.articles) > 1}
    hidden = {id: article for id, article in articles.items() if id not in shown}
    return Archive(
        articles=shown,
        stories=by_id,
        posts=posts,
        topics=topics,
        sources=gathered.sources,
        shared_names=_shared(source.name.casefold() for source in gathered.sources.values()),
        editions=ranked,
        home=_homes(ranked),
        same_posts=same_posts,
        older=older,
        runs=gathered.runs,
        moved=_moved(gathered.editions, by_id) | _merged(overrides, firsts, by_id),
        unmatched=tuple(unmatched(overrides, versions, (story.id for story in grouped))),
        outcomes=account(articles, older, stories, hidden, gathered.rejected),
        statuses=statuses,
        health=health_of(gathered.runs),
    )


def _shared(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name, times in Counter(names).items() if times > 1)


def _today(gathered: Gathered, zone: tzinfo) -> str:
    """The ISO day of the last run: what has run out is decided by the log, never by a clock."""
    return datetime.fromtimestamp(gathered.runs[-1].run_at, zone).date().isoformat() if gathered.runs else ""


def zone_of(config: Config) -> tzinfo:
    """The site's time zone."""
    return ZoneInfo(config.timezone)


def _grouping(config: Config) -> Grouping:
    return Grouping(window_hours=config.window_hours)


def _by_id(override: Override, articles: Mapping[str, Article]) -> list[Override]:
    """The override with ids where it gave addresses; a publisher's address may name several articles."""
    named = _named(override.article, articles)
    story, into = (_named(text, articles)[0] for text in (override.story, override.into))
    return [replace(override, article=id, story=story, into=into) for id in named]


def _named(text: str, articles: Mapping[str, Article]) -> list[str]:
    """The ids that a text names; the text itself where it names none."""
    key = canonical(text) if text and named_id(text) not in articles else ""
    return [id for id, article in articles.items() if key and article.key == key] or [named_id(text)]


def named_id(text: str) -> str:
    """The id that an address of ours ends with; any other text as it is."""
    match = _ID.search(text)
    return match.group(1) if match else text


def _defined(line: ClosedEdition, known: frozenset[str]) -> ClosedEdition:
    """The line without topics that neither a line nor the settings define: there is nothing behind their names."""
    if all(known.issuperset(story.topics) for story in line.stories):
        return line
    stories = (replace(one, topics=tuple(filter(known.__contains__, one.topics))) for one in line.stories)
    return replace(line, stories=tuple(stories))


def _listed(closed: Iterable[ClosedEdition]) -> Mapping[str, Sequence[str]]:
    """Story id → the topics that closed editions have listed it under."""
    listed: dict[str, dict[str, None]] = {}
    for line in closed:
        for story in line.stories:
            listed.setdefault(story.id, {}).update(dict.fromkeys(story.topics))
    return {id: tuple(names) for id, names in listed.items()}


def _known_topics(lines: Iterable[ClosedEdition]) -> list[Topic]:
    """The topics that closed editions have published, each as it was last; their rules are the settings' affair."""
    known = {topic.name: topic for line in lines for topic in line.topics}
    return [replace(topic, query="") for topic in known.values()]


def _homes(editions: Iterable[Edition]) -> dict[str, str]:
    """Article id → the ISO day of its edition."""
    return {id: edition.day for edition in editions for id in (*edition.new_ids, *edition.added_ids)}


def _statuses(gathered: Gathered) -> tuple[SourceStatus, ...]:
    """How each source answered last: a recorded document when read, a fetched one in its last run."""
    latest = {status.id: status for status in gathered.statuses}
    for run in gathered.runs:
        for id, answer in run.sources.items():
            latest[id] = SourceStatus(
                id=id,
                status="failed" if answer.status == "failed" else "ok",
                items=answer.items,
                reason=answer.reason or "",
            )
    return tuple(latest[id] for id in gathered.sources if id in latest)


def _merged(
    overrides: Iterable[Override], articles: Mapping[str, Article], stories: Mapping[str, Story]
) -> dict[str, str]:
    """Stems of the pages that what the editor has merged had of its own → the story that holds it now."""
    holder = {id: story.id for story in stories.values() for id in story.article_ids}
    ids = [one.story or one.article for one in overrides if one.kind == "merge"]
    return {
        story_href(id, articles[id].slug).removesuffix(".html"): holder[id]
        for id in ids
        if id in holder and id not in stories
    }


def _moved(lines: Iterable[ClosedEdition], stories: Mapping[str, Story]) -> dict[str, str]:
    """Stems of story pages that were published and are no story's own any more → the story that holds them now."""
    holder = {id: story.id for story in stories.values() for id in story.article_ids}
    moved = {}
    for line in lines:
        for story in line.stories:
            stem = story_href(story.id, story.slug).removesuffix(".html")
            if story.id not in stories and story.id in holder:
                moved[stem] = holder[story.id]
    return moved
