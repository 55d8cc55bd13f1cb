"""Queries that are nothing but a list of sources: what other programs call a folder."""

import re
from collections.abc import Iterable

_EXACT = re.compile(r"source:/\^(?P<id>[\w-]+) /")
_NAMED = re.compile(r"source:(?:(?P<word>[\w-]+)|\"(?P<phrase>[^\"*]+)\")")


def query_of_sources(ids: Iterable[str]) -> str:
    """The query that the articles of these sources answer, and of no other whose name has the same words."""
    return " OR ".join(f"source:/^{id} /" for id in ids)


def sources_in_query(query: str) -> tuple[str, ...]:
    """The ids or names of the sources that a query lists; none where it asks for anything else."""
    found = []
    for clause in re.split(r"\s+OR\s+", query.strip().removeprefix("(").removesuffix(")")):
        if match := _EXACT.fullmatch(clause):
            found.append(match["id"])
        elif named := _NAMED.fullmatch(clause):
            found.append(named["word"] or named["phrase"].strip())
        else:
            return ()
    return tuple(dict.fromkeys(found))
