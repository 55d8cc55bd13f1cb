"""What is read, by kind: feed documents, the log, and article files by their suffix."""

import zlib
from collections.abc import Callable, Mapping

from digest.errors import InputError
from digest.inputs import article, feed, fetched, jsonfeed
from digest.model import Reading, Source

MOST_PACKED = 2  # times
MOST_BYTES = 67_108_864  # of a document, unpacked
GZIP = 31  # window bits, as zlib has it
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # byte order marks and blanks, however wide

Read = Callable[[bytes, Source, str], Reading]
"""(data, source, file) → all that the document holds; raises `InputError` with a reason that people understand."""


def read_feed(data: bytes, source: Source, file: str) -> Reading:
    """A feed document, JSON or XML by how it begins: names and content types lie."""
    data = _unpacked(data)
    if data[:64].lstrip(_BEFORE)[:1] == b"{":
        return jsonfeed.read(data, source, file)
    return feed.read(data, source, file)


def _unpacked(data: bytes) -> bytes:
    """What is packed, whoever did it and does not say so: once by a server, once more by its owner."""
    for _ in range(MOST_PACKED):
        if not data.startswith(b"\x1f\x8b"):
            break
        unpacking = zlib.decompressobj(GZIP)
        try:
            data = unpacking.decompress(data, MOST_BYTES)
        except zlib.error:
            raise InputError("packed with gzip, and damaged") from None
        if not unpacking.eof:
            raise InputError("packed with gzip, and broken off or too large")
    return data


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
