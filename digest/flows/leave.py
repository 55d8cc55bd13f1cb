"""Pages are asked as their sites' robots.txt allows, at every redirect anew; each robots.txt is asked once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from digest.model import record
from digest.robots import AGENT, Rules, rules_for
from digest.shell.turns import Limits, Spent
from digest.shell.web import EMPTY, MAX_REDIRECTS, PERMANENT, UNREACHED, Request, Response, ask

OK = 200  # HTTP
UNAVAILABLE = frozenset(range(400, 500)) - {429}  # HTTP: the site has no robots.txt, and so no rules
ROBOTS = "robots.txt"
NOT_ALLOWED = f"its site's {ROBOTS} wants no program there"


@record
class _Said:
    """What a site's robots.txt says, or why that is not known: then nothing may be asked."""

    rules: Rules = Rules()
    fault: str = ""

    def refusal(self, url: str) -> str:
        """Why the address may not be asked; empty: it may."""
        if self.fault:
            return self.fault
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        return "" if self.rules.allow(path) else NOT_ALLOWED


class Leave:
    """What the sites met so far allow."""

    def __init__(self, limits: Limits) -> None:
        self._limits = replace(limits, rests_first=True)  # one set of questions follows another
        self._said: dict[str, _Said] = {}
        self._spent: Spent = defaultdict(float)

    def ask(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Response]]:
        """Each request, as it stood at the end of its redirects, with its response; in any order."""
        going = {request.id: replace(request, follow=False) for request in requests}
        moved = dict.fromkeys(going, True)  # by permanent redirects only
        for hop in range(MAX_REDIRECTS + 1):
            self._learn(request.url for request in going.values())
            refused = {id: said for id, one in going.items() if (said := self._refusal(one.url))}
            yield from (
                (going[id], Response(id=id, reason=said, passes=said != NOT_ALLOWED)) for id, said in refused.items()
            )
            onward: dict[str, Request] = {}
            for response in ask([one for id, one in going.items() if id not in refused], self._limits, self._spent):
                request = going[response.id]
                if response.redirect:
                    moved[response.id] = moved[response.id] and response.http in PERMANENT
                    onward[response.id] = replace(request, url=response.redirect)
                else:
                    yield request, replace(response, moved_to=request.url if hop and moved[response.id] else "")
            going = onward
        yield from (
            (one, Response(id=id, reason=f"redirects more than {MAX_REDIRECTS} times")) for id, one in going.items()
        )

    def _learn(self, urls: Iterable[str]) -> None:
        """Asks the robots.txt of sites that are met for the first time."""
        sites = {_site(url) for url in urls} - self._said.keys()
        for answer in ask(
            [Request(id=site, url=f"{site}/{ROBOTS}") for site in sorted(sites)], self._limits, self._spent
        ):
            self._said[answer.id] = _read(answer)

    def _refusal(self, url: str) -> str:
        return self._said[_site(url)].refusal(url)


def _site(url: str) -> str:
    """Scheme, host and port: robots.txt is each one's own."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _read(answer: Response) -> _Said:
    if answer.body or answer.http in UNAVAILABLE or (answer.http == OK and answer.reason == EMPTY):
        return _Said(rules=rules_for(AGENT, answer.body))
    if answer.reason in UNREACHED:  # so would the address itself have fared
        return _Said(fault=answer.reason)
    return _Said(fault=f"not asked, for its site's {ROBOTS} cannot be read ({answer.reason})")
