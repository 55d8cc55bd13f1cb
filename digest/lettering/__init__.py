"""Letters as pixels, for pictures that are made without a font machine: Newsreader (SIL Open Font License 1.1).

Made by benchmarks/lettering.py from the face that the pages are set in; its licence lies beside that.
"""

import zlib
from base64 import b85decode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

HEIGHT = 84  # pixels, of every letter


class Letter(NamedTuple):
    """A letter, row by row, a byte a pixel: 0 (paper) to 3 (ink)."""

    width: int
    rows: tuple[bytes, ...]


@cache
def _letters() -> Mapping[str, Letter]:
    lines = (files("digest.lettering") / "newsreader.txt").read_text("ascii").split("\n")
    told = (line.split(" ") for line in lines if line)
    return {chr(int(code, 16)): _letter(int(width), zlib.decompress(b85decode(data))) for code, width, data in told}


def _letter(width: int, shades: bytes) -> Letter:
    return Letter(width, tuple(shades[at * width : (at + 1) * width] for at in range(HEIGHT)))


def can_set(text: str) -> bool:
    """Does the face have every letter of a text?"""
    return all(letter in _letters() for letter in text)


def rows(text: str, width: int) -> list[bytes]:
    """A text's pixels, row by row, no more letters than fit into a width; the face must have them all."""
    taken: list[Letter] = []
    for letter in map(_letters().__getitem__, text):
        width -= letter.width
        if width < 0:
            break
        taken.append(letter)
    return [b"".join(parts) for parts in zip(*(one.rows for one in taken), strict=True)] or [b""] * HEIGHT
