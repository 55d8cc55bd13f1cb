"""A source's health is what the runs in the log say of it, and changes its words only when something happens."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Answer, Archive, Health, Run, Site, Source, SourceStatus
from digest.stages.health import DAY, health_of
from digest.stages.pages.cards import Cards
from digest.stages.pages.health import begun, health, trouble
from digest.stages.pages.lists import list_views
from digest.stages.pages.machines import machine_views
from digest.stages.pages.sources import source_views
from digest.views import AboutView, FeedView, SourcesView
from tests.stages.build import at
from tests.stages.drawn import drawn

MONDAY = at("2026-11-02 06:00")
WIRE = Source(id="wire", name="Northgate Wire", url="https://wire.example.org/feed")
SITE = Site(title="Desk", base_url="https://desk.example.org/")
GOOD, NOTHING = Answer(status="ok", http=200, items=6), Answer(status="not_modified", http=304)
BAD = Answer(status="failed", reason="timed out after 20 s")
GONE = Answer(status="failed", http=410, reason="HTTP 410 Gone")


def runs(*answers: Answer | None) -> list[Run]:
    """A run each day; where nothing is given the source was not asked."""
    return [
        Run(run_at=MONDAY + day * DAY, sources={"wire": answer} if answer else {}) for day, answer in enumerate(answers)
    ]


def known(*answers: Answer | None) -> Health:
    return health_of(runs(*answers))["wire"]


def said(*answers: Answer, source: Source = WIRE) -> str:
    last = answers[-1]
    status = SourceStatus(id="wire", status="failed" if last.status == "failed" else "ok", reason=last.reason or "")
    return health(source, status, known(*answers), SITE)


def test_what_the_log_says_of_a_source():
    assert known(GOOD, BAD, GOOD, GOOD, BAD, BAD, None) == Health(
        first_at=MONDAY,
        success_at=MONDAY + 3 * DAY,
        failure_at=MONDAY + 5 * DAY,
        failure="timed out after 20 s",
        failing_since=MONDAY + 4 * DAY,
        news_at=MONDAY + 3 * DAY,
        items_a_day=2.0,  # twelve in six days: what the first visit brought is older
        days_silent=3,
    )


def test_who_was_never_asked_has_no_health():
    assert health_of(runs(None, None)) == {}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((GOOD,), "Answered."),
        ((GOOD, GOOD, GOOD), "Answered. About 6 new items a day."),
        ((GOOD, *[NOTHING] * 5, Answer(status="ok", items=1)), "Answered. About 1 new item a week."),
        ((GOOD, *[NOTHING] * 8), "Answered. Nothing new since 2 November 2026."),
        (
            (GOOD, GOOD, BAD, BAD),
            "Failing since 4 November 2026: timed out after 20 s. It answered last on 3 November 2026.",
        ),
        ((BAD, BAD), "Failing since 2 November 2026: timed out after 20 s. It has never answered."),
        ((GOOD, GONE), "Gone since 3 November 2026: HTTP 410 Gone. It answered last on 2 November 2026."),
        (
            (Answer(status="ok", moved_to="https://new.example.org/feed"),),
            "Answered. It has moved to https://new.example.org/feed.",
        ),
    ],
)
def test_health_in_words(answers, words):
    assert said(*answers) == words


def test_a_private_address_is_not_told():
    private = Source(id="wire", name="Wire", url="https://wire.example.org/", publish=False)
    assert said(Answer(status="ok", moved_to="https://secret.example.org/"), source=private) == "Answered."


@pytest.mark.parametrize("last", [GOOD, NOTHING, BAD])
def test_one_run_more_with_the_same_answer_changes_no_word(last):
    answers = [GOOD] * 8 + [last] * 9
    assert said(*answers) == said(*answers, last)


def test_a_recorded_feed_and_saved_articles_have_words_too():
    empty = SourceStatus(id="wire", status="empty")
    assert health(WIRE, None, None, SITE) == "No feed: its articles were saved by hand."
    assert health(WIRE, empty, None, SITE) == "Answered, and its feed holds nothing."


def archive(*answers: Answer) -> Archive:
    last = SourceStatus(id="wire", status="failed" if answers[-1].status == "failed" else "ok", reason="timed out")
    return Archive(
        articles={}, stories={}, posts={}, topics={}, sources={"wire": WIRE}, editions=(), home={}, same_posts={},
        statuses=(last,), health=health_of(runs(*answers)),
    )  # fmt: skip


def test_the_feed_of_troubles_has_one_entry_for_each_time_that_trouble_began():
    def feed(*answers: Answer) -> FeedView:
        views = machine_views(Cards(archive(*answers), SITE), [])
        return next(view for view in views if isinstance(view, FeedView) and view.stem == "health")

    assert feed(GOOD, GOOD).entries == ()
    (entry,) = feed(GOOD, BAD).entries
    assert (entry.title, entry.href, entry.updated) == ("Northgate Wire", "source/wire.html", MONDAY + DAY)
    assert entry.summary.startswith("Failing since 3 November 2026: timed out.")
    assert feed(GOOD, BAD, BAD) == feed(GOOD, BAD)
    assert feed(GOOD, BAD, GOOD, BAD).entries[0].id != entry.id


def test_sources_of_one_name_are_told_apart_where_they_are_listed():
    sources = {"wire": WIRE, "sports": replace(WIRE, id="sports", name="northgate wire")}
    known = replace(archive(BAD), sources=sources, shared_names=frozenset({"northgate wire"}))
    views = {view.stem: view for view in machine_views(Cards(known, SITE), []) if isinstance(view, FeedView)}
    assert [entry.title for entry in views["health"].entries] == ["Northgate Wire (wire)"]
    [about] = [view for view in drawn(list_views(Cards(known, SITE))) if isinstance(view, AboutView)]
    assert [link.name for link in about.failed] == ["Northgate Wire (wire)"]
    [sources] = [view for view in drawn(source_views(Cards(known, SITE))) if isinstance(view, SourcesView)]
    assert [row.source.name for row in sources.rows] == ["Northgate Wire (wire)", "northgate wire (sports)"]


ANSWERS = st.builds(
    Answer,
    status=st.sampled_from(["ok", "not_modified", "failed"]),
    http=st.sampled_from([None, 200, 304, 410, 500]),
    items=st.integers(0, 50),
    moved_to=st.sampled_from([None, "https://new.example.org/"]),
    reason=st.sampled_from([None, "timed out"]),
)


@given(st.lists(st.none() | ANSWERS, max_size=20))
def test_any_log_has_a_health(answers):
    found = health_of(runs(*answers))
    assert found.keys() == ({"wire"} if any(answers) else set())
    for one in found.values():
        assert one.days_silent >= 0 and begun(one) >= MONDAY
        assert (one.failing_since is not None) == ([answer for answer in answers if answer][-1].status == "failed")
    if any(answers):
        assert trouble(archive(*filter(None, answers)), SITE).keys() <= {"wire"}
