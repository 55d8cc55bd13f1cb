"""The search index: Pagefind over the built pages, called as a program (its Python interface sleeps)."""

import subprocess
import sys
from pathlib import Path

from digest.errors import PublishError

TIMEOUT = 1800  # seconds
UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight", "pagefind-playground")


def make_index(tree: Path, folder: Path, language: str) -> None:
    """Fills the folder with the index of a tree's pages; one language, so that one box finds all."""
    command = [sys.executable, "-m", "pagefind", "--site", str(tree), "--output-path", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603  # our own arguments, no shell
            [*command, "--force-language", language], capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise PublishError(f"the search index could not be made: {fault}") from None
    if done.returncode:
        raise PublishError(f"the search index could not be made: {(done.stderr or done.stdout).strip()[-400:]}")
    for path in folder.iterdir():
        if path.name.startswith(UNUSED):
            path.unlink()
