"""What the editor decides in overrides.toml, from the file to the site: ids and addresses stay."""

import json
import re
from pathlib import Path

import pytest

from tests.flows.asking import STORIES, asked, front, project

TRUCE, LORRIES, FERRY = (f"https://{place}" for place in (
    "ledger.example.org/truce", "tide.example.org/lorries", "tide.example.org/ferry"
))  # fmt: skip
RUN = '{{"v":1,"run_at":{at},"sources":{{}}}}\n'
CLOSING = RUN.format(at=1_795_564_800)  # 2026-11-25 00:00 UTC: the editions of both days are closed
CLOSED = "fetched/runs/2026-11.jsonl"
SITE = '[site]\nbase_url = "https://example.org/brief/"\n[articles]\nshow = "full"\n'


class Desk:
    """A project that is built, and built again with other decisions."""

    def __init__(self, root: Path, *, closed: bool) -> None:
        files = {**STORIES, "digest.toml": SITE} | ({CLOSED: CLOSING} if closed else {})
        self.root = project(root, files)

    def build(self, overrides: str = "") -> dict:
        (self.root / "content/overrides.toml").write_text(overrides)
        asked(self.root, "build", "--clean")
        return json.loads((self.root / ".digest/report.json").read_text())

    def page(self, address: str) -> str:
        return (self.root / "site" / address).read_text("utf-8")


@pytest.fixture(name="desk", params=[False, True], ids=["open", "closed"])
def _desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    return Desk(tmp_path, closed=request.param)


def story_of(report: dict, url: str) -> dict:
    item = next(one for one in report["items"] if one["url"] == url)
    return next(one for one in report["stories"] if one["id"] == item["story"])


def one(kind: str, **values: str) -> str:
    return f"[[{kind}]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


def ids(report: dict) -> set[str]:
    return {item["id"] for item in report["items"]}


def test_a_merged_storys_old_address_leads_on(desk: Desk):
    before = desk.build()
    old, into = story_of(before, FERRY), story_of(before, TRUCE)
    assert old["id"] != into["id"]
    after = desk.build(one("merge", story=old["address"], into=into["address"]))
    merged = story_of(after, FERRY)
    assert merged["id"] == into["id"]
    assert merged["address"] == into["address"]
    assert ids(after) == ids(before)
    page = desk.page(old["address"])
    assert re.search(r'http-equiv="?refresh"? content="0', page)
    assert into["address"].removeprefix("story/") in page
    assert len(page) < 4_000
    assert old["address"] not in desk.page("sitemap.xml")
    assert desk.build()["stories"] == before["stories"], "taken out again, all is as it was"


def test_a_merge_into_what_stands_later_holds_too(desk: Desk):
    before = desk.build()
    old, into = story_of(before, TRUCE), story_of(before, FERRY)
    after = desk.build(one("merge", story=old["id"], into=into["id"]))
    assert story_of(after, TRUCE)["id"] == into["id"]
    assert story_of(after, LORRIES)["id"] == into["id"], "the whole story goes, not its first article alone"
    assert "refresh" in desk.page(old["address"])


def test_stories_merged_into_each_other_do_not_end_the_build(desk: Desk):
    before = desk.build()
    a, b = story_of(before, TRUCE), story_of(before, FERRY)
    after = desk.build(one("merge", story=a["id"], into=b["id"]) + one("merge", story=b["id"], into=a["id"]))
    assert len({story_of(after, url)["id"] for url in (TRUCE, FERRY)}) >= 1
    assert ids(after) == ids(before)


def test_a_split_article_is_a_story_of_its_own(desk: Desk):
    before = desk.build()
    whole = story_of(before, LORRIES)
    assert whole == story_of(before, TRUCE)
    after = desk.build(one("split", article=LORRIES))
    assert story_of(after, TRUCE)["address"] == whole["address"]
    apart = story_of(after, LORRIES)
    assert apart["id"] != whole["id"]
    assert "Lorries cross" in desk.page(apart["address"])
    assert ids(after) == ids(before)


def test_a_pinned_story_is_told_first_until_its_day(desk: Desk):
    def is_first() -> bool:
        day = desk.page("2026/11/23.html")
        return day.index("The ferry port of Ostermouth closes") < day.index("Eleven lorries went over")

    desk.build()
    assert not is_first()
    desk.build(one("pin", story=FERRY))
    assert is_first()
    desk.build(one("pin", article=FERRY, until="2026-11-22"))
    assert not is_first()


def test_a_hidden_article_is_nowhere_and_its_story_stands(desk: Desk):
    before = desk.build()
    whole = story_of(before, TRUCE)
    after = desk.build(one("hide", article=TRUCE))
    assert next(item for item in after["items"] if item["url"] == TRUCE)["status"] == "hidden"
    assert story_of(after, LORRIES)["address"] == whole["address"]
    assert TRUCE not in "".join(path.read_text("utf-8") for path in (desk.root / "site").rglob("*.html"))
    gone = desk.build(one("hide", story=whole["address"]))
    assert {item["status"] for item in gone["items"] if item["url"] in (TRUCE, LORRIES)} == {"hidden"}
    assert not (desk.root / "site" / whole["address"]).exists()


def test_a_note_stands_on_the_storys_page(desk: Desk):
    report = desk.build(one("note", article=LORRIES, text="The count was corrected.", by="ed."))
    assert "The count was corrected. (ed.)" in desk.page(story_of(report, LORRIES)["address"])


def test_a_decision_on_nothing_changes_nothing(desk: Desk):
    before = desk.build()
    after = desk.build(
        one("merge", story="0123456789abcdef", into=TRUCE) + one("hide", article="https://no.example.org")
    )
    assert after["stories"] == before["stories"]


def test_a_later_article_of_a_merged_story_goes_where_it_went(desk: Desk):
    before = desk.build()
    old, into = story_of(before, TRUCE), story_of(before, FERRY)
    more = front("2026-11-24", seen="2026-11-24T08:00:00Z", url="https://cardo.example.org/more") + (
        "# More lorries at Tal Rihan\n\nThe truce at Tal Rihan holds, the monitors said, and eleven more lorries went "
        "over the crossing; the guns stay drawn back since midnight.\n"
    )
    project(desk.root, {"digest.toml": SITE, "articles/more.md": more})
    after = desk.build(one("merge", story=old["id"], into=into["id"]))
    assert story_of(after, "https://cardo.example.org/more")["id"] == into["id"]
