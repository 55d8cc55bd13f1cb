"""What is usual and what is not: counts a day, new names, watched words, quiet topics."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from digest.addresses import story_href
from digest.display import locale_of, number, say
from digest.languages import base
from digest.model import Archive, Article, Edition, Site, in_force
from digest.stages.pages.cards import Cards
from digest.stages.pages.names import Named
from digest.stages.pages.series import PULSE_DAYS, Days, calendar, series
from digest.text import fold, slug, stems, words
from digest.views import Facet, Link, PulseRow, Quiet

FACETS = {"language": "Language", "kind": "Kind of source", "country": "Country of source"}
ROWS = 6  # at least, filled up with discovered topics
NAMES = 6  # new names that are shown
NAMED_BY = 2  # sources that must use a new name
UNUSUAL = 2.0  # times the median
UNUSUAL_DAYS = 4  # with an edition that must be known before anything is unusual
UNUSUAL_MEDIAN = 2.0  # articles a day: below, any day is many times as much
UNUSUAL_SHOWN = 2  # topics


def by_topic(edition: Edition) -> Counter[str]:
    """Topic → new articles of the stories under it. One whose story stands under two topics counts in both.

    So topic pages count too; sections, where a story stands once, count only its first topic's.
    """
    new = set(edition.new_ids)
    counts: Counter[str] = Counter()
    for story in edition.stories:
        counts.update(dict.fromkeys(story.topics, len(new.intersection(story.article_ids))))
    return counts


def pulse(cards: Cards, at: int, told: Sequence[Counter[str]], rows: int = ROWS) -> tuple[PulseRow, ...]:
    """The topics' counts in the days up to an edition; `told` are those of each edition, by topic.

    Rules in their order, then the discovered topics with most articles in it, up to so many rows.
    """
    window = slice(max(0, at + 1 - PULSE_DAYS), at + 1)
    known = cards.archive.editions[window]
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for edition, by_name in zip(known, told[window], strict=True):
        for name, count in by_name.items():
            counts[name][edition.day] = count
    topics, days = cards.archive.topics, calendar(known, PULSE_DAYS)
    ruled = [name for name, topic in topics.items() if topic.ruled]
    has_page = cards.standing.topic
    found = [name for name, _ in told[at].most_common() if topics[name].discovered and has_page(name)]
    return tuple(_row(cards, name, days, counts[name]) for name in ruled + found[: max(0, rows - len(ruled))])


def _row(cards: Cards, name: str, days: Days, counts: Mapping[str, int]) -> PulseRow:
    line = series(days, counts)
    return PulseRow(
        topic=name,
        href=cards.topic_link(name).href,
        hue=cards.topic_hue(name),
        series=line,
        delta=line.counts[-1] - line.median if len(line.counts) > 1 else 0.0,
    )


def unusual(pulse: Sequence[PulseRow], editions: int, site: Site) -> tuple[str, ...]:
    """Topics far above what was usual, said in words, once so many editions are known that anything is."""
    if editions <= UNUSUAL_DAYS:
        return ()
    found = []
    for row in pulse:
        today, usual = row.series.counts[-1], row.series.median
        if usual >= UNUSUAL_MEDIAN and today >= UNUSUAL * usual:
            found.append((today / usual, row.topic))
    found.sort(key=lambda one: (-one[0], one[1]))
    locale = locale_of(site.language)
    return tuple(
        say(site, "{topic} is at {times} times its median", topic=topic, times=number(round(times, 1), locale))
        for times, topic in found[:UNUSUAL_SHOWN]
    )


def names_held(articles: Iterable[Article]) -> set[str]:
    """All names in articles, folded."""
    return {fold(name) for article in articles for name in article.facts.get("names", "").split("\n")}


def new_names(new: Sequence[Article], is_new: Callable[[str], bool], cards: Cards) -> tuple[Link, ...]:
    """Names that are not known yet and that several sources use now, each linked to the story that it is in."""
    unheard = [one for one in cards.named(new) if all(is_new(fold(name)) for name, _ in one.spellings)]
    fresh = [(-_told_by(one), one.spelled(cards.site.language), next(iter(one.articles))) for one in unheard]
    links = []
    for _, name, id in sorted(one for one in fresh if " " in one[1] and -one[0] >= NAMED_BY)[:NAMES]:
        story = cards.story_of.get(id)
        links.append(Link(name=name, href=story_href(story.id, story.slug) if story else ""))
    return tuple(links)


def _told_by(one: Named) -> int:
    """How many sources use a name."""
    return len({article.source_id for article in one.articles.values()})


def holding(edition: Edition, watch: Sequence[str]) -> Mapping[str, int]:
    """How many new articles' titles or leads hold each watched word, in any of its forms in the article's language."""
    counts = dict.fromkeys(watch, 0)
    known = [edition.articles[id] for id in edition.new_ids if id in edition.articles] if watch else []
    for article in known:
        said = [stems(words(text), article.language) for text in (article.title, article.lead)]
        for word in watch:
            wanted = stems(words(word), article.language)
            counts[word] += any(_stand_in(wanted, text) for text in said)
    return counts


def watched(counts: Mapping[str, int], before: Mapping[str, int] | None) -> tuple[Link, ...]:
    """The watched words that stand in an edition, each with the difference from the edition before, if there is one."""
    found = []
    for word, count in counts.items():
        note = "" if before is None else f"{count - before[word]:+d}"
        found.append(Link(name=word, href=f"search.html?q={quote(word)}", count=count, note=note))
    return tuple(link for link in found if link.count)


def _stand_in(wanted: Sequence[str], said: Sequence[str]) -> bool:
    """Do the words stand there, one behind the other?"""
    return bool(wanted) and any(said[at : at + len(wanted)] == wanted for at in range(len(said)))


def facets(new: Sequence[Article], archive: Archive, site: Site, *, linked: bool) -> tuple[Facet, ...]:
    """How the articles divide by language, kind and country of their source; each sum is the edition's.

    `linked`: the values lead to their pages, which only the newest edition has.
    """
    found = []
    for kind, label in FACETS.items():
        counts = Counter(facet_value(kind, article, archive) for article in new)
        values = tuple(
            Link(name=value, count=count, href=f"facet/{kind}/{slug(value or 'unknown')}.html" if linked else "")
            for value, count in sorted(counts.most_common(), key=lambda pair: not pair[0])  # unknown last
        )
        if values:
            found.append(Facet(kind=kind, label=say(site, label), values=values))
    return tuple(found)


def facet_value(kind: str, article: Article, archive: Archive) -> str:
    """What an article is filed under; empty where its source does not say."""
    if kind == "language":
        return base(article.language)
    source = archive.sources.get(article.source_id)
    return "" if source is None else source.kind if kind == "kind" else source.country


def quiet(cards: Cards, edition: Edition, counts: Mapping[str, int]) -> tuple[Quiet, ...]:
    """Rules with nothing new, and how many sources were asked."""
    failing = sum(status.status == "failed" for status in edition.statuses)
    return tuple(
        Quiet(topic=cards.topic_link(name), hue=cards.topic_hue(name), asked=len(edition.statuses), failing=failing)
        for name, topic in cards.archive.topics.items()
        if topic.ruled and not counts.get(name) and in_force(topic.until, edition.day)
    )
