"""Bodies and signatures by version, as they are asked for: what the cache has lost is worked out again."""

from collections import OrderedDict
from collections.abc import Callable, Iterable

from digest.flows.prepare import Job, packed, prepare
from digest.model import Article, Body, Prepared, Signature
from digest.shell.state import State

BODIES = 512  # at hand: copies are compared with what their sites have printed of late
SIGNATURES = 150  # at hand: what a text is compared with came shortly before it


class Recall:
    """What is remembered of versions; a version's job is asked for only where something was lost."""

    def __init__(self, state: State, job_of: Callable[[str], Job]) -> None:
        self._state, self._job_of = state, job_of
        self._bodies: dict[str, Body] = {}
        self._signatures: OrderedDict[str, Signature] = OrderedDict()

    def body(self, version: str) -> Body:
        """A version's body."""
        if version not in self._bodies:
            self.fetch_bodies([version])
        return self._bodies[version]

    def fetch_bodies(self, versions: Iterable[str]) -> None:
        """Has these at hand: one question to the cache for many; those that came first make room for them."""
        fresh = [version for version in dict.fromkeys(versions) if version not in self._bodies]
        for version in list(self._bodies)[: max(0, len(self._bodies) + len(fresh) - BODIES)]:
            del self._bodies[version]
        found = self._state.bodies(fresh)
        self._bodies |= {one: found.get(one) or self._again(one).body for one in fresh}

    def signature(self, article: Article) -> Signature:
        """What an article is compared by."""
        version, known = article.version, self._signatures
        if version not in known:
            self.fetch_signatures([article])
        known.move_to_end(version)
        return known[version]

    def fetch_signatures(self, articles: Iterable[Article]) -> None:
        """Has these at hand: one question to the cache for many; those not asked for of late make room for them."""
        fresh = [one.version for one in articles if one.version not in self._signatures]
        found = self._state.signatures(fresh)
        self._signatures.update((one, found.get(one) or self._again(one).signature) for one in fresh)
        for _ in range(len(self._signatures) - SIGNATURES):
            self._signatures.popitem(last=False)

    def _again(self, version: str) -> Prepared:
        """Works out what the cache has lost, and keeps it."""
        prepared = prepare(self._job_of(version))
        self._state.remember([packed(prepared)])
        return prepared
