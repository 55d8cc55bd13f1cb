"""The language of topics: what an article must say, as `syria AND (truce OR "cessation of hostilities") -football`.

A query is read once (`parse`), an article is indexed once (`index`), and any number of queries look into the index.
"""

from collections.abc import Mapping

from digest.model import record
from digest.query.clauses import Clause
from digest.query.folders import query_of_sources, sources_in_query
from digest.query.reader import read
from digest.query.subject import Indexed, Subject, index
from digest.query.verdict import Verdict, judge

__all__ = ["Indexed", "Query", "Subject", "Verdict", "index", "judge", "parse", "query_of_sources", "sources_in_query"]


@record
class Query:
    """A query that has been read."""

    text: str
    clause: Clause

    def matches(self, indexed: Indexed) -> bool:
        """Whether the article answers the query."""
        return self.clause.matches(indexed, "")

    def hits(self, indexed: Indexed) -> tuple[str, ...]:
        """The words of the query that the article has, each once, in their order; also where they do not suffice."""
        return tuple(dict.fromkeys(self.clause.hits(indexed, "")))


def parse(text: str, named: Mapping[str, str] | None = None) -> Query:
    """The query that a text holds; `named` are the queries that it may call as topic:name. Raises `QueryError`."""
    return Query(text=text, clause=read(text, named or {}))
