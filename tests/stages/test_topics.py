from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from digest.model import Article, Story, Topic
from digest.stages.topics import TELLING_WORDS, assign_topics
from tests.stages.build import article, story

SHIPS = Topic(name="Ships", slug="ships", query="ship")
PORTS = Topic(name="Ports", slug="ports", query="port")
BY_HAND = Topic(name="By hand", slug="by-hand")
RULES = (SHIPS, PORTS, BY_HAND)


def known(*articles: Article) -> dict[str, Article]:
    return {one.id: one for one in articles}


def answering(id: str, *names: str, time: str = "2026-11-22 12:00") -> Article:
    return article(id, time=time, ruled_topics=names)


def labelled(id: str, label: str, title: str = "A title", **more: Any) -> Article:
    return article(id, title, facts={"label": label}, words=TELLING_WORDS, **more)


def under(
    stories: Sequence[Story],
    articles: Mapping[str, Article],
    rules: Sequence[Topic] = RULES,
    published: Mapping[str, Sequence[str]] | None = None,
    topics: Sequence[Topic] = (),
) -> dict[str, tuple[str, ...]]:
    """Story id → its topics."""
    assigned, _ = assign_topics(stories, articles, rules, published or {}, topics)
    return {one.id: one.topics for one in assigned}


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
    west, _ = assign_topics(stories, texts, [rule], {}, (), ZoneInfo("America/New_York"))
    assert [one.topics for one in west] == [("Ships",), ("Ships",)]


def test_what_no_rule_catches_goes_to_a_topic_of_its_own():
    texts = known(labelled("a", "Tarn frost"), answering("b", "Ships"))
    assigned, topics = assign_topics([story("a"), story("b")], texts, RULES, {})
    assert [one.topics for one in assigned] == [("Tarn frost",), ("Ships",)]
    assert list(topics) == ["Ships", "Ports", "By hand", "Tarn frost"]
    assert topics["Tarn frost"] == Topic(name="Tarn frost", slug="tarn-frost", discovered=True)


def test_a_story_joins_a_discovered_topic_by_its_label_or_by_what_it_says():
    texts = known(
        labelled("a", "Tarn frost"),
        labelled("b", "tarn FROST"),
        labelled("c", "", "Growers on the Tarn fear more frosts"),
        labelled("d", "Holm ferry", "Frost on the ferry"),
    )
    assert under([story(id) for id in "abcd"], texts) == {
        "a": ("Tarn frost",),
        "b": ("Tarn frost",),
        "c": ("Tarn frost",),
        "d": ("Holm ferry",),
    }


def test_an_earlier_story_does_not_join_a_later_topic():
    texts = known(labelled("a", "", "Growers on the Tarn fear more frosts"), labelled("b", "Tarn frost"))
    stories = [story("a"), story("b")]
    assert under(stories, texts) == {"a": (), "b": ("Tarn frost",)}
    frost = Topic(name="Tarn frost", slug="tarn-frost", discovered=True)
    assert under(stories, texts, published={"a": (), "b": ("Tarn frost",)}, topics=[frost]) == under(stories, texts)


def test_a_short_text_alone_founds_no_topic():
    short = article("a", words=TELLING_WORDS - 1, facts={"label": "Tarn frost"})
    texts = known(short, article("b"))
    assert under([story("a")], texts) == {"a": ()}
    assert under([story("a", "a", "b")], texts) == {"a": ("Tarn frost",)}


def test_a_story_stays_listed_where_it_was_published():
    texts = known(answering("a", "Ships"), labelled("b", "Holm ferry"))
    frost = Topic(name="Tarn frost", slug="frost-of-the-tarn", discovered=True)
    published = {"a": ("Ports",), "b": ("Tarn frost",)}
    assigned, topics = assign_topics([story("a"), story("b")], texts, RULES, published, [frost])
    assert [one.topics for one in assigned] == [("Ships", "Ports"), ("Tarn frost",)]
    assert topics["Tarn frost"].slug == "frost-of-the-tarn"
    assert "Holm ferry" not in topics


def test_every_topic_has_an_address_of_its_own():
    texts = known(labelled("a", "Tarn Frost!"), labelled("b", "Tarn: frost", "Nothing of the kind"))
    frost = Topic(name="Frost", slug="tarn-frost", discovered=True)
    _, topics = assign_topics([story("a"), story("b")], texts, RULES, {}, [frost])
    assert [topic.slug for topic in topics.values() if topic.discovered] == [
        "tarn-frost",
        "tarn-frost-2",
        "tarn-frost-3",
    ]


def test_a_published_address_stands_whatever_a_new_rule_is_called():
    rule = Topic(name="Tarn Frost", slug="tarn-frost", query="frost")
    frost = Topic(name="Tarn frost", slug="tarn-frost", discovered=True)
    _, topics = assign_topics([story("a")], known(article("a")), [rule], {"a": ("Tarn frost",)}, [frost])
    assert {name: topic.slug for name, topic in topics.items()} == {
        "Tarn Frost": "tarn-frost-2",
        "Tarn frost": "tarn-frost",
    }
    renamed = replace(frost, slug="frost-of-the-tarn")
    _, topics = assign_topics([], {}, [replace(rule, name="Tarn frost")], {}, [renamed])
    assert topics["Tarn frost"] == Topic(name="Tarn frost", slug="frost-of-the-tarn", query="frost")
