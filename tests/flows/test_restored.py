"""A restored .digest may be damaged, older, another project's or poisoned: the site has the bytes of a clean build's."""

import os
import shutil
import sqlite3
import struct
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from digest.codec import SEAL, sealed
from digest.flows.build import Tools, build
from digest.flows.order import Built, Order
from digest.flows.unchanged import unchanged
from digest.shell.workers import Workers
from tests import faults
from tests.faults import Files, content, files, put
from tests.flows.fuzzing import LATER, fuzz

pytestmark = pytest.mark.usefixtures("quick")

SCRIPT = b"<script>alert(1)</script>"


def run(root: Path, key: str = "") -> Built:
    return faults.run(root, cache_key=key)


@pytest.fixture(name="clean", scope="module")
def _clean(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The site that has to come out, whatever lies in .digest: every page is drawn anew from what is remembered."""
    root = tmp_path_factory.mktemp("clean") / "desk"
    put(root / "content", LATER)
    run(root)
    return files(root / "site") or {}


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "desk"
    put(root / "content", content(3))
    run(root)
    return root


@pytest.fixture(name="desk")
def _desk(tmp_path: Path, built: Path) -> Path:
    """A project with a cache, of which all pages change with the next build."""
    root = tmp_path / "desk"
    shutil.copytree(built, root)
    put(root / "content", LATER)
    return root


def cache(root: Path) -> Path:
    return root / ".digest" / "state.db"


def rows(root: Path, *statements: str) -> None:
    with closing(sqlite3.connect(cache(root))) as db, db:
        for statement in statements:
            db.execute(statement)


@pytest.mark.parametrize("seed", range(24))
def test_a_few_wrong_bytes(desk: Path, clean: Files, seed: int) -> None:
    chance = Random(seed)
    data = bytearray(cache(desk).read_bytes())
    for _ in range(chance.choice([1, 3, 30, 3000])):
        data[chance.randrange(100 if seed % 4 == 0 else len(data))] = chance.randrange(256)
    cache(desk).write_bytes(data)
    run(desk)
    assert files(desk / "site") == clean
    run(desk)  # the last thing that a build does may be the first to see the damage
    done = run(desk)
    assert (done.report["build"]["pages_written"], done.warnings) == (0, ()), "what was damaged is mended"


@pytest.mark.parametrize("part", [0.0, 0.001, 0.02, 0.1, 0.5, 0.9, 0.999])
def test_half_a_file(desk: Path, clean: Files, part: float) -> None:
    os.truncate(cache(desk), int(cache(desk).stat().st_size * part))
    run(desk)
    assert files(desk / "site") == clean


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_half_a_journal(desk: Path, clean: Files, part: float) -> None:
    with closing(sqlite3.connect(cache(desk))) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE prepared SET body = article, article = body")
        db.commit()
        journal = desk / ".digest" / "state.db-wal"
        data = journal.read_bytes()
    journal.write_bytes(data[: int(len(data) * part)])
    run(desk)
    assert files(desk / "site") == clean


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE prepared SET body = NULL",
        "UPDATE prepared SET article = 7, body = 1.5",
        "UPDATE prepared SET article = 'text', body = ''",
        "UPDATE prepared SET body = article",
        "UPDATE prepared SET (article, body) = (SELECT article, body FROM prepared LIMIT 1)",
        "UPDATE document SET reading = (SELECT body FROM prepared LIMIT 1)",
        "UPDATE document SET reading = zeroblob(100000)",
        "UPDATE site SET files = (SELECT reading FROM document LIMIT 1)",
        "UPDATE prepared SET key = CAST(x'ff00fe' AS TEXT) WHERE key = (SELECT min(key) FROM prepared)",
        "DELETE FROM prepared WHERE rowid_is_odd(key)",
        "UPDATE prepared SET signature = body",
        "UPDATE rest SET data = (SELECT article FROM prepared LIMIT 1)",
        "UPDATE rest SET data = (SELECT data FROM rest WHERE kind = 'themes' LIMIT 1)",
        "UPDATE rest SET position = -position",
        "DELETE FROM rest WHERE kind = 'decided'",
        "DELETE FROM prepared; DELETE FROM content WHERE rowid_is_odd(key)",
        "DELETE FROM prepared; UPDATE content SET html = (SELECT html FROM content LIMIT 1)",
        "UPDATE content SET html = NULL; UPDATE prepared SET body = signature",
    ],
)
def test_rows_that_are_not_as_they_were_kept(desk: Path, clean: Files, statement: str) -> None:
    with closing(sqlite3.connect(cache(desk))) as db, db:
        db.create_function("rowid_is_odd", 1, lambda key: int(key[-1], 16) % 2)
        for one in statement.split("; "):
            db.execute(one)
    done = run(desk)
    assert files(desk / "site") == clean
    if statement.startswith("UPDATE prepared"):
        assert any("state.db" in warning and "anew" in warning for warning in done.warnings)
    assert not run(desk).warnings


def test_text_that_acts_in_what_is_remembered(desk: Path, clean: Files) -> None:
    with closing(sqlite3.connect(cache(desk))) as db, db:
        for table, column in (
            ("prepared", "article"),
            ("prepared", "signature"),
            ("prepared", "body"),
            ("document", "reading"),
            ("content", "html"),
        ):
            for key, data in db.execute(f"SELECT key, {column} FROM {table}").fetchall():
                poisoned = data.replace(b"A ferry. A ferry. A ferry.", SCRIPT + b" ").replace(
                    b"https://harbour", b"javascript:rbou"
                )
                db.execute(f"UPDATE {table} SET {column} = ? WHERE key = ?", (poisoned, key))
    run(desk)
    assert files(desk / "site") == clean


def poison(root: Path, key: str) -> None:
    """What somebody does who knows how the cache is made, with a key of his own."""
    with closing(sqlite3.connect(cache(root))) as db, db:
        for name, table in (
            ("article", "prepared"),
            ("signature", "prepared"),
            ("body", "prepared"),
            ("reading", "document"),
            ("html", "content"),
        ):
            for row, data in db.execute(f"SELECT key, {name} FROM {table}").fetchall():
                poisoned = sealed(data[SEAL:].replace(b"ferry", b"fairy"), f"{name} {row}", key)
                db.execute(f"UPDATE {table} SET {name} = ? WHERE key = ?", (poisoned, row))


@pytest.mark.parametrize(("theirs", "is_believed"), [("a secret", True), ("a guess", False), ("", False)])
def test_who_has_not_the_key_is_not_believed(tmp_path: Path, clean: Files, theirs: str, is_believed: bool) -> None:
    root = tmp_path / "desk"
    put(root / "content", content(3))
    run(root, key="a secret")
    poison(root, theirs)
    put(root / "content", LATER)
    done = run(root, key="a secret")
    assert (files(root / "site") != clean) == is_believed
    assert any("not as it was kept" in warning for warning in done.warnings) != is_believed


def test_another_project_s_cache(desk: Path, tmp_path: Path, clean: Files) -> None:
    other = tmp_path / "other"
    put(
        other / "content", content(2) | {"articles/note.md": b"---\ntitle: Elsewhere\ndate: 2026-11-23\n---\n\nElse.\n"}
    )
    run(other)
    shutil.copy(cache(other), cache(desk))
    run(desk)
    assert files(desk / "site") == clean


@pytest.mark.parametrize(
    "statements",
    [
        ["PRAGMA user_version = 1"],
        ["PRAGMA user_version = 99"],
        ["DROP TABLE prepared", "CREATE TABLE prepared (key, article)"],
        ["DROP TABLE site", "CREATE VIEW site AS WITH RECURSIVE n(tree, files) AS (SELECT 1, 1 UNION ALL SELECT 1, 1 FROM n) SELECT * FROM n"],
        ["CREATE TRIGGER t BEFORE INSERT ON prepared BEGIN SELECT RAISE(ABORT, 'no'); END"],
        ["CREATE TABLE more (key)"],
        ["CREATE TABLE [a\"; DROP TABLE site; --] (key)"],
    ],
    ids=lambda statements: statements[-1][:30],
)  # fmt: skip
def test_another_version_or_somebody_s_own_tables(desk: Path, clean: Files, statements: list[str]) -> None:
    rows(desk, *statements)
    done = run(desk)
    assert "was another program's, or another version's; it was begun anew" in done.warnings[-1]
    assert files(desk / "site") == clean
    assert not run(desk).warnings


def test_a_link_in_the_cache_s_place_is_not_written_through(desk: Path, tmp_path: Path, clean: Files) -> None:
    victim = tmp_path / "thesis.txt"
    victim.write_text("years of work")
    cache(desk).unlink()
    cache(desk).symlink_to(victim)
    run(desk)
    assert (files(desk / "site"), victim.read_text()) == (clean, "years of work")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("name", ["state.db", "state.db-journal", "state.db-wal", "build.lock", "unchanged.json"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_file_in_the_cache_s_place(desk: Path, clean: Files, name: str, kind: str) -> None:
    place = cache(desk).with_name(name)
    place.unlink(missing_ok=True)
    if kind == "folder":
        (place / "in").mkdir(parents=True)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to("/dev/zero")
    assert unchanged(Order(root=desk, output=desk / "site"), "") is None
    run(desk)
    assert files(desk / "site") == clean


def test_a_lost_search_index_is_made_anew(desk: Path, clean: Files) -> None:
    run(desk)
    next((desk / "site" / "pagefind").glob("*/index.bin")).unlink()
    run(desk)
    assert files(desk / "site") == clean


@pytest.mark.parametrize("seed", [1000, 2000, 3000])
def test_whatever_else_was_damaged(tmp_path: Path, seed: int) -> None:
    """`python -m tests.flows.fuzzing` does so three hundred times."""
    _, wrong = fuzz(tmp_path, range(seed, seed + 5))
    assert wrong == []


def test_texts_lost_while_others_are_being_worked_out(tmp_path: Path) -> None:
    """The workers that work out items are those that read documents anew."""
    root = tmp_path / "desk"
    items = "".join(
        f"<item><guid>{n}</guid><title>Item {n}</title><description>Text {n}: {'the ferry is late, ' * 40}"
        f"</description><pubDate>Mon, 23 Nov 2026 0{n % 6}:{n % 60:02}:00 GMT</pubDate></item>"
        for n in range(120)
    )
    put(root / "content", {"digest.toml": b"", "feeds/tide.xml": f"<rss><channel>{items}</channel></rss>".encode()})

    def built() -> Built:
        with Workers(2) as workers:
            tools = Tools(
                map_items=workers.map, map_documents=workers.map, tell=lambda _: None, seconds=time.monotonic,
                cpu=time.process_time,
            )  # fmt: skip
            return build(Order(root=root, output=root / "site"), tools)

    def statuses(done: Built) -> list[str]:
        return [item["status"] for item in done.report["items"]]  # type: ignore[index]

    first = statuses(built())
    with closing(sqlite3.connect(cache(root))) as db, db:
        db.execute("DELETE FROM prepared")
        db.execute("DELETE FROM content WHERE rowid > 60")
    (root / "content" / "digest.toml").write_text('[site]\ntitle = "Another"\n')
    assert statuses(built()) == first
    assert len(first) == 120


def test_a_journal_that_names_another_file_has_it_deleted_by_nobody(desk: Path, clean: Files, tmp_path: Path):
    """SQLite takes what stands in it for another journal of the same change, and removes it."""
    victim = tmp_path / "thesis.doc"
    victim.write_bytes(b"years of work")
    with closing(sqlite3.connect(cache(desk))) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    magic, name = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", os.fsencode(victim)
    head = (magic + struct.pack(">IIIII", 0, 0, 1, 512, 4096)).ljust(512, b"\0")
    record = struct.pack(">I", 262_145) + name + struct.pack(">II", len(name), sum(name)) + magic
    cache(desk).with_name("state.db-journal").write_bytes(head + record)
    run(desk)
    assert victim.read_bytes() == b"years of work"
    assert files(desk / "site") == clean
