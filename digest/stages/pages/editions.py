"""The briefing: one view an edition, and the newest once more as the front page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.cards import Cards, edition_stem
from digest.display import day_long
from digest.languages import base
from digest.model import Archive, Edition, Site
from digest.paging import PULSE_DAYS
from digest.stages.pages.colophon import colophon
from digest.stages.pages.pulse import facet_value, facets, new_names, pulse, quiet, unusual, watched
from digest.stages.pages.sections import five, sections
from digest.text import counted, shorten
from digest.views import EditionView, Head, Link, ListView, PostCard, Section, When

LATE = 12  # late arrivals that are listed


def edition_views(archive: Archive, site: Site) -> Iterator[EditionView]:
    """The editions, oldest first; the newest again as index."""
    counts = [_by_topic(edition) for edition in archive.editions]
    views = []
    known_names: set[str] = set()
    whole = Cards(archive, site)
    for at in range(len(archive.editions)):
        view, known_names = _view(whole, at, counts, known_names)
        views.append(view)
    for view in views:
        if view.day:
            yield view
    if views:
        yield replace(views[-1], stem="index")
    else:
        yield replace(_empty(site), stem="index")


def facet_views(archive: Archive, site: Site) -> Iterator[ListView]:
    """The newest edition's articles by language, kind and country: plain pages behind the plain links."""
    if not archive.editions:
        return
    edition = archive.editions[-1]
    cards = Cards(archive, site, edition.articles)
    new = [edition.articles[id] for id in edition.new_ids if id in edition.articles]
    for facet in facets(new, archive, linked=True):
        for value in facet.values:
            rows = [article for article in new if facet_value(facet.kind, article, archive) == value.name]
            yield ListView(
                stem=value.href.removesuffix(".html"),
                head=Head(title=f"{facet.label}: {value.name or 'unknown'}", description="", index=False),
                title=facet.label,
                lang=site.language,
                back=Link(name=edition.day, href="index.html"),
                hue=0,
                rows=tuple(cards.row(article, story=cards.story_of.get(article.id)) for article in reversed(rows)),
                value=value.name or "unknown",
                facet=facet.kind,
            )


def _by_topic(edition: Edition) -> Counter[str]:
    """Topic → articles of this edition that are listed under it; each counts once."""
    new = set(edition.new_ids)
    counts: Counter[str] = Counter()
    for story in edition.stories:
        counts[story.topics[0] if story.topics else ""] += len(new.intersection(story.article_ids))
    return counts


def _view(whole: Cards, at: int, counts: Sequence[Counter[str]], known_names: set[str]) -> tuple[EditionView, set[str]]:
    """An edition's view, and the names known after it; `whole` makes cards of all that is known."""
    archive, site = whole.archive, whole.site
    edition = archive.editions[at]
    cards = Cards(archive, site, edition.articles)
    new = [edition.articles[id] for id in edition.new_ids if id in edition.articles]
    names, known_names = new_names(new, known_names, whole.story_of, first=at == 0)
    listed = sections(edition, cards)
    newest = at == len(archive.editions) - 1
    window = slice(max(0, at + 1 - PULSE_DAYS), at + 1)
    days = [one.day for one in archive.editions[window]]
    rows = pulse(archive, cards, days, counts[window])
    view = EditionView(
        stem=edition_stem(edition.day),
        head=_head(edition, site, archive, at, listed),
        day=edition.day,
        permalink=f"{edition_stem(edition.day)}.html",
        closed=edition.closed,
        newest=newest,
        start=When(at=edition.start_at, precision="minute") if edition.start_at is not None else When(),
        end=When(at=edition.end_at, precision="minute") if edition.end_at is not None else When(),
        prev=_neighbour(archive.editions, at - 1),
        next=_neighbour(archive.editions, at + 1),
        articles=len(new),
        sources=len({article.source_id for article in new}),
        stories=len(edition.stories),
        languages=len({base(article.language) for article in new}),
        five=five(edition, cards, listed),
        pulse=rows,
        unusual=unusual(rows),
        names=names,
        watched=watched(archive, site, at),
        facets=facets(new, archive, linked=newest),
        sections=listed,
        quiet=quiet(archive, cards, edition, counts[at]),
        late=tuple(
            cards.row(edition.articles[id], story=whole.story_of.get(id))
            for id in edition.late_ids[:LATE]
            if id in edition.articles
        ),
        added=tuple(whole.row(archive.articles[id], story=whole.story_of.get(id)) for id in edition.added_ids),
        posts=_posts(edition, cards),
        made=colophon(archive, site, edition, new, newest=newest),
    )
    return view, known_names


def _head(edition: Edition, site: Site, archive: Archive, at: int, sections: Sequence[Section]) -> Head:
    title = f"Briefing, {day_long(edition.day, site.language)}" if edition.day else "Briefing"
    before, after = _neighbour(archive.editions, at - 1), _neighbour(archive.editions, at + 1)
    leads = "; ".join(section.lead.title for section in sections[:4])
    articles, stories = counted(len(edition.new_ids), "article"), counted(len(edition.stories), "story", "stories")
    return Head(
        title=title,
        description=shorten(f"{leads}. {articles} in {stories}.", 190),
        prev=before.href if before else "",
        next=after.href if after else "",
        feeds=(Link(name="Daily briefing", href="feed"),),
    )


def _neighbour(editions: Sequence[Edition], at: int) -> Link | None:
    """The edition before or after; its name is its ISO day."""
    if 0 <= at < len(editions) and editions[at].day:
        return Link(name=editions[at].day, href=f"{edition_stem(editions[at].day)}.html")
    return None


def _posts(edition: Edition, cards: Cards) -> tuple[PostCard, ...]:
    """The posts that most articles of the edition embed."""
    ids = dict.fromkeys(id for story in edition.stories for id in story.posts)
    found = [cards.post(cards.archive.posts[id]) for id in ids if cards.embedders(id)]
    return tuple(sorted((card for card in found if card.articles > 1), key=lambda card: (-card.articles, -card.times)))


def _empty(site: Site) -> EditionView:
    """The front page of a project in which nothing stands yet."""
    nothing = Edition(day="", closed=False)
    archive = Archive(
        articles={}, stories={}, posts={}, topics={}, sources={}, editions=(nothing,), home={}, same_posts={}
    )
    view, _ = _view(Cards(archive, site), 0, [Counter()], set())
    return replace(view, head=Head(title="Briefing", description="Nothing has been read yet."))
