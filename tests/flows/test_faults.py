"""Whatever servers do, a run ends in time, says of each source what came of it, and asks nobody it should not."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.codec import from_lines
from digest.config import Config
from digest.flows.fetch import fetch
from digest.flows.tally import FetchReport
from digest.model import LogLine, Source
from tests.misbehaving import TITLE, Case, cases, put_up
from tests.server import Server, serving

MONDAY = 1_795_413_600  # 2026-11-23 06:00 UTC
TIMEOUT = 1.5  # seconds
NAMES = [case.path for case in cases(Server(), Server())]


@dataclass
class Seen:
    """What two runs over all cases have left."""

    root: Path
    server: Server
    canary: Server
    table: dict[str, Case]
    reports: list[FetchReport] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def lines(self, id: str) -> list[LogLine]:
        path = self.root / "content" / "fetched" / id / "2026-11.jsonl"
        return [line for _, line, _ in from_lines(path.read_bytes(), LogLine) if line] if path.exists() else []


def _id(path: str) -> str:
    return path.strip("/")


@pytest.fixture(name="seen", scope="module")
def _seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    with serving() as server, serving() as canary:
        table = {case.path: case for case in cases(server, canary)}
        put_up(server, table)
        seen = Seen(tmp_path_factory.mktemp("faults"), server, canary, table)
        config = Config(
            title="desk",
            sources=tuple(Source(id=_id(path), name=path, url=server.url(path)) for path in table),
            allow_private=(server.host,),
            timeout_seconds=TIMEOUT,
            max_mebibytes=1.0,
            per_host=64,
        )
        for at in (MONDAY, MONDAY + 60):
            began = time.monotonic()
            seen.reports.append(fetch(seen.root, config, now=at, environ={}, progress=lambda at: None))
            seen.seconds.append(time.monotonic() - began)
        yield seen


def test_every_source_is_accounted_for_and_the_run_ends_in_time(seen):
    for report in seen.reports:
        assert report.answers.keys() == {_id(path) for path in seen.table}
    assert max(seen.seconds) < 30


def test_nobody_else_is_asked(seen):
    assert seen.canary.asked == []


def test_nothing_of_a_server_reaches_the_terminal_raw(seen):
    for report in seen.reports:
        assert all((answer.reason or "").isprintable() for answer in report.answers.values())
        assert report.table.replace("\n", "").isprintable()


@pytest.mark.parametrize("path", NAMES)
def test_each_fault(seen, path):
    case, id = seen.table[path], _id(path)
    first, second = (report.answers[id] for report in seen.reports)
    lines = seen.lines(id)
    if case.becomes == "read":
        assert (first.status, first.items, second.items) == ("ok", 1, 1 if path == "/rewrites" else 0)
        assert {line.title for line in lines} == {TITLE}
        assert len({line.uid for line in lines}) == 1
    elif case.becomes == "refused":
        assert (first.status, second.status, lines) == ("failed", "failed", [])
        assert first.reason
    asked = seen.server.headers(path)
    assert len(asked) <= case.most_asked
    if case.again == "conditional":
        assert second.status == "not_modified"
        assert {"if-none-match", "if-modified-since"} & asked[1].keys()
    elif case.again == "not asked":
        assert len(asked) == 1
    elif case.again == "no cookie":
        assert all("cookie" not in headers for headers in asked)
    elif case.again == "no credentials":
        assert all("authorization" not in headers for headers in asked)
