"""Who printed whose sentences: kept, changed, moved, cut, added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Change, Lineage
from digest.stages.lineage import COMMON, MOST_SENTENCES, Print, trace
from tests.stages.build import EVENTS

FERRY, FROST = EVENTS[0][1:], EVENTS[2][1:]
FIRST, SECOND, THIRD, FOURTH, FIFTH = FERRY
OWN = "Our reporter paid four crowns for coffee on board and got back no change."


def told(*texts: str) -> tuple[Lineage, ...]:
    """What texts called a, b, c, … did."""
    return trace([Print(id=id, text=text) for id, text in zip("abcdefgh", texts, strict=False)])


def copied(*sentences: str, text: tuple[str, ...] = FERRY) -> Lineage:
    """What a print of these sentences did with the text."""
    [found] = told("\n".join(text), "\n".join(sentences))
    return found


def test_word_for_word():
    assert copied(*FERRY) == Lineage(article_id="b", of_id="a", sentences=5, kept=5)


def test_another_house_style_is_no_change():
    text = ("“It took fifty minutes,” Captain Ada Quay said - nine fewer.", FIRST)
    assert copied('"It took  fifty minutes", Captain Ada Quay said — nine fewer.', FIRST, text=text).kept == 2


def test_a_dateline_is_no_change():
    assert copied(f"HOLM, May 3 (Northgate Wire) - {FIRST}", *FERRY[1:]).kept == 5


def test_the_end_is_cut():
    found = copied(*FERRY[:3])
    assert (found.cut, found.kept, found.ends_early) == ((FOURTH, FIFTH), 3, True)


def test_sentences_are_cut_and_added():
    found = copied(FIRST, THIRD, OWN, FOURTH, FIFTH)
    assert (found.cut, found.added, found.kept, found.ends_early) == ((SECOND,), (OWN,), 4, False)


def test_figures_are_updated():
    before = "The first ferry crossed Skerry Sound with 40 lorries and 2 brass bands aboard."
    after = "The first ferry crossed Skerry Sound with 52 lorries and 3 brass bands aboard."
    found = copied(after, *FERRY[1:], text=(before, *FERRY[1:]))
    assert found.changed == (Change(before=before, after=after, figures=True),)
    assert (found.cut, found.added, found.kept) == ((), (), 4)


@pytest.mark.parametrize(
    "after",
    [
        "At dawn on Monday the first ferry crossed Skerry Sound with forty lorries and a brass band aboard.",
        "The first ferry crossed Skerry Sound at dawn on Monday, officials told this newspaper.",
        "The first ferry crossed Skerry Sound at dawn.",
        "With its forty lorries and a brass band aboard, the first boat crossed Skerry Sound early on Monday.",
    ],
)
def test_an_edit_inside_a_sentence_is_no_cut_and_no_addition(after: str):
    found = copied(after, *FERRY[1:])
    assert found.changed == (Change(before=FIRST, after=after),)
    assert (found.cut, found.added) == ((), ())


def test_sentences_are_joined_and_split():
    joined = f"{FOURTH.rstrip('.')}, and {FIFTH[0].lower()}{FIFTH[1:]}"
    one, other = (
        "Captain Ada Quay said the crossing to Holm took fifty minutes.",
        "Nine fewer than the old ship needed.",
    )
    found = copied(FIRST, one, other, THIRD, joined)
    assert [(change.before, change.after) for change in found.changed] == [
        (SECOND, one), (SECOND, other), (FOURTH, joined), (FIFTH, joined),
    ]  # fmt: skip
    assert (found.cut, found.added, found.kept) == ((), (), 2)


def test_a_paragraph_is_moved():
    assert copied(FOURTH, FIRST, SECOND, THIRD, FIFTH).moved == (FOURTH,)
    assert copied(THIRD, FOURTH, FIFTH, FIRST, SECOND).moved == (FIRST, SECOND)


def test_two_texts_are_merged():
    found = copied(*FERRY[:4], *FROST[:2])
    assert (found.cut, found.added) == ((FIFTH,), FROST[:2])


def test_a_sentence_that_stands_twice_is_matched_twice():
    assert copied(FIRST, SECOND, FIRST, text=(FIRST, SECOND, FIRST)).kept == 3
    assert copied(FIRST, SECOND, text=(FIRST, SECOND, FIRST)).cut == (FIRST,)


def test_a_copy_of_a_copy_is_one():
    found = told("\n".join(FERRY), "\n".join((*FERRY[:3], OWN)), "\n".join((*FERRY[:2], OWN)), "\n".join(FERRY[2:]))
    assert [(one.article_id, one.of_id) for one in found] == [("b", "a"), ("c", "b"), ("d", "a")]


def test_of_a_text_that_is_cut_short_no_more_is_told_than_is_known():
    text = " ".join(FERRY)
    [found] = told(text, f"{' '.join(FERRY[:2])} Islanders on Holm had lived for…")
    assert (found.kept, found.cut, found.in_part) == (3, (), True)
    [found] = told(f"{FIRST} {SECOND[:30]}…", text)
    assert (found.kept, found.added, found.in_part) == (2, (), True)


def test_what_a_site_repeats_is_nobody_s_sentence():
    below = "Sign up for our morning letter.\nRead also: {}\nPicture: {}"
    beside = tuple("\n".join((text, below.format(text[:20], text[-20:]))) for text in FROST[:3])
    text = "\n".join((*FERRY, below.format("The price of coffee", "A quay at dawn")))
    plain = Print(id="a", text="\n".join(FERRY))
    [found] = trace([plain, Print(id="b", text=text, beside=beside)])
    assert (found.kept, found.added) == (5, ())
    [found] = trace([plain, Print(id="b", text=text)])
    assert len(found.added) == 3  # nothing was learnt


def test_scripts_without_blanks():
    text = "大桥周一清晨重新开放。四十辆卡车率先通过。船长说航程只需五十分钟。"
    [found] = told(text, "大桥周一清晨重新开放。船长说航程只需五十分钟。")
    assert (found.kept, found.cut) == (2, ("四十辆卡车率先通过。",))


def test_texts_without_words():
    assert told("", FIRST)[0].added == (FIRST,)
    assert told("", "…") == (Lineage(article_id="b", of_id="a", sentences=0, kept=0, in_part=True),)


SENTENCES = st.lists(st.sampled_from((*FERRY, *FROST, OWN, "Yes.", "He said so.")), max_size=12)


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_accounted_for(text: list[str], print_: list[str]):
    [found] = told("\n".join(text), "\n".join(print_))
    changed = {change.before for change in found.changed}
    assert found.kept + len(changed) + len(found.cut) <= found.sentences == len(text)
    assert found.kept + len(found.changed) + len(found.cut) >= found.sentences
    assert found.kept + len({change.after for change in found.changed}) + len(found.added) <= len(print_)
    assert not set(found.added) & set(found.cut) - {"Yes.", "He said so."}


@given(st.lists(SENTENCES, min_size=2, max_size=5))
def test_what_comes_later_changes_no_lineage(texts: list[list[str]]):
    prints = [Print(id=str(n), text="\n".join(text)) for n, text in enumerate(texts)]
    assert trace(prints[:-1]) == trace(prints)[:-1]


@pytest.mark.parametrize(
    "line",
    ["a. ", "Mr. ", "It rained. ", "word ", "{n}. ", "The {n} of {n} said it rained in {n}. ", "。", "A: B. "],
)
def test_hostile_texts_end_soon(line: str):
    one, other = ("".join(line.replace("{n}", str(n + at)) for n in range(30_000)) for at in (0, 1))
    [found] = told(one, other)
    assert found.sentences <= MOST_SENTENCES


def test_a_text_in_very_many_outlets():
    prints = [Print(id=str(n), text="\n".join(FERRY)) for n in range(COMMON * 4)]
    assert {one.of_id for one in trace(prints)} == {"0"}


def test_who_printed_what_the_wire_has_changed_since_is_compared_with_what_it_printed():
    first = " ".join(FERRY)
    second = " ".join((*FERRY[:2], "The captain was led away on Tuesday.", *FERRY[2:4], "Nobody knows why she sailed."))
    both = [Print(id="wire", text=first), Print(id="wire", text=second)]
    early, late, cut = trace([*both, Print(id="b", text=first), Print(id="c", text=second), Print(id="d", text=first)])
    assert (early.of_id, early.of_earlier, early.kept, early.cut, early.added) == ("wire", True, len(FERRY), (), ())
    assert (late.of_id, late.of_earlier, late.kept, late.cut, late.added) == ("wire", False, 6, (), ())
    assert (cut.of_id, cut.of_earlier) == ("wire", True)  # not after the copy that printed the same
