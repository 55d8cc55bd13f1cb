from digest.stages.pages.names import named_in
from tests.stages.build import article


def told(*names: tuple[str, str]) -> list[tuple[str, int]]:
    """Of articles that each hold one name, in one language: the names with how many articles hold each."""
    articles = [article(str(n), language=language, facts={"names": name}) for n, (name, language) in enumerate(names)]
    return [(one.spelled("en"), len(one.articles)) for one in named_in(articles)]


def test_capitals_and_accents_make_no_other_name():
    assert told(("Adre", "fr"), ("Adré", "fr"), ("Adré", "fr"), ("ADRE", "fr")) == [("Adré", 4)]


def test_two_languages_spell_one_name_by_other_vowels():
    assert told(("Soudan", "fr"), ("Sudan", "en"), ("Soudan", "fr-TD")) == [("Sudan", 3)], "as the reader knows it"
    assert told(("Bab Zaytun", "en"), ("Bab Zeitoun", "fr")) == [("Bab Zaytun", 2)]


def test_one_language_does_not():
    assert told(("Marten", "en"), ("Martin", "en")) == [("Marten", 1), ("Martin", 1)]


def test_a_name_that_begins_another_is_its_own():
    assert told(("Niger", "fr"), ("Nigeria", "en")) == [("Niger", 1), ("Nigeria", 1)]


def test_an_article_that_spells_a_name_in_two_ways_holds_it_once():
    assert [len(one.articles) for one in named_in([article("a", facts={"names": "Adre\nAdré"})])] == [1]
