"""A build that has nothing to do says so at a glance, and never where anything has changed."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.flows.order import Order
from digest.flows.unchanged import NOTE, unchanged
from digest.shell.glance import COARSE, TICK, glance
from tests.flows.running import run

PAGE = "---\ntitle: The bridge at Oum\nsource: Valley Post\ndate: 2026-11-20T08:00:00Z\n---\nIt was opened at noon.\n"
SAVED = "content/articles/bridge.md"


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """A project that was built, some time after it was written."""
    write(tmp_path / "content/digest.toml", '[site]\ntitle = "Valley"\nbase_url = "https://example.org/valley/"\n')
    write(tmp_path / SAVED, PAGE)
    settle(tmp_path)
    run(tmp_path)
    return Order(root=tmp_path, output=tmp_path / "site")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def settle(root: Path) -> None:
    """Waits until what was written is no longer of this moment."""
    probe = root / "probe"
    write(probe, "")
    since = probe.stat().st_mtime_ns + 2 * TICK
    while probe.stat().st_mtime_ns <= since:
        write(probe, "")
    probe.unlink()


def test_a_second_build_says_what_the_first_said_and_writes_nothing(order: Order):
    report = order.reported
    before = json.loads(report.read_bytes())
    told = unchanged(order, "")
    assert told is not None
    assert told.summary == "1 read, 0 folded, 1 story, 0 topics, 0 rejected, 0 sources failed, 0 pages written"
    after = json.loads(report.read_bytes())
    assert after["build"]["pages_written"] == 0
    assert after["build"]["pages_kept"] == before["build"]["pages_written"]
    assert {**after, "build": 0} == {**before, "build": 0}
    times = {path: path.stat().st_mtime_ns for path in order.root.rglob("*")}
    assert unchanged(order, "") == told
    assert {path: path.stat().st_mtime_ns for path in order.root.rglob("*")} == times


def test_it_says_what_a_whole_build_would_say(order: Order):
    first = unchanged(order, "")
    assert first is not None
    again = run(order.root)
    assert (again.summary, again.warnings) == (first.summary, first.warnings)
    assert again.report["build"]["pages_written"] == 0  # type: ignore[index]


CHANGES: dict[str, Callable[[Path], object]] = {
    "an article is other by a letter": lambda root: write(root / SAVED, PAGE.replace("noon", "nine")),
    "an article comes": lambda root: write(root / "content/articles/other.md", PAGE),
    "an article goes": lambda root: (root / SAVED).unlink(),
    "an article is renamed": lambda root: (root / SAVED).rename(root / "content/articles/ridge.md"),
    "settings change": lambda root: write(root / "content/topics.toml", '[[topic]]\nname = "Oum"\nquery = "Oum"\n'),
    "a template comes": lambda root: write(root / "templates/about.html", "{% extends 'shipped/about.html' %}"),
    "a page is edited": lambda root: write(root / "site/index.html", "mine"),
    "a page is lost": lambda root: (root / "site/index.html").unlink(),
    "a file comes to the site": lambda root: write(root / "site/extra.txt", "mine"),
    "a file of the search index is lost": lambda root: next((root / "site").rglob("*.pf_fragment")).unlink(),
    "the search index is damaged": lambda root: os.truncate(next((root / "site").rglob("*.pf_meta")), 10),
    "the site is lost": lambda root: shutil.rmtree(root / "site"),
    "the report is lost": lambda root: (root / ".digest/report.json").unlink(),
    "the cache is touched": lambda root: os.utime(root / ".digest/state.db"),
    "a killed build has left something": lambda root: (root / ".site.next-4711").mkdir(),
    "a folder elsewhere is linked": lambda root: (root / "content/articles/more").symlink_to("/"),
    "the note is cut off": lambda root: os.truncate(root / ".digest" / NOTE, 200),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_makes_a_build(order: Order, change: Callable[[Path], object]):
    assert unchanged(order, "") is not None
    settle(order.root)
    change(order.root)
    assert unchanged(order, "") is None


def test_other_wishes_make_a_build(order: Order):
    assert unchanged(order._replace(clean=True), "") is None
    assert unchanged(order._replace(regroup=True), "") is None
    assert unchanged(order._replace(base_url="https://example.org/"), "") is None
    assert unchanged(order._replace(output=order.root / "elsewhere"), "") is None
    assert unchanged(order._replace(report=order.root / "report.json"), "") is None


def test_a_note_counts_only_under_the_key_that_it_was_kept_under(order: Order):
    assert unchanged(order, "another") is None
    note = order.root / ".digest" / NOTE
    note.write_bytes(note.read_bytes().replace(b"1 read", b"9 read"))
    assert unchanged(order, "") is None


def test_articles_outside_the_project_are_watched_too(tmp_path: Path):
    root, elsewhere = tmp_path / "project", tmp_path / "saved"
    write(root / "content/digest.toml", f'[site]\ntitle = "Valley"\n[articles]\nfolders = ["{elsewhere}"]\n')
    write(elsewhere / "bridge.md", PAGE)
    settle(tmp_path)
    run(root)
    order = Order(root=root, output=root / "site")
    assert unchanged(order, "") is not None
    write(elsewhere / "bridge.md", PAGE.replace("noon", "nine"))
    assert unchanged(order, "") is None


def test_what_changes_while_a_build_begins_is_not_trusted(tmp_path: Path):
    write(tmp_path / "one", "")
    changed = (tmp_path / "one").stat().st_mtime_ns
    assert glance([tmp_path], since=changed) == ""
    assert glance([tmp_path], since=changed + 1) == ""
    assert glance([tmp_path], since=changed - changed % 10**9 + COARSE) == ""  # a disk that knows whole seconds
    assert glance([tmp_path], since=changed + 2 * TICK) == glance([tmp_path]) != ""


def test_a_mistake_is_told_each_time(order: Order):
    write(order.root / SAVED, PAGE.replace("2026-11-20T08:00:00Z", "some day"))
    settle(order.root)
    run(order.root)
    told = unchanged(order, "")
    assert told is not None
    assert any("some day" in warning for warning in told.warnings)


def test_links_in_the_cache_are_not_written_through(order: Order):
    precious = order.root / "precious.txt"
    for name in (NOTE, "report.json.next"):
        write(precious, "mine")
        (order.root / ".digest" / name).unlink(missing_ok=True)
        (order.root / ".digest" / name).symlink_to(precious)
        settle(order.root)
        run(order.root, clean=True)
        settle(order.root)
        assert unchanged(order, "") is not None
        assert precious.read_text() == "mine"


def test_the_command_says_one_line(order: Order):
    done = CliRunner().invoke(main, ["build", "--root", str(order.root)])
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "1 read, 0 folded, 1 story, 0 topics, 0 rejected, 0 sources failed, 0 pages written in 0."
    )
