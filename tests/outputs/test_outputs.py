"""The contract that every format keeps; a new row is taken in by itself."""

import pytest

from digest import views
from digest.model import Page
from digest.outputs import OUTPUTS, Output
from digest.views import Asset, ManifestView, OpenSearchView, RobotsView, View
from tests.outputs.samples import BRIEFINGS, DATA, OPML, SITE, SITEMAP, STORIES
from tests.outputs.test_feeds import TEMPLATES

SAMPLES: tuple[View, ...] = (
    BRIEFINGS,
    STORIES,
    DATA,
    SITEMAP,
    OPML,
    RobotsView(stem="robots", index=True),
    ManifestView(stem="site"),
    OpenSearchView(stem="opensearch"),
    Asset(stem="newsreader.woff2", name="static/newsreader.woff2", content="00000000000000e1"),
)
ASSETS = {"static/newsreader.woff2": b"wOF2\x00\xff\xfe"}
WRITTEN = [
    pytest.param(output, view, id=f"{output.format.name} {view.stem}")
    for output in OUTPUTS
    for view in SAMPLES
    if isinstance(view, output.format.of)
]


@pytest.mark.parametrize(("output", "view"), WRITTEN)
def test_same_view_same_bytes(output: Output, view: View):
    page = Page(path=view.stem + output.format.suffix, format=output.format.name, subject=view, fingerprint="")
    first, second = (output.renderer(TEMPLATES, SITE, ASSETS)(page, {}) for _ in range(2))
    assert first == second
    assert first


def test_names_are_unique_and_every_page_has_a_format():
    names = [output.format.name for output in OUTPUTS]
    made = {kind for output in OUTPUTS for kind in output.format.of}
    pages = {kind for kind in vars(views).values() if "stem" in getattr(kind, "__dataclass_fields__", ())}
    assert len(names) == len(set(names))
    assert made == pages


def test_a_font_is_copied_as_it_is():
    [asset] = [output for output in OUTPUTS if output.format.name == "asset"]
    page = Page(path="newsreader.woff2", format="asset", subject=SAMPLES[-1], fingerprint="")
    assert asset.renderer({}, SITE, ASSETS)(page, {}) == b"wOF2\x00\xff\xfe"
