"""What a program and all that it starts cost: CPU time, wall time and memory. For Linux: it reads /proc."""

import ctypes
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

SAMPLED = 0.1  # seconds between two looks at the memory
APART = "pagefind"  # programs of such names are counted apart
TO_US = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


class Cost(NamedTuple):
    """Of one run."""

    cpu: float  # seconds, of all processes
    wall: float  # seconds
    largest: float  # MB, of the largest process
    together: float  # MB, of all processes at one time; what they share counts once
    apart: float  # MB, of the search index


class _Memory(threading.Thread):
    """Looks at all processes of a session, again and again."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.largest = self.together = self.apart = 0.0
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(SAMPLED):
            together = 0.0
            for folder in Path("/proc").iterdir():
                if folder.name.isdigit():
                    together += self._look(folder)
            self.together = max(self.together, together)

    def _look(self, folder: Path) -> float:
        """Notes the peak of a process; its share of what is in memory, in MB."""
        try:
            name, _, state = (folder / "stat").read_text().partition(") ")
            if int(state.split()[3]) != self.session:
                return 0.0
            peak = _megabytes(folder / "status", "VmHWM:")
            if f"({APART}" in name:
                self.apart = max(self.apart, peak)
                return 0.0
            self.largest = max(self.largest, peak)
            return _megabytes(folder / "smaps_rollup", "Pss:")
        except (OSError, IndexError):
            return 0.0  # it has ended meanwhile


def _megabytes(file: Path, key: str) -> float:
    line = next((line for line in file.read_text().splitlines() if line.startswith(key)), "0 0")
    return int(line.split()[1]) / 1_024


def cost_of(command: Sequence[str], folder: Path, timeout: float) -> Cost:
    """Runs a program until it and all that it leaves behind have ended; raises where it fails."""
    ctypes.CDLL(None).prctl(TO_US, 1, 0, 0, 0)  # what outlives its parent becomes our child: its CPU time counts, too
    with TemporaryFile() as said:
        began = time.monotonic()
        started = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )
        memory, end = _Memory(started.pid), threading.Timer(timeout, os.killpg, (started.pid, signal.SIGKILL))
        memory.start()
        end.start()
        try:
            _, status, used = os.wait4(started.pid, 0)
            started.returncode = os.waitstatus_to_exitcode(status)
            wall = time.monotonic() - began
            usages = [used, *_left_behind(started.pid)]
        except KeyboardInterrupt:
            os.killpg(started.pid, signal.SIGKILL)
            raise
        finally:
            end.cancel()
            memory.is_over.set()
            memory.join()
        if started.returncode:
            said.seek(max(0, said.tell() - 2_000))
            raise RuntimeError(f"{' '.join(command)} ended with {started.returncode}: {said.read().decode().strip()}")
    unseen = 0.0 if memory.apart else max(usage.ru_maxrss for usage in usages) / 1_024  # it was too quick for a look
    largest = max(memory.largest, unseen)
    return Cost(
        cpu=sum(usage.ru_utime + usage.ru_stime for usage in usages),
        wall=wall,
        largest=largest,
        together=max(memory.together, largest),
        apart=memory.apart,
    )


def _left_behind(group: int) -> Iterator[resource.struct_rusage]:
    """What the orphans of a program have used."""
    while True:
        try:
            yield os.wait4(-group, 0)[2]
        except ChildProcessError:
            return
