"""What a reading brings that the log does not hold: lines for it, without what is forgotten."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from digest.codec import fingerprint, from_lines
from digest.dates import read_moment
from digest.flows.forgotten import Forgotten
from digest.flows.pages import to_ask_again
from digest.inputs.fetched import item_of, to_log
from digest.markup import plain, shallow
from digest.model import LogLine, RawItem, Reading, Source
from digest.shell import content
from digest.stages.embeds import cut_posts, put_back
from digest.text import shorten

EXTRACT_LENGTH = 1_000  # characters of plain text that `keep = "extract"` keeps, posts included


def newest(root: Path, id: str) -> dict[str, LogLine]:
    """The newest line of each item of a source."""
    documents = (one for one in content.logs(root, f"fetched/{id}") if isinstance(one, content.Document))
    return {line.uid: line for one in documents for _, line, _ in from_lines(one.data, LogLine) if line}


def news(reading: Reading, source: Source, known: dict[str, LogLine], stones: Forgotten, *, now: int) -> list[LogLine]:
    """Lines for the items that the log does not hold word for word, by uid; none for what is forgotten."""
    found: dict[str, LogLine] = {}
    for item in _latest([item for item in reading.items if stones.wanted(item, source)], source):
        whole = replace(item, seen_at=now)
        line = to_log(replace(whole, html=_without_forgotten(item.html, stones)))
        before = known.get(line.uid)
        if before is None or replace(before, seen_at=now, page=None) not in _forms(to_log(whole), line):
            found[line.uid] = line
    return [found[uid] for uid in sorted(found)]


def _latest(items: Sequence[RawItem], source: Source) -> Iterator[RawItem]:
    """Of the versions of an article that one reading holds the last published: the log would take turns with them."""
    order = source.date_order or "DMY"

    def stated(item: RawItem) -> tuple[int, ...]:
        moments = (read_moment(text, order=order) for text in (item.published or item.updated, item.updated))
        return tuple(moment.at if moment else 0 for moment in moments)

    versions: defaultdict[str, list[RawItem]] = defaultdict(list)
    for item in items:
        versions[item.uid].append(item)
    return (each[0] if len(each) == 1 else max(each, key=stated) for each in versions.values())


def once_more(
    known: dict[str, LogLine], source: Source, stones: Forgotten, fresh: Sequence[LogLine], *, now: int
) -> list[LogLine]:
    """The lines of items that are not news, whose pages are asked again; by uid, without what is forgotten."""
    new = {line.uid for line in fresh}
    failed = [known[uid] for uid in sorted(known) if uid not in new and to_ask_again(known[uid])]
    wanted = [line for line in failed if stones.wanted(item_of(line, source, ""), source)]
    return [replace(line, seen_at=now, html=_without_forgotten(line.html or "", stones) or None) for line in wanted]


def _forms(*lines: LogLine) -> Iterator[LogLine]:
    """How the log may hold an item: `keep` may have been changed, and what is forgotten come in before."""
    for line in lines:
        yield line
        yield cut(line)


def _without_forgotten(html: str, stones: Forgotten) -> str:
    """The HTML without the posts that are forgotten; as it is, where it embeds none."""
    if not stones.posts:
        return html
    mark = _mark(html)
    marked, cuts = cut_posts(html, mark)
    if all(stones.keeps(cut.post) for cut in cuts):
        return html
    return put_back(marked, mark, (cut.html if stones.keeps(cut.post) else "" for cut in cuts))


def cut(line: LogLine) -> LogLine:
    """The line with no more of its text than an extract."""
    page = replace(line.page, html=_extract(line.page.html)) if line.page and line.page.html else line.page
    return replace(line, html=_extract(line.html) if line.html else line.html, page=page)


def _extract(html: str) -> str:
    """The first characters of the text; the posts among them stay what they are, for they may be forgotten later."""
    html = shallow(html)
    mark = _mark(html)
    marked, cuts = cut_posts(html, mark)
    kept, left = "", EXTRACT_LENGTH
    for at, piece in enumerate(marked.split(mark)):
        if at:
            left -= len(cuts[at - 1].post.text)
            if left < 0:
                break
            kept += cuts[at - 1].html
        text = plain(piece)
        said = shorten(text, left)
        kept, left = kept + escape(said, quote=False), left - len(said)
        if said != text:
            break
    return kept


def _mark(html: str) -> str:
    """What stands for a post: nobody can write the hash of his own text into it."""
    return f"digest-post-{fingerprint(html)}"
