"""The search index: Pagefind over the built pages, called as a program (its Python interface sleeps).

Its maps have no order: the same pages give the same answers from other bytes, so that what stands is kept, not remade.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

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
PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.")  # what searches; once a site, beside its first index
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
    unused = UNUSED if first else (*UNUSED, *PROGRAM)
    for path in folder.iterdir():
        if path.name.startswith(unused):
            path.unlink()


def _index(tree: Path, folder: Path, language: str) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(tree), "--output-path", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603  # our own arguments, no shell
            [*command, "--force-language", language], capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise PublishError(f"the search index could not be made: {fault}") from None
    if done.returncode:
        raise PublishError(f"the search index could not be made: {(done.stderr or done.stdout).strip()[-400:]}")
