"""A restored content/fetched may be damaged or poisoned: what cannot be read is told by file and line, nothing acts."""

import json
import re
import shutil
from pathlib import Path
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest.errors import DigestError, DiskError
from digest.refused import NAMED
from tests.faults import MONDAY, content, files, put, run

pytestmark = pytest.mark.usefixtures("quick")

LINE = {
    "v": 1,
    "seen_at": MONDAY,
    "uid": "u",
    "url": "https://harbour.example/x",
    "title": "A ferry",
    "html": "<p>A ferry.</p>",
}
RUN = {"v": 1, "run_at": MONDAY, "sources": {"harbour": {"status": "ok", "items": 1}}}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
VALUES = [
    None,
    True,
    -1,
    0,
    2**31,
    2**63 - 1,
    2**63,
    10**30,
    -(10**15),
    1.5,
    1e308,
    "",
    HOSTILE,
    "\x00\x1b[31m",
    "../../etc",
    "a" * 100_000,
    [],
    {},
    [[]],
    {"a": {}},
]


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Path:
    root = tmp_path / "desk"
    put(root / "content", content(2))
    return root


def outside(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()} - {"content", "site", ".digest"}


def acting(root: Path) -> list[str]:
    """What could act in a page that a log has a part in."""
    found = []
    for name, data in (files(root / "site") or {}).items():
        if name.endswith(".html"):
            for node in LexborHTMLParser(data.decode()).css("*"):
                said = node.attributes
                acts = any(key.startswith("on") or key == "srcdoc" for key in said)
                leads = [said[key] or "" for key in ("href", "src", "action") if key in said]
                acts |= any(re.match(r"\s*(?!https?:|mailto:)[a-z]+:", one, re.IGNORECASE) for one in leads)
                acts |= node.tag in ("iframe", "object", "embed") or (
                    node.tag == "script" and not said.get("type") and "alert" in node.text()
                )
                found += [f"{name}: {node.html[:100]}"] if acts else []
    return found


@pytest.mark.parametrize("field", [*LINE, "author", "published", "updated", "language", "unknown"])
def test_any_value_in_any_field_of_an_item(desk: Path, field: str) -> None:
    lines = [LINE | {"uid": str(number), field: value} for number, value in enumerate(VALUES)]
    log = desk / "content" / "fetched" / "harbour" / "2026-11.jsonl"
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    items = run(desk).report["items"]
    mine = [item for item in items if item["file"].startswith("fetched/harbour/")]
    assert len(mine) == len(lines), "each line is accounted for"
    assert (acting(desk), outside(desk)) == ([], set())


@pytest.mark.parametrize("field", [*RUN, "status", "http", "items", "reason", "moved_to", "unknown"])
def test_any_value_in_any_field_of_a_run(desk: Path, field: str) -> None:
    log = desk / "content" / "fetched" / "runs" / "2026-11.jsonl"
    for value in VALUES:
        line = (
            RUN | {field: value} if field in RUN else RUN | {"sources": {"harbour": {"status": "failed", field: value}}}
        )
        put(desk / "content", content(2))
        with log.open("a") as runs:
            runs.write(json.dumps(line) + "\n")
        run(desk)
        assert (acting(desk), outside(desk)) == ([], set())


@pytest.mark.parametrize("name", ["<script>alert(1)<", "..", "CON", "A b", "é", "x" * 200, "runs", "-rf", "a&b=\"c", "\n", "%2e%2e"])  # fmt: skip
def test_any_name_of_a_source_s_folder(desk: Path, name: str) -> None:
    log = desk / "content" / "fetched" / f"{name}" / "2026-11.jsonl"
    if name != "..":
        log.parent.mkdir(exist_ok=True)
        log.write_text(json.dumps(LINE) + "\n")
    run(desk)
    assert (acting(desk), outside(desk)) == ([], set())
    pages = [path for path in files(desk / "site") or {} if path.endswith(".html")]
    assert [path for path in pages if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]{1,95}){0,2}\.html", path)] == []


@pytest.mark.parametrize("seed", range(12))
def test_wrong_bytes_and_half_files(desk: Path, seed: int) -> None:
    chance = Random(seed)
    for log in sorted((desk / "content" / "fetched").rglob("*.jsonl")):
        data = bytearray(log.read_bytes())
        for _ in range(chance.choice([1, 5, 200])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        log.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
    before = files(desk / "content" / "fetched")
    run(desk)
    assert files(desk / "content" / "fetched") == before, "a build reads the log, and no more"
    found = files(desk / "site")
    put(desk / ".digest", {})
    put(desk / "site", {})
    run(desk)
    assert files(desk / "site") == found


@pytest.mark.parametrize("name", ["content/fetched", "content/editions", "content/articles", "templates"])
def test_a_folder_that_is_none_is_not_taken_for_an_empty_one(tmp_path: Path, name: str):
    """As where its disk is not there: its pages would go from the site."""
    desk = tmp_path / "desk"
    put(desk / "content", content(2))
    run(desk)
    before = files(desk / "site")
    place = desk / name
    shutil.rmtree(place, ignore_errors=True)
    for put_there in (lambda: place.symlink_to("/nowhere"), lambda: place.symlink_to(place.name), place.touch):
        put_there()
        with pytest.raises(DiskError, match=r"is (a link that leads to )?no folder: mend it, or take it away"):
            run(desk)
        place.unlink()
    assert files(desk / "site") == before


def test_a_log_of_broken_lines_is_told_in_short(tmp_path: Path):
    desk = tmp_path / "desk"
    put(desk / "content", {"fetched/runs/2026-11.jsonl": b"x\n" * 200_000})
    items = run(desk).report["items"]
    assert len(items) == NAMED + 1  # type: ignore[arg-type]
    told = items[NAMED]["reason"]  # type: ignore[index]
    assert told.startswith("9,901 more could not be read, the last: ")
    assert told.endswith("the rest is not read")


def test_tombstones_that_cannot_be_read_are_not_passed_over(tmp_path: Path):
    desk = tmp_path / "desk"
    put(desk / "content", {"forgotten.jsonl": b"x\n" * 20_000})
    with pytest.raises(DigestError, match="what was forgotten would be shown"):
        run(desk)


def test_a_topic_that_no_line_defines_is_none(tmp_path: Path):
    desk = tmp_path / "desk"
    written = {"articles/a.md": b"---\ntitle: A quay\ndate: 2026-11-20\n---\nIt opens.\n"}
    put(desk / "content", written)
    id = run(desk).report["items"][0]["id"]  # type: ignore[index]
    line = {
        "v": 1, "day": "2026-11-20", "end_at": MONDAY, "articles": [{"id": id, "story_id": id}],
        "stories": [{"id": id, "slug": "a", "topics": ["nope"]}], "topics": [],
    }  # fmt: skip
    closing = {**RUN, "run_at": MONDAY + 9}
    lines = {"editions/2026-11.jsonl": line, "fetched/runs/2026-11.jsonl": closing}
    put(desk / "content", written | {name: json.dumps(one).encode() + b"\n" for name, one in lines.items()})
    run(desk)
    assert "A quay" in (desk / "site/2026/11/20.html").read_text()
    assert "nope" not in (desk / "site/topics.html").read_text()


def test_a_name_of_an_outlet_is_one_line_that_turns_nothing(tmp_path: Path):
    desk = tmp_path / "desk"
    name = f"\u202eelpmaxe.live\uffff {'W' * 5_000}"
    front = f'---\ntitle: A quay\ndate: 2026-11-20\nsource: {name}\ntopics: ["{name}"]\n---\nIt opens.\n'
    put(desk / "content", {"articles/a.md": front.encode()})
    run(desk)
    for path, data in (files(desk / "site") or {}).items():
        text = data.decode("utf-8", "ignore")
        assert "\u202e" not in text, path
        assert "W" * 101 not in text, path


def test_recorded_feeds_whose_names_are_alike_are_two_sources(tmp_path: Path):
    desk = tmp_path / "desk"
    feed = '<rss version="2.0"><channel><title>{0}</title><item><guid>1</guid><title>{0}</title></item></channel></rss>'
    names = ("A b", "a-b", "file")
    put(desk / "content", {f"feeds/{name}.xml": feed.format(name).encode() for name in names})
    items = run(desk).report["items"]
    assert sorted((one["source"], one["status"]) for one in items) == [  # type: ignore[attr-defined]
        ("a-b", "shown"), ("a-b-2", "shown"), ("file-2", "shown"),
    ]  # fmt: skip


def test_no_recorded_feed_takes_the_id_of_a_source_that_is_configured(tmp_path: Path):
    desk = tmp_path / "desk"
    feed = '<rss version="2.0"><channel><title>{0}</title><item><guid>1</guid><title>{0}</title></item></channel></rss>'
    feeds = {f"feeds/{name}.xml": feed.format(name).encode() for name in ("foo", "Foo", "bar", "Bar")}
    sources = (
        '[[source]]\nid = "foo-2"\nname = "Quay"\nurl = "https://quay.example.org/feed"\n'
        '[[source]]\nid = "mine"\nname = "Mine"\npath = "feeds/bar.xml"\n'
    )
    put(desk / "content", {**feeds, "sources.toml": sources.encode()})
    items = run(desk).report["items"]
    told = {(one["file"], one["source"]) for one in items}  # type: ignore[attr-defined]
    assert told == {
        ("feeds/foo.xml", "foo"), ("feeds/Foo.xml", "foo-3"), ("feeds/bar.xml", "mine"), ("feeds/Bar.xml", "bar"),
    }  # fmt: skip


def test_sources_of_one_name_are_told_apart(tmp_path: Path):
    desk = tmp_path / "desk"
    feed = b'<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>A quay</title></item></channel></rss>'
    put(desk / "content", {f"feeds/{name}.xml": feed for name in ("wire", "wire-sports")})
    run(desk)
    page = (desk / "site/sources.html").read_text()
    assert "Wire (wire)" in page
    assert "Wire (wire-sports)" in page
