"""Texts of a few words find their story by what the story's words make likely."""

import math

import pytest

from digest.stages.stories.headlines import COMMONPLACE, UNDATED, Headline, Headlines, probability

HOUR = 3600  # seconds


def told(words: str, at: int | None = None, vector: tuple[int, ...] = ()) -> Headline:
    return Headline(at=at, words=tuple(words.split()), vector=vector)


def after(*seen: tuple[str, str]) -> Headlines:
    """What is known once these have been seen: a story and its words."""
    known = Headlines(72 * HOUR)
    for story_id, words in seen:
        known.learn(story_id, told(words))
    return known


SEEN = (
    ("ferry", "ferry crosses skerry sound"),
    ("bees", "frost kills bees tarn orchards"),
    ("ferry", "skerry ferry brass band"),
    ("pumps", "pumps turn tal rihan"),
    ("ferry", "first ferry eleven months skerry"),
)


def test_a_headline_goes_where_its_words_are_likely():
    odds = after(*SEEN).odds(told("skerry ferry delayed fog"))
    assert max(odds, key=odds.__getitem__) == "ferry"
    assert probability(odds["ferry"]) > 0.9


def test_a_headline_of_new_words_begins_a_story():
    assert after(*SEEN).odds(told("chipmaker halts plant")) == {}


def test_what_many_stories_say_tells_less_than_what_one_story_says_often():
    """Both words stand in three texts, "warning" in three stories, "skerry" in one."""
    seen = [(f"story{n}", f"warning place{n} thing{n}") for n in range(3)]
    known = after(*SEEN, *seen)
    assert known.odds(told("skerry boats late"))["ferry"] > known.odds(told("warning boats late")).get("story0", -9.0)


def test_a_word_of_very_many_stories_tells_nothing():
    """Each headline of a feed that begins them all alike would be weighed against all of its stories."""
    seen = [(f"story{n}", f"vacancy place{n}") for n in range(COMMONPLACE + 1)]
    assert after(*seen).odds(told("vacancy")) == {}
    assert set(after(*seen).odds(told("vacancy place7"))) == {"story7"}


def test_where_little_was_read_one_shared_name_makes_no_story():
    """A town paper's day: each names the town, two tell the same."""
    told_today = (
        "water price tolm rise percent",
        "tolm museum show lost painting",
        "fire destroy timber warehouse tolm port",
        "aid group open clinic tolm camp refugee doctor",
    )
    known = after(*[(f"story{n}", words) for n, words in enumerate(told_today)])
    for words in ("tolm fc sack coach tenth defeat", "tolm council delay school meal vote"):
        assert all(probability(odds) < 0.5 for odds in known.odds(told(words)).values())
    odds = known.odds(told("refugee tolm camp get first clinic doctor"))
    assert max(odds, key=odds.__getitem__) == "story3"
    assert probability(odds["story3"]) > 0.5


def test_of_two_stories_that_use_a_word_the_larger_draws_a_headline_more():
    known = after(("small", "ferry sails holm"), *[("large", "ferry strike varde")] * 9)
    odds = known.odds(told("ferry again"))
    assert odds["large"] > odds["small"]


def test_a_figure_alone_is_chance():
    known = after(("ferry", "1450 lorries ferry"))
    assert known.odds(told("1450 villages snow")) == {}
    assert "ferry" in known.odds(told("1450 lorries wait"))


def test_what_lies_beyond_the_window_is_forgotten():
    known = Headlines(72 * HOUR)
    known.learn("ferry", told("ferry crosses skerry sound", at=0))
    assert "ferry" in known.odds(told("skerry ferry", at=71 * HOUR))
    assert known.odds(told("skerry ferry", at=73 * HOUR)) == {}


def test_of_undated_texts_the_last_are_remembered():
    known = after(("ferry", "ferry crosses skerry sound"), *[("other", "snow")] * UNDATED)
    assert known.odds(told("skerry ferry")) == {}


def test_meaning_moves_the_odds():
    """Two stories share the same word with a headline; one also means the same."""
    near, far = (127, 0, 0), (0, 127, 0)
    known = Headlines(72 * HOUR)
    for n in range(4):
        known.learn("near", told(f"ferry alpha{n}", vector=near))
        known.learn("far", told(f"ferry beta{n}", vector=far))
    odds = known.odds(told("ferry gamma", vector=near))
    assert odds["near"] > odds.get("far", -9.0) + 1


@pytest.mark.parametrize(("odds", "chance"), [(0.0, 0.5), (math.log(9), 0.9), (-math.log(9), 0.1), (-1e6, 0.0)])
def test_log_odds_as_a_probability(odds: float, chance: float):
    assert probability(odds) == pytest.approx(chance)
