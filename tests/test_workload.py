"""What speed is measured with: articles that are the same for the same numbers, and a clock that misses no process."""

import importlib
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.flows.running import run

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


def benchmark(name: str) -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(name="workload", scope="module")
def _workload() -> ModuleType:
    return benchmark("workload")


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_numbers_give_the_same_bytes(workload: ModuleType, tmp_path: Path):
    workload.write(tmp_path / "one", 20)
    workload.write(tmp_path / "again", 20)
    workload.write(tmp_path / "another", 20, seed=2)
    assert written(tmp_path / "one") == written(tmp_path / "again")
    assert written(tmp_path / "one") != written(tmp_path / "another")


def test_a_larger_one_begins_as_a_smaller_one(workload: ModuleType, tmp_path: Path):
    workload.write(tmp_path / "small", 20)
    workload.write(tmp_path / "large", 30)
    small, large = ({path.name for path in (tmp_path / size / "posts").iterdir()} for size in ("small", "large"))
    assert len(small) == 20
    assert small < large


def test_the_project_builds_with_every_article_and_one_more(workload: ModuleType, tmp_path: Path):
    copies = workload.write(tmp_path / "made", 20, more=1)["copies"]
    project = tmp_path / "made" / "project"
    assert Counter(statuses(run(project).report)) == {"shown": 20 - copies, "copy": copies}
    [more] = (tmp_path / "made" / "more" / "articles").iterdir()
    more.rename(project / "content" / "articles" / more.name)
    assert len(statuses(run(project).report)) == 21


def statuses(report: Mapping[str, Any]) -> list[str]:
    return [item["status"] for item in report["items"]]


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")
def test_a_process_that_outlives_its_parent_counts(tmp_path: Path):
    burn = "import time; held = b'x' * 50_000_000\nwhile time.process_time() < 0.5: pass"
    leave = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"
    cost = benchmark("processes").cost_of([sys.executable, "-c", leave], tmp_path, timeout=60)
    assert cost.cpu >= 0.5
    assert cost.largest >= 50
    assert cost.apart == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")
def test_a_program_that_fails_is_told_with_its_words(tmp_path: Path):
    with pytest.raises(RuntimeError, match="ended with 1: no such page"):
        benchmark("processes").cost_of([sys.executable, "-c", "exit('no such page')"], tmp_path, timeout=60)
