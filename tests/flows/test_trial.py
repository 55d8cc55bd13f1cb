"""`digest topic test`: a query before it is a topic."""

import re
from pathlib import Path

import pytest

from digest.query import Subject, index, judge, parse
from digest.text import stem, words
from tests.flows.asking import STORIES, asked, project

TOPICS = '[[topic]]\nname = "Ferries"\nquery = "ferry"\n'


def test_hits_near_misses_and_what_no_topic_caught(tmp_path: Path):
    said = asked(project(tmp_path, {**STORIES, "topics.toml": TOPICS}), "topic", "test", "truce AND lorries NOT ferry")
    lines = said.stdout.splitlines()
    assert lines[0] == "2 of 3 articles answer it, by:"
    assert "1 story caught (at least 15% of their texts answer):" in lines
    assert "1 story no topic's query has caught (+: this one would):" in lines
    assert any(line.startswith("  + ") for line in lines)


def test_what_no_topic_caught_comes_with_a_query_that_would_catch_it(tmp_path: Path):
    root = project(tmp_path, {**STORIES, "topics.toml": '[[topic]]\nname = "Storms"\nquery = "storm"\n'})
    proposed = re.findall(r"\(([0-9a-f]{16})\)  \[try: (.+)\]", asked(root, "topic", "test", "storm").stdout)
    assert len(proposed) == 2
    for story, query in proposed:
        caught = asked(root, "topic", "test", query).stdout.partition(" caught (")[2].partition(" near miss")[0]
        assert story in caught


def test_a_query_may_name_a_topic_and_a_near_miss_says_what_was_missing(tmp_path: Path):
    root = project(tmp_path, {**STORIES, "topics.toml": TOPICS})
    said = asked(root, "topic", "test", "topic:Ferries AND storm").stdout
    assert "Ferry port closes  [storm]" in said


def test_a_query_that_cannot_be_read_shows_where(tmp_path: Path):
    assert "^" in asked(project(tmp_path, STORIES), "topic", "test", "(truce", code=2).stderr


@pytest.mark.parametrize(
    ("query", "near", "decided"),
    [
        ("truce AND port", True, "port"),
        ("truce AND port AND storm", False, "port and storm"),
        ("truce NOT lang:en", True, "NOT lang:en"),
        ('"holds truce"', True, '"holds truce": not one after the other'),
        ("truce NEAR/1 midnight", True, "truce NEAR/1 midnight: too far apart"),
        ("port OR storm", False, "(port OR storm)"),
        ("(truce AND port) OR storm", True, "port"),
        ("title:port", False, "title:port"),
        ("/por+t/", False, "/por+t/"),
        ("truce AND por*", True, "por*"),
    ],
)
def test_the_clause_that_decided(query: str, near: bool, decided: str):
    subject = Subject(title="Truce", text="The truce holds since midnight.", language="en")
    verdict = judge(parse(query).clause, index(subject, tokens=words, stem=stem))
    assert not verdict.matches
    assert (verdict.near, verdict.decided) == (near, decided)
