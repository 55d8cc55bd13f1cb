"""What is at hand was fetched before; what the cache has lost is worked out again, and kept."""

from pathlib import Path

import pytest

from digest.flows import recall
from digest.flows.prepare import packed
from digest.flows.recall import Recall
from digest.model import Article, Body, Prepared, Signature
from digest.shell.state import State


def body(name: str) -> Body:
    return Body(html=(f"<p>{name}</p>",), text=name)


def made(version: str) -> Article:
    return Article(id=version, version=version, source_id="", uid="u", title="T", slug="t")


def prepared(name: str) -> Prepared:
    return Prepared(article=made(name), signature=Signature(exact=name), body=body(name))


@pytest.fixture(name="asked")
def _asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the cache is asked for, where it holds a, b, c and d; three of each are at hand at most."""
    asked: list[list[str]] = []
    monkeypatch.setattr(recall, "BODIES", 3)
    monkeypatch.setattr(recall, "SIGNATURES", 3)
    monkeypatch.setattr(recall, "prepare", lambda job: prepared(job))
    for kind in ("bodies", "signatures"):
        whole = getattr(State, kind)
        monkeypatch.setattr(
            State, kind, lambda self, keys, whole=whole: asked.append(list(keys)) or whole(self, asked[-1])
        )
    return asked


def test_what_is_at_hand_is_not_asked_for_again(tmp_path: Path, asked: list[list[str]]):
    with State(tmp_path) as state:
        state.remember([packed(prepared(name)) for name in "abcd"])
        known = Recall(state, str)
        known.fetch_bodies(["a", "b", "a"])
        assert [known.body(name) for name in "abcdda"] == [body(name) for name in "abcdda"]
        assert known.body("lost") == body("lost")
    assert asked == [["a", "b"], ["c"], ["d"], ["a"], ["lost"]]


def test_signatures_are_fetched_together_and_those_not_asked_for_make_room(tmp_path: Path, asked: list[list[str]]):
    with State(tmp_path) as state:
        state.remember([packed(prepared(name)) for name in "abcd"])
        known = Recall(state, str)
        known.fetch_signatures(map(made, "abc"))
        assert [known.signature(made(name)).exact for name in "acdab"] == list("acdab")
    assert asked == [["a", "b", "c"], ["d"], ["b"]]


def test_what_was_lost_is_kept_again(tmp_path: Path, asked: list[list[str]]):
    with State(tmp_path) as state:
        assert Recall(state, str).signature(made("x")).exact == "x"
        assert Recall(state, str).body("x") == body("x")
