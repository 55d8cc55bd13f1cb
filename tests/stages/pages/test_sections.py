"""What no topic caught is all there, however much it is; so are the articles of a language, a kind, a country."""

from collections.abc import Sequence
from typing import Any

from digest.model import Archive, Site
from digest.stages.pages import views_of
from digest.stages.pages.paging import PAGE
from digest.stages.pages.sections import MORE
from digest.views import EditionView, ListView
from tests.stages.build import article
from tests.stages.drawn import drawn
from tests.stages.pages.known import archive, edition

SITE = Site(title="Morning Desk")
DAY = "2026-11-22"


def pages(known: Archive, kind: type[Any], stem: str) -> Sequence[Any]:
    """The views of a kind whose address begins so."""
    return [view for view in drawn(views_of(known, SITE)) if isinstance(view, kind) and view.stem.startswith(stem)]


def test_what_no_topic_caught_is_paged_where_it_is_much():
    known = archive(edition(DAY, {f"s{n:03}": () for n in range(2 * MORE)}))
    [front] = pages(known, EditionView, "index")
    [more] = front.sections
    [page] = pages(known, ListView, "2026/11/22/")
    assert [link.href for link in more.pages] == [f"{page.stem}.html"] == ["2026/11/22/1.html"]
    told = [card.id for card in (more.lead, *more.rest, *page.cards)]
    assert sorted(told) == sorted(known.stories)
    assert (more.stories, more.more) == (2 * MORE, MORE)
    assert page.back.name == "Sunday 22 November 2026"


def test_a_day_with_little_has_no_more_pages():
    known = archive(edition(DAY, {f"s{n:03}": () for n in range(MORE)}))
    assert pages(known, ListView, "2026/") == []


def test_the_articles_of_a_language_are_paged_and_counted():
    known = archive(edition(DAY, {f"s{n:03}": ("Ships",) for n in range(2 * PAGE + 1)}))
    first, older = pages(known, ListView, "facet/language/en")
    assert (first.stem, older.stem) == ("facet/language/en", "facet/language/en/1")
    assert first.total == len(first.rows) + len(older.rows) == 2 * PAGE + 1
    assert {row.id for row in (*first.rows, *older.rows)} == set(known.articles)


def test_a_country_that_no_source_names_stands_last():
    told = {f"x{n}": article(f"x{n}", source_id="nobody", time=f"{DAY} 11:00") for n in range(3)}
    known = archive(edition(DAY, {"a": ("Ships",)}, articles=told))
    [front] = pages(known, EditionView, "index")
    [countries] = [facet for facet in front.facets if facet.kind == "country"]
    assert [(value.name, value.count) for value in countries.values] == [("GB", 1), ("", 3)]
