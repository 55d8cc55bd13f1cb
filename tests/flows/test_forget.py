"""`digest forget`: gone from every output, never fetched again, and the tombstone tells nothing."""

import html
import json
from pathlib import Path

import pytest

from digest.config import Config
from digest.flows.fetch import fetch
from digest.flows.forgotten import Forgotten, handle_hash, without
from digest.model import Post, Source
from tests.flows.asking import STORIES, asked, front, project
from tests.flows.test_fetch import MONDAY, feed
from tests.server import http, serving

POST = '<blockquote class="twitter-tweet"><p>Guns were drawn back at four.</p>— Rana H. (@rana_h) <a href="https://twitter.com/rana_h/status/12345">x</a></blockquote>'
EMBEDDING = {
    "articles/a.html": front("2026-11-23", title="A morning") + f"<p>It was quiet.</p>{POST}<p>Bread came.</p>",
    "articles/b.md": front("2026-11-23", title="A list") + f"Names were read out.\n\n{POST}\n\nThen they left.\n",
}
SITE = '[site]\nbase_url = "https://example.org/brief/"\n[articles]\nshow = "full"\n'


def whole_site(root: Path) -> str:
    """Every text of the site but the index for search, which is packed."""
    return "".join(
        path.read_text("utf-8")
        for path in sorted((root / "site").rglob("*"))
        if path.suffix in (".html", ".xml", ".atom", ".json", ".opml", ".txt")
    )


def test_an_article_is_gone_from_every_output(tmp_path: Path):
    root = project(tmp_path, {**STORIES, "digest.toml": SITE})
    asked(root, "build")
    assert "ferry" in whole_site(root).casefold()
    done = asked(root, "forget", "https://tide.example.org/ferry?utm_medium=x", "--reason", "asked by its author")
    assert "content/articles/ferry.md still holds it" in done.stderr
    built = asked(root, "build", "--strict")
    assert "Ostermouth" not in whole_site(root)
    assert "ferry" not in whole_site(root).casefold()
    assert "1 rejected" not in built.stdout
    report = json.loads((root / ".digest/report.json").read_text())
    [item] = (item for item in report["items"] if item["status"] == "hidden")
    assert item["reason"].startswith("forgotten on ")
    assert item["reason"].endswith(": asked by its author")
    assert "ferry" not in json.dumps(report).casefold()
    line = (root / "content/forgotten.jsonl").read_text()
    assert "ferry" not in line
    assert set(json.loads(line)) == {"v", "kind", "id", "hash", "date", "reason"}


@pytest.mark.parametrize("what", ["@Rana_H", "post", "https://x.com/rana_h/status/12345"])
def test_a_post_is_gone_with_all_its_embeds(tmp_path: Path, what: str):
    root = project(tmp_path, {**EMBEDDING, "digest.toml": SITE})
    asked(root, "build")
    assert "drawn back at four" in whole_site(root)
    [post] = json.loads(asked(root, "list", "posts", "--json").stdout)
    asked(root, "forget", post["id"] if what == "post" else what)
    asked(root, "build")
    said = whole_site(root)
    assert "drawn back at four" not in said
    assert "rana_h" not in said.casefold()
    assert "It was quiet." in said
    assert "Bread came." in said
    assert asked(root, "forget", "@rana_h").exit_code == 0


def test_what_is_forgotten_is_not_fetched_again(tmp_path: Path):
    with serving() as server:
        server.answers["/wire"] = http(feed(("a", "Kept"), ("b", "Gone")))
        source = Source(id="wire", name="Wire", url=server.url("/wire"))
        config = Config(title="x", allow_private=(server.host,), sources=(source,))
        root = project(tmp_path, {})
        asked(root, "forget", "https://example.org/b")
        fetch(root, config, now=MONDAY, environ={}, progress=print)
    [line] = (root / "content/fetched/wire/2026-11.jsonl").read_text().splitlines()
    assert json.loads(line)["title"] == "Kept"


EMBEDDED = f"&lt;p&gt;It was quiet.&lt;/p&gt;{html.escape(POST)}&lt;p&gt;Bread came.&lt;/p&gt;"


@pytest.mark.parametrize("keep", ["full", "extract"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_forgotten_post_does_not_come_back_with_what_embeds_it(tmp_path: Path, keep: str, when: str):
    with serving() as server:
        server.answers["/wire"] = http(feed(("a", "A morning"), text=EMBEDDED))
        source = Source(id="wire", name="Wire", url=server.url("/wire"))
        config = Config(title="x", allow_private=(server.host,), sources=(source,), keep=keep)
        root = project(tmp_path, {"digest.toml": SITE + '[feeds]\nshow = "full"\n'})
        for at in range(3):
            if (at, when) in ((0, "before"), (1, "after")):
                asked(root, "forget", "@rana_h")
            new = fetch(root, config, now=MONDAY + at, environ={}, progress=print).new
            assert new == (at == 0)  # what is forgotten makes nothing new
            asked(root, "build")
            if at or when == "before":
                said = whole_site(root)
                assert "It was quiet." in said and "Bread came." in said
                assert "drawn back" not in said and "rana_h" not in said
            else:
                assert len(json.loads(asked(root, "list", "posts", "--json").stdout)) == 1
    log = (root / "content/fetched/wire/2026-11.jsonl").read_text()
    assert ("rana_h" in log) is (when == "after")


def test_an_item_that_is_a_forgotten_post_itself_is_not_fetched(tmp_path: Path):
    with serving() as server:
        items = feed(("1", "One"), ("2", "Two")).replace(
            b"https://example.org/2", b"https://mastodon.social/@rana_h/112233445566778899"
        )
        server.answers["/wire"] = http(items)
        source = Source(id="wire", name="Wire", url=server.url("/wire"))
        config = Config(title="x", allow_private=(server.host,), sources=(source,))
        root = project(tmp_path, {})
        asked(root, "forget", "@rana_h@mastodon.social")
        fetch(root, config, now=MONDAY, environ={}, progress=print)
    [line] = (root / "content/fetched/wire/2026-11.jsonl").read_text().splitlines()
    assert json.loads(line)["title"] == "One"


def test_what_nothing_is_called_is_a_fault(tmp_path: Path):
    assert "@name" in asked(project(tmp_path, {}), "forget", "0123456789abcdef", code=1).stderr


@pytest.mark.parametrize("what", ["https://", "http://["])
def test_what_is_no_address_is_a_fault(tmp_path: Path, what: str):
    root = project(tmp_path, {})
    assert f"{what}: is no address" in asked(root, "forget", what, code=1).stderr
    assert not (root / "content/forgotten.jsonl").exists()


@pytest.mark.parametrize("what", ["https://tide.example.org/fery", "@rana_hh"])
def test_what_is_known_of_nothing_is_kept_and_doubted(tmp_path: Path, what: str):
    root = project(tmp_path, {**STORIES, **EMBEDDING})
    said = asked(root, "forget", what)
    assert f"warning: {what}: nothing that is known is called so; it is kept" in said.stderr
    assert len((root / "content/forgotten.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize("what", ["https://tide.example.org/ferry", "@rana_h", "https://x.com/rana_h/status/12345"])
def test_what_is_known_is_forgotten_without_a_doubt_and_once(tmp_path: Path, what: str):
    root = project(tmp_path, {**STORIES, **EMBEDDING})
    assert "nothing that is known" not in asked(root, "forget", what).stderr
    stones = (root / "content/forgotten.jsonl").read_text()
    if "x.com" not in what:  # a post that is not read any more has lost its address
        assert "is forgotten already" in asked(root, "forget", what).stdout
        assert (root / "content/forgotten.jsonl").read_text() == stones


def test_the_cache_holds_no_byte_of_what_was_forgotten(tmp_path: Path):
    other = {
        f"articles/{n}.md": front("2026-11-20") + f"# Market day {n}\n\n{'Figs and olives. ' * n}\n" for n in range(9)
    }
    root = project(tmp_path, {**STORIES, **other})

    def holds(word: bytes) -> list[str]:
        return [path.name for path in (root / ".digest").rglob("*") if path.is_file() and word in path.read_bytes()]

    asked(root, "build")
    assert "state.db" in holds(b"Ostermouth")
    assert "state.db" in holds(b"ostermouth"), "the stem that texts are compared by"
    asked(root, "forget", "https://tide.example.org/ferry")
    (root / "content/articles/ferry.md").unlink()
    asked(root, "build")
    assert holds(b"Ostermouth") == holds(b"ostermouth") == []
    assert holds(b"Tal Rihan") != []


def test_parts_grow_together_where_a_post_stood():
    posts = [Post(id=id, network="x", handle=handle) for id, handle in (("1", "a"), ("2", "b"), ("3", "A"))]
    stones = Forgotten(posts=(("", handle_hash("@a")),))
    assert without(("p", "q", "r", "s"), posts, stones) == (("pq", "rs"), (posts[1],))
    assert without(("p", "q", "r", "s"), posts, Forgotten()) == (("p", "q", "r", "s"), tuple(posts))


def test_what_a_closed_edition_published_goes_too_and_its_story_stands(tmp_path: Path):
    closing = '{"v":1,"run_at":1795564800,"sources":{}}\n'
    root = project(tmp_path, {**STORIES, "digest.toml": SITE, "fetched/runs/2026-11.jsonl": closing})
    asked(root, "build")
    stories = json.loads(asked(root, "list", "stories", "--json").stdout)
    [whole] = (story for story in stories if len(story["articles"]) == 2)
    asked(root, "forget", "https://ledger.example.org/truce")
    asked(root, "build")
    [left] = (one for one in json.loads(asked(root, "list", "stories", "--json").stdout) if one["id"] == whole["id"])
    assert left["address"] == whole["address"]
    assert len(left["articles"]) == 1
    assert "drew their guns back" not in whole_site(root)
    assert "ledger.example.org" not in whole_site(root)
    asked(root, "forget", "https://tide.example.org/lorries")
    asked(root, "build", "--clean")
    assert whole["id"] not in whole_site(root)
