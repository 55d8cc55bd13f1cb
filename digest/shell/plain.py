"""Plain files alone are read: a pipe, a device or a folder in a file's place makes nobody wait and fills no memory."""

import errno
import os
import shutil
from pathlib import Path
from stat import S_ISREG

LARGEST_LOG = 128 * 1024 * 1024  # bytes, of a month: what is read of more would not fit a worker
UNNAMED = "its name is not in UTF-8: rename it"


def read_plain(path: Path, largest: int) -> bytes:
    """What a plain file holds; raises `OSError` where it is none, or larger than so many bytes."""
    waits_not = getattr(os, "O_NONBLOCK", 0)  # for a pipe to be written to, as opening would
    file = os.open(path, os.O_RDONLY | waits_not | getattr(os, "O_BINARY", 0))
    with open(file, "rb") as opened:  # noqa: PTH123  # of a descriptor
        about = os.fstat(file)
        if not S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "is no plain file", str(path))
        data = opened.read(largest + 1) if about.st_size <= largest else b""
        if about.st_size > largest or len(data) > largest:
            raise OSError(errno.EFBIG, f"larger than {largest // (1024 * 1024)} MiB", str(path))
        return data


def real(path: Path) -> Path:
    """Where the path leads, its links followed; one that leads back to itself stands for itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # the latter until Python 3.13
        return path.absolute()


def make_way(path: Path) -> bool:
    """Takes away what stands in the place of a file of ours and is none: a link, a folder, a pipe; was there one?"""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        return True
    return False


def make_way_for_folder(path: Path) -> None:
    """Takes away what stands in the place of a folder of ours and leads to none."""
    if (path.is_symlink() or path.exists()) and not path.is_dir():
        path.unlink()


def spelled(name: str) -> str:
    r"""A file's name as a page can hold it: bytes that are not UTF-8 as \xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
