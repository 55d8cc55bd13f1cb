"""What is read, by kind: feed documents, the log, and article files by their suffix."""

from collections.abc import Callable, Mapping

from digest.inputs import article, feed, fetched, jsonfeed
from digest.model import Reading, Source

Read = Callable[[bytes, Source, str], Reading]
"""(data, source, file) → all that the document holds; raises `InputError` with a reason that people understand."""


def read_feed(data: bytes, source: Source, file: str) -> Reading:
    """A feed document, JSON or XML by how it begins: names and content types lie."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return jsonfeed.read(data, source, file)
    return feed.read(data, source, file)


INPUTS: Mapping[str, Read] = {
    "feed": read_feed,
    "feed.json": read_feed,
    "log": fetched.read,
    ".md": article.read,
    ".markdown": article.read,
    ".html": article.read,
    ".htm": article.read,
    ".txt": article.read,
}
