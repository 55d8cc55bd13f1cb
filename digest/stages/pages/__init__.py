"""From what is known to what is shown: every page of the site, each with a fingerprint of all that it shows."""

from collections.abc import Iterator, Mapping, Sequence

from digest.codec import fingerprint
from digest.model import Archive, Format, Page, Site
from digest.stages.pages.articles import article_views, post_views
from digest.stages.pages.editions import edition_views, facet_views
from digest.stages.pages.exports import export_views
from digest.stages.pages.lists import list_views
from digest.stages.pages.machines import machine_views
from digest.stages.pages.sections import more_views
from digest.stages.pages.sources import source_views
from digest.stages.pages.stories import story_views
from digest.stages.pages.topics import topic_views
from digest.views import Asset, View


def views_of(archive: Archive, site: Site) -> Iterator[View]:
    """Everything that has an address, in the order in which it is written."""
    editions = list(edition_views(archive, site))
    yield from editions
    yield from more_views(archive, site)
    yield from facet_views(archive, site)
    yield from story_views(archive, site)
    yield from export_views(archive, site)
    yield from topic_views(archive, site)
    yield from source_views(archive, site)
    yield from article_views(archive, site)
    yield from post_views(archive, site)
    yield from list_views(archive, site)
    yield from machine_views(archive, site, editions)


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


def pages_of(view: View, formats: Sequence[Format], look: str) -> Iterator[Page]:
    """The pages that show one view."""
    shown = fingerprint(view, look)
    for format in formats:
        if isinstance(view, format.of):
            yield Page(path=view.stem + format.suffix, format=format.name, subject=view, fingerprint=shown)
