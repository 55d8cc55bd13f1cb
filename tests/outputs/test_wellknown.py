import json
from dataclasses import replace

import pytest

from digest.model import Page, Site
from digest.outputs import wellknown
from digest.views import ManifestView, RobotsView
from tests.outputs.samples import SITE


def robots(site: Site, *, index: bool) -> str:
    page = Page(path="robots.txt", format="robots", subject=RobotsView(stem="robots", index=index), fingerprint="")
    return wellknown.robots({}, site)(page, {}).decode()


@pytest.mark.parametrize(
    ("base_url", "index", "text"),
    [
        (SITE.base_url, True, f"User-agent: *\nDisallow:\n\nSitemap: {SITE.base_url}sitemap.xml\n"),
        ("", True, "User-agent: *\nDisallow:\n"),
        (SITE.base_url, False, "User-agent: *\nDisallow: /\n"),
    ],
)
def test_robots(base_url: str, index: bool, text: str):
    assert robots(replace(SITE, base_url=base_url), index=index) == text


def test_the_manifest_holds_under_a_sub_path():
    page = Page(path="site.webmanifest", format="manifest", subject=ManifestView(stem="site"), fingerprint="")
    manifest = json.loads(wellknown.manifest({}, SITE)(page, {}))
    assert manifest["name"] == SITE.title
    assert 0 < len(manifest["short_name"]) <= wellknown.SHORT_NAME
    assert (manifest["start_url"], manifest["scope"], manifest["icons"][0]["src"]) == ("./", "./", "icon.svg")
