"""The briefing: one view an edition, and the newest once more as the front page."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from digest.addresses import edition_stem
from digest.display import day_long, plural, say
from digest.languages import base
from digest.model import Archive, Article, Edition, Site
from digest.stages.pages.cards import Cards
from digest.stages.pages.colophon import colophon
from digest.stages.pages.paging import older_pages, page_links, paged
from digest.stages.pages.pulse import by_topic, facet_value, facets, holding, new_names, pulse, quiet, unusual, watched
from digest.stages.pages.sections import five, sections
from digest.text import shorten
from digest.views import ArticleRow, EditionView, Facet, Head, Link, ListView, PostCard, Section, When

LATE = 12  # late arrivals that are listed
POSTS = 12  # beside those that stand with their stories
DESCRIBED = 187  # characters of what an edition leads with and of its extent


class _Told(NamedTuple):
    """What editions are compared by: one entry an edition, oldest first."""

    topics: Sequence[Counter[str]]  # topic → new articles
    watched: Sequence[Mapping[str, int]]  # watched word → articles that hold it


def edition_views(whole: Cards) -> Iterator[EditionView]:
    """The editions, oldest first; the newest again as index."""
    archive, site = whole.archive, whole.site
    told = _Told(
        topics=[by_topic(edition) for edition in archive.editions],
        watched=[holding(edition, site.watch) for edition in archive.editions],
    )
    views = []
    known_names: set[str] = set()
    for at in range(len(archive.editions)):
        view, known_names = _view(whole, at, told, known_names)
        views.append(view)
    for view in views:
        if view.day:
            yield view
    if views:
        yield replace(views[-1], stem="index")
    else:
        yield replace(_empty(site), stem="index")


def facet_views(whole: Cards) -> Iterator[ListView]:
    """The newest edition's articles by language, kind and country: plain pages behind the plain links."""
    archive, site = whole.archive, whole.site
    if not archive.editions:
        return
    edition = archive.editions[-1]
    cards = Cards(archive, site, edition.articles)
    new = [edition.articles[id] for id in edition.new_ids if id in edition.articles]
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


def _view(whole: Cards, at: int, told: _Told, known_names: set[str]) -> tuple[EditionView, set[str]]:
    """An edition's view, and the names known after it; `whole` makes cards of all that is known."""
    archive, site = whole.archive, whole.site
    edition = archive.editions[at]
    cards = Cards(archive, site, edition.articles)
    new = [edition.articles[id] for id in edition.new_ids if id in edition.articles]
    names, known_names = new_names(new, known_names, whole, first=at == 0)
    listed = sections(edition, cards)
    newest = at == len(archive.editions) - 1
    rows = pulse(cards, at, told.topics)
    view = EditionView(
        stem=edition_stem(edition.day),
        head=_head(edition, site, archive, at, listed),
        day=edition.day,
        permalink=f"{edition_stem(edition.day)}.html",
        closed=edition.closed,
        newest=newest,
        start=When.of(edition.start_at),
        end=When.of(edition.end_at),
        prev=_neighbour(archive.editions, at - 1),
        next=_neighbour(archive.editions, at + 1),
        articles=len(new),
        sources=cards.sources(new) if new else 0,
        stories=len(edition.stories),
        languages=len({base(article.language) for article in new}),
        five=five(edition, cards, listed),
        pulse=rows,
        unusual=unusual(rows, at + 1, site),
        names=names,
        watched=watched(told.watched[at], told.watched[at - 1] if at else None),
        facets=facets(new, archive, site, linked=newest),
        sections=listed,
        quiet=quiet(cards, edition, told.topics[at]),
        late=_late(edition, cards, whole),
        added=tuple(whole.row(archive.articles[id], story=whole.story_of.get(id)) for id in edition.added_ids),
        posts=_posts(edition, cards, {card.post.id for section in listed for card in section.lead.posts}),
        made=colophon(archive, site, edition, new, newest=newest),
    )
    return view, known_names


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


def _empty(site: Site) -> EditionView:
    """The front page of a project in which nothing stands yet."""
    nothing = Edition(day="", closed=False)
    archive = Archive(
        articles={}, stories={}, posts={}, topics={}, sources={}, editions=(nothing,), home={}, same_posts={}
    )
    view, _ = _view(Cards(archive, site), 0, _Told([Counter()], [{}]), set())
    return replace(view, head=Head(title=say(site, "Briefing"), description=say(site, "Nothing has been read yet.")))
