"""Pages of views as HTML: a view picks its template, the template shows the view and nothing else."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from digest.model import Body, Page, Site
from digest.outputs.html.words import Words, scheme, words
from digest.templating import Render, draw, environment, trusted
from digest.views import (
    AboutView,
    ArchiveView,
    ArticleView,
    EditionView,
    ListView,
    MissingView,
    MovedView,
    PostsView,
    PostView,
    SearchView,
    SourcesView,
    SourceView,
    StoryView,
    TopicsView,
    TopicView,
)

TEMPLATES: Mapping[type, str] = {
    EditionView: "edition",
    StoryView: "story",
    TopicView: "topic",
    SourceView: "source",
    ArticleView: "article",
    PostView: "post",
    ArchiveView: "archive",
    TopicsView: "topics",
    SourcesView: "sources",
    PostsView: "posts",
    ListView: "list",
    SearchView: "search",
    AboutView: "about",
    MissingView: "missing",
    MovedView: "moved",
}
REPEATED = ("attrs", "direction", "iso", "kind_name", "moment", "plural", "say")  # what pages say over and over
REMEMBERED = 4_096  # of each
HEADING = re.compile(r"<(/?)h([1-6])\b")


def renderer(templates: Mapping[str, str], site: Site) -> Render:
    """What turns a page into the bytes of its HTML."""
    below = cache(partial(_environment, templates, site, _said(site)))  # by what leads to the root

    def render(page: Page, bodies: Mapping[str, Body]) -> bytes:
        view = page.subject
        body = bodies[view.version] if isinstance(view, ArticleView) else None
        name = f"pages/{TEMPLATES[type(view)]}.html"
        return draw(below(_root(page, site)), name, page.path, view=view, page=page, body=body).encode(errors="replace")

    return render


def levelled(parts: Iterable[str]) -> tuple[Markup, ...]:
    """Parts of one safe HTML text, its headings renumbered so that below the page's h1 no level is skipped."""
    open_levels: list[int] = []

    def renumber(match: re.Match[str]) -> str:
        closing, level = match[1], int(match[2])
        while not closing and open_levels and open_levels[-1] >= level:
            open_levels.pop()
        if not closing:
            open_levels.append(level)
        return f"<{closing}h{len(open_levels) + 1}"

    named = (HEADING.sub(renumber, part) if "<h" in part or "</h" in part else part for part in parts)
    return tuple(map(trusted, named))  # the body was made safe when read


def _root(page: Page, site: Site) -> str:
    """What leads from the page to the site's root."""
    if isinstance(page.subject, MissingView):  # a server shows it at any depth
        return urlsplit(site.base_url).path or "/"
    return "../" * page.path.count("/")


def _said(site: Site) -> Mapping[str, Callable[..., object]]:
    """All that pages may call to say something, by name."""
    said = words(site)
    methods = {name: getattr(said, name) for name in dir(Words) if callable(getattr(Words, name)) and name[0] != "_"}
    return {**methods, **{name: lru_cache(REMEMBERED, typed=True)(methods[name]) for name in REPEATED}}


def _environment(
    templates: Mapping[str, str], site: Site, said: Mapping[str, Callable[..., object]], root: str
) -> Environment:
    """What a page at this depth may say."""
    made = environment(templates)
    made.globals.update(said, site=site, root=root, href=partial(_href, root))
    made.filters.update(by_day=said["by_day"], levelled=levelled)
    return made


def _href(root: str, address: str) -> str:
    """An address within the site as this page has to write it; publishers' addresses as they are."""
    if not address or address.startswith("#"):
        return address
    if kind := scheme(address):
        return address if kind in ("http", "https") else ""
    return root + address
