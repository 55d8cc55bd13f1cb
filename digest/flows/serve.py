"""Builds, serves the site as it will be served, and builds again when something changes."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from digest.config import Config
from digest.errors import DigestError
from digest.flows.order import Order
from digest.flows.project import configure
from digest.shell.server import changes, look, open_browser, serving

NAMED = 3  # changed files that are told by name


def serve(
    order: Order,
    *,
    port: int,
    rebuild: Callable[[], object],
    watch: bool = True,
    show: bool = False,
    tell: Callable[[str], None],
    warn: Callable[[str], None],
) -> None:
    """Serves until it is interrupted; a build that fails is told, and what stood before is served on."""
    config = configure(order.root, order.base_url)
    folders = watched(order.root, config) if watch else ()
    editions = order.root / "content" / "editions"  # what a build itself appends to
    before = look(folders, editions)
    rebuild()
    with serving(order.output, unquote(urlsplit(config.base_url).path) or "/", port) as address:
        tell(f"{address} (Ctrl-C ends)")
        if show:
            open_browser(address)
        for changed in changes(folders, editions, before):
            tell(f"changed: {', '.join(path.name for path in changed[:NAMED])}{' …' if changed[NAMED:] else ''}")
            try:
                rebuild()
            except DigestError as fault:
                warn(f"{fault}\nwhat stood before is served on")


def watched(root: Path, config: Config) -> tuple[Path, ...]:
    """The folders that a build reads."""
    elsewhere = (Path(folder) for folder in config.article_folders if Path(folder).is_absolute())
    return (root / "content", root / "templates", *elsewhere)
