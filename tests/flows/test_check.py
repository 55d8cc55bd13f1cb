"""`digest check`: every kind of fault is found, with the way to mend it, and a sound project has none."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.inputs import page
from tests.flows.asking import STORIES, asked, front, project
from tests.server import http, serving

MONDAY = 1_795_413_600  # 2026-11-23 06:00 UTC
DAY = 86_400
SOURCE = '[[source]]\nid = "wire"\nname = "Wire"\nurl = "https://wire.example.org/feed"\n'


def runs(*answers: Mapping[str, object]) -> str:
    """A log with a run a day, each with what the wire answered."""
    told = ({"v": 1, "run_at": MONDAY + at * DAY, "sources": {"wire": one}} for at, one in enumerate(answers))
    return "".join(json.dumps(one) + "\n" for one in told)


OK, NEWS = {"status": "ok", "items": 0}, {"status": "ok", "items": 3}
FAILED = {"status": "failed", "reason": "HTTP 500 Internal Server Error"}
GONE = {"status": "failed", "http": 410, "reason": "HTTP 410 Gone: take it out of sources.toml"}
MOVED = {**NEWS, "moved_to": "https://wire.example.org/new"}
RUNS = "fetched/runs/2026-11.jsonl"
STONE = '{"v":1,"kind":"article","id":"0123456789abcdef","hash":"","date":"2026-11-23","reason":""}\n'


def test_a_sound_project_has_nothing_to_mend(tmp_path: Path):
    said = asked(project(tmp_path, STORIES), "check").stdout
    assert "0 to mend" in said
    assert "site.base_url" in said
    assert "not built yet" in said


def test_what_reads_pages_is_missed_before_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = project(tmp_path, {"sources.toml": f"{SOURCE}full_text = true\n"})
    monkeypatch.setattr(page, "LIBRARY", "not_installed_anywhere")
    assert "pip install 'digest-briefing[fulltext]'" in asked(root, "check", code=1).stdout
    asked(root, "build")
    done = asked(root, "fetch", code=2)
    assert "full_text of wire: what reads pages is not installed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_project_has_nothing_to_mend(tmp_path: Path):
    asked(tmp_path, "init")
    asked(tmp_path, "check")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"digest.toml": "[sight]\n"}, ["content/digest.toml:1", "did you mean"]),
        ({"topics.toml": '[[topic]]\nname = "Oil"\nquery = "petroleum"\n'}, ['"Oil" catches no story', "topic test"]),
        ({"overrides.toml": '[[hide]]\narticle = "0123456789abcdef"\n'}, ["[[hide]] names", "digest list stories"]),
        ({"articles/bad.md": "\0\0\0"}, ["content/articles/bad.md", "not a text"]),
        ({"sources.toml": SOURCE, RUNS: runs(NEWS, FAILED)}, ["it fails: HTTP 500", "last on 2026-11-23"]),
        ({"sources.toml": SOURCE, RUNS: runs(NEWS, GONE)}, ["it fails: HTTP 410 Gone", "taken it down for good"]),
        ({"sources.toml": SOURCE, RUNS: runs(NEWS, *[OK] * 15)}, ["nothing new has come for 15 days"]),
        ({"sources.toml": SOURCE, RUNS: runs(MOVED)}, ["it has moved to https://wire.example.org/new"]),
        ({RUNS: "{\n"}, [f"content/{RUNS}:1", "take the line out"]),
        ({"sources.toml": SOURCE.replace("/feed", "/${NO_SUCH_KEY}")}, ["NO_SUCH_KEY"]),
        ({"forgotten.jsonl": "[]\n"}, ["content/forgotten.jsonl:1"]),
    ],
)
def test_a_fault_is_found_and_how_to_mend_it(tmp_path: Path, files: Mapping[str, str], told: list[str]):
    said = asked(project(tmp_path, {**STORIES, **files}), "check", code=1).stdout
    for text in told:
        assert text in said


def test_a_file_that_may_move_others_is_worth_knowing(tmp_path: Path):
    said = asked(project(tmp_path, {**STORIES, RUNS: runs(NEWS)}), "check").stdout
    assert "without `seen`" in said
    assert "`digest add content/articles` stamps them all" in said


def test_a_date_that_takes_the_front_page_is_told(tmp_path: Path):
    ahead = {"articles/ahead.md": front("2051-11-30") + "# Ahead of its time\n\nThe quay opens.\n"}
    days = {
        f"articles/{n}.md": front("2026-11-20") + f"# Quay {n}\n\nIt opens, they say for time {n}.\n" for n in range(30)
    }
    said = asked(project(tmp_path, {**days, **ahead}), "check", code=1).stdout
    assert "to mend: content/articles/ahead.md: is dated 2051-11-30, still to come: the newest edition is its" in said


def test_a_run_that_is_still_to_come_is_told(tmp_path: Path):
    """As a clock that jumps has it: editions close by it."""
    late = {"fetched/runs/2051-02.jsonl": '{"v":1,"run_at":2559110400,"sources":{}}\n'}
    said = asked(project(tmp_path, {**STORIES, **late}), "check", code=1).stdout
    assert "to mend: content/fetched/runs: a run of 2051-02-04, still to come, stands in the log" in said


def test_a_tombstone_with_nothing_under_it_is_worth_knowing(tmp_path: Path):
    said = asked(project(tmp_path, {**STORIES, "forgotten.jsonl": STONE}), "check").stdout
    assert "1 of 1 tombstones match nothing" in said


def test_texts_of_others_in_a_public_repository_are_told(tmp_path: Path):
    root = project(tmp_path, STORIES)
    (root / ".github/workflows").mkdir(parents=True)
    (root / ".github/workflows/x.yml").write_text("uses: actions/deploy-pages@v4\n")
    asked(root, "check")
    for words in (("init", "-q"), ("add", "content")):
        subprocess.run(["git", "-C", str(root), *words], check=True)
    said = asked(root, "check", code=1).stdout
    assert "nothing says that the text may be shared" in said
    (root / "content/digest.toml").write_text('[articles]\nshow = "full"\n')
    asked(root, "check")
    (root / "content/digest.toml").write_text("")
    for path in (root / "content/articles").iterdir():
        path.write_text(path.read_text().replace("---\n", "---\nrights: own\n", 1))
    asked(root, "check")


def test_with_the_network_every_source_is_asked(tmp_path: Path):
    with serving() as server:
        server.answers = {"/feed": http(b"<html>moved away</html>")}
        allowed = f'[fetch]\nallow_private = ["{server.host}"]\n'
        source = SOURCE.replace("https://wire.example.org/feed", server.url("/feed"))
        root = project(tmp_path, {"digest.toml": allowed, "sources.toml": source})
        asked(root, "check")
        assert "to mend: source wire: asked now: not a feed" in asked(root, "check", "--network", code=1).stdout
    assert not (root / "content/fetched").exists()


def test_what_answers_now_does_not_fail_for_having_failed_before(tmp_path: Path):
    feed = b"<rss version='2.0'><channel><title>Wire</title></channel></rss>"
    with serving() as server:
        server.answers = {"/feed": http(feed, type="application/rss+xml")}
        allowed = f'[fetch]\nallow_private = ["{server.host}"]\n'
        source = SOURCE.replace("https://wire.example.org/feed", server.url("/feed"))
        root = project(tmp_path, {"digest.toml": allowed, "sources.toml": source, RUNS: runs(NEWS, FAILED)})
        assert "`digest fetch --source wire` asks it at once" in asked(root, "check", code=1).stdout
        assert "it fails" not in asked(root, "check", "--network").stdout


def test_what_is_to_mend_stands_before_what_is_to_know(tmp_path: Path):
    said = asked(project(tmp_path, {**STORIES, "articles/bad.md": "\0\0\0"}), "check", code=1).stdout
    kinds = [line.partition(":")[0] for line in said.splitlines() if line.startswith("to ")]
    assert kinds == ["to mend", "to know", "to know"]
