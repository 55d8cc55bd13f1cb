"""The people and places that an article names."""

from collections import Counter

from digest.model import Article, Body
from digest.names import proper_names, titled

NAMES = 12  # of an article, at most
SHORTEST = 3  # letters


def names_in(article: Article, body: Body) -> str:
    """The names, one a line, most frequent first; a name that is a part of another counts with the longer one."""
    found = proper_names(f"{article.title}\n{body.text}", article.language)
    if titled(article.title) and body.text:  # "Mayor Opens Bridge" names nobody
        found = [(name, times) for name, times in found if name in body.text]
    frequent = dict([(name, times) for name, times in found if len(name) >= SHORTEST][: 4 * NAMES])
    listed = "\n".join(f" {name} " for name in frequent)
    counts = Counter(frequent)
    for name, times in frequent.items():
        if listed.count(f" {name} ") > 1:
            whole = next(other for other in frequent if other != name and f" {name} " in f" {other} ")
            counts[whole] += times
            del counts[name]
    return "\n".join(name for name, _ in counts.most_common(NAMES))
