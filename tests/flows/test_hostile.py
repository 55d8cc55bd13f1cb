"""Everything hostile that is at hand, in one project: nothing of it acts, nothing is lost, nothing breaks its frame.

`python -m tests.hostile FOLDER` builds it as a user would, with the search index, and tells what is wrong.
"""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from digest.inputs import INPUTS
from digest.model import Source
from digest.shell.server import serving
from digest.shell.workers import Limits, Workers
from tests import faults, hostile
from tests.flows.running import run
from tests.test_browser import CHROMIUM

HERE = Path(__file__).resolve().parents[2]
LONG = bool(os.environ.get("CI_LONG"))  # every page in the browser: ten minutes
SAMPLE = 40  # pages that are opened otherwise
SECONDS, MEGABYTES = 15.0, 700  # that one document may cost

pytestmark = pytest.mark.usefixtures("quick")
corpus = pytest.mark.skipif(not hostile.CORPUS.is_dir(), reason="no ../shared/corpus/hostile here")


@pytest.fixture(scope="module", name="demo")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    shutil.copytree(HERE / "content", root / "content")
    run(root, base_url="https://desk.example/my-repo/")
    return root


@pytest.fixture(scope="module", name="attacked")
def _attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Any]]:
    root = tmp_path_factory.mktemp("attacked") / "desk"
    hostile.project(root, hostile.rows())
    return root, run(root).report


def test_the_demo_passes_the_same_list(demo: Path):
    assert list(hostile.wrong_in_site(hostile.site_files(demo / "site"))) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>x()</script>", "<script {}> is no script of ours"),
        ('<p onclick="x()">', "acts"),
        ('<iframe srcdoc="x">', "stands in it"),
        ('<a href="java\tscript:x()">', "a link to 'java\\tscript:x()'"),
        ('<a href="https://a.example/">', "has rel=''"),
        ('<img src="https://a.example/x.gif">', "loads something from elsewhere"),
        ('<img src="//a.example/x.gif">', "loads something from elsewhere"),
        ('<form action="https://a.example/">', "is no form of ours"),
        ('<meta http-equiv="refresh" content="0; url=https://a.example/">', "leads out"),
        ("</main><main>", "its frame is broken"),
    ],
)
def test_what_acts_is_found(demo: Path, html: str, fault: str):
    page = (demo / "site" / "sources.html").read_bytes()
    assert not list(hostile.wrong_in_page(page))
    assert fault in " ".join(hostile.wrong_in_page(page.replace(b"</main>", html.encode() + b"</main>")))


@corpus
def test_nothing_acts_and_nothing_breaks_its_frame(attacked: tuple[Path, Mapping[str, Any]]):
    root, _ = attacked
    assert list(hostile.wrong_in_site(hostile.site_files(root / "site")))[:20] == []


@corpus
def test_everything_is_accounted_for(attacked: tuple[Path, Mapping[str, Any]]):
    root, report = attacked
    assert list(hostile.unaccounted(hostile.rows(), report, hostile.site_files(root / "site")))[:20] == []


@corpus
def test_nothing_else_is_written(attacked: tuple[Path, Mapping[str, Any]]):
    root, _ = attacked
    assert {path.name for path in root.parent.rglob("*") if path.parent in (root.parent, root)} == {
        "desk",
        "content",
        "site",
        ".digest",
    }
    given = {hostile.place(row) for row in hostile.rows()} | {"digest.toml"}
    assert set(faults.files(root / "content") or ()) == given


@corpus
def test_no_mark_turns_the_text_around_it(attacked: tuple[Path, Mapping[str, Any]]):
    root, _ = attacked
    turned = [
        (path, line[:80])
        for path, data in hostile.site_files(root / "site").items()
        if path.endswith((".html", ".xml", ".atom", ".json", ".md", ".bib"))
        for line in data.decode().splitlines()
        if not hostile.is_settled(line)
    ]
    assert turned[:5] == []


@corpus
def test_addresses_differ_also_where_case_does_not_count(attacked: tuple[Path, Mapping[str, Any]]):
    root, report = attacked
    names = [path.casefold() for path in hostile.site_files(root / "site")]
    assert len(names) == len(set(names))
    distinct = {hostile.place(row): row["tokens"] for row in hostile.rows() if row.get("distinct")}
    shown = [item for item in report["items"] if item["file"] in distinct and item["status"] == "shown"]
    assert len({item["id"] for item in shown}) == sum(map(len, distinct.values()))


@corpus
def test_a_bomb_costs_no_more_than_itself(tmp_path: Path):
    bombs = hostile.rows(hostile.ALONE.__contains__)
    hostile.project(tmp_path / "desk", bombs)
    began = time.monotonic()
    report = run(tmp_path / "desk").report
    assert time.monotonic() - began < len(bombs) * SECONDS
    assert not [item for item in report["items"] if "fault in digest" in (item["reason"] or "")]
    files = hostile.site_files(tmp_path / "desk" / "site")
    assert list(hostile.wrong_in_site(files)) == []
    assert list(hostile.unaccounted(bombs, report, files)) == []


@corpus
@pytest.mark.skipif(not LONG, reason="CI_LONG=1 measures each")
def test_each_bomb_within_its_limits(tmp_path: Path):
    costs = []
    with Workers(1, Limits(megabytes=MEGABYTES)) as workers:
        for row in hostile.rows(hostile.ALONE.__contains__):
            since = time.monotonic()
            [answer] = workers.map(_read, [str(hostile.CORPUS / row["path"])])
            costs.append((time.monotonic() - since, row["path"], str(answer)))
    assert max(costs)[0] < SECONDS + 2, max(costs)


def _read(file: str) -> int:
    path = Path(file)
    kind = path.suffix if path.suffix in INPUTS else "feed.json" if path.suffix == ".json" else "feed"
    return len(INPUTS[kind](path.read_bytes(), Source(id="s", name="S"), path.name).items)


# -- in a real browser ---------------------------------------------------------------------------------------------

CANARY = """
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => canary(name);
addEventListener('securitypolicyviolation', event => canary('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
"""
HANDLE = """() => {
  for (const node of document.querySelectorAll('body, body *')) {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'toggle', 'animationend', 'pointerenter'])
      node.dispatchEvent(new Event(kind));
    if (node.tagName == 'DETAILS') node.open = true;
  }
  addEventListener('click', event => event.preventDefault());
  for (const node of document.querySelectorAll('main a, main summary, article *')) node.click?.();
}"""


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(name="told")
def _told() -> list[str]:
    """What a page did that it should not."""
    return []


@pytest.fixture(name="watched")
def _watched(browser: Browser, told: list[str]) -> Iterator[Page]:
    page = browser.new_page()
    page.expose_function("canary", lambda what="": told.append(what))
    page.add_init_script(CANARY)
    page.goto("about:blank")  # else what is set as a page's content has no canary
    page.on("dialog", lambda dialog: (told.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: told.append(f"error: {error}"))
    page.on("popup", lambda popup: told.append(f"popup: {popup.url}"))
    page.on("download", lambda download: told.append(f"download: {download.url}"))
    yield page
    page.close()


browsed = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium here: apt-get install chromium")]


def some(names: list[str]) -> list[str]:
    """All of them, or so many from everywhere among them."""
    return names if LONG else names[:: max(1, len(names) // SAMPLE)]


@corpus
class TestInABrowser:
    pytestmark = browsed

    def test_no_page_does_anything(self, attacked: tuple[Path, Mapping[str, Any]], watched: Page, told: list[str]):
        root, _ = attacked
        with serving(root / "site", "/", 0) as address:
            watched.on(
                "request", lambda request: request.url.startswith(address) or told.append(f"asked: {request.url}")
            )
            for name in some(sorted(path for path in hostile.site_files(root / "site") if path.endswith(".html"))):
                watched.goto(address + name)
                watched.evaluate(HANDLE)
                assert told == [], name

    def test_no_feed_does_anything_where_a_reader_shows_it_as_it_is(
        self, attacked: tuple[Path, Mapping[str, Any]], watched: Page, told: list[str]
    ):
        root, _ = attacked
        files = hostile.site_files(root / "site")
        watched.on("request", lambda request: request.url.startswith("about:") or told.append(f"asked: {request.url}"))
        for name in some(sorted(path for path in files if path.endswith((".xml", ".atom", ".json")))):
            html = "\n<hr>\n".join(hostile.feed_contents(name, files[name]))
            watched.set_content(f"<!DOCTYPE html><html><body><article>{html}</article></body></html>")
            watched.evaluate(HANDLE)
            assert told == [], name

    def test_the_canary_sings(self, watched: Page, told: list[str]):
        watched.set_content("<img src=x onerror='alert(1)'><a onclick='prompt()'>x</a>")
        watched.evaluate("() => document.querySelector('a').click()")
        watched.wait_for_timeout(200)
        assert set(told) >= {"alert", "prompt"}
