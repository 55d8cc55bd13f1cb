"""What queries look into: the words of an article, each with its places, under all their stems."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.model import record

Tokens = Callable[[str], Sequence[str]]  # the folded words of a text
Stem = Callable[[str, str], str]  # the stem of a folded word in a language
Spot = tuple[int, int]  # the first and the last place of words that were found

GAP = 10_000  # places between two fields: nothing is near across them
REMEMBERED = 10_000  # words of queries, whose stems are looked up for every article

_ARABIC = re.compile(r"^[\u0600-\u06ff\u0750-\u077f]+$")
_PARTICLES = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وفبلك])(?=\w{3})")
_EXACT = {"lang": "language", "kind": "kind", "country": "country"}


@record
class Subject:
    """What is known of an article, as far as a query can ask."""

    title: str = ""
    text: str = ""
    language: str = ""  # BCP 47
    source: str = ""  # its name and id
    kind: str = ""
    country: str = ""
    author: str = ""
    url: str = ""
    posts: str = ""  # texts and handles


@record
class Indexed:
    """An article's words with the places where they stand."""

    subject: Subject
    language: str
    tokens: Tokens
    stem: Stem
    words: Mapping[str, list[int]]
    listed: str  # the words with a blank before each
    stems: Mapping[str, list[int]]  # by the article's language
    english: Mapping[str, list[int]]
    fields: Mapping[str, tuple[int, int]]  # first place and the one after the last; "": title, text and posts

    def spots(self, phrase: str, field: str, *, is_open: bool = False) -> list[Spot]:
        """Where the words of a phrase stand one after the other; the last one may go on where it is open."""
        if field not in self.fields:
            return []
        columns = []
        sought = _sought(phrase, self.language, self.tokens, self.stem)
        for left, word in enumerate(sought, 1 - len(sought)):
            places = self._beginning(word.text) if is_open and not left else self._places(word)
            if not places:
                return []
            columns.append(places)
        first, end = self.fields[field]
        last = len(columns) - 1
        followers = [(at, set(column)) for at, column in enumerate(columns) if at]
        starts = (place for place in columns[0] if first <= place < end) if columns else ()
        return [(place, place + last) for place in starts if all(place + at in column for at, column in followers)]

    def equals(self, value: str, field: str, *, is_open: bool = False) -> bool:
        """Whether a field that holds one code has this value; a language also where it is more exact."""
        own = str(getattr(self.subject, _EXACT[field])).casefold()
        value = value.casefold()
        return own == value or (is_open and own.startswith(value)) or (field == "lang" and own.startswith(f"{value}-"))

    def raw(self, field: str) -> str:
        """A field's text as it is."""
        subject = self.subject
        if not field:
            return f"{subject.title}\n{subject.text}\n{subject.posts}"
        return str(getattr(subject, "posts" if field == "post" else _EXACT.get(field, field)))

    def _places(self, word: "_Word") -> list[int]:
        if self.stems.keys().isdisjoint(word.forms) and self.english.keys().isdisjoint(word.english):
            return []
        found = [places for form in word.forms if (places := self.stems.get(form))]
        found += [places for form in word.english if (places := self.english.get(form))]
        return found[0] if len(found) == 1 else sorted({place for places in found for place in places})

    def _beginning(self, beginning: str) -> list[int]:
        if f" {beginning}" not in self.listed:
            return []
        return sorted(place for word, places in self.words.items() if word.startswith(beginning) for place in places)


class _Word(NamedTuple):
    """A word of a query, as articles of one language hold it."""

    text: str
    forms: tuple[str, ...]
    english: tuple[str, ...]  # none where the article is English itself


def index(subject: Subject, *, tokens: Tokens, stem: Stem) -> Indexed:
    """The article as queries look into it."""
    words: dict[str, list[int]] = {}
    fields: dict[str, tuple[int, int]] = {}
    first = 0
    for field in ("title", "text", "post", "source", "author"):
        text = getattr(subject, "posts" if field == "post" else field)
        found = tokens(text)
        for place, word in enumerate(found, first):
            words.setdefault(word, []).append(place)
        fields[field] = (first, first + len(found))
        first += len(found) + GAP
    fields[""] = (0, fields["post"][1])
    language = subject.language.partition("-")[0].lower()
    return Indexed(
        subject=subject,
        language=language,
        tokens=tokens,
        stem=stem,
        words=words,
        listed=" " + " ".join(words),
        stems=_by_form(words.items(), language, stem),
        english={} if language == "en" else _by_form(words.items(), "en", stem),
        fields=fields,
    )


def _by_form(words: Iterable[tuple[str, list[int]]], language: str, stem: Stem) -> dict[str, list[int]]:
    """The places of words by their forms in a language."""
    found: dict[str, list[int]] = {}
    for word, places in words:
        for form in _forms(word, language, stem):
            found[form] = found[form] + places if form in found else places
    return found


def _forms(word: str, language: str, stem: Stem) -> tuple[str, ...]:
    """The stem of a word; of an Arabic one also that of the word without its particles and its article."""
    if word.isascii() or not _ARABIC.match(word):
        return (stem(word, language),)
    return tuple(dict.fromkeys(stem(form, language) for form in (word, _PARTICLES.sub("", word))))


@lru_cache(REMEMBERED)
def _sought(phrase: str, language: str, tokens: Tokens, stem: Stem) -> tuple[_Word, ...]:
    """The words of a phrase of a query."""
    return tuple(
        _Word(word, _forms(word, language, stem), () if language == "en" else _forms(word, "en", stem))
        for word in tokens(phrase)
    )
