"""A topic's page: who writes on it, whom they name, what was said."""

from dataclasses import replace

from digest.model import Archive, Edition, Site
from digest.quotations import Quotation, written
from digest.stages.pages.cards import Cards
from digest.stages.pages.topics import topic_views
from digest.views import Link, OpmlView, TopicView
from tests.stages.build import SOURCES, WIRE, article
from tests.stages.drawn import drawn
from tests.stages.pages.known import SHIPS, archive, edition

SITE = Site(title="Morning Desk")
SAID = Quotation("We are not announcing a return, we are announcing two ships.", "Lindqvist", "said")
NAMED = {"names": "Petra Lindqvist\nSkerry Sound\nNorthgate Wire", "quotes": written([SAID])}


def day(date: str, *ids: str, **known: object) -> Edition:
    """A day with a story of one article for each id, all of them on ships."""
    made = edition(date, dict.fromkeys(ids, ("Ships",)))
    return replace(made, articles={id: replace(one, **known) for id, one in made.articles.items()})


def views(known: Archive) -> list[TopicView | OpmlView]:
    return [view for view in drawn(topic_views(Cards(known, SITE))) if view.stem == "topic/ships"]


def page(*editions: Edition) -> TopicView:
    [view] = [view for view in views(archive(*editions, topics=(SHIPS,))) if isinstance(view, TopicView)]
    return view


def test_names_are_counted_over_two_weeks_and_no_outlet_is_one():
    view = page(day("2026-11-20", "a", "b", facts=NAMED), day("2026-11-22", "c", facts=NAMED))
    assert view.names == (
        Link(name="Petra Lindqvist", href="search.html?q=Petra%20Lindqvist", count=3, note="+1"),
        Link(name="Skerry Sound", href="search.html?q=Skerry%20Sound", count=3, note="+1"),
    )


def test_what_was_said_in_its_stories_stands_under_the_whole_name():
    view = page(day("2026-11-22", "a", facts=NAMED, show="full"))
    assert [(card.text, card.speaker) for card in view.quotes] == [(SAID.text, "Petra Lindqvist")]


def test_the_usual_is_what_the_front_page_calls_so_however_long_the_timeline():
    long_ago = [day(f"2026-10-{n:02}", f"o{n}a", f"o{n}b", f"o{n}c") for n in range(1, 31)]
    view = page(*long_ago, day("2026-11-21", "x"), day("2026-11-22", "y"))
    assert view.series.median == 1.0
    assert len(view.series.days) == 53


def test_those_who_write_on_it_can_be_subscribed_to():
    view, feeds = views(archive(day("2026-11-22", "a", source_id="wire"), topics=(SHIPS,)))
    assert isinstance(view, TopicView)
    assert isinstance(feeds, OpmlView)
    assert view.has_opml
    assert [feed.url for feed in feeds.root.feeds] == [WIRE.url]


def test_feeds_that_are_private_are_in_no_list():
    hidden = {id: replace(source, publish=False) for id, source in SOURCES.items()}
    [view] = views(archive(day("2026-11-22", "a"), topics=(SHIPS,), sources=hidden))
    assert isinstance(view, TopicView)
    assert not view.has_opml


def test_it_is_told_on_which_day_a_story_is():
    first, later = article("a", "a", time="2026-11-20 23:00"), article("b", "b", time="2026-11-22 01:00")
    made = edition("2026-11-22", {"a": ("Ships",)})
    story = replace(made.stories[0], groups=(*made.stories[0].groups, replace(made.stories[0].groups[0], lead_id="b")))
    view = page(replace(made, stories=(story,), articles={"a": first, "b": later}, new_ids=("a", "b")))
    assert [card.day for card in view.cards] == [3]
