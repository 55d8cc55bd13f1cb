"""A build in this process."""

import time
from pathlib import Path

from digest.flows.build import Tools, build
from digest.flows.order import Built, Order
from digest.shell.workers import Workers


def run(root: Path, **wishes: object) -> Built:
    """Builds the project into its site/."""
    with Workers(1) as workers:
        tools = Tools(
            map_items=map,
            map_documents=workers.map,
            tell=lambda text: None,
            seconds=time.monotonic,
            cpu=lambda: time.process_time() + workers.cpu_seconds,
        )
        return build(Order(**{"root": root, "output": root / "site", **wishes}), tools)  # type: ignore[arg-type]
