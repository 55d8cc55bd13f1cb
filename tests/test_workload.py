"""The benchmarks' articles: the same for the same numbers, and a project that builds with all of them."""

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


@pytest.fixture(name="workload", scope="module")
def _workload() -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("workload")
    finally:
        sys.path.remove(str(BENCHMARKS))


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
