"""XML feeds: what they hold, word for word."""

from pathlib import Path

import pytest

from digest.errors import InputError
from digest.inputs.feed import read
from digest.model import RawItem, Reading, Source

DOCUMENTS = Path(__file__).parent / "documents"
SOURCE = Source(id="harbour", name="Harbour", url="https://harbour.example.org/feed.xml")


def reading(name: str) -> Reading:
    return read((DOCUMENTS / name).read_bytes(), SOURCE, f"feeds/{name}")


def test_rss() -> None:
    rss = reading("rss2.xml")
    assert (rss.title, rss.ttl_minutes) == ("Harbour & Sea", 45)
    assert rss.items[0] == RawItem(
        source_id="harbour",
        uid="crane-1",
        url="https://harbour.example.org/2026/crane?utm_source=rss",
        title="Crane moves <em>again</em>",
        html="<p>It moved at noon; a=1&b=2.</p>"
        '<p><a href="https://harbour.example.org/audio/crane%20talk.mp3">crane talk.mp3</a></p>',
        author="Ana Berg",
        published="Sun, 22 Nov 2026 16:30:00 CET",
        language="en-GB",
        file="feeds/rss2.xml",
    )


def test_ids_fall_back() -> None:
    uids = [item.uid for item in reading("rss2.xml").items]
    assert uids[:4] == [
        "crane-1",
        "same|https://harbour.example.org/one",
        "same|https://harbour.example.org/two",
        "https://harbour.example.org/three",
    ]
    assert len(uids[4]) == 16  # of its text, for want of anything else


def test_what_holds_nothing_is_rejected() -> None:
    [rejected] = reading("rss2.xml").rejected
    assert rejected.reason == "an item without title, text and address"


def test_rdf_in_another_encoding() -> None:
    [item] = reading("rss1.rdf").items
    assert (item.title, item.author, item.published) == ("Café at the quay", "Bo Ek", "2026-11-23T05:22:00+00:00")
    assert (item.uid, item.language) == ("https://tide.example.org/a", "fr")


def test_atom_with_bases_and_languages() -> None:
    crane, plain = reading("atom.xml").items
    assert (crane.url, crane.title) == ("https://brief.example.org/feed/kran", "Der <b>Kran</b>")
    assert '<a href="https://brief.example.org/kran/bild">' in crane.html
    assert (crane.author, crane.language, plain.language) == ("Ana Berg, Bo Ek", "de", "en")
    assert (crane.published, crane.updated) == ("2026-11-22T05:00:00Z", "2026-11-23T05:00:00Z")
    assert (plain.html, plain.published) == ("<p>5 &lt; 6 &amp; so on</p>", "2026-11-23T04:00:00Z")


def test_an_empty_feed_is_a_feed() -> None:
    assert reading("empty.xml") == Reading(title="Quiet")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ((DOCUMENTS / "page.html").read_bytes(), "not a feed: an HTML page (its title: 502 Bad Gateway)"),
        (b"", "not a feed: an empty document"),
        (b" \n", "not a feed: an empty document"),
        (b'{"version": 1}', "not a feed: it begins like JSON"),
        (b"<catalog><book/></catalog>", "not a feed: its root element is <catalog>"),
        (b"https://harbour.example.org/feed.xml", "not a feed: no XML in it"),
        (b"<rss>\n<channel>\n</rss>", "not well-formed, and no items could be read: mismatched tag (line 3)"),
    ],
)
def test_why_a_document_is_no_feed(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as told:
        read(data, SOURCE, "feeds/x.xml")
    assert str(told.value).startswith(reason)


def test_a_broken_feed_gives_what_can_be_read() -> None:
    broken = (DOCUMENTS / "rss2.xml").read_bytes().replace(b"Short.", b"caf&eacute; & <b>bar")
    assert len(read(broken, SOURCE, "feeds/x.xml").items) >= 4
