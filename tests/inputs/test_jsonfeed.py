"""JSON Feed, tolerant of what others write."""

from pathlib import Path

import pytest

from digest.errors import InputError
from digest.inputs import read_feed
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


def items(listed: str) -> list[RawItem]:
    """What a feed with these items holds."""
    return list(
        read(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{listed}]}}'.encode(), SOURCE, "").items
    )


ITEM = '{"id": "1", "url": "https://a.example.org/1", "title": "Größe", "content_html": "<p>x</p>"}'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "windows-1252"])
def test_json_in_another_encoding(encoding: str) -> None:
    data = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{ITEM}]}}'.encode(encoding)
    assert [item.title for item in read_feed(data, SOURCE, "").items] == ["Größe"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Größe", "Größe\n\tund\x01"),
        ("Größe", "Größe \\x"),
        ("Größe", "Größe \\ud83d"),
        ('"1"', "NaN"),
        ('"1"', "1e999"),
        ('"1"', "-Infinity"),
        ("}", ",}"),
        ("{", "/* none, of course */ {"),
        ("}", "}, // the last one\n"),
    ],
)
def test_what_is_meant_by_json_that_is_none(right: str, wrong: str) -> None:
    [item] = items(ITEM.replace(right, wrong) + "\n")
    assert item.title.startswith("Größe")
    assert item.html == "<p>x</p>"


def test_items_that_share_an_id_and_an_address_are_versions() -> None:
    uids = [item.uid for item in items(f"{ITEM}, {ITEM.replace('Größe', 'B')}, {ITEM}")]
    assert set(uids) == {"1"}
    assert [item.uid for item in items(f"{ITEM}, {ITEM}")] == ["1", "1"]


@pytest.mark.parametrize(
    "authors", ['"authors": ["Ana"]', '"authors": [], "author": {"name": "Ana"}', '"author": "Ana"']
)
def test_authors_as_they_are_written(authors: str) -> None:
    [item] = items(f'{{"id": "https://a.example.org/1", "title": "A", {authors}}}')
    assert (item.author, item.url) == ("Ana", "https://a.example.org/1")


def test_what_mends_a_feed_leaves_right_escapes_alone():
    data = rb'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"C:\\dir \q \"x\"","content_text":"y"},]}'
    [item] = read(data, Source(id="a", name="A"), "feeds/a.json").items
    assert item.title == 'C:\\dir \\q "x"'
