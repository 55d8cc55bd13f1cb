"""Which feed stands behind an address: the one named, or one that a web page names; pages as robots.txt allows."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlsplit

from digest.config import Config
from digest.config.values import may_stand
from digest.errors import FetchError
from digest.flows.fetch import limits_of, read
from digest.flows.leave import ROBOTS, Leave
from digest.inputs.discovery import Named, feeds_of
from digest.model import Reading, Source, record
from digest.robots import NOT_KEPT, forbidden
from digest.shell.web import Request, Response, ask
from digest.shell.workers import Failed, Workers
from digest.urls import absolute

J = TypeVar("J")
R = TypeVar("R")

MOST_TRIED = 5  # feeds of one page
MOST_NAMED = 20  # of them that are told

_NAMES_OURS = "it has moved to an address that cannot stand in sources.toml"  # where ${NAME} would be a secret of ours
_FEEDLIKE = re.compile(r"(?:^|[/._-])(?:feeds?|rss2?|atom|rdf)(?:$|[/._-])|\.(?:xml|rss|atom|rdf|json)$", re.IGNORECASE)


@record
class Discovered:
    """A feed that answered."""

    url: str
    title: str
    language: str
    items: int
    others: tuple[Named, ...] = ()  # that the page names, too
    more: int = 0  # that it names beside these


def discover(address: str, config: Config) -> Discovered:
    """The feed at an address, or the first that the page there names and that can be read."""
    given, address = address, absolute(address, "")
    if not address:
        raise FetchError(f"{given}: not an http address")
    leave, limits = Leave(limits_of(config)), limits_of(config)
    if _FEEDLIKE.search(urlsplit(address).path):  # named by the user, as a feed
        [answer] = ask([Request(id="", url=address)], limits)
    else:
        answer = _asked(address, leave)
    if answer.reason:
        advice = ": if you know the feed's own address, put it into content/sources.toml"
        raise FetchError(f"{address}: {answer.reason}{advice if ROBOTS in answer.reason else ''}", answer.http)
    url = answer.moved_to or address
    if url != address and not may_stand(url):
        raise FetchError(f"{address}: {_NAMES_OURS}")
    reading = _read(answer.body, url)
    if isinstance(reading, Reading):
        return _found(reading, url)
    named = _apart(page_feeds, (answer.body, url))
    if isinstance(named, Failed) or not named:
        fault = f"cannot be read: {named.reason}" if isinstance(named, Failed) else "names no feed"
        raise FetchError(f"{address}: {reading.reason}, and as a page it {fault}: look for its feed's address")
    return replace(_first(named[:MOST_NAMED], address, leave), more=max(0, len(named) - MOST_NAMED))


def _first(named: list[Named], address: str, leave: Leave) -> Discovered:
    """The first feed of a page that may be kept and can be read."""
    reasons = []
    for at, one in enumerate(named[:MOST_TRIED]):
        answer = _asked(one.url, leave)
        said = forbidden(answer.robots, NOT_KEPT)
        fault = answer.reason or (f"it says {said}: if you may keep it, add it by its own address" if said else "")
        fault = fault or ("" if may_stand(answer.moved_to or one.url) else _NAMES_OURS)
        reading = Failed(reason=fault) if fault else _read(answer.body, one.url)
        if isinstance(reading, Reading):
            others = tuple(named[:at] + named[at + 1 :])
            return _found(reading, answer.moved_to or one.url, others)
        reasons.append(f"{one.url}: {reading.reason}")
    raise FetchError(f"{address}: none of the feeds that it names can be read: {'; '.join(reasons)}")


def _asked(address: str, leave: Leave) -> Response:
    [(_, answer)] = leave.ask([Request(id="", url=address)])
    return answer


def _found(reading: Reading, url: str, others: tuple[Named, ...] = ()) -> Discovered:
    languages = Counter(item.language for item in reading.items if item.language)
    language = languages.most_common(1)[0][0] if len(languages) == 1 else ""
    title = reading.title.strip() or urlsplit(url).hostname or url
    return Discovered(url=url, title=title, language=language, items=len(reading.items), others=others)


def _read(body: bytes, url: str) -> Reading | Failed:
    """The document as a feed."""
    return _apart(read, (Source(id="new", name="", url=url), body))


def _apart(function: Callable[[J], R], job: J) -> R | Failed:
    """The result of one job in a worker: the document may be anything."""
    with Workers(1) as workers:
        [result] = workers.map(function, [job])
    return result


def page_feeds(job: tuple[bytes, str]) -> list[Named]:
    """The feeds that a page at an address names and that can be written down; runs in a worker."""
    data, address = job
    return [one for one in feeds_of(data, address) if may_stand(one.url)]
