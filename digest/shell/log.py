"""The log on disk: lines are added, what stands is never written anew. Beside it whole small files, and the lock."""

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from digest.codec import fingerprint, from_json
from digest.errors import Busy, DiskError
from digest.shell.plain import LARGEST_LOG, make_way, read_plain

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]
try:
    import msvcrt  # Windows locks a file's first byte
except ImportError:
    msvcrt = None  # type: ignore[assignment]

AT_ONCE = 16  # appends that wait for the disk: it makes many durable in the time of one
MOST_BEGUN = 64  # appends that may be on their way


def read(path: Path) -> bytes:
    """What the file holds; nothing where there is none."""
    try:
        return read_plain(path, LARGEST_LOG)
    except FileNotFoundError:
        if path.is_symlink():  # what it led to may have been a log: that is not to have none
            raise DiskError(f"{path}: is a link that leads nowhere: mend it, or take it away") from None
        return b""
    except OSError as fault:
        raise DiskError(f"{path}: cannot be read: {fault.strerror or fault}") from None


def size(path: Path) -> int:
    """How many bytes the file holds."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def months(folder: Path) -> list[Path]:
    """The files of one log, the oldest first."""
    return sorted(folder.glob("*.jsonl"))


def mend(path: Path) -> bool:
    """Take off the half line that a kill or a torn copy has left at the end; whether there was one."""
    with _told(path):
        with path.open("rb") as log:
            if not log.seek(0, os.SEEK_END) or (log.seek(-1, os.SEEK_END) and log.read(1) == b"\n"):
                return False
        with _opened(path, "a+b") as log:
            whole, ended = _whole(log)
            if ended:
                log.truncate(whole)
            else:
                log.write(b"\n")
            return ended


def append(path: Path, lines: Sequence[bytes]) -> None:
    """Add lines to a log, all of them or none; half a line that a kill has left behind is taken off first."""
    if not lines:
        return
    with _told(path), _opened(path, "a+b") as log:
        if fcntl:  # two programs may add at once; it is let go with the file
            fcntl.flock(log, fcntl.LOCK_EX)
        whole, ended = _whole(log)
        left = memoryview(b"".join(lines) if ended else b"\n" + b"".join(lines))
        try:
            if whole != log.seek(0, os.SEEK_END):
                log.truncate(whole)
            while left:
                left = left[log.write(left) or 0 :]
            os.fsync(log.fileno())
        except OSError:  # a full disk: what stood before still stands, and nothing else
            log.truncate(whole)
            raise


@contextmanager
def appending() -> Iterator[Callable[[Path, Sequence[bytes]], None]]:
    """Adds lines to many logs, to each once, while the caller goes on: all are on the disk when the block ends.

    A fault of one is raised with a later one, or at the end.
    """
    begun: deque[Future[None]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as threads:

        def add(path: Path, lines: Sequence[bytes]) -> None:
            while begun and (len(begun) >= MOST_BEGUN or begun[0].done()):
                begun.popleft().result()
            if lines:
                begun.append(threads.submit(append, path, lines))

        yield add
        for one in begun:
            one.result()


def replace(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put a whole file, or its pieces, in the place of what stands there, in one step; never through a link there."""
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.next")
        make_way(beside)
        beside.unlink(missing_ok=True)
        try:
            with beside.open("xb") as whole:
                whole.writelines([data] if isinstance(data, bytes) else data)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Hold the lock of this file, which ends with the process; raises `Busy` where another holds it."""
    busy = Busy(f"another {what} is at work here ({path}): try again when it is done")
    with _told(path):
        make_way(path)  # a restored folder may hold anything
        lock = _opened(path, "ab")
    with lock:
        try:
            _lock(lock)
            if os.fstat(lock.fileno()).st_ino != path.stat().st_ino:
                raise busy  # whoever held it has taken the file away at this moment
        except (BlockingIOError, FileNotFoundError):
            raise busy from None
        except OSError as fault:
            raise DiskError(f"{path}: cannot be locked: {fault.strerror or fault}") from None
        yield


def _lock(file: IO[bytes]) -> None:
    """Takes the lock of an open file, until it is closed; raises `BlockingIOError` where another holds it."""
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    elif msvcrt:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except PermissionError:
            raise BlockingIOError from None


@contextmanager
def claimed(folder: Path, what: str) -> Iterator[None]:
    """Hold the lock of an output, whichever project writes it; nothing of it is left when it ends.

    It lies with the system's temporary files: the folder itself is exchanged, and what is beside it is not ours.
    """
    path = Path(tempfile.gettempdir(), f"digest-{fingerprint(str(folder.resolve()))}.lock")
    try:
        with locked(path, what):
            try:
                yield
            finally:
                with suppress(OSError):
                    path.unlink()
    except Busy:
        raise Busy(f"another {what} is at work on {folder}: try again when it is done") from None


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """The disk's faults in words."""
    try:
        yield
    except OSError as fault:
        raise DiskError(f"{path}: cannot be written: {fault.strerror or fault}") from None


def _opened(path: Path, mode: str) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open(mode, buffering=0)


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
