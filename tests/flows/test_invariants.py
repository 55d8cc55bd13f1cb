"""The five invariants of the house, over the demo's own content."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest.flows import fold as folding
from digest.stages.stories import Grouping
from tests.flows.running import run

REPOSITORY = Path(__file__).resolve().parents[2]
SETTINGS = '[site]\nbase_url = "https://example.org/brief/"\nedition_at = "06:00"\n'


def digest(*words: str, root: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """The program itself, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "digest", *words, "--root", str(root)],
        capture_output=True, text=True, timeout=120, env={**os.environ, **environ},
    )  # fmt: skip


def built(root: Path, *words: str, **environ: str) -> dict:
    """The report of a build that went well."""
    done = digest("build", "-q", *words, root=root, **environ)
    assert done.returncode == 0, done.stderr
    return json.loads((root / ".digest" / "report.json").read_text())


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, the search index with it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sitemap(root: Path) -> list[str]:
    """The addresses that a site promises, relative to it."""
    return re.findall(
        r"<loc>https://[^<]*?/(?:brief|digest)/([^<]*)</loc>", (root / "site" / "sitemap.xml").read_text()
    )


@pytest.fixture(name="demo")
def _demo(tmp_path: Path) -> Path:
    """The demo project, as if no edition of it had been closed yet."""
    shutil.copytree(REPOSITORY / "content", tmp_path / "demo" / "content")
    shutil.rmtree(tmp_path / "demo" / "content" / "editions", ignore_errors=True)
    return tmp_path / "demo"


def test_build_appends_to_content_only_what_closed_editions_have_published(demo: Path) -> None:
    before = files(demo / "content")
    built(demo)
    after = files(demo / "content")
    new = set(after) - set(before)
    assert new == {"editions/2026-11.jsonl"}
    assert {name: after[name] for name in before} == before
    days = [json.loads(line)["day"] for line in after["editions/2026-11.jsonl"].splitlines()]
    assert days == sorted(days)
    assert "2026-11-22" in days
    assert "2026-11-23" not in days, "an edition in progress has published nothing for good"


def test_every_address_stands_through_settings_thresholds_and_late_files(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(demo)
    promised = sitemap(demo)
    assert len(promised) > 60
    placed = {item["id"]: item["story"] for item in first["items"] if item["status"] == "shown"}
    closed = {one["id"] for line in _editions(demo) for one in line["articles"]}

    with (demo / "content" / "digest.toml").open("a") as settings:
        settings.write("\n[stories]\nwindow_hours = 6\n")
    late = demo / "content" / "articles" / "late.md"
    late.write_text(
        "---\ntitle: A note found in a drawer\ndate: 2026-11-19\n---\n\nIt says that the harbour clock is slow.\n"
    )
    second = built(demo)

    assert [address for address in promised if address and not (demo / "site" / address).is_file()] == []
    now = {item["id"]: item["story"] for item in second["items"]}
    assert {id: now[id] for id in closed if id in placed} == {id: placed[id] for id in closed if id in placed}
    page = (demo / "site" / "2026" / "11" / "19.html").read_text()
    assert "A note found in a drawer" in page, "listed in its day's edition as added later"

    monkeypatch.setattr(folding, "_grouping", lambda config: Grouping(window_hours=500, join=0.05))
    run(demo)
    assert [address for address in promised if address and not (demo / "site" / address).is_file()] == []


def _editions(root: Path) -> list[dict]:
    lines = (root / "content" / "editions" / "2026-11.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def _until(root: Path, time: int) -> None:
    """Cuts the log off at a time, as if later runs had never been."""
    for path in (root / "content" / "fetched").rglob("*.jsonl"):
        key = "run_at" if path.parent.name == "runs" else "seen_at"
        lines = [line for line in path.read_text().splitlines(keepends=True) if json.loads(line)[key] <= time]
        path.write_text("".join(lines))


@pytest.fixture(name="log")
def _log(demo: Path) -> Path:
    """The demo's fetched log alone: what a prefix can be taken of."""
    shutil.rmtree(demo / "content" / "feeds")
    shutil.rmtree(demo / "content" / "articles")
    sources = (demo / "content" / "sources.toml").read_text()
    (demo / "content" / "sources.toml").write_text(
        re.sub(r"(?ms)^\[\[source\]\]\n(?:(?!^\[\[).)*?^path = .*?(?=^\[\[|\Z)", "", sources)
    )
    return demo


def test_a_prefix_of_the_log_gives_ids_that_stand_in_the_whole(log: Path, tmp_path: Path) -> None:
    whole = built(log)
    runs = [
        json.loads(line)["run_at"] for line in (log / "content/fetched/runs/2026-11.jsonl").read_text().splitlines()
    ]
    expected = {item["id"]: (item["story"], item["of"], item["status"]) for item in whole["items"]}
    for at in (runs[3], runs[8], runs[14]):
        part = tmp_path / str(at)
        shutil.copytree(log / "content", part / "content")
        shutil.rmtree(part / "content" / "editions")
        _until(part, at)
        report = built(part)
        assert report["items"]
        for item in report["items"]:
            if item["status"] in ("shown", "copy"):
                assert (item["story"], item["of"], item["status"]) == expected[item["id"]]
        assert [address for address in sitemap(part) if not (log / "site" / (address or "index.html")).is_file()] == []


def test_editions_built_day_by_day_are_those_built_at_once(log: Path, tmp_path: Path) -> None:
    days = tmp_path / "days"
    shutil.copytree(log / "content", days / "content")
    whole = {path.relative_to(log): path.read_bytes() for path in (log / "content" / "fetched").rglob("*.jsonl")}
    runs = [
        json.loads(line)["run_at"] for line in (log / "content/fetched/runs/2026-11.jsonl").read_text().splitlines()
    ]
    for at in runs[::3] + runs[-1:]:
        for path, data in whole.items():
            (days / path).write_bytes(data)
        _until(days, at)
        built(days)
    built(log)
    assert files(days / "site") == files(log / "site")
    assert (days / "content/editions/2026-11.jsonl").read_bytes() == (
        log / "content/editions/2026-11.jsonl"
    ).read_bytes()


def test_with_and_without_the_cache_the_same_bytes(demo: Path) -> None:
    built(demo)
    warm = files(demo / "site")
    (demo / "content" / "articles" / "new.md").write_text("---\ntitle: New\ndate: 2026-11-23\n---\n\nA new text.\n")
    built(demo)
    incremental = files(demo / "site")
    assert incremental != warm
    shutil.rmtree(demo / ".digest")
    built(demo)
    assert files(demo / "site") == incremental


def test_the_same_bytes_whatever_hash_seed_time_zone_and_locale(demo: Path, tmp_path: Path) -> None:
    built(demo, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    other = tmp_path / "other" / "demo"
    shutil.copytree(demo / "content", other / "content")
    built(other, PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="de_DE.UTF-8")
    assert files(demo / "site") == files(other / "site")


def test_a_second_build_writes_nothing(demo: Path) -> None:
    first = built(demo)
    stood = {path: path.stat().st_mtime_ns for path in (demo / "site").rglob("*") if path.is_file()}
    second = built(demo)
    assert second["build"]["pages_written"] == 0
    assert second["build"]["pages_kept"] == first["build"]["pages_written"]
    assert {path: path.stat().st_mtime_ns for path in (demo / "site").rglob("*") if path.is_file()} == stood
    del first["build"], second["build"]
    assert first == second


def test_regrouping_leaves_a_page_at_every_old_address(demo: Path) -> None:
    built(demo)
    promised = sitemap(demo)
    with (demo / "content" / "digest.toml").open("a") as settings:
        settings.write("\n[stories]\nwindow_hours = 400\n")
    built(demo, "--regroup")
    assert [address for address in promised if address and not (demo / "site" / address).is_file()] == []
