"""What is said of a day's topics and watched words is so."""

from typing import Any

import pytest

from digest.model import Archive, Edition, Site
from digest.stages.pages import views_of
from digest.stages.pages.pulse import by_topic, holding, unusual, watched
from digest.views import EditionView, PulseRow, SearchView, Series, TopicsView, TopicView
from tests.stages.build import article
from tests.stages.drawn import drawn
from tests.stages.pages.known import FROST, RETIRED, SHIPS, archive, edition

SITE = Site(title="Morning Desk")


def view(known: Archive, stem: str = "index") -> Any:
    [found] = [one for one in drawn(views_of(known, SITE)) if one.stem == stem and hasattr(one, "head")]
    return found


def test_an_article_counts_under_every_topic_of_its_story():
    today = edition("2026-11-22", {"a": ("Ships", "Ports"), "b": ("Ports",), "c": ()})
    assert by_topic(today) == {"Ships": 1, "Ports": 2}
    known = archive(today)
    front: EditionView = view(known)
    for row in front.pulse:
        page: TopicView = view(known, row.href.removesuffix(".html"))
        assert page.series.counts == row.series.counts
    assert [(section.topic.name, section.articles) for section in front.sections] == [
        ("Ships", 1),
        ("Ports", 1),
        ("More stories", 1),
    ]


def test_a_rule_whose_news_stands_under_another_topic_first_is_not_quiet():
    front: EditionView = view(archive(edition("2026-11-22", {"a": ("Ships", "Ports")})))
    assert front.quiet == ()
    other: EditionView = view(archive(edition("2026-11-22", {"a": ("Ships",)})))
    assert [quiet.topic.name for quiet in other.quiet] == ["Ports"]


def test_a_topic_whose_rule_was_taken_away_keeps_only_its_page():
    known = archive(edition("2026-11-21", {"a": ("Bees",)}), edition("2026-11-22", {"b": ("Ships",)}))
    assert (RETIRED.ruled, FROST.ruled, SHIPS.ruled) == (False, False, True)
    front: EditionView = view(known)
    assert [row.topic for row in front.pulse] == ["Ships", "Ports"]
    assert [quiet.topic.name for quiet in front.quiet] == ["Ports"]
    topics: TopicsView = view(known, "topics")
    assert [row.topic for row in topics.rows] == ["Ships", "Ports"]
    assert topics.discovered == ()
    search: SearchView = view(known, "search")
    assert [topic.name for topic in search.topics] == ["Ships", "Ports"]
    page: TopicView = view(known, "topic/bees")
    assert (page.stories, page.query, page.discovered) == (1, "", False)


def test_topics_with_a_rule_stand_before_the_others():
    told = {"a": ("Frost",), "b": ("Bees",), "c": ("Ports",), "d": ("Ships",)}
    front: EditionView = view(archive(edition("2026-11-22", told)))
    assert [section.topic.name for section in front.sections] == ["Ships", "Ports", "Frost", "Bees"]


def test_a_day_without_an_edition_counts_nothing():
    known = archive(edition("2026-11-20", {"a": ("Ships",)}), edition("2026-11-23", {"b": ("Ships",)}))
    days = ("2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23")
    for series in (
        view(known).pulse[0].series,
        view(known, "topic/ships").series,
        view(known, "source/gazette").series,
    ):
        assert (series.days, series.counts[1:]) == (days, (0, 0, 1))
    assert view(known, "2026/11/20").pulse[0].series.days == days[:1]


@pytest.mark.parametrize(
    ("counts", "median", "editions", "said"),
    [
        ((4, 5, 4, 4, 12), 4.0, 5, ("Ships is at 3 times its median",)),
        ((4, 5, 4, 4, 12), 4.0, 4, ()),
        ((4, 5, 4, 4, 7), 4.0, 5, ()),
        ((1, 1, 1, 1, 12), 1.0, 5, ()),
    ],
    ids=["thrice as much", "too few editions", "not twice as much", "too little to compare with"],
)
def test_what_is_unusual_is_said(counts: tuple[int, ...], median: float, editions: int, said: tuple[str, ...]):
    line = Series(days=("",) * len(counts), counts=counts, median=median)
    row = PulseRow(topic="Ships", href="", hue=0, series=line, delta=0.0)
    assert unusual([row], editions, SITE) == said


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("The toll rises", 1),
        ("“Toll rises”", 1),
        ('(toll) and "TOLL"', 1),
        ("¿Toll?", 1),
        ("The toll's end", 1),
        ("Tolls rise", 1),
        ("The tollway", 0),
        ("Extoll", 0),
        ("The bridge", 0),
    ],
)
def test_a_watched_word_is_a_word(title: str, count: int):
    assert holding(_saying(title), ["toll"]) == {"toll": count}


def test_a_watched_phrase_is_its_words_one_behind_the_other():
    watch = ["war risk", "—"]
    assert holding(_saying("A “war-risk” premium"), watch) == {"war risk": 1, "—": 0}
    assert holding(_saying("War is no risk"), watch) == {"war risk": 0, "—": 0}


def test_watched_words_are_told_with_what_changed():
    today = {"toll": 3, "frost": 1, "bees": 0}
    assert [(link.name, link.count, link.note) for link in watched(today, {"toll": 1, "frost": 0, "bees": 2})] == [
        ("toll", 3, "+2"),
        ("frost", 1, "+1"),
    ]
    assert [link.note for link in watched(today, None)] == ["", ""]


def _saying(title: str) -> Edition:
    return edition("2026-11-22", {}, articles={"a": article("a", title)})
