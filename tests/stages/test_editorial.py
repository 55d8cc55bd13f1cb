"""What the editor decided, over finished stories."""

from dataclasses import replace
from itertools import pairwise

from digest.model import Override
from digest.stages.editorial import annotate, effective, file_under, hide, merge, unmatched
from tests.stages.build import article, story

ARTICLES = {id: article(id, f"Title {id}") for id in "abcdefg"}


def merged(*overrides: Override) -> dict[str, str]:
    """Story → its texts, after the editor's merges of three stories: a b, c (copied by d), e."""
    stories = [story("a", "a", "b"), story("c", "c d"), story("e", "e")]
    return {one.id: " ".join(one.article_ids) for one in merge(stories, ARTICLES, overrides)}


def test_a_story_goes_whole_into_another_that_keeps_its_address():
    assert merged(Override(kind="merge", story="c", into="a")) == {"a": "a b c d", "e": "e"}


def test_a_long_chain_of_merges_ends_at_its_end():
    ids = [f"s{n:04}" for n in range(1_000)]
    stories = [story(id, id) for id in ids]
    chain = [Override(kind="merge", story=one, into=other) for one, other in pairwise(ids)]
    [one] = merge(stories, {id: article(id) for id in ids}, chain)
    assert (one.id, list(one.article_ids)) == (ids[-1], ids)


def test_a_story_is_hidden_by_any_of_its_articles():
    stories = [story("a", "a", "b"), story("c", "c d")]
    for id in ("a", "b"):
        assert [one.id for one in hide(stories, ARTICLES, [Override(kind="hide", story=id)])] == ["c"]
    assert [one.id for one in hide(stories, ARTICLES, [Override(kind="hide", story="d")])] == ["a"]


def test_into_is_understood_by_any_article_that_the_story_holds_even_a_copy():
    assert merged(Override(kind="merge", story="e", into="d")) == {"a": "a b", "c": "c d e"}


def test_a_single_text_moves_with_its_copies_and_leaves_the_rest_where_it_stood():
    assert merged(Override(kind="merge", article="b", into="e")) == {"a": "a", "c": "c d", "e": "b e"}
    assert merged(Override(kind="merge", article="d", into="e")) == {"a": "a b", "e": "c d e"}


def test_a_chain_of_merges_ends_at_its_end_in_either_order():
    chain = Override(kind="merge", story="e", into="c"), Override(kind="merge", story="c", into="a")
    assert merged(*chain) == merged(*reversed(chain)) == {"a": "a b c d e"}


def test_a_merge_into_nothing_does_nothing_and_is_told():
    lost = Override(kind="merge", story="c", into="x")
    assert merged(lost) == {"a": "a b", "c": "c d", "e": "e"}
    assert unmatched([lost, Override(kind="hide", article="d")], ARTICLES, "ace") == [lost]


def test_what_has_run_out_is_no_longer_in_force():
    note = Override(kind="note", story="a", text="See the map.", until="2026-11-22")
    assert effective([note], "2026-11-22") == [note]
    assert effective([note], "2026-11-23") == []
    assert effective([note], "") == [note], "without runs there is no today"


def test_a_hidden_article_goes_alone_and_the_next_one_speaks_for_the_story():
    (left,) = hide([story("a", "a", "b")], ARTICLES, [Override(kind="hide", article="a")])
    assert (left.id, left.article_ids, left.title) == ("a", ("b",), "Title b")
    assert hide([story("a", "a", "b")], ARTICLES, [Override(kind="hide", story="a")]) == []


def test_notes_stand_with_who_wrote_them():
    one = Override(kind="note", article="b", text="Corrected.", by="mk")
    (noted,) = annotate([story("a", "a", "b")], [one, replace(one, article="", story="a", by="")])
    assert noted.notes == ("Corrected.", "Corrected. (mk)")


def test_an_article_is_filed_under_a_topic_by_hand():
    filed = file_under(ARTICLES, [Override(kind="pin", story="a", topic="Ships")])
    assert (filed["a"].given_topics, filed["b"].given_topics) == (("Ships",), ())
