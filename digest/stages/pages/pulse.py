"""What is usual and what is not: counts a day, new names, watched words, quiet topics."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from digest.cards import Cards, story_href
from digest.languages import base
from digest.model import Archive, Article, Edition, Site, Story
from digest.paging import series
from digest.text import fold, slug
from digest.views import Facet, Link, PulseRow, Quiet

FACETS = {"language": "Language", "kind": "Kind of source", "country": "Country of source"}
ROWS = 6  # at least, filled up with discovered topics
NAMES = 6  # new names that are shown
NAMED_BY = 2  # sources that must use a new name
UNUSUAL = 2.0  # times the median
UNUSUAL_DAYS = 4  # that must be known before anything is unusual
UNUSUAL_MEDIAN = 2.0  # articles a day: below, any day is many times as much
UNUSUAL_SHOWN = 2  # topics


def pulse(archive: Archive, cards: Cards, days: Sequence[str], counted: Sequence[Counter[str]]) -> tuple[PulseRow, ...]:
    """Rules in their order, then the discovered topics with most articles today."""
    ruled = [name for name, topic in archive.topics.items() if not topic.discovered]
    found = [name for name, _ in counted[-1].most_common() if name and archive.topics[name].discovered]
    rows = []
    for name in ruled + found[: max(0, ROWS - len(ruled))]:
        counts = series(days, [counts[name] for counts in counted])
        rows.append(
            PulseRow(
                topic=name,
                href=f"topic/{archive.topics[name].slug}.html",
                hue=cards.topic_hue(name),
                series=counts,
                delta=counts.counts[-1] - counts.median,
            )
        )
    return tuple(rows)


def unusual(pulse: Sequence[PulseRow]) -> tuple[str, ...]:
    """Topics far above what was usual, said in words."""
    found = []
    for row in pulse:
        today, usual = row.series.counts[-1], row.series.median
        if len(row.series.counts) > UNUSUAL_DAYS and usual >= UNUSUAL_MEDIAN and today >= UNUSUAL * usual:
            found.append((today / usual, row.topic))
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(f"{topic} is at {times:.1f} times its median" for times, topic in found[:UNUSUAL_SHOWN])


def new_names(
    new: Sequence[Article], known: set[str], story_of: Mapping[str, Story], *, first: bool
) -> tuple[tuple[Link, ...], set[str]]:
    """Names that no earlier edition had and several sources use now, each linked to the story that it is in."""
    used: defaultdict[str, list[Article]] = defaultdict(list)
    for article in new:
        for name in filter(None, article.facts.get("names", "").split("\n")):
            used[name].append(article)
    fresh = [] if first else [name for name in used if fold(name) not in known and " " in name]
    fresh = [name for name in fresh if len({article.source_id for article in used[name]}) >= NAMED_BY]
    fresh.sort(key=lambda name: (-len({article.source_id for article in used[name]}), name))
    links = []
    for name in fresh[:NAMES]:
        story = story_of.get(used[name][0].id)
        links.append(Link(name=name, href=story_href(story.id, story.slug) if story else ""))
    return tuple(links), known | {fold(name) for name in used}


def watched(archive: Archive, site: Site, at: int) -> tuple[Link, ...]:
    """How many articles' titles and leads hold each watched word, and the difference from the edition before."""
    found = []
    for word in site.watch:
        today = _holding(archive.editions[at], word)
        before = _holding(archive.editions[at - 1], word) if at else 0
        note = "new" if today and not before and at else f"{today - before:+d}" if at else ""
        found.append(Link(name=word, href="search.html", count=today, note=note))
    return tuple(link for link in found if link.count)


def _holding(edition: Edition, word: str) -> int:
    wanted = f" {fold(word)}"
    known = (edition.articles[id] for id in edition.new_ids if id in edition.articles)
    return sum(wanted in f" {fold(article.title)} {fold(article.lead)}" for article in known)


def facets(new: Sequence[Article], archive: Archive, *, linked: bool) -> tuple[Facet, ...]:
    """How the articles divide by language, kind and country of their source; each sum is the edition's.

    `linked`: the values lead to their pages, which only the newest edition has.
    """
    found = []
    for kind, label in FACETS.items():
        counts = Counter(facet_value(kind, article, archive) for article in new)
        values = tuple(
            Link(name=value, count=count, href=f"facet/{kind}/{slug(value or 'unknown')}.html" if linked else "")
            for value, count in counts.most_common()
        )
        if values:
            found.append(Facet(kind=kind, label=label, values=values))
    return tuple(found)


def facet_value(kind: str, article: Article, archive: Archive) -> str:
    """What an article is filed under; empty where its source does not say."""
    if kind == "language":
        return base(article.language)
    source = archive.sources.get(article.source_id)
    return "" if source is None else source.kind if kind == "kind" else source.country


def quiet(archive: Archive, cards: Cards, edition: Edition, counts: Mapping[str, int]) -> tuple[Quiet, ...]:
    """Rules with nothing new, and how many sources were asked."""
    failing = sum(status.status == "failed" for status in edition.statuses)
    return tuple(
        Quiet(topic=cards.topic_link(name), hue=cards.topic_hue(name), asked=len(edition.statuses), failing=failing)
        for name, topic in archive.topics.items()
        if not topic.discovered and not counts.get(name) and _in_force(topic.until, edition.day)
    )


def _in_force(until: str, day: str) -> bool:
    return not until or not day or day <= until
