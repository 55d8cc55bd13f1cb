"""The cache in .digest: what was derived from each input, and what stands in the site. Deleting it costs time only.

It is never believed unseen: rows are decoded against their types, and a row that does not fit is as good as none.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.codec import pack, unpack
from digest.model import Article, Body, Signature, record

SCHEMA = 1
BATCH = 500  # keys asked for at once


@record
class Light:
    """What is remembered of a version but its body."""

    article: Article
    signature: Signature


@record
class Published:
    """A file as it stands in the site."""

    fingerprint: str
    size: int
    changed_ns: int


class State:
    """The open cache; a damaged or foreign file is set aside and begun anew."""

    def __init__(self, folder: Path, *, clean: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "state.db"
        if clean:
            self._discard()
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            self._discard()
            self._db = self._open()

    def _discard(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=10)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                db.execute(f'DROP TABLE "{name}"')
            db.execute(f"PRAGMA user_version = {SCHEMA}")
        db.execute("CREATE TABLE IF NOT EXISTS prepared (key TEXT PRIMARY KEY, light BLOB, body BLOB) WITHOUT ROWID")
        db.execute("CREATE TABLE IF NOT EXISTS document (key TEXT PRIMARY KEY, reading BLOB) WITHOUT ROWID")
        db.execute("CREATE TABLE IF NOT EXISTS site (tree TEXT PRIMARY KEY, files BLOB) WITHOUT ROWID")
        db.commit()
        return db

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    # -- what was derived from inputs --

    def lights(self, keys: Iterable[str]) -> dict[str, Light]:
        """What is remembered of these versions, without their bodies."""
        return {key: light for key, data in self._rows("light", keys) if (light := unpack(data, Light)) is not None}

    def bodies(self, keys: Iterable[str]) -> dict[str, Body]:
        """The bodies that are remembered."""
        return {key: body for key, data in self._rows("body", keys) if (body := unpack(data, Body)) is not None}

    def _rows(self, column: str, keys: Iterable[str]) -> Iterable[tuple[str, bytes]]:
        wanted = list(keys)
        for at in range(0, len(wanted), BATCH):
            batch = wanted[at : at + BATCH]
            marks = ",".join("?" * len(batch))
            yield from self._db.execute(f"SELECT key, {column} FROM prepared WHERE key IN ({marks})", batch)  # noqa: S608

    def remember(self, prepared: Iterable[tuple[str, Light, Body]]) -> None:
        """Keeps what was derived, under the key of its input."""
        rows = ((key, pack(light), pack(body)) for key, light, body in prepared)
        self._db.executemany("INSERT OR REPLACE INTO prepared VALUES (?, ?, ?)", rows)
        self._db.commit()

    def reading(self, key: str) -> bytes | None:
        """What was read from a document, packed."""
        row = self._db.execute("SELECT reading FROM document WHERE key = ?", (key,)).fetchone()
        return row[0] if row and isinstance(row[0], bytes) else None

    def remember_reading(self, key: str, reading: bytes) -> None:
        """Keeps what was read from a document."""
        self._db.execute("INSERT OR REPLACE INTO document VALUES (?, ?)", (key, reading))
        self._db.commit()

    def keep_only(self, prepared: Iterable[str], documents: Iterable[str]) -> None:
        """Forgets what no input leads to any more."""
        for table, keys in (("prepared", set(prepared)), ("document", set(documents))):
            known = {key for (key,) in self._db.execute(f"SELECT key FROM {table}")}  # noqa: S608
            gone = [(key,) for key in known - keys]
            self._db.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608
        self._db.commit()

    # -- what stands in the site --

    def published(self, tree: str) -> Mapping[str, Published]:
        """The files of the tree that is named so (a folder's identity); none where another tree stands there."""
        row = self._db.execute("SELECT files FROM site WHERE tree = ?", (tree,)).fetchone()
        files = unpack(row[0], dict[str, Published]) if row and isinstance(row[0], bytes) else None
        return files or {}

    def expect(self, tree: str, files: Mapping[str, Published]) -> None:
        """Notes what a tree will hold, before it takes its place: whichever tree stands, its note is here."""
        self._db.execute("INSERT OR REPLACE INTO site VALUES (?, ?)", (tree, pack(dict(files))))
        self._db.commit()

    def forget_others(self, tree: str) -> None:
        """Forgets all trees but the one that stands."""
        self._db.execute("DELETE FROM site WHERE tree <> ?", (tree,))
        self._db.commit()
