"""The search index: Pagefind over the built pages, called as a program (its Python interface sleeps).

It writes what it keeps in maps without an order; that is put in order afterwards, so that the same pages give the
same bytes.
"""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cbor2

from digest.codec import fingerprint
from digest.errors import PublishError

TIMEOUT = 1800  # seconds
UNUSED = (  # of what it writes beside the index
    "pagefind-ui",
    "pagefind-modular-ui",
    "pagefind-component-ui",
    "pagefind-highlight",
    "pagefind-playground",
    "wasm.unknown",
)
PACKED = b"pagefind_dcd"  # before the CBOR in its files
PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.")  # what searches; once a site, beside its first index
UNSAID = "li > .meta"  # in lists: when and where; too many rows to mark each
MADE_BY = version("pagefind")  # an index is read by the version that made it


def make_index(tree: Path, folder: Path, pages: Iterable[str], language: str, *, first: bool) -> None:
    """Fills the folder with the index of some pages of a tree; one language, so that one box finds all.

    `first`: the one that also holds the program which searches them all.
    """
    with TemporaryDirectory(dir=folder.parent) as chosen:
        for page in pages:
            place = Path(chosen, page)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(tree / page, place)
        _index(Path(chosen), folder, language)
    _put_in_order(folder)
    unused = UNUSED if first else (*UNUSED, *PROGRAM)
    for path in folder.iterdir():
        if path.name.startswith(unused):
            path.unlink()


def _put_in_order(folder: Path) -> None:
    """Filters, their values and sorts by their names; files that change are named anew, by what they hold."""
    door = folder / "pagefind-entry.json"
    entry = json.loads(door.read_bytes())
    for language in entry["languages"].values():
        known = folder / f"pagefind.{language['hash']}.pf_meta"
        edition, pages, chunks, filters, sorts, *rest = _unpacked(known)
        filters = sorted([name, _sorted_filter(folder / "filter", mark)] for name, mark in filters)
        data = _packed([edition, pages, chunks, filters, sorted(sorts), *rest])
        language["hash"] = f"{language['hash'].partition('_')[0]}_{fingerprint(data)[:10]}"
        known.unlink()
        (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(data)
    door.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8")


def _sorted_filter(folder: Path, mark: str) -> str:
    """Puts the values of a filter in order; the new name of its file."""
    known = folder / f"{mark}.pf_filter"
    name, values = _unpacked(known)
    data = _packed([name, sorted(values)])
    known.unlink()
    named = f"{mark.partition('_')[0]}_{fingerprint(data)[:10]}"
    (folder / f"{named}.pf_filter").write_bytes(data)
    return named


def _unpacked(path: Path) -> list[Any]:
    return list(cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(PACKED)))


def _packed(value: object) -> bytes:
    return gzip.compress(PACKED + cbor2.dumps(value), mtime=0)


def _index(tree: Path, folder: Path, language: str) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(tree), "--output-path", str(folder)]
    command += ["--force-language", language, "--exclude-selectors", UNSAID]
    try:
        done = subprocess.run(  # noqa: S603  # our own arguments, no shell
            command, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise PublishError(f"the search index could not be made: {fault}") from None
    if done.returncode:
        raise PublishError(f"the search index could not be made: {(done.stderr or done.stdout).strip()[-400:]}")
