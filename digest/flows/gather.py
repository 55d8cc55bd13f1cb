"""Everything under content/ is read: documents → items, sources, and what could not be read."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from digest.batches import batched
from digest.codec import fingerprint, from_json, from_lines, pack, unpack
from digest.config import Config
from digest.errors import DigestError
from digest.flows.forgotten import Forgotten, forgotten
from digest.inputs import INPUTS
from digest.markup import inline
from digest.model import ClosedEdition, RawItem, Reading, Rejected, Run, Source, SourceStatus, record
from digest.refused import Refused
from digest.shell import content
from digest.shell.content import Document
from digest.shell.plain import spelled
from digest.shell.state import State
from digest.shell.workers import Failed
from digest.stages.normalise import OF_FILES, article_id
from digest.text import first_free, shorten, slug

T = TypeVar("T", Run, ClosedEdition)
VERSION = 1  # `v` of the lines of the two logs that are read here
BATCH = 100  # documents remembered at once: so much a kill may lose
ASKED = 20  # documents looked up at once: they are all at hand then
LONGEST_NAME = 80  # characters, of a feed that names itself and of an outlet that an article names
LONGEST_REASON = 300  # characters, why a source failed
UNATTRIBUTED = Source(id="", name="")
UNREAD = Failed(reason="was not read: a fault in digest itself, please report it")
MapDocuments = Callable[[Callable[["Task"], "Read"], Iterable["Task"]], Iterator["Read | Failed"]]
"""Reads documents under limits, in their order; a document that cannot be read gives the reason."""


@record
class Task:
    """A document to be read."""

    kind: str  # a row of INPUTS
    source: Source
    document: Document

    def key(self, code: str) -> str:
        """What its reading by the program of this fingerprint is remembered under."""
        return fingerprint(self.kind, self.source, self.document.file, self.document.data, code)


@record
class Read:
    """What a document holds, as it is kept: the texts of its items apart from all else."""

    reading: bytes
    contents: Mapping[str, str]


@record
class _Entry:
    """A document, and what became of it; its bytes are not kept."""

    kind: str
    source: Source
    file: str
    key: str
    reading: Reading | Failed | None  # None: not read yet


@record
class Gathered:
    """All that was read."""

    items: tuple[tuple[RawItem, Source], ...]
    rejected: tuple[Rejected, ...]
    sources: Mapping[str, Source]
    statuses: tuple[SourceStatus, ...]  # of recorded documents
    runs: tuple[Run, ...]
    editions: tuple[ClosedEdition, ...]  # every line, oldest first
    keys: tuple[str, ...]  # of the documents' readings
    contents: frozenset[str] = frozenset()  # fingerprints of the texts of those that may be shown
    forgotten: Forgotten = Forgotten()  # tombstones
    buried: frozenset[str] = frozenset()  # ids of the articles under them


def read(task: Task) -> Read:
    """What a document holds; raises `InputError` where it cannot be read. Runs in a worker."""
    reading = INPUTS[task.kind](task.document.data, task.source, task.document.file)
    contents = {fingerprint(item.html): item.html for item in reading.items if item.html}
    light = (replace(item, html="", content=fingerprint(item.html) if item.html else "") for item in reading.items)
    return Read(reading=pack(replace(reading, items=tuple(light))), contents=contents)


def gather(
    root: Path, config: Config, state: State, code: str, map_documents: MapDocuments, *, anew: bool = False
) -> Gathered:
    """Reads what is new, remembers the rest; `anew`: reads all. The texts of the items are left with `state`."""
    entries = _read_all(_tasks(root, config), state, code, map_documents, anew=anew)
    rejected: list[Rejected] = []
    items: list[RawItem] = []
    statuses: list[SourceStatus] = []
    for one in entries:
        reading = one.reading or UNREAD
        if isinstance(reading, Failed):
            rejected.append(Rejected(source_id=one.source.id, file=one.file, reason=reading.reason))
        else:
            items += reading.items
            rejected += reading.rejected
        if one.kind.startswith("feed") or (one.source.id and not one.key):
            statuses.append(_status(one.source, one.file, reading))
    runs, bad_runs = _lines(root, "fetched/runs", Run)
    editions = closed_editions(root)
    stones, bad_stones = forgotten(root)
    items, dropped, buried = _remembered(items, {one.source.id: one.source for one in entries}, stones)
    read_from = {one.source.id: one.source for one in entries if one.source.id}
    sources, attributed = _attribute(read_from, _titles(entries), config, items)
    return Gathered(
        items=tuple(attributed),
        rejected=(*rejected, *bad_runs, *bad_stones, *dropped),
        sources=sources,
        statuses=tuple(statuses),
        runs=tuple(sorted(map(_in_words, runs), key=lambda run: run.run_at)),
        editions=editions,
        keys=tuple(one.key for one in entries),
        contents=frozenset(item.content for item in items if item.content),
        forgotten=stones,
        buried=buried,
    )


def _in_words(run: Run) -> Run:
    """The run with reasons that a page can show, whoever has written them."""
    failed = {id: one for id, one in run.sources.items() if one.reason}
    told = {id: replace(one, reason=shorten(inline(one.reason or ""), LONGEST_REASON)) for id, one in failed.items()}
    return replace(run, sources={**run.sources, **told}) if told else run


def _remembered(
    items: Iterable[RawItem], sources: Mapping[str, Source], stones: Forgotten
) -> tuple[list[RawItem], list[Rejected], frozenset[str]]:
    """The items that may be shown, and the others, of which nothing is told; and the ids of these."""
    kept: list[RawItem] = []
    dropped: list[Rejected] = []
    buried: set[str] = set()
    for item in items:
        if stone := stones.of(item, sources.get(item.source_id, UNATTRIBUTED)):
            reason = f"forgotten on {stone.date}" + (f": {stone.reason}" if stone.reason else "")
            buried.add(article_id(item))
            dropped.append(Rejected(source_id=item.source_id, reason=reason, wished=True))
        else:
            kept.append(item)
    return kept, dropped, frozenset(buried)


def _tasks(root: Path, config: Config) -> Iterator[Task | _Entry]:
    """Every document under content/ to be read; of one that cannot be had what has become of it."""
    for kind, source, one in _found(root, config):
        if isinstance(one, Document):
            yield Task(kind=kind, source=source, document=one)
        else:
            yield _Entry(kind=kind, source=source, file=one.file, key="", reading=Failed(reason=one.reason))


def _found(root: Path, config: Config) -> Iterator[tuple[str, Source, Document | Rejected]]:
    known = {slug(source.id): source for source in config.sources} | {source.id: source for source in config.sources}
    named = {source.path: source for source in config.sources if source.path}
    for path, source in named.items():
        yield _feed_kind(path), source, content.recorded_feed(root, path)
    fetched, recorded = content.fetched_sources(root), content.recorded_stems(root, named)
    unknown = (one for one in {*fetched, *recorded} if not (known.get(one) or known.get(slug(one))))
    strange = _strangers(unknown, taken={*known, OF_FILES})
    for document in content.recorded_feeds(root, named):
        stem = Path(document.file).stem
        yield _feed_kind(document.file), known.get(stem) or known.get(slug(stem)) or strange[stem], document
    for id in fetched:
        source = known.get(id) or known.get(slug(id)) or strange[id]
        yield from (("log", source, document) for document in content.logs(root, f"fetched/{id}"))
    for folder in config.article_folders:
        saved = Source(id="", name="", path=folder)
        for document in content.article_files(root, folder):
            yield Path(document.file).suffix.lower(), saved, document


def _strangers(folders: Iterable[str], taken: set[str]) -> dict[str, Source]:
    """A source for each name that none is configured for; those that are alike stay apart, and from ids `taken`."""
    found = {}
    for name in sorted(folders, key=lambda name: (slug(name) != name, name)):  # what is called as an id goes before
        _, id = first_free(slug(name), taken)
        taken.add(id)
        found[name] = Source(id=id, name=spelled(name))
    return found


def _titles(entries: Iterable[_Entry]) -> dict[str, str]:
    """What recorded feeds call themselves, by the ids of their sources."""
    titles: dict[str, str] = {}
    for one in entries:
        if isinstance(one.reading, Reading) and one.reading.title and one.kind.startswith("feed"):
            titles.setdefault(one.source.id, shorten(one.reading.title, LONGEST_NAME))
    return titles


def _feed_kind(path: str) -> str:
    return "feed.json" if path.endswith(".json") else "feed"


def _read_all(
    tasks: Iterable[Task | _Entry], state: State, code: str, map_documents: MapDocuments, *, anew: bool
) -> list[_Entry]:
    """The documents in their order with their readings; only what is not remembered is read, or all `anew`.

    No more of them are at hand than are looked up at once and wait for a worker.
    """
    entries: list[_Entry] = []
    unread: deque[int] = deque()

    def fresh() -> Iterator[Task]:
        for some in batched(tasks, ASKED):
            keys = [one.key(code) if isinstance(one, Task) else "" for one in some]
            known = {} if anew else dict(state.readings(filter(None, keys)))
            for one, key in zip(some, keys, strict=True):
                if isinstance(one, _Entry):
                    entries.append(one)
                    continue
                reading = unpack(known.get(key, b""), Reading)
                file = one.document.file
                entries.append(_Entry(kind=one.kind, source=one.source, file=file, key=key, reading=reading))
                if reading is None:
                    unread.append(len(entries) - 1)
                    yield one

    for batch in batched(map_documents(read, fresh()), BATCH):
        readings: dict[str, bytes] = {}
        contents: dict[str, str] = {}
        for done in batch:
            at = unread.popleft()
            if isinstance(done, Read):
                readings[entries[at].key] = done.reading
                contents |= done.contents
            reading = done if isinstance(done, Failed) else unpack(done.reading, Reading)
            entries[at] = replace(entries[at], reading=reading)
        state.remember_readings(readings, contents)
    return entries


def _status(source: Source, file: str, reading: Reading | Failed) -> SourceStatus:
    if isinstance(reading, Failed):
        return SourceStatus(id=source.id, location=file, status="failed", reason=reading.reason)
    if not reading.items:
        return SourceStatus(id=source.id, location=file, status="empty", reason="the document holds no items")
    return SourceStatus(id=source.id, location=file, items=len(reading.items))


def closed_editions(root: Path) -> tuple[ClosedEdition, ...]:
    """What editions have published, every line; raises where one cannot be read: that is never worked out anew.

    A last line that was cut off while it was written counts for nothing: no site has shown yet what it was to tell.
    """
    lines, bad = _lines(root, "editions", ClosedEdition)
    if bad:
        name = f"content/{bad[0].file}"
        raise DigestError(
            f"{name}: {bad[0].reason}: what closed editions have published stands here and is not worked out anew; "
            "put the file back as it was last committed"
        )
    return tuple(lines)


def _lines(root: Path, kind: str, record_type: type[T]) -> tuple[list[T], list[Rejected]]:
    """The records of a log, and the files and lines that cannot be read."""
    records: list[T] = []
    rejected: list[Rejected] = []
    for document in content.logs(root, kind):
        if isinstance(document, Rejected):
            rejected.append(document)
            continue
        refused = Refused()
        data = _whole(document.data) if kind == "editions" else document.data
        for number, one, fault in from_lines(data, record_type):
            if one is not None and one.v == VERSION:
                records.append(one)
                continue
            why = fault if one is None else f"it is of version {one.v}, and this digest knows {VERSION}"
            refused.append(Rejected(file=f"{document.file}:{number}", reason=f"line cannot be read: {why}"))
        rejected += refused
    return records, rejected


def _whole(data: bytes) -> bytes:
    """A log without its last line where that was cut off."""
    before, newline, last = data.rpartition(b"\n")
    try:
        from_json(last or b"{}", dict[str, object])
    except ValueError:
        return before + newline
    return data


def _attribute(
    read_from: Mapping[str, Source], titles: Mapping[str, str], config: Config, items: Iterable[RawItem]
) -> tuple[dict[str, Source], list[tuple[RawItem, Source]]]:
    """All sources by id, and each item with its own: a name that no source has becomes a source of its own.

    A feed that is not configured has the name that it gives itself; where others have that, too, it is theirs.
    """
    configured = {source.id: source for source in config.sources}
    others = {id: source for id, source in read_from.items() if id not in configured}
    titled = {id: replace(source, name=titles.get(id, source.name)) for id, source in others.items()}
    sources = configured | titled
    by_name = {one.name.casefold(): one.id for one in (*titled.values(), *others.values(), *configured.values())}
    by_name |= {id.casefold(): id for id in sources}
    attributed = []
    for item in items:
        id = item.source_id
        if not id and (name := shorten(inline(item.source_name), LONGEST_NAME)):
            if name.casefold() not in by_name:
                by_name[name.casefold()] = first_free(slug(name), sources)[1]
                sources[by_name[name.casefold()]] = Source(id=by_name[name.casefold()], name=name)
            id = by_name[name.casefold()]
        attributed.append((item, sources.get(id, UNATTRIBUTED)))
    return sources, attributed
