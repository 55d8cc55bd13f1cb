"""A glance at files from outside: sizes and times, never what they hold. Light: it decides what is imported at all.

As git's index does it: a file is as it was where size, times and inode are; one that was changed just before
the glance is not trusted, for another change at the same moment would not show ("racy git").
"""
# ruff: noqa: PTH112, PTH116, PTH208 - plain strings: no object for each of 100,000 files

import marshal
import os
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from digest.shell.plain import make_way

UNMINDED = frozenset(["__pycache__"])  # Python writes it as it runs
ALIKE = ".pf_fragment"  # ends the names of most files of a search index: one for each page
TICK = 20_000_000  # ns between two times that a file may bear
COARSE = 2_000_000_000  # the same where files bear whole seconds
INSTALLED = ("site-packages", "dist-packages")  # ends the paths of what is installed
PLAIN = 2  # form of marshal: the same values give the same bytes, whoever else holds them
PACKAGE = Path(__file__).resolve().parent.parent


def glance(trees: Iterable[Path], *, closed: Path | None = None, since: int = sys.maxsize) -> str:
    """A fingerprint of the names, sizes, times and inodes of the files in some trees; some may be files themselves.

    Of the many alike under `closed` only that none came or went. Empty where nothing can be told: something cannot be
    looked at, leads to a folder elsewhere, or was changed at the moment `since` (ns, as `moment` gives it) or later.
    """
    latest = since - (TICK if since % 1_000_000_000 else COARSE)
    shut = f"{closed}{os.sep}" if closed else "\0"
    seen: list[object] = []
    folders: list[str] = []
    try:
        for tree in map(str, trees):
            if os.path.isdir(tree):
                folders.append(tree)
            else:
                seen.append(_noted(tree, os.stat(tree), latest))
        while folders:
            folder = folders.pop()
            is_closed = folder.startswith(shut)
            seen.append(_noted(folder, os.stat(folder), latest) if is_closed else folder)
            with os.scandir(folder) as found:
                for entry in found:
                    name = entry.name
                    if entry.is_file(follow_symlinks=False):
                        if not is_closed or not name.endswith(ALIKE):
                            seen.append(_noted(name, entry.stat(), latest))
                    elif entry.is_dir(follow_symlinks=False):
                        if name not in UNMINDED:
                            folders.append(entry.path)
                    elif entry.is_dir():
                        raise OSError
                    else:
                        seen.append(_noted(name, entry.stat(), latest))
    except OSError:
        return ""
    return blake2b(marshal.dumps(seen, PLAIN), digest_size=16).hexdigest()


def _noted(name: str, about: os.stat_result, latest: int) -> tuple[str, int, int, int, int]:
    changed, altered = about.st_mtime_ns, about.st_ctime_ns
    if changed > latest or altered > latest:
        raise OSError
    return name, about.st_size, changed, altered, about.st_ino


def machinery() -> str:
    """A mark of the interpreter, of what is installed for it, and of our own code and templates."""
    folders = [one for one in sys.path if one.endswith(INSTALLED) and os.path.isdir(one)]
    times = [os.stat(one).st_mtime_ns for one in folders]
    templates = PACKAGE.parent / "templates"  # of a checkout; in a wheel they lie in the package
    return f"{sys.version} {times} {glance([PACKAGE, *([templates] if templates.is_dir() else [])])}"


def moment(path: Path) -> int:
    """What time it is by the clock of a disk; there is an empty file at the path, then."""
    anew(path).close()
    return path.stat().st_mtime_ns


def anew(path: Path) -> BinaryIO:
    """An empty file in the place of whatever stands there: a link or a folder is taken away and not followed."""
    make_way(path)
    path.unlink(missing_ok=True)
    return path.open("xb")


def has_litter(output: Path) -> bool:
    """Has a killed build left something beside the output?"""
    return any(name.startswith(f".{output.name}.next-") for name in os.listdir(output.parent))


def find_root(start: Path) -> Path | None:
    """The folder, or the nearest above it, that holds content/digest.toml."""
    return next((one for one in (start, *start.parents) if (one / "content" / "digest.toml").is_file()), None)
