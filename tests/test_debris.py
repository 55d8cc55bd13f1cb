"""Lines that a web page leaves around a text that was saved from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.debris import is_bar, without_debris


@pytest.mark.parametrize(
    "line",
    ["Facebook Twitter WhatsApp Email Print", "Share on Facebook", "Share", "Tweet this", "12 Comments", "Follow us on X",
     "Share this article", "- ", "•", "Teilen | Drucken", "Поделиться", "Advertisement", "Sign up for our newsletter"],
)  # fmt: skip
def test_a_bar(line: str) -> None:
    assert is_bar(line)


@pytest.mark.parametrize(
    "line",
    ["Share prices fell on Monday.", "Facebook said it would comment later.", "@ana_b Share", "#Facebook", "Print workers vote",
     "Follow the money", "- Facebook agreed to pay", "Link between the two is unproven", "5", ""],
)  # fmt: skip
def test_no_bar(line: str) -> None:
    assert not is_bar(line)


@pytest.mark.parametrize(
    "end",
    [
        "Read also: Port workers vote",
        "READ MORE:\nPort workers vote\nThe night train returns",
        "Related articles\n\n- Port workers vote\n\n© 2026 Harbour Wire. All rights reserved.",
        "Tags: Harbour, Crane",
        "**Lesen Sie auch:** Der Nachtzug kommt zurück\nMehr zum Thema",
        "Читайте также: Зерно дорожает",
    ],
)
def test_pointers_at_the_end(end: str) -> None:
    text, gone = without_debris(f"The crane moved.\n\nIt was late.\n\n{end}")
    assert text.split() == ["The", "crane", "moved.", "It", "was", "late."]
    assert len(gone) == len([line for line in end.split("\n") if line])


@pytest.mark.parametrize(
    "text",
    [
        "Read more: this is all there is",
        "The crane moved.\n\nRead also: Port workers vote\n\nIt was late, and the harbour was quiet.",
        "The crane moved.\n\nRelated to this is the question of pay.",
        "The crane moved.\n\nRecommended:\n\n“Nobody knows,” she said.",
        "The crane moved\n\nIt was late",
        "One\n\n- Facebook\n- Twitter\n\nTwo.",
    ],
)
def test_what_may_be_text_stays(text: str) -> None:
    assert without_debris(text) == (text, ())


@given(st.text(alphabet=st.sampled_from("Read also:\nShare Tags. ©-@“"), max_size=200))
def test_lines_stay_whole_and_in_order(text: str) -> None:
    kept, _ = without_debris(text)
    lines = iter(text.split("\n"))
    assert all(line in lines for line in kept.split("\n") if line)
