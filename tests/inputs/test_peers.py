"""What other parsers' own suites expect of their feeds holds in our readings, where our record has the field."""

import ast
import calendar
import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.dates import read_moment
from digest.errors import InputError
from digest.inputs import read_feed
from digest.markup import clean, inline, plain
from digest.model import RawItem, Reading, Source

FEEDS = Path(__file__).resolve().parents[3] / "shared/corpus/feeds"
SHARE = 0.99  # of the expectations
SOURCE = Source(id="peer", name="Peer", url="http://127.0.0.1:8097/")
NOT_OURS = (
    "crazy",  # the text of scripts is kept: we show none
    "_and_",  # two texts, of which our record has one
    "content_location",  # a header of the answer, not of the document
)
DATES = ("published", "created", "updated")
Path_ = tuple[str | int, ...]

pytestmark = pytest.mark.skipif(not FEEDS.exists(), reason="the other parsers' feeds are not beside this checkout")


def documents() -> Iterator[tuple[str, str, bytes]]:
    """Path, expectation (of feedparser's own suite) and bytes of every feed."""
    for line in (FEEDS / "MANIFEST.jsonl").read_text().splitlines():
        told = json.loads(line)
        expected = (told.get("expect") or {}).get("expr", "")
        yield told["path"], expected if told["project"] == "feedparser" else "", (FEEDS / told["path"]).read_bytes()


def expectations(expression: str) -> Iterator[tuple[Path_, object]]:
    """What an expression says of fields by `==`, one path and value each."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError:
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq) and (path := steps(part.left)):
            try:
                yield path, ast.literal_eval(part.comparators[0])
            except ValueError:
                continue


def steps(node: ast.expr) -> Path_:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute) and (path := steps(node.value)):
        return (*path, node.attr)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and (path := steps(node.value)):
        return (*path, node.slice.value)
    return ()


def holds(path: Path_, wanted: object, reading: Reading) -> bool | None:
    """Whether an expectation holds; None where our record has no such field."""
    if path == ("feed", "title"):
        return reading.title == inline(str(wanted))
    if path[0] != "entries" or len(path) < 3 or not isinstance(path[1], int) or path[1] >= len(reading.items):
        return None
    item, field = reading.items[path[1]], path[2:]
    if field in (("title",), ("title_detail", "value")):
        return item.title == wanted or alike(item.title, str(wanted))
    if field == ("link",):
        return item.url.rstrip("/") == str(wanted).rstrip("/")
    if field in (("id",), ("guid",)):
        return item.uid == wanted
    if field in (("summary",), ("description",), ("summary_detail", "value"), ("content", 0, "value")):
        return alike(item.html, str(wanted))
    if field in (("author",), ("author_detail", "name")):
        return bool(item.author) and item.author in str(wanted)
    return on_time(item, str(field[0]), wanted) if len(field) == 1 else None


def on_time(item: RawItem, field: str, wanted: object) -> bool | None:
    name = field.removesuffix("_parsed")
    if name not in DATES:
        return None
    stated = item.updated if name == "updated" else item.published
    if name == field or not isinstance(wanted, tuple):
        return stated == wanted
    moment = read_moment(stated)
    return moment is not None and moment.at == calendar.timegm(wanted)


def alike(ours: str, theirs: str) -> bool:
    """Whether a reader sees the same, with the same links; `theirs` may have been text."""
    a, b = clean(ours, SOURCE.url), clean(theirs, SOURCE.url)
    links = [re.findall(r'href="([^"]*)"', html) for html in (a, b)]
    return plain(ours).split() == theirs.split() or (plain(a) == plain(b) and links[0] == links[1])


def test_the_expectations_of_feedparsers_own_suite_hold(capsys: pytest.CaptureFixture[str]) -> None:
    held, broken = 0, []
    for path, expression, data in documents():
        if not expression or any(word in path for word in NOT_OURS):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                reading = read_feed(data, SOURCE, path)
            except InputError as fault:
                reading = Reading(title=f"not read: {fault}")
        for field, wanted in expectations(expression):
            found = holds(field, wanted, reading)
            held += found is True
            if found is False:
                broken.append((path, field, wanted))
    share = held / (held + len(broken))
    with capsys.disabled():
        print(f"\nfeedparser's expectations: {held} of {held + len(broken)} hold ({share:.2%})")
    assert share >= SHARE, "\n".join(map(str, broken))


def test_every_item_of_every_suite_is_accounted_for() -> None:
    for path, _, data in documents():
        if b"content:item" in data or b"Query" in data:  # other elements of that name
            continue
        stood = len(re.findall(rb"<(?:\w+:)?(?:item|entry)[\s>]", data, re.IGNORECASE))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                reading = read_feed(data, SOURCE, path)
            except InputError as fault:
                assert len(str(fault)) > 10, path
                continue
        is_xml = not data.lstrip().startswith(b"{")
        assert not is_xml or len(reading.items) + len(reading.rejected) >= stood or b"<!--" in data, path
        assert len({item.uid for item in reading.items}) <= len(reading.items)
        assert all(item.uid for item in reading.items), path
