"""The picture that stands for a page where it is shared: its names, and how much was told day by day.

A PNG with a palette, written by hand: rectangles and ready-made letters need no picture library. What many cards have
in common (the site's title, rows that are like the one above them) is drawn and compressed once, and put together.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple, cast

from digest.lettering import HEIGHT as LINE
from digest.lettering import can_set, rows
from digest.model import Site
from digest.templating import Render
from digest.views import CardView

WIDTH, HEIGHT, MARGIN = 1200, 630, 72  # pixels
BARS_TOP, BARS_BOTTOM, GAP = 330, 558, 12
PAPER, INK, HUE, PALE = 0, 3, 4, 5  # of the palette; between paper and ink stand the edges of letters
INKS = ("ffffff", "b9babb", "6a6c6e", "16181a")
HUES = ("a62f1c", "0c5f78", "5b489e", "7a5900", "2c6a39", "9a2463", "2350a4", "5f5347")  # as in style.css
MARK = ((0, 48), (20, 36), (40, 24))  # our mark: where its strokes stand, and how long they are
STROKE = 9
NAME_TOP = MARGIN + LINE + 24
BLANK = bytes(WIDTH)
AS_IT_STANDS, AS_ABOVE = b"\0", b"\2"  # a row's filter: none, or what it adds to the row above
MOST_EFFORT, EFFORT = 9, 4  # for what is made once, and for the rest: more takes longer and saves little
ADLER = 65_521  # RFC 1950: the modulus of the checksum


class Piece(NamedTuple):
    """Some rows, compressed by themselves so that they can stand in any picture."""

    deflated: bytes
    check: int  # Adler-32
    size: int  # bytes before they were compressed


def renderer(_: Mapping[str, str], site: Site) -> Render:
    """Renders a card; a name that the face has no letters for is left out."""
    return lambda page, _: _png(_drawn(site.title, cast(CardView, page.subject)), cast(CardView, page.subject).hue)


def _drawn(title: str, view: CardView) -> Iterator[Piece]:
    """The card's rows, from the top."""
    yield _head(title)
    yield _rows([_row([(MARGIN, pixels)]) for pixels in _set(view.name, MARGIN)])
    for row, same in groupby([*[BLANK] * (BARS_TOP - NAME_TOP - LINE), *_bars(view.counts)]):
        yield _rows([row])
        if more := len(list(same)) - 1:
            yield _repeated(more)


@lru_cache(maxsize=1)
def _head(title: str) -> Piece:
    """The mark and the site's title: all that stands above a card's name."""
    drawn = [BLANK] * MARGIN
    for at, pixels in enumerate(_set(title, MARGIN + 72)):
        strokes = [(MARGIN, bytes([HUE]) * long) for top, long in MARK if 0 <= at - 16 - top < STROKE]
        drawn.append(_row([*strokes, (MARGIN + 72, pixels)]))
    return _rows(drawn + [BLANK] * (NAME_TOP - MARGIN - LINE), MOST_EFFORT)


def _set(text: str, left: int) -> Sequence[bytes]:
    """A line of letters, row by row, as many as fit; blank where the face has not all of them."""
    return rows(text, WIDTH - MARGIN - left) if text and can_set(text) else [b""] * LINE


def _row(drawn: Iterable[tuple[int, bytes]]) -> bytes:
    """A row, a byte a pixel: what is drawn, and from where."""
    row = bytearray(WIDTH)
    for left, pixels in drawn:
        row[left : left + len(pixels)] = pixels
    return bytes(row)


def _bars(counts: Sequence[int]) -> Iterator[bytes]:
    """The rows of the bars, and what is left below them."""
    most, step = max(counts, default=0), (WIDTH - 2 * MARGIN + GAP) // max(1, len(counts))
    high = [max(3, (BARS_BOTTOM - BARS_TOP) * count // most) if most else 3 for count in counts]
    inks = [*[PALE] * (len(counts) - 1), HUE]
    bars = [(MARGIN + n * step, bytes([ink]) * (step - GAP)) for n, ink in zip(range(len(counts)), inks, strict=False)]
    edges = sorted({0, BARS_BOTTOM - BARS_TOP, *high}, reverse=True)
    for upper, lower in pairwise(edges):
        row = _row(bar for bar, top in zip(bars, high, strict=True) if top >= upper)
        yield from [row] * (upper - lower)
    yield from [BLANK] * (HEIGHT - BARS_BOTTOM)


# -- PNG (W3C, third edition) --------------------------------------------------------------------------------------


def _png(pieces: Iterable[Piece], hue: int) -> bytes:
    """The rows as a PNG: a palette, four bits a pixel."""
    colour = bytes.fromhex(HUES[hue % len(HUES)])
    pale = bytes((2 * 255 + part) // 3 for part in colour)
    palette = bytes.fromhex("".join(INKS)) + colour + pale
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", _zlib(tuple(pieces))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunks(chunks))


def _chunks(chunks: tuple[tuple[bytes, bytes], ...]) -> Iterator[bytes]:
    for kind, data in chunks:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _rows(drawn: Sequence[bytes], effort: int = EFFORT) -> Piece:
    """Rows as they stand, two pixels in a byte."""
    pixels = b"".join(drawn)
    left, right = (int.from_bytes(pixels[side::2], "little") for side in (0, 1))  # each pixel has half a byte to move
    packed, wide = (left << 4 | right).to_bytes(len(pixels) // 2, "little"), WIDTH // 2
    return _piece(b"".join(AS_IT_STANDS + packed[at : at + wide] for at in range(0, len(packed), wide)), effort)


@lru_cache(maxsize=HEIGHT)
def _repeated(count: int) -> Piece:
    """So many rows that are like the one above."""
    return _piece((AS_ABOVE + bytes(WIDTH // 2)) * count, MOST_EFFORT)


def _piece(data: bytes, effort: int) -> Piece:
    packer = zlib.compressobj(effort, wbits=-zlib.MAX_WBITS)
    deflated = packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)  # ends with a byte, and is not the last
    return Piece(deflated, zlib.adler32(data), len(data))


def _zlib(pieces: Sequence[Piece]) -> bytes:
    """The pieces as one stream (RFC 1950), with the checksum of them all."""
    low, high = 1, 0
    for piece in pieces:
        high = (high + (piece.check >> 16) + piece.size * (low - 1)) % ADLER
        low = (low + (piece.check & 0xFFFF) - 1) % ADLER
    last = b"\x03\x00"  # an empty block
    return b"\x78\x5e" + b"".join(piece.deflated for piece in pieces) + last + struct.pack(">HH", high, low)
