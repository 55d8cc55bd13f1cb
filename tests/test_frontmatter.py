"""Front matter as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.encodings import decode
from digest.errors import InputError
from digest.frontmatter import Front, split

YAML = """---
title: "A: b"
date: 2026-11-22
seen: 2026-11-22T12:10:00Z
language: no
author: [Ana Berg, Bo Ek]
topics: [Harbour, "Red Sea"]
show: ~
---
Body
"""


def test_yaml_values_are_texts_word_for_word() -> None:
    front, body = split(YAML)
    assert front == Front(
        title="A: b",
        date="2026-11-22",
        seen="2026-11-22T12:10:00Z",
        language="no",
        author="Ana Berg, Bo Ek",
        topics=("Harbour", "Red Sea"),
    )
    assert body == "Body\n"


def test_toml() -> None:
    front, body = split('+++\ntitle = "T"\ndate = 2026-11-22T17:20:00Z\ntopics = ["Harbour"]\n+++\n\nBody')
    assert front == Front(title="T", date="2026-11-22T17:20:00+00:00", topics=("Harbour",))
    assert body == "Body"


@pytest.mark.parametrize(
    ("head", "flaw"),
    [
        ("datee: 2026-11-22", "front matter: unknown key 'datee': did you mean 'date'?"),
        ("zebra: 1", "front matter: unknown key 'zebra'"),
        ("author: {a: b}", "front matter: 'author' is no text"),
        ("show: some", "front matter: 'show' is neither 'full' nor 'extract'"),
        ("source: @outlet", "front matter: line 3: found character that cannot start any token; read line by line"),
        ("source: a: b", "front matter: line 3: mapping values are not allowed in this context; read line by line"),
    ],
)
def test_what_is_odd_is_carried(head: str, flaw: str) -> None:
    front, _ = split(f"---\ntitle: T\n{head}\n---\n")
    assert front is not None
    assert (front.title, front.flaws) == ("T", (flaw,))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\na: [\n---\n", "front matter: line 3: "),
        ("+++\ntitle = 'T'\ndate =\n+++\n", "front matter: line 3: Invalid value"),
        ("---\na: &a [x]\nb: [*a, *a]\n---\n", "front matter: line 2: anchors and aliases"),
        ("---\na: " + "x" * 70_000 + "\n---\n", "longer than"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(InputError) as told:
        split(text)
    assert reason in str(told.value)


@pytest.mark.parametrize("text", ["Text", "---\nnever closed", "---\nbetween two rules\n---\n", "----\na: b\n---\n"])
def test_other_texts_have_none(text: str) -> None:
    assert split(text) == (None, text)


@given(st.binary() | st.text().map(lambda text: f"---\n{text}\n---\n".encode()))
def test_any_bytes_are_fields_and_text_or_a_reason(data: bytes) -> None:
    try:
        split(decode(data))
    except InputError as told:
        assert str(told)
