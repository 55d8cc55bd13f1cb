"""What a site's robots.txt allows (RFC 9309), and what its pages say of being kept."""

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import quote, unquote_to_bytes

from digest.model import record

LARGEST = 512_000  # bytes that are read: the RFC asks for at least 500 KiB
MOST_RULES = 20_000  # for one program: a site has a few hundred at most

AGENT = "digest"  # as a site may name us
NOT_KEPT = frozenset(["noarchive", "nocache"])  # directives: no copy may be kept
NOT_SHOWN = frozenset(["noindex", "none", "nosnippet"])  # nothing of it may be shown

_VALUED = frozenset(["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"])
_SAFE = "/?=&;:@!$'()*+,~#[]"


@record
class _Rule:
    """A path that may or may not be asked."""

    allow: bool
    path: str


@record
class Rules:
    """What a site says to one program, in the order in which it decides: the longest first, of equals the kind."""

    rules: tuple[_Rule, ...] = ()

    def allow(self, path: str) -> bool:
        """Whether this path may be asked, with its query."""
        sought = _plain(path or "/")
        return next((rule.allow for rule in self.rules if _fits(rule.path, sought)), True)


def rules_for(agent: str, robots: bytes) -> Rules:
    """What a robots.txt says to a program of this name."""
    own, others, named = _rules(robots[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff"), agent.casefold())
    said = [rule for rule in dict.fromkeys(own if named else others) if rule.path][:MOST_RULES]
    return Rules(rules=tuple(sorted(said, key=lambda rule: (len(rule.path), rule.allow), reverse=True)))


def forbidden(stated: Iterable[str], words: Collection[str], agent: str = AGENT) -> str:
    """The first of these directives that is said to all or to us; `stated` are X-Robots-Tag headers, one each.

    A name and a colon before directives say whom those that follow concern.
    """
    for header in stated:
        concerns = True
        for part in header.casefold().split(","):
            first, colon, rest = (text.strip() for text in part.partition(":"))
            if colon and first not in _VALUED:
                concerns = first in (agent, "*")
            directive = rest if colon else first
            if concerns and directive in words:
                return directive
    return ""


def _rules(text: str, agent: str) -> tuple[list[_Rule], list[_Rule], bool]:
    """The rules for the agent, those for all, and whether any group names the agent."""
    own: list[_Rule] = []
    others: list[_Rule] = []
    agents: set[str] = set()
    named = heading = False
    for key, value in _lines(text):
        if key == "user-agent":
            agents = (agents if heading else set()) | {_token(value)}
            named, heading = named or agent in agents, True
        elif key in ("allow", "disallow"):
            heading = False
            rule = _Rule(allow=key == "allow", path=_plain(value))
            own += [rule] if agent in agents else []
            others += [rule] if "*" in agents else []
    return own, others, named


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().casefold(), value.strip()


def _token(value: str) -> str:
    """The product token of a user-agent line."""
    match = re.match(r"[A-Za-z_-]+|\*", value)
    return match.group().casefold() if match else ""


def _fits(rule: str, path: str) -> bool:
    """Whether a path begins as a rule says: * is anything, $ at its end is the end."""
    ended, parts = rule.endswith("$"), rule.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1] if ended and len(parts) > 1 else parts[1:]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not ended:
        return True
    return path.endswith(parts[-1]) and len(path) - len(parts[-1]) >= at if len(parts) > 1 else at == len(path)


def _plain(path: str) -> str:
    """A path with only those octets escaped that have to be, so that equal ones are equal."""
    kept = re.sub(r"%(2[FfAa4]|3[Ff])", r"%25\1", path)  # an escaped / * $ or ? is not the character itself
    return quote(unquote_to_bytes(kept), safe=_SAFE).replace("%252", "%2").replace("%253", "%3")
