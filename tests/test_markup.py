"""HTML: safe, without anything empty; and its text."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.markup import absolute_links, clean, inline, plain, quoted, shallow

TAGS = """<p> </p> <div> </div> <em> </em> <br> <ul> <li> </ul> <a> <a/href='/x'> </a> <img/src=/a/alt=q> <h1> <header>
<blockquote> <pre> <svg> <title> <script> </script> <!-- --> <dl><dd> <figure> &nbsp; &amp;lt; x " <"""
PIECES = st.sampled_from([*re.split(r"\s", TAGS), " ", "\n", "\u200b"])

CLEANED = [
    ("<div>One</div><div>Two</div>", "<div>One</div><div>Two</div>"),
    ("<section><h1 id=a class=b style=c>T</h1></section>", "<div><h2>T</h2></div>"),
    ("<p>a<script>alert(1)</script><style>*{}</style></p>", "<p>a</p>"),
    ("<u>under</u><font>lined</font>", "<p>underlined</p>"),
    ("<p>a</p><p>&nbsp;</p><p><br></p><div><em> </em></div><p>b</p>", "<p>a</p>   <p>b</p>"),
    ("<p>a</p><br><br><p><br>b<br></p>", "<p>a</p><p>b</p>"),
    ("one<em> </em>word<div></div>two", "<p>one word two</p>"),
    ("bare text", "<p>bare text</p>"),
    ('<p lang="ar" dir="rtl" onclick="x()">نص</p>', '<p lang="ar" dir="rtl">نص</p>'),
    ('<a href="javascript:alert(1)">a</a> <a href="data:x">b</a> <a name=c>c</a>', "<p>a b c</p>"),
    ("<table><tr><td></td><td>1</td></tr></table>", "<table><tbody><tr><td></td><td>1</td></tr></tbody></table>"),
    ('<ol start="4"><li>x</li></ol>', '<ol start="4"><li>x</li></ol>'),
    ("<math><mi>x</mi></math><svg><path/></svg>", ""),
]


@pytest.mark.parametrize(("raw", "safe"), CLEANED)
def test_clean(raw: str, safe: str) -> None:
    assert clean(raw) == safe


def test_what_stands_in_an_attribute_is_never_taken_for_a_tag() -> None:
    """What is left empty is taken out by patterns, which an attribute must not be able to end."""
    hidden = clean('<p lang="<p "> </p>seen <a href="https://a.example/?onmouseover=alert(1) x=<i></i>">link</a>')
    assert hidden.startswith("<p>seen <a href=")
    assert "<i>" not in hidden


def test_nothing_turns_the_text_after_it() -> None:
    assert inline("tfel \u202eot\u202c right \u2066x") == "tfel ot right x"
    assert plain("<p>tfel \u202eot\u202c</p><p>&#x2067;right") == "tfel ot\nright"
    assert clean("<p>tfel \u202eot\u202c</p>") == "<p>tfel ot</p>"
    assert clean("<p>\u2067one</p>") == clean("<p>one\u2069</p>") == clean("<p>&#8234;one\u2069</p>") == "<p>one</p>"
    ended = "<p>\u202b\u2066@desk\u2069 كتب\u202c</p>"
    assert clean(ended) == ended


def test_links_are_absolute_and_tell_nobody_where_they_stand() -> None:
    link = '<p><a href="https://example.org/a/y" rel="noopener noreferrer">y</a></p>'
    assert clean("<p><a href=y>y</a></p>", "https://example.org/a/x") == link
    assert clean("<p><a href=y>y</a></p>", "not a base") == "<p>y</p>"
    assert clean("<p><a href=y>y</a></p>", "https://") == "<p>y</p>"


def test_pictures_are_links_or_words_and_never_loaded() -> None:
    shown = clean(
        '<p><img src="/cat.jpg" alt="A cat"><img src="/pixel.gif"><a href="/y"><img src="z" alt="in"></a></p>',
        "https://a.org",
    )
    assert shown == (
        '<p><a href="https://a.org/cat.jpg" rel="noopener noreferrer">A cat</a>'
        '<a href="https://a.org/y" rel="noopener noreferrer">in</a></p>'
    )
    assert clean('<iframe src="https://v.example/1" title="A film"></iframe>') == (
        '<p><a href="https://v.example/1" rel="noopener noreferrer">A film</a></p>'
    )


@given(
    st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=60), st.sampled_from(["", "https://example.org/a/"])
)
@example("<br>", "")
@example("<ul><br></ul>x<br>", "")
def test_clean_has_nothing_left_to_do(html: str, base: str) -> None:
    once = clean(html, base)
    assert clean(once, base) == once


@given(st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=60))
def test_any_text_has_a_plain_form(text: str) -> None:
    assert all(line == " ".join(line.split()) != "" for line in plain(text).splitlines())
    assert inline(text) == " ".join(inline(text).split())


def test_plain_is_one_line_a_block() -> None:
    html = (
        "<h2>A  head</h2><p>One\ntwo<br>three<br><br>four &amp; &lt;5&gt;</p><ul><li>six<li>seven</ul><table><td>8<td>9"
    )
    assert plain(html).split("\n") == ["A head", "One two three", "four & <5>", "six", "seven", "8", "9"]


def test_plain_knows_no_scripts() -> None:
    assert plain("a<script>x</script><style>y</style><noscript>z</noscript><!-- c -->b") == "ab"
    assert plain('<p title="a > b">text') == "text"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T &#8211; x", "AT&T – x"),
        ("&lt;b&gt;Bold&lt;/b&gt; <i>it</i>alic", "Bold italic"),
        ("One<br/>Two<p>Three", "One Two Three"),
        ("a < b > c, <Name> & 5 <3", "a < b > c, <Name> & 5 <3"),
        ("x<script>alert(1)</script>", "x"),
        ("  a\u00a0\n\t b\x00\x07\ufeff ", "a b"),
        ('<img src=x onerror="alert(1)">t', "t"),
    ],
)
def test_inline(raw: str, line: str) -> None:
    assert inline(raw) == line


def test_plain_text_becomes_paragraphs() -> None:
    assert quoted("5 < 6\n& more\n\n \nnext") == "<p>5 &lt; 6 &amp; more</p><p>next</p>"


def test_a_base_of_its_own() -> None:
    html = '<a href="x">x</a><img src="/y"><a href="https://b.org/">z</a>'
    assert absolute_links(html, "https://a.org/b/") == (
        '<a href="https://a.org/b/x">x</a><img src="https://a.org/y"><a href="https://b.org/">z</a>'
    )


@pytest.mark.parametrize("value", ["", "=1", '="1"', "='>'", '=">" ', " = x"])
def test_of_a_tag_with_attributes_without_end_only_words_are_left(value: str) -> None:
    def tag(count: int) -> str:
        return "<p " + " ".join(f"a{n}{value}" for n in range(count)) + ">the ferry"

    assert shallow(tag(4_000)) == tag(4_000)
    assert shallow(tag(6_000)).endswith("the ferry</p>")
    assert "<p a" not in shallow(tag(6_000)) + shallow(tag(1_000) * 40)
    assert shallow(tag(20) * 1_000) == tag(20) * 1_000


@pytest.mark.parametrize(
    "unseen", ["\u200b\u200d", "\u3164", "\u2800\u2800", "\u034f", "\U000e0041\U000e0042", "\ufe0f"]
)
def test_a_name_that_nobody_sees_is_none(unseen: str):
    assert inline(unseen) == ""
    assert inline(f"{unseen}a") != ""


def test_what_is_no_character_stands_in_no_name():
    assert inline("A\uffff quay\ufdd0") == "A quay"
