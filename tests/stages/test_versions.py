from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.model import CopyGroup, Placed
from digest.stages.copies import find_copies
from digest.stages.versions import Versions, revise, settle
from tests.stages.build import DAY, Item, at, item, logs, signatures_of


def settled(items: Iterable[Item], *others: Any, **named: Any) -> dict[str, Versions]:
    return settle((article for article, _ in items), *others, **named)


def order(*items: Item, placed: tuple[str, ...] = ()) -> list[str]:
    return list(settled(items, {id: Placed(id=id, story_id=id) for id in placed}))


def test_the_fold_goes_by_the_time_seen_then_by_source_then_by_uid():
    undated = item("undated", time="")
    late = item("late", time="2026-11-22 13:00")
    wire = item("wire-1", source_id="wire")
    second, first = item("b", uid="2"), item("a", uid="1")
    assert order(undated, late, wire, second, first) == ["a", "b", "wire-1", "late", "undated"]


def test_what_is_published_comes_first():
    early, published = item("early", time="2026-11-20 12:00"), item("published")
    assert order(early, published, placed=("published",)) == ["published", "early"]


def test_the_first_version_keeps_the_place_the_last_is_shown():
    preview = item("a", "Truce due at midnight", "Talks go on.", "2026-11-22 18:45")
    report = item("a", "Truce holds in its first hours", "The guns fell silent.", "2026-11-23 05:45")
    known = settled([report, preview])["a"]
    assert known.first.title == "Truce due at midnight"
    assert known.last.title == "Truce holds in its first hours"
    assert known.last.slug == "truce-due-at-midnight"
    assert known.last.seen_at == at("2026-11-22 18:45")


def test_a_saved_file_that_a_log_knew_first_keeps_the_log_s_time():
    logged = item("a", time="2026-11-22 12:00")
    saved = item("a", "Saved", time="2026-11-22 15:00", seen_stamped=False)
    assert settled([saved, logged])["a"].last.seen_stamped


def test_the_same_version_read_twice_is_one():
    once = item("a")
    assert len(settled([once, once])["a"].articles) == 1


def test_an_undated_item_of_a_recorded_feed_was_seen_with_the_newest_of_its_document():
    feed = {"file": "feeds/wire.xml", "source_id": "wire"}
    old, new = item("old", time="2026-11-20 12:00", **feed), item("new", time="2026-11-21 12:00", **feed)
    undated, elsewhere = item("undated", time="", **feed), item("other", time="", file="feeds/other.xml")
    known = settled([undated, elsewhere, new, old])
    assert known["undated"].first.seen_at == at("2026-11-21 12:00")
    assert known["other"].first.seen_at is None
    assert list(known) == ["old", "new", "undated", "other"]


def test_two_files_of_one_article_and_one_time_are_told_apart_by_their_path():
    one = item("a", "One", file="articles/1.md", version="z")
    two = item("a", "Two", file="articles/2.md", version="a")
    assert settled([one, two]) == settled([two, one])
    assert settled([two, one])["a"].last.title == "Two"


def test_of_versions_seen_at_once_the_one_updated_later_is_shown():
    late = item("a", "Late", updated_at=at("2026-11-22 11:00"), version="a")
    early = item("a", "Early", updated_at=at("2026-11-22 10:00"), version="z")
    assert settled([late, early])["a"].last.title == "Late"


def test_a_file_that_is_dated_by_a_day_alone_stands_behind_what_was_seen_on_it():
    file = item("file", time="2026-11-22 00:00", precision="day", seen_stamped=False)
    wire, morrow = item("wire", time="2026-11-22 09:00"), item("morrow", time="2026-11-23 00:00")
    assert list(settled([file, wire, morrow], day_ends=lambda midnight: midnight + DAY - 1)) == [
        "wire",
        "file",
        "morrow",
    ]
    assert list(settled([file, wire, morrow], day_ends=lambda midnight: midnight)) == ["file", "wire", "morrow"]
    stamped = replace(file[0], seen_stamped=True), file[1]
    assert list(settled([stamped, wire], day_ends=lambda midnight: midnight + DAY - 1)) == ["file", "wire"]


def test_a_headline_that_changes_without_a_word_was_updated_when_the_new_one_was_seen_first():
    first = item("a", "Truce due at midnight", time="2026-11-22 10:00")
    second = item("a", "Truce holds", published_at=at("2026-11-22 10:00"), time="2026-11-22 12:45")
    third = item("a", "Truce holds", published_at=at("2026-11-22 10:00"), time="2026-11-22 18:45", words=3)
    last = settled([first, second, third])["a"].last
    assert (last.title, last.words, last.published_at) == ("Truce holds", 3, at("2026-11-22 10:00"))
    assert (last.updated_at, last.updated_precision) == (at("2026-11-22 12:45"), "minute")


def test_another_body_under_the_same_headline_and_lead_is_no_update_that_a_reader_sees():
    again = item("a", "Truce holds", time="2026-11-22 12:45", published_at=at("2026-11-22 10:00"), words=3)
    assert settled([item("a", "Truce holds", time="2026-11-22 10:00"), again])["a"].last.updated_at is None


@given(logs(versions=True, undated=True), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_reading_does_not_matter(items: list[Item], random, at_once: bool):
    if at_once:  # several versions of an article at one moment
        items = [(replace(article, seen_at=at("2026-11-22 12:00")), signature) for article, signature in items]
    shuffled = random.sample(items, len(items))
    assert list(settled(shuffled).items()) == list(settled(items).items())


@given(logs(versions=True), st.data())
def test_what_is_seen_later_changes_no_place(items: list[Item], data: st.DataObject):
    cut = data.draw(st.integers(0, len(items)))
    before, whole = settled(items[:cut]), settled(items)
    assert list(whole)[: len(before)] == list(before)
    for id, known in before.items():
        assert whole[id].first == known.first
        assert whole[id].articles[: len(known.articles)] == known.articles


@given(logs(versions=True, undated=True))
def test_every_version_stands_under_its_article(items: list[Item]):
    kept = [article for known in settled(items).values() for article in known.articles]
    assert sorted(article.version for article in kept) == sorted({article.version for article, _ in items})
    assert all(isinstance(known, Versions) for known in settled(items).values())


ERROR = (
    "Eleven of the 34 wagons left the rails at Norbahn yard early on Sunday, and nobody was hurt. The line stays "
    "closed until cranes have lifted the heaviest of them. Trains to the coast turn back at Holm, and buses run every "
    "half hour from there. An inquiry into the points begins on Monday."
)
CORRECTED = ERROR.replace("Eleven", "Twelve")


def revised(*items: Item, placed: tuple[str, ...] = ()) -> tuple[list[CopyGroup], dict[str, Versions]]:
    known, published = settled(items), {id: Placed(id=id, story_id=id) for id in placed}
    signature_of = signatures_of(items)
    groups = find_copies(((one.first, signature_of(one.first)) for one in known.values()), published)
    return revise(groups, known, published, signature_of)


def test_a_correction_that_an_outlet_prints_as_another_article_is_the_text_that_is_shown():
    error = item("error", "Eleven wagons derail", ERROR, "2026-11-22 08:00", uid="1")
    copy = item("copy", "Eleven wagons derail", ERROR, "2026-11-22 09:00", source_id="wire")
    correction = item("correction", "CORRECTED: Twelve wagons derail", CORRECTED, "2026-11-22 10:00", uid="2")
    [group], known = revised(error, copy, correction)
    assert group == CopyGroup(lead_id="error", copy_ids=("copy",))
    assert list(known) == ["error", "copy"]
    told = known["error"].last
    assert (told.title, told.slug) == ("CORRECTED: Twelve wagons derail", "eleven-wagons-derail")
    assert (told.published_at, told.updated_at) == (at("2026-11-22 08:00"), at("2026-11-22 10:00"))


def test_a_headline_alone_may_be_corrected():
    error = item("error", "Eleven wagons derail", CORRECTED, "2026-11-22 08:00")
    correction = item("correction", "Twelve wagons derail", CORRECTED, "2026-11-22 10:00")
    [_], known = revised(error, correction)
    assert known["error"].last.title == "Twelve wagons derail"


def test_what_others_print_what_is_cut_and_what_is_published_as_a_copy_corrects_nothing():
    error = item("error", "Eleven wagons derail", ERROR, "2026-11-22 08:00")
    again = item("again", "Eleven wagons derail", ERROR, "2026-11-22 10:00")
    other = item("other", "Twelve wagons derail", CORRECTED, "2026-11-22 10:00", source_id="wire")
    brief = item("brief", "Wagons derail", ERROR[:150], "2026-11-22 10:00")
    correction = item("correction", "Twelve wagons derail", CORRECTED, "2026-11-22 10:00")
    for one, placed in ((again, ()), (other, ()), (brief, ()), (correction, ("correction",))):
        groups, known = revised(error, one, placed=placed)
        assert list(known) == ["error", one[0].id]
        assert known["error"].last.title == "Eleven wagons derail"
        assert {id for group in groups for id in (group.lead_id, *group.copy_ids)} == {"error", one[0].id}
