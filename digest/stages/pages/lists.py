"""Topics, archive, search, about, 404: one page each, and older pages where there is too much for one."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from digest.display import plural, say
from digest.labels import query, told_by
from digest.model import Archive, Edition, Outcome, Site, Status, Story
from digest.stages.pages.archives import archive_views, search_view
from digest.stages.pages.cards import Cards, is_for_editors
from digest.stages.pages.colophon import answer
from digest.stages.pages.health import trouble
from digest.stages.pages.paging import older_pages, page_links, paged
from digest.stages.pages.pulse import by_topic, pulse
from digest.views import (
    AboutView,
    ArticleRow,
    Colophon,
    Head,
    Link,
    ListView,
    MissingView,
    Problem,
    Refusal,
    TopicsView,
    Unclaimed,
    View,
    When,
)

REASONS = 50  # why items were rejected, on the page about the site, the commonest
NAMED = 200  # of them for each reason
PILE = 40  # stories that no topic caught, on the page of topics
FLAWED = 50  # articles on the page about the site, the last ones
FOLDED = 50
BASELESS = "site.base_url is not set: there are no feeds, no sitemap and no canonical addresses"


def list_views(cards: Cards) -> Iterator[View]:
    """The pages that list what there is."""
    archive, site = cards.archive, cards.site
    yield from _topics(archive, cards, site)
    yield from archive_views(archive, site)
    yield search_view(archive, site)
    yield _about(archive, site, cards)
    missing = say(site, "There is no page at this address.")
    yield MissingView(stem="404", head=Head(title=say(site, "Not found"), description=missing, index=False))


def _topics(archive: Archive, cards: Cards, site: Site) -> Iterator[TopicsView | ListView]:
    stories = Counter(name for story in archive.stories.values() for name in story.topics)
    told = [by_topic(edition) for edition in archive.editions]
    rows = pulse(cards, len(told) - 1, told, rows=0) if told else ()
    discovered = (name for name, topic in archive.topics.items() if topic.discovered and stories[name])
    found = [name for name in discovered if cards.standing.topic(name)]
    shown, older = paged(found[::-1])
    pile = sorted(
        (one for one in archive.stories.values() if not any(map(cards.standing.topic, one.topics))),
        key=lambda story: (-len(story.groups), -(story.last_at or 0), story.id),
    )
    title = say(site, "Topics")
    yield TopicsView(
        stem="topics",
        head=Head(
            title=title,
            description=say(
                site,
                "{topics} by rule, {found} discovered.",
                topics=plural(site, len(rows), "topic"),
                found=len(found),
            ),
        ),
        rows=rows,
        found=len(found),
        discovered=_discovered(shown, stories, cards),
        pages=page_links("topics", len(older)),
        pile=tuple(_unclaimed(story, archive, cards) for story in pile[:PILE]),
        uncaught=len(pile),
    )
    yield from older_pages(
        "topics",
        title,
        say(site, "Topics discovered earlier."),
        older,
        lambda page, names: replace(page, topics=_discovered(names, stories, cards)),
        site=site,
    )


def _discovered(names: Sequence[str], stories: Mapping[str, int], cards: Cards) -> tuple[Link, ...]:
    """Topics with the number of their stories, the largest first."""
    order = sorted(names, key=lambda name: (-stories[name], name))
    return tuple(replace(cards.topic_link(name), count=stories[name]) for name in order)


def _unclaimed(story: Story, archive: Archive, cards: Cards) -> Unclaimed:
    leads = [archive.articles[group.lead_id] for group in story.groups]
    outlets = cards.outlets(leads)
    texts = [told_by(lead, outlets) for lead in leads]
    return Unclaimed(card=cards.story(story), query=query(texts))


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
        rejected=_refusals(by_status["rejected"]),
        flawed=_flawed(by_status["shown"]),
        folded=_folded(archive, cards),
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
        taken_out=len(by_status["hidden"]),
        repeated_posts=sum(max(0, cards.post(post).times - 1) for post in archive.posts.values()),
        answered=len(archive.statuses) - len(failed),
        asked=len(archive.statuses),
        failed=tuple(answer(archive, status) for status in failed),
        settings_hash=site.settings_hash,
        content_hash="",
    )


def _problem(outcome: Outcome, reason: str) -> Problem:
    what = outcome.title or outcome.uid or outcome.file
    where = outcome.file or outcome.source_id
    return Problem(what=what, where="" if where == what else where, reason=reason, lang=outcome.language)


def _flawed(shown: Sequence[Outcome]) -> tuple[Problem, ...]:
    """The last articles of which something had to be assumed."""
    told = ((one, [flaw for flaw in one.flaws if not is_for_editors(flaw)]) for one in reversed(shown))
    return tuple(islice((_problem(one, "; ".join(flaws)) for one, flaws in told if flaws), FLAWED))


def _refusals(rejected: Sequence[Outcome]) -> tuple[Refusal, ...]:
    """Why items were rejected, the commonest reason first."""
    by_reason: defaultdict[str, list[Outcome]] = defaultdict(list)
    for one in rejected:
        by_reason[one.reason].append(one)
    order = sorted(by_reason, key=lambda reason: -len(by_reason[reason]))
    return tuple(
        Refusal(
            reason=reason,
            count=len(by_reason[reason]),
            items=tuple(_problem(one, reason) for one in by_reason[reason][:NAMED]),
        )
        for reason in order[:REASONS]
    )


def _folded(archive: Archive, cards: Cards) -> tuple[ArticleRow, ...]:
    """The last texts that have copies."""
    stories = list(archive.stories.values())[::-1]
    folded = ((group, story) for story in stories for group in reversed(story.groups) if group.copy_ids)
    return tuple(
        cards.row(archive.articles[group.lead_id], copies=[archive.articles[id] for id in group.copy_ids], story=story)
        for group, story in islice(folded, FOLDED)
    )
