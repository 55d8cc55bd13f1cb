from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from digest.model import Article, Signature, Story, Topic
from digest.stages.topics import assign_topics
from digest.text import stems, words
from tests.stages.build import article, story

SHIPS = Topic(name="Ships", slug="ships", query="ship")
PORTS = Topic(name="Ports", slug="ports", query="port")
BY_HAND = Topic(name="By hand", slug="by-hand")
RULES = (SHIPS, PORTS, BY_HAND)


def known(*articles: Article) -> dict[str, Article]:
    return {one.id: one for one in articles}


def answering(id: str, *names: str, time: str = "2026-11-22 12:00") -> Article:
    return article(id, time=time, ruled_topics=names)


def about(id: str, name: str, matter: str, **more: Any) -> Article:
    """A text about a matter that concerns one."""
    return article(id, f"{name} {matter}", facts={"names": name, "matters": matter}, **more)


def signed(articles: Mapping[str, Article]) -> dict[str, Signature]:
    """What the texts say: the words of their titles."""
    return {
        id: Signature(terms=dict.fromkeys(stems(words(one.title), one.language), 1.0)) for id, one in articles.items()
    }


def assigned(
    stories: Sequence[Story], articles: Mapping[str, Article], *more: Any
) -> tuple[list[Story], dict[str, Topic]]:
    return assign_topics(stories, articles, signed(articles).__getitem__, *more)


def under(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    rules: Sequence[Topic] = RULES,
    published: Mapping[str, Sequence[str]] | None = None,
    topics: Sequence[Topic] = (),
) -> dict[str, tuple[str, ...]]:
    """Story id → its topics."""
    found, _ = assigned(stories, articles, rules, published or {}, topics)
    return {one.id: one.topics for one in found}


def test_a_rule_catches_a_story_when_enough_of_its_texts_answer():
    texts = known(answering("a", "Ships"), *(answering(id) for id in "bcdefg"))
    assert under([story("a", *"abcdef")], texts) == {"a": ("Ships",)}
    assert under([story("a", *"abcdefg")], texts) == {"a": ()}


def test_copies_do_not_answer_again():
    texts = known(answering("a", "Ships"), answering("b"), answering("c"), answering("d", "Ships"))
    assert under([story("b", "b d", "c")], texts) == {"b": ()}


def test_the_topic_that_more_texts_answer_stands_first_then_the_order_of_the_rules():
    both = known(answering("a", "Ports", "Ships"), answering("b", "Ports"))
    assert under([story("a", "a", "b")], both) == {"a": ("Ports", "Ships")}
    assert under([story("a")], both) == {"a": ("Ships", "Ports")}


def test_filed_by_hand_is_filed():
    texts = known(article("a"), article("b", given_topics=("By hand", "Unknown")), answering("c", "Ships"))
    assert under([story("a", "a b")], texts) == {"a": ("By hand", "Unknown")}, "a topic that no rule fills is one too"


def test_a_rule_ends_with_its_day():
    rule = Topic(name="Ships", slug="ships", query="ship", until="2026-11-22")
    texts = known(answering("a", "Ships"), answering("b", "Ships", time="2026-11-23 00:30"))
    stories = [story("a"), story("b")]
    assert under(stories, texts, [rule]) == {"a": ("Ships",), "b": ()}
    west, _ = assigned(stories, texts, [rule], {}, (), ZoneInfo("America/New_York"))
    assert [one.topics for one in west] == [("Ships",), ("Ships",)]


def test_what_no_rule_catches_goes_to_a_topic_of_its_own():
    texts = known(about("a", "Tarn", "frost"), answering("b", "Ships"), about("c", "Tarn", "frost"))
    found, topics = assigned([story("a", "a", "c"), story("b")], texts, RULES, {})
    assert [one.topics for one in found] == [("Tarn frost",), ("Ships",)]
    assert list(topics) == ["Ships", "Ports", "By hand", "Tarn frost"]
    assert topics["Tarn frost"] == Topic(name="Tarn frost", slug="tarn-frost", discovered=True)


def test_stories_of_one_theme_stand_under_one_topic():
    texts = known(
        about("a", "Tarn", "frost"),
        about("b", "Holm", "ferry"),
        about("c", "Tarn", "frost"),
        about("d", "Holm", "ferry"),
        about("e", "Varde", "strike"),
    )
    assert under([story(id) for id in "abcde"], texts) == {
        "a": ("Tarn frost",),
        "b": ("Holm ferry",),
        "c": ("Tarn frost",),
        "d": ("Holm ferry",),
        "e": (),
    }


def test_one_text_alone_is_no_topic():
    texts = known(about("a", "Tarn", "frost"), about("b", "Tarn", "frost"))
    assert under([story("a")], texts) == {"a": ()}
    assert under([story("a", "a b")], texts) == {"a": ()}, "nor are its copies"
    assert under([story("a", "a", "b")], texts) == {"a": ("Tarn frost",)}


def test_a_topic_keeps_its_name_whatever_comes():
    first = [about("a", "Tarn", "frost"), about("b", "Tarn", "frost")]
    later = [about(id, "Tarn", "harvest") for id in "cdefg"]
    for count in range(len(later) + 1):
        texts = known(*first, *later[:count])
        assert under([story("a", *texts)], texts) == {"a": ("Tarn frost",)}


def test_no_topic_is_named_after_who_tells():
    texts = known(
        *(
            article(id, "Tarn Post on frost in Holm", facts={"names": "Tarn Post\nHolm", "matters": "frost"})
            for id in "ab"
        )
    )
    for outlets, name in (((), "Tarn Post frost"), (("Tarn Post",), "Holm frost")):
        found, _ = assign_topics([story("a", "a", "b")], texts, signed(texts).__getitem__, [], {}, outlets=outlets)
        assert found[0].topics == (name,)


def test_a_story_stays_listed_where_it_was_published():
    texts = known(answering("a", "Ships"), about("b", "Holm", "ferry"), about("c", "Holm", "ferry"))
    frost = Topic(name="Tarn frost", slug="frost-of-the-tarn", discovered=True)
    published = {"a": ("Ports",), "b": ("Tarn frost",)}
    found, topics = assigned([story("a"), story("b", "b", "c")], texts, RULES, published, [frost])
    assert [one.topics for one in found] == [("Ships", "Ports"), ("Tarn frost",)]
    assert topics["Tarn frost"].slug == "frost-of-the-tarn"
    assert "Holm ferry" not in topics


def test_every_topic_has_an_address_of_its_own():
    texts = known(*(about(id, "Tarn", "frost") for id in "ab"))
    frost = Topic(name="Frost", slug="tarn-frost", discovered=True)
    _, topics = assigned([story("a", "a", "b")], texts, RULES, {}, [frost])
    assert [topic.slug for topic in topics.values() if topic.discovered] == [
        "tarn-frost",
        "tarn-frost-2",
    ]


def test_a_published_address_stands_whatever_a_new_rule_is_called():
    rule = Topic(name="Tarn Frost", slug="tarn-frost", query="frost")
    frost = Topic(name="Tarn frost", slug="tarn-frost", discovered=True)
    _, topics = assigned([story("a")], known(article("a")), [rule], {"a": ("Tarn frost",)}, [frost])
    assert {name: topic.slug for name, topic in topics.items()} == {
        "Tarn Frost": "tarn-frost-2",
        "Tarn frost": "tarn-frost",
    }
    renamed = replace(frost, slug="frost-of-the-tarn")
    _, topics = assigned([], {}, [replace(rule, name="Tarn frost")], {}, [renamed])
    assert topics["Tarn frost"] == Topic(name="Tarn frost", slug="frost-of-the-tarn", query="frost")
