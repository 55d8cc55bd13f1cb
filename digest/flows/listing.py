"""What there is, as lines for people or as JSON."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.codec import Rows, to_json
from digest.flows.build import Tools
from digest.flows.survey import surveyed
from digest.text import shorten

KINDS = ("topics", "sources", "stories", "articles", "posts", "copies")
LONGEST_CELL = 72  # characters

Row = Mapping[str, Any]
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "topics": ("name", "stories", "articles", "discovered"),
    "sources": ("id", "status", "items", "location", "reason"),
    "stories": ("id", "last", "articles", "texts", "topics", "title"),
    "articles": ("id", "published", "status", "source", "title"),
    "posts": ("id", "network", "handle", "times", "text"),
    "copies": ("id", "of", "source", "title"),
}


def listing(root: Path, kind: str, tools: Tools, *, as_json: bool) -> str:
    """All of a kind, stories and articles newest first: a line each, or the report's own records."""
    with surveyed(root, tools) as survey:
        report = survey.report()
    rows = _rows(report, kind)
    return to_json(rows, indent=1).decode() if as_json else table([_counted(row) for row in rows], _COLUMNS[kind])


def _rows(report: Mapping[str, object], kind: str) -> list[Row]:
    found = report["items" if kind in ("articles", "copies") else kind]
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list | Rows) else []
    if kind == "stories":
        return sorted(rows, key=lambda row: row["last"] or "", reverse=True)  # ISO times; without one they stand last
    if kind == "articles":
        return sorted(rows, key=lambda row: row["published"] or "~", reverse=True)  # first those that have no time
    return [row for row in rows if kind != "copies" or row["status"] == "copy"]


def _counted(row: Row) -> Row:
    """The row with how many articles it has in place of their ids; what has no title is called by its file."""
    articles = row.get("articles")
    named = {**row, "title": row.get("title") or row.get("file")}
    return {**named, "articles": len(articles)} if isinstance(articles, list) else named


def table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """The rows under the names of their columns, as wide as they need to be."""
    lines = [tuple(columns), *(tuple(_cell(row.get(name)) for name in columns) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list | tuple):
        return shorten(", ".join(value), LONGEST_CELL)
    return "" if value is None else shorten(" ".join(str(value).split()), LONGEST_CELL)
