"""The command itself, in a process of its own: killed, twice at once, on a terminal and without one."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from digest.shell import log
from tests.flows.killing import Growing, killed, project
from tests.flows.test_fetch import feed
from tests.server import Server, http, serving

SOURCES = [f"s{n}" for n in range(12)]
ITEMS = 5  # of a feed


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    with serving() as server:
        yield server


def _slowly(at: int, id: str):
    async def answer(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.04 * at)
        writer.write(http(feed(*((f"{id}-{n}", f"Report {n}") for n in range(ITEMS)))))
        await writer.drain()

    return answer


@pytest.fixture(name="root")
def _root(tmp_path: Path, server: Server) -> Path:
    """A project whose feeds answer one after the other, and one that is missing."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "digest.toml").write_text(f'[fetch]\nallow_private = ["{server.host}"]\nper_host = 20\n')
    sources = "".join(
        f'[[source]]\nid = "{id}"\nname = "{id}"\nurl = "{server.url(f"/{id}")}"\n' for id in (*SOURCES, "missing")
    )
    (content / "sources.toml").write_text(sources)
    server.answers |= {f"/{id}": _slowly(at, id) for at, id in enumerate(SOURCES)}
    return tmp_path


def _started(root: Path, **other) -> subprocess.Popen:
    command = [sys.executable, "-m", "digest", "fetch", "--root", str(root)]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | other
    return subprocess.Popen(command, env=os.environ | {"NO_COLOR": "1"}, **given)


def _seen(root: Path) -> list[str]:
    """The ids of all items in the log; every line but the last of a file is whole."""
    found = []
    for path in sorted((root / "content" / "fetched").glob("s*/*.jsonl")):
        found += [json.loads(line)["uid"] for line in path.read_bytes().splitlines()]
    return found


def _everything() -> list[str]:
    return sorted(f"{id}-{n}" for id in SOURCES for n in range(ITEMS))


def test_killed_at_any_moment_the_log_is_whole_and_the_next_run_mends_it(tmp_path, server):
    killed(project(tmp_path, server), Growing(server), kills=5, chance=Random(1))


@pytest.mark.skipif(log.fcntl is None, reason="no locks here")
def test_two_at_once_do_not_harm_each_other(root):
    one, other = _started(root), _started(root)
    told = [run.communicate() for run in (one, other)]
    codes = (one.returncode, other.returncode)
    assert 0 in codes
    for code, (_, errors) in zip(codes, told, strict=True):
        assert code == 0 or "another fetch is at work here" in errors
    assert sorted(_seen(root)) == _everything()


def test_without_a_terminal_a_line_for_each_source_and_a_table(root):
    with _started(root) as run:
        out, errors = run.communicate()
    assert run.returncode == 0
    assert "s3: 5 new" in errors.splitlines()
    assert "warning: missing: HTTP 404 Not Found" in errors.splitlines()
    assert (out + errors).count("404") == 1, "the reason is told once"
    assert "\r" not in errors
    table = out.splitlines()
    assert table[0] == "source   answer          new"
    assert table[-2:] == [
        "missing  failed            0",
        "60 new items; 12 of 13 sources answered",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")
def test_on_a_terminal_one_line_that_changes(root):
    ours, theirs = os.openpty()
    with _started(root, stderr=theirs) as run:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65_536):
                shown += part
        except OSError:  # how Linux says that the other side is closed
            pass
        run.communicate()
    os.close(ours)
    steps = [line.strip() for line in shown.decode().split("\r") if line.startswith("[")]
    assert steps[0].startswith("[........................] 0/13 done, 0 failed, 0 new; waits for s0, s1, s2 and")
    assert steps[-1].startswith("[########################] 13/13 done, 1 failed, 60 new")


def test_a_build_goes_on_where_no_source_answers_and_says_so(root, server):
    server.answers.clear()
    whole = [sys.executable, "-m", "digest", "build", "--fetch", "--root", str(root)]
    done = subprocess.run(whole, capture_output=True, text=True, env=os.environ | {"NO_COLOR": "1"}, check=False)
    assert done.returncode == 0
    assert "warning: none answered of 13 sources: nothing new was fetched" in done.stderr
    assert (root / "site" / "index.html").exists()
    strict = subprocess.run([*whole, "--strict"], capture_output=True, check=False)
    assert strict.returncode == 1
