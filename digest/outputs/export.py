"""Stories to take along: as Markdown, JSON, CSV or BibTeX. No more of an article than its extract."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast
from urllib.parse import quote

from digest.codec import to_json
from digest.model import Site
from digest.templating import Render
from digest.views import Export, ExportArticle, ExportView

_COLUMNS = (
    "story", "story_title", "topics", "id", "title", "source", "authors", "url", "published", "language", "copy_of"
)  # fmt: skip
_FORMULA = tuple("=+-@\t\r＝＋－＠")  # what a spreadsheet would work out
_MARKUP = re.compile(r"([\\`*_~&\[\]<>#|]|^[-+=])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")  # would begin a list
_ENDING = re.compile(r"[\s<>{}\\]")  # would end an address
_TEX = str.maketrans({  # BibTeX counts a brace whatever stands before it
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def to_markdown(export: Export) -> str:
    """Headings, first sentences, and a link for each article; copies under the text that they print."""
    return "\n".join(_markdown(export))


def _markdown(export: Export) -> Iterator[str]:
    yield f"# {_escaped(export.title)}\n"
    for story in export.stories:
        if story.title != export.title:  # a story that is taken along alone is named once
            yield f"## {_escaped(story.title)}\n"
        if story.topics:
            yield f"{_escaped(', '.join(story.topics))}\n"
        for article in story.articles:
            named = _escaped(article.title)
            title = f"[{named}](<{_address(article.url)}>)" if article.url else named
            where = ", ".join(_escaped(part) for part in (article.source, article.published) if part)
            told = f"{title} ({where})" if where else title
            yield f"  - a copy: {told}" if article.copy_of else f"- {told}"
            if article.lead and not article.copy_of:
                yield f"  {_escaped(article.lead)}"
        yield ""


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def _address(url: str) -> str:
    """An address that ends where it ends, also within brackets."""
    return _ENDING.sub(lambda sign: quote(sign.group()), url)


def to_data(export: Export) -> str:
    """The records themselves."""
    return to_json(export, indent=1).decode() + "\n"


def to_csv(export: Export) -> str:
    """A line an article, with its story; what a spreadsheet would take for a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for story in export.stories:
        for one in story.articles:
            row = (
                story.id, story.title, "; ".join(story.topics), one.id, one.title, one.source, "; ".join(one.authors),
                one.url, one.published, one.language, one.copy_of,
            )  # fmt: skip
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue()


def to_bibtex(export: Export) -> str:
    """An @online entry an article."""
    return "\n".join(_bibtex(one) for story in export.stories for one in story.articles)


def _bibtex(article: ExportArticle) -> str:
    fields = {
        "title": f"{{{_tex(article.title)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in article.authors),
        "organization": f"{{{_tex(article.source)}}}" if article.source else "",
        "date": article.published[:10],
        "url": _address(article.url),
        "language": _tex(article.language),
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return "\n".join([f"@online{{{article.id},", *lines, "}", ""])


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


EXPORTS: Mapping[str, Callable[[Export], str]] = {
    "markdown": to_markdown,
    "json": to_data,
    "csv": to_csv,
    "bibtex": to_bibtex,
}


def renderer(form: str) -> Callable[[Mapping[str, str], Site], Render]:
    """Renders an export in one of these forms; no template has a part in it."""
    write = EXPORTS[form]
    return lambda _templates, _site: lambda page, _: write(cast(ExportView, page.subject).export).encode()
