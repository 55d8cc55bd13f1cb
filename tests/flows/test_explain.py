"""`digest explain`: reasons in words, and the way back."""

import tomllib
from pathlib import Path

from tests.flows.asking import STORIES, asked, project

LORRIES = "https://tide.example.org/lorries?utm_source=x"


def test_an_article_says_why_it_joined_and_how_to_undo_it(tmp_path: Path):
    root = project(tmp_path, STORIES)
    said = asked(root, "explain", LORRIES).stdout
    assert "story: " in said
    assert "words shared with its nearest text, by weight: " in said
    assert "was needed" in said
    undoing = "\n".join(line for line in said.splitlines() if "[[split]]" in line or "article = " in line)
    assert tomllib.loads(undoing)["split"]
    (root / "content/overrides.toml").write_text(undoing)
    assert "overrides.toml made it a story of its own" in asked(root, "explain", LORRIES).stdout


def test_a_story_is_explained_text_by_text(tmp_path: Path):
    root = project(tmp_path, STORIES)
    id = asked(root, "list", "stories").stdout.splitlines()[1].split()[0]
    said = asked(root, "explain", f"https://x.example.org/brief/story/any-{id}.html").stdout
    assert "it began this story" in said
    assert "Lorries cross" in said
    assert said.count("topic") >= 1


def test_a_story_is_called_as_its_page_calls_it(tmp_path: Path):
    root = project(tmp_path, STORIES)
    assert "story: Lorries cross at Tal Rihan  (" in asked(root, "explain", "https://ledger.example.org/truce").stdout
    caught = asked(root, "topic", "test", "truce").stdout.partition("caught")[2]
    assert caught.splitlines()[1].startswith("  Lorries cross at Tal Rihan  (")


def test_a_file_is_named_by_its_path_or_the_end_of_it(tmp_path: Path):
    root = project(tmp_path, {**STORIES, "articles/bad.md": "\0\0\0"})
    for name in ("content/articles/ferry.md", str(root / "content/articles/ferry.md"), "ferry.md"):
        assert asked(root, "explain", name).stdout.startswith("Ferry port closes")
    assert "rejected: not a text" in asked(root, "explain", "content/articles/bad.md").stdout
    other = "https://x.example.org/content/articles/ferry.md"
    assert "digest list articles" in asked(root, "explain", other, code=1).stderr


def test_words_of_a_title_lead_to_its_id(tmp_path: Path):
    root = project(tmp_path, STORIES)
    assert asked(root, "explain", "lorries rihan").stdout.startswith("Lorries cross at Tal Rihan")
    told = asked(root, "explain", "tal rihan", code=1).stderr
    assert "its words stand in" in told
    assert "  Lorries cross at Tal Rihan" in told
    assert "  Truce at Tal Rihan" in told


def test_a_story_says_how_far_up_it_stands(tmp_path: Path):
    said = asked(project(tmp_path, STORIES), "explain", LORRIES).stdout
    assert "  rank: 1 of 2 in the edition of 2026-11-23, by how many sources" in said


def test_what_is_not_shown_says_why(tmp_path: Path):
    hidden = f'[[hide]]\narticle = "{LORRIES}"\n'
    root = project(tmp_path, {**STORIES, "overrides.toml": hidden, "articles/bad.md": "\0\0\0"})
    assert "hidden: hidden by overrides.toml" in asked(root, "explain", LORRIES).stdout


def test_what_names_nothing_is_a_fault_with_a_way_out(tmp_path: Path):
    said = asked(project(tmp_path, STORIES), "explain", "0123456789abcdef", code=1).stderr
    assert "digest list stories" in said
