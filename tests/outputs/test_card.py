"""The picture that stands for a page: the same bytes for the same card, whatever its name is written in."""

import struct
import zlib

import pytest

from digest.lettering import can_set
from digest.model import Page
from digest.outputs import card
from digest.views import CardView
from tests.outputs.samples import SITE


def drawn(view: CardView) -> bytes:
    return card.renderer({}, SITE)(Page(path="card.png", format="card", subject=view, fingerprint=""), {})


@pytest.mark.parametrize("name", ["", "Monday 23 November 2026", "هدنة في حلب", "A name that is much too long " * 9])
@pytest.mark.parametrize("counts", [(), (0, 0), (3, 0, 14)])
def test_a_card_is_a_picture_of_1200_by_630(name: str, counts: tuple[int, ...]):
    picture = drawn(CardView(stem="card", name=name, hue=2, counts=counts))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    at = picture.index(b"IDAT")
    long = struct.unpack(">I", picture[at - 4 : at])[0]
    assert len(zlib.decompress(picture[at + 4 : at + 4 + long])) == 630 * (1 + 1200 // 2)  # four bits a pixel
    assert picture == drawn(CardView(stem="card", name=name, hue=2, counts=counts))


def test_a_name_without_letters_is_left_out_and_not_mangled():
    assert can_set("Grain & food prices") and can_set("Ærøskøbing, août") and not can_set("هدنة")
    bare = drawn(CardView(stem="card", name="", hue=0, counts=(1, 2)))
    assert drawn(CardView(stem="card", name="هدنة", hue=0, counts=(1, 2))) == bare
