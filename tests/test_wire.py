"""Copies and their lineage stay as good as they were: the benchmark in short, with floors just below what is reached."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).resolve().parents[1] / "benchmarks" / "wire.py"


@pytest.fixture(name="wire", scope="module")
def _wire() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wire_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def test_copies_and_who_cut_what(wire: ModuleType):
    found = wire.measure(8, 5, articles=8)
    assert found.positives > 100
    assert found.pairs.precision >= 0.99
    assert found.pairs.recall >= 0.95
    assert found.deeds["all"].f >= 0.93
    assert found.moved.f >= 0.95


def test_a_world_is_the_same_each_time(wire: ModuleType):
    assert wire.world(2, 7, 2) == wire.world(2, 7, 2)
    assert wire.world(2, 7, 2) != wire.world(2, 8, 2)
