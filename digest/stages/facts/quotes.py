"""What people say in an article, word for word."""

from digest.model import Article, Body
from digest.quotations import quotations, written

MOST = 200  # of an article: more are a collection of them


def quotes_in(article: Article, body: Body) -> str:
    """The direct quotations whose speaker the text names, in order, as `digest.quotations` writes them."""
    return written(quotations(body.text, article.language)[:MOST])
