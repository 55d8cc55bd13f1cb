"""The log: what goes in comes out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.inputs.fetched import read, to_log, written
from digest.model import PageText, RawItem, Source

SOURCE = Source(id="harbour", name="Harbour")
FILE = "fetched/harbour/2026-11.jsonl"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_is_logged_is_read_again(title: str, html: str, author: str, published: str) -> None:
    raw = RawItem(
        source_id="harbour",
        uid="1",
        url="https://harbour.example.org/1",
        title=title,
        html=html,
        author=author,
        published=published,
        seen_at=1795410000,
        file=FILE,
    )
    assert read(written(to_log(raw)), SOURCE, FILE).items == (raw,)


def test_a_page_goes_before_the_feeds_words_and_one_that_was_not_kept_is_told() -> None:
    line = to_log(RawItem(uid="1", title="Quay", html="A blurb.", seen_at=1))
    assert b"page" not in written(line)
    held = replace(line, page=PageText(html="<p>All of it.</p>", etag='"one"'))
    refused = replace(line, page=PageText(reason="it says noarchive"))
    [whole, blurb] = read(written(held) + written(refused), SOURCE, FILE).items
    assert (whole.html, whole.flaws) == ("<p>All of it.</p>", ())
    assert (blurb.html, blurb.flaws) == ("A blurb.", ("page not kept: it says noarchive",))


def test_lines_that_cannot_be_read_are_told_by_number() -> None:
    lines = [
        b'{"v":1,"seen_at":1,"uid":"a","title":"A","unknown":[1]}',
        b"",
        b"{half a line",
        b'{"v":2,"seen_at":1,"uid":"b","title":"B"}',
        b'{"v":1,"seen_at":1,"uid":"c"}',
        b'{"v":1,"uid":"d","title":"D"}',
    ]
    reading = read(b"\n".join(lines), SOURCE, FILE)
    assert [item.title for item in reading.items] == ["A"]
    assert [rejected.reason.split(":")[0] for rejected in reading.rejected] == ["line 3", "line 4", "line 5", "line 6"]
    assert {rejected.file for rejected in reading.rejected} == {FILE}
