"""Front matter: the fields that stand above an article, as people write them.

Values are texts, word for word: nothing is converted, so that "no", 2026-11-22 and 1:20 stay what was written.
"""

import re
import tomllib
from dataclasses import fields, replace
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import lru_cache

import yaml

from digest.errors import InputError
from digest.model import record

LONGEST = 65_536  # characters of front matter
LONGEST_KEY = 40  # characters: a longer one is like none
REMEMBERED = 256  # keys
_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_LINE = re.compile(r"^(\w+):[ \t]+(.*)$", re.MULTILINE)
_NOTHING = frozenset({"", "~", "null"})
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@record
class Front:
    """The fields of an article file; what is not given is empty."""

    title: str = ""
    date: str = ""
    updated: str = ""
    seen: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    language: str = ""
    show: str = ""
    rights: str = ""
    topics: tuple[str, ...] = ()
    archive_url: str = ""
    flaws: tuple[str, ...] = ()


_KEYS = tuple(field.name for field in fields(Front) if field.name != "flaws")


def split(text: str) -> tuple[Front | None, str]:
    """The front matter, None where there is none, and what stands under it."""
    fence = text[:3]
    first, _, rest = text.partition("\n")
    if fence not in _FENCES or first.rstrip() != fence or not (end := _FENCES[fence].search(rest)):
        return None, text
    head, body = rest[: end.start()], rest[end.end() :].lstrip("\n")
    if len(head) > LONGEST:
        raise InputError(f"front matter: longer than {LONGEST:,} characters")
    values, flaws = _toml(head) if fence == "+++" else _yaml(head)
    return (None, text) if values is None else (_front(values, flaws), body)


Values = tuple[dict[str, object] | None, list[str]]
"""What front matter says, None where it is none; and what is wrong with it."""


def _toml(head: str) -> Values:
    try:
        return tomllib.loads(head), []
    except (ValueError, RecursionError) as fault:  # a TOMLDecodeError counts lines from the fence
        line = re.search(r"line (\d+)", str(fault))
        where = f"line {int(line.group(1)) + 1}: " if line else ""
        raise InputError(f"front matter: {where}{re.sub(r' [(]at .*[)]$', '', str(fault))}") from None


def _yaml(head: str) -> Values:
    try:
        if "&" in head or "*" in head:
            _refuse_aliases(head)
        values = yaml.load(head, Loader=_LOADER)  # noqa: S506 - a base loader makes texts, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"line {mark.line + 2}: " if mark else ""
        return _by_lines(head, f"front matter: {where}{getattr(fault, 'problem', None) or fault}")
    return ({} if values in (None, "") else values if isinstance(values, dict) else None), []


def _by_lines(head: str, fault: str) -> Values:
    """Front matter that is no YAML, as people who never heard of it write: a key, a colon, the rest of the line."""
    found = {key: value.strip("\"'[] \t") for key, value in _LINE.findall(head) if key in _KEYS}
    if not found.get("title"):
        raise InputError(fault)
    return dict(found), [f"{fault}; read line by line"]


def _refuse_aliases(head: str) -> None:
    """A few of them can stand for more text than there is memory."""
    for event in yaml.parse(head, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            where = f"line {event.start_mark.line + 2}: " if event.start_mark else ""
            raise InputError(f"front matter: {where}anchors and aliases (& and *) are not read: write it out")


def _front(values: dict[str, object], flaws: list[str]) -> Front:
    known: dict[str, str | tuple[str, ...]] = {}
    for key, value in values.items():
        if key not in _KEYS:
            near = _nearest(str(key).lower()[:LONGEST_KEY])
            hint = f": did you mean '{near}'?" if near else ""
            flaws.append(f"front matter: unknown key '{str(key)[:40]}'{hint}")
            continue
        texts = [_word(one) for one in value] if isinstance(value, list) else [_word(value)]
        if None in texts:
            flaws.append(f"front matter: '{key}' is no text")
        given = tuple(text for text in texts if text)
        if key == "topics":
            parts = given if isinstance(value, list) else "".join(given).split(",")
            known[key] = tuple(part.strip() for part in parts if part.strip())
        else:
            known[key] = ", ".join(given)
    if known.get("show", "") not in ("", "full", "extract"):
        flaws.append("front matter: 'show' is neither 'full' nor 'extract'")
        known["show"] = ""
    return replace(Front(flaws=tuple(flaws)), **known)  # type: ignore[arg-type]  # keys are Front's own


@lru_cache(REMEMBERED)  # all files of a program have the same keys
def _nearest(key: str) -> str:
    """The key that may have been meant, "" where there is none."""
    return next(iter(get_close_matches(key, _KEYS, 1)), "")


def _word(value: object) -> str | None:
    """A scalar as text; None where it is none."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, str):
        return "" if value.strip().lower() in _NOTHING else value.strip()
    return str(value) if isinstance(value, int | float) else "" if value is None else None
