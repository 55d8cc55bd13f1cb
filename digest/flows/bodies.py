"""Bodies by version, as pages and comparisons ask for them: many at once, for each question to the cache costs."""

from collections.abc import Callable, Iterable, Mapping

from digest.flows.prepare import Job, prepare
from digest.model import Body
from digest.shell.state import State

AT_HAND = 512  # copies are compared with what their sites have printed of late


class Bodies:
    """The bodies that are remembered; what the cache has lost is worked out again."""

    def __init__(self, state: State, jobs: Callable[[], Mapping[str, Job]]) -> None:
        self._state, self._jobs = state, jobs
        self._known: dict[str, Body] = {}

    def __call__(self, version: str) -> Body:
        """A version's body."""
        if version not in self._known:
            self.fetch([version])
        return self._known[version]

    def fetch(self, versions: Iterable[str]) -> None:
        """Has these at hand; those that came first make room for them."""
        fresh = [version for version in dict.fromkeys(versions) if version not in self._known]
        for version in list(self._known)[: max(0, len(self._known) + len(fresh) - AT_HAND)]:
            del self._known[version]
        found = self._state.bodies(fresh)
        self._known |= {one: found.get(one) or prepare(self._jobs()[one]).body for one in fresh}
