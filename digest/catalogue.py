"""What pages say in another language: read from TOML, every mistake told with its file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from string import Formatter

from babel import Locale, UnknownLocaleError

from digest.errors import TemplateFault
from digest.model import Catalogue

FOLDER = "languages/"  # under templates/
MOST_NAMES = 4  # of a remark, which is looked for in what was said
TABLES = ("texts", "counts", "remarks")


def catalogue_of(language: str, templates: Mapping[str, str]) -> Catalogue | None:
    """The catalogue of a language tag, else of its language without the region; a project's own words go first.

    None where there is none and one is wanted: English needs none.
    """
    for tag in (language, language.partition("-")[0]):
        files = [name for name in (f"shipped/{FOLDER}{tag}.toml", f"{FOLDER}{tag}.toml") if name in templates]
        if files:
            known = Catalogue()
            for name in files:
                known = _joined(known, read(templates[name], name, tag))
            return known
    return Catalogue() if language.partition("-")[0] == "en" else None


def read(text: str, name: str, language: str) -> Catalogue:
    """A catalogue; raises `TemplateFault` that names every mistake in it."""
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits, thousands of brackets
        raise TemplateFault(f"templates/{name}: not TOML: {fault}") from None
    if mistakes := list(_mistakes(tables, _categories(language))):
        raise TemplateFault("\n".join(f"templates/{name}: {mistake}" for mistake in mistakes))
    return Catalogue(**{table: tables.get(table, {}) for table in TABLES})


def names_in(text: str) -> set[str]:
    """The {names} in a text; raises a ValueError where a brace stands alone."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _mistakes(tables: Mapping[str, object], categories: frozenset[str]) -> Iterator[str]:
    for table, entries in tables.items():
        if table not in TABLES or not isinstance(entries, dict):
            yield f"[{table}]: [texts], [counts] and [remarks] are what it may hold"
            continue
        for english, said in entries.items():
            forms = {"other": said} if table != "counts" else said
            if not isinstance(forms, dict) or not all(isinstance(form, str) for form in forms.values()):
                wanted = "a text for each plural form" if table == "counts" else "a text"
                yield f"{table}: {english!r}: {wanted} is wanted"
            elif "other" not in forms or not forms.keys() <= categories:
                yield f"counts: {english!r}: the plural forms are {', '.join(sorted(categories))}; other is needed"
            else:
                yield from (
                    f"{table}: {english!r}: {wrong}"
                    for form in forms.values()
                    for wrong in _wrong(table, english, form)
                )


def _wrong(table: str, english: str, said: str) -> Iterator[str]:
    """What cannot be filled in: names that the English text does not have, braces that stand alone."""
    try:
        given = [name for _, name, _, _ in Formatter().parse(english) if name is not None]
        are_names = len({*given}) == len(given) <= MOST_NAMES and all(map(str.isidentifier, given))
        if table == "remarks" and not are_names:
            yield f"at most {MOST_NAMES} names stand between braces, each once, of letters"
        if unknown := names_in(said) - {*given} - ({"n"} if table == "counts" else set()):
            yield f"there is no {{{min(unknown)}}} in it"
        if re.search(r"{[^}]*[^}\w]", said):
            yield "between braces stands a name and nothing else"
    except ValueError as fault:
        yield f"{said!r}: {fault}"


def _categories(language: str) -> frozenset[str]:
    """The plural categories of a language, by CLDR."""
    try:
        return frozenset(Locale.parse(language, sep="-").plural_form.tags | {"other"})
    except (UnknownLocaleError, ValueError):
        return frozenset(["one", "other"])


def _joined(known: Catalogue, own: Catalogue) -> Catalogue:
    """Both, the second going before the first."""
    return Catalogue(
        texts={**known.texts, **own.texts},
        counts={**known.counts, **own.counts},
        remarks={**known.remarks, **own.remarks},
    )
