"""What has a page of its own where old stories have light ones."""

from dataclasses import replace

import pytest

from digest.model import Archive, Post, Site
from digest.stages.pages.standing import Standing
from tests.stages.pages.known import FROST, PORTS, RETIRED, SHIPS, archive, edition

SITE = Site(title="Morning Desk", pages_for_days=30)
OLD, NEW = "2026-10-20", "2026-11-22"


def known(old: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]], **more: object) -> Archive:
    """An archive of two days; its articles are shown in full."""
    days = [edition(OLD, old), edition(NEW, new)]
    full = [replace(day, articles={id: replace(one, show="full") for id, one in day.articles.items()}) for day in days]
    return archive(*full, **more)


@pytest.mark.parametrize(("days", "pages"), [(30, [False, True]), (33, [True, True]), (0, [True, True])])
def test_the_articles_of_an_old_story_have_no_page(days: int, pages: list[bool]) -> None:
    made = known({"a": ()}, {"b": ()})
    standing = Standing(made, replace(SITE, pages_for_days=days))
    assert [bool(standing.article(one)) for one in made.articles.values()] == pages
    assert [not standing.is_old(one) for one in made.stories.values()] == pages
    assert [not standing.is_old_day(day) for day in (OLD, NEW)] == pages


def test_a_post_has_a_page_as_long_as_one_story_is_whole_that_embeds_it() -> None:
    gone, kept = (Post(id=id, network="x", text=id) for id in ("gone", "kept"))
    made = known({"a": ()}, {"b": ()}, same_posts={"gone": "gone", "kept": "kept"})
    embedded = {"a": (gone, kept), "b": (kept,)}
    articles = {id: replace(one, posts=embedded[id]) for id, one in made.articles.items()}
    standing = Standing(replace(made, articles=articles), SITE)
    assert (standing.post("gone"), standing.post("kept")) == ("", "post/kept.html")


def test_a_discovered_topic_has_a_page_where_it_tells_more_than_its_story_and_feeds_while_it_is_young() -> None:
    topics = (SHIPS, FROST, RETIRED, *(replace(FROST, name=name, slug=name.lower()) for name in ("Locks", "Tolls")))
    made = known(
        {"a": ("Ships",), "b": ("Frost",), "c": ("Locks",), "d": ("Locks",), "e": ("Tolls",), "f": ("Bees",)},
        {"g": ("Tolls",)},
        topics=topics,
    )
    standing = Standing(made, SITE)
    pages = {one.name: (standing.topic(one.name), standing.is_followed(one.name)) for one in topics}
    assert pages == {
        "Ships": ("topic/ships.html", True),  # there is a rule for it
        "Bees": ("topic/bees.html", False),  # there was one
        "Frost": ("", False),
        "Locks": ("topic/locks.html", False),
        "Tolls": ("topic/tolls.html", True),
    }
    whole = Standing(made, replace(SITE, pages_for_days=0))
    assert [whole.is_followed(one.name) for one in topics] == [True, False, True, True, True]


def test_a_topic_that_an_article_was_filed_under_by_hand_has_a_page() -> None:
    made = known({}, {"a": ("Frost",)})
    articles = {id: replace(one, given_topics=("Frost",)) for id, one in made.articles.items()}
    assert Standing(replace(made, articles=articles), SITE).topic("Frost") == "topic/frost.html"


def test_an_edition_leads_to_no_topic_that_had_no_page_by_then() -> None:
    standing = Standing(known({"a": ("Frost",)}, {"b": ("Frost",)}), replace(SITE, pages_for_days=0))
    assert [standing.until(day).topic("Frost") for day in (OLD, NEW, "")] == [
        "", "topic/frost.html", "topic/frost.html",
    ]  # fmt: skip


def test_nothing_is_old_before_there_is_an_edition() -> None:
    standing = Standing(archive(topics=(PORTS,)), SITE)
    assert (standing.topic("Ports"), standing.is_old_day("")) == ("topic/ports.html", False)
