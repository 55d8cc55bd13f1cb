"""A fold that goes on from where an earlier one has rested comes to what one from the beginning comes to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.flows import rests
from digest.flows.group import MOST_VERSIONS
from digest.flows.rests import of_use, to_come
from digest.model import Override
from digest.shell.state import State
from digest.stages import copies, stories
from digest.stages.editions import to_publish
from tests.stages.build import Item, archive_of, at, item, logs, run, told

RUNS = [run("2026-11-18 12:00"), run("2026-11-24 12:00")]


@contextmanager
def remembering() -> Iterator[State]:
    with TemporaryDirectory() as folder, State(Path(folder)) as state:
        yield state


@pytest.fixture(scope="module", autouse=True)
def _close_together() -> Iterator[None]:
    """Small numbers, so that a dozen articles see all of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rests, "BEHIND", (0, 1, 3))
        patch.setattr(copies, "KEPT", 2)
        patch.setattr(copies, "WINDOW", 86_400)
        patch.setattr(copies, "UNDATED", 2)
        patch.setattr(stories, "SWEPT_EVERY", 2 * 86_400)
        yield


same_everywhere = settings(max_examples=60)


@same_everywhere
@given(logs(versions=True, undated=True), st.lists(st.integers(0, 12), max_size=3))
def test_what_comes_later(items: list[Item], cuts: list[int]):
    with remembering() as state:
        for cut in sorted(cuts):
            archive_of(items[:cut], state=state)
        assert archive_of(items, state=state) == archive_of(items)


@same_everywhere
@given(logs(versions=True, undated=True), st.sets(st.integers(0, 11)))
def test_what_comes_in_between(items: list[Item], left_out: set[int]):
    with remembering() as state:
        archive_of([item for n, item in enumerate(items) if n not in left_out], state=state)
        assert archive_of(items, state=state) == archive_of(items)
        without = items[len(items) // 2 :]  # and what is taken away
        assert archive_of(without, state=state) == archive_of(without)


@same_everywhere
@given(logs(versions=True), st.integers(0, 12), st.integers(0, 12))
def test_what_editions_publish_in_between(items: list[Item], cut: int, split: int):
    with remembering() as state:
        first = archive_of(items[:cut], runs=RUNS[:1], state=state)
        others: dict[str, Any] = {
            "runs": RUNS,
            "published": to_publish(first.editions, first.topics, first.stories.values(), {}),
        }
        assert archive_of(items, state=state, **others) == archive_of(items, **others)
        if split < len(items):
            others["overrides"] = (Override(kind="split", article=items[split][0].id),)
            assert archive_of(items, state=state, **others) == archive_of(items, **others)


def test_only_what_is_new_is_compared(monkeypatch: pytest.MonkeyPatch):
    items = [told(f"a{n}", n % 4, [n % 5], at("2026-11-16 00:00") + n * 3_600) for n in range(20)]
    taken: list[str] = []
    take = stories.Stories.take
    monkeypatch.setattr(
        stories.Stories, "take", lambda self, article, *more: (taken.append(article.id), take(self, article, *more))
    )
    with remembering() as state:
        archive_of(items[:19], state=state)
        taken.clear()
        archive_of(items, state=state)
        assert taken == ["a19"]
        archive_of(items, state=state)
        assert taken == ["a19"]


def test_what_is_remembered_badly_is_worked_out_anew():
    items = [told(f"a{n}", n % 4, [n % 5], at("2026-11-16 00:00") + n * 3_600) for n in range(20)]
    with remembering() as state:
        archive_of(items[:12], state=state)
        for kind in ("stories", "decided", "themes"):
            for position, mark in state.rests(kind).items():
                state.remember_rest(kind, position, mark, b"\x81\xa1x\x01")
        assert archive_of(items, state=state) == archive_of(items)


def test_rests_grow_old_in_turn():
    assert to_come(0, 20, 0) == [17, 19, 20]
    assert to_come(18, 20, 4) == [19, 20]
    assert to_come(20, 20, 4) == []
    known: set[int] = set()
    for steps in range(20, 60):
        known = of_use({*known, *to_come(max(known, default=0), steps, 0)}, steps)
        assert steps in known
        assert len(known) <= 5
    assert min(known) < 58


FLASH = "The harbour authority of Skerry Sound said on Monday that one of its two ferries had run aground in fog."
REPORT = (
    "Rescue crews brought eighty people ashore on Monday after a ferry struck rocks off Skerry Sound in thick fog. "
    "Nobody was badly hurt, the coastguard said, but the ship is holed below the waterline and may not sail this year. "
    "Islanders had warned since spring that the marker lights at the northern entrance were dark for weeks on end."
)
EARLY, LATE = "2026-11-16 10:00", "2026-11-16 16:00"


@pytest.mark.parametrize(("printed", "lead"), [(EARLY, "post"), (LATE, "wire")])
def test_who_prints_a_later_version_prints_the_wire_once_that_was_there(printed: str, lead: str):
    flash, report = (
        item("wire", "Ferry aground", text, time, source_id="wire", version=text[:9])
        for text, time in ((FLASH, "2026-11-16 08:00"), (REPORT, "2026-11-16 12:00"))
    )
    copy = item("post", "Ferry aground in fog", REPORT, printed, source_id="courrier")
    items = sorted([flash, report, copy], key=lambda one: one[0].seen_at or 0)
    with remembering() as state:
        found = archive_of(items, state=state)
        assert found == archive_of(items, state=state)  # as it was remembered
    stories = found.stories.values()
    assert {id: group.lead_id for one in stories for group in one.groups for id in group.copy_ids} == (
        {"post": "wire"} if lead == "wire" else {}
    )


def test_a_page_that_changes_all_day_is_remembered_in_so_many_versions():
    words = [f"{at:x}" * 3 for at in range(16, 256)]
    changing = [
        item(
            "live",
            "Fog, live",
            " ".join(words[n * 12 : n * 12 + 12] * 2),
            f"2026-11-16 {n:02}:00",
            version=str(n),
            source_id="wire",
        )
        for n in range(MOST_VERSIONS + 3)
    ]
    copies = [replace_id(one, f"copy{n}", "courrier", f"2026-11-17 {n:02}:00") for n, one in enumerate(changing)]
    groups = [group for one in archive_of([*changing, *copies]).stories.values() for group in one.groups]
    [folded] = [group.copy_ids for group in groups if group.lead_id == "live"]
    assert len(folded) == MOST_VERSIONS + 1


def replace_id(one: Item, id: str, source_id: str, time: str) -> Item:
    """The same text from somebody else."""
    article, signature = one
    return replace(article, id=id, uid=id, source_id=source_id, seen_at=at(time), published_at=at(time)), signature
