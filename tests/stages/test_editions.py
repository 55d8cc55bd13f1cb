from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, ClosedEdition, Edition, Placed, PublishedStory, Run, SourceStatus, Story, Topic
from digest.stages.editions import Calendar, bind, day_ends, to_publish
from tests.stages.build import DAY, article, at, run, shown, story

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = Calendar(minute=360)  # at six
WORKDAYS = (0, 1, 2, 3, 4)


# -- the calendar --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "seen", "day"),
    [
        (Calendar(), "2026-11-22 00:00", "2026-11-22"),
        (Calendar(), "2026-11-22 23:59:59", "2026-11-22"),
        (MORNING, "2026-11-22 05:59:59", "2026-11-22"),
        (MORNING, "2026-11-22 06:00", "2026-11-23"),
        (Calendar(zone=BERLIN), "2026-11-22 23:00", "2026-11-23"),
        (Calendar(zone=BERLIN, minute=360), "2026-07-22 03:59:59", "2026-07-22"),
        (Calendar(zone=BERLIN, minute=360), "2026-07-22 04:00", "2026-07-23"),
        (Calendar(zone=BERLIN, minute=360), "2026-11-22 05:00", "2026-11-23"),
    ],
)
def test_an_edition_holds_what_was_seen_up_to_its_time(calendar: Calendar, seen: str, day: str):
    assert calendar.day_of(at(seen)) == day


def test_a_day_ends_at_midnight_or_with_the_edition_that_holds_its_beginning():
    midnight = at("2026-11-22 00:00")
    assert day_ends(Calendar(), {})(midnight) == at("2026-11-22 23:59:59")
    assert day_ends(MORNING, {})(midnight) == at("2026-11-22 05:59:59")
    assert day_ends(Calendar(weekdays=(0, 1, 2, 3, 4)), {})(midnight) == at("2026-11-22 23:59:59"), "a Sunday"


@pytest.mark.parametrize(
    ("seen", "day"),
    [
        ("2026-11-20 05:00", "2026-11-20"),  # Friday before six
        ("2026-11-20 07:00", "2026-11-23"),
        ("2026-11-21 12:00", "2026-11-23"),
        ("2026-11-22 23:00", "2026-11-23"),
        ("2026-11-23 05:59", "2026-11-23"),
        ("2026-11-23 06:00", "2026-11-24"),
    ],
)
def test_monday_s_edition_covers_the_weekend(seen: str, day: str):
    calendar = Calendar(minute=360, weekdays=WORKDAYS)
    assert calendar.day_of(at(seen)) == day
    assert calendar.end_of(calendar.day_before("2026-11-23")) == at("2026-11-20 06:00")


@pytest.mark.parametrize(
    ("minute", "hours"),
    [
        (0, {"2026-03-28": 24, "2026-03-29": 23, "2026-03-30": 24, "2026-10-25": 25, "2026-10-26": 24}),
        (360, {"2026-03-28": 24, "2026-03-29": 23, "2026-03-30": 24, "2026-10-25": 25, "2026-10-26": 24}),
        (60, {"2026-03-29": 24, "2026-03-30": 23, "2026-10-25": 24, "2026-10-26": 25}),
    ],
)
def test_days_on_which_the_clock_is_changed(minute: int, hours: dict[str, int]):
    calendar = Calendar(zone=BERLIN, minute=minute)
    lengths = {day: calendar.end_of(day) - calendar.end_of(calendar.day_before(day)) for day in hours}
    assert lengths == {day: number * 3600 for day, number in hours.items()}


calendars = st.builds(
    Calendar,
    zone=st.sampled_from(
        [UTC, BERLIN, *map(ZoneInfo, ("America/Havana", "Asia/Beirut", "Pacific/Apia", "Asia/Kolkata"))]
    ),
    minute=st.sampled_from([0, 30, 90, 150, 180, 360, 1439]),
    weekdays=st.sampled_from([(0, 1, 2, 3, 4, 5, 6), WORKDAYS, (6,)]),
)


def falls_into_one(calendar: Calendar, seen: int) -> bool:
    day = calendar.day_of(seen)
    return calendar.end_of(calendar.day_before(day)) <= seen < calendar.end_of(day)


@given(calendars, st.integers(at("2011-12-25 00:00"), at("2030-01-01 00:00")))
def test_whatever_is_seen_falls_into_one_edition(calendar: Calendar, seen: int):
    assert falls_into_one(calendar, seen)


@given(calendars, st.sampled_from(["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"]), st.integers(0, 49))
def test_also_in_the_hours_that_come_twice_or_never(calendar: Calendar, day: str, half_hours: int):
    assert falls_into_one(calendar, at(f"{day} 00:00") + half_hours * 1800)


# -- editions ------------------------------------------------------------------------------------------------------


def bound(
    *articles: Article | Sequence[Article],
    stories: Sequence[Story] | None = None,
    runs: Sequence[Run] = (),
    published: Sequence[ClosedEdition] = (),
    calendar: Calendar = MORNING,
    statuses: Sequence[SourceStatus] = (),
) -> list[Edition]:
    """The editions of these articles (a list holds the versions of one), each a story of its own if nothing is said."""
    versions = [[one] if isinstance(one, Article) else list(one) for one in articles]
    known = {own[0].id: own for own in versions}
    told = [story(id) for id in known] if stories is None else stories
    return bind(told, known, runs, statuses, calendar, {line.day: line for line in published})


def days(editions: Sequence[Edition]) -> dict[str, list[str]]:
    """ISO day → the new articles of its edition."""
    return {edition.day: list(edition.new_ids) for edition in editions}


A = article("a", time="2026-11-21 12:00")  # stands in the edition of the 22nd
B = article("b", time="2026-11-22 12:00")  # of the 23rd
FILE = replace(article("file", time="2026-11-21 20:00"), seen_stamped=False)
RUNS = [run("2026-11-21 18:00", gazette=1), run("2026-11-22 05:45", gazette=0), run("2026-11-22 18:00", gazette=1)]
CLOSED = ClosedEdition(
    day="2026-11-22",
    end_at=at("2026-11-22 06:00"),
    articles=(Placed(id="a", story_id="a"),),
    stories=(PublishedStory(id="a", slug="a", topics=("Ships",)),),
)


def test_without_runs_articles_stand_on_their_own_day_and_all_is_complete():
    editions = bound(A, B, calendar=Calendar())
    assert days(editions) == {"2026-11-21": ["a"], "2026-11-22": ["b"]}
    assert all(edition.closed for edition in editions)
    assert (editions[0].start_at, editions[0].end_at) == (at("2026-11-21 00:00"), at("2026-11-22 00:00"))


def test_an_edition_is_closed_when_a_later_run_stands_in_the_log():
    one, two = bound(A, B, runs=RUNS)
    assert (one.day, one.closed, one.end_at) == ("2026-11-22", True, at("2026-11-22 06:00"))
    assert (two.day, two.closed) == ("2026-11-23", False)
    assert [edition.closed for edition in bound(A, runs=RUNS[:2])] == [False]
    assert [edition.closed for edition in bound(A, runs=[run("2026-11-22 06:00")])] == [True, False]


def test_a_run_without_items_still_makes_an_edition():
    assert days(bound(A, runs=[*RUNS, run("2026-11-25 05:00")])) == {
        "2026-11-22": ["a"],
        "2026-11-23": [],
        "2026-11-25": [],
    }


def test_nothing_known_makes_no_edition():
    assert bound() == []
    assert days(bound(runs=RUNS[:1])) == {"2026-11-22": []}


def test_what_is_dated_before_its_edition_began_arrived_late():
    late = replace(B, id="late", published_at=at("2026-11-20 14:10"))
    that_day = replace(B, id="that-day", published_at=at("2026-11-22 00:00"), precision="day")
    day_before = replace(B, id="day-before", published_at=at("2026-11-20 00:00"), precision="day")
    saved = replace(late, id="saved", seen_stamped=False)
    undated = replace(late, id="undated", published_at=None)
    first, second = bound(A, B, late, that_day, day_before, saved, undated)
    assert second.late_ids == ("late", "day-before")
    assert set(second.late_ids) <= set(second.new_ids)
    assert bound(replace(A, published_at=0))[0].late_ids == ()  # of the first edition nothing is late
    assert first.late_ids == ()


def test_a_file_that_comes_after_its_edition_was_closed_is_added_there_and_moves_nothing():
    together = [story("a", "a", "file"), story("b")]
    before, _ = bound(A, B, stories=[story("a"), story("b")], runs=RUNS, published=[CLOSED])
    closed, now = bound(A, FILE, B, stories=together, runs=RUNS, published=[CLOSED])
    assert closed.added_ids == ("file",)
    assert closed == replace(before, added_ids=("file",))
    assert [one.id for one in now.stories] == ["b"]


def test_what_was_added_to_an_edition_counts_in_no_other():
    together = [story("a", "a", "file", "b")]
    closed, now = bound(A, FILE, B, stories=together, runs=RUNS, published=[CLOSED])
    assert closed.stories[0].article_ids == ("a",)
    assert now.stories[0].article_ids == ("a", "b")


def test_where_the_lead_came_later_the_first_of_its_copies_stands_for_it():
    closed, now = bound(A, FILE, B, stories=[story("file", "file a b")], runs=RUNS, published=[CLOSED])
    assert closed.stories[0].groups == story("a").groups
    assert now.stories[0].groups == story("a", "a b").groups


def test_an_edition_does_not_count_what_one_before_it_published_when_it_had_closed_itself():
    early = replace(article("early", time="2026-11-20 12:00"), seen_stamped=False)  # of the 21st, which had no edition
    stories = [story("a", "a early")]
    runs = [*RUNS, run("2026-11-24 18:00")]
    before = bound(A, early, stories=stories, runs=runs, published=[CLOSED])
    lines = {line.day: line for line in to_publish(before, {}, stories, {CLOSED.day: CLOSED})}
    after = bound(A, early, stories=stories, runs=runs, published=list(lines.values()))
    assert after == before
    assert [one.of for one in lines["2026-11-21"].articles] == ["a"]  # a copy, though its edition has no other print


def test_a_file_in_an_edition_not_yet_closed_stands_in_it():
    assert days(bound(A, FILE, runs=RUNS[:2])) == {"2026-11-22": ["a", "file"]}


def test_a_story_stands_in_an_edition_as_it_stood_at_its_end():
    first, second = bound(A, B, stories=[story("a", "a", "b", topics=("Ships",), first_at=1, last_at=2)])
    assert (first.stories[0].article_ids, second.stories[0].article_ids) == (("a",), ("a", "b"))
    assert (first.stories[0].last_at, second.stories[0].last_at) == (A.published_at, B.published_at)
    assert list(first.articles) == ["a"]


def test_only_stories_with_something_new_are_listed():
    first, second = bound(A, B)
    assert [[one.id for one in edition.stories] for edition in (first, second)] == [["a"], ["b"]]


def test_a_closed_edition_shows_the_version_that_stood_at_its_end():
    preview = replace(A, title="Truce due at midnight", slug="truce-due")
    report = replace(B, id="a", title="Truce holds", slug="truce-holds", version="2")
    closed, _ = bound([preview, report], runs=RUNS)
    assert (closed.articles["a"].title, closed.stories[0].title) == ("Truce due at midnight", "Truce due at midnight")
    [progress] = bound([preview, report], runs=RUNS[:1])
    assert (progress.articles["a"].title, progress.articles["a"].slug) == ("Truce holds", "truce-due")
    assert (progress.articles["a"].seen_at, progress.articles["a"].seen_stamped) == (A.seen_at, True)


def test_a_closed_edition_lists_stories_under_the_topics_it_was_published_with():
    [closed, *_] = bound(A, stories=[story("a", topics=("Ports",))], runs=RUNS, published=[CLOSED])
    assert closed.stories[0].topics == ("Ships",)


@pytest.mark.parametrize("calendar", [Calendar(), Calendar(minute=1080), Calendar(zone=BERLIN, minute=300)])
def test_other_settings_do_not_move_what_has_closed(calendar: Calendar):
    """What follows a closed edition goes to the next one, wherever that now ends."""
    before, now = bound(A, B, runs=RUNS, published=[CLOSED])
    moved = bound(A, B, runs=RUNS, published=[CLOSED], calendar=calendar)
    assert moved[0].day == "2026-11-22"
    assert replace(moved[0], start_at=None) == replace(before, start_at=None)
    assert moved[1].new_ids == now.new_ids
    assert moved[1].start_at == now.start_at


def test_undated_articles_stand_in_the_newest_edition_until_it_has_closed():
    undated = article("undated", time="")
    assert days(bound(A, undated)) == {"2026-11-22": ["a", "undated"]}
    assert days(bound(A, undated, runs=RUNS)) == {"2026-11-22": ["a"], "2026-11-23": ["undated"]}
    closing = bound(A, undated, runs=[*RUNS, run("2026-11-24 18:00")], published=[CLOSED])
    assert days(closing) == {"2026-11-22": ["a"], "2026-11-23": ["undated"], "2026-11-25": []}
    lines = [CLOSED, *to_publish(closing[1:], {}, [], {})]
    assert days(bound(A, undated, runs=[*RUNS, run("2026-11-26 18:00")], published=lines))["2026-11-23"] == ["undated"]
    assert bound(A, undated, published=[CLOSED])[0].added_ids == ("undated",)


def test_where_nothing_is_dated_there_is_an_edition_without_a_day():
    [edition] = bound(article("undated", time=""))
    assert (edition.day, edition.start_at, edition.end_at, edition.new_ids) == ("", None, None, ("undated",))


def test_each_source_s_last_answer_in_the_window():
    runs = [
        run("2026-11-22 18:00", gazette=2, wire="timed out"),
        run("2026-11-23 05:00", gazette="503", wire=1),
        run("2026-11-23 06:00", gazette=7),
    ]
    first, second = bound(runs=runs, statuses=[SourceStatus(id="wire")])
    assert first.statuses == (
        SourceStatus(id="gazette", status="failed", items=2, reason="503"),
        SourceStatus(id="wire", items=1),
    )
    assert second.statuses == (SourceStatus(id="gazette", items=7),)
    assert bound(A, B, statuses=[SourceStatus(id="wire")])[-1].statuses == (SourceStatus(id="wire"),)


# -- what is published ---------------------------------------------------------------------------------------------

TOPICS = {name: Topic(name=name, slug=name.lower()) for name in ("Ships", "Ports", "Bees")}


def test_what_a_closed_edition_has_published(data_regression):
    copy = replace(A, id="copy")
    stories = [story("a", "a copy", topics=("Ports", "Ships")), story("b")]
    lines = to_publish(bound(A, copy, B, stories=stories, runs=RUNS), TOPICS, stories, {})
    data_regression.check([shown(line) for line in lines])


def test_an_edition_in_progress_has_published_nothing():
    assert to_publish(bound(A, runs=RUNS[:1]), TOPICS, [], {}) == []
    assert to_publish(bound(article("undated", time="")), TOPICS, [], {}) == []


def test_topics_are_published_in_their_order_whatever_the_heat_of_their_stories():
    stories = [story("b", topics=("Bees", "Gone")), story("a", topics=("Ships",))]
    [line] = to_publish(bound(A, replace(A, id="b"), stories=stories), TOPICS, stories, {})
    assert [topic.name for topic in line.topics] == ["Ships", "Bees"]


@given(st.lists(st.integers(0, 6 * 48), max_size=10), st.integers(0, 6 * 48))
def test_closing_an_edition_changes_no_edition(half_hours: list[int], last_run: int):
    start = at("2026-11-16 00:00")
    seen = [article(f"a{n}", published_at=start + half * 1800, seen_at=start + half * 1800)
            for n, half in enumerate(sorted(half_hours))]  # fmt: skip
    stories = [story(one.id, *(other.id for other in seen[n::2])) for n, one in enumerate(seen[:2])]
    runs = [Run(run_at=start + DAY), Run(run_at=start + DAY + last_run * 1800)]
    before = bound(*seen, stories=stories, runs=runs)
    assert bound(*seen, stories=stories, runs=runs, published=to_publish(before, {}, stories, {})) == before


def test_a_closed_edition_keeps_its_window_when_more_days_get_editions():
    weekdays = Calendar(minute=360, weekdays=(0, 1, 2, 3, 4))
    monday = replace(A, id="monday", seen_at=at("2026-11-22 12:00"), seen_stamped=True)
    runs = [run("2026-11-22 12:00"), run("2026-11-23 07:00")]
    (closed,) = to_publish(bound(monday, runs=runs, calendar=weekdays), TOPICS, [], {})
    assert (closed.day, closed.start_at, closed.end_at) == (
        "2026-11-23",
        at("2026-11-20 06:00"),
        at("2026-11-23 06:00"),
    )
    now = bound(monday, runs=runs, published=[closed], calendar=Calendar(minute=360))
    assert [(one.day, one.start_at, one.new_ids) for one in now if one.closed] == [
        ("2026-11-23", closed.start_at, ("monday",))
    ]


def test_a_file_from_a_day_between_changes_no_closed_edition():
    before = bound(A, B, stories=[story("a", "a", "b")], runs=RUNS)
    closed = to_publish(before, TOPICS, [], {})
    file = replace(
        A, id="file", seen_stamped=False, seen_at=A.seen_at - 9 * 86_400, published_at=A.seen_at - 9 * 86_400
    )
    now = bound(A, B, file, stories=[story("a", "a", "b", "file")], runs=RUNS, published=closed)
    published = {one.day for one in closed}
    assert [one.stories for one in now if one.day in published] == [
        one.stories for one in before if one.day in published
    ]
    assert now[0].new_ids == ("file",)
