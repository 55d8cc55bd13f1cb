"""The log on disk: only ever longer, and whole."""

import os
import subprocess
import sys

import pytest

from digest.errors import Busy, DiskError
from digest.shell import log

ONE, TWO = b'{"uid":"1"}\n', b'{"uid":"2"}\n'


def test_lines_are_added_and_folders_made(tmp_path):
    path = tmp_path / "fetched" / "wire" / "2026-11.jsonl"
    log.append(path, [ONE])
    log.append(path, [TWO, TWO])
    assert log.read(path) == ONE + TWO + TWO


def test_many_logs_at_once_are_all_on_the_disk_at_the_end(tmp_path):
    paths = [tmp_path / str(at) / "a.jsonl" for at in range(200)]
    with log.appending() as add:
        for path in paths:
            add(path, [ONE, TWO])
        add(tmp_path / "b.jsonl", [])
    assert {log.read(path) for path in paths} == {ONE + TWO}
    assert not (tmp_path / "b.jsonl").exists()


def test_a_log_of_many_that_cannot_be_written_is_told_and_the_others_stand(tmp_path):
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(DiskError, match="cannot be written: Is a directory"), log.appending() as add:
        for name in ("a.jsonl", "b.jsonl"):
            add(tmp_path / name, [ONE])
    assert log.read(tmp_path / "b.jsonl") in (ONE, b"")


def test_nothing_to_add_leaves_no_file(tmp_path):
    log.append(tmp_path / "a.jsonl", [])
    assert list(tmp_path.iterdir()) == []
    assert log.read(tmp_path / "a.jsonl") == b""


@pytest.mark.parametrize("at", range(1, len(TWO) - 1))
def test_half_a_line_that_a_kill_left_is_taken_off(tmp_path, at):
    path = tmp_path / "a.jsonl"
    path.write_bytes(ONE + TWO[:at])
    log.append(path, [TWO])
    assert log.read(path) == ONE + TWO


def test_a_whole_line_without_its_end_stays(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(ONE + TWO.rstrip())
    log.append(path, [ONE])
    assert log.read(path) == ONE + TWO + ONE


def test_a_line_that_cannot_be_read_stays_where_it_is_ended(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"what is this?\n")
    log.append(path, [ONE])
    assert log.read(path) == b"what is this?\n" + ONE


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on file sizes is the system's own")
def test_on_a_full_disk_what_stood_before_stands(tmp_path):
    path = tmp_path / "a.jsonl"
    log.append(path, [ONE])
    code = f"""
import resource, signal
from pathlib import Path
from digest.errors import DiskError
from digest.shell import log
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))
try:
    log.append(Path({str(path)!r}), [b"x" * 100])
except DiskError as fault:
    print(fault)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{path}: cannot be written: File too large\n"
    assert log.read(path) == ONE


def test_a_link_that_leads_nowhere_is_not_an_empty_log(tmp_path):
    (tmp_path / "a.jsonl").symlink_to("nowhere")
    with pytest.raises(DiskError, match=r"a\.jsonl: is a link that leads nowhere"):
        log.read(tmp_path / "a.jsonl")
    assert log.read(tmp_path / "b.jsonl") == b""


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "new" / "validators.json"
    log.replace(path, b"1")
    log.replace(path, b"2")
    assert log.read(path) == b"2"
    assert [one.name for one in path.parent.iterdir()] == ["validators.json"]


@pytest.mark.skipif(log.fcntl is None, reason="no locks here")
def test_two_at_once_are_told_so(tmp_path):
    path = tmp_path / ".digest" / "fetch.lock"
    with log.locked(path, "fetch"), pytest.raises(Busy, match="another fetch is at work"), log.locked(path, "fetch"):
        pass
    with log.locked(path, "fetch"):
        pass


def test_where_only_a_file_s_first_byte_can_be_locked(tmp_path, monkeypatch):
    """Windows has no flock: this stands for what it has."""
    held = set()

    class Bytes:
        LK_NBLCK = 2

        @staticmethod
        def locking(descriptor, mode, count):
            file = os.fstat(descriptor).st_ino
            if file in held:
                raise PermissionError(13, "Permission denied")
            held.add(file)

    monkeypatch.setattr(log, "fcntl", None)
    monkeypatch.setattr(log, "msvcrt", Bytes)
    path = tmp_path / ".digest" / "build.lock"
    with log.locked(path, "build"), pytest.raises(Busy, match="another build is at work"), log.locked(path, "build"):
        pass


def test_nothing_is_written_through_a_link(tmp_path):
    """A restored folder may hold one in the place of any file that is to be written there."""
    theirs, folder = tmp_path / "theirs", tmp_path / ".digest"
    theirs.write_bytes(b"as it was")
    folder.mkdir()
    for name in ("report.json", "report.json.next", "build.lock", "new.lock"):
        (folder / name).symlink_to(theirs if name != "new.lock" else tmp_path / "nothing")
    log.replace(folder / "report.json", ONE)
    for name in ("build.lock", "new.lock"):
        with log.locked(folder / name, "build"):
            pass
    assert theirs.read_bytes() == b"as it was"
    assert (folder / "report.json").read_bytes() == ONE
    assert not any(path.is_symlink() for path in folder.iterdir())
    assert not (tmp_path / "nothing").exists()


def test_a_fault_of_the_disk_says_where_and_why(tmp_path):
    (tmp_path / "taken").write_bytes(b"a file, not a folder")
    path = tmp_path / "taken" / "a.jsonl"
    for write in (lambda: log.append(path, [ONE]), lambda: log.replace(path, ONE)):
        with pytest.raises(DiskError, match=r"taken/a\.jsonl: cannot be written: (File exists|Not a directory)"):
            write()
    with pytest.raises(DiskError, match="taken"), log.locked(path, "build"):
        pass


@pytest.mark.skipif(log.fcntl is None, reason="no locks here")
def test_one_output_is_written_by_one_build_at_a_time_and_no_lock_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(log.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    site, same = tmp_path / "site", tmp_path / "x" / ".." / "site"
    (tmp_path / "x").mkdir()
    with log.claimed(site, "build"):
        with pytest.raises(Busy, match="another build is at work on"), log.claimed(same, "build"):
            pass
        with log.claimed(tmp_path / "other", "build"):
            pass
        with pytest.raises(Busy), log.claimed(site, "build"):
            pass
    with log.claimed(site, "build"):
        pass
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("stood", "stands", "mended"),
    [
        (b"", b"", False),
        (b'{"a":1}\n', b'{"a":1}\n', False),
        (b'{"a":1}\n{"b"', b'{"a":1}\n', True),
        (b'{"a"', b"", True),
        (b'{"a":1}\n{"b":2}', b'{"a":1}\n{"b":2}\n', False),
    ],
)
def test_half_a_line_is_taken_off_without_anything_to_add(tmp_path, stood, stands, mended):
    path = tmp_path / "2026-11.jsonl"
    path.write_bytes(stood)
    assert log.mend(path) is mended
    assert path.read_bytes() == stands


def test_two_programs_that_add_at_once_lose_nothing(tmp_path):
    path = tmp_path / "a.jsonl"
    code = f"from digest.shell import log; from pathlib import Path\nfor n in range(150): log.append(Path({str(path)!r}), [b'{{}}\\n'])"
    programs = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [program.wait() for program in programs] == [0, 0]
    assert log.read(path) == b"{}\n" * 300
