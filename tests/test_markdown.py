"""Markdown as it is written, and clippings as they were saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.markdown import line_to_html, to_html
from digest.markup import clean, inline, plain

DEBRIS = st.sampled_from(
    ["*", "**", "_", "__", '"', "“", "”", "<u>", "</u>", "a", "B", " ", "\n", "\n\n", ",", "[x]", "1. ", "- "]
)

MENDED = [
    ('*"We hope so,*" he said', '<p><em>"We hope so,"</em> he said</p>'),
    ('**"It is late,**" she said', '<p><strong>"It is late,"</strong> she said</p>'),
    ('***"Enough,***" they said', '<p><em><strong>"Enough,"</strong></em> they said</p>'),
    ('_"We hope so,_" he said', '<p><em>"We hope so,"</em> he said</p>'),
    ("*“We hope so,*” he said", "<p><em>“We hope so,”</em> he said</p>"),
    ("*„Wir hoffen,*“ sagte er", "<p><em>„Wir hoffen,“</em> sagte er</p>"),
    ("*«On espère,*» dit-il", "<p><em>«On espère,»</em> dit-il</p>"),
    ("*'We can't go,*' he said", "<p><em>'We can't go,'</em> he said</p>"),
    ('*"We hope so*," he said', '<p><em>"We hope so,"</em> he said</p>'),
    ('*"We hope."*He said', '<p><em>"We hope."</em>He said</p>'),
    ('*"We hope so, *" he said', '<p><em>"We hope so, "</em> he said</p>'),
    ('*"One,*" he said. *"Two.*"', '<p><em>"One,"</em> he said. <em>"Two."</em></p>'),
    ('*"One" and "two,*" he said', '<p><em>"One" and "two,"</em> he said</p>'),
    ("**@handle:**text", "<p><strong>@handle:</strong>text</p>"),
    ("**Brandt **said", "<p><strong>Brandt </strong>said</p>"),
    ("<u>**@a #B**</u> c</u>", "<p><strong>@a #B</strong> c</p>"),
    ("<u>**@a #B</u>** c</u>", "<p><strong>@a #B</strong> c</p>"),
]

KEPT = [
    '*"All inside,"* he said',
    "5 * 3 is 15, 4*5 is 20",
    "snake_case and __init__.py: a_b",
    "It was [of the crisis] said [1]",
    'straight "quotes" - and ... don\'t change',
    "*Correction: an earlier version was wrong",
    "3. Mai war ein Dienstag",
]


@pytest.mark.parametrize(("saved", "shown"), MENDED, ids=[saved for saved, _ in MENDED])
def test_emphasis_is_what_people_meant(saved: str, shown: str) -> None:
    assert clean(to_html(saved, clipping=True)) == shown


@pytest.mark.parametrize("saved", KEPT[1:])
def test_characters_stay_as_saved(saved: str) -> None:
    expected = saved.replace("__init__", "init")  # emphasis in every Markdown
    assert plain(to_html(saved, clipping=True)) == expected


@pytest.mark.parametrize(
    "saved", ["**stray", "a stray** b", "a __stray", '*"Never closed', "word**word", "a</u> b", "<u>a"]
)
def test_stray_marks_never_reach_the_page(saved: str) -> None:
    shown = clean(to_html(saved, clipping=True))
    assert not any(mark in shown for mark in ("*", "__", "<u>", "</u>"))


def test_what_is_written_as_it_is_meant_stays() -> None:
    assert (
        clean(to_html(r"\*\*not bold\*\* and `**code**`", clipping=True))
        == "<p>**not bold** and <code>**code**</code></p>"
    )


def test_a_clipping_has_no_definitions_code_or_underlined_headings() -> None:
    saved = "[of the crisis]: https://example.org/\n\n    indented text\n\nA line\n======\n\n<Name withheld> spoke"
    assert plain(to_html(saved, clipping=True)) == (
        "[of the crisis]: https://example.org/\nindented text\nA line ======\n<Name withheld> spoke"
    )


def test_runs_of_blank_and_invisible_lines_make_no_paragraphs() -> None:
    saved = "\n\n\n\u00a0\nOne\n\n \u200b \n\n\ufeff\n\n\nTwo\n\u00a0\nThree\n\n"
    assert clean(to_html(saved, clipping=True)) == "<p>One</p>\n<p>Two</p>\n<p>Three</p>"


def test_one_line_a_paragraph_where_lines_are_long() -> None:
    first, second = ("One sentence that is told at length. " * 4).strip(), ("Another one follows. " * 6).strip()
    assert plain(to_html(f"{first}\nShort.\n{second}", clipping=True)).split("\n") == [first, "Short.", second]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert plain(to_html("The harbour was quiet\nwhen the ship came in.", clipping=True)) == (
        "The harbour was quiet when the ship came in."
    )


def test_counted_lines_are_a_list_and_a_lone_number_is_none() -> None:
    assert "<ol>" in to_html("1. one\n2. two", clipping=True)
    assert to_html("1. FC Hafen won.", clipping=True) == "<p>1. FC Hafen won.</p>\n"


def test_manuscripts_are_plain_commonmark_with_tables() -> None:
    shown = to_html("Title\n=====\n\n    code\n\n[link]\n\n| a |\n|---|\n| 1 |\n\n[link]: https://example.org/")
    assert all(tag in shown for tag in ("<h1>", "<pre>", '<a href="https://example.org/">', "<table>"))


def test_a_line_loses_its_marks() -> None:
    assert inline(line_to_html('## **Talks to resume: "soon"** - envoy ##')) == 'Talks to resume: "soon" - envoy'


@given(st.lists(DEBRIS, max_size=20).map("".join) | st.text(max_size=60))
def test_any_text_becomes_html(text: str) -> None:
    shown = clean(to_html(text, clipping=True))
    assert "**" not in shown.replace("*&quot;", "") or "`" in text or "\\" in text or "&" in text
    to_html(text)
    line_to_html(text)
