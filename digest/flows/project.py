"""Which project, and its settings."""

from pathlib import Path

from digest.config import Config, based, load
from digest.errors import ConfigError
from digest.shell import content

CACHE_KEY = "DIGEST_CACHE_KEY"  # in the environment: a secret under which what is kept in .digest is sealed


def find(given: Path | None, here: Path) -> Path:
    """The folder that was named, else the nearest from here upwards that holds content/digest.toml."""
    if given is not None:
        if not given.is_dir():
            raise ConfigError([f"--root {given}: there is no such folder"])
        return given.resolve()
    found = content.find_root(here)
    if found is None:
        raise ConfigError(["no content/digest.toml here or above: `digest init` makes a project, --root names one"])
    return found


def configure(root: Path, base_url: str = "") -> Config:
    """The project's settings, with what the command line says in their place."""
    config = load(content.read_settings(root), name=root.resolve().name)
    if not base_url:
        return config
    try:
        return based(config, base_url)
    except ValueError as fault:
        raise ConfigError([f"--base-url {base_url}: {fault}"]) from None
