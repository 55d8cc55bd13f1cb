import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.languages import base, detect, normal


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The port of Ella opens again after the storm", "en"),
        ("THE PORT OF ELLA OPENS AGAIN AFTER THE STORM", "en"),
        ("Der Hafen öffnet nach dem Sturm wieder", "de"),
        ("Le port rouvre après la tempête de lundi", "fr"),
        ("El puerto reabre después de la tormenta", "es"),
        ("Il porto riapre dopo la tempesta di ieri", "it"),
        ("O porto reabre depois da tempestade de ontem", "pt"),
        ("De haven gaat na de storm weer open", "nl"),
        ("Hamnen öppnar igen efter stormen i måndags", "sv"),
        ("Port otwarto ponownie po burzy", "pl"),
        ("Liman fırtınadan sonra yeniden açıldı", "tr"),
        ("أعيد فتح الميناء بعد العاصفة", "ar"),
        ("بندر پس از توفان دوباره باز شد", "fa"),
        ("بندرگاہ طوفان کے بعد دوبارہ کھل گئی ہے", "ur"),
        ("Порт снова открыт после бури", "ru"),
        ("Порт знову відкрито після бурі", "uk"),
        ("Пристанището отново е отворено след бурята", "bg"),
        ("Лука је поново отворена после олује", "sr"),
        ("Το λιμάνι άνοιξε ξανά", "el"),
        ("הנמל נפתח מחדש", "he"),
        ("항구가 다시 열렸다", "ko"),
        ("港口重新开放", "zh"),
        ("港が再び開いた", "ja"),
        ("बंदरगाह फिर खुला", "hi"),
    ],
)
def test_a_language_is_told_by_its_text(text: str, language: str):
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "fr"),
        ("123 – 456", "fr"),
        ("https://example.org/der-hafen-oeffnet-wieder #hafen @hafen", "fr"),
        ("Port Ella", "fr"),
        ("Порт", "ru"),
        ("Порти відкриті", "uk"),
        ("ميناء", "ar"),
        ("گفتگو", "fa"),
        ("港", "zh"),
        ("みなと", "ja"),
    ],
)
def test_a_short_text_says_no_more_than_its_letters(text: str, language: str):
    assert detect(text, default="fr") == language


def test_the_default_stands_where_its_script_fits():
    assert detect("Порт", default="bg") == "bg"


def test_a_quotation_does_not_decide():
    assert detect("Президент сказал «І» и ушёл. " + "Он вернулся вечером того же дня. " * 20) == "ru"
    assert detect("The word «мир» means both peace and world, as «سلام» does not") == "en"


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_us", "en-US"),
        ("en-GB", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-CH-1996", "de-CH"),
        ("en-US-u-ca-gregory", "en-US"),
        ("en_US.UTF-8", "en-US"),
        (" fr ", "fr"),
        ("iw", "he"),
        ("eng", "en"),
        ("", ""),
        ("e", ""),
        ("english", ""),
        ("utf-8", ""),
        ("und", ""),
        ("x-klingon", ""),
        ("en us", ""),
        ("<b>", ""),
    ],
)
def test_tags_are_written_in_one_way(tag: str, written: str):
    assert normal(tag) == written


def test_base():
    assert base("pt_br") == "pt"
    assert base("nonsense") == ""


@given(st.text())
def test_any_text_has_a_language_and_any_tag_one_form(text: str):
    assert normal(detect(text)) == detect(text)
    assert normal(normal(text)) == normal(text)
    assert base(text) == base(normal(text))
