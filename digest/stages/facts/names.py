"""The people and places that an article names."""

from digest.model import Article, Body
from digest.names import proper_names

NAMES = 12  # of an article, at most
SHORTEST = 3  # letters


def names_in(article: Article, body: Body) -> str:
    """The names, one a line, most frequent first; a name that is a part of another counts with the longer one."""
    found = [name for name, _ in proper_names(f"{article.title}\n{body.text}", article.language)]
    long = [name for name in found if len(name) >= SHORTEST]
    whole = [name for name in long if not any(name != other and f" {other} ".find(f" {name} ") >= 0 for other in long)]
    return "\n".join(whole[:NAMES])
