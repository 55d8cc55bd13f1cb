"""The network → content/fetched/: every source is asked, what is new is added to the log, the run is written down."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from digest import __version__
from digest.codec import from_lines, to_line
from digest.config import Config, feed_address, holds_secret, veiled
from digest.errors import ConfigError, FetchError, unknown
from digest.flows.forgotten import Forgotten, forgotten
from digest.flows.visits import Visit, is_due, remember, remembered, request, visited
from digest.inputs import INPUTS
from digest.inputs.fetched import to_log
from digest.markup import plain
from digest.model import Answer, LogLine, Reading, Run, Source, record
from digest.shell import content, log
from digest.shell.web import MEBIBYTE, Limits, Request, Response, ask
from digest.shell.workers import Failed, Workers
from digest.text import shorten

EXTRACT_LENGTH = 1_000  # characters of plain text that `keep = "extract"` keeps
GONE = 410  # HTTP


@record
class Errand:
    """What a run goes by."""

    root: Path
    config: Config
    now: int
    environ: Mapping[str, str]
    visits: Mapping[str, Visit]  # the last ones
    forgotten: Forgotten = Forgotten()

    def file(self, name: str) -> Path:
        """The log's file of this month."""
        return self.root / "content" / "fetched" / name / f"{datetime.fromtimestamp(self.now, UTC):%Y-%m}.jsonl"


@record
class FetchReport:
    """What a run has brought."""

    answers: Mapping[str, Answer]

    @property
    def new(self) -> int:
        """Items added to the log."""
        return sum(answer.items for answer in self.answers.values())

    @property
    def failed(self) -> tuple[tuple[str, str], ...]:
        """The sources that did not answer as they should, with the reason."""
        return tuple((id, one.reason or "") for id, one in self.answers.items() if one.status == "failed")

    @property
    def summary(self) -> str:
        """The run in a line."""
        answered = len(self.answers) - len(self.failed)
        return f"{self.new} new items; {answered} of {len(self.answers)} sources answered"


def fetch(
    root: Path,
    config: Config,
    *,
    now: int,
    environ: Mapping[str, str],
    progress: Callable[[str], None],
    only: tuple[str, ...] = (),
    limit: int = 0,
) -> FetchReport:
    """Asks the sources (`only` these, at most `limit` of them) and adds what is new to the log."""
    sources = _chosen(config.sources, only)
    with log.locked(root / ".digest" / "fetch.lock", "fetch"):
        before = remembered(root)
        due = [source for source in sources if only or is_due(source, before.get(source.id), now)]
        errand = Errand(root=root, config=config, now=now, environ=environ, visits=before, forgotten=forgotten(root)[0])
        answers, visits = _run(due[: limit or None], errand, progress)
        if sources:
            log.append(errand.file("runs"), [to_line(Run(run_at=now, sources=answers))])
        known = {source.id for source in config.sources}
        remember(root, {id: visit for id, visit in {**before, **visits}.items() if id in known})
    return FetchReport(answers=answers)


def _chosen(sources: Iterable[Source], only: tuple[str, ...]) -> list[Source]:
    """The sources that can be asked; those named, where some are."""
    asked = {source.id: source for source in sources if source.url}
    if strange := [id for id in only if id not in asked]:
        raise ConfigError([f"--source {unknown('source', id, asked)}" for id in strange])
    return [source for id, source in asked.items() if not only or id in only]


def _run(
    sources: Iterable[Source], errand: Errand, progress: Callable[[str], None]
) -> tuple[dict[str, Answer], dict[str, Visit]]:
    """What each source answered, in their order, and the visits to remember; what is new is in the log."""
    by_id = {source.id: source for source in sources}
    requests, answers = _requests(by_id.values(), errand)
    visits: dict[str, Visit] = {}
    with Workers() as workers:
        for response, reading in _readings(ask(list(requests.values()), limits_of(errand.config)), by_id, workers):
            id = response.id
            news = _news(reading, by_id[id], errand) if isinstance(reading, Reading) else []
            log.append(errand.file(id), [to_line(line) for line in news])
            answers[id] = answer = _answer(by_id[id], response, reading, len(news), errand.environ)
            visits[id] = visited(requests[id], errand.visits.get(id), response, answer, errand.now)
            progress(_told(by_id[id], answer))
    return {id: answers[id] for id in by_id}, visits


def _told(source: Source, answer: Answer) -> str:
    """What came of a source, in a line."""
    said = answer.reason or f"{answer.items} new"
    if answer.moved_to and source.publish:
        said += f"; it has moved to {answer.moved_to}: change its url in sources.toml"
    return f"{source.id}: {said}"


def _requests(sources: Iterable[Source], errand: Errand) -> tuple[dict[str, Request], dict[str, Answer]]:
    """The questions, and the failures of sources that cannot be asked."""
    logged = set(content.fetched_sources(errand.root))
    requests: dict[str, Request] = {}
    answers: dict[str, Answer] = {}
    for source in sources:
        try:
            address = feed_address(source, errand.environ)
            requests[source.id] = request(source.id, address, errand.visits.get(source.id), errand.now)
        except FetchError as fault:
            answers[source.id] = Answer(status="failed", reason=str(fault))
        else:
            if source.id not in logged:  # what the validators stand for is gone: it is wanted whole
                requests[source.id] = Request(id=source.id, url=address)
    return requests, answers


def limits_of(config: Config) -> Limits:
    """How addresses may be asked."""
    return Limits(
        agent=f"digest/{__version__}" + (f" (+{config.contact})" if config.contact else ""),
        timeout_seconds=config.timeout_seconds,
        max_bytes=int(config.max_mebibytes * MEBIBYTE),
        per_host=config.per_host,
        allow_private=config.allow_private,
    )


def read(job: tuple[Source, bytes]) -> Reading:
    """What a document holds; runs in a worker."""
    source, data = job
    return INPUTS["feed"](data, source, "")


def _readings(
    responses: Iterable[Response], sources: Mapping[str, Source], workers: Workers
) -> Iterator[tuple[Response, Reading | Failed | None]]:
    """Each response with what its body holds, and then those without a body; the network goes on meanwhile."""
    handed: deque[Response] = deque()
    silent: list[Response] = []

    def bodies() -> Iterator[tuple[Source, bytes]]:
        for response in responses:
            if response.body:
                handed.append(replace(response, body=b""))
                yield sources[response.id], response.body
            else:
                silent.append(response)

    for reading in workers.map(read, bodies()):
        yield handed.popleft(), reading
    for response in silent:
        yield response, None


def _newest(root: Path, id: str) -> dict[str, LogLine]:
    """The newest line of each item of a source."""
    documents = (one for one in content.logs(root, f"fetched/{id}") if isinstance(one, content.Document))
    return {line.uid: line for one in documents for _, line, _ in from_lines(one.data, LogLine) if line}


def _news(reading: Reading, source: Source, errand: Errand) -> list[LogLine]:
    """Lines for the items that the log does not hold word for word, by uid; none for what is forgotten."""
    newest = _newest(errand.root, source.id)
    found: dict[str, LogLine] = {}
    for item in filter(lambda item: errand.forgotten.wanted(item, source), reading.items):
        whole = to_log(replace(item, seen_at=errand.now))
        cut = _cut(whole)
        before = newest.get(whole.uid)
        if before is None or replace(before, seen_at=errand.now) not in (
            whole,
            cut,
        ):  # either: `keep` may have been changed
            found[whole.uid] = cut if errand.config.keep == "extract" else whole
    return [found[uid] for uid in sorted(found)]


def _cut(line: LogLine) -> LogLine:
    """The line with no more of its text than an extract."""
    text = plain(line.html or "")
    return replace(line, html=escape(shorten(text, EXTRACT_LENGTH), quote=False)) if line.html else line


def _answer(
    source: Source, response: Response, reading: Reading | Failed | None, new: int, environ: Mapping[str, str]
) -> Answer:
    """What the run says of a source."""
    moved_to = None if holds_secret(source) else response.moved_to or None
    reason = response.reason or (reading.reason if isinstance(reading, Failed) else "")
    if reason:
        said = veiled(reason, source, environ) + (": take it out of sources.toml" if response.http == GONE else "")
        return Answer(status="failed", http=response.http, moved_to=moved_to, reason=said)
    if not isinstance(reading, Reading):
        return Answer(status="not_modified", http=response.http, moved_to=moved_to)
    left_out = f"{len(reading.rejected)} items left out: {reading.rejected[0].reason}" if reading.rejected else None
    return Answer(status="ok", http=response.http, items=new, moved_to=moved_to, reason=left_out)
