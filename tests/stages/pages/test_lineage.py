"""Copies compared: what is read for it, and how much of it may be shown."""

from dataclasses import replace

from digest.model import Archive, Change, Lineage, Site
from digest.stages.pages.cards import Cards
from digest.stages.pages.lineage import COMPARED, NEIGHBOURS, TOLD, with_lineage
from digest.stages.pages.stories import story_views
from digest.views import StoryView
from tests.stages.build import article, story
from tests.stages.drawn import drawn
from tests.stages.pages.known import archive, edition

SITE = Site(title="Morning Desk")
FULL = {"show": "full"}
DONE = Lineage(
    article_id="b",
    of_id="a",
    sentences=4,
    kept=1,
    changed=(Change(before="Forty came.", after="Fifty came.", figures=False),),
    moved=("It rained.",),
    cut=("The wire said this.",),
    added=("We say this.",),
)


def known(**shows: str) -> Archive:
    """Four articles of one source; b is a copy of a, c and d stand alone."""
    articles = {id: article(id, id, time=f"2026-11-22 1{n}:00", **FULL) for n, id in enumerate("dcab")}
    articles |= {id: replace(articles[id], show=show) for id, show in shows.items()}
    made = archive(edition("2026-11-22", {}, articles=articles))
    return replace(made, stories={"a": story("a", "a b"), "c": story("c"), "d": story("d")})


def page(archive: Archive, site: Site = SITE) -> StoryView:
    """The page of the story that has a copy."""
    return next(
        view for view in drawn(story_views(Cards(archive, site))) if isinstance(view, StoryView) and view.card.id == "a"
    )


def test_only_a_text_with_copies_is_compared():
    views = [view for view in drawn(story_views(Cards(known(), SITE))) if isinstance(view, StoryView)]
    assert [[one.ids for one in view.compared] for view in views] == [[("a", "b")], [], []]


def test_what_a_source_repeats_is_learnt_from_what_it_printed_before():
    made = known()
    [one] = page(made).compared
    assert one.versions == tuple(made.articles[id].version for id in "ab")
    assert one.beside == (tuple(made.articles[id].version for id in "cd"),) * 2


def test_of_a_new_source_it_is_learnt_from_what_came_after():
    articles = {id: article(id, id, time=f"2026-11-22 1{n}:00", **FULL) for n, id in enumerate("abcd")}
    made = archive(edition("2026-11-22", {}, articles=articles))
    made = replace(made, stories={"a": story("a", "a b"), "c": story("c"), "d": story("d")})
    assert page(made).compared[0].beside == (tuple(articles[id].version for id in "cd"),) * 2


def test_what_is_compared_is_bounded():
    ids = [f"a{n:03}" for n in range(COMPARED + NEIGHBOURS + 9)]
    made = archive(edition("2026-11-22", {}, articles={id: article(id) for id in ids}))
    made = replace(made, stories={id: story(id) for id in ids[:NEIGHBOURS + 1]}
                   | {ids[NEIGHBOURS + 1]: story(ids[NEIGHBOURS + 1], " ".join(ids[NEIGHBOURS + 1 :]))})  # fmt: skip
    [one] = next(
        view.compared for view in drawn(story_views(Cards(made, SITE))) if isinstance(view, StoryView) and view.compared
    )
    assert len(one.ids) == COMPARED
    assert {len(beside) for beside in one.beside} == {NEIGHBOURS}


def test_a_light_page_compares_nothing():
    made = known()
    later = edition("2026-12-24", {}, articles={"z": article("z")})
    made = replace(made, editions=(*made.editions, later))
    assert page(made, replace(SITE, pages_for_days=7)).compared == ()


def test_sentences_stand_word_for_word():
    [text] = with_lineage(page(known()), [[DONE]]).lineage
    [line] = text.copies
    assert (text.n, text.source.name, line.of.name, line.follows_copy) == (
        1,
        "Harbour Gazette",
        "Harbour Gazette",
        False,
    )
    assert (line.sentences, line.kept, line.changed, line.figures, line.moved, line.cut, line.added) == (
        4,
        1,
        1,
        0,
        1,
        1,
        1,
    )
    assert (line.cut_sentences, line.added_sentences, line.moved_sentences) == (DONE.cut, DONE.added, DONE.moved)
    assert (line.changes, line.untold) == (DONE.changed, 0)


def test_no_more_is_shown_of_an_article_than_it_allows():
    [text] = with_lineage(page(known(a="extract")), [[DONE]]).lineage
    line = text.copies[0]
    assert (line.cut_sentences, line.changes, line.added_sentences, line.untold) == ((), (), DONE.added, 2)
    [text] = with_lineage(page(known(b="extract")), [[DONE]]).lineage
    line = text.copies[0]
    assert (line.cut_sentences, line.changes, line.added_sentences, line.moved_sentences) == (DONE.cut, (), (), ())
    assert (line.cut, line.added, line.untold) == (1, 1, 3)


def test_long_lists_are_cut_and_said_so():
    many = replace(DONE, cut=tuple(f"Sentence {n}." for n in range(TOLD + 5)))
    [text] = with_lineage(page(known()), [[many]]).lineage
    line = text.copies[0]
    assert (len(line.cut_sentences), line.cut, line.untold) == (TOLD, TOLD + 5, 5)


def test_a_text_is_compared_in_all_its_versions_that_say_something_else():
    made = known()
    last = replace(made.articles["a"], exact="three", version="v4")
    older = tuple(
        replace(last, exact=exact, version=version)
        for exact, version in (("one", "v1"), ("two", "v2"), ("two", "v3"), ("three", "v0"))
    )
    made = replace(made, articles=made.articles | {"a": last}, older={"a": older})
    [one] = page(made).compared
    assert list(zip(one.ids, one.versions, strict=True)) == [
        ("a", "v1"), ("a", "v2"), ("a", "v4"), ("b", made.articles["b"].version),
    ]  # fmt: skip
    [text] = with_lineage(page(made), [[replace(DONE, of_earlier=True)]]).lineage
    assert [(line.follows_copy, line.follows_earlier) for line in text.copies] == [(False, True)]
