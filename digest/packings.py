"""Bodies that a server has packed → what they hold, never a part of it and never more than is allowed."""

from zlib import decompressobj
from zlib import error as ZlibError  # noqa: N812

from digest.errors import FetchError

MEBIBYTE = 1_048_576  # bytes

PACKINGS = ("gzip", "x-gzip", "deflate")
NO_PACKINGS = ("", "identity", "none", "utf-8")  # as servers say that there is none
GZIP_OR_ZLIB, BARE = 47, -15  # window bits, as zlib has it
GZIP_START = b"\x1f\x8b"
MOST_MEMBERS = 1_000  # that one body of gzip may be made of
BROKEN_OFF = "the answer broke off or is damaged"


def unpacked(body: bytes, said: str, max_bytes: int, http: int) -> bytes:
    """What a body with this Content-Encoding holds."""
    named = (name.strip().lower() for name in said.split(","))
    packings = [name for name in named if name not in NO_PACKINGS]
    if len(packings) > 1 or not set(packings) <= set(PACKINGS):
        raise FetchError("packed in a way that was not asked for", http)
    return _members(body, max_bytes, http) if packings else body


def _members(body: bytes, max_bytes: int, http: int) -> bytes:
    try:
        whole, rest = _member(body, GZIP_OR_ZLIB, max_bytes, http)
    except ZlibError:  # some send what zlib packs without its head
        whole, rest = _bare(body, max_bytes, http)
    for _ in range(MOST_MEMBERS):
        if not rest.startswith(GZIP_START):
            break
        try:
            more, rest = _member(rest, GZIP_OR_ZLIB, max_bytes - len(whole), http)
        except ZlibError:
            raise FetchError(BROKEN_OFF, http, passes=True) from None
        whole += more
    if rest.strip(b"\0"):
        raise FetchError(BROKEN_OFF, http, passes=True)
    return whole


def _bare(body: bytes, max_bytes: int, http: int) -> tuple[bytes, bytes]:
    try:
        return _member(body, BARE, max_bytes, http)
    except ZlibError:
        raise FetchError("not packed as it says", http) from None


def _member(body: bytes, bits: int, max_bytes: int, http: int) -> tuple[bytes, bytes]:
    """What one packing holds, and what stands behind it."""
    unpacking = decompressobj(bits)
    whole = unpacking.decompress(body, max_bytes + 1)
    if len(whole) > max_bytes:
        raise FetchError(f"larger than {max_bytes / MEBIBYTE:g} MiB", http)
    if not unpacking.eof:
        raise FetchError(BROKEN_OFF, http, passes=True)
    return whole, unpacking.unused_data
