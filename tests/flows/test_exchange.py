"""Subscriptions in and out, stories out."""

import csv
import io
import json
import re
import tomllib
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from digest.flows.project import configure
from digest.outputs.export import to_bibtex, to_csv, to_markdown
from digest.views import Export, ExportArticle, ExportStory
from tests.flows.asking import STORIES, asked, project

OPML = """<opml version="2.0"><body>
<outline text="Wires"><outline text="The &quot;Wire&quot;" xmlUrl="https://wire.example.org/feed"/></outline>
<outline text="My coast"><outline text="Quay" xmlUrl="https://quay.example.org/feed" language="nl"/>
<outline text="Quay" xmlUrl="https://quay.example.org/other"/>
<outline text="Odd" xmlUrl="https://odd.example.org/${HOME}"/></outline>
</body></opml>"""
NESTED = """<opml version="1.0"><body>
<outline text="News"><outline text="Local"><outline text="Quay" xmlUrl="https://quay.example.org/feed"/></outline>
<outline title="World"><outline text="Tide" xmlUrl="https://tide.example.org/feed" language="ar"/></outline></outline>
<outline text="Coast &amp; port"><outline text="Quay" xmlUrl="https://quay.example.org/feed"/></outline>
<outline text="Blogs"><outline text="Ferry" xmlUrl="https://ferry.example.org/feed"/></outline>
<outline text="Alone" xmlUrl="https://alone.example.org/feed"/></body></opml>"""
STANDING = '# mine\n[[source]]\nid = "quay"\nname = "Old Quay"\nurl = "https://old.example.org/feed"'
NASTY = ExportArticle(
    id="0123456789abcdef", title="=1+1 & 100 % [of] <it>", source="The_Wire", authors=("Ada L.",), url="", lead="So.",
    published="2026-11-23T05:00:00Z", language="en", copy_of="",
)  # fmt: skip
EXPORT = Export(title="A day", stories=(ExportStory(id="1", title="@x", address="", topics=(), articles=(NASTY,)),))


def test_an_import_is_appended_and_never_twice(tmp_path: Path):
    root = project(tmp_path, {"sources.toml": STANDING})
    (tmp_path / "my.opml").write_text(OPML)
    said = asked(root, "import", str(tmp_path / "my.opml")).stdout
    assert said.startswith("3 sources added")
    assert "1 have no address that can be asked: https://odd.example.org/${HOME}," in said
    text = (root / "content/sources.toml").read_text()
    assert text.startswith(STANDING + "\n")
    topics = tomllib.loads((root / "content/topics.toml").read_text())["topic"]
    assert topics == [{"name": "My coast", "query": "source:/^quay-2 / OR source:/^quay-3 /"}]
    sources = {one["id"]: one for one in tomllib.loads(text)["source"]}
    assert list(sources) == ["quay", "the-wire", "quay-2", "quay-3"]
    assert sources["the-wire"]["kind"] == "wire"
    assert sources["quay-2"]["language"] == "nl"
    assert asked(root, "import", str(tmp_path / "my.opml")).stdout.startswith("0 sources added")
    assert (root / "content/sources.toml").read_text() == text
    assert len(tomllib.loads((root / "content/topics.toml").read_text())["topic"]) == 1


@pytest.mark.parametrize(
    "odd", ["http://a.example:0/f", "http:///a.example/f", "https://u:p[@a.example/f", "https://a.example/f&#x7f;"]
)
def test_an_address_that_the_settings_do_not_take_is_left_out_and_told(tmp_path: Path, odd: str):
    root = project(tmp_path, {})
    (tmp_path / "my.opml").write_text(OPML.replace("https://odd.example.org/${HOME}", odd))
    said = asked(root, "import", str(tmp_path / "my.opml")).stdout
    assert said.startswith("3 sources added to content/sources.toml, 0 stood there already, 1 have no address")
    assert odd.replace("&#x7f;", "\\u007f") in said


def test_a_file_that_is_no_opml_changes_nothing(tmp_path: Path):
    root = project(tmp_path, {})
    (tmp_path / "my.opml").write_text("<html></html>")
    assert "no feeds in it" in asked(root, "import", str(tmp_path / "my.opml"), code=1).stderr
    assert not (root / "content/sources.toml").exists()


def test_what_was_imported_is_exported(tmp_path: Path):
    root = project(tmp_path, {})
    (tmp_path / "my.opml").write_text(OPML)
    asked(root, "import", str(tmp_path / "my.opml"))
    said = asked(root, "export", "opml").stdout
    assert said.count("xmlUrl") == 3
    (tmp_path / "again.opml").write_text(said)
    assert asked(root, "import", str(tmp_path / "again.opml")).stdout.startswith("0 sources added")


def test_folders_go_out_as_they_came_in(tmp_path: Path):
    first, second = project(tmp_path / "a", {}), project(tmp_path / "b", {})
    (tmp_path / "my.opml").write_text(NESTED)
    asked(first, "import", str(tmp_path / "my.opml"))
    (tmp_path / "again.opml").write_text(asked(first, "export", "opml").stdout)
    asked(second, "import", str(tmp_path / "again.opml"))
    for file in ("sources.toml", "topics.toml"):
        tables = [tomllib.loads((root / "content" / file).read_text()) for root in (first, second)]
        assert _by_name(tables[0]) == _by_name(tables[1])


def _by_name(table: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    return sorted((one for rows in table.values() for one in rows), key=lambda one: one["name"])


def test_a_folder_takes_only_its_own_sources(tmp_path: Path):
    root = project(tmp_path, {**STORIES, "sources.toml": STANDING})
    (tmp_path / "my.opml").write_text(OPML)
    asked(root, "import", str(tmp_path / "my.opml"))
    assert "My coast" not in asked(root, "list", "stories").stdout


@pytest.mark.parametrize("form", ["markdown", "json", "csv", "bibtex"])
@pytest.mark.parametrize("what", ["2026-11-23", "https://tide.example.org/lorries", "Tal Rihan"])
def test_a_day_a_story_or_a_topic_in_every_form(tmp_path: Path, what: str, form: str):
    topics = '[[topic]]\nname = "Tal Rihan"\nquery = "truce"\n'
    said = asked(project(tmp_path, {**STORIES, "topics.toml": topics}), "export", what, "--as", form).stdout
    assert "Lorries cross at Tal Rihan" in said
    if form == "json":
        assert json.loads(said)["stories"]


def test_a_day_is_called_what_the_file_beside_its_page_calls_it_and_a_story_once(tmp_path: Path):
    root = project(tmp_path, STORIES)
    asked(root, "build")
    day = asked(root, "export", "2026-11-23", "--as", "markdown").stdout
    assert day.strip() == (root / "site/2026/11/23.md").read_text("utf-8").strip()
    assert day.splitlines()[0].endswith(", Monday 23 November 2026")
    story = asked(root, "export", "https://tide.example.org/lorries", "--as", "markdown").stdout
    assert [line for line in story.splitlines() if line.startswith("#")] == ["# Lorries cross at Tal Rihan"]


def test_a_day_without_an_edition_is_told_its_neighbours(tmp_path: Path):
    days = {f"articles/{day}.md": f"---\ndate: 2026-11-{day}\n---\n# Fog on {day}\n\nFog.\n" for day in ("20", "23")}
    root = project(tmp_path, days)
    said = asked(root, "export", "2026-11-21", code=1).stderr
    assert "2026-11-21: there is no edition of that day; the nearest: 2026-11-20 and 2026-11-23" in said
    assert "the nearest: 2026-11-23\n" in asked(root, "export", "2026-12-01", code=1).stderr
    assert "none has been made yet" in asked(project(tmp_path / "empty", {}), "export", "2026-12-01", code=1).stderr


def test_what_is_shown_as_an_extract_is_exported_as_one(tmp_path: Path):
    long = STORIES["articles/ferry.md"] + "And so on. " * 100 + "The very end.\n"
    said = asked(project(tmp_path, {"articles/ferry.md": long}), "export", "2026-11-23", "--as", "json").stdout
    assert "The very end" not in said


def test_a_spreadsheet_works_nothing_out():
    [_, row] = csv.reader(io.StringIO(to_csv(EXPORT)))
    assert row[1] == "'@x"
    assert row[4].startswith("'=1+1")


def test_markup_and_tex_are_escaped():
    assert r"- \=1+1 \& 100 % \[of\] \<it\> (The\_Wire, 2026-11-23T05:00:00Z)" in to_markdown(EXPORT)
    assert r"title = {{=1+1 \& 100 \% [of] <it>}}" in to_bibtex(EXPORT)
    assert "date = {2026-11-23}" in to_bibtex(EXPORT)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("~~~ all of it", r"\~\~\~ all of it"),
        ("- - one", r"\- - one"),
        ("1. one", r"1\. one"),
        ("![x](https://a.example/x.png)", r"!\[x\](https://a.example/x.png)"),
        ("&lt;script&gt;", r"\&lt;script\&gt;"),
        ("a `b` | c", r"a \`b\` \| c"),
    ],
)
def test_a_title_in_markdown_is_words(title: str, shown: str):
    article = replace(NASTY, title=title, url="https://a.example/?x=}>", lead=title)
    text = to_markdown(Export(title=title, stories=(replace(EXPORT.stories[0], articles=(article,)),)))
    assert f"# {shown}\n" in text
    assert f"\n- [{shown}](<https://a.example/?x=%7D%3E>) (" in text
    html = MarkdownIt("commonmark").render(text)
    assert html.count("<h") == 2
    assert set(re.findall(r"<(\w+)", html)) == {"h1", "h2", "ul", "li", "a"}


def test_an_address_does_not_end_its_field_in_bibtex():
    article = replace(
        NASTY, url="https://a.example/?x=},}@string{a={b}} \\input{x}", language="en},x={", title="a } b {"
    )
    text = to_bibtex(Export(title="A day", stories=(replace(EXPORT.stories[0], articles=(article,)),)))
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in text))
    assert 0 not in depths[text.index("{") : text.rindex("}")], "one entry, from its first brace to its last"
    assert depths[-1] == 0
    assert "url = {https://a.example/?x=%7D,%7D@string%7Ba=%7Bb%7D%7D%20%5Cinput%7Bx%7D}," in text
    assert r"language = {en\textbraceright{},x=\textbraceleft{}}," in text


def test_no_source_has_an_id_that_means_something_else(tmp_path: Path):
    root = project(tmp_path, {})
    outlines = "".join(
        f'<outline text="{name}" xmlUrl="https://{name.lower()}.example.org/feed"/>' for name in ("File", "Runs")
    )
    (tmp_path / "in.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    asked(root, "import", str(tmp_path / "in.opml"))
    assert [source.id for source in configure(root).sources] == ["file-2", "runs-2"]
