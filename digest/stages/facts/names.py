"""The people and places that an article names."""

from collections import Counter
from collections.abc import Iterable

from digest.model import Article, Body
from digest.names import proper_names, titled
from digest.text import Known, fold

NAMES = 12  # of an article, at most
SHORTEST = 3  # letters
REMEMBERED = 1 << 15  # names that are at hand
_OFFICES = frozenset("""
    ambassador attorney chairman chairwoman chancellor commissioner envoy governor judge lawmaker leader mayor minister
    premier president secretary secretary-general senator spokesman spokeswoman spokesperson sheriff
    captain colonel lieutenant sergeant detective dr mr mrs ms prof professor rep sen gov gen col capt lt sgt
""".split())  # fmt: skip
_RANKED = frozenset(["general"])  # an office behind another one: "Attorney General", but no "Cole General Hospital"
_BODIES = frozenset("""
    of and de du del des di office administration party house palace street square road bridge island park library
    hotel airport college university school hospital prize award cup council committee court commission
    general questions
""".split())  # fmt: skip


def names_in(article: Article, body: Body) -> str:
    """The names, one a line, most frequent first; a name that is a part of another counts with the longer one."""
    found = proper_names(f"{article.title}\n{body.text}", article.language)
    if titled(article.title) and body.text:  # "Mayor Opens Bridge" names nobody
        found = [(name, times) for name, times in found if name in body.text]
    frequent = dict(_untitled((name, times) for name, times in found if len(name) >= SHORTEST).most_common(4 * NAMES))
    listed = "\n".join(f" {name} " for name in frequent)
    counts = Counter(frequent)
    for name, times in frequent.items():
        if listed.count(f" {name} ") > 1:
            whole = next(other for other in frequent if other != name and f" {name} " in f" {other} ")
            counts[whole] += times
            del counts[name]
    return "\n".join(name for name, _ in counts.most_common(NAMES))


def _untitled(found: Iterable[tuple[str, int]]) -> Counter[str]:
    """The names without offices: a person is one, with and without."""
    counts: Counter[str] = Counter()
    for name, times in found:
        counts[_WITHOUT_OFFICE[name]] += times
    return counts


def without_office(name: str) -> str:
    """A person's name without the office before it: "Foreign Minister Ada Quay" is Ada Quay.

    A name that only begins like an office stands: "Governor Island", "Minister of Finance".
    """
    parts = name.split()
    folded = [fold(part) for part in parts]
    begin = 0
    for at, part in enumerate(folded[:-1], start=1):
        if part in _OFFICES or (part in _RANKED and at > 1 and folded[at - 2] in _OFFICES):
            begin = at
    return name if _BODIES.intersection(folded[begin:]) else " ".join(parts[begin:])


_WITHOUT_OFFICE = Known(without_office, REMEMBERED)
