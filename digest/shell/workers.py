"""Work over documents in processes of their own, under limits: what burns or dies takes only its own job along.

No exception ends a regular expression or a parser written in C; the end of its process does. Workers are started
when they are needed, used again, and replaced when they die. They do not decide what is done.
"""

import gc
import math
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self, TypeVar

from digest.errors import DigestError
from digest.model import record
from digest.shell.collector import collect_seldom

if sys.platform == "win32":  # wall time alone is limited
    resource = None
    _CONTEXT = multiprocessing.get_context("spawn")
else:
    import resource
    from multiprocessing import forkserver, resource_tracker

    _CONTEXT = multiprocessing.get_context("forkserver")  # never fork: a thread may hold a lock at that moment

MOST_DEATHS = 6  # of workers in a row, before any has answered
AHEAD = 64  # jobs that may be finished while an earlier one is not

J = TypeVar("J")
R = TypeVar("R")


@record
class Failed:
    """Why a job has no result."""

    reason: str


@record
class Limits:
    """What one job may need."""

    cpu_seconds: int = 8
    wall_seconds: float = 15
    megabytes: int = 700  # of address space


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    job: int = -1  # the number of the job at work; -1: none
    deadline: float = math.inf  # by the monotonic clock
    cpu_seconds: float = 0.0  # that it had spent at its last answer


class Workers:
    """So many processes; `map` hands jobs to them and gives back the results in the order of the jobs."""

    def __init__(self, size: int = 0, limits: Limits = Limits(), preload: Sequence[str] = ()) -> None:  # noqa: B008
        self._size = size or _cores()
        self._limits = limits
        self._preload = ["__main__", *preload]  # modules that are imported once for all workers
        self._workers: list[_Worker] = []
        self.cpu_seconds = 0.0  # that all workers have spent on what they have answered
        self._answered = False
        self._deaths = 0  # of no limit of ours, and before anything was answered

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in list(self._workers):
            self._end(worker)

    def map(self, function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R | Failed]:
        """Each job's result, or why it has none; function and jobs must be picklable."""
        waiting, is_last = enumerate(jobs), False
        done: dict[int, R | Failed] = {}
        given = 0  # jobs whose result was handed on
        try:
            while True:
                while not is_last and self._has_room() and len(done) + self._at_work() < AHEAD:
                    following = next(waiting, None)
                    is_last = following is None
                    if following is not None:
                        self._give(function, *following)
                done.update(self._collect(is_needed=given not in done))
                while given in done:
                    yield done.pop(given)
                    given += 1
                if is_last and not done and not self._at_work():
                    self._refuse_deaths(given)
                    return
        finally:
            for worker in [worker for worker in self._workers if worker.job >= 0]:
                self._end(worker)

    def _has_room(self) -> bool:
        return len(self._workers) < self._size or any(worker.job < 0 for worker in self._workers)

    def _at_work(self) -> int:
        return sum(worker.job >= 0 for worker in self._workers)

    def _give(self, function: Callable[[J], R], number: int, job: J) -> None:
        """Hands a job to an idle worker, or to a new one; one that died while it was idle is replaced.

        Where even a new one does not take it, it has died of this job: that shows when its answer is asked for.
        """
        idle = next((worker for worker in self._workers if worker.job < 0), None)
        worker = idle or self._start(function)
        try:
            worker.connection.send((function, job))
        except OSError:
            if idle:
                self._end(idle)
                worker = self._start(function)
                with suppress(OSError):
                    worker.connection.send((function, job))
        worker.job, worker.deadline = number, time.monotonic() + self._limits.wall_seconds

    def _start(self, function: Callable[[J], R]) -> _Worker:
        if sys.platform != "win32":
            _CONTEXT.set_forkserver_preload([*self._preload, function.__module__])  # heard at its first start only
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each thread of a many would claim 30 MB of the limit
            _start_server()
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_work, args=(theirs, self._limits), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _end(self, worker: _Worker) -> int | None:
        """Ends a worker, now; its exit code."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()
        code = worker.process.exitcode
        worker.process.close()
        return code

    def _collect(self, *, is_needed: bool) -> dict[int, R | Failed]:
        """What has come in, by the job's number; waits for something where it is needed."""
        busy = [worker for worker in self._workers if worker.job >= 0]
        patience = min((worker.deadline for worker in busy), default=0) - time.monotonic() if is_needed else 0
        ready = wait([worker.connection for worker in busy], max(0, patience)) if busy else []
        found: dict[int, R | Failed] = {}
        for worker in busy:
            number = worker.job
            if worker.connection in ready:
                found[number] = self._receive(worker)
            elif worker.deadline <= time.monotonic():
                self._end(worker)
                found[number] = Failed(reason=f"took more than {self._limits.wall_seconds} s")
        return found

    def _receive(self, worker: _Worker) -> R | Failed:
        try:
            answer: R | Failed
            answer, cpu_seconds = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(timeout=1)  # else it would die of our signal, and not tell of what
            code = self._end(worker)
            self._deaths += code is not None and (code > 0 or code == -getattr(signal, "SIGKILL", 0))
            self._refuse_deaths(MOST_DEATHS)
            return Failed(reason=_cause(code, self._limits))
        self._answered = True
        self.cpu_seconds += cpu_seconds - worker.cpu_seconds
        worker.cpu_seconds = cpu_seconds
        worker.job, worker.deadline = -1, math.inf
        if isinstance(answer, Failed) and answer.reason == _too_large(self._limits):
            self._end(worker)  # what is left of its memory is in pieces
        return answer

    def _refuse_deaths(self, at: int) -> None:
        """Raises where so many have died and none has answered: that is no fault of what they read.

        To go on would take every document for one that cannot be read, and its pages off the site.
        """
        if at and self._deaths >= at and not self._answered:
            raise DigestError(
                f"the processes that read documents die before they answer ({self._deaths} have): is there memory "
                "left, and is the program whole? Nothing was changed"
            )


def _start_server() -> None:
    """Starts what workers are forked from, where it does not run; it and they never hear of an interruption.

    It would end with a traceback while it still imports. Who is interrupted is the first process, which ends them.
    """
    resource_tracker.ensure_running()  # else the server starts it, and lets interruptions in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _too_large(limits: Limits) -> str:
    return f"needed more than {limits.megabytes} MB"


def _cause(code: int | None, limits: Limits) -> str:
    """What a worker died of."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return f"took more than {limits.cpu_seconds} s of computing"
    if code == -getattr(signal, "SIGKILL", 0):
        return "needed more memory than there is"
    return f"its reader died ({signal.Signals(-code).name if code and code < 0 else f'exit code {code}'})"


# -- in the worker -------------------------------------------------------------------------------------------------


def _work(connection: Connection, limits: Limits) -> None:
    """Takes jobs and answers them until nobody asks any more."""
    gc.freeze()  # what was imported stays: nobody need look at it again, nor copy its pages
    collect_seldom()
    with suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 2)  # what Python says when it dies of a document is no news: the reason is told
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the program means its first process, which ends us
    if resource is not None:
        _limit(resource.RLIMIT_AS, limits.megabytes * 1024 * 1024)
        _limit(resource.RLIMIT_CORE, 0)
    with suppress(EOFError, OSError):
        while True:
            function = job = None  # what one job has held makes room for the next
            try:
                function, job = connection.recv()
                if resource is not None:
                    used = resource.getrusage(resource.RUSAGE_SELF)
                    _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + limits.cpu_seconds)
                connection.send((_answer(function, job), time.process_time()))
            except MemoryError:
                connection.send((Failed(reason=_too_large(limits)), time.process_time()))


def _limit(kind: int, soft: int) -> None:
    """A soft limit under the hard one that stands; where the system knows none, none."""
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _answer(function: Callable[[J], R], job: J) -> R | Failed:
    try:
        return function(job)
    except DigestError as fault:
        return Failed(reason=str(fault))
    except MemoryError:
        raise
    except RecursionError:
        return Failed(reason="nested too deeply")
    except Exception as fault:  # a bug; but one document must not end the reading of all
        return Failed(reason=f"a fault in digest itself, please report it: {type(fault).__name__}: {fault}")
