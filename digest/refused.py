"""What cannot be read of one document: the first of it by itself, the rest by its number.

A document of a million broken lines would fill memory and the report, and say no more than a hundred of them.
"""

from collections.abc import Iterator
from dataclasses import replace

from digest.model import Rejected

NAMED = 100  # of one document


class Refused:
    """A list of them that does not grow beyond what anybody reads."""

    def __init__(self) -> None:
        self._named: list[Rejected] = []
        self._more = 0
        self._last = Rejected(reason="")

    def append(self, one: Rejected) -> None:
        """One more of the same document."""
        if len(self._named) < NAMED:
            self._named.append(one)
        else:
            self._more, self._last = self._more + 1, one

    def __iter__(self) -> Iterator[Rejected]:
        yield from self._named
        if self._more:
            told = f"{self._more:,} more could not be read, the last: {self._last.reason}"
            yield replace(self._last, uid="", title="", url="", reason=told)
