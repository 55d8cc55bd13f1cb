from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import pytest

from digest.themes import WINDOW, Themes

DAY = 86_400


def themes(*texts: str, settled: Mapping[str, str] = MappingProxyType({}), days: int = 1) -> dict[str, str]:
    """Story → theme; a text is the id of its story and its words, those of names with a capital, so many days apart."""
    found = Themes()
    for story, theme in settled.items():
        found.settle(story, theme)
    said: defaultdict[str, list[tuple[dict[str, float], set[str]]]] = defaultdict(list)
    for at, text in enumerate(texts):
        story, *words = text.split()
        terms = {word.lower(): 1.0 for word in words}
        said[story].append((terms, {word.lower() for word in words if word.istitle()}))
        found.take(story, terms, at * days * DAY, partial(iter, said[story]))
    return found.of


def test_stories_that_say_the_same_share_a_theme():
    assert themes("a frost orchard Tarnby", "b ferry harbour Holm", "c frost orchard Varde") == {
        "a": "a",
        "b": "b",
        "c": "a",
    }


def test_a_name_alone_is_no_theme():
    assert themes("a frost orchard valley Quay", "b ferry harbour pilot Quay") == {"a": "a", "b": "b"}


def test_a_story_is_looked_at_again_as_it_grows():
    first = ["a frost orchard apple pear", "b rain frost tide cellar dyke gale"]
    assert themes(*first) == {"a": "a", "b": "b"}
    assert themes(*first, "b frost orchard apple pear") == {"a": "a", "b": "a"}


def test_what_has_joined_stands():
    texts = ["a frost orchard", "b frost orchard", "c strike port", *["b strike port"] * 5]
    assert [themes(*texts[:count])["b"] for count in range(2, len(texts) + 1)] == ["a"] * (len(texts) - 1)


def test_a_prefix_decides_as_the_whole():
    texts = ["a frost orchard", "b ferry harbour", "c frost valley orchard", "d harbour ferry pilot", "e frost ferry"]
    whole = themes(*texts)
    for count in range(len(texts)):
        assert themes(*texts[:count]).items() <= whole.items()


def test_a_theme_that_rested_long_is_over():
    texts = ["a frost orchard", "b frost orchard"]
    assert themes(*texts, days=WINDOW // DAY) == {"a": "a", "b": "a"}
    assert themes(*texts, days=WINDOW // DAY + 1) == {"a": "a", "b": "b"}


def test_where_a_story_was_published_it_stays():
    texts = ["a frost orchard", "b frost orchard"]
    assert themes(*texts, settled={"b": "Holm ferry"}) == {"a": "a", "b": "Holm ferry"}
    assert themes(*texts, settled={"a": "Tarn frost"}) == {"a": "Tarn frost", "b": "Tarn frost"}


def test_old_stories_are_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("digest.themes.ACTIVE", 2)
    texts = ["a frost orchard", "b ferry harbour", "c strike port"]
    assert themes(*texts, "d ferry harbour", "e frost orchard") == {"a": "a", "b": "b", "c": "c", "d": "b", "e": "e"}


def test_a_text_without_words_is_a_theme_of_its_own():
    assert themes("a", "b") == {"a": "a", "b": "b"}
