"""The cache in .digest: what was derived from each input, and what stands in the site. Deleting it costs time only.

It is never believed unseen: rows are decoded against their types, and a row that does not fit is as good as none.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.codec import pack, unpack
from digest.errors import DiskError
from digest.model import Article, Body, Signature, record

SCHEMA = 1
BATCH = 500  # keys asked for at once
PATIENCE = 10.0  # seconds to wait for another program that holds the file
DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)  # all else is the disk's fault, and mended there


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
    """The open cache; a file that is damaged, or no database, is deleted and begun anew."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "state.db"
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            try:
                self._db = self._open()
            except sqlite3.DatabaseError as fault:
                if not _is_damage(fault):
                    raise
                self._discard()
                self._db = self._open()

    def clear(self) -> None:
        """Forgets everything, as on a new machine."""
        self._db.close()
        with self._told():
            self._discard()
            self._db = self._open()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Faults of the disk and of the database in words: which file, what, how to mend."""
        try:
            yield
        except sqlite3.Error as fault:
            mend = ": delete it, that costs time only" if _is_damage(fault) else ""
            raise DiskError(f"{self._path}: the cache cannot be used: {fault}{mend}") from None
        except OSError as fault:
            raise DiskError(f"{self._path}: the cache cannot be used: {fault.strerror or fault}") from None

    def _discard(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=PATIENCE)
        try:
            self._set_up(db)
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _set_up(self, db: sqlite3.Connection) -> None:
        """The tables; those of another schema are of no use."""
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(sqlite3.Error):  # all that counts is written by now
            self._db.close()

    # -- what was derived from inputs --

    def lights(self, keys: Iterable[str]) -> dict[str, Light]:
        """What is remembered of these versions, without their bodies."""
        rows = self._rows("light", keys)
        return {key: light for key, data in rows if (light := unpack(data, Light)) is not None}

    def bodies(self, keys: Iterable[str]) -> dict[str, Body]:
        """The bodies that are remembered."""
        rows = self._rows("body", keys)
        return {key: body for key, data in rows if (body := unpack(data, Body)) is not None}

    def _rows(self, column: str, keys: Iterable[str]) -> Iterable[tuple[str, bytes]]:
        wanted = list(keys)
        for at in range(0, len(wanted), BATCH):
            batch = wanted[at : at + BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT key, {column} FROM prepared WHERE key IN ({marks})"  # noqa: S608
            with self._told():
                rows = self._db.execute(query, batch).fetchall()
            yield from ((key, data) for key, data in rows if isinstance(data, bytes))

    def remember(self, prepared: Iterable[tuple[str, Light, Body]]) -> None:
        """Keeps what was derived, under the key of its input."""
        rows = [(key, pack(light), pack(body)) for key, light, body in prepared]
        with self._told(), self._db:
            self._db.executemany("INSERT OR REPLACE INTO prepared VALUES (?, ?, ?)", rows)

    def reading(self, key: str) -> bytes | None:
        """What was read from a document, packed."""
        with self._told():
            row = self._db.execute("SELECT reading FROM document WHERE key = ?", (key,)).fetchone()
        return row[0] if row and isinstance(row[0], bytes) else None

    def remember_reading(self, key: str, reading: bytes) -> None:
        """Keeps what was read from a document."""
        with self._told(), self._db:
            self._db.execute("INSERT OR REPLACE INTO document VALUES (?, ?)", (key, reading))

    def keep_only(self, prepared: Iterable[str], documents: Iterable[str]) -> None:
        """Forgets what no input leads to any more."""
        with self._told(), self._db:
            for table, keys in (("prepared", set(prepared)), ("document", set(documents))):
                known = {key for (key,) in self._db.execute(f"SELECT key FROM {table}")}  # noqa: S608
                gone = [(key,) for key in known - keys]
                self._db.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608

    # -- what stands in the site --

    def published(self, tree: str) -> Mapping[str, Published]:
        """The files of the tree that is named so (a folder's identity); none where another tree stands there."""
        with self._told():
            row = self._db.execute("SELECT files FROM site WHERE tree = ?", (tree,)).fetchone()
        files = unpack(row[0], dict[str, Published]) if row and isinstance(row[0], bytes) else None
        return files or {}

    def expect(self, tree: str, files: Mapping[str, Published]) -> None:
        """Notes what a tree will hold, before it takes its place: whichever tree stands, its note is here."""
        with self._told(), self._db:
            self._db.execute("INSERT OR REPLACE INTO site VALUES (?, ?)", (tree, pack(dict(files))))

    def forget_others(self, tree: str) -> None:
        """Forgets all trees but the one that stands."""
        with self._told(), self._db:
            self._db.execute("DELETE FROM site WHERE tree <> ?", (tree,))


def _is_damage(fault: sqlite3.Error) -> bool:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in DAMAGED  # beyond the low byte stands the finer cause
