from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import codec
from digest.codec import Rows, fingerprint, from_json, from_lines, in_pieces, pack, to_json, to_line, unpack
from digest.model import Answer, Article, Body, LogLine, Post, Prepared, Run, Signature

LINE = LogLine(seen_at=1_795_400_700, uid="tag:1", title="Fähre “Skerry”\u2028legt an", html="<p>a\nb</p>")
ARTICLE = Article(
    id="00000000000000a1",
    version="00000000000000b1",
    source_id="gazette",
    uid="tag:1",
    title="Fähre legt an",
    slug="faehre",
    posts=(Post(id="p", network="bluesky", text="Ahoy"),),
    facts={"names": "Ada Quay\nHolm", "label": ""},
)
PREPARED = Prepared(
    article=ARTICLE,
    body=Body(html=("<p>a</p>", ""), text="a"),
    signature=Signature(shingles=b"\x00\xff", terms={"ferri": 2.5}, marks={"~hlm": 1.0}),
)


def test_what_is_packed_comes_back():
    assert unpack(pack(PREPARED), Prepared) == PREPARED
    assert from_json(to_json(ARTICLE), Article) == ARTICLE


@pytest.mark.parametrize(
    "data", [b"", b"\xc1", b"{}", pack(LINE), pack(PREPARED)[:-1], pack(PREPARED) + b"\x00", pack(7)]
)
def test_nothing_restored_is_believed_unseen(data: bytes):
    assert unpack(data, Prepared) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_nothing(data: bytes):
    assert unpack(data, Prepared) is None
    assert [number for number, _, _ in from_lines(data, LogLine)] == [
        number for number, line in enumerate(data.split(b"\n"), start=1) if line.strip()
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), json_values, max_size=6))
def test_a_fingerprint_does_not_know_the_order_of_keys(values: dict[str, object]):
    turned = dict(reversed(values.items()))
    assert fingerprint(values) == fingerprint(turned)
    assert pack(values) == pack(turned)
    assert to_json(values) == to_json(turned)


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_fingerprints_differ_where_values_do(one: list[str], other: list[str]):
    assert (fingerprint(*one) == fingerprint(*other)) == (one == other)


def test_a_fingerprint_is_16_hex_digits_and_stands_for_good():
    assert fingerprint("gazette", "tag:1") == "fbf92aef43b45eed"
    assert fingerprint() != fingerprint("") != fingerprint("", "")


def test_an_item_is_one_line_of_the_log():
    line = to_line(LINE)
    assert line.count(b"\n") == 1
    assert line.startswith(b'{"v":1,"seen_at":1795400700,"uid":"tag:1","url":null,"title":"F\xc3\xa4hre')
    assert list(from_lines(line * 2, LogLine)) == [(1, LINE, ""), (2, LINE, "")]


def test_a_spoilt_line_is_told_by_its_number_and_the_rest_is_read():
    data = b'{"seen_at": 1, "uid": "a"}\r\n\n{"seen_at": "noon", "uid": "b"}\n{"uid":\n{"seen_at": 4, "uid": "d", "new": []}'
    found = {number: (line.uid if line else "", fault) for number, line, fault in from_lines(data, LogLine)}
    assert found[1] == ("a", "")
    assert found[3] == ("", "Expected `int`, got `str` - at `$.seen_at`")
    assert found[4][0] == "" and "truncated" in found[4][1]
    assert found[5] == ("d", "")


def test_a_wrong_value_is_told_by_its_path():
    with pytest.raises(ValueError, match=r"Invalid enum value 'no' - at `\$\.sources\[\.\.\.\]\.status`"):
        from_json(b'{"run_at": 1, "sources": {"gazette": {"status": "no"}}}', Run)


def test_json_for_people_is_indented_and_sorted():
    run = Run(run_at=1, sources={"wire": Answer(status="ok", items=2), "gazette": Answer(status="not_modified")})
    text = to_json(run, indent=1).decode()
    assert text.startswith('{\n "v": 1,\n "run_at": 1,\n "sources": {\n  "gazette": {\n   "status": "not_modified",')


@given(
    st.dictionaries(
        st.text(), st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.integers()))) | st.text(), min_size=1
    )
)
def test_pieces_of_json_are_the_whole(values: dict[str, Any]):
    with patch.object(codec, "PIECE", 2):
        assert b"".join(in_pieces(values)) == to_json(values, indent=1) + b"\n"


@pytest.mark.parametrize("numbers", [[], [1], [1, 2, 3]])
def test_rows_that_are_made_when_they_are_asked_for_are_written_as_others(numbers: list[int]):
    def made(number: int) -> dict[str, int]:
        return {"n": number}

    rows = Rows(numbers, made)
    assert (list(rows), rows[1:]) == ([*map(made, numbers)], [*map(made, numbers[1:])])
    with patch.object(codec, "PIECE", 2):
        assert b"".join(in_pieces({"rows": rows})) == b"".join(in_pieces({"rows": list(rows)}))
