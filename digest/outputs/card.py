"""The picture that stands for a page where it is shared: its names, and how much was told day by day.

A PNG with a palette, written by hand: rectangles and ready-made letters need no picture library.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

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


def renderer(_: Mapping[str, str], site: Site) -> Render:
    """Renders a card; a name that the face has no letters for is left out."""
    return lambda page, _: _png(_drawn(site.title, cast(CardView, page.subject)), cast(CardView, page.subject).hue)


def _drawn(title: str, view: CardView) -> list[bytearray]:
    """The card's rows, a byte a pixel."""
    card = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for top, long in MARK:
        _fill(card, MARGIN, MARGIN + 16 + top, long, STROKE, HUE)
    _write(card, title, MARGIN + 72, MARGIN)
    _write(card, view.name, MARGIN, MARGIN + LINE + 24)
    most = max(view.counts, default=0)
    step = (WIDTH - 2 * MARGIN + GAP) // max(1, len(view.counts))
    for n, count in enumerate(view.counts):
        high = max(3, (BARS_BOTTOM - BARS_TOP) * count // most) if most else 3
        last = n == len(view.counts) - 1
        _fill(card, MARGIN + n * step, BARS_BOTTOM - high, step - GAP, high, HUE if last else PALE)
    return card


def _fill(card: list[bytearray], left: int, top: int, width: int, height: int, ink: int) -> None:
    for row in card[top : top + height]:
        row[left : left + width] = bytes([ink]) * width


def _write(card: list[bytearray], text: str, left: int, top: int) -> None:
    if not can_set(text):
        return
    for row, pixels in zip(card[top : top + LINE], rows(text, WIDTH - MARGIN - left), strict=True):
        row[left : left + len(pixels)] = pixels


def _png(card: list[bytearray], hue: int) -> bytes:
    """The rows as a PNG (W3C, third edition): a palette, four bits a pixel, no filters."""
    colour = bytes.fromhex(HUES[hue % len(HUES)])
    pale = bytes((2 * 255 + part) // 3 for part in colour)
    palette = bytes.fromhex("".join(INKS)) + colour + pale
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
    packed = cache(_packed)  # most rows are like the one above them
    pixels = zlib.compress(b"".join(packed(bytes(row)) for row in card), 5)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunks(chunks))


def _packed(row: bytes) -> bytes:
    """A row, a byte a pixel, as PNG writes it: two pixels in a byte."""
    return b"\0" + bytes.fromhex(row.hex()[1::2])


def _chunks(chunks: tuple[tuple[bytes, bytes], ...]) -> Iterator[bytes]:
    for kind, data in chunks:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
