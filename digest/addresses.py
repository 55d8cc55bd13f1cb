"""The addresses of what has a page, relative to the site's root: once published, they stand for good."""

from digest.model import Article


def story_href(id: str, slugged: str) -> str:
    """The address of a story."""
    return f"story/{slugged}-{id}.html"


def article_href(article: Article) -> str:
    """The address of an article's own page; empty where it is shown only as an extract."""
    return f"article/{article.slug}-{article.id}.html" if article.show == "full" else ""


def edition_stem(day: str) -> str:
    """The address of an edition without its suffix; without a day there is only the front page."""
    return day.replace("-", "/") or "index"
