import pytest

from digest.model import Body
from digest.stages.facts.label import topic_label
from tests.stages.build import EVENTS, article


def label(title: str, text: str, language: str = "en") -> str:
    return topic_label(article("a", title, text, language=language), Body(text=text))


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        (
            "Frost in Tarnby",
            "A late frost hit the orchards of Tarnby. The frost came after a warm week in Tarnby.",
            "Tarnby frost",
        ),
        (
            "Varde counts the cost of its strike",
            "The strike in Varde enters a second week. The Varde strike has closed the strike fund. "
            "Workers in Varde want the strike to end.",
            "Varde strike",
        ),
    ],
)
def test_a_place_and_the_matter(title: str, text: str, name: str):
    assert label(title, text) == name


def test_who_speaks_is_no_place():
    text = (
        "The frost was hard, Quay said. Quay added that the frost stays. Of the frost in Tarnby Quay said little. "
        "Quay warned of another frost in Tarnby."
    )
    assert label("Frost", text) == "Tarnby frost"


def test_a_place_gathers_its_adjectives():
    text = "The Sylvian truce held. In Sylvia the truce is a week old. The truce was signed in Sylvia."
    assert label("The truce", text).startswith("Sylvia ")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", ""),
        ("Frost", "It was cold. Nobody was named."),
        ("Holm", "Seen in Holm."),
        ("الصقيع", "وصل الصقيع إلى القرية وبقي الصقيع أسبوعا."),
    ],
)
def test_what_a_text_does_not_say_clearly_is_not_said(title: str, text: str):
    assert label(title, text, "ar" if title.startswith("ال") else "en") == ""


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event[0])
def test_the_words_of_a_label_stand_in_its_text(event: tuple[str, ...]):
    title, *lines = event
    text = "\n".join(lines)
    for word in label(title, text).split():
        assert word.lower() in f"{title}\n{text}".lower()


def test_the_language_may_be_of_a_country():
    title, text = "Frost in Tarnby", "A late frost hit the orchards of Tarnby. The frost in Tarnby came late."
    assert label(title, text, "en-GB") == label(title, text) == "Tarnby frost"
