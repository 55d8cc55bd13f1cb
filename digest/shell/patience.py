"""Patience with what is computed in this process: a signal ends it, a regular expression that is being tried, too."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Impatient(Exception):
    """What was computed took longer than it may."""


@contextmanager
def at_most(cpu_seconds: float) -> Iterator[None]:
    """Raises `Impatient` in what takes longer. Without such a clock (Windows, a thread) the worker's limit ends it."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise Impatient
