"""The network → content/fetched/: every source is asked, what is new is added to the log, the run is written down."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path

from digest import __version__
from digest.codec import fingerprint, from_json, from_lines, to_json, to_line
from digest.config import VARIABLE, Config, feed_address, veiled
from digest.errors import ConfigError, FetchError, unknown
from digest.inputs import INPUTS
from digest.inputs.fetched import to_log
from digest.markup import plain
from digest.model import Answer, LogLine, RawItem, Reading, Run, Source, record
from digest.shell import content, log
from digest.shell.web import MEBIBYTE, Limits, Request, Response, ask
from digest.shell.workers import Failed, Workers
from digest.text import shorten

EXTRACT_LENGTH = 1_000  # characters of plain text that `keep = "extract"` keeps
LONGEST_WAIT = 7 * 86_400  # seconds that a server may ask us to stay away
EARLY = 0.1  # of the time between two polls: a daily run is never quite on time
VALIDATORS = "validators.json"


@record
class Visit:
    """What is remembered of the last visit to a source."""

    address: str  # its fingerprint: the validators belong to this address
    asked_at: int
    etag: str = ""
    modified: str = ""
    wait_until: int = 0  # the server wants no question before


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
        visits = _remembered(root)
        due = [source for source in sources if only or _is_due(source, visits.get(source.id), now)]
        run = _Run(root, config, now, environ, progress, visits)
        run.over(due[: limit or None])
        if sources:
            log.append(_month(root, "runs", now), [to_line(Run(run_at=now, sources=run.answers))])
        known = {source.id for source in config.sources}
        log.replace(root / ".digest" / VALIDATORS, to_json({id: one for id, one in visits.items() if id in known}))
    return FetchReport(answers=run.answers)
