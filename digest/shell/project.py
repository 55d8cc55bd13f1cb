"""A new project on disk: the files it starts with, and what is known of how this program was installed."""

import os
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from digest.errors import DigestError
from digest.shell.content import shipped_templates

STARTER = "starter"  # the folder of the shipped templates in which a new project's files lie


def starter_files() -> dict[str, bytes]:
    """The files of a new project, by their names under the starter's folder."""
    base = shipped_templates() / STARTER
    return {path.relative_to(base).as_posix(): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}


def standing(folder: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that there are in the folder, whatever they are."""
    return tuple(name for name in names if (folder / name).is_symlink() or (folder / name).exists())


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet; what is there is never written over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
            except OSError:  # a full disk: half a file would stand in the way of the next
                path.unlink()
                raise
    except OSError as fault:
        raise DigestError(f"{path}: cannot be written: {fault.strerror or fault}") from None


def append_text(path: Path, text: str) -> None:
    """Adds to a text file, or begins it; what stands is not touched, also where the disk is full."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1))
            data = (b"" if file.read(1) in (b"", b"\n") else b"\n") + text.encode()
            if file.write(data) != len(data):
                file.truncate(size)
                raise DigestError(f"{path}: nothing was added: the disk is full")
    except OSError as fault:
        raise DigestError(f"{path}: cannot be written: {fault.strerror or fault}") from None


def direct_url(package: str) -> str | None:
    """What the installer noted of where the package came from (direct_url.json); None where it is not installed.

    Empty: it came from an index.
    """
    try:
        return distribution(package).read_text("direct_url.json") or ""
    except PackageNotFoundError:
        return None
