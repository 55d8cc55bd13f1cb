"""What a run of the fetcher says of itself: while it goes on, and when it is done."""

from collections.abc import Collection, Mapping
from itertools import islice

from digest.model import Answer, Source, record
from digest.text import counted, shorten

NAMED = 3  # sources that are named as awaited
BAR = 24  # characters
ROWS = 40  # of the table: sources with something to tell
WIDEST = 60  # characters of a remark in the table


@record
class Progress:
    """How far a run is."""

    done: int
    total: int
    failed: int
    new: int
    awaited: int  # sources that have not answered
    names: tuple[str, ...]  # the first of them
    said: str = ""  # what has just come of a source

    @property
    def bar(self) -> str:
        """All of it in a line, for a terminal."""
        full = BAR * self.done // self.total if self.total else BAR
        counts = f"{self.done}/{self.total} done, {self.failed} failed, {self.new} new"
        more = self.awaited - len(self.names)
        names = ", ".join(self.names) + (f" and {more} more" if more else "")
        return f"[{'#' * full}{'.' * (BAR - full)}] {counts}" + (f"; waits for {names}" if names else "")


class Tally:
    """Counts as the answers come in."""

    def __init__(self, asked: Collection[str], known: Mapping[str, Answer]) -> None:
        self._awaited = dict.fromkeys(asked)
        self._total = len(asked) + len(known)
        self._failed = sum(answer.status == "failed" for answer in known.values())
        self._new = 0

    def told(self, source: Source, answer: Answer) -> Progress:
        """How far it is with one answer more."""
        self._awaited.pop(source.id, None)
        self._failed += answer.status == "failed"
        self._new += answer.items
        if answer.status == "failed":  # a warning says why, when the run is done
            return self.stands(f"{source.id}: failed")
        said = "; ".join(filter(None, (f"{answer.items} new", answer.reason)))
        if answer.moved_to and source.publish:
            said += f"; {proposal(answer.moved_to)}"
        return self.stands(f"{source.id}: {said}")

    def stands(self, said: str = "") -> Progress:
        """How far it is."""
        return Progress(
            done=self._total - len(self._awaited),
            total=self._total,
            failed=self._failed,
            new=self._new,
            awaited=len(self._awaited),
            names=tuple(islice(self._awaited, NAMED)),
            said=said,
        )


def proposal(moved_to: str) -> str:
    """What to do about a source that has moved for good."""
    return f"it has moved to {moved_to}: change its url in sources.toml"


@record
class FetchReport:
    """What a run has brought."""

    answers: Mapping[str, Answer]
    not_due: int = 0  # sources that were asked too recently
    moved: tuple[tuple[str, str], ...] = ()  # ids and the new addresses

    @property
    def new(self) -> int:
        """Items added to the log."""
        return sum(answer.items for answer in self.answers.values())

    @property
    def failed(self) -> tuple[tuple[str, str], ...]:
        """The sources that did not answer as they should, with the reason."""
        return tuple((id, one.reason or "") for id, one in self.answers.items() if one.status == "failed")

    @property
    def silence(self) -> str:
        """What to say where no source at all has answered; else empty."""
        if not self.answers or len(self.failed) < len(self.answers):
            return ""
        asked = counted(len(self.answers), "source")
        return f"none answered of {asked}: nothing new was fetched, and what was fetched before stands"

    @property
    def summary(self) -> str:
        """The run in a line."""
        answered = len(self.answers) - len(self.failed)
        said = f"{counted(self.new, 'new item')}; {answered} of {counted(len(self.answers), 'source')} answered"
        left = f"; {self.not_due} not due yet (`digest fetch --source ID` asks at once)"
        return said + left if self.not_due else said

    @property
    def table(self) -> str:
        """The sources with something to tell, one a line; empty where there are none."""
        moved = dict(self.moved)
        telling = [(id, one) for id, one in self.answers.items() if one.items or one.reason or id in moved]
        if not telling:
            return ""
        width = max(len("source"), *(len(id) for id, _ in telling[:ROWS]))
        rows = [f"{'source':<{width}}  {'answer':<12}  {'new':>5}"]
        for id, one in telling[:ROWS]:
            remark = shorten(one.reason or "", WIDEST) if one.status != "failed" else ""  # told with the warnings
            remark = "; ".join(filter(None, (remark, f"moved to {moved[id]}" if id in moved else "")))
            rows.append(f"{id:<{width}}  {one.status.replace('_', ' '):<12}  {one.items:>5}  {remark}".rstrip())
        if len(telling) > ROWS:
            rows.append(f"and {len(telling) - ROWS} more")
        return "\n".join(rows)
