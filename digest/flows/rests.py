"""Where a fold has rested, so that the next one goes on from there: as far as all that came before is the same."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from digest.codec import pack_as_it_stands, unpack
from digest.shell.state import State

BEHIND = (0, 256, 1_024, 4_096)  # articles from the end at which a fold rests: what comes late goes in before some

R = TypeVar("R")


class Rests:
    """The rests of one kind of fold. `marks` stand for each of its steps and all before it."""

    def __init__(self, state: State | None, kind: str, marks: Sequence[str]) -> None:
        self._state = state
        self._kind = kind
        self._marks = marks
        known = state.rests(kind) if state else {}
        self.fitting = sorted(at for at, mark in known.items() if 0 < at <= len(marks) and marks[at - 1] == mark)

    def read(self, position: int, kind: type[R]) -> R | None:
        """What was kept at a position that fits; None where it cannot be read."""
        data = self._state.rest(self._kind, position, self._marks[position - 1]) if self._state else None
        return unpack(data, kind) if data else None

    def last(self, kind: type[R]) -> tuple[int, R | None]:
        """The last position that fits with what was kept there; 0 where there is none."""
        for position in reversed(self.fitting):
            if (found := self.read(position, kind)) is not None:
                return position, found
        return 0, None

    def add(self, position: int, data: object) -> None:
        """Keeps what a fold needs that goes on from a position; mappings keep their order."""
        if self._state:
            self._state.remember_rest(self._kind, position, self._marks[position - 1], pack_as_it_stands(data))
            self.fitting.append(position)

    def keep(self, positions: Iterable[int]) -> None:
        """Forgets all but those at these positions."""
        if self._state:
            self._state.forget_rests(self._kind, but=positions)


def to_come(since: int, steps: int, turn: int) -> list[int]:
    """The positions at which a fold should rest on its way: its end, some before it, and where it may turn off."""
    return sorted(at for at in {turn, *(steps - back for back in BEHIND)} if since < at)


def of_use(positions: Iterable[int], steps: int) -> set[int]:
    """Of the positions the end, and the first of those that lie about equally far from it: each grows old in turn."""
    found: dict[int, int] = {}
    for position in sorted(positions):
        distance = sum(steps - position >= back for back in BEHIND)
        found.setdefault(distance, position)
        if distance == len(BEHIND):  # of what lies far back the last
            found[distance] = position
    return {*found.values(), *({steps} & set(positions))}
