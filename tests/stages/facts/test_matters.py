import pytest

from digest.model import Body
from digest.stages.facts.matters import MATTERS, matters_in
from tests.stages.build import EVENTS, article


def matters(title: str, text: str = "", language: str = "en") -> list[str]:
    return matters_in(article("a", title, text, language=language), Body(text=text)).split("\n")


def test_the_weightiest_noun_stands_first():
    text = "The frost hit the orchards. A frost so late is rare, and the orchards of the valley suffer from the frost."
    assert matters("Orchards fear the frost", text)[:2] == ["frost", "orchards"]


def test_a_word_that_only_describes_stands_with_what_it_describes():
    text = "The nuclear deal holds. Of the nuclear deal little is left, but a nuclear deal it is."
    assert matters("", text)[0] == "nuclear deal"


def test_a_noun_stands_for_its_verb():
    text = "She resigns today. The resignation was late; a resignation like this one is rare. He resigns too."
    assert matters("Mayor resigns", text)[0] == "resignation"


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("fr", "La grève dure. Le port suit la grève ; cette grève coûte cher au port.", "grève"),
        ("de", "Der Streik dauert. Den Streik trägt der Hafen, und der Streik kostet den Hafen Geld.", "Streik"),
        (
            "ru",
            "Забастовка продолжается. Порт ждёт: забастовка стоит порту денег, забастовка не кончена.",
            "забастовка",
        ),
        ("ar", "دخل الإضراب أسبوعه الثاني. الإضراب أغلق الميناء، وقال العمال إن الإضراب مستمر.", "الإضراب"),
    ],
)
def test_in_many_languages(language: str, text: str, first: str):
    assert matters("", text, language)[0].casefold() == first.casefold()


def test_only_so_many_are_kept():
    nouns = "frost wind rain hail snow storm flood tide gale mist cloud sun moon star".split()
    assert matters("", " ".join(f"The {noun}, then." for noun in nouns)) == nouns[:MATTERS]


def test_the_language_may_be_of_a_country():
    title, text = "Frost in Tarnby", "A late frost hit the orchards of Tarnby. The frost in Tarnby came late."
    assert matters(title, text, "en-GB") == matters(title, text)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event[0])
def test_matters_stand_in_the_text(event: tuple[str, ...]):
    title, *lines = event
    text = "\n".join(lines)
    for matter in matters(title, text):
        assert matter in f"{title}\n{text}"
