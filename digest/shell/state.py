"""The cache in .digest: what was derived from each input, and what stands in the site. Deleting it costs time only.

It is never believed unseen: it may be damaged, older, another project's, or written by somebody else. What is kept
bears a seal over its bytes and its name; rows whose seal or type does not fit are as good as none, and a file that is
not as we make it is begun anew.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from digest.batches import batched
from digest.codec import pack, seal, sealed, unpack, unsealed
from digest.errors import DiskError, mended
from digest.model import Article, Body, Packed, Signature, record
from digest.shell.plain import make_way

SCHEMA = 5
TABLES = {  # with rowids: without them a table of large rows is a tree many levels deep
    "prepared": "CREATE TABLE prepared (key TEXT PRIMARY KEY, article BLOB, signature BLOB, body BLOB)",
    "rest": "CREATE TABLE rest (kind TEXT, position INTEGER, mark TEXT, data BLOB, PRIMARY KEY (kind, position))",
    "document": "CREATE TABLE document (key TEXT PRIMARY KEY, reading BLOB)",
    "content": "CREATE TABLE content (key TEXT PRIMARY KEY, html BLOB)",
    "site": "CREATE TABLE site (tree TEXT PRIMARY KEY, files BLOB)",
}
MADE = {**TABLES, **{f"sqlite_autoindex_{table}_1": None for table in TABLES}}  # what stands in the file then
BATCH = 500  # keys asked for at once
PATIENCE = 10.0  # seconds to wait for another program that holds the file
DAMAGED = (  # what a wrong byte in the file leads to; all else is the disk's fault, and mended there
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_TOOBIG,
)
UNREADABLE = (
    sqlite3.DatabaseError,
    UnicodeDecodeError,
    MemoryError,
)  # also a fault's own text may be bytes of the file
PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)  # not mended by deleting the file

T = TypeVar("T")


@record
class Published:
    """A file as it stands in the site."""

    fingerprint: str
    size: int
    changed_ns: int


class _Unlike(sqlite3.DatabaseError):
    """A database, but none of ours, or of another version of us."""


class State:
    """The open cache. `secret` enters the seals: what was sealed under another is not believed."""

    def __init__(self, folder: Path, secret: str = "") -> None:
        self._path = folder / "state.db"
        self._secret = secret
        self._begun_anew = ""  # why
        self._unsealed = 0  # rows that were not as they were kept
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._db = self._open_or_begin()

    @property
    def flaws(self) -> tuple[str, ...]:
        """What was wrong with what was found, as a user should hear it; nothing of it was believed."""
        said = [f"{self._path}: was {self._begun_anew}; it was begun anew"] if self._begun_anew else []
        if self._unsealed:
            said.append(f"{self._path}: some of it ({self._unsealed}) was not as it was kept; it was worked out anew")
        return tuple(said)

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
            mend = ": delete it, that costs time only"
            if _code(fault) in PASSING:
                mend = ""
            elif _code(fault) == sqlite3.SQLITE_IOERR:  # what is mapped into memory has no other word for it
                mend = ": is its disk full?"
            raise DiskError(f"{self._path}: the cache cannot be used: {fault}{mend}") from None
        except OSError as fault:
            raise DiskError(f"{self._path}: the cache cannot be used: {mended(fault)}") from None

    def _asked(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What the database answers, in one transaction; where it proves damaged it is begun anew, and asked again."""
        with self._told():
            try:
                with self._db:
                    return work(self._db)
            except UNREADABLE as fault:
                if not _is_damage(fault):
                    raise
                self._db.close()
                self._db = self._begin_anew(fault)
                with self._db:
                    return work(self._db)

    def _open_or_begin(self) -> sqlite3.Connection:
        if any(make_way(path) for path in self._files()):
            return self._begin_anew(_Unlike())
        try:
            return self._open()
        except UNREADABLE as fault:
            if not _is_damage(fault):
                raise
            return self._begin_anew(fault)

    def _begin_anew(self, fault: Exception) -> sqlite3.Connection:
        self._begun_anew = "another program's, or another version's" if isinstance(fault, _Unlike) else "damaged"
        self._discard()
        return self._open()

    def _discard(self) -> None:
        for path in self._files():
            make_way(path)
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        """The file, and those that SQLite keeps beside it."""
        return [self._path.with_name(self._path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]

    def _open(self) -> sqlite3.Connection:
        """Opens it; a journal of the old kind is none of ours, and SQLite would delete whatever file it names."""
        self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        db = sqlite3.connect(self._path, timeout=PATIENCE)
        try:
            _set_up(db)
        except Exception:
            db.close()
            raise
        return db

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(sqlite3.Error):  # all that counts is written by now
            self._db.close()

    # -- seals --

    def _sealed(self, name: str, data: bytes) -> bytes:
        return sealed(data, name, self._secret)

    def _opened(self, name: str, data: object) -> bytes | None:
        """The bytes that were sealed under this name; None where these are others."""
        found = unsealed(data, name, self._secret) if isinstance(data, bytes) else None
        self._unsealed += found is None
        return found

    # -- what was derived from inputs --

    def articles(self, keys: Iterable[str]) -> Iterator[tuple[str, Article]]:
        """What is remembered of these versions, but what they are compared by and their bodies."""
        return ((key, one) for key, data in self._rows("article", keys) if (one := unpack(data, Article)) is not None)

    def signatures(self, keys: Iterable[str]) -> dict[str, Signature]:
        """What these versions are compared by, as far as it is remembered."""
        found = self._rows("signature", keys)
        return {key: one for key, data in found if (one := unpack(data, Signature)) is not None}

    def bodies(self, keys: Iterable[str]) -> dict[str, Body]:
        """The bodies that are remembered."""
        return {key: body for key, data in self._rows("body", keys) if (body := unpack(data, Body)) is not None}

    def _rows(self, column: str, keys: Iterable[str], table: str = "prepared") -> Iterator[tuple[str, bytes]]:
        for some in batched(keys, BATCH):
            for key, data in self._asked(partial(_select, table, column, some)):
                if (opened := self._opened(f"{column} {key}", data)) is not None:
                    yield key, opened

    def remember(self, prepared: Iterable[Packed]) -> None:
        """Keeps what was derived, under the version that is the key of its input."""
        rows = [
            (
                key := one.version,
                self._sealed(f"article {key}", one.article),
                self._sealed(f"signature {key}", one.signature),
                self._sealed(f"body {key}", one.body),
            )
            for one in prepared
        ]
        self._asked(lambda db: db.executemany("INSERT OR REPLACE INTO prepared VALUES (?, ?, ?, ?)", rows))

    def readings(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What was read from documents, packed."""
        return self._rows("reading", keys, "document")

    def contents(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts of items as they were read, by their fingerprints, as far as they are remembered."""
        return {key: html.decode() for key, html in self._rows("html", keys, "content")}

    def remember_readings(self, readings: Mapping[str, bytes], contents: Mapping[str, str]) -> None:
        """Keeps what was read from documents, and apart from it the texts of their items."""
        rows = [(key, self._sealed(f"reading {key}", reading)) for key, reading in readings.items()]
        texts = [(key, self._sealed(f"html {key}", html.encode())) for key, html in contents.items()]

        def keep(db: sqlite3.Connection) -> None:
            db.executemany("INSERT OR REPLACE INTO content VALUES (?, ?)", texts)
            db.executemany("INSERT OR REPLACE INTO document VALUES (?, ?)", rows)

        self._asked(keep)

    def keep_only(self, prepared: Iterable[str], documents: Iterable[str], contents: Iterable[str]) -> None:
        """Forgets what no input leads to any more."""
        wanted = {"prepared": set(prepared), "document": set(documents), "content": set(contents)}

        def forget(db: sqlite3.Connection) -> None:
            for table, keys in wanted.items():
                known = {key for (key,) in db.execute(f"SELECT key FROM {table}")}  # noqa: S608
                db.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in known - keys])  # noqa: S608

        self._asked(forget)

    # -- where folds rest --

    def rests(self, kind: str) -> dict[int, str]:
        """Where folds of a kind have rested: position → mark of all that had come before."""
        rows = self._asked(lambda db: db.execute("SELECT position, mark FROM rest WHERE kind = ?", (kind,)).fetchall())
        return {at: mark for at, mark in rows if isinstance(at, int) and isinstance(mark, str)}

    def rest(self, kind: str, position: int, mark: str) -> bytes | None:
        """What was kept there."""
        query = "SELECT data FROM rest WHERE kind = ? AND position = ? AND mark = ?"
        row = self._asked(lambda db: db.execute(query, (kind, position, mark)).fetchone())
        return self._opened(f"rest {kind} {position} {mark}", row[0]) if row else None

    def remember_rest(self, kind: str, position: int, mark: str, data: bytes) -> None:
        """Keeps what a fold needs that goes on from there."""
        before = seal(data, f"rest {kind} {position} {mark}", self._secret)

        def keep(db: sqlite3.Connection) -> None:
            space = (kind, position, mark, len(before) + len(data))
            row = db.execute("INSERT OR REPLACE INTO rest VALUES (?, ?, ?, zeroblob(?))", space).lastrowid or 0
            with db.blobopen("rest", "data", row) as blob:  # many MB: bound to the statement they would be copied twice
                blob.write(before)
                blob.write(data)

        self._asked(keep)

    def forget_rests(self, kind: str, *, but: Iterable[int]) -> None:
        """Forgets all of a kind but those at these positions."""
        kept = set(but)

        def forget(db: sqlite3.Connection) -> None:
            known = db.execute("SELECT position FROM rest WHERE kind = ?", (kind,)).fetchall()
            gone = [(kind, at) for (at,) in known if at not in kept]
            db.executemany("DELETE FROM rest WHERE kind = ? AND position = ?", gone)

        self._asked(forget)

    # -- what stands in the site --

    def published(self, tree: str) -> Mapping[str, Published]:
        """The files of the tree that is named so (a folder's identity); none where another tree stands there."""
        data = self._one("site", "SELECT files FROM site WHERE tree = ?", tree)
        return (unpack(data, dict[str, Published]) if data else None) or {}

    def expect(self, tree: str, files: Mapping[str, Published]) -> None:
        """Notes what a tree will hold, before it takes its place: whichever tree stands, its note is here."""
        row = (tree, self._sealed(f"site {tree}", pack(dict(files))))
        self._asked(lambda db: db.execute("INSERT OR REPLACE INTO site VALUES (?, ?)", row))

    def forget_others(self, tree: str) -> None:
        """Forgets all trees but the one that stands."""
        self._asked(lambda db: db.execute("DELETE FROM site WHERE tree <> ?", (tree,)))

    def _one(self, name: str, query: str, key: str) -> bytes | None:
        row = self._asked(lambda db: db.execute(query, (key,)).fetchone())
        return self._opened(f"{name} {key}", row[0]) if row else None


def _select(table: str, column: str, keys: list[str], db: sqlite3.Connection) -> list[tuple[str, object]]:
    marks = ",".join("?" * len(keys))
    return db.execute(f"SELECT key, {column} FROM {table} WHERE key IN ({marks})", keys).fetchall()  # noqa: S608


def _set_up(db: sqlite3.Connection) -> None:
    """Our tables in a new file; in another one just these and nothing beside them, as a view or trigger would act."""
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves no bytes in free pages
    found = dict(db.execute("SELECT name, sql FROM sqlite_master").fetchall())
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if found and (found, version) != (MADE, SCHEMA):
        raise _Unlike
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    if not found:
        with db:
            db.execute("BEGIN IMMEDIATE")
            for table in TABLES.values():  # another program may have made them at this moment
                db.execute(table.replace("TABLE", "TABLE IF NOT EXISTS", 1))
            db.execute(f"PRAGMA user_version = {SCHEMA}")


def _is_damage(fault: Exception) -> bool:
    if not isinstance(fault, sqlite3.Error) or isinstance(fault, _Unlike):
        return True
    is_undecodable = type(fault) is sqlite3.OperationalError and not _code(fault)  # a key that is no text
    return is_undecodable or _code(fault) in DAMAGED


def _code(fault: Exception) -> int:
    """What SQLite calls the fault; 0 where it is Python's own."""
    return int(getattr(fault, "sqlite_errorcode", 0)) & 0xFF  # beyond the low byte stands the finer cause
