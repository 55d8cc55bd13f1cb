"""The pages of new items whose feed gives a blurb only: asked as their sites allow, read in workers under limits."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import repeat

from digest.codec import fingerprint
from digest.encodings import decode
from digest.errors import ConfigError, InputError
from digest.flows.forgotten import Forgotten
from digest.flows.leave import Leave
from digest.inputs.page import EXTRA, article_of, is_installed, stated, unwrapped
from digest.markup import absolute_links, plain, shallow
from digest.model import LogLine, PageText, Source, record
from digest.robots import NOT_KEPT, NOT_SHOWN, forbidden
from digest.shell.turns import Limits
from digest.shell.web import Request, Response
from digest.shell.workers import Failed, Workers
from digest.stages.embeds import cut_posts
from digest.text import words
from digest.urls import absolute

ENDING = 200  # characters at a text's end, where it may be broken off
BLURB = 150  # words: a feed's text with fewer may be a blurb
MOST_PAGES = 100  # of one source in one run: a feed may name pages of others without end
SHARED = 1 / 3  # of the words of title and blurb that the page's article must have, else it is another text
GIVES_UP_AFTER = 3  # failures of one host in a row; pages of one source that no worker could read
HOST_SECONDS = 120  # that one host's answers may take in one run: the rest is asked in the next
MOST_AGAIN = 3  # times that a page is asked again, in as many runs, where it fails for a reason that may pass
ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
UNCHANGED = 304  # HTTP
TO_MEND = f"pip install '{EXTRA}', or take full_text = true out"

_BROKEN_OFF = re.compile(r"(?:…|\.\.\.)\W*$|[\[(](?:…|\.\.\.)[\])]")  # in the last: "[…] Read on at …"


@record
class Wanted:
    """A page, for a new line of the log."""

    id: str  # of the line: its source and uid
    source_id: str
    url: str
    title: str  # plain, as the feed has it
    blurb: str  # plain
    before: PageText | None = None  # what the page held when the item was seen last
    failures: int = 0  # so often it was asked in vain

    @property
    def key(self) -> str:
        """The question: items that name one page share it."""
        return fingerprint(self.url, self.before and (self.before.etag, self.before.modified))


@record
class Job:
    """A page to be read for the items that name it."""

    data: bytes
    url: str  # where it was found
    robots: tuple[str, ...]  # X-Robots-Tag
    items: Sequence[Wanted]
    etag: str
    modified: str
    forgotten: Forgotten


def unreadable(sources: Iterable[Source]) -> str:
    """Which sources want pages while the extra that reads them is missing; empty: none."""
    named = [source.id for source in sources if source.full_text]
    return f"full_text of {', '.join(named)}: what reads pages is not installed" if named and not is_installed() else ""


def refuse_unreadable(sources: Iterable[Source]) -> None:
    """Raises where pages cannot be read: an item is fetched once, and would never get its text."""
    if said := unreadable(sources):
        raise ConfigError([f"content/sources.toml: {said}: {TO_MEND}"])


def wanted(lines: Sequence[LogLine], source: Source, newest: dict[str, LogLine]) -> list[Wanted]:
    """The pages that a source's new lines need."""
    found = []
    for line in lines:
        blurb, url = plain(shallow(line.html or "")), absolute(line.url or "", source.url)
        if url and is_blurb(blurb):
            before = newest.get(line.uid)
            same = before.page if before and before.url == line.url else None
            found.append(
                Wanted(
                    id=id_of(source, line),
                    source_id=source.id,
                    url=url,
                    title=plain(shallow(line.title or "")),
                    blurb=blurb,
                    before=same,
                    failures=line.page.failures if line.page else 0,
                )
            )
    return found


def to_ask_again(line: LogLine) -> bool:
    """Whether a line's page has failed for a reason that may pass, and not too often."""
    return line.page is not None and 0 < line.page.failures <= MOST_AGAIN


def id_of(source: Source, line: LogLine) -> str:
    """What stands for a line in one run."""
    return fingerprint(source.id, line.uid)


def is_blurb(text: str) -> bool:
    """Is a feed's text shorter than an article, or broken off."""
    return len(words(text)) < BLURB or _BROKEN_OFF.search(text[-ENDING:]) is not None


def ask_pages(
    asked: Sequence[Wanted], limits: Limits, forgotten: Forgotten, workers: Workers,
    take: Callable[[Wanted, PageText], None],
) -> None:  # fmt: skip
    """Hands over what each page held, or why it is not there, as soon as that is known."""
    by_key: defaultdict[str, list[Wanted]] = defaultdict(list)
    by_source: Counter[str] = Counter()
    for one in asked:
        by_source[one.source_id] += 1
        if by_source[one.source_id] <= MOST_PAGES:
            by_key[one.key].append(one)
        else:
            take(one, _not_read(one, f"not asked, for the feed named more than {MOST_PAGES} new ones"))
    handed: deque[Job] = deque()
    burnt: Counter[str] = Counter()  # pages of each source that have ended a worker
    limits = replace(limits, gives_up_after=GIVES_UP_AFTER, host_seconds=HOST_SECONDS)

    def jobs() -> Iterator[Job]:
        for request, response in Leave(limits).ask(_request(key, own[0]) for key, own in by_key.items()):
            items = []
            for one in by_key[request.id]:
                if not response.body:
                    take(one, _without(one, response))
                elif burnt[one.source_id] >= GIVES_UP_AFTER:
                    take(one, _not_read(one, f"not read, for {GIVES_UP_AFTER} others of its source could not be"))
                else:
                    items.append(one)
            if items:
                handed.append(_job(items, request, response, forgotten))
                yield handed[-1]

    for texts in workers.map(read, jobs()):
        job = handed.popleft()
        if isinstance(texts, Failed):
            burnt.update({one.source_id for one in job.items})
        for one, text in zip(job.items, repeat(texts) if isinstance(texts, Failed) else texts, strict=False):
            take(one, _held(job, text))


def _not_read(one: Wanted, reason: str) -> PageText:
    """What is known of a page that is left for another run."""
    return PageText(reason=reason, failures=one.failures + 1)


def _held(job: Job, text: str | Failed) -> PageText:
    """What a page held for an item."""
    return PageText(
        html=text if text and isinstance(text, str) else None,
        reason=text.reason if isinstance(text, Failed) else None,
        etag=job.etag or None,
        modified=job.modified or None,
    )


def _request(key: str, one: Wanted) -> Request:
    before = one.before or PageText()
    return Request(id=key, url=one.url, accept=ACCEPT, etag=before.etag or "", modified=before.modified or "")


def _job(items: Sequence[Wanted], request: Request, response: Response, forgotten: Forgotten) -> Job:
    return Job(
        data=response.body,
        url=request.url,
        robots=response.robots,
        items=items,
        etag=response.etag,
        modified=response.modified,
        forgotten=forgotten,
    )


def _without(one: Wanted, response: Response) -> PageText:
    """What is known of a page that was not sent: what it held before, where that still stands."""
    if response.http == UNCHANGED and one.before:
        return one.before
    return PageText(reason=response.reason, failures=one.failures + 1 if response.passes else 0)


# -- in a worker ---------------------------------------------------------------------------------------------------


def read(job: Job) -> Sequence[str | Failed]:
    """What each item gets of its page: the article, nothing where the feed gives as much, or why it may not have it."""
    try:
        article, text = _article(job)
    except InputError as fault:
        return [Failed(reason=str(fault))] * len(job.items)
    found = words(text)
    return [_wanted_of(article, found, one) for one in job.items]


def _wanted_of(article: str, found: Sequence[str], one: Wanted) -> str | Failed:
    known = words(one.blurb)
    if len(found) <= len(known):
        return ""
    sought = {*known, *words(one.title)}
    if sought and len(sought.intersection(found)) < len(sought) * SHARED:
        return Failed(reason="it holds another text: perhaps a login or a question about consent")
    return article


def _article(job: Job) -> tuple[str, str]:
    """The article on a page, with the posts that it embeds as they stand there, and its plain text without them.

    Raises where nothing is to be kept.
    """
    _refuse_kept(job.robots)
    html = decode(job.data)
    _refuse_kept(stated(html))
    mark = f"digestpost{fingerprint(job.data)}"
    marked, cuts = cut_posts(html, mark, whole=True)
    marked = unwrapped(marked, mark) if cuts else marked
    pieces = marked.split(mark)  # numbered, for what frames the article is left out with the posts in it
    numbered = pieces[0] + "".join(f"{mark}n{at}e{piece}" for at, piece in enumerate(pieces[1:]))
    article = article_of(numbered, job.url)
    place = re.compile(rf"(?:<p>\s*)?{mark}n(\d+)e(?:\s*</p>)?")
    kept = [cut.html if job.forgotten.keeps(cut.post) else "" for cut in cuts]
    whole = absolute_links(place.sub(lambda at: kept[int(at[1])], article), job.url)
    return whole, plain(place.sub(" ", article))


def _refuse_kept(said_there: Iterable[str]) -> None:
    if said := forbidden(said_there, NOT_KEPT | NOT_SHOWN):
        raise InputError(f"it says {said}")
