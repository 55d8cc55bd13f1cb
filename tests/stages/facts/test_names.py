import pytest

from digest.model import Body
from digest.stages.facts.names import NAMES, names_in
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


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_where_there_are_none_there_is_no_fact(language: str):
    assert named("", "das schiff liegt fest", language) == [""]
