"""Small files that programs ask for by name: robots.txt and the web manifest."""

from collections.abc import Mapping
from typing import cast

from digest.codec import to_json
from digest.model import Site, record
from digest.templating import Render
from digest.text import shorten
from digest.views import RobotsView

SHORT_NAME = 12  # characters that fit under an icon
PAPER = "#ffffff"


@record
class Icon:
    src: str = "icon.svg"
    sizes: str = "any"
    type: str = "image/svg+xml"


@record
class WebManifest:
    """What an installed page is called and looks like; addresses are relative, so that they hold under a sub-path."""

    name: str
    short_name: str
    start_url: str = "./"
    scope: str = "./"
    display: str = "minimal-ui"
    background_color: str = PAPER
    theme_color: str = PAPER
    icons: tuple[Icon, ...] = (Icon(),)


def robots(_: Mapping[str, str], site: Site) -> Render:
    """Renders robots.txt."""
    return lambda page, _: _robots(site, cast(RobotsView, page.subject)).encode()


def manifest(_: Mapping[str, str], site: Site) -> Render:
    """Renders site.webmanifest."""
    content = to_json(WebManifest(name=site.title, short_name=shorten(site.title, SHORT_NAME)), indent=1) + b"\n"
    return lambda page, _: content


def _robots(site: Site, view: RobotsView) -> str:
    if not view.index:
        return "User-agent: *\nDisallow: /\n"
    sitemap = f"\nSitemap: {site.base_url}sitemap.xml\n" if site.base_url else ""
    return f"User-agent: *\nDisallow:\n{sitemap}"
