"""The cache: what it is given comes back, damage costs time only, and faults of the disk are said in words."""

import sqlite3
from pathlib import Path

import pytest

from digest.codec import pack
from digest.errors import DiskError
from digest.model import Article, Body, Packed, Signature
from digest.shell.state import Published, State

ARTICLE = Article(id="1", version="key", source_id="", uid="u", title="T", slug="t")
BODY = Body(html=("<p>T</p>",), text="T")
SIGNATURE = Signature(exact="e")
PACKED = Packed(version="key", article=pack(ARTICLE), body=pack(BODY), signature=pack(SIGNATURE))
FILES = {"index.html": Published(fingerprint="a", size=1, changed_ns=2)}


def filled(folder: Path) -> None:
    with State(folder) as state:
        state.remember([PACKED])
        state.remember_readings({"paper": b"read"}, {"text": "<p>T</p>", "other": "<p>O</p>"})
        state.expect("1:1", FILES)


def reading(state: State) -> bytes | None:
    return dict(state.readings(["paper"])).get("paper")


def test_what_was_kept_comes_back(tmp_path):
    filled(tmp_path)
    with State(tmp_path) as state:
        assert dict(state.articles(["key", "other"])) == {"key": ARTICLE}
        assert state.signatures(["key", "other"]) == {"key": SIGNATURE}
        assert state.bodies(["key"]) == {"key": BODY}
        assert reading(state) == b"read"
        assert state.contents(["text", "unknown"]) == {"text": "<p>T</p>"}
        assert state.published("1:1") == FILES


def test_what_no_input_leads_to_is_forgotten(tmp_path):
    filled(tmp_path)
    with State(tmp_path) as state:
        state.keep_only([], ["paper"], ["other"])
        state.forget_others("2:2")
        assert (dict(state.articles(["key"])), reading(state), state.published("1:1")) == ({}, b"read", {})
        assert state.contents(["text", "other"]) == {"other": "<p>O</p>"}


def test_cleared_it_knows_nothing_and_goes_on(tmp_path):
    filled(tmp_path)
    with State(tmp_path) as state:
        state.clear()
        assert (dict(state.articles(["key"])), reading(state), state.published("1:1")) == ({}, None, {})
        state.remember_readings({"paper": b"new"}, {})
        assert reading(state) == b"new"


def test_a_file_that_is_no_database_is_begun_anew(tmp_path):
    filled(tmp_path)
    (tmp_path / "state.db").write_bytes(b"what is this? " * 100)
    with State(tmp_path) as state:
        assert reading(state) is None


def test_a_file_that_another_program_holds_is_kept(tmp_path, monkeypatch):
    filled(tmp_path)
    monkeypatch.setattr("digest.shell.state.PATIENCE", 0.01)
    with sqlite3.connect(tmp_path / "state.db", isolation_level=None) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DiskError, match=r"state\.db: the cache cannot be used: .*locked"):
            State(tmp_path)
        other.execute("ROLLBACK")
    other.close()
    with State(tmp_path) as state:
        assert reading(state) == b"read"


def test_a_full_disk_is_said_in_words(tmp_path):
    filled(tmp_path)
    with State(tmp_path) as state:
        state._db.execute("PRAGMA max_page_count = 1")  # the least it can be: what the file holds by now
        with pytest.raises(DiskError, match="cannot be used: database or disk is full"):
            state.remember_readings({"large": b"x" * 1_000_000}, {})
        assert reading(state) == b"read"


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "taken").write_bytes(b"a file")
    with pytest.raises(DiskError, match=r"taken/state\.db: the cache cannot be used: File exists"):
        State(tmp_path / "taken")
