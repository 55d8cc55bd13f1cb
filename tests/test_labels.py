import pytest

from digest.labels import Said, label, query


def said(title: str, names: str = "", matters: str = "", *, language: str = "en", own: str = "") -> Said:
    """A text; commas stand between its names and between its matters."""
    split = [tuple(filter(None, text.split(", "))) for text in (names, matters)]
    return Said(title=title, language=language, names=split[0], matters=split[1], own=frozenset(filter(None, [own])))


def named(*texts: Said, rare: dict[str, float] | None = None) -> str:
    return label(texts, lambda stem: (rare or {}).get(stem, 3.0))


def test_a_name_and_the_matter():
    texts = said("Frost hits Tarnby", "Tarnby, Ada Quay", "frost, orchards"), said("Tarnby counts", "Tarnby", "frost")
    assert named(*texts) == "Tarnby frost"


def test_what_the_headlines_share_weighs_more_than_what_one_text_repeats():
    texts = [
        said("Bridge at Lund closed", "Ada Quay, Lund", "traffic, bridge closure"),
        said("Lund mourns its bridge", "Lund, Ada Quay", "bridge closure, traffic"),
    ]
    assert named(*texts) == "Lund bridge closure"


def test_a_name_that_stands_in_every_text_names_no_folder():
    texts = said("Capital weighs Tarnby frost", "Capital, Tarnby", "frost"), said("Tarnby", "Capital, Tarnby", "frost")
    assert named(*texts) == "Tarnby frost"
    assert named(*texts[:1], rare={"tarnbi": 9.0}) == "Tarnby frost"


def test_a_person_is_called_as_the_headlines_do():
    short = [said("Quay denies the letter", "Ada Quay", "letter"), said("Quay under fire", "Ada Quay", "letter")]
    assert named(*short) == "Quay letter"
    whole = [said("Ada Quay denies the letter", "Ada Quay", "letter")] * 2
    assert named(*whole) == "Ada Quay letter"
    assert named(*[said("Mayor Ada Quay denies it", "Mayor Ada Quay", "letter")] * 2) == "Ada Quay letter"


def test_two_names_that_most_headlines_share_stand_in_their_order():
    texts = [
        said("Quay and Brandt in debate", "Brandt, Quay", "debate"),
        said("Quay meets Brandt", "Quay, Brandt", "debate"),
    ]
    assert named(*texts) == "Quay Brandt debate"


def test_a_place_gathers_its_adjectives():
    texts = [said("Sylvian truce holds", "Sylvian", "truce"), said("Truce in Sylvia", "Sylvia", "truce")]
    assert named(*texts) == "Sylvia truce"


def test_where_nobody_is_named_two_matters_do():
    texts = [said("عودة العبارة", "", "العبارة, الميناء", language="ar")] * 2
    assert named(*texts) == "العبارة الميناء"
    assert named(said("Zoll auf Getreide", "", "Zoll, Getreide", language="de")) == "Zoll Getreide"


def test_the_label_is_in_the_language_of_the_first_text():
    texts = said("Frost in Tarnby", "Tarnby", "frost"), said("Gel à Tarnby", "Tarnby, Holm", "gel", language="fr")
    assert named(*texts) == "Tarnby frost"
    assert named(*texts[::-1]) == "Tarnby gel"


@pytest.mark.parametrize(
    "text",
    [
        said("Nothing"),
        said("Tarnby waits", "Tarnby", ""),
        said("Frost", "", "frost"),
        said("THE HARBOUR CLOSES", "THE HARBOUR CLOSES", "tide"),
        said("Ada Quay on frost", "Ada Quay", "frost", own="ada quay"),
    ],
    ids=lambda text: text.title,
)
def test_what_texts_do_not_say_clearly_is_not_said(text: Said):
    assert named(text, text) == ""


def test_a_query_to_begin_with():
    assert query([said("Tarnby counts", "Tarnby", "frost")]) == "Tarnby AND frost"
    assert query([said("Ada Quay wins", "Ada Quay", "vote")]) == '"Ada Quay" AND vote'
    assert query([said("Keys lost on the ferry")]) == "ferry AND Keys"
    assert query([said("渡轮恢复通航", language="zh")]) == "渡轮恢复"
    assert query([said("Why?")]) == ""
