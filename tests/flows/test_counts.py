"""The numbers that the program tells: they agree, and one thing is told in the singular."""

import json
from pathlib import Path

import pytest

from tests.flows.asking import FIRST, STORIES, asked, front, project


def test_what_was_taken_out_is_counted(tmp_path: Path):
    hide = '[[hide]]\narticle = "https://ledger.example.org/truce"\n'
    root = project(tmp_path, {**STORIES, "overrides.toml": hide})
    asked(root, "forget", "https://tide.example.org/ferry")
    said = asked(root, "build")
    assert said.stdout.startswith("3 read, 0 folded, 1 story, 0 topics, 0 rejected, 2 taken out, 0 sources failed, ")
    assert "3 items read" in said.stderr
    about = (root / "site/about.html").read_text("utf-8")
    assert "3 items read: <b>1</b> shown, " in about
    assert "<b>2</b> taken out by the editor. Nothing that was read is missing" in about


@pytest.mark.parametrize(("files", "items"), [({}, "1 item"), ({"articles/odd.md": "---\ntitle: [\n---\n"}, "2 items")])
def test_while_it_builds_it_tells_the_number_that_it_tells_behind(tmp_path: Path, files: dict[str, str], items: str):
    root = project(tmp_path, {"articles/truce.md": front("2026-11-22") + FIRST, **files})
    said = asked(root, "build")
    assert f"{items} read\n" in said.stderr
    assert "\n1 story\n" in said.stderr
    assert said.stdout.startswith(f"{items[0]} read, ")
    assert "taken out" not in said.stdout + (root / "site/about.html").read_text("utf-8")


def test_versions_that_one_document_holds_are_one_article(tmp_path: Path):
    item = "<item><guid>q</guid><link>https://a.example.org/quay</link><title>{}</title><pubDate>{}</pubDate></item>"
    early = item.format("The quay opens", "Mon, 23 Nov 2026 04:52:00 GMT")
    late = item.format("The quay opens late", "Mon, 23 Nov 2026 05:10:00 GMT")
    ids = set()
    for items in (early, early + late, late + early):
        root = project(tmp_path, {"feeds/wire.xml": f"<rss><channel><title>Wire</title>{items}</channel></rss>"})
        said = asked(root, "build")
        [story] = json.loads(asked(root, "list", "stories", "--json").stdout)
        ids.add(story["id"])
    assert len(ids) == 1
    assert story["title"] == "The quay opens late"
    assert said.stdout.startswith("2 read, 1 folded (0 copies, 1 older version), 1 story, ")
