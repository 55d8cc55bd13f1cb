"""Regular expressions that may never end: on a text that they do not match, every way to split it is tried in turn."""

from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]  # what `re` itself reads them with: no second grammar
from typing import Any

REPEATS = ("MAX_REPEAT", "MIN_REPEAT")  # not POSSESSIVE_REPEAT: that tries one way alone
MANY = 10  # times that a group may repeat, from where on it is as good as without an end


def is_endless(pattern: str) -> bool:
    """Does a group that repeats hold nothing that must stand but another repeat, as in (a+)+ and ([a-z]+ ?)*?

    Not (a+,)*, whose commas say where to split. Of the rest that takes long, as a.*b.*c, the worker's limits know.
    """
    return "(" in pattern and _repeats_repeats(_parser.parse(pattern))


def _repeats_repeats(sequence: Any) -> bool:  # noqa: ANN401  # the parser's own lists
    for operation, told in sequence:
        groups = list(_sequences(told))
        if str(operation) in REPEATS and told[1] > MANY and any(map(_is_loose, groups)):
            return True
        if any(map(_repeats_repeats, groups)):
            return True
    return False


def _sequences(told: object) -> Iterator[Any]:
    """The sequences within what is told of an operation: a group's own, or one for each alternative."""
    if isinstance(told, _parser.SubPattern):
        yield told
    elif isinstance(told, tuple | list):
        for one in told:
            yield from _sequences(one)


def _is_loose(sequence: Any) -> bool:  # noqa: ANN401
    """May a single repeat stand for all of it?"""
    needed = [n for n in range(len(sequence)) if sequence[n : n + 1].getwidth()[0]]
    if len(needed) > 1:
        return False
    return any(_is_repeat(*sequence[n]) for n in needed or range(len(sequence)))


def _is_repeat(operation: object, told: Any) -> bool:  # noqa: ANN401
    if str(operation) in REPEATS and told[1] > max(told[0], 1):
        return True
    return str(operation) in (*REPEATS, "SUBPATTERN", "BRANCH") and any(map(_is_loose, _sequences(told)))
