import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.names import capitalised, proper_names, skeleton


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("The ferry left Holm for Varde. Ada Quay steered.", "en", ["Holm", "Varde", "Ada Quay"]),
        ("On Monday in March the Bank of Holm lent nothing.", "en", ["Bank of Holm"]),
        ("Rain fell. Nobody in Holm minded rain.", "en", ["Holm"]),
        ("Holm waits. The ferry left Holm.", "en", ["Holm"]),
        ("Quay said Quay’s ship was late.", "en", ["Quay"]),
        ("Le maire de Tal Rihan a parlé lundi à Salma Darwish.", "fr", ["Tal Rihan", "Salma Darwish"]),
        ("Hier woont Ludwig van der Vliet in Leiden.", "nl", ["Ludwig van der Vliet", "Leiden"]),
        ("Ayer habló María de la Cruz.", "es", ["María de la Cruz"]),
        ("Мэр Салма Дарвиш посетила Тал-Рихан.", "ru", ["Мэр Салма Дарвиш", "Тал-Рихан"]),
        ("Rain fell. Nobody in Holm minded rain.", "en-US", ["Holm"]),
        ("Das Schiff verließ Holm.", "de", []),
        ("Das Schiff verließ Holm.", "de-AT", []),
        ("وصلت السفينة إلى الميناء", "ar", []),
        ("", "en", []),
    ],
)
def test_the_names_in_a_text(text: str, language: str, found: list[str]):
    assert [name for name, _ in proper_names(text, language)] == found


def test_the_most_frequent_name_stands_first():
    text = "He left Holm. She left Varde. They left Varde."
    assert proper_names(text, "en") == [("Varde", 2), ("Holm", 1)]


def test_where_nouns_are_capitalised_all_of_them_count():
    assert capitalised("Das Schiff verließ Holm. Das Meer lag still.") == {"Das": 2, "Schiff": 1, "Holm": 1, "Meer": 1}


@pytest.mark.parametrize(
    ("bones", "names"),
    [
        ("brndt", {"Brandt": "en", "براندت": "ar", "Брандт": "ru"}),
        ("krmtrsk", {"Kramatorsk": "en", "كراماتورسك": "ar", "Краматорск": "ru"}),
        ("drs", {"Darwish": "en", "Darwich": "fr", "درويش": "ar"}),
        ("skf", {"Schukov": "de", "Shukof": "en"}),
        ("", {"Aleppo": "en", "Alep": "fr", "Rio": "pt"}),
    ],
)
def test_one_name_in_many_scripts_has_one_skeleton(bones: str, names: dict[str, str]):
    assert {skeleton(name, language) for name, language in names.items()} == {bones}


def test_the_article_of_arabic_is_no_part_of_a_name():
    assert skeleton("المرفأ", "ar") == skeleton("مرفأ", "ar")
    assert skeleton("الذين", "ar") == ""


@given(st.text(max_size=80), st.sampled_from(["", "en", "ar", "ja"]))
def test_a_skeleton_is_long_enough_to_tell_names_apart(word: str, language: str):
    bones = skeleton(word, language)
    assert bones == "" or (len(bones) >= 3 and bones.isalpha())


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "ru", "de", "zh", ""]))
def test_every_name_stands_in_the_text(text: str, language: str):
    blank = " ".join(text.split())
    for name, times in proper_names(text, language):
        assert times >= 1
        assert name.split()[0] in blank
