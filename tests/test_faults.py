"""Whatever goes wrong on disk while a build is at work: the site before stands, or the site after, and it mends itself.

Here a few of all the faults; `python -m tests.faults` tries every one.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import content, files, put

REPOSITORY = Path(__file__).resolve().parents[1]
TARGET = [sys.executable, "-m", "digest", "build", "-q", "--root"]


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("cc"), reason="needs Linux and a C compiler")
def test_some_changes_on_disk_go_wrong() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--every", "53"], cwd=REPOSITORY, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "; 0 faults" in done.stdout


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Path:
    root = tmp_path / "desk"
    put(root / "content", content(3))
    return root


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_leaves_nothing_behind(desk: Path, sent: signal.Signals) -> None:
    building = subprocess.Popen([*TARGET, desk], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(desk.glob(".site.next-*")) and time.monotonic() < deadline:
        time.sleep(0.001)
    building.send_signal(sent)
    _, said = building.communicate(timeout=60)
    assert (building.returncode, said) == (130, b"error: interrupted: what stood before still stands\n")
    assert {path.name for path in desk.iterdir()} == {"content", ".digest"}


def test_a_second_build_says_that_another_is_at_work(desk: Path) -> None:
    two = [subprocess.Popen([*TARGET, desk], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = sorted((one.communicate(timeout=120)[1], one.returncode) for one in two)
    assert ended[0] == ("", 0)
    assert ended[1][1] == 0 or "another build is at work here" in ended[1][0]
    assert (desk / "site" / "index.html").is_file()


def test_a_folder_that_may_not_be_written(desk: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.write_bytes(b"a file where a folder has to be")
    done = subprocess.run(
        [*TARGET, desk, "--output", closed / "site"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"error: {closed}" in done.stderr
    assert "what stood before still stands" in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_site_that_was_made_read_only_is_exchanged_and_removed_all_the_same(desk: Path) -> None:
    subprocess.run([*TARGET, desk], check=True, timeout=60)
    for folder in (desk / "site", *(path for path in (desk / "site").rglob("*") if path.is_dir())):
        folder.chmod(0o555)
    put(desk / "content", content(2))
    subprocess.run([*TARGET, desk], check=True, timeout=60)
    assert {path.name for path in desk.iterdir()} == {"content", "site", ".digest"}


def test_a_clock_that_jumps_changes_nothing(desk: Path) -> None:
    subprocess.run([*TARGET, desk], check=True, timeout=60)
    before = files(desk / "site")
    for path in desk.rglob("*"):
        os.utime(path, (0, 4_000_000_000))  # the year 2096; the next build writes in its own past
    subprocess.run([*TARGET, desk], check=True, timeout=60)
    found, known = files(desk / "site") or {}, before or {}
    assert {name: found[name] for name in found if not name.startswith("pagefind/")} == {
        name: known[name] for name in known if not name.startswith("pagefind/")
    }
