"""Values, so many at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in their order, `size` at a time and at last what is left; no more are taken than are asked for."""
    source = iter(values)
    while some := list(islice(source, size)):
        yield some
