"""A restored content/fetched may be damaged or poisoned: what cannot be read is told by file and line, nothing acts."""

import json
import re
from pathlib import Path
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

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
