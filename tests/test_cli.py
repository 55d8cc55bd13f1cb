"""The door: exit codes, and warnings that are told once."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Path:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "digest.toml").write_text('[site]\ntitle = "Desk"\n')
    (tmp_path / "content" / "articles" / "one.md").write_text("---\ntitle: One\ndate: 2026-11-23\n---\n\nA text.\n")
    return tmp_path


def digest(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--root", str(root)])


def test_a_source_that_fails_is_warned_of_once(desk: Path) -> None:
    (desk / "content" / "digest.toml").write_text('[fetch]\nallow_private = ["127.0.0.1:9"]\n')
    (desk / "content" / "sources.toml").write_text('[[source]]\nid = "wire"\nname = "W"\nurl = "http://127.0.0.1:9/"\n')
    done = digest(desk, "build", "--fetch", "-q")
    assert done.exit_code == 0, done.stderr
    assert done.stderr.count("warning: wire: ") == 1
    assert digest(desk, "build", "-q").stderr.count("warning: wire: ") == 1, "also where nothing is fetched"


def test_settings_that_cannot_be_read_are_wrong_use(desk: Path) -> None:
    (desk / "content" / "topics.toml").write_bytes(b"\xff")
    done = digest(desk, "build")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("error: content/topics.toml: cannot be read")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fetch", "--limit", "-1"], "-1 is not in the range x>=0"),
        (["build", "--base-url", "example.org/brief"], "--base-url example.org/brief: an address that begins with"),
        (
            ["build", "--base-url", "https://example.org/?a=1"],
            "--base-url https://example.org/?a=1: a plain address is",
        ),
        (["build", "--base-url", "https://me:word@example.org/"], "a plain address is wanted"),
    ],
)
def test_wrong_use_is_told(desk: Path, words: list[str], said: str) -> None:
    done = digest(desk, *words)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    "words", [["add", "-", "--source", "a\udcff"], ["build", "--base-url", "https://a\udcff/"], ["forget", "@a\udcff"]]
)
def test_what_is_not_in_utf_8_is_told_and_not_taken(desk: Path, words: list[str]) -> None:
    done = digest(desk, *words)
    assert done.exit_code == 2
    assert "a\\xff" in done.stderr and ": is not in UTF-8: write it so" in done.stderr


def test_the_cost_of_the_index_is_its_program_s_own(desk: Path) -> None:
    done = digest(desk, "build", "--verbose")
    assert done.exit_code == 0, done.stderr
    spent = {line.partition(": ")[0]: line.split()[1] for line in done.stderr.splitlines() if line.endswith("s of CPU")}
    assert float(spent["search"]) > 0.02, "another process has to start"


def test_a_disk_that_cannot_be_written_is_no_traceback(desk: Path) -> None:
    (desk / "taken").write_bytes(b"a file where a folder should be")
    done = digest(desk, "build", "--output", str(desk / "taken" / "site"))
    assert done.exit_code == 1
    assert f"error: {desk}/taken: cannot be written: " in done.stderr


def test_a_link_that_leads_back_to_itself_is_wrong_use(desk: Path) -> None:
    (desk / "site").symlink_to("site")
    done = digest(desk, "build")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"error: {desk}/site: is a link that leads back to itself")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
@pytest.mark.parametrize("asked", ["check", "--help"])
def test_a_result_that_nothing_can_take_is_no_traceback(desk: Path, asked: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "digest", asked],
            cwd=desk,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("error: standard output: cannot be written: ")
    assert done.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_looked_at_is_no_traceback(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    (desk / "content").rename(desk / "elsewhere")
    (desk / "content").symlink_to("a" * 256)  # one that is closed is open where the tests are run as root
    done = CliRunner().invoke(main, ["list", "stories"])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"error: {desk}/content/digest.toml: cannot be read: ")


def test_a_terminal_obeys_nothing_that_was_read(tmp_path: Path):
    """Titles, keys of front matter, names of files: what they hold is shown, never carried out."""
    article = tmp_path / "content" / "articles" / "a\x1b[2J.md"
    article.parent.mkdir(parents=True)
    article.write_text('---\ntitle: Ferry\n"\\e[31mred\\x9b2J": 1\ndate: 2026-11-22\n---\n\nText.\n')
    (tmp_path / "content" / "digest.toml").write_text('[site]\nbase_url = "https://a.example/"\n')
    for command in (["build"], ["check"], ["list", "sources"], ["explain", "ferry"], ["forget", "\x1b]0;x\x07"]):
        done = CliRunner().invoke(main, [*command, "--root", str(tmp_path)])
        assert not set(done.output) & {"\x1b", "\x9b", "\x07"}, command
    assert "\\u001b[31mred\\u009b2J" in CliRunner().invoke(main, ["build", "--clean", "--root", str(tmp_path)]).output
