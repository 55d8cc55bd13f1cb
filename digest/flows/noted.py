"""What a source has brought, worked out in a worker: it is markup of anybody, and may burn whoever parses it."""

from collections.abc import Mapping, Sequence

from digest.flows.forgotten import Forgotten
from digest.flows.news import cut, news, once_more
from digest.flows.pages import Wanted, id_of, to_ask_again, wanted
from digest.model import LogLine, Reading, Source, record


@record
class Brought:
    """A source's answer, and what the log knows."""

    source: Source
    reading: Reading | None  # None: its document is the one that was read last
    known: Mapping[str, LogLine]  # the newest line of each item that the answer holds, or whose page is missed
    stones: Forgotten
    now: int


@record
class Noted:
    """Lines for the log."""

    fresh: Sequence[LogLine] = ()  # the source's news
    again: Sequence[LogLine] = ()  # of items whose pages are asked again
    pages: Sequence[Wanted] = ()  # all pages to ask, the failed ones first


def brought(
    source: Source, reading: Reading | None, newest: Mapping[str, LogLine], stones: Forgotten, *, now: int
) -> Brought:
    """With no more of the log than is needed: it is handed to another process."""
    held = {item.uid for item in reading.items} if reading else set()
    known = {uid: line for uid, line in newest.items() if uid in held or (source.full_text and to_ask_again(line))}
    return Brought(source=source, reading=reading, known=known, stones=stones, now=now)


# -- in a worker ---------------------------------------------------------------------------------------------------


def note(job: Brought) -> Noted:
    """A source's news, its items whose pages are asked again, and the pages."""
    source, known = job.source, dict(job.known)
    fresh = news(job.reading, source, known, job.stones, now=job.now) if job.reading else []
    if not source.full_text:
        return Noted(fresh=fresh)
    again = once_more(known, source, job.stones, fresh, now=job.now)
    pages = wanted(again, source, {})
    asked = {page.id for page in pages}
    return Noted(
        fresh=fresh,
        again=[line for line in again if id_of(source, line) in asked],
        pages=[*pages, *wanted(fresh, source, known)],
    )


def cut_all(lines: Sequence[LogLine]) -> list[LogLine]:
    """The lines with no more of their text than an extract."""
    return [cut(line) for line in lines]
