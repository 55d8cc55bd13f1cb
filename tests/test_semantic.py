"""Vectors of texts, where the extra is installed; without it everything else works."""

import logging
from array import array

import pytest

from digest import semantic

installed = pytest.mark.skipif(not semantic.is_installed(), reason="the extra [semantic] is not installed")


def likeness(one: str, other: str) -> float:
    """The cosine of what two texts mean."""
    pairs = zip(array("b", semantic.meaning(one)), array("b", semantic.meaning(other)), strict=True)
    return sum(a * b for a, b in pairs) / semantic.SCALE**2


@installed
def test_what_means_the_same_in_other_words_is_near():
    assert likeness("Ferry sails again", "Boats resume crossings") > likeness("Ferry sails again", "Bees die of frost")


@installed
def test_a_vector_is_the_same_bytes_everywhere():
    assert semantic.meaning("A night train runs").hex()[:32] == "02f90705f4f30af2e7f7fefdf706fd0b"
    assert len(semantic.meaning("A night train runs")) == semantic.PARTS


@installed
def test_nothing_has_no_meaning():
    assert semantic.meaning("") == b""


@installed
def test_it_is_named_with_its_version():
    assert semantic.edition().startswith("wordllama 0.4")


@installed
def test_the_library_does_not_make_others_speak():
    semantic.meaning("A night train runs")
    assert logging.getLogger().level >= logging.WARNING
