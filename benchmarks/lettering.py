"""Makes digest/lettering/newsreader.txt out of templates/static/newsreader.woff2; wants Pillow.

python benchmarks/lettering.py
"""

import base64
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TOP = Path(__file__).resolve().parents[1]
SIZE, HEIGHT = 64, 84  # pixels: of the face, of a line
LETTERS = [chr(code) for code in (*range(0x20, 0x7F), *range(0xC0, 0x180), 0x2013, 0x2014, 0x2019)]


def main() -> None:
    """A line a letter: its code, its width in pixels, and its pixels in four shades, packed."""
    face = ImageFont.truetype(TOP / "templates/static/newsreader.woff2", SIZE)
    missing = face.getmask("\uffff").getbbox(), bytes(face.getmask("\uffff"))
    lines = []
    for letter in LETTERS:
        mask = face.getmask(letter)
        if letter != " " and (mask.getbbox(), bytes(mask)) == missing:
            continue
        width = round(face.getlength(letter))
        cell = Image.new("L", (width, HEIGHT))
        ImageDraw.Draw(cell).text((0, 0), letter, fill=255, font=face)
        shades = bytes(round(value * 3 / 255) for value in cell.tobytes())
        lines.append(f"{ord(letter):x} {width} {base64.b85encode(zlib.compress(shades, 9)).decode()}\n")
    (TOP / "digest/lettering/newsreader.txt").write_text("".join(lines))


if __name__ == "__main__":
    main()
