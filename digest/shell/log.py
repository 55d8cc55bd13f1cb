"""The log on disk: lines are added, what stands is never written anew. Beside it whole small files, and the lock."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from digest.codec import from_json
from digest.errors import Busy

try:
    import fcntl
except ImportError:  # Windows has none: two runs at once are not noticed there
    fcntl = None  # type: ignore[assignment]


def read(path: Path) -> bytes:
    """What the file holds; nothing where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def months(folder: Path) -> list[Path]:
    """The files of one log, the oldest first."""
    return sorted(folder.glob("*.jsonl"))


def append(path: Path, lines: Sequence[bytes]) -> None:
    """Add lines to a log, all of them or none; half a line that a kill has left behind is taken off first."""
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as log:
        whole, ended = _whole(log)
        left = memoryview(b"".join(lines) if ended else b"\n" + b"".join(lines))
        try:
            log.truncate(whole)
            while left:
                left = left[log.write(left) or 0 :]
            os.fsync(log.fileno())
        except OSError:  # a full disk: what stood before still stands, and nothing else
            log.truncate(whole)
            raise


def replace(path: Path, data: bytes) -> None:
    """Put a whole file in the place of what stands there, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.next")
    beside.write_bytes(data)
    beside.replace(path)


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock of this file, which ends with the process; raises `Busy` where another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as lock:
        if fcntl:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(f"another {what} is at work here ({path}): try again when it is done") from None
        yield


def _whole(log: IO[bytes]) -> tuple[int, bool]:
    """How many bytes of the log are whole lines, and whether the last of them is ended."""
    size = log.seek(0, os.SEEK_END)
    if not size:
        return 0, True
    log.seek(-1, os.SEEK_END)
    if log.read(1) == b"\n":
        return size, True
    log.seek(0)
    before, newline, last = log.read().rpartition(b"\n")
    try:
        from_json(last, dict[str, object])
    except ValueError:
        return len(before) + len(newline), True
    return size, False
