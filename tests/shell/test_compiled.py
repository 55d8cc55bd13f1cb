"""What templates were compiled to is kept beside the program, and believed as far as it is whole and of this one."""

import sys
from pathlib import Path

import pytest

from digest.shell import compiled
from digest.templating import COMPILED, draw, environment


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept, in a test."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "FILE", tmp_path / "__pycache__" / "templates")
    return compiled.FILE


def known(code: str = "code") -> dict[str, bytes]:
    """What a build finds that begins now."""
    found: dict[str, bytes] = {}
    with compiled.kept(code, found):
        return found


def keep(values: dict[str, bytes], code: str = "code") -> None:
    found: dict[str, bytes] = {}
    with compiled.kept(code, found):
        found |= values


def test_what_a_build_has_compiled_the_next_one_finds():
    keep({"a": b"1"})
    keep({"b": b"2"})
    assert known() == {"a": b"1", "b": b"2"}


def test_what_is_known_in_this_process_goes_before_what_was_kept():
    keep({"a": b"1"})
    found = {"a": b"2"}
    with compiled.kept("code", found):
        pass
    assert known() == {"a": b"2"}


def test_another_version_of_the_program_begins_anew():
    keep({"a": b"1"})
    assert known("other code") == {}


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not what it was"])
def test_a_damaged_file_is_not_believed(file: Path, damage: bytes):
    keep({"a": b"1"})
    file.write_bytes(damage)
    assert known() == {}
    keep({"b": b"2"})
    assert known() == {"b": b"2"}


def test_a_file_that_was_cut_off_is_not_believed(file: Path):
    keep({"a": b"1"})
    file.write_bytes(file.read_bytes()[:-1])
    assert known() == {}


def test_where_python_keeps_nothing_nothing_is_kept(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep({"a": b"1"})
    assert not file.exists()


def test_where_the_folder_cannot_be_written_the_build_goes_on(file: Path):
    file.parent.write_text("a file in the folder's place")
    keep({"a": b"1"})
    assert known() == {}


def test_a_template_that_says_something_else_is_compiled_anew():
    assert draw(environment({"a.html": "{{ 1 + 1 }}"}), "a.html", "") == "2"
    before = dict(COMPILED)
    assert draw(environment({"a.html": "{{ 1 + 2 }}"}), "a.html", "") == "3"
    assert draw(environment({"a.html": "{{ 1 + 1 }}"}), "a.html", "") == "2"
    assert before == COMPILED


def test_whether_a_last_newline_stays_is_no_matter_of_what_was_compiled_before():
    kept = environment({"b.html": "b\n"}, keep_trailing_newline=True)
    assert draw(environment({"b.html": "b\n"}), "b.html", "") == "b"
    assert draw(kept, "b.html", "") == "b\n"
