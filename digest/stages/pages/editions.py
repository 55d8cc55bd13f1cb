"""The briefing: one view an edition, and the newest once more as the front page."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import cast

from digest.addresses import edition_stem
from digest.codec import chained
from digest.display import day_long, plural, say
from digest.languages import base
from digest.model import Archive, Article, Edition, Site
from digest.stages.pages.cards import Cards
from digest.stages.pages.colophon import colophon
from digest.stages.pages.paging import older_pages, page_links, paged
from digest.stages.pages.pulse import (
    by_topic,
    facet_value,
    facets,
    holding,
    names_held,
    new_names,
    pulse,
    quiet,
    unusual,
    watched,
)
from digest.stages.pages.sections import five, sections
from digest.text import shorten
from digest.views import ArticleRow, EditionView, Facet, Head, Link, ListView, PostCard, Section, Sketch, When

LATE = 12  # late arrivals that are listed
POSTS = 12  # beside those that stand with their stories
DESCRIBED = 187  # characters of what an edition leads with and of its extent


class _Told:
    """What editions are compared by: one entry an edition, oldest first."""

    def __init__(self, whole: Cards) -> None:
        editions = whole.archive.editions
        self._editions = editions
        self._told: dict[str, int] = {}  # name → the first edition that holds it, as far as they were looked through
        self._looked_through = 0  # editions
        self.topics = [by_topic(edition) for edition in editions]  # topic → new articles
        self.watched = [holding(edition, whole.site.watch) for edition in editions]  # word → articles that hold it
        self.naming = chained([[article.facts.get("names") for article in new_articles(one)] for one in editions])

    def is_new(self, name: str, at: int) -> bool:
        """Is a name in none of the editions before this one?"""
        while self._looked_through < at:
            for held in names_held(new_articles(self._editions[self._looked_through])):
                self._told.setdefault(held, self._looked_through)
            self._looked_through += 1
        return self._told.get(name, at) >= at


def new_articles(edition: Edition) -> list[Article]:
    """What an edition brought, as it knew it."""
    return [edition.articles[id] for id in edition.new_ids if id in edition.articles]


def edition_views(whole: Cards) -> list[Sketch]:
    """The editions, oldest first; the newest again as index."""
    editions = whole.archive.editions
    told = _Told(whole)
    found = [_sketch(whole, at, told) for at in range(len(editions))]
    newest = found[-1] if found else _empty(whole.site)
    front = newest._replace(
        stem="index", made_of=("index", newest.made_of), make=lambda: replace(edition_of(newest), stem="index")
    )
    return [*(one for one, edition in zip(found, editions, strict=True) if edition.day), front]


def edition_of(sketch: Sketch) -> EditionView:
    """The view of an edition's sketch."""
    return cast(EditionView, sketch.make())


def facet_views(whole: Cards) -> Iterator[ListView]:
    """The newest edition's articles by language, kind and country: plain pages behind the plain links."""
    archive, site = whole.archive, whole.site
    if not archive.editions:
        return
    edition = archive.editions[-1]
    cards = whole.knowing(edition)
    new = new_articles(edition)
    named = day_long(edition.day, site.language) if edition.day else say(site, "Briefing")
    for facet in facets(new, archive, site, linked=True):
        for value in facet.values:
            rows = [article for article in new[::-1] if facet_value(facet.kind, article, archive) == value.name]
            rows.sort(key=lambda article: -(cards.when(article).at or 0))
            yield from _facet_pages(facet, value, rows, named, cards)


def _facet_pages(
    facet: Facet, value: Link, articles: Sequence[Article], named: str, cards: Cards
) -> Iterator[ListView]:
    """The newest of these articles, and the older pages of their list."""
    stem = value.href.removesuffix(".html")
    shown, older = paged(articles)

    def filled(page: ListView, told: Sequence[Article]) -> ListView:
        rows = tuple(cards.row(article, story=cards.story_of.get(article.id)) for article in told)
        return replace(page, rows=rows, facet=facet.kind, value=value.name)

    first = ListView(
        stem=stem,
        head=Head(title=facet.label, description="", index=False),
        title=facet.label,
        lang=cards.site.language,
        back=Link(name=named, href="index.html"),
        hue=0,
        total=len(articles),
        pages=page_links(stem, len(older)),
    )
    yield filled(first, shown)
    yield from older_pages(stem, facet.label, "", older, filled, site=cards.site)


def _sketch(whole: Cards, at: int, told: _Told) -> Sketch:
    """An edition and all that its view is made of; `whole` makes cards of all that is known."""
    archive, site, edition = whole.archive, whole.site, whole.archive.editions[at]
    cards = whole.knowing(edition)
    newest = at == len(archive.editions) - 1
    rows, made = pulse(cards, at, told.topics), colophon(archive, site, edition, new_articles(edition), newest=newest)
    beside = (*_late(edition, cards, whole), *_added(edition, whole))
    seen = watched(told.watched[at], told.watched[at - 1] if at else None)
    homes = [(one.id, one.slug) for id in edition.new_ids if (one := whole.story_of.get(id))]  # names lead there
    ruled = [name for name, topic in archive.topics.items() if topic.ruled and told.topics[at][name]]
    bare = replace(edition, stories=(), articles={}, statuses=())  # what these come to stands beside it
    return Sketch(
        stem=edition_stem(edition.day),
        kind=EditionView,
        made_of=(
            (bare, [cards.marks(story) for story in edition.stories], beside, homes, ruled),
            (rows, made, seen, quiet(cards, edition, told.topics[at]), newest, whole.standing.is_old_day(edition.day)),
            (_neighbour(archive.editions, at - 1), _neighbour(archive.editions, at + 1)),
            told.naming[at],
        ),
        make=cache(lambda: _view(whole, at, told)),
    )


def _view(whole: Cards, at: int, told: _Told) -> EditionView:
    archive, site = whole.archive, whole.site
    edition = archive.editions[at]
    cards = whole.knowing(edition)
    new = new_articles(edition)
    listed = sections(edition, cards)
    newest = at == len(archive.editions) - 1
    rows = pulse(cards, at, told.topics)
    return EditionView(
        stem=edition_stem(edition.day),
        head=_head(edition, site, archive, at, listed),
        day=edition.day,
        permalink=f"{edition_stem(edition.day)}.html",
        closed=edition.closed,
        newest=newest,
        start=When.of(edition.start_at),
        end=When.of(edition.end_at),
        due=When.of(edition.due_at),
        prev=_neighbour(archive.editions, at - 1),
        next=_neighbour(archive.editions, at + 1),
        articles=len(new),
        sources=cards.sources(new) if new else 0,
        stories=len(edition.stories),
        languages=len({base(article.language) for article in new}),
        five=five(edition, cards, listed),
        pulse=rows,
        unusual=unusual(rows, at + 1, site),
        names=new_names(new, partial(told.is_new, at=at), whole) if at else (),
        watched=watched(told.watched[at], told.watched[at - 1] if at else None),
        facets=facets(new, archive, site, linked=newest),
        sections=listed,
        quiet=quiet(cards, edition, told.topics[at]),
        late=_late(edition, cards, whole),
        added=_added(edition, whole),
        posts=_posts(edition, cards, {card.post.id for section in listed for card in section.lead.posts}),
        made=colophon(archive, site, edition, new, newest=newest),
        has_exports=not whole.standing.is_old_day(edition.day),
    )


def _added(edition: Edition, whole: Cards) -> tuple[ArticleRow, ...]:
    """What came into it after it had closed, as it is known now."""
    return tuple(whole.row(whole.articles[id], story=whole.story_of.get(id)) for id in edition.added_ids)


def _late(edition: Edition, cards: Cards, whole: Cards) -> tuple[ArticleRow, ...]:
    """Late arrivals, as the edition knew them."""
    known = [edition.articles[id] for id in edition.late_ids[:LATE] if id in edition.articles]
    return tuple(cards.row(article, story=whole.story_of.get(article.id)) for article in known)


def _head(edition: Edition, site: Site, archive: Archive, at: int, sections: Sequence[Section]) -> Head:
    title = say(site, "Briefing")
    if edition.day:
        title = say(site, "Briefing, {day}", day=day_long(edition.day, site.language))
    before, after = _neighbour(archive.editions, at - 1), _neighbour(archive.editions, at + 1)
    leads = say(site, "; ").join(section.lead.title for section in sections[:4])
    articles = plural(site, len(edition.new_ids), "article")
    extent = plural(
        site, len(edition.stories), "{articles} in {n} story", "{articles} in {n} stories", articles=articles
    )
    told = shorten(leads, DESCRIBED - len(extent))
    return Head(
        title=title,
        card=edition_stem(edition.day) if edition.day else "",
        description=f"{told}{'' if told.endswith('…') else '.'} {extent}.",
        prev=before.href if before else "",
        next=after.href if after else "",
        feeds=(Link(name=say(site, "Daily briefing"), href="feed"),),
    )


def _neighbour(editions: Sequence[Edition], at: int) -> Link | None:
    """The edition before or after; its name is its ISO day."""
    if 0 <= at < len(editions) and editions[at].day:
        return Link(name=editions[at].day, href=f"{edition_stem(editions[at].day)}.html")
    return None


def _posts(edition: Edition, cards: Cards, shown: Collection[str]) -> tuple[PostCard, ...]:
    """The posts that most articles of the edition embed, but those that are shown with their story."""
    ids = dict.fromkeys(id for story in edition.stories for id in story.posts if id not in shown)
    found = [cards.post(cards.archive.posts[id]) for id in ids if cards.embedders(id)]
    most = sorted((card for card in found if card.articles > 1), key=lambda card: (-card.articles, -card.times))
    return tuple(most[:POSTS])


def _empty(site: Site) -> Sketch:
    """The front page of a project in which nothing stands yet."""
    nothing = Edition(day="", closed=False)
    archive = Archive(
        articles={}, stories={}, posts={}, topics={}, sources={}, editions=(nothing,), home={}, same_posts={}
    )
    whole = Cards(archive, site)
    head = Head(title=say(site, "Briefing"), description=say(site, "Nothing has been read yet."))
    sketch = _sketch(whole, 0, _Told(whole))
    return sketch._replace(make=lambda: replace(edition_of(sketch), head=head))
