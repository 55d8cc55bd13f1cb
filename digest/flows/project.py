"""A project's settings."""

from pathlib import Path

from digest.config import Config, based, load
from digest.errors import ConfigError
from digest.shell import content
from digest.shell.plain import real


def configure(root: Path, base_url: str = "") -> Config:
    """The project's settings, with what the command line says in their place."""
    config = load(content.read_settings(root), name=real(root).name)
    if not base_url:
        return config
    try:
        return based(config, base_url)
    except ValueError as fault:
        raise ConfigError([f"--base-url {base_url}: {fault}"]) from None


def elsewhere(root: Path, config: Config) -> list[Path]:
    """Folders and files outside content/ that the settings name."""
    content_folder = real(root / "content")
    named = [content_folder / one for one in (*config.article_folders, *(source.path for source in config.sources))]
    return sorted({one for one in named if not real(one).is_relative_to(content_folder)})
