"""How a source is asked again: with what its last answer left us, not too soon, and not where it does not want us."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from digest import __version__
from digest.codec import fingerprint, from_json, sealed, to_json, unsealed
from digest.errors import FetchError
from digest.model import Answer, Source, record
from digest.shell import log
from digest.shell.web import Request, Response

GONE = 410  # HTTP
DAY = 86_400  # seconds
LONGEST_WAIT = 7 * DAY  # that a server may ask us to stay away
LONGEST_TTL = DAY  # that a feed may ask us to stay away
FIRST_REST = 3_600  # seconds after a second failure in a row; twice as long after each further one
LONGEST_REST = DAY  # a daily run asks always
WHOLE_EVERY = 7 * DAY  # a server that says "not modified" is not believed for longer
EARLY = 0.1  # of the time between two polls: a daily run is never quite on time
JITTER = 0.1  # of it, once more: what was asked in one run need not be asked in one run for ever
FILE = "validators"  # in .digest: a cache


@record
class Visit:
    """What is remembered of the last visits to a source."""

    address: str  # its fingerprint: all this belongs to this address
    asked_at: int = 0
    answered_at: int = 0  # the last time it did
    whole_at: int = 0  # the last time with a body
    etag: str = ""
    modified: str = ""
    body: str = ""  # fingerprint of the last body that could be read, and of the program that read it
    lies: bool = False  # its validators stood while its items changed
    moved_to: str = ""  # where permanent redirects led
    ttl_minutes: int = 0  # what the feed itself asks for
    failures: int = 0  # in a row
    gone: bool = False
    missed: bool = False  # some of its items' pages are to be asked again
    wait_until: int = 0  # the server wants no question before


def remembered(root: Path, cache_key: str) -> dict[str, Visit]:
    """The last visits; none where the cache is lost, damaged, or sealed under another key."""
    try:
        return from_json(unsealed(log.read(root / ".digest" / FILE), FILE, cache_key) or b"{}", dict[str, Visit])
    except ValueError:
        return {}


def remember(root: Path, visits: Mapping[str, Visit], cache_key: str) -> None:
    """Keeps the visits for the next run."""
    log.replace(root / ".digest" / FILE, sealed(to_json(visits), FILE, cache_key))


def is_due(source: Source, visit: Visit | None, now: int) -> bool:
    """Is it time to ask the source: by its poll_minutes, else the feed's own ttl; a failing one rests ever longer."""
    if visit is None or visit.asked_at > now:  # a clock that was set back
        return True
    early = 1 - EARLY - JITTER * _chance(source.id, visit.asked_at)
    if visit.failures:
        return now - visit.asked_at >= _rest(visit.failures) * early
    return now - visit.answered_at >= (source.poll_minutes * 60 or min(visit.ttl_minutes * 60, LONGEST_TTL)) * early


def _rest(failures: int) -> int:
    """Seconds that a source rests after so many failures in a row: none after the first."""
    return min(FIRST_REST * 2 ** min(failures - 2, 20), LONGEST_REST) if failures > 1 else 0


def _chance(*values: object) -> float:
    """A number from 0 to 1, the same for the same values."""
    return int(fingerprint(*values), 16) / 2**64


def request(id: str, address: str, visit: Visit | None, now: int, *, whole: bool) -> Request:
    """The question to a source, without conditions where it is wanted whole; raises where it is not to be asked."""
    if visit is None:
        return Request(id=id, url=address)
    if now < visit.wait_until <= now + LONGEST_WAIT:  # what is later is none of ours
        until = datetime.fromtimestamp(visit.wait_until, UTC)
        raise FetchError(f"not asked: the server wants no question before {until:%Y-%m-%d %H:%M} UTC")
    url = visit.moved_to or address
    if whole or visit.lies or now - visit.whole_at >= WHOLE_EVERY:
        return Request(id=id, url=url)
    return Request(id=id, url=url, etag=visit.etag, modified=visit.modified)


@record
class Heard:
    """What one visit has brought."""

    response: Response  # without its body
    body: str = ""  # the body's fingerprint
    ttl_minutes: int = 0
    missed: bool = False  # pages have failed that are to be asked again


def body_print(body: bytes) -> str:
    """What stands for a body as this program reads it."""
    return fingerprint(__version__, body)


def visited(before: Visit, heard: Heard, answer: Answer, now: int, *, may_move: bool) -> Visit:
    """What is remembered: validators only of what was read, a new address only where it may be written down."""
    response = heard.response
    if answer.status == "failed":
        return replace(
            before,
            asked_at=now,
            failures=before.failures + 1,
            gone=response.http == GONE,
            moved_to="",  # perhaps the old address is right again
            wait_until=_wait_until(response.retry_after, now),
        )
    answered = replace(
        before,
        asked_at=now,
        answered_at=now,
        moved_to=(response.moved_to if may_move else "") or before.moved_to,
        failures=0,
        gone=False,
        missed=heard.missed,
        wait_until=0,
    )
    if not heard.body:
        return answered
    given, stood = (response.etag, response.modified), (before.etag, before.modified)
    return replace(
        answered,
        whole_at=now,
        etag=response.etag,
        modified=response.modified,
        body=heard.body,
        lies=before.lies or (any(given) and given == stood and answer.items > 0),
        ttl_minutes=heard.ttl_minutes if answer.status == "ok" else before.ttl_minutes,
    )


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
