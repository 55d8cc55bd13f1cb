"""What is recalled is at hand where it was fetched, and worked out again where the cache has lost it."""

from pathlib import Path

from digest.flows import recall
from digest.flows.prepare import packed
from digest.flows.recall import Recall
from digest.model import Article, Body, Prepared, Signature
from digest.shell.state import State


def made(version: str) -> Prepared:
    article = Article(id=version, version=version, source_id="", uid="u", title="T", slug="t")
    return Prepared(article=article, signature=Signature(), body=body(version))


def body(name: str) -> Body:
    return Body(html=(f"<p>{name}</p>",), text=name)


def test_bodies_at_hand_are_not_asked_for_again(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(recall, "BODIES", 3)
    monkeypatch.setattr(recall, "prepare", made)
    asked: list[list[str]] = []
    with State(tmp_path) as state:
        state.remember([packed(made(name)) for name in "abcd"])
        remembered = state.bodies
        monkeypatch.setattr(state, "bodies", lambda keys: asked.append(list(keys)) or remembered(asked[-1]))
        known = Recall(state, lambda: {"lost": "again"})
        known.fetch_bodies(["a", "b", "a"])
        assert [known.body(name) for name in ("a", "b", "c", "d", "d", "a")] == [body(name) for name in "abcdda"]
        assert known.body("lost") == body("again")
    assert asked == [["a", "b"], ["c"], ["d"], ["a"], ["lost"]]
