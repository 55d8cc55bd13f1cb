"""What is read, and for which source."""

from pathlib import Path

import pytest

from digest.flows.gather import Gathered, gather
from digest.flows.project import configure
from digest.shell.state import State

FEED = """<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>"""


@pytest.fixture(name="content")
def _content(tmp_path: Path) -> Path:
    (tmp_path / "content" / "feeds").mkdir(parents=True)
    (tmp_path / "content" / "digest.toml").touch()
    return tmp_path / "content"


def gathered(content: Path) -> Gathered:
    root = content.parent
    with State(root / ".digest") as state:
        return gather(root, configure(root), state, "code", lambda read, tasks: map(read, tasks))


@pytest.mark.parametrize("id", ["bbc", "BBC", "Bbc"])
def test_a_document_belongs_to_the_source_whose_name_it_has_however_it_is_spelt(content: Path, id: str) -> None:
    (content / "feeds" / "BBC.xml").write_text(FEED)
    (content / "sources.toml").write_text(f'[[source]]\nid = "{id}"\nname = "The Corporation"\nkind = "national"\n')
    found = gathered(content)
    assert {id: source.name for id, source in found.sources.items()} == {id: "The Corporation"}
    assert [source.kind for _, source in found.items] == ["national"]


def test_folders_of_the_log_that_are_alike_are_sources_apart(content: Path) -> None:
    for name in ("a.b", "a-b", "A_B"):
        (content / "fetched" / name).mkdir(parents=True)
        line = f'{{"v": 1, "seen_at": 1, "uid": "1", "title": "From {name}"}}\n'
        (content / "fetched" / name / "2026-11.jsonl").write_text(line)
    found = gathered(content)
    assert {raw.title: source.id for raw, source in found.items} == {
        "From a-b": "a-b",
        "From A_B": "a-b-2",
        "From a.b": "a-b-3",
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Night&#10;Wire", "The Night Wire"),
        ("", "Night Wire"),
        ("&lt;script&gt;x&lt;/script&gt; \u202ewire", "wire"),
        ("wire " * 90, f"{'wire ' * 14}wire…"),
    ],
)
def test_a_document_that_no_source_names_is_a_source_called_as_its_feed(content: Path, title: str, name: str) -> None:
    (content / "feeds" / "Night Wire.xml").write_text(FEED.replace(">T<", f">{title}<"))
    found = gathered(content)
    assert {id: source.name for id, source in found.sources.items()} == {"night-wire": name}
    assert [source.name for _, source in found.items] == [name]


@pytest.mark.parametrize("source", ["Tide", "tide", "Night Wire", "night-wire"])
def test_a_feed_that_calls_itself_as_another_source_gets_none_of_its_articles(content: Path, source: str) -> None:
    (content / "sources.toml").write_text('[[source]]\nid = "tide"\nname = "Tide"\n')
    (content / "feeds" / "Night Wire.xml").write_text(FEED.replace(">T<", ">Tide<"))
    (content / "articles").mkdir()
    (content / "articles" / "one.md").write_text(f"---\nsource: {source}\n---\n# One\n\nText.\n")
    ids = {item.title: source.id for item, source in gathered(content).items if item.file.startswith("articles")}
    assert ids == {"One": "tide" if source.casefold() == "tide" else "night-wire"}


@pytest.mark.parametrize("path", ["feeds/wire.xml", "./feeds/wire.xml", "feeds//wire.xml"])
def test_a_document_is_read_once_however_its_path_is_spelt(content: Path, path: str) -> None:
    (content / "feeds" / "wire.xml").write_text(FEED)
    (content / "sources.toml").write_text(f'[[source]]\nid = "w"\nname = "Wire"\npath = "{path}"\n')
    found = gathered(content)
    assert [(item.title, source.id) for item, source in found.items] == [("One", "w")]
    assert list(found.sources) == ["w"]


def test_a_password_in_a_feed_s_address_reaches_no_article(content: Path) -> None:
    (content / "feeds" / "wire.xml").write_text(FEED.replace("<title>One", "<link>/one</link><title>One"))
    url = "https://me:secret@example.org/feed.xml"
    (content / "sources.toml").write_text(
        f'[[source]]\nid = "w"\nname = "Wire"\nurl = "{url}"\npath = "feeds/wire.xml"\n'
    )
    assert [item.url for item, _ in gathered(content).items] == ["https://example.org/one"]
