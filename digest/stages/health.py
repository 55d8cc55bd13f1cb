"""How each source has answered, as the log of runs tells it: nothing else is asked, and no clock."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from digest.model import Answer, Health, Run

DAY = 86_400  # seconds
RECENT = 28 * DAY  # the time over which items are counted
GONE = 410  # HTTP

_Visit = tuple[int, Answer]
"""When a source was asked, and what it answered."""


def health_of(runs: Iterable[Run]) -> dict[str, Health]:
    """The health of every source that a run has asked, by its id; the last run is as late as it gets."""
    visits: defaultdict[str, list[_Visit]] = defaultdict(list)
    last = 0
    for run in sorted(runs, key=lambda run: run.run_at):
        last = run.run_at
        for id, answer in run.sources.items():
            visits[id].append((run.run_at, answer))
    return {id: _health(own, last) for id, own in visits.items()}


def _health(visits: Sequence[_Visit], last: int) -> Health:
    """The health of one source, from its visits in the order of time."""
    good = [at for at, answer in visits if answer.status != "failed"]
    bad = [(at, answer) for at, answer in visits if answer.status == "failed"]
    news = [at for at, answer in visits if answer.items]
    failing = [at for at, _ in bad if at > (good[-1] if good else 0)]
    at_end = visits[-1][1]
    return Health(
        first_at=visits[0][0],
        success_at=good[-1] if good else None,
        failure_at=bad[-1][0] if bad else None,
        failure=(bad[-1][1].reason or "failed") if bad else "",
        failing_since=failing[0] if failing else None,
        news_at=news[-1] if news else None,
        items_a_day=_items_a_day(visits, last),
        days_silent=(last - (news[-1] if news else visits[0][0])) // DAY,
        moved_to=at_end.moved_to or "",
        is_gone=at_end.http == GONE and at_end.status == "failed",
    )


def _items_a_day(visits: Sequence[_Visit], last: int) -> float | None:
    """New items a day of late; what the first visit brought had come together before. None within the first day."""
    since = max(visits[0][0], last - RECENT)
    if last - since < DAY:
        return None
    items = sum(answer.items for at, answer in visits[1:] if at > since)
    return round(items * DAY / (last - since), 2)
