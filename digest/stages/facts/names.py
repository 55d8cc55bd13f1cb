"""The people and places that an article names."""

from digest.model import Article, Body
from digest.names import proper_names

NAMES = 12  # of an article, at most
SHORTEST = 3  # letters


def names_in(article: Article, body: Body) -> str:
    """The names, one a line, most frequent first; a name that is a part of another counts with the longer one."""
    found = [name for name, _ in proper_names(f"{article.title}\n{body.text}", article.language)]
    frequent = [name for name in found if len(name) >= SHORTEST][: 4 * NAMES]
    whole = [name for name in frequent if not any(name != other and f" {name} " in f" {other} " for other in frequent)]
    return "\n".join(whole[:NAMES])
