"""The log of what was fetched: a line is an item as a run saw it → items; and items → lines."""

from digest.codec import from_lines, to_line
from digest.model import LogLine, PageText, RawItem, Reading, Rejected, Source
from digest.refused import Refused

_NO_PAGE = b',"page":null}\n'


def read(data: bytes, source: Source, file: str) -> Reading:
    """Every line of a log; one that cannot be read is rejected by its number."""
    items: list[RawItem] = []
    rejected = Refused()
    for number, line, fault in from_lines(data, LogLine):
        if line is None:
            fault = f"cannot be read: {fault}"
        elif line.v != 1:
            fault = f"its version is {line.v}; this program reads 1"
        elif not (line.uid and (line.title or line.html or line.url)):
            fault = "an item without uid, or without title, text and address"
        else:
            items.append(item_of(line, source, file))
            continue
        rejected.append(Rejected(source_id=source.id, file=file, reason=f"line {number}: {fault}"))
    return Reading(items=tuple(items), rejected=tuple(rejected))


def written(line: LogLine) -> bytes:
    """The line as it stands in the log: of a page it tells only where one was wanted."""
    data = to_line(line)
    return data if line.page else data.removesuffix(_NO_PAGE) + b"}\n"


def to_log(raw: RawItem) -> LogLine:
    """The line that keeps an item, strings as the feed gave them."""
    return LogLine(
        seen_at=raw.seen_at or 0,
        uid=raw.uid,
        url=raw.url or None,
        title=raw.title or None,
        html=raw.html or None,
        author=raw.author or None,
        published=raw.published or None,
        updated=raw.updated or None,
        language=raw.language or None,
    )


def item_of(line: LogLine, source: Source, file: str) -> RawItem:
    """The item that a line keeps."""
    page = line.page or PageText()
    return RawItem(
        source_id=source.id,
        uid=line.uid,
        url=line.url or "",
        title=line.title or "",
        html=page.html or line.html or "",
        author=line.author or "",
        published=line.published or "",
        updated=line.updated or "",
        language=line.language or "",
        seen_at=line.seen_at,
        file=file,
        flaws=(f"page not kept: {page.reason}",) if page.reason else (),
    )
