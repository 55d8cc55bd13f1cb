"""The people and places that an article names."""

from digest.model import Article, Body
from digest.names import proper_names, titled

NAMES = 12  # of an article, at most
SHORTEST = 3  # letters


def names_in(article: Article, body: Body) -> str:
    """The names, one a line, most frequent first; a name that is a part of another counts with the longer one."""
    found = [name for name, _ in proper_names(f"{article.title}\n{body.text}", article.language)]
    if titled(article.title) and body.text:  # "Mayor Opens Bridge" names nobody
        found = [name for name in found if name in body.text]
    frequent = [name for name in found if len(name) >= SHORTEST][: 4 * NAMES]
    listed = "\n".join(f" {name} " for name in frequent)
    whole = [name for name in frequent if listed.count(f" {name} ") == 1]
    return "\n".join(whole[:NAMES])
