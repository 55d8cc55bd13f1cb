"""Subscriptions from elsewhere."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import InputError
from digest.inputs.opml import read_opml

DATA = (Path(__file__).parent / "documents/subscriptions.opml").read_bytes()


def test_sources_of_a_list() -> None:
    found = [(source.id, source.name, source.kind, source.url) for source in read_opml(DATA)]
    assert found == [
        ("relief-aid", "Relief & Aid", "ngo", "https://relief.example.org/feed"),
        ("runs-feed", "Runs", "", "https://runs.example.org/feed"),
        ("relief-aid-2", "Relief & Aid", "wire", "https://relief.example.org/other"),
        ("nameless-example-org", "nameless.example.org", "", "http://nameless.example.org/feed"),
    ]


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
