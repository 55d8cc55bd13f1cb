"""Text to clauses: NOT binds closest, then NEAR, then AND (also a blank), then OR."""

import re
import warnings
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import count
from typing import NamedTuple, Never

from digest.errors import QueryError
from digest.query.clauses import Clause, Either, Every, Near, Pattern, Within, Without, Words, has_places
from digest.query.endless import is_endless

FIELDS = ("title", "source", "lang", "kind", "country", "author", "url", "post", "topic")
DEEPEST = 50  # groups, fields and topics within each other
MOST = 10_000  # words and topics that the topics of one query bring along: two that name one twice double it each

_TOKENS = re.compile(
    r"""(?P<blank>\s+)|(?P<open>\()|(?P<close>\))
    |(?P<phrase>["“”„«][^"“”„«»]*["“”»])
    |(?P<regex>/(?:[^/\\]|\\.)+/)
    |(?P<near>NEAR(?![^/\s()"])[^\s()"]*)
    |(?P<operator>(?:AND|OR|NOT)(?![^\s()"]))
    |(?P<minus>-(?=\S))
    |(?P<field>[A-Za-z]+:(?!//))
    |(?P<word>[^\s()"“”„«»/][^\s()"“”„«»]*)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_NEAR = re.compile(r"NEAR/([1-9]\d{0,2})", re.ASCII)


class _Token(NamedTuple):
    kind: str  # that of the language itself: ( ) AND OR NOT NEAR field word phrase regex, or "" at the end
    text: str
    at: int  # characters from the beginning


def read(text: str, named: Mapping[str, str]) -> Clause:
    """The clause that a query means, those of the topics that it names within it. Raises `QueryError`."""
    return _Reader(text, named, (), 0, count(1)).whole()


class _Reader:
    """Goes through a query from left to right, one token ahead."""

    def __init__(
        self, text: str, named: Mapping[str, str], path: tuple[str, ...], depth: int, brought: Iterator[int]
    ) -> None:
        self.text, self.named, self.path, self.depth, self.brought = text, named, path, depth, brought
        self.tokens = self._split()
        self.next = next(self.tokens)

    def whole(self) -> Clause:
        clause = self._either()
        if self.next.kind:
            self._fail("this ) closes nothing: take it away, or open it before")
        return clause

    def _split(self) -> Iterator[_Token]:
        for found in _TOKENS.finditer(self.text):
            kind, text = str(found.lastgroup), found.group()
            if kind == "other":
                mark = {"/": "/", "«": "»"}.get(text, '"')
                raise QueryError(f"the {text} is not closed: a {mark} is expected", self.text, found.start())
            if kind != "blank":
                kinds = {"open": "(", "close": ")", "minus": "NOT", "near": "NEAR", "operator": text}
                yield _Token(kinds.get(kind, kind), text, found.start())
        yield _Token("", "", len(self.text))

    def _take(self) -> _Token:
        token, self.next = self.next, next(self.tokens, self.next)
        return token

    def _fail(self, reason: str, at: int | None = None) -> Never:
        raise QueryError(reason, self.text, self.next.at if at is None else at)

    def _either(self) -> Clause:
        clauses = [self._every()]
        while self.next.kind == "OR":
            self._take()
            clauses.append(self._every())
        return clauses[0] if len(clauses) == 1 else Either(clauses=tuple(clauses))

    def _every(self) -> Clause:
        clauses = [self._near()]
        while self.next.kind not in ("OR", ")", ""):
            if self.next.kind == "AND":
                self._take()
            clauses.append(self._near())
        return clauses[0] if len(clauses) == 1 else Every(clauses=tuple(clauses))

    def _near(self) -> Clause:
        first = self._unless()
        others: list[tuple[int, Clause]] = []
        while self.next.kind == "NEAR":
            token = self._take()
            distance = _NEAR.fullmatch(token.text)
            if distance is None:
                self._fail("NEAR/ and a number of words from 1 to 999 is expected, as NEAR/5", token.at)
            others.append((int(distance.group(1)), self._unless()))
            if not has_places(first) or not has_places(others[-1][1]):
                self._fail("NEAR stands between words, phrases, or groups of them joined by OR", token.at)
        return Near(first=first, others=tuple(others)) if others else first

    def _unless(self) -> Clause:
        negated = False
        while self.next.kind == "NOT":
            self._take()
            negated = not negated
        clause = self._one()
        return Without(clause=clause) if negated else clause

    def _one(self) -> Clause:
        token = self.next
        if self.path and next(self.brought) > MOST:
            self._fail(
                f"topics that name topics: topic:{self.path[0]} brings more than {MOST:,} words along: name fewer in it"
            )
        if token.kind in ("(", "field"):
            self._take()
            self.depth += 1
            if self.depth > DEEPEST:
                self._fail(f"more than {DEEPEST} groups within each other", token.at)
            clause = self._group(token) if token.kind == "(" else self._field(token)
            self.depth -= 1
            return clause
        if token.kind in ("word", "phrase"):
            return self._words(self._take())
        if token.kind == "regex":
            return self._pattern(self._take())
        self._fail(f"a word is expected{f' before {token.text}' if token.text else ''}")

    def _group(self, opened: _Token) -> Clause:
        clause = self._either()
        if self.next.kind != ")":
            self._fail("this ( is not closed: a ) is expected", opened.at)
        self._take()
        return clause

    def _field(self, token: _Token) -> Clause:
        name = token.text[:-1].lower()
        if name not in FIELDS:
            close = get_close_matches(name, FIELDS, 1)
            meant = f'did you mean "{close[0]}:"?' if close else "words with a colon need quotes."
            self._fail(f'unknown field "{token.text}": {meant} The fields are {", ".join(FIELDS)}', token.at)
        return self._topic(token) if name == "topic" else Within(field=name, clause=self._one())

    def _topic(self, token: _Token) -> Clause:
        if self.next.kind not in ("word", "phrase"):
            self._fail('the name of a topic is expected, as topic:name or topic:"two words"')
        wanted = _unquoted(self._take())
        name = wanted if wanted in self.named else None
        if name is None:
            by_name = {name.casefold(): name for name in self.named}
            name = by_name.get(wanted.casefold())
        if name is None:
            close = get_close_matches(wanted.casefold(), by_name, 1)
            self._fail(
                f'unknown topic "{wanted}"' + (f': did you mean "{by_name[close[0]]}"?' if close else ""), token.at
            )
        if name in self.path:
            circle = " → ".join((*self.path[self.path.index(name) :], name))
            self._fail(f"topics that name each other in a circle: {circle}", token.at)
        try:
            return _Reader(self.named[name], self.named, (*self.path, name), self.depth, self.brought).whole()
        except QueryError as fault:
            reason = fault.reason if fault.reason.startswith("topic") else f"topic:{name}: {fault.reason}"
            raise QueryError(reason, self.text, token.at) from None

    def _words(self, token: _Token) -> Clause:
        text = _unquoted(token)
        if token.text in ("and", "or", "not"):
            self._fail(f'write {text.upper()}, or "{text}" in quotes for the word itself', token.at)
        if not any(character.isalnum() for character in text):
            self._fail("a word is expected: this has no letter and no digit", token.at)
        is_open = text.endswith("*")
        if "*" in text.rstrip("*"):
            self._fail("a * can only stand at the end, as in ceasefire*", token.at)
        return Words(text=text.rstrip("*"), is_open=is_open)

    def _pattern(self, token: _Token) -> Clause:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of syntax that a later Python may read otherwise
                regex = re.compile(token.text[1:-1], re.IGNORECASE)
                endless = is_endless(regex.pattern)
        except (re.error, OverflowError, RecursionError) as fault:
            at = getattr(fault, "pos", None) or 0
            self._fail(f"the regular expression cannot be read: {getattr(fault, 'msg', fault)}", token.at + 1 + at)
        if endless:
            self._fail(
                "the regular expression may never end: a repeat within a repeat, as in (a+)+, splits one text in many "
                "ways: leave one of them out, or end the inner one with what must stand, as in (a+,)+",
                token.at,
            )
        return Pattern(regex=regex)


def _unquoted(token: _Token) -> str:
    return (token.text[1:-1] if token.kind == "phrase" else token.text).strip()
