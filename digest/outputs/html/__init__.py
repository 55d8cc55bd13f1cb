"""Pages of views as HTML: a view picks its template, the template shows the view and nothing else."""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from digest.codec import fingerprint
from digest.errors import TemplateFault
from digest.model import Body, Page, Site
from digest.outputs.html.words import Words, scheme, words
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
FOLDER = "templates/"  # what a fault names before the template's own name
HEADING = re.compile(r"<(/?)h([1-6])\b")

Bodies = Mapping[str, Body]


def renderer(templates: Mapping[str, str], site: Site) -> Callable[[Page, Bodies], bytes]:
    """What turns a page into the bytes of its HTML."""

    @cache
    def environment(root: str) -> Environment:
        return _environment(templates, site, root)

    def render(page: Page, bodies: Bodies) -> bytes:
        view = page.subject
        body = bodies[view.version] if isinstance(view, ArticleView) else None
        try:
            template = environment(_root(page, site)).get_template(f"pages/{TEMPLATES[type(view)]}.html")
            return template.render(view=view, page=page, body=body).encode("utf-8", "replace")
        except Exception as error:
            if (fault := _fault(error, page)) is None:
                raise
            raise fault from error

    return render


def look(templates: Mapping[str, str]) -> str:
    """Fingerprint of all templates: pages are written again when it changes."""
    return fingerprint(sorted(templates.items()))


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

    return tuple(Markup(HEADING.sub(renumber, part)) for part in parts)  # noqa: S704 (the body was made safe when read)


def _root(page: Page, site: Site) -> str:
    """What leads from the page to the site's root."""
    if isinstance(page.subject, MissingView):  # a server shows it at any depth
        return urlsplit(site.base_url).path or "/"
    return "../" * page.path.count("/")


def _fault(error: Exception, page: Page) -> TemplateFault | None:
    """The error as a template's author can mend it; None where our own code is at fault."""
    if isinstance(error, TemplateSyntaxError):
        return TemplateFault(f"{FOLDER}{error.name}:{error.lineno}: {error.message}")
    frames = list(traceback.extract_tb(error.__traceback__))
    lines = [f"{frame.filename}:{frame.lineno}" for frame in frames if frame.filename.startswith(FOLDER)]
    if lines and (isinstance(error, TemplateError) or frames[-1].filename.startswith(FOLDER)):
        return TemplateFault(f"{lines[-1]}: {error} (page {page.path})")
    return TemplateFault(f"{FOLDER}: {error} (page {page.path})") if isinstance(error, TemplateError) else None


def _environment(templates: Mapping[str, str], site: Site, root: str) -> Environment:
    # A function and not a dictionary as loader: only so do errors carry the template's name.
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (templates[name], FOLDER + name, lambda: True) if name in templates else None

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    said = words(site)
    methods = {name: getattr(said, name) for name in dir(Words) if callable(getattr(Words, name)) and name[0] != "_"}
    environment.globals.update(methods, site=site, root=root, href=partial(_href, root))
    environment.filters.update(by_day=said.by_day, levelled=levelled)
    return environment


def _href(root: str, address: str) -> str:
    """An address within the site as this page has to write it; publishers' addresses as they are."""
    if not address or address.startswith("#"):
        return address
    if kind := scheme(address):
        return address if kind in ("http", "https") else ""
    return root + address
