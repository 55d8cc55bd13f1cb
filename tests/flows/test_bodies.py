"""Bodies are at hand when they were fetched, and worked out again where the cache has lost them."""

from pathlib import Path

from digest.flows.bodies import Bodies

from digest.flows import bodies
from digest.model import Article, Body, Prepared, Signature
from digest.shell.state import State


def body(name: str) -> Body:
    return Body(html=(f"<p>{name}</p>",), text=name)


def test_what_is_at_hand_is_not_asked_for_again(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(bodies, "AT_HAND", 3)
    monkeypatch.setattr(
        bodies, "prepare", lambda job: Prepared(article=made("x"), signature=Signature(), body=body(job))
    )
    asked: list[list[str]] = []
    with State(tmp_path) as state:
        state.remember([Prepared(article=made(name), signature=Signature(), body=body(name)) for name in "abcd"])
        remembered = state.bodies
        monkeypatch.setattr(state, "bodies", lambda keys: asked.append(list(keys)) or remembered(asked[-1]))
        known = Bodies(state, lambda: {"lost": "again"})
        known.fetch(["a", "b", "a"])
        assert [known(name) for name in ("a", "b", "c", "d", "d", "a")] == [body(name) for name in "abcdda"]
        assert known("lost") == body("again")
    assert asked == [["a", "b"], ["c"], ["d"], ["a"], ["lost"]]


def made(version: str) -> Article:
    return Article(id=version, version=version, source_id="", uid="u", title="T", slug="t")
