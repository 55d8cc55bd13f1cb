from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Edition, Override, Source, Story
from digest.stages.rank import HALF_LIFE, heat, rank
from tests.stages.build import SOURCES, article, at, story

SIX = at("2026-11-22 06:00")
HOUR = 3600  # seconds


def articles(*sources: str, at: int = SIX) -> dict[str, Article]:
    """An article of each source, by the source's id."""
    return {source: article(source, source_id=source, published_at=at) for source in sources}


def ranked(*stories: Story, overrides: tuple[Override, ...] = (), day: str = "2026-11-22") -> list[str]:
    known = {
        id: article(id, source_id=f"source of {id}", published_at=one.last_at)
        for one in stories
        for id in one.article_ids
    }
    edition = rank(Edition(day=day, stories=stories, articles=known), SOURCES, overrides)
    return [one.id for one in edition.stories]


def test_wide_reach_comes_first():
    assert ranked(story("one", last_at=SIX), story("two", "two", "three", last_at=SIX)) == ["two", "one"]


def test_newer_comes_first():
    assert ranked(story("old", last_at=SIX), story("new", last_at=SIX + 60), story("undated")) == [
        "new",
        "old",
        "undated",
    ]


def test_what_has_no_date_does_not_lead_for_having_been_seen_late():
    news = articles("one")["one"]
    undated = replace(news, published_at=None, seen_at=SIX, file="articles/note.md")
    dated = replace(news, published_at=SIX - 20 * HOUR)
    assert heat(story("one"), {"one": undated}, {}) < heat(story("one"), {"one": dated}, {})
    fetched = replace(undated, file="fetched/one/2026-11.jsonl")  # a run knows since when it stands there
    assert heat(story("one"), {"one": fetched}, {}) == heat(story("one"), {"one": news}, {})


def test_a_date_without_an_hour_counts_from_its_middle():
    hour, day = articles("one")["one"], replace(articles("one", at=SIX + 12 * HOUR)["one"], precision="day")
    assert heat(story("one"), {"one": hour}, {}) == heat(story("one"), {"one": day}, {})


def test_of_equals_the_order_is_that_of_their_ids():
    assert ranked(story("b", last_at=SIX), story("a", last_at=SIX)) == ["a", "b"]


def test_twice_the_reach_weighs_as_much_as_a_half_life():
    one, three = story("s1"), story("s1", "s1", "s2", "s3")
    assert heat(one, articles("s1", at=SIX + HALF_LIFE), {}) == heat(three, articles("s1", "s2", "s3"), {})


def test_a_source_counts_once_by_its_weight_and_a_copy_little():
    sources = {"s1": Source(id="s1", name="One", weight=2.0)}
    known = articles("s1", "s2")
    twice = known | {"again": article("again", source_id="s1", published_at=SIX)}
    alone = heat(story("s1"), known, sources)
    assert alone == heat(story("s1", "s1", "again"), twice, sources)
    assert alone > heat(story("s2"), known, sources)
    assert alone < heat(story("s1", "s1 s2"), known, sources) < heat(story("s1", "s1", "s2"), known, sources)


def test_pinned_stories_stand_first_while_the_pin_holds():
    stories = story("old", "old kin", last_at=SIX), story("new", last_at=SIX + HALF_LIFE * 3)
    pin = Override(kind="pin", story="old", until="2026-11-22")
    assert ranked(*stories) == ["new", "old"]
    assert ranked(*stories, overrides=(pin,)) == ["old", "new"]
    assert ranked(*stories, overrides=(pin,), day="2026-11-23") == ["new", "old"]
    assert ranked(*stories, overrides=(replace(pin, story="", article="kin", until=""),)) == ["old", "new"]


@given(st.permutations(["a", "b", "c", "d"]), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_the_order_does_not_depend_on_the_order_they_came_in(ids: list[str], hours: list[int]):
    times = dict(zip("abcd", hours, strict=True))
    stories = [story(id, last_at=SIX + times[id] * 3600) for id in ids]
    assert ranked(*stories) == ranked(*sorted(stories, key=lambda one: one.id))
