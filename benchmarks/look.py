"""Every kind of page of a built site, in a browser: pictures to look at, and what an accessibility checker says.

    python benchmarks/look.py SITE [--pictures FOLDER] [--front FILE] [--axe]

Of each kind the largest page is taken: it has most to show. `--pictures` writes six kinds × two widths × two themes,
`--front` the upper part of the front page as WebP, for README. `--axe` runs axe-core (best practices, too) on all
kinds in both themes at three widths, as they are and with WCAG's text spacing, and looks for sideways scrolling: 1
where anything is found. Wants Chromium and the packages of the tests.
"""

import argparse
import re
import shutil
import sys
from base64 import b64decode
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, Page, sync_playwright

from digest.shell.server import serving

SHOWN = ("index", "story", "topic", "source", "archive", "search")
KINDS = (*SHOWN, "article", "post", "facet", "posts", "topics", "sources", "about", "404")
THEMES = ("light", "dark")
WIDE, NARROW, LEAST = 1280, 390, 320  # CSS pixels
FRONT = 1560  # CSS pixels: how much of the front page is seen in README
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SPACED = (  # WCAG 2.2, 1.4.12
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
JUDGED = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
  found => found.violations.map(v => `${v.id}, ${v.nodes.length} times, first at ${v.nodes[0].target}: ${v.help}`))"""


def base_path(site: Path) -> str:
    """Where the site stands on its server: 404.html names files from there."""
    found = re.search(r'<link rel="canonical" href="([^"]+)"', (site / "index.html").read_text("utf-8"))
    return urlsplit(found[1]).path if found else "/my-repo/"


def chosen(site: Path) -> Iterator[tuple[str, str]]:
    """Each kind of page with the path of its largest."""
    for kind in KINDS:
        single = site / f"{kind}.html"
        found = [single] if single.exists() else sorted((site / kind).rglob("*.html"))
        if found:
            yield kind, max(found, key=lambda file: file.stat().st_size).relative_to(site).as_posix()


def pictures(browser: Browser, address: str, pages: dict[str, str], folder: Path, word: str) -> None:
    """Writes a picture of each page that is shown, whole, at both widths in both themes."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, theme in product((WIDE, NARROW), THEMES):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
        for kind in SHOWN:
            page.goto(f"{address}{pages[kind]}" + (f"?q={word}" if kind == "search" else ""))
            if kind == "search":
                page.locator("#results h3").first.wait_for()
            page.screenshot(path=folder / f"{kind}-{width}-{theme}.png", full_page=True)
        page.close()


def front(browser: Browser, address: str, file: Path) -> None:
    """Writes the upper part of the front page, as WebP."""
    page = browser.new_page(viewport={"width": WIDE, "height": FRONT}, color_scheme="light", reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")
    asked = {"format": "webp", "quality": 85}
    file.write_bytes(b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"]))


def complaints(page: Page, axe: str) -> Iterator[str]:
    """What is wrong with the page as it stands, in words."""
    if (wider := page.evaluate(WIDER)) > 0:
        yield f"scrolls sideways by {wider} px"
    page.evaluate(axe)
    yield from page.evaluate(JUDGED, list(TAGS))


def judged(browser: Browser, address: str, pages: dict[str, str], axe: str) -> Iterator[str]:
    """What is wrong with any of the pages, and where."""
    page = browser.new_page(reduced_motion="reduce", bypass_csp=True)
    for (kind, path), spaced in product(pages.items(), (False, True)):
        page.goto(f"{address}{path}")
        if spaced:
            page.add_style_tag(content=SPACED)
        for theme, width in product(THEMES, (WIDE, NARROW, LEAST)):
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            for complaint in complaints(page, axe):
                yield f"{kind}, {theme}, {width} px{', spaced' if spaced else ''}: {complaint} ({path})"


def main() -> int:
    """The number that the shell gets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--front", type=Path)
    parser.add_argument("--axe", action="store_true")
    parser.add_argument("--word", default="ceasefire", help="what is searched")
    wanted = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    pages, found = dict(chosen(wanted.site)), []
    with serving(wanted.site, base_path(wanted.site), 0) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if wanted.pictures:
            pictures(browser, address, pages, wanted.pictures, wanted.word)
        if wanted.front:
            front(browser, address, wanted.front)
        if wanted.axe:
            found = list(judged(browser, address, pages, AXE.read_text("utf-8")))
            print(*found, f"{len(pages)} kinds of page, {len(found)} findings", sep="\n")
        browser.close()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
