"""The clauses of a query: each says whether an article answers it, where, and by which words.

`field` is what a clause looks into: "" is title, text and posts.
"""

import re
from collections.abc import Iterator
from typing import Protocol

from digest.model import record
from digest.query.subject import Indexed, Spot

EXACT_FIELDS = frozenset(["lang", "kind", "country"])

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")  # kana and Chinese characters


class Clause(Protocol):
    """A part of a query."""

    def matches(self, indexed: Indexed, field: str) -> bool:
        """Whether the article answers it."""

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        """Where it does, in places of words; for NEAR only."""

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        """Its words that the article has."""


@record
class Words:
    """A word, a phrase, or the beginning of one."""

    text: str
    is_open: bool = False  # the last word may go on

    def matches(self, indexed: Indexed, field: str) -> bool:
        if field in EXACT_FIELDS:
            return indexed.equals(self.text, field, is_open=self.is_open)
        if field == "url" or (not self.text.isascii() and _UNSPACED.search(self.text)):
            return self.text.casefold() in indexed.raw(field).casefold()
        return bool(self.spots(indexed, field))

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        return indexed.spots(self.text, field, is_open=self.is_open)

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        if self.matches(indexed, field):
            yield self.text + "*" * self.is_open


@record
class Pattern:
    """A regular expression, looked for in the text as it is written."""

    regex: re.Pattern[str]

    def matches(self, indexed: Indexed, field: str) -> bool:
        return self.regex.search(indexed.raw(field)) is not None

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        return []

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        if self.matches(indexed, field):
            yield f"/{self.regex.pattern}/"


@record
class Within:
    """A clause that looks into one field."""

    field: str
    clause: Clause

    def matches(self, indexed: Indexed, field: str) -> bool:
        return self.clause.matches(indexed, self.field)

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        return self.clause.spots(indexed, self.field)

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        return (f"{self.field}:{word}" for word in self.clause.hits(indexed, self.field))


@record
class Without:
    """What must not be answered."""

    clause: Clause

    def matches(self, indexed: Indexed, field: str) -> bool:
        return not self.clause.matches(indexed, field)

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        return []

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        return iter(())


@record
class Every:
    """Clauses that must all be answered."""

    clauses: tuple[Clause, ...]

    def matches(self, indexed: Indexed, field: str) -> bool:
        return all(clause.matches(indexed, field) for clause in self.clauses)

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        return []

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        return (word for clause in self.clauses for word in clause.hits(indexed, field))


@record
class Either:
    """Clauses of which one must be answered."""

    clauses: tuple[Clause, ...]

    def matches(self, indexed: Indexed, field: str) -> bool:
        return any(clause.matches(indexed, field) for clause in self.clauses)

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        return [spot for clause in self.clauses for spot in clause.spots(indexed, field)]

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        return (word for clause in self.clauses for word in clause.hits(indexed, field))


@record
class Near:
    """Clauses that are answered each at most so many words from those before it; neighbours are one apart."""

    first: Clause
    others: tuple[tuple[int, Clause], ...]

    def matches(self, indexed: Indexed, field: str) -> bool:
        return bool(self.spots(indexed, field))

    def spots(self, indexed: Indexed, field: str) -> list[Spot]:
        found = self.first.spots(indexed, field)
        for words, clause in self.others:
            here = {
                (min(start, other), max(end, other_end))
                for other, other_end in (clause.spots(indexed, field) if found else ())
                for start, end in found
                if 0 < max(other - end, start - other_end) <= words
            }
            found = sorted(here)
        return found

    def hits(self, indexed: Indexed, field: str) -> Iterator[str]:
        if self.matches(indexed, field):
            yield from self.first.hits(indexed, field)
            for _, clause in self.others:
                yield from clause.hits(indexed, field)


def has_places(clause: Clause) -> bool:
    """Whether NEAR can stand beside a clause: whether it is answered by words at certain places."""
    if isinstance(clause, Either):
        return all(has_places(one) for one in clause.clauses)
    return has_places(clause.clause) if isinstance(clause, Within) else isinstance(clause, Words | Near)
