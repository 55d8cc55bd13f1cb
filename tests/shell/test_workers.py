"""A document may burn, swell, hang or crash: only its own job fails, and says of what."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.errors import DigestError, InputError
from digest.shell.workers import Failed, Limits, Workers

posix = pytest.mark.skipif(sys.platform == "win32", reason="the system has no limits for a process")


@pytest.fixture(scope="module", name="pool")
def _pool() -> Iterator[Workers]:
    with Workers(2) as pool:
        yield pool


def double(number: int) -> int:
    return number * 2


def refuse(job: str) -> str:
    raise InputError(f"not a feed: {job}")


def stumble(job: object) -> object:
    raise KeyError("uid")


def leave(_: object) -> None:
    os._exit(1)


def leave_if(number: int) -> int:
    return os._exit(1) if number == 2 else number


def swell(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def dig(depth: int) -> int:
    return dig(depth + 1)


def die_if(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGSEGV)
    return number


def burn(seconds: float) -> str:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "burnt out"


def nap(seconds: float) -> None:
    time.sleep(seconds)


def own_id(_: object) -> int:
    return os.getpid()


def test_results_come_in_the_order_of_the_jobs(pool: Workers) -> None:
    assert list(pool.map(double, range(200))) == [2 * number for number in range(200)]


def test_nothing_to_do_starts_nothing() -> None:
    with Workers() as idle:
        assert list(idle.map(double, [])) == []
        assert idle._workers == []


def test_a_reason_travels_back(pool: Workers) -> None:
    assert list(pool.map(refuse, ["a page"])) == [Failed(reason="not a feed: a page")]


def test_a_bug_is_told_and_ends_nothing(pool: Workers) -> None:
    [failed] = pool.map(stumble, [1])
    assert failed == Failed(reason="a fault in digest itself, please report it: KeyError: 'uid'")


def test_endless_nesting_is_told(pool: Workers) -> None:
    assert list(pool.map(dig, [0])) == [Failed(reason="nested too deeply")]


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not enforce RLIMIT_AS")
def test_memory_is_limited(pool: Workers) -> None:
    assert list(pool.map(swell, [1, 900, 2])) == [1 << 20, Failed(reason="needed more than 700 MB"), 2 << 20]


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not enforce RLIMIT_AS")
def test_a_job_that_cannot_even_be_handed_over() -> None:
    with Workers(1, Limits(megabytes=300)) as one:
        assert list(one.map(len, [b"x" * (300 << 20), b"xx"])) == [Failed(reason="needed more than 300 MB"), 2]


@posix
def test_a_worker_that_dies_takes_only_its_job_along(pool: Workers) -> None:
    assert list(pool.map(die_if, range(6))) == [0, 1, 2, Failed(reason="its reader died (SIGSEGV)"), 4, 5]


DYING = """
from digest.shell.workers import Workers
with Workers(1, preload=("dying",)) as one:
    import dying
    print(*one.map(dying.abort, [0]))
"""


@posix
def test_what_python_says_when_it_dies_is_kept_from_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "dying.py").write_text("import faulthandler, os\ndef abort(_):\n faulthandler.enable()\n os.abort()\n")
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    done = subprocess.run([sys.executable, "-c", DYING], env=environ, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Failed(reason='its reader died (SIGABRT)')\n", "")


@posix
@pytest.mark.parametrize("jobs", [1, 3, 20])
def test_where_all_die_that_is_no_fault_of_what_they_read(jobs: int):
    with Workers(2) as own, pytest.raises(DigestError, match="die before they answer"):
        list(own.map(leave, range(jobs)))


@posix
def test_one_that_leaves_takes_only_its_job_along(pool: Workers):
    assert list(pool.map(leave_if, range(4))) == [0, 1, Failed(reason="its reader died (exit code 1)"), 3]


def test_wall_time_is_limited() -> None:
    with Workers(1, Limits(wall_seconds=3)) as one:  # a busy machine takes its time to start one
        assert list(one.map(nap, [0, 60, 0])) == [None, Failed(reason="took more than 3 s"), None]


@posix
def test_computing_time_is_limited_for_each_job_anew() -> None:
    with Workers(1, Limits(cpu_seconds=1, wall_seconds=60)) as one:
        results = list(one.map(burn, [0.4, 0.4, 0.4, 60, 0]))
    assert results == ["burnt out"] * 3 + [Failed(reason="took more than 1 s of computing"), "burnt out"]


def test_what_workers_spend_is_counted() -> None:
    with Workers(1) as one:
        assert one.cpu_seconds == 0
        list(one.map(burn, [0.1, 0.1]))
        assert 0.2 <= one.cpu_seconds < 2


def test_workers_are_used_again(pool: Workers) -> None:
    assert len(set(pool.map(own_id, range(50)))) <= 2


def test_who_stops_listening_leaves_no_answers_behind(pool: Workers) -> None:
    assert next(pool.map(double, range(100))) == 0
    assert list(pool.map(double, [21])) == [42]


def test_no_process_is_left_over() -> None:
    with Workers(1) as one:
        [id] = one.map(own_id, [0])
    assert isinstance(id, int)
    with pytest.raises(ProcessLookupError):
        os.kill(id, 0)


INTERRUPTED = """
from digest.shell.workers import Workers
with Workers(1, preload=("long_to_import",)) as one:
    try:
        list(one.map(abs, [1]))
    except KeyboardInterrupt:
        print("interrupted")
"""


@posix
def test_an_interruption_while_workers_start_is_heard_by_the_first_process_alone(tmp_path: Path) -> None:
    (tmp_path / "long_to_import.py").write_text("print('begun', flush=True)\nimport time\ntime.sleep(1)\n")
    environ = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as first:  # fmt: skip
        assert first.stdout is not None
        assert first.stdout.readline() == "begun\n"
        os.killpg(first.pid, signal.SIGINT)
        assert first.communicate(timeout=30) == ("interrupted\n", "")


def test_a_slow_reader_of_results_costs_no_job_its_time() -> None:
    with Workers(2, Limits(wall_seconds=3)) as two:
        results = two.map(double, range(6))
        first = next(results)
        time.sleep(3.5)
        assert [first, *results] == [0, 2, 4, 6, 8, 10]
