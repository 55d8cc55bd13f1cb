from array import array
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.codec import pack, unpack
from digest.model import Body, Signature
from digest.stages.sign import COMPARED_WORDS, sign
from tests.stages.build import article

FERRY = "Ferries return to Skerry Sound"
TEXT = "The first ferry crossed Skerry Sound at dawn. Captain Ada Quay counted 1450 islanders on the quay."


def signed(title: str, text: str = "", **known: Any) -> Signature:
    return sign(article("a", title, text, **known), Body(text=text))


def shingles(text: str) -> list[int]:
    return list(array("Q", signed("A title", text).shingles))


def test_shingles_are_of_five_words_whatever_their_case_and_marks():
    assert len(shingles("One two three four five six.")) == 2
    assert shingles("One two three four five six.") == shingles("ONE two, three — four: five\nsix!")
    assert shingles("One two three four.") == []
    assert len(shingles("La la la la la la la la")) == 1


@given(st.text(alphabet="ab c", max_size=60))
def test_shingles_are_sorted_and_distinct(text: str):
    assert shingles(text) == sorted(set(shingles(text)))


def test_equal_texts_are_known_by_their_words():
    assert signed("One", "Gone — at last.").exact == signed("Other", "gone at LAST").exact
    assert signed("One", "Gone at last.").exact != signed("One", "Gone at first.").exact
    assert signed("One").exact == signed("ONE!").exact != signed("Two").exact


def test_terms_are_stems_that_say_something():
    assert set(signed("The ferries are sailing", "He said on Monday that it sailed.").terms) == {"ferri", "sail"}
    assert set(signed("Die Fähren", "", language="de").terms) == {"fahr"}
    assert set(signed("The ferries", "", language="en-GB").terms) == {"ferri"}


def test_words_of_the_title_and_the_lead_and_names_weigh_more():
    terms = signed(FERRY, f"{TEXT}\nDusk.", lead=TEXT, facts={"names": "Skerry Sound\nAda Quay"}).terms
    assert terms["skerri"] > terms["ferri"] > terms["dawn"] > terms["dusk"]
    assert terms["quay"] > terms["captain"]


def test_a_long_text_is_told_by_its_beginning():
    long = " ".join(["harbour"] * COMPARED_WORDS + ["lighthouse"])
    assert set(signed("", long).terms) == {"harbour"}


def test_marks_are_figures_and_the_bones_of_names():
    marks = signed(FERRY, TEXT).marks
    assert "1450" in marks
    assert {"~skr", "~snd"} <= set(marks)
    assert "7" not in signed("7 of 1234567 boats").marks


def test_names_leave_one_mark_in_every_script():
    texts = {
        "en": "The envoy met Brandt in Kramatorsk.",
        "de": "Der Gesandte traf Brandt in Kramatorsk.",
        "de-AT": "Der Gesandte traf Brandt in Kramatorsk.",
        "ru": "Посланник встретил Брандта: Брандт прибыл в Краматорск.",
        "ar": "التقى المبعوث براندت في كراماتورسك",
    }
    for language, text in texts.items():
        assert {"~brndt", "~krmtrsk"} <= set(signed("", text, language=language).marks), language


def test_what_is_remembered_is_what_was_fresh_to_the_order_of_its_terms():
    fresh = signed(FERRY, TEXT)
    remembered = unpack(pack(fresh), Signature)
    assert remembered == fresh
    assert list(remembered.terms) == list(fresh.terms)
    assert list(remembered.marks) == list(fresh.marks)


def test_an_article_without_a_text_is_signed_too():
    assert signed("").terms == {}
    assert replace(signed(FERRY), exact="").shingles == b""


def test_a_dateline_is_no_part_of_what_a_text_says():
    told = signed("Millers ask", "CAIRO, Nov 18 (Northgate Wire) - Millers asked for wheat from the state reserves.")
    assert {"northgat", "cairo"}.isdisjoint(told.terms)
    assert "wheat" in told.terms
