"""What an item costs that was made to cost much: in proportion to its length, whatever stands in it again and again."""

import time
from datetime import UTC

import pytest

from digest.flows.prepare import Job, prepare
from digest.markup import shallow
from digest.model import Prepared, RawItem, Source
from digest.stages.normalise import Setting

LENGTH = 120_000  # characters; what is quadratic takes minutes
SECONDS = 6.0  # of computing; what is not, well under one
SETTING = Setting(source=Source(id="desk", name="Desk"), outlets=frozenset(), zone=UTC, date_order="DMY", show="full")
AGAIN = [
    "\n", "\r\n", "\xa0", " ", "&nbsp;", "<br>", "<br> ", "<p>", "</p>", "<p> </p>", "<p><b></p>", "<h1>", "<div>", "<b><i>", "<ul><li>",
    "<dl><dt>", "<table><tr><td>", "<div><table></div></table>", "<blockquote>", '<blockquote class="twitter-tweet"><p>', "<figure>",
    "<!--", "<a ", '"', "“a” he said. ", "@a ", "(@a) ", "-", "– ", "A ", "ALEPPO (", "May 3, ", "\u2067", "https://x.com/a/status/1\n",
]  # fmt: skip


def prepared(**told: str) -> Prepared:
    raw = RawItem(source_id="desk", **({"uid": "u", "url": "https://desk.example/1", "title": "A ferry"} | told))
    return prepare(Job(key="0123456789abcdef", raw=raw, setting=SETTING))


@pytest.mark.parametrize("start", ["", "<p>(@a) // ", "@<blockquote>"], ids=["plain", "hint", "embed"])
@pytest.mark.parametrize("again", AGAIN)
def test_a_text_made_to_take_long(again: str, start: str) -> None:
    began = time.process_time()
    prepared(html=start + again * (LENGTH // len(again)))
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("field", ["title", "author", "published", "language", "uid", "url", "source_name"])
@pytest.mark.parametrize("again", [" ", "a", "A ", "/amp", ".amp", "1/", "&", "@", "(", "-"])
def test_a_name_made_to_take_long(again: str, field: str) -> None:
    began = time.process_time()
    prepared(**{field: ("https://desk.example/" if field == "url" else "") + again * (LENGTH // len(again))})
    assert time.process_time() - began < SECONDS


def test_what_stands_too_deep_is_shown_as_its_words() -> None:
    deep = "<div>" * 2_500 + "<script>x</script>the ferry &amp; <i>more</i>" + "</div>" * 2_500
    assert shallow(deep) == "<p>x the ferry &amp; more</p>"
    assert prepared(html=deep).body.html == (shallow(deep),)
    flat = "<p>one <b>two</b><br><ul><li>three<li>four</ul>" * 1_000
    assert shallow(flat) == flat
