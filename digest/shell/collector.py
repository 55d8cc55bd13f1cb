"""How often Python looks for cycles of objects: what we make dies with its last name, and cycles are next to none.

At Python's own pace the looking takes a tenth of a build of 10,000 articles: it goes through all that is alive, time
and again.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MADE = 50_000  # objects that come to be before it is looked for cycles among them; Python's own: 700


def collect_seldom() -> None:
    """For a process that reads what may be anything: cycles go, but not at once."""
    gc.set_threshold(MADE)


@contextmanager
def no_collecting() -> Iterator[None]:
    """For one build, whose end frees all of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
