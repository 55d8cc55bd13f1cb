"""JSON Feed, tolerant of what others write."""

from pathlib import Path

import pytest

from digest.errors import InputError
from digest.inputs.jsonfeed import read
from digest.model import RawItem, Source

DATA = (Path(__file__).parent / "documents/feed.json").read_bytes()
SOURCE = Source(id="cardo", name="Cardo")


def test_items() -> None:
    one, two, *same = read(DATA, SOURCE, "feeds/cardo.json").items
    assert one == RawItem(
        source_id="cardo",
        uid="1",
        url="https://cardo.example.org/one",
        title="One",
        html='<p>Text</p><p><a href="https://cardo.example.org/a.mp3">Hear it</a></p>',
        author="Ana Berg, Bo Ek",
        published="2026-11-23T05:20:00Z",
        updated="2026-11-23T06:00:00Z",
        language="en-GB",
        file="feeds/cardo.json",
    )
    assert (two.uid, two.title, two.html, two.author) == ("2", "7", "<p>5 &lt; 6</p><p>next</p>", "Desk")
    assert [item.uid for item in same] == ["3|https://cardo.example.org/x", "3|https://cardo.example.org/y"]


def test_what_is_rejected() -> None:
    assert [rejected.reason for rejected in read(DATA, SOURCE, "x").rejected] == [
        "item 5: no object but str",
        "item 6: without title, text and address",
    ]


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b'{"items": []}', b'{"version": "https://jsonfeed.org/version/1"}', b"\xff"]
)
def test_what_is_no_json_feed(data: bytes) -> None:
    with pytest.raises(InputError, match="not a JSON Feed: "):
        read(data, SOURCE, "x")
