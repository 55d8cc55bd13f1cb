"""Attacks of our own, in every place that others may write: settings of a fork, logs, articles, feeds, names of files."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from digest.errors import ConfigError, DigestError, DiskError
from tests import hostile
from tests.faults import MONDAY, content, files, put
from tests.flows.running import run

pytestmark = pytest.mark.usefixtures("quick")

SCRIPT = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
EVIL = [
    SCRIPT,
    "'-alert(1)-'",
    "</title></style></textarea></script><svg/onload=alert(1)>",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "{{ 7*'7' }}{% for x in y %}${7*7}#{7*7}<%= 7*7 %>",
    "javascript:alert(1)",
    "../../../../../../srv/evil",
    "..\\..\\evil",
    "/etc/passwd",
    "con",
    "AUX.",
    "nul.html",
    "a\x00b",
    "a\nb\r\nc",
    "\x1b]0;evil\x07\x9b2J",
    "\u202egpj.exe",
    "\u2066\u2067\u202a",
    "\ud800",
    "%2e%2e%2f",
    "{evil}",
    "{0.__class__}",
    "=cmd|' /C calc'!A0",
    "$(touch evil)`touch evil`;touch evil",
    "e" * 300,
    "İstanbul ı ß ﬀ",
    "🏴‍☠️" * 50,
    "A̷̡͝" * 200,
    "",
    " ",
    ".",
    "..",
    "-rf",
    "<a href='https://a.example/'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "<plaintext>",
    "<base href=//a.example>",
]


def desk(root: Path, **more: str | bytes) -> Path:
    put(
        root / "content",
        content(2)
        | {name: text if isinstance(text, bytes) else text.encode(errors="replace") for name, text in more.items()},
    )
    return root


def checked(root: Path, **wishes: Any) -> dict[str, bytes]:
    """The site of a build, in which nothing acts and beside which nothing was written."""
    before = {path: path.stat().st_mtime_ns for path in root.parent.rglob("*") if not path.is_relative_to(root)}
    run(root, **wishes)
    assert {path: path.stat().st_mtime_ns for path in root.parent.rglob("*") if not path.is_relative_to(root)} == before
    assert {path.name for path in root.iterdir()} == {"content", "site", ".digest"}
    site = hostile.site_files(root / "site")
    assert list(hostile.wrong_in_site(site)) == []
    assert len({name.casefold() for name in site}) == len(site)
    return site


def toml(text: str) -> str:
    return json.dumps(text.encode(errors="replace").decode())


def test_settings_of_somebody_else(tmp_path: Path):
    """What a fork's settings say is shown, or told as a mistake; an address there may be an attack too."""
    for at, evil in enumerate(EVIL):
        root = desk(
            tmp_path / str(at) / "desk",
            **{
                "digest.toml": f'[site]\ntitle = {toml(evil)}\nbase_url = "https://desk.example/"\ncontact = {toml(evil)}\nwatch = [{toml(evil)}]\n[feeds]\nshow = "full"\n',
                "topics.toml": f'[[topic]]\nname = {toml(evil)}\nquery = "ferry"\ndescription = {toml(evil)}\n',
                "sources.toml": f'[[source]]\nid = "harbour"\nname = {toml(evil)}\nurl = "https://harbour.example/feed"\nkind = "wire"\n',
                "overrides.toml": f'[[pin]]\nstory = {toml(evil)}\n[[hide]]\narticle = {toml(evil)}\n[[note]]\nstory = "https://harbour.example/00"\ntext = {toml(evil)}\nby = {toml(evil)}\n',
            },
        )
        try:
            checked(root)
        except ConfigError as told:
            assert told.mistakes


@pytest.mark.parametrize("key", ["title", "base_url", "language", "timezone", "contact", "logo", "edition_at", "days"])
def test_any_text_for_a_setting(tmp_path: Path, key: str):
    for at, evil in enumerate(EVIL[::4]):
        root = desk(tmp_path / str(at) / "desk", **{"digest.toml": f"[site]\n{key} = {toml(evil)}\n"})
        try:
            checked(root)
        except DigestError as told:
            assert "content/digest.toml" in str(told)


def test_articles_whose_front_matter_attacks(tmp_path: Path):
    fields = (
        "title",
        "date",
        "updated",
        "seen",
        "source",
        "url",
        "author",
        "language",
        "show",
        "rights",
        "archive_url",
    )
    articles = {}
    for at, evil in enumerate(EVIL):
        lines = "".join(f"{field}: {toml(evil)}\n" for field in fields if field not in ("title", "source") or at % 2)
        articles[f"articles/{at}.md"] = f"---\n{lines}topics: [{toml(evil)}, {toml(evil.upper())}]\n---\n\n{evil}\n"
        articles[f"articles/{at}.txt"] = f"{evil}\n\n{evil}\n{evil}"
        articles[f"articles/{at}.html"] = (
            f"<title>{evil}</title><meta name=author content='{evil}'><h1>{evil}</h1><p>{evil} <p>Text."
        )
    checked(desk(tmp_path / "desk", **articles))


def test_feeds_whose_fields_attack(tmp_path: Path):
    items = [
        {"id": evil, "url": evil, "external_url": evil, "title": evil, "content_html": evil, "summary": evil, "date_published": evil,
         "language": evil, "tags": [evil], "image": evil, "authors": [{"name": evil, "url": evil, "avatar": evil}], "attachments": [{"url": evil}]}
        for evil in EVIL
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": SCRIPT, "home_page_url": SCRIPT, "icon": SCRIPT}
    opml = f'<opml version="2.0"><head><title>{"&lt;script&gt;"}</title></head><body><outline text="x" xmlUrl="javascript:alert(1)"/></body></opml>'
    more = {f"feeds/{at}.json": json.dumps(feed | {"items": [item]}) for at, item in enumerate(items)}
    checked(
        desk(
            tmp_path / "desk", **more, **{"feeds/all.json": json.dumps(feed | {"items": items}), "feeds/list.xml": opml}
        )
    )


def test_names_of_files_that_attack(tmp_path: Path):
    root = desk(tmp_path / "desk")
    for name in [
        "con",
        "AUX",
        "nul.txt",
        "-rf",
        "a" * 250,
        "<script>alert(1)<",
        "$(touch x)",
        "\u202egpj",
        "İ",
        "a\nb",
        "\x1b[2J",
        "..x",
        "A",
        "a",
    ]:
        for folder, suffix, text in (("articles", ".md", "---\ntitle: A\n---\n\nText."), ("feeds", ".json", "{}")):
            path = root / "content" / folder / f"{name}{suffix}"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    checked(root)


def test_names_of_files_in_no_encoding(tmp_path: Path):
    root = desk(tmp_path / "desk")
    other = os.fsdecode(b"caf\xe9")
    names = [f"articles/{other}.md", f"articles/{other}/a.md", f"articles/{other}.pdf", f"feeds/{other}.json"]
    names += [f"fetched/{other}/2026-01.jsonl", f"fetched/ok/2026-0{other}.jsonl", f"fetched/runs/{other}.jsonl"]
    for name in names:
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\ntitle: A\n---\n\nText.")
    checked(root)
    told = json.loads((root / ".digest" / "report.json").read_bytes())["items"]
    refused = {item["file"] for item in told if item["status"] == "rejected" and "xe9" in item["file"]}
    assert refused == {name.replace(other, r"caf\xe9") for name in names}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("name", ["content/forgotten.jsonl", "content/feeds/named.xml", "content/articles/a.md"])
@pytest.mark.parametrize("endless", [False, True])
def test_what_is_no_file_makes_nobody_wait(tmp_path: Path, name: str, endless: bool):
    root = desk(tmp_path / "desk", **{"sources.toml": '[[source]]\nid = "n"\nname = "N"\npath = "feeds/named.xml"\n'})
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if endless:
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)
    if name.endswith("forgotten.jsonl"):
        with pytest.raises(DiskError, match="no plain file"):
            run(root)
    else:
        checked(root)


def closed(**told: Any) -> str:
    """A line that says what an edition has published."""
    story = {"id": "0123456789abcdef", "slug": "a", "topics": []} | {
        k: v for k, v in told.items() if k in ("id", "slug", "topics")
    }
    placed = {"id": "0123456789abcdef", "story_id": "0123456789abcdef", "slug": "a"} | told.get("placed", {})
    topics = [{"name": "Ferries", "slug": told["topic"], "query": "ferry"}] if "topic" in told else []
    day = {"day": told.get("day", "2026-11-20"), "start_at": MONDAY - 300_000, "end_at": MONDAY - 200_000}
    return json.dumps({"v": 1, **day, "articles": [placed], "stories": [story], "topics": topics}) + "\n"


OUT = "x/../../../../evil"


@pytest.mark.parametrize(
    "told",
    [
        {"slug": OUT},
        {"slug": "a\n"},
        {"slug": SCRIPT},
        {"slug": "A"},
        {"slug": "a" * 250},
        {"id": OUT},
        {"topic": OUT},
        {"topic": SCRIPT},
        {"day": OUT},
        {"day": "2026-02-30"},
        {"day": "0000-01-01"},
        {"placed": {"slug": OUT}},
        {"placed": {"id": OUT}},
        {"placed": {"story_id": OUT}},
        {"placed": {"of": OUT}},
    ],
    ids=str,
)
def test_addresses_that_an_edition_is_said_to_have_had(tmp_path: Path, told: dict[str, Any]):
    root = desk(tmp_path / "desk", **{"editions/2026-11.jsonl": closed(**told)})
    with pytest.raises(DigestError, match=r"content/editions/2026-11\.jsonl:1"):
        run(root)
    assert sorted(path.name for path in tmp_path.rglob("*") if "evil" in path.name) == []


def test_an_edition_s_names_are_only_shown(tmp_path: Path):
    lines = closed(topics=[one for one in EVIL if "\ud800" not in one][:20]) + closed(day="2026-11-19", topic="ferries")
    checked(desk(tmp_path / "desk", **{"editions/2026-11.jsonl": lines}))


def test_runs_that_name_other_sources(tmp_path: Path):
    answers = {evil: {"status": "failed", "reason": evil, "moved_to": evil} for evil in EVIL if "\ud800" not in evil}
    root = desk(tmp_path / "desk")
    with (root / "content" / "fetched" / "runs" / "2026-11.jsonl").open("a") as runs:
        runs.write(json.dumps({"v": 1, "run_at": MONDAY + 200_000, "sources": answers}) + "\n")
    checked(root)


def test_a_log_whose_every_field_attacks(tmp_path: Path):
    keys = ("uid", "url", "title", "html", "author", "published", "updated", "language")
    lines = [json.dumps({"v": 1, "seen_at": MONDAY + at, **dict.fromkeys(keys, evil)}) for at, evil in enumerate(EVIL)]
    checked(desk(tmp_path / "desk", **{"fetched/evil/2026-11.jsonl": "\n".join(lines)}))


def test_what_nests_deeply(tmp_path: Path):
    deep, broad = 30_000, 5_000
    checked(
        desk(
            tmp_path / "desk",
            **{
                "feeds/deep.json": '{"version":"https://jsonfeed.org/version/1","items":' + "[" * deep,
                "feeds/deep.xml": "<rss><channel><item>" + "<a>" * deep,
                "fetched/deep/2026-11.jsonl": '{"v":1,"seen_at":1795413600,"uid":' + "[" * deep + "\n",
                "articles/deep.md": "---\ntitle: Deep\n---\n\n" + "> " * broad + "x",
                "articles/list.md": "---\ntitle: Deep\n---\n\n" + "- " * broad + "x",
                "articles/brackets.md": "---\ntitle: Deep\n---\n\n" + "[" * broad + "x",
                "articles/stars.md": "---\ntitle: Deep\n---\n\n" + "*a " * broad + "x",
                "articles/deep.html": "<title>Deep</title><p>Text.</p>" + "<div>" * deep + "x",
                "articles/yaml.md": "---\ntitle: " + "[" * 60_000 + "\n---\n\nx",
                "articles/toml.md": "+++\ntitle = " + "[" * 60_000 + "\n+++\n\nx",
            },
        )
    )


def test_the_content_is_as_it_was(tmp_path: Path):
    root = desk(tmp_path / "desk", **{"articles/x.md": f"---\ntitle: {toml(SCRIPT)}\n---\n\n{SCRIPT}\n"})
    before = files(root / "content")
    run(root)
    after = files(root / "content") or {}
    assert {name: data for name, data in after.items() if not name.startswith("editions/")} == before
