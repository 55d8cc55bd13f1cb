"""A story's page: bars by the clocks of its readers, and what came before it."""

from dataclasses import replace

from digest.model import Site
from digest.stages.pages.cards import Cards
from digest.stages.pages.exports import export_views
from digest.stages.pages.stories import EARLIER, story_views
from digest.views import StoryView
from tests.stages.build import article, story
from tests.stages.drawn import drawn
from tests.stages.pages.known import archive, edition

SITE = Site(title="Morning Desk", timezone="Europe/Berlin")


def test_days_of_a_histogram_are_the_reader_s_days():
    times = ("2026-11-20 23:30", "2026-11-21 10:00", "2026-11-22 22:30", "2026-11-24 23:30")
    articles = {id: article(id, time=time) for id, time in zip("abcd", times, strict=True)}
    known = archive(edition("2026-11-22", {}, articles=articles))
    known = replace(known, stories={"a": story("a", *articles)})
    [view] = [view for view in drawn(story_views(Cards(known, SITE))) if isinstance(view, StoryView)]
    assert [(bar.name, bar.count) for bar in view.histogram] == [
        ("21 Nov", 2),
        ("22 Nov", 1),
        ("23 Nov", 0),
        ("24 Nov", 0),
        ("25 Nov", 1),
    ]
    assert view.histogram_note == "Articles per day, Europe/Berlin."


def test_what_has_no_time_of_day_is_counted_beside_the_bars():
    articles = {id: article(id) for id in "abcd"} | {"e": article("e", precision="day")}
    known = replace(archive(edition("2026-11-22", {}, articles=articles)), stories={"a": story("a", *articles)})
    [view] = [view for view in drawn(story_views(Cards(known, SITE))) if isinstance(view, StoryView)]
    assert [(bar.name, bar.count) for bar in view.histogram] == [("13:00", 4)]
    assert view.histogram_note == "Articles per half hour, Europe/Berlin. 1 without a time of day left out."


def test_a_story_of_one_article_is_told_by_the_page_of_that_article_where_there_is_one():
    articles = {"a": article("a", show="full"), "b": article("b"), "c": article("c", show="full"), "d": article("d")}
    stories = {"a": story("a", "a"), "b": story("b", "b"), "c": story("c", "c d")}
    known = replace(archive(edition("2026-11-22", {}, articles=articles)), stories=stories)
    views = {
        view.card.id: view.is_told for view in drawn(story_views(Cards(known, SITE))) if isinstance(view, StoryView)
    }
    assert views == {"a": True, "b": False, "c": False}


def test_earlier_stories_are_the_last_ones_before_it():
    names = [f"s{n}" for n in range(EARLIER + 3)]
    known = archive(edition("2026-11-22", dict.fromkeys(names, ("Ships",))))
    views = {view.card.id: view for view in drawn(story_views(Cards(known, SITE))) if isinstance(view, StoryView)}
    assert [link.name for link in views[names[-1]].earlier] == names[-2 : -2 - EARLIER : -1]
    assert [link.name for link in views["s1"].earlier] == ["s0"]
    assert views["s0"].earlier == ()


def test_an_old_story_stays_at_its_address_as_title_sources_and_links():
    days = (("2026-10-20", "a"), ("2026-11-22", "b"))
    known = archive(*(edition(day, {id: ("Ships",)}) for day, id in days))
    site = replace(SITE, pages_for_days=30)
    old, new = (view for view in drawn(story_views(Cards(known, site))) if isinstance(view, StoryView))
    whole, _ = (view for view in drawn(story_views(Cards(known, SITE))) if isinstance(view, StoryView))
    assert (old.stem, old.card.title, old.light, new.light) == (whole.stem, whole.card.title, True, False)
    assert [(row.title, row.url, row.why) for row in old.coverage] == [
        (row.title, row.url, "") for row in whole.coverage
    ]
    assert (old.card.dek, old.names, old.posts, old.quotes, old.earlier) == ("", (), (), (), ())


def test_what_is_old_has_no_exports():
    known = archive(*(edition(day, {id: ()}) for day, id in (("2026-10-20", "a"), ("2026-11-22", "b"))))
    stems = [view.stem for view in drawn(export_views(Cards(known, replace(SITE, pages_for_days=30))))]
    assert stems == ["2026/11/22", "story/b-b"]
