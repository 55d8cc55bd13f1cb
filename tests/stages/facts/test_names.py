import pytest

from digest.model import Body
from digest.stages.facts.names import NAMES, names_in, without_office
from tests.stages.build import article


def named(title: str, text: str = "", language: str = "en") -> list[str]:
    return names_in(article("a", title, text, language=language), Body(text=text)).split("\n")


def test_the_most_frequent_name_stands_first():
    assert named("A ferry for Holm", "The ferry left Varde. It lay off Varde and met Ada Quay.") == [
        "Varde",
        "Holm",
        "Ada Quay",
    ]


def test_a_name_that_is_part_of_another_counts_with_the_longer_one():
    assert named("", "The boat met Ada Quay. Then Quay and Ada Quay left.") == ["Ada Quay"]


def test_only_so_many_names_are_kept():
    names = [f"Captain{chr(65 + n)}" for n in range(NAMES + 5)]
    assert named("", "They met " + ", then ".join(names) + ".") == names[:NAMES]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Foreign Minister Ada Quay", "Ada Quay"),
        ("Mayor Quay", "Quay"),
        ("Attorney General Ada Quay", "Ada Quay"),
        ("Secretary-General Ada Quay", "Ada Quay"),
        ("Dr Ada Quay", "Ada Quay"),
        ("Ada Quay", "Ada Quay"),
        ("Prime Minister", "Prime Minister"),
        ("Holm General Hospital", "Holm General Hospital"),
        ("Governor Island", "Governor Island"),
        ("Minister of Finance", "Minister of Finance"),
        ("President of Holm", "President of Holm"),
    ],
)
def test_a_person_is_named_without_the_office(name: str, person: str):
    assert without_office(name) == person


def test_a_person_counts_once_with_and_without_an_office():
    assert named("", "The boat met Mayor Ada Quay. Then Quay and Ada Quay left with Mayor Quay.") == ["Ada Quay"]


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_where_there_are_none_there_is_no_fact(language: str):
    assert named("", "das schiff liegt fest", language) == [""]
