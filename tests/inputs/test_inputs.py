"""Every row of INPUTS keeps the same promise: all that a document holds, or a reason that people understand."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digest.errors import InputError
from digest.inputs import INPUTS, read_feed
from digest.model import Reading, Source

DOCUMENTS = Path(__file__).parent / "documents"
CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpus"
SOURCE = Source(id="harbour", name="Harbour", url="https://harbour.example.org/feed.xml")


@pytest.fixture(name="kind", params=INPUTS)
def _kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def check(kind: str, data: bytes) -> None:
    try:
        reading = INPUTS[kind](data, SOURCE, f"feeds/x{kind}")
    except InputError as told:
        assert str(told)
        assert "\n" not in str(told)
        return
    assert isinstance(reading, Reading)
    for item in reading.items:
        assert item.uid
        assert item.file == f"feeds/x{kind}"
        assert item.title.strip() or item.html.strip() or item.url or kind.startswith(".")
    assert all(rejected.reason and rejected.file for rejected in reading.rejected)


FEED = b"<rss><channel><item><title>One</title></item></channel></rss>"


@pytest.mark.parametrize("data", [gzip.compress(FEED, mtime=0), gzip.compress(gzip.compress(FEED, mtime=0), mtime=0)])
def test_a_feed_that_is_packed_and_does_not_say_so_is_unpacked(data: bytes) -> None:
    assert [item.title for item in read_feed(data, SOURCE, "").items] == ["One"]


@pytest.mark.parametrize(
    "data", [gzip.compress(FEED, mtime=0)[:-12], b"\x1f\x8b" + FEED, gzip.compress(bytes(70_000_000), mtime=0)]
)
def test_what_cannot_be_unpacked_is_no_feed(data: bytes) -> None:
    with pytest.raises(InputError, match="packed with gzip, and"):
        read_feed(data, SOURCE, "")


@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff\xfe\0")
@example(b"<rss><channel><item><title>&#xD800;</title>")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_bytes_are_a_reading_or_a_reason(kind: str, data: bytes) -> None:
    check(kind, data)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_any_document_in_any_kind(kind: str, path: Path) -> None:
    data = path.read_bytes()
    for cut in (len(data), len(data) // 2, len(data) * 9 // 10):
        check(kind, data[:cut])


def test_a_feed_is_what_it_begins_like() -> None:
    assert read_feed((DOCUMENTS / "feed.json").read_bytes(), SOURCE, "feeds/x.xml").title == "Cardo"
    assert read_feed((DOCUMENTS / "atom.xml").read_bytes(), SOURCE, "feeds/x.json").title == "Brief"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of feeds beside the checkout")
@pytest.mark.parametrize("project", ["feedparser", "gofeed", "feed-rs", "rome", "reader"])
def test_the_corpus_is_read_without_a_crash(project: str) -> None:
    for path in sorted((CORPUS / "feeds" / project).rglob("*")):
        if path.is_file():
            check("feed", path.read_bytes())
