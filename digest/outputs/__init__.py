"""Every format that the site is written in, and what renders it."""

from collections.abc import Callable, Mapping

from digest.model import Format, Site, record
from digest.outputs import assets, card, data, export, feeds, html, wellknown
from digest.templating import Render as Render  # what flows hold
from digest.views import (
    Asset,
    CardView,
    DataView,
    ExportView,
    FeedView,
    ManifestView,
    OpenSearchView,
    OpmlView,
    RobotsView,
    SchemaView,
    SitemapView,
)


@record
class Output:
    """A format with its renderer: handed templates, site and assets once, it renders page after page."""

    format: Format
    renderer: Callable[[Mapping[str, str], Site, Mapping[str, bytes]], Render]


def _output(
    name: str, of: tuple[type, ...], suffix: str, renderer: Callable[[Mapping[str, str], Site], Render]
) -> Output:
    """An output that needs templates and site, as all but assets do."""
    return Output(
        format=Format(name=name, of=of, suffix=suffix), renderer=lambda templates, site, _: renderer(templates, site)
    )


OUTPUTS = (
    _output("html", tuple(html.TEMPLATES), ".html", html.renderer),
    _output("rss", (FeedView,), ".xml", feeds.xml),
    _output("atom", (FeedView,), ".atom", feeds.xml),
    _output("jsonfeed", (FeedView,), ".json", feeds.jsonfeed),
    _output("data", (DataView,), ".json", data.renderer),
    _output("schema", (SchemaView,), ".json", data.schema),
    _output("markdown", (ExportView,), ".md", export.renderer("markdown")),
    _output("json", (ExportView,), ".json", export.renderer("json")),
    _output("bibtex", (ExportView,), ".bib", export.renderer("bibtex")),
    _output("card", (CardView,), ".png", card.renderer),
    _output("sitemap", (SitemapView,), ".xml", feeds.xml),
    _output("opml", (OpmlView,), ".opml", feeds.xml),
    _output("robots", (RobotsView,), ".txt", wellknown.robots),
    _output("manifest", (ManifestView,), ".webmanifest", wellknown.manifest),
    _output("opensearch", (OpenSearchView,), ".xml", feeds.xml),
    Output(
        format=Format(name="asset", of=(Asset,), suffix=""),
        renderer=lambda _templates, _site, files: assets.renderer(files),
    ),
)
