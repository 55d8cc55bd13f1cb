import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import (
    LEAD_LENGTH,
    counted,
    distinct,
    extract,
    fold,
    initials,
    sentences,
    shorten,
    slug,
    stem,
    stems,
    without_dateline,
    words,
)

texts = st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café São", "cafe sao"),
        ("Straße", "strasse"),
        ("Ærø, Łódź, İzmir", "aero, lodz, izmir"),
        ("ﬁnance ＡＢＣ", "finance abc"),
        ("مَدْرَسَة", "مدرسه"),
        ("أحمد إلى آخر", "احمد الي اخر"),
        ("ספר שָׁלוֹם", "ספר שלום"),
        ("Ёлка", "елка"),
    ],
)
def test_one_form_for_comparing(text: str, folded: str):
    assert fold(text) == folded


@given(texts)
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor's truce, the mayors’ truce", ["the", "mayor", "truce", "the", "mayors", "truce"]),
        ("L’accord d'Alep qu'il signe", ["accord", "alep", "il", "signe"]),
        ("O'Brien doesn't", ["obrien", "doesnt"]),
        ("3.5 km, 15% & a_b", ["3", "5", "km", "15", "a", "b"]),
        ("停戦合意", ["停戦", "戦合", "合意"]),
        ("北", ["北"]),
        ("Suzuki鈴木社長2号", ["suzuki", "鈴木", "木社", "社長", "2", "号"]),
        ("!?… ''", []),
    ],
)
def test_the_words_of_a_text(text: str, found: list[str]):
    assert words(text) == found


@given(texts)
def test_words_are_folded_and_hold_no_blank(text: str):
    for word in words(text):
        assert word
        assert not any(character.isspace() for character in word)
        assert words(word) == [word] or len(word) > 2


@pytest.mark.parametrize(
    ("word", "language", "root"),
    [
        ("ferries", "en", "ferri"),
        ("ferry", "en", "ferri"),
        ("waffenruhen", "de", "waffenruh"),
        ("ferries", "en-GB", "ferri"),
        ("ferries", "tlh", "ferries"),
        ("ferries", "", "ferries"),
    ],
)
def test_stems(word: str, language: str, root: str):
    assert stem(word, language) == root
    assert stems([word, word], language) == [root, root]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rain fell. Snow followed! Why?", ["Rain fell.", "Snow followed!", "Why?"]),
        ("Mr. Quay met Gen. Holm at 5 a.m. on Nov. 3.", ["Mr. Quay met Gen. Holm at 5 a.m. on Nov. 3."]),
        ("A. B. Quay spoke. Then he left.", ["A. B. Quay spoke.", "Then he left."]),
        ("“Go.” He went.", ["“Go.”", "He went."]),
        ("The toll rose 3.5 percent. Nobody paid.", ["The toll rose 3.5 percent.", "Nobody paid."]),
        ("A headline without a stop\nThe text.", ["A headline without a stop", "The text."]),
        ("Well … he said so. Really.", ["Well … he said so.", "Really."]),
        ("هل وصلت السفينة؟ نعم، وصلت.", ["هل وصلت السفينة؟", "نعم، وصلت."]),
        ("停戦が始まった。 船は出た。", ["停戦が始まった。", "船は出た。"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences(text: str, found: list[str]):
    assert sentences(text) == found


@given(texts)
def test_sentences_lose_nothing(text: str):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_an_extract_ends_where_a_sentence_ends():
    assert extract("One came. Two came. Three stayed at home.", 20) == "One came. Two came."
    assert extract("A sentence that is too long for so little room.", 20) == "A sentence that is…"
    assert extract("Short.") == "Short."
    assert extract("  ") == ""


@given(st.text(max_size=3000), st.integers(10, LEAD_LENGTH))
def test_an_extract_is_never_longer_than_allowed(text: str, limit: int):
    assert len(extract(text, limit)) <= limit


@given(texts, st.integers(1, 40))
def test_what_is_shortened_is_never_longer(text: str, limit: int):
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text if len(text) <= limit else short.endswith("…")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ferries sail again!", "ferries-sail-again"),
        ("L’été à Łódź", "lete-a-lodz"),
        ("Мир в Алеппо", "mir-v-aleppo"),
        ("هدنة", "hdnh"),
        ("停戦", "tingzhan"),
        ("¿?", "untitled"),
        ("", "untitled"),
        ("x" * 70, "x" * 60),
        ("Con", "con-1"),
        ("LPT1", "lpt1-1"),
    ],
)
def test_names_for_addresses(text: str, named: str):
    assert slug(text) == named


def test_a_long_name_is_cut_between_words():
    assert slug("seventeen grey ferries wait outside the harbour of Holm until the ice is gone") == (
        "seventeen-grey-ferries-wait-outside-the-harbour-of-holm"
    )


@given(texts)
def test_a_name_is_safe_on_every_system(text: str):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= 62


def test_names_that_clash_are_numbered_in_order():
    assert distinct(["truce", "rain", "truce", "truce"]) == ["truce", "rain", "truce-2", "truce-3"]
    assert distinct(["truce", "truce", "truce-2"]) == ["truce", "truce-2", "truce-2-2"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b", "b-3"]), max_size=12))
def test_distinct_names_are_distinct(names: list[str]):
    found = distinct(names)
    assert len(set(found)) == len(names)
    assert all(one.startswith(name) for one, name in zip(found, names, strict=True))
    assert distinct(found) == found


def test_many_of_one_name_take_no_longer_than_others():
    assert distinct(["quay"] * 50_000)[-1] == "quay-50000"  # in seconds, not in minutes


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Harbour Pilot", "HP"),
        ("Ada van der Quay", "AQ"),
        ("@pilot", "P"),
        ("pilot.example.org", "PO"),
        ("ريحان", "ر"),
        ("…", "?"),
        ("", "?"),
    ],
)
def test_initials(name: str, letters: str):
    assert initials(name) == letters


def test_a_number_with_its_noun():
    assert [counted(n, "story", "stories") for n in (0, 1, 2)] == ["0 stories", "1 story", "2 stories"]
    assert counted(2, "source") == "2 sources"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("CAIRO, Nov 18 (Northgate Wire) - Millers asked for wheat.", "Millers asked for wheat."),
        ("القاهرة ـ نشرة النيل\nواصلت أسعار القمح ارتفاعها.", "واصلت أسعار القمح ارتفاعها."),
        ("قال الوزير ـ وهو طبيب ـ إن الأمر انتهى.\nثم خرج.", "قال الوزير ـ وهو طبيب ـ إن الأمر انتهى.\nثم خرج."),
    ],
)
def test_a_dateline_says_where_and_who_and_not_what(text: str, told: str):
    assert without_dateline(text) == told
