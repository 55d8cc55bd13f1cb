"""TOML tables against what may stand in them: the values that can be used, and every mistake with its line."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from digest.errors import unknown

Check = Callable[[Any], object]  # gives the value as `Config` holds it, or says in a ValueError what is wanted
Place = tuple[str | int, ...]  # the way to a value in its file: ("source", 0, "kind")
Mistakes = list[tuple[Place, str]]

DEEPEST = 3  # parts of a place that a mistake can have: an array, a number, a key

_FAULT_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_ENDLESS = re.compile(r"\d[\d_]{4299,}")
_CLOSED = re.compile(r"""(?:\"{3}|'{3}|[\]}])\s*(?:\#.*)?$""")  # as the last line of what stands on several does


def parsed(text: str) -> dict[str, Any]:
    """The tables of a TOML text; raises a ValueError, worded as `line: what`, where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        place = _FAULT_PLACE.search(str(fault))
        line = place[1] if place and place[1] else str(text.rstrip().count("\n") + 1)
        column = f" (column {place[2]})" if place and place[2] else ""
        raise ValueError(f"{line}: not TOML: {_FAULT_PLACE.sub('', str(fault))}{column}") from None
    except RecursionError:
        raise ValueError("1: not TOML that can be read: it is nested too deeply") from None
    except ValueError:  # of a number that Python does not read, for it would take it too long
        number = _ENDLESS.search(text)
        line = text.count("\n", 0, number.start()) + 1 if number else 1
        raise ValueError(f"{line}: not TOML that can be read: a number has thousands of digits") from None


def known(
    table: Mapping[str, Any], keys: Iterable[str], mistakes: Mistakes, place: Place = ()
) -> Iterator[tuple[str, Any]]:
    """The keys that may stand in the table, with their values; the others are mistakes."""
    for key, value in table.items():
        if key in keys:
            yield key, value
        else:
            mistakes.append(((*place, key), unknown("key" if place else "table", key, keys)))


def checked(
    table: Mapping[str, Any], checks: Mapping[str, Check], place: Place, mistakes: Mistakes
) -> dict[str, object]:
    """The table's values that can be used; an empty text says nothing."""
    found: dict[str, object] = {}
    for key, value in known(table, checks, mistakes, place):
        try:
            if value != "":
                found[key] = checks[key](value)
        except ValueError as fault:
            mistakes.append(((*place, key), str(fault)))
    return found


def entries(
    tables: Mapping[str, Any],
    kinds: Mapping[str, Mapping[str, Check]],
    needed: Mapping[str, tuple[str, ...]],
    mistakes: Mistakes,
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each table of each kind of array: where it stands, and its values that can be used."""
    for kind, members in known(tables, kinds, mistakes):
        if not isinstance(members, list) or not all(isinstance(member, dict) for member in members):
            mistakes.append(((kind,), f"write [[{kind}]], with two brackets, before each"))
            continue
        for number, member in enumerate(members):
            place = (kind, number)
            mistakes += [(place, f"{key} is missing") for key in needed[kind] if member.get(key, "") == ""]
            yield place, checked(member, kinds[kind], place, mistakes)


def located(text: str, mistakes: Mistakes) -> list[str]:
    """Each mistake as `line: key: what`, in the order of the file."""
    if not mistakes:
        return []
    lines = _line_numbers(text)
    found = []
    for place, what in mistakes:
        line = next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), 1)
        found.append((line, ".".join(part for part in place if isinstance(part, str)), what))
    return [f"{line}: {key}: {what}" for line, key, what in sorted(found)]


def _line_numbers(text: str) -> dict[Place, int]:
    """The line on which each key and table begins; the text is one that tomllib reads.

    A statement is what tomllib can read by itself: no second grammar that could differ from the first. It is asked
    only where a line can end one: at each line of a long value, it would read all before that line again.
    """
    found: dict[Place, int] = {}
    arrays: Counter[Place] = Counter()
    table: Place = ()
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append(line)
        if len(lines) > 1 and not _CLOSED.search(line):
            continue
        statement = "\n".join(lines)
        try:
            value = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        start = number - len(lines) + 1
        if value and statement.lstrip().startswith("["):
            table = _table(value, arrays)
            places: Iterable[Place] = (table[:n] for n in range(1, min(len(table), DEEPEST) + 1))
        else:
            places = _places(value, table)
        found |= {place: start for place in places if place not in found}
        lines = []
    return found


def _table(value: object, arrays: Counter[Place]) -> Place:
    """The place of the table that a header opens, numbered where it is one of an array."""
    place: Place = ()
    while isinstance(value, dict) and value:
        ((key, value),) = value.items()
        place = (*place, key)
        if isinstance(value, list):
            arrays[place] += 1
            value = value[0]
        if arrays[place]:
            place = (*place, arrays[place] - 1)
    return place


def _places(value: object, place: Place) -> Iterator[Place]:
    """The places of the keys in a value, no deeper than mistakes are."""
    if isinstance(value, dict) and len(place) < DEEPEST:
        for key, inner in value.items():
            yield (*place, key)
            yield from _places(inner, (*place, key))
