"""What an edition shows when it closes it shows for good, whatever is filed behind it; and no build stumbles over that."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.running import run

FERRY = " ".join(
    f"Ferry {n} left the harbour of Westkapelle with {n * 7} lorries, and the mate counted crate {n * 13} twice."
    for n in range(20)
)
WALL = (
    "The ferry from Westkapelle to Skagen met the harbour wall at Nordhavn; captain Ilse Brandt and forty passengers "
    "were unhurt."
)


class Desk:
    """A project with one fetched source, whose days go by as they are told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._add("digest.toml", '[site]\ntitle = "Desk"\n')
        self._add("sources.toml", '[[source]]\nid = "wire"\nname = "Wire"\n')

    def fetch(self, when: str, *items: tuple[str, str, str]) -> None:
        """A run at that time (UTC), and what it brought: title, text, when it was published."""
        at = int(datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp())
        for title, text, published in items:
            line = {
                "v": 1,
                "seen_at": at,
                "uid": text[:9] + when,
                "title": title,
                "html": f"<p>{text}</p>",
                "published": published,
            }
            self._add("fetched/wire/2026-11.jsonl", json.dumps(line) + "\n")
        told = {"v": 1, "run_at": at, "sources": {"wire": {"status": "ok", "items": len(items)}}}
        self._add("fetched/runs/2026-11.jsonl", json.dumps(told) + "\n")

    def save(self, name: str, title: str, day: str, text: str) -> None:
        """An article file without `seen`."""
        self._add(f"articles/{name}.md", f"---\ntitle: {title}\ndate: {day}\nsource: Own\n---\n\n{text}\n")

    def _add(self, name: str, text: str) -> None:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(text)

    def build(self) -> dict[str, bytes]:
        """Builds; the files of the site."""
        run(self.root)
        site = self.root / "site"
        return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def a_file_that_came_late_and_a_copy_of_it_that_came_later(desk: Desk, copied: str = "2026-11-20T08:00:00Z") -> None:
    desk.fetch("2026-11-20 06:00", ("Bees counted in a garden", "Three people counted bees.", ""))
    desk.fetch("2026-11-21 06:00")
    desk.build()
    desk.save("late", "Ferries leave Westkapelle", "2026-11-20", FERRY)
    desk.build()
    desk.fetch("2026-11-21 07:00", ("Ferries leave Westkapelle", FERRY, copied))
    desk.build()
    desk.fetch("2026-11-22 06:00")


def a_copy_in_a_file_that_came_late(desk: Desk) -> None:
    a_file_that_came_late_and_a_copy_of_it_that_came_later(desk, copied="2026-11-21T06:30:00Z")


def a_file_of_a_day_that_had_no_edition(desk: Desk) -> None:
    desk.fetch("2026-11-20 06:00", ("Ferry hits the wall at Nordhavn", f"{WALL} The wall is being repaired.", ""))
    desk.fetch("2026-11-21 06:00")
    desk.build()
    desk.save("old", "Ferry hits wall, all safe", "2026-11-18", f"{WALL} Divers will look at the hull.")


@pytest.mark.parametrize(
    "story",
    [
        a_file_that_came_late_and_a_copy_of_it_that_came_later,
        a_copy_in_a_file_that_came_late,
        a_file_of_a_day_that_had_no_edition,
    ],
)
def test_what_has_closed_shows_the_same_in_the_next_build(tmp_path: Path, story: Callable[[Desk], None]):
    desk = Desk(tmp_path)
    story(desk)
    closed = desk.build()
    assert desk.build() == closed
    (tmp_path / ".digest" / "unchanged.json").unlink()
    assert desk.build() == closed


def test_a_copy_that_was_filed_for_an_earlier_day_stays_one(tmp_path: Path):
    desk = Desk(tmp_path)
    a_file_of_a_day_that_had_no_edition(desk)
    desk.build()
    desk.build()
    [story] = json.loads((tmp_path / ".digest" / "report.json").read_bytes())["stories"]
    assert (len(story["articles"]), story["texts"]) == (2, 1)


def test_a_discovered_topic_tells_what_is_new_as_a_clean_build_would(tmp_path: Path):
    desk = Desk(tmp_path)
    for n, what in ((1, "The dyke at Westkapelle broke"), (2, "The choir of Westkapelle sang")):
        text = f"{what} in the night, Anna de Vries said. Westkapelle lies in Zeeland."
        path = tmp_path / "content" / "articles" / f"{n}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {what}\ndate: 2026-11-2{n}\nsource: Outlet {n}\ntopics: [Coast]\n---\n\n{text}\n")
    assert b"+1" in desk.build()["topic/coast.html"]
    desk.save("b", "Something else entirely", "2026-11-25", "Bees were counted behind the library.")
    page = desk.build()["topic/coast.html"]
    run(tmp_path, clean=True)
    assert (tmp_path / "site" / "topic" / "coast.html").read_bytes() == page
