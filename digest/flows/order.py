"""What is asked of a build, and what it answers. Light: it is at hand before anything heavy is imported."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from digest.errors import ConfigError
from digest.shell.glance import find_root

CACHE = ".digest"
CACHE_KEY = "DIGEST_CACHE_KEY"  # in the environment: a secret under which what is kept in .digest is sealed


class Order(NamedTuple):
    """What is asked of a build."""

    root: Path
    output: Path
    base_url: str = ""
    clean: bool = False
    regroup: bool = False
    report: Path | None = None

    @property
    def reported(self) -> Path:
        """Where the report goes."""
        return self.report or self.root / CACHE / "report.json"


class Built(NamedTuple):
    """What a build has done."""

    summary: str
    warnings: tuple[str, ...] = ()
    stages: Mapping[str, float] = {}  # CPU seconds
    report: Mapping[str, object] = {}


def find(given: Path | None, here: Path) -> Path:
    """The folder that was named, else the nearest from here upwards that holds content/digest.toml."""
    if given is not None:
        if not given.is_dir():
            raise ConfigError([f"--root {given}: there is no such folder"])
        return given.resolve()
    found = find_root(here)
    if found is None:
        raise ConfigError(["no content/digest.toml here or above: `digest init` makes a project, --root names one"])
    return found
