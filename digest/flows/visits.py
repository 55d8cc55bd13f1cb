"""How a source is asked again: with the validators of its last answer, not too soon, not where it asked us to wait."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from digest.codec import fingerprint, from_json, to_json
from digest.errors import FetchError
from digest.model import Answer, Source, record
from digest.shell import log
from digest.shell.web import Request, Response

LONGEST_WAIT = 7 * 86_400  # seconds that a server may ask us to stay away
EARLY = 0.1  # of the time between two polls: a daily run is never quite on time
FILE = "validators.json"  # in .digest: a cache


@record
class Visit:
    """What is remembered of the last visit to a source."""

    address: str  # its fingerprint: the validators belong to this address
    answered_at: int = 0  # the last time it did
    etag: str = ""
    modified: str = ""
    wait_until: int = 0  # the server wants no question before


def remembered(root: Path) -> dict[str, Visit]:
    """The last visits; none where the cache is lost or damaged."""
    try:
        return from_json(log.read(root / ".digest" / FILE), dict[str, Visit])
    except ValueError:
        return {}


def remember(root: Path, visits: Mapping[str, Visit]) -> None:
    """Keeps the visits for the next run."""
    log.replace(root / ".digest" / FILE, to_json(visits))


def is_due(source: Source, visit: Visit | None, now: int) -> bool:
    """Is it time to poll the source."""
    return visit is None or now - visit.answered_at >= source.poll_minutes * 60 * (1 - EARLY)


def request(id: str, address: str, visit: Visit | None, now: int) -> Request:
    """The question to a source, with the validators of its last answer; raises where it is too soon to ask."""
    if visit is None or visit.address != fingerprint(address):
        return Request(id=id, url=address)
    if visit.wait_until > now:
        until = datetime.fromtimestamp(visit.wait_until, UTC)
        raise FetchError(f"not asked: the server wants no question before {until:%Y-%m-%d %H:%M} UTC")
    return Request(id=id, url=address, etag=visit.etag, modified=visit.modified)


def visited(asked: Request, before: Visit | None, response: Response, answer: Answer, now: int) -> Visit:
    """What is remembered: validators only of what was read."""
    address = fingerprint(asked.url)
    if before is None or before.address != address:
        before = Visit(address=address)
    if answer.status == "failed":
        return replace(before, wait_until=_wait_until(response.retry_after, now))
    if answer.status == "not_modified":
        return replace(before, answered_at=now, wait_until=0)
    return Visit(address=address, answered_at=now, etag=response.etag, modified=response.modified)


def _wait_until(retry_after: str, now: int) -> int:
    """When the server may be asked again; 0 where it does not say so, or not so that we can read it."""
    if re.fullmatch(r"\d{1,18}", retry_after):
        at = now + int(retry_after)
    else:
        try:
            at = int(parsedate_to_datetime(retry_after).timestamp())
        except (ValueError, TypeError, OverflowError):
            return 0
    return min(at, now + LONGEST_WAIT) if at > now else 0
