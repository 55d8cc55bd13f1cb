"""The network → content/fetched/: every source is asked, what is new is added to the log, the run is written down."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from digest import __version__
from digest.codec import fingerprint, to_line
from digest.config import Config, feed_address, holds_secret, veiled
from digest.config.values import may_stand
from digest.errors import ConfigError, FetchError, unknown
from digest.flows.forgotten import Forgotten, forgotten
from digest.flows.news import newest
from digest.flows.noted import Noted, brought, cut_all, note
from digest.flows.order import CACHE_KEY
from digest.flows.pages import Wanted, ask_pages, id_of, refuse_unreadable, to_ask_again
from digest.flows.tally import FetchReport, Progress, Tally
from digest.flows.visits import GONE, Heard, Visit, body_print, is_due, remember, remembered, request, visited
from digest.inputs import INPUTS
from digest.inputs.fetched import written
from digest.model import Answer, LogLine, PageText, Reading, Run, Source, record
from digest.packings import MEBIBYTE
from digest.shell import content, log
from digest.shell.turns import Limits
from digest.shell.web import Request, Response, ask
from digest.shell.workers import Failed, Workers
from digest.text import counted

TAKE_OUT = ": take it out of sources.toml"
MOST_ITEMS = 2_000  # of one answer: feeds put the newest first
LARGEST_MONTH = 90 * 1024 * 1024  # bytes of a source's log: GitHub takes no file of 100 MB, and none is read of 128 MiB
PAUSE = 0.5  # seconds between two questions to one host


@record
class Errand:
    """What a run goes by."""

    root: Path
    config: Config
    now: int
    environ: Mapping[str, str]
    visits: Mapping[str, Visit]  # the last ones, to the addresses that stand
    logged: frozenset[str]  # ids of the sources that the log knows
    insists: bool = False  # the sources were named one by one
    forgotten: Forgotten = Forgotten()

    def file(self, name: str) -> Path:
        """The log's file of this month."""
        return self.root / "content" / "fetched" / name / f"{datetime.fromtimestamp(self.now, UTC):%Y-%m}.jsonl"


def fetch(
    root: Path,
    config: Config,
    *,
    now: int,
    environ: Mapping[str, str],
    progress: Callable[[Progress], None],
    only: tuple[str, ...] = (),
    limit: int = 0,
) -> FetchReport:
    """Asks the sources (`only` these, at most `limit` of them) and adds what is new to the log."""
    sources = _chosen(config.sources, only)
    refuse_unreadable(sources)
    with log.locked(root / ".digest" / "fetch.lock", "fetch"):
        cache_key = environ.get(CACHE_KEY, "")
        before = remembered(root, cache_key)
        errand = Errand(
            root=root,
            config=config,
            now=now,
            environ=environ,
            visits=_still_valid(before, config.sources, environ),
            logged=_logged(root),
            insists=bool(only),
            forgotten=forgotten(root)[0],
        )
        due = [source for source in sources if only or is_due(source, errand.visits.get(source.id), now)]
        answers, visits = _run(due[: limit or None], errand, progress)
        if sources:
            log.append(errand.file("runs"), [to_line(Run(run_at=now, sources=answers))])
        known = {source.id for source in config.sources}
        remember(root, {id: visit for id, visit in {**before, **visits}.items() if id in known}, cache_key)
    proposed = {source.id for source in sources if source.publish}
    moved = tuple((id, one.moved_to) for id, one in answers.items() if one.moved_to and id in proposed)
    return FetchReport(answers=answers, not_due=len(sources) - len(due), moved=moved)


def _logged(root: Path) -> frozenset[str]:
    """The sources that the log knows whole: one that has lost half a line is asked for it once more."""
    logs = {id: log.months(root / "content" / "fetched" / id)[-1:] for id in (*content.fetched_sources(root), "runs")}
    return frozenset(id for id, last in logs.items() if last and not log.mend(last[0]))


def _still_valid(
    visits: Mapping[str, Visit], sources: Iterable[Source], environ: Mapping[str, str]
) -> dict[str, Visit]:
    """The visits to the addresses that the sources still have."""
    valid = {}
    for source in sources:
        with suppress(FetchError):
            visit = visits.get(source.id)
            if visit and visit.address == fingerprint(feed_address(source, environ)):
                valid[source.id] = visit
    return valid


def _chosen(sources: Iterable[Source], only: tuple[str, ...]) -> list[Source]:
    """The sources that can be asked; those named, where some are."""
    asked = {source.id: source for source in sources if source.url}
    if strange := [id for id in only if id not in asked]:
        raise ConfigError([f"--source {unknown('source', id, asked)}" for id in strange])
    return [source for id, source in asked.items() if not only or id in only]


def _run(
    sources: Iterable[Source], errand: Errand, progress: Callable[[Progress], None]
) -> tuple[dict[str, Answer], dict[str, Visit]]:
    """What each source answered, in their order, and the visits to remember; what is new is in the log."""
    by_id = {source.id: source for source in sources}
    requests, answers = _requests(by_id.values(), errand)
    visits: dict[str, Visit] = {}
    tally = Tally(requests, answers)

    def settle(heard: Heard, reading: Reading | Failed | None, news: int, lines: Sequence[LogLine]) -> None:
        id = heard.response.id
        source, before = by_id[id], errand.visits.get(id) or Visit(address=fingerprint(requests[id].url))
        kept = _kept(id, lines, errand, aside)
        if isinstance(kept, Failed):
            reading, news, lines, kept = kept, 0, [], []
        heard = replace(heard, missed=any(map(to_ask_again, lines)))
        add(errand.file(id), kept)
        answers[id] = answer = _answer(source, before, heard.response, reading, news, lines, errand.environ)
        may_move = not holds_secret(source) and "@" not in requests[id].url
        visits[id] = visited(before, heard, answer, errand.now, may_move=may_move)
        progress(tally.told(source, answer))

    def take(heard: Heard, reading: Reading | Failed | None) -> None:
        source, before = by_id[heard.response.id], errand.visits.get(heard.response.id)
        noted = _noted(source, before, heard, reading, errand, aside)
        if isinstance(noted, Failed):
            settle(heard, noted, 0, [])
        elif noted.pages:
            lines = [*noted.again, *noted.fresh]
            waiting.append(
                _Waiting(heard=heard, reading=reading, news=len(noted.fresh), lines=lines, pages=noted.pages)
            )
        else:
            settle(heard, reading, len(noted.fresh), noted.fresh)

    waiting: list[_Waiting] = []
    progress(tally.stands())
    with Workers() as workers, Workers(1) as aside, log.appending() as add:
        responses = ask(_in_order(requests, errand), limits_of(errand.config))
        for heard, reading in _readings(responses, by_id, errand, workers, take):
            take(heard, reading)
        _settle_paged(waiting, by_id, errand, workers, settle)
    return {id: answers[id] for id in by_id}, visits


def _noted(
    source: Source, before: Visit | None, heard: Heard, reading: Reading | Failed | None,
    errand: Errand, aside: Workers,
) -> Noted | Failed:  # fmt: skip
    """What a source's answer brings, or why that cannot be told; worked out aside, while the workers read on."""
    missed = source.full_text and not heard.response.reason and before is not None and before.missed
    if not isinstance(reading, Reading) and not (reading is None and missed):
        return Noted()
    known = newest(errand.root, source.id)
    [noted] = aside.map(note, [brought(source, reading, known, errand.forgotten, now=errand.now)])
    return noted


def _kept(id: str, lines: Sequence[LogLine], errand: Errand, aside: Workers) -> Sequence[bytes] | Failed:
    """The lines as the log keeps them, or why it cannot."""
    kept: Sequence[LogLine] | Failed = lines
    if lines and errand.config.keep == "extract":
        [kept] = aside.map(cut_all, [lines])
    if isinstance(kept, Failed):
        return kept
    data = [written(line) for line in kept]
    if log.size(errand.file(id)) + sum(map(len, data)) > LARGEST_MONTH:
        size = f"{LARGEST_MONTH // MEBIBYTE} MiB"
        return Failed(reason=f"its log of this month would pass {size}: nothing more of it is kept until the next")
    return data


@record
class _Waiting:
    """What a source has brought, while the pages of its items are asked."""

    heard: Heard
    reading: Reading | Failed | None
    news: int  # of the lines; the others are there for their pages
    lines: Sequence[LogLine]
    pages: Sequence[Wanted]


def _settle_paged(
    waiting: Sequence[_Waiting], sources: Mapping[str, Source], errand: Errand, workers: Workers,
    settle: Callable[[Heard, Reading | Failed | None, int, Sequence[LogLine]], None],
) -> None:  # fmt: skip
    """Settles each source as soon as its own pages are in; they are asked all at once, and each host by its turn."""
    by_id = {one.heard.response.id: one for one in waiting}
    missing = {id: {page.id for page in one.pages} for id, one in by_id.items()}
    texts: dict[str, PageText] = {}

    def take(page: Wanted, text: PageText) -> None:
        texts[page.id] = text
        missing[page.source_id].discard(page.id)
        if not missing[page.source_id]:
            one, source = by_id[page.source_id], sources[page.source_id]
            lines = [replace(line, page=texts.pop(id_of(source, line), None)) for line in one.lines]
            settle(one.heard, one.reading, one.news, lines)

    if asked := [page for one in waiting for page in one.pages]:
        ask_pages(asked, limits_of(errand.config), errand.forgotten, workers, take)


def _in_order(requests: Mapping[str, Request], errand: Errand) -> list[Request]:
    """Those that failed first, for they may take their whole time; else another order in every run."""

    def place(request: Request) -> tuple[bool, str]:
        visit = errand.visits.get(request.id)
        return not (visit and visit.failures), fingerprint(request.id, errand.now)

    return sorted(requests.values(), key=place)


def _requests(sources: Iterable[Source], errand: Errand) -> tuple[dict[str, Request], dict[str, Answer]]:
    """The questions, and the failures of sources that cannot be asked."""
    requests: dict[str, Request] = {}
    answers: dict[str, Answer] = {}
    for source in sources:
        visit = errand.visits.get(source.id)
        if visit and visit.gone and not errand.insists:
            answers[source.id] = Answer(
                status="failed", http=GONE, reason=f"HTTP 410 Gone, and not asked again{TAKE_OUT}"
            )
            continue
        whole = source.id not in errand.logged  # what the validators stand for is gone
        try:
            address = feed_address(source, errand.environ)
            requests[source.id] = request(source.id, address, visit, errand.now, whole=whole)
        except FetchError as fault:
            answers[source.id] = Answer(status="failed", reason=str(fault))
    return requests, answers


def limits_of(config: Config) -> Limits:
    """How addresses may be asked."""
    return Limits(
        agent=f"digest/{__version__}" + (f" (+{config.contact})" if config.contact else ""),
        timeout_seconds=config.timeout_seconds,
        max_bytes=int(config.max_mebibytes * MEBIBYTE),
        per_host=config.per_host,
        pause_seconds=PAUSE,
        allow_private=config.allow_private,
    )


def read(job: tuple[Source, bytes]) -> Reading:
    """What a document holds; runs in a worker."""
    source, data = job
    reading = INPUTS["feed"](data, source, "")
    more = max(0, len(reading.items) - MOST_ITEMS)
    return replace(reading, items=reading.items[:MOST_ITEMS], more=more) if more else reading


def _readings(
    responses: Iterable[Response],
    sources: Mapping[str, Source],
    errand: Errand,
    workers: Workers,
    take: Callable[[Heard, None], None],
) -> Iterator[tuple[Heard, Reading | Failed]]:
    """Each response with what its body holds; those with nothing to read are taken as soon as they come."""
    handed: deque[Heard] = deque()

    def bodies() -> Iterator[tuple[Source, bytes]]:
        for response in responses:
            printed = body_print(response.body) if response.body else ""
            heard = Heard(response=replace(response, body=b"") if printed else response, body=printed)
            if printed and not _is_known(response.id, printed, errand):
                handed.append(heard)
                yield sources[response.id], response.body
            else:
                take(heard, None)

    for reading in workers.map(read, bodies()):
        ttl = reading.ttl_minutes if isinstance(reading, Reading) else 0
        yield replace(handed.popleft(), ttl_minutes=ttl), reading


def _is_known(id: str, printed: str, errand: Errand) -> bool:
    """Is the body the one that was read last: then it holds nothing new, whatever its validators say."""
    visit = errand.visits.get(id)
    return visit is not None and visit.body == printed and id in errand.logged


def _answer(
    source: Source, before: Visit, response: Response, reading: Reading | Failed | None,
    news: int, lines: Sequence[LogLine], environ: Mapping[str, str],
) -> Answer:  # fmt: skip
    """What the run says of a source."""
    moved_to = _proposed(source, response.moved_to or before.moved_to)
    if isinstance(reading, Failed) or response.reason:
        reason = reading.reason if isinstance(reading, Failed) else response.reason
        told = veiled(reason, source, environ) + (TAKE_OUT if response.http == GONE else "")
        return Answer(status="failed", http=response.http, moved_to=moved_to, reason=told)
    told = veiled("; ".join(_remarks(reading or Reading(), lines)), source, environ)
    status: Literal["ok", "not_modified"] = "ok" if reading else "not_modified"
    return Answer(status=status, http=response.http, items=news, moved_to=moved_to, reason=told or None)


def _proposed(source: Source, moved_to: str) -> str | None:
    """The new address of a source, where people may be told to write it down: ${NAME} in it is a secret of ours."""
    return moved_to if moved_to and not holds_secret(source) and may_stand(moved_to) else None


def _remarks(reading: Reading, lines: Sequence[LogLine]) -> Iterator[str]:
    """What a source that answered should still be looked at for."""
    if reading.more:
        yield f"{counted(reading.more, 'item')} behind the first {MOST_ITEMS:,} left out"
    if reading.rejected:
        yield f"{counted(len(reading.rejected), 'item')} left out: {reading.rejected[0].reason}"
    pages = [line.page for line in lines if line.page]
    if failed := [page.reason for page in pages if page.reason]:
        yield f"{len(failed)} of {counted(len(pages), 'page')} not kept: {failed[0]}"
