"""Feeds of stories: the newest edition whole, the hottest first."""

import pytest

from digest.model import Archive, Site
from digest.stages.pages import machines
from digest.stages.pages.cards import Cards
from digest.stages.pages.editions import edition_views
from digest.stages.pages.machines import FEED_ENTRIES, machine_views
from digest.views import FeedEntry, FeedView, SitemapView
from tests.stages.drawn import drawn
from tests.stages.pages.known import FROST, RETIRED, archive, edition

SITE = Site(title="Morning Desk", base_url="https://desk.example.org/")
MANY = {f"s{n:02}": ("Ships",) for n in range(FEED_ENTRIES + 5)}


def entries(known: Archive, stem: str = "stories") -> list[FeedEntry]:
    views = drawn(machine_views(Cards(known, SITE), edition_views(Cards(known, SITE))))
    [feed] = [view for view in views if isinstance(view, FeedView) and view.stem == stem]
    return list(feed.entries)


def test_the_newest_edition_stands_first_and_in_it_the_hottest():
    known = archive(
        edition("2026-11-21", {"a": ("Ships",), "b": ()}),
        edition("2026-11-22", {"c": ("Ships",), "d": (), "e": ("Ships",)}),
        edition("2026-11-23", {"f": ()}, closed=False),
    )
    assert [entry.title for entry in entries(known)] == ["c", "d", "e", "a", "b"]
    assert [entry.title for entry in entries(known, "topic/ships")] == ["c", "e", "a"]


def test_an_edition_is_told_whole_and_older_ones_as_far_as_there_is_room():
    few = {f"t{n}": () for n in range(3)}
    long = archive(edition("2026-11-21", few), edition("2026-11-22", MANY))
    assert [entry.title for entry in entries(long)] == list(MANY)
    short = archive(edition("2026-11-21", MANY), edition("2026-11-22", few))
    assert [entry.title for entry in entries(short)] == [*few, *list(MANY)[: FEED_ENTRIES - 3]]


def test_a_story_that_goes_on_is_told_once_since_its_first_edition():
    known = archive(edition("2026-11-21", {"a": (), "b": ()}), edition("2026-11-22", {"c": (), "a": ()}))
    first, second = known.editions
    assert [(entry.title, entry.published, entry.updated) for entry in entries(known)] == [
        ("c", second.end_at, second.end_at),
        ("a", first.end_at, second.end_at),
        ("b", first.end_at, first.end_at),
    ]


def test_without_closed_editions_feeds_are_empty():
    assert entries(archive(edition("2026-11-21", {"a": ()}, closed=False))) == []


def test_a_topic_without_a_rule_is_known_to_crawlers_once_it_was_published():
    known = archive(edition("2026-11-21", {"a": ("Bees",)}), topics=(RETIRED, FROST))
    [sitemap] = [
        view
        for view in drawn(machine_views(Cards(known, SITE), edition_views(Cards(known, SITE))))
        if isinstance(view, SitemapView)
    ]
    assert [href for href, _ in sitemap.entries if href.startswith("topic/")] == ["topic/bees.html"]


def test_more_addresses_than_a_sitemap_may_hold_are_divided(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machines, "ADDRESSES", 4)
    known = archive(edition("2026-11-21", {"a": (), "b": ()}), edition("2026-11-22", {"c": ()}), topics=())
    views = [
        view
        for view in drawn(machine_views(Cards(known, SITE), edition_views(Cards(known, SITE))))
        if isinstance(view, SitemapView)
    ]
    assert [(view.stem, view.parts, len(view.entries)) for view in views] == [
        ("sitemap", True, 3),
        ("sitemap/1", False, 4),
        ("sitemap/2", False, 4),
        ("sitemap/3", False, 3),
    ]
    assert views[0].entries == (("sitemap/1.xml", "2026-11-22"), ("sitemap/2.xml", "2026-11-22"), ("sitemap/3.xml", ""))
