"""Subscriptions from elsewhere."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import InputError
from digest.inputs.opml import DEEPEST, read_folders, read_opml

DATA = (Path(__file__).parent / "documents/subscriptions.opml").read_bytes()


def test_sources_of_a_list() -> None:
    found = [(source.id, source.name, source.kind, source.url) for source in read_opml(DATA)]
    assert found == [
        ("relief-aid", "Relief & Aid", "ngo", "https://relief.example.org/feed"),
        ("runs-feed", "Runs", "", "https://runs.example.org/feed"),
        ("relief-aid-2", "Relief & Aid", "wire", "https://relief.example.org/other"),
        ("nameless-example-org", "nameless.example.org", "", "http://nameless.example.org/feed"),
    ]


FEEDS = {
    name: f'<outline type="rss" text="{name}" title="{name}" xmlUrl="https://{name}.example.org/feed" '
    f'htmlUrl="https://{name}.example.org/"/>'
    for name in ("quay", "tide", "ferry")
}
READERS = {  # as other readers write their lists
    "a flat list": '<opml version="1.0"><head/><body>{quay}{tide}{ferry}</body></opml>',
    "title and text": '<opml version="1.0"><body><outline text="Coast" title="Coast">{quay}{tide}</outline>{ferry}</body></opml>',
    "only a title": '<opml version="1.1"><body><outline title="Coast">{quay}{tide}</outline>{ferry}</body></opml>',
    "a folder of its own": '<opml version="2.0"><body><outline text="Coast">{quay}{tide}</outline><outline text="All">{ferry}</outline></body></opml>',
    "a folder for the rest": '<opml version="2.0"><body><outline text="Uncategorized">{ferry}</outline><outline text="Coast">{quay}{tide}</outline></body></opml>',
    "all under one": '<opml version="1.0"><body><outline text="Subscriptions"><outline text="Coast">{quay}{tide}</outline>{ferry}</outline></body></opml>',
    "twice in the list": '<opml version="1.0"><body>{quay}<outline text="Coast">{quay}{tide}</outline>{ferry}</body></opml>',
    "written in capitals": '<OPML><BODY><OUTLINE TEXT="Coast">{quay}{tide}</OUTLINE>{ferry}</BODY></OPML>',
    "empty folders": '<opml><body><outline text="Empty"/><outline text="Coast"><outline text="" >{quay}{tide}</outline></outline>{ferry}</body></opml>',
}  # fmt: skip


@pytest.mark.parametrize("shape", READERS)
def test_folders_as_other_readers_write_them(shape: str) -> None:
    data = READERS[shape].format(**FEEDS).encode()
    assert {source.name for source in read_opml(data)} == {"quay", "tide", "ferry"}
    coast = () if shape == "a flat list" else ("https://quay.example.org/feed", "https://tide.example.org/feed")
    assert read_folders(data) == ({"Coast": coast} if coast else {})


def test_categories_and_kinds_within_folders() -> None:
    data = b"""<opml><body><outline text="Europe"><outline text="Wires">
    <outline text="Q" xmlUrl="https://q.example.org/" category="/Ports / Old/Quays,/analysis"/></outline></outline></body></opml>"""
    [source] = read_opml(data)
    assert source.kind == "wire"
    assert read_folders(data) == {"Europe": (source.url,), "Ports / Old / Quays": (source.url,)}


def test_folders_without_end_are_told_apart_to_a_depth() -> None:
    many = 10_000
    data = "".join(f'<outline text="{n}" xmlUrl="http://a.example/{n}">' for n in range(many)) + "</outline>" * many
    folders = read_folders(f"<opml>{data}</opml>".encode())
    assert max(name.count(" / ") for name in folders) == DEEPEST - 1
    assert len(folders[" / ".join(map(str, range(DEEPEST)))]) == many - DEEPEST


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<opml><body/></opml>", "no feeds in it"),
        (b"<opml>", "not OPML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><opml/>', "it declares a document type"),
    ],
)
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_opml(data)


@given(
    st.binary(max_size=200)
    | st.text().map(lambda text: f"<opml><outline xmlUrl='http://{text}'/></opml>".encode("utf-8", "replace"))
)
def test_any_bytes_are_a_list_or_a_reason(data: bytes) -> None:
    try:
        assert read_opml(data)
    except InputError as told:
        assert str(told)
