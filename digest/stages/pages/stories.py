"""A page for each story: all coverage, copies beneath their text, why each article stands there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from urllib.parse import quote
from zoneinfo import ZoneInfo

from digest.addresses import edition_stem, story_href
from digest.display import iso, plural, say
from digest.languages import base
from digest.model import Archive, Article, Site, Story
from digest.stages.pages.cards import Cards
from digest.stages.pages.histogram import histogram
from digest.stages.pages.lineage import Beside, compared
from digest.stages.pages.quotes import quote_cards
from digest.stages.pages.reasons import FIRST, as_shown, written
from digest.text import shorten
from digest.views import ArticleRow, Compared, Head, Link, MovedView, Share, Sketch, StoryCard, StoryView

CLOCKED = ("second", "minute")  # precisions that know a time of day
LEAST_FOR_HISTOGRAM = 4  # articles with a time of day
NAMES = 8
EARLIER = 6  # related older stories
LEFT_OUT = "{n} without a time of day left out."
LAST = 1 << 62  # seconds: behind every date


def story_views(cards: Cards) -> Iterator[Sketch | MovedView]:
    """Every story's page, then whole small pages at addresses that moved."""
    archive, site = cards.archive, cards.site
    by_topic: dict[str, list[Story]] = {}
    beside = Beside(archive)
    for story in archive.stories.values():
        for name in story.topics[:1]:
            by_topic.setdefault(name, []).append(story)
        yield _sketch(story, cards, _earlier(story, archive, cards, by_topic), compared(story, archive, beside))
    for stem, id in archive.moved.items():
        link = cards.story_link(archive.stories[id])
        yield MovedView(stem=stem, head=Head(title=link.name, description=say(site, "Moved."), index=False), to=link)


def _sketch(story: Story, cards: Cards, earlier: tuple[Link, ...], compared: tuple[Compared, ...]) -> Sketch:
    archive, last = cards.archive, cards.last(story)
    is_light = cards.standing.is_old(story)
    nearest = [archive.stories[one.runner_up] for one in story.reasons if one.runner_up in archive.stories]
    marks = cards.marks(story)
    story = replace(story, reasons=tuple(map(as_shown, story.reasons)))

    def make() -> StoryView:
        view = _view(story, archive, cards, earlier, compared)
        return _lightened(view) if is_light else view

    return Sketch(
        stem=story_href(story.id, story.slug).removesuffix(".html"),
        kind=StoryView,
        made_of=(
            marks,
            story.reasons,
            [cards.leading(one).title for one in nearest],
            earlier,
            compared,
            is_light,
        ),
        make=make,
        shelf=None if _is_told(story, cards) else iso(last.at, last.precision, ZoneInfo(cards.site.timezone))[:10],
    )


def _is_told(story: Story, cards: Cards) -> bool:
    """Would a search that finds its page find the same once more, on its only article's page?"""
    ids = story.article_ids
    return len(ids) == 1 and bool(cards.standing.article(cards.archive.articles[ids[0]]))


def _view(
    story: Story, archive: Archive, cards: Cards, earlier: tuple[Link, ...], compared: tuple[Compared, ...]
) -> StoryView:
    articles = [archive.articles[id] for id in story.article_ids]
    card = cards.story(story)
    days = sorted({archive.home[article.id] for article in articles}, reverse=True)
    histogram, note = _histogram(articles, cards.site)
    return StoryView(
        stem=story_href(story.id, story.slug).removesuffix(".html"),
        head=Head(
            title=card.title,
            description=shorten(f"{_extent(card, cards.site)} {card.dek}", 190),
            kind="article",
            card=_picture(story, cards),
            published=card.first,
            modified=card.last,
            feeds=(Link(name=say(cards.site, "Stories"), href="stories"),),
        ),
        card=card,
        days=tuple(Link(name=day, href=f"{edition_stem(day)}.html") for day in days if day),
        topics=tuple(cards.topic_links(story)),
        histogram=histogram,
        histogram_note=note,
        coverage=_coverage(story, archive, cards),
        kinds=_shares(cards.row(article).kind for article in articles),
        languages=_shares(base(article.language) for article in articles),
        names=_names(articles, cards),
        posts=tuple(cards.post(archive.posts[id]) for id in story.posts),
        quotes=quote_cards(story, cards),
        earlier=earlier,
        compared=compared,
        is_told=_is_told(story, cards),
    )


def _picture(story: Story, cards: Cards) -> str:
    """The stem of the card that stands for its page: its first topic's, where that has one."""
    first = next(iter(story.topics), "")
    return f"topic/{cards.archive.topics[first].slug}" if first and cards.standing.is_followed(first) else ""


def _extent(card: StoryCard, site: Site) -> str:
    return say(
        site,
        "{articles}, {sources}, {texts}.",
        articles=plural(site, card.articles, "article"),
        sources=plural(site, card.sources, "source"),
        texts=plural(site, card.texts, "independent text"),
    )


def _lightened(view: StoryView) -> StoryView:
    """What stays of an old story: its title, its sources, their links."""
    rows = tuple(replace(row, why="", cure="", lead="", flaws=()) for row in view.coverage)
    card = replace(view.card, posts=(), dek="")
    return replace(
        view, card=card, coverage=rows, histogram=(), names=(), posts=(), quotes=(), earlier=(), compared=(), light=True
    )


def _coverage(story: Story, archive: Archive, cards: Cards) -> tuple[ArticleRow, ...]:
    """One row a text, numbered in the order of their times, undated ones last; copies beneath."""
    in_time = sorted(story.groups, key=lambda group: archive.articles[group.lead_id].at or LAST)
    reasons = {reason.article_id: reason for reason in story.reasons}
    shared = {term for reason in story.reasons for term, _ in reason.words}
    own = {group.lead_id: written(archive.articles[group.lead_id], shared) for group in in_time}
    spelled = {term: word for each in own.values() for term, word in each.items()}
    return tuple(
        cards.row(
            archive.articles[group.lead_id],
            n,
            copies=[archive.articles[id] for id in group.copy_ids],
            reason=reasons.get(group.lead_id, FIRST),
            spelled={**spelled, **own[group.lead_id]},
        )
        for n, group in enumerate(in_time, start=1)
    )


def _histogram(articles: Iterable[Article], site: Site) -> tuple[tuple[Share, ...], str]:
    """Articles an hour, or a longer time where they span more, by the site's clocks; the note names that time.

    Day-precise dates stay out: they have no time of day.
    """
    zone = ZoneInfo(site.timezone)
    known = [article for article in articles if article.published_at is not None]
    timed = [
        one.published_at for one in known if one.precision in ("second", "minute") and one.published_at is not None
    ]
    if len(timed) < LEAST_FOR_HISTOGRAM:
        return (), ""
    shares, said = histogram([datetime.fromtimestamp(at, zone).replace(tzinfo=None) for at in timed], site.language)
    left_out = len(known) - len(timed)
    note = say(site, said, zone=site.timezone)
    return shares, f"{note} {plural(site, left_out, LEFT_OUT, LEFT_OUT)}" if left_out else note


def _shares(names: Iterable[str]) -> tuple[Share, ...]:
    return tuple(Share(name=name, count=count) for name, count in Counter(names).most_common())


def _names(articles: Sequence[Article], cards: Cards) -> tuple[Share, ...]:
    """People and places, by how many articles name them; what only one names is left out."""
    named = [one for one in cards.named(articles)[:NAMES] if len(one.articles) > 1]
    spelled = [(one.spelled(cards.site.language), len(one.articles)) for one in named]
    return tuple(Share(name=name, count=count, href=f"search.html?q={quote(name)}") for name, count in spelled)


def _earlier(story: Story, archive: Archive, cards: Cards, by_topic: Mapping[str, list[Story]]) -> tuple[Link, ...]:
    """Older stories of its first topic, the latest first; never newer ones, so that the page stands."""
    if not story.topics:
        return ()
    known = reversed(by_topic[story.topics[0]])
    before = (one for one in known if one.id != story.id and (one.first_at or 0) <= (story.first_at or 0))
    return tuple(replace(cards.story_link(one), note=_day(one.first_at, cards.site)) for one in islice(before, EARLIER))


def _day(at: int | None, site: Site) -> str:
    return "" if at is None else f"{datetime.fromtimestamp(at, ZoneInfo(site.timezone)):%Y-%m-%d}"
