"""`digest list`: what there is, for people and for programs."""

import json
from pathlib import Path

import pytest

from digest.flows.listing import KINDS, table
from tests.flows.asking import STORIES, asked, front, project
from tests.stages.build import EVENTS


def test_a_line_each_under_a_head(tmp_path: Path):
    root = project(tmp_path, STORIES)
    head, *lines = asked(root, "list", "stories").stdout.splitlines()
    assert head.split() == ["id", "last", "articles", "texts", "topics", "title"]
    assert len(lines) == 2
    assert any("Lorries cross at Tal Rihan" in line for line in lines), "the newest text speaks for a story"
    assert not (root / "site").exists()


def test_stories_stand_newest_first_each_with_its_last_time(tmp_path: Path):
    days = ("2026-11-20", "2026-11-23T05:30:00Z", "2026-11-22", "")
    files = {
        f"articles/{n}.md": (front(day) if day else "") + f"# {title}\n\n{' '.join(text)}\n"
        for n, ((title, *text), day) in enumerate(zip(EVENTS, days, strict=True))
    }
    root = project(tmp_path, files)
    rows = json.loads(asked(root, "list", "stories", "--json").stdout)
    assert [row["last"] for row in rows] == ["2026-11-23T05:30:00Z", "2026-11-22", "2026-11-20", None]
    assert [row["title"] for row in rows] == [EVENTS[n][0] for n in (1, 2, 0, 3)]
    ids = [line.split()[0] for line in asked(root, "list", "stories").stdout.splitlines()[1:]]
    assert ids == [row["id"] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_also_json(tmp_path: Path, kind: str):
    rows = json.loads(asked(project(tmp_path, STORIES), "list", kind, "--json").stdout)
    known = {"sources": 2, "stories": 2, "articles": 3, "posts": 0, "copies": 0}
    assert len(rows) == known.get(kind, len(rows))


def test_an_empty_project_has_empty_lists(tmp_path: Path):
    assert len(asked(project(tmp_path, {}), "list", "stories").stdout.splitlines()) == 1


def test_a_table_is_as_wide_as_it_needs_to_be():
    rows = [{"a": True, "b": ["x", "y"]}, {"a": None, "b": 12}]
    assert table(rows, ["a", "b"]) == "a    b\nyes  x, y\n     12"
