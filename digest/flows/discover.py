"""Which feed stands behind an address: the one named, or one that a web page names; pages as robots.txt allows."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

from digest.config import Config
from digest.errors import FetchError
from digest.flows.fetch import limits_of, read
from digest.inputs.discovery import Named, feeds_of
from digest.model import Reading, Source, record
from digest.robots import allows
from digest.shell.web import Request, Response, ask
from digest.shell.workers import Failed, Workers

AGENT = "digest"  # as robots.txt may name us
MOST_TRIED = 5  # feeds of one page
UNAVAILABLE = range(400, 500)  # HTTP: the site has no robots.txt, and so no rules

_FEEDLIKE = re.compile(r"(?:^|[/._-])(?:feeds?|rss2?|atom|rdf)(?:$|[/._-])|\.(?:xml|rss|atom|rdf|json)$", re.IGNORECASE)


@record
class Discovered:
    """A feed that answered."""

    url: str
    title: str
    language: str
    items: int
    others: tuple[Named, ...] = ()  # that the page names, too


def discover(address: str, config: Config) -> Discovered:
    """The feed at an address, or the first that the page there names and that can be read."""
    feedlike = _FEEDLIKE.search(urlsplit(address).path) is not None
    if not feedlike and not _may_ask(address, config):
        raise FetchError(
            f"{address}: its robots.txt wants no program there: if you know the feed's own address, "
            "put it into content/sources.toml"
        )
    answer = _ask(address, config)
    if answer.reason:
        raise FetchError(f"{address}: {answer.reason}", answer.http)
    url = answer.moved_to or address
    reading = _read(answer.body, url)
    if isinstance(reading, Reading):
        return _found(reading, url)
    named = feeds_of(answer.body, url)
    if not named:
        raise FetchError(f"{address}: {reading.reason}, and as a page it names no feed: look for its feed's address")
    return _first(named, address, config)


def _first(named: list[Named], address: str, config: Config) -> Discovered:
    """The first feed of a page that can be read."""
    reasons = []
    for at, one in enumerate(named[:MOST_TRIED]):
        answer = _ask(one.url, config)
        reading = _read(answer.body, one.url) if answer.body else Failed(reason=answer.reason)
        if isinstance(reading, Reading):
            others = tuple(named[:at] + named[at + 1 :])
            return _found(reading, answer.moved_to or one.url, others)
        reasons.append(f"{one.url}: {reading.reason}")
    raise FetchError(f"{address}: none of the feeds that it names can be read: {'; '.join(reasons)}")


def _found(reading: Reading, url: str, others: tuple[Named, ...] = ()) -> Discovered:
    languages = Counter(item.language for item in reading.items if item.language)
    language = languages.most_common(1)[0][0] if len(languages) == 1 else ""
    title = reading.title.strip() or urlsplit(url).hostname or url
    return Discovered(url=url, title=title, language=language, items=len(reading.items), others=others)


def _may_ask(address: str, config: Config) -> bool:
    """What the site's robots.txt says; where it cannot be reached, nothing may be asked."""
    answer = _ask(urljoin(address, "/robots.txt"), config)
    if answer.http in UNAVAILABLE:
        return True
    if answer.http != 200:  # OK
        raise FetchError(f"{address}: not asked, for its robots.txt cannot be read ({answer.reason}): try later")
    parts = urlsplit(address)
    return allows(answer.body, AGENT, f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")


def _ask(address: str, config: Config) -> Response:
    [answer] = ask([Request(id="", url=address)], limits_of(config))
    return answer


def _read(body: bytes, url: str) -> Reading | Failed:
    """The document as a feed; read in a worker, for it may be anything."""
    with Workers(1) as workers:
        [reading] = workers.map(read, [(Source(id="new", name="", url=url), body)])
    return reading
