import pytest

from digest.model import Outcome, Rejected
from digest.stages.account import account
from tests.stages.build import article, story

ARTICLES = {id: article(id, f"Title of {id}", file=f"fetched/{id}.jsonl") for id in ("a", "b", "c", "x")}
OLDER = {"a": [article("a", "First title of a"), article("a", "Second title of a")]}
REJECTED = [Rejected(source_id="wire", file="feeds/wire.xml", reason="not a feed"), Rejected(reason="line 4: no uid")]


@pytest.fixture(name="outcomes")
def _outcomes() -> tuple[Outcome, ...]:
    stories = [story("a", "a b", topics=("Ships",)), story("c")]
    return account(ARTICLES, OLDER, stories, {"x": ARTICLES["x"]}, REJECTED)


def test_nothing_that_was_read_is_missing(outcomes: tuple[Outcome, ...]):
    assert [(one.title, one.status) for one in outcomes] == [
        ("Title of a", "shown"),
        ("Title of b", "copy"),
        ("Title of c", "shown"),
        ("Title of x", "hidden"),
        ("First title of a", "superseded"),
        ("Second title of a", "superseded"),
        ("", "rejected"),
        ("", "rejected"),
    ]


def test_what_is_shown_has_its_article_s_id_and_all_ids_differ(outcomes: tuple[Outcome, ...]):
    assert [one.id for one in outcomes[:4]] == ["a", "b", "c", "x"]
    assert len({one.id for one in outcomes}) == len(outcomes)


def test_each_is_told_with_its_place(outcomes: tuple[Outcome, ...]):
    assert [(one.of, one.story_id, one.topics) for one in outcomes[:5]] == [
        ("", "a", ("Ships",)),
        ("a", "a", ("Ships",)),
        ("", "c", ()),
        ("", "", ()),
        ("a", "", ()),
    ]
    assert all(one.of != one.id for one in outcomes)


def test_what_is_not_shown_has_its_reason(outcomes: tuple[Outcome, ...]):
    assert [one.reason for one in outcomes if one.status not in ("shown", "copy")] == [
        "hidden by overrides.toml",
        "a later version is shown",
        "a later version is shown",
        "not a feed",
        "line 4: no uid",
    ]
    assert outcomes[-2].file == "feeds/wire.xml"
