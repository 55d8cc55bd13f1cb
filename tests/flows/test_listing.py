"""`digest list`: what there is, for people and for programs."""

import json
from pathlib import Path

import pytest

from digest.flows.listing import KINDS, table
from tests.flows.asking import STORIES, asked, project


def test_a_line_each_under_a_head(tmp_path: Path):
    root = project(tmp_path, STORIES)
    head, *lines = asked(root, "list", "stories").stdout.splitlines()
    assert head.split() == ["id", "articles", "texts", "topics", "title"]
    assert len(lines) == 2
    assert "Lorries cross at Tal Rihan" in lines[0], "the newest text speaks for a story"
    assert not (root / "site").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_also_json(tmp_path: Path, kind: str):
    rows = json.loads(asked(project(tmp_path, STORIES), "list", kind, "--json").stdout)
    assert {"topics": None, "sources": 2, "stories": 2, "posts": 0, "copies": 0}[kind] in (None, len(rows))


def test_an_empty_project_has_empty_lists(tmp_path: Path):
    assert len(asked(project(tmp_path, {}), "list", "stories").stdout.splitlines()) == 1


def test_a_table_is_as_wide_as_it_needs_to_be():
    rows = [{"a": True, "b": ["x", "y"]}, {"a": None, "b": 12}]
    assert table(rows, ["a", "b"]) == "a    b\nyes  x, y\n     12"
