"""What a page says of its article as JSON-LD."""

import re
from collections.abc import Iterable, Iterator, Mapping

from digest.codec import from_json

_WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$|;\s*$")
_BREAKS = re.compile(r"[\x00-\x1f]")  # within texts JSON forbids them, and pages have them
_ARTICLE_KIND = re.compile(r"(?:https?://schema\.org/)?(?:\w*Article|Report|BlogPosting|LiveBlogPosting)")
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")  # where what a page is about stands; others hold teasers

Thing = dict[str, object]


def read_linked(scripts: Iterable[str], title: str) -> dict[str, str]:
    """The texts of the page's article: of several, the first that has its headline in the page's title."""
    things = [thing for script in scripts for thing in _things(_stated(script))]
    names = {str(thing["@id"]): _named(thing.get("name"), {}) for thing in things if "@id" in thing and "name" in thing}
    articles = [
        {str(name): text for name, value in thing.items() if (text := _named(value, names))}
        for thing in things
        if any(_ARTICLE_KIND.fullmatch(str(kind)) for kind in _as_list(thing.get("@type")))
    ]
    own = (one for one in articles if (headline := one.get("headline", "")) and headline in title)
    return next(own, articles[0] if articles else {})


def _stated(script: str) -> object:
    try:
        return from_json(_WRAPPED.sub("", _BREAKS.sub(" ", script)).encode(), object)
    except ValueError:
        return None


def _things(stated: object) -> Iterator[Thing]:
    if isinstance(stated, list):
        for one in stated:
            yield from _things(one)
    elif isinstance(stated, dict):
        yield stated
        for name in _WITHIN:
            yield from _things(stated.get(name))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _named(value: object, names: Mapping[str, str]) -> str:
    """A value as text: itself, its name, that of what it refers to, or the names in it."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_named(one, names) for one in value)))
    if isinstance(value, dict):
        id = str(value.get("@id") or "")
        return _named(value.get("name"), names) or names.get(id, id if "://" in id and "#" not in id else "")
    return names.get(value, value) if isinstance(value, str) else ""
