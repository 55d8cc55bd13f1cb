"""From what is known to what is shown: every page of the site, each with a fingerprint of all that it shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from digest.codec import fingerprint
from digest.model import Archive, Format, Page, Site
from digest.stages.pages.articles import article_views, post_views
from digest.stages.pages.cards import Cards
from digest.stages.pages.editions import edition_views, facet_views
from digest.stages.pages.exports import export_views
from digest.stages.pages.lists import list_views
from digest.stages.pages.machines import machine_views
from digest.stages.pages.sections import more_views
from digest.stages.pages.sources import source_views
from digest.stages.pages.stories import story_views
from digest.stages.pages.topics import topic_views
from digest.views import Asset, Sketch, View


def views_of(archive: Archive, site: Site) -> Iterator[View | Sketch]:
    """Everything that has an address, in the order in which it is written."""
    cards = Cards(archive, site)
    editions = edition_views(cards)
    yield from editions
    yield from more_views(cards)
    yield from facet_views(cards)
    yield from story_views(cards)
    yield from export_views(cards)
    yield from topic_views(cards)
    yield from source_views(cards)
    yield from article_views(cards)
    yield from post_views(cards)
    yield from list_views(cards)
    yield from machine_views(cards, editions)


def lay_out(
    archive: Archive, site: Site, assets: Mapping[str, str], formats: Sequence[Format], look: str
) -> Iterator[Page]:
    """Every page in every format made of its subject, and the assets (name → fingerprint) that are copied.

    `look` is the fingerprint of templates and code.
    """
    for view in views_of(archive, site):
        yield from pages_of(view, formats, look)
    for name, content in assets.items():
        yield from pages_of(Asset(stem=name, name=name, content=content), formats, "")


def pages_of(view: View | Sketch, formats: Sequence[Format], look: str) -> Iterator[Page]:
    """The pages that show one view."""
    kind, made_of = (view.kind, view.made_of) if isinstance(view, Sketch) else (type(view), view)
    shown = fingerprint(made_of, look)
    if isinstance(view, Sketch):  # pages are kept until all have been seen: what theirs is made of need not be
        view = view._replace(made_of=None)
    for format in formats:
        if issubclass(kind, format.of):
            yield Page(path=view.stem + format.suffix, format=format.name, subject=view, fingerprint=shown)


def drawn(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages with their views, where they held sketches; formats of one sketch follow one another and share it."""
    sketch: Sketch | None = None
    view: View | Sketch | None = None
    for page in pages:
        if isinstance(page.subject, Sketch):
            if page.subject is not sketch:
                sketch, view = page.subject, page.subject.make()
            page = replace(page, subject=view)
        yield page
