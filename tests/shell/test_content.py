"""What is read from disk: every file of a log or the reason, templates by their kind, static files as they are."""

import os

import pytest

from digest.errors import ConfigError, DiskError, TemplateFault
from digest.model import Rejected
from digest.shell import content
from digest.shell.content import Document


def put(root, files):
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def test_no_file_of_a_log_is_passed_over(tmp_path, monkeypatch):
    put(tmp_path / "content" / "editions", {"2026-10.jsonl": b"{}\n", "2026-11.jsonl": b"{}\n" * 9})
    monkeypatch.setattr(content, "LARGEST_LOG", 8)
    assert list(content.logs(tmp_path, "editions")) == [
        Document(file="editions/2026-10.jsonl", data=b"{}\n"),
        Rejected(file="editions/2026-11.jsonl", reason="larger than 0 MiB"),
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to whoever runs the tests")
def test_a_folder_that_cannot_be_looked_into_is_not_an_empty_one(tmp_path):
    (tmp_path / "content" / "editions").mkdir(parents=True, mode=0o000)
    with pytest.raises(DiskError, match="content/editions: cannot be read: Permission denied"):
        list(content.logs(tmp_path, "editions"))


def test_settings_that_are_no_text_are_a_mistake_in_the_settings(tmp_path):
    put(tmp_path, {"content/sources.toml": b"\xff\xfe"})
    with pytest.raises(ConfigError, match=r"content/sources\.toml: cannot be read: .* it must be text in UTF-8"):
        content.read_settings(tmp_path)


@pytest.mark.parametrize("name", content.SETTINGS)
@pytest.mark.parametrize("there", ["a link that leads nowhere", "a link in a circle", "a folder", "a pipe"])
def test_what_stands_in_the_place_of_settings_does_not_count_for_none(tmp_path, name, there):
    put(tmp_path, {"content/digest.toml": b""})
    path = tmp_path / "content" / name
    path.unlink(missing_ok=True)
    made = {
        "a link that leads nowhere": lambda: path.symlink_to("nowhere"),
        "a link in a circle": lambda: path.symlink_to(name),
        "a folder": path.mkdir,
        "a pipe": lambda: os.mkfifo(path),
    }
    made[there]()
    with pytest.raises(ConfigError, match=rf"content/{name}: (is a link that leads nowhere|cannot be read)"):
        content.read_settings(tmp_path)


def test_a_template_that_leads_nowhere_is_named(tmp_path):
    put(tmp_path, {"own/about.html": b""})
    (tmp_path / "own" / "base.html").symlink_to("nowhere")
    with pytest.raises(TemplateFault, match=r"templates/base\.html: cannot be read: No such file"):
        content.read_templates([tmp_path / "own"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to whoever runs the tests")
def test_templates_that_are_closed_are_not_passed_over(tmp_path):
    (tmp_path / "own" / "static").mkdir(parents=True, mode=0o000)
    with pytest.raises(DiskError, match="static: cannot be read: Permission denied"):
        content.read_templates([tmp_path / "own"])


@pytest.mark.parametrize(
    "spelt", ["feeds/wire.xml", "./feeds/wire.xml", "feeds/../feeds/wire.xml", "{root}/content/feeds/wire.xml"]
)
def test_a_document_that_a_source_names_is_not_found_once_more(tmp_path, spelt):
    put(tmp_path / "content" / "feeds", {"wire.xml": b"1", "other.xml": b"2"})
    found = content.recorded_feeds(tmp_path, [spelt.format(root=tmp_path)])
    assert [one.file for one in found] == ["feeds/other.xml"]


def test_templates_are_what_can_be_one(tmp_path):
    files = {
        "base.html": b"<p>", "feeds/rss.xml": b"<rss>", "notes.docx": b"\xff", ".DS_Store": b"\xff",
        ".old/base.html": b"\xff", "pages/.draft.html": b"\xff", "starter/index.html": b"\xff",
    }  # fmt: skip
    templates, assets = content.read_templates([put(tmp_path, files), tmp_path / "none"])
    assert (templates, assets) == ({"base.html": "<p>", "feeds/rss.xml": "<rss>"}, {})


def test_static_files_are_copied_as_they_are_hidden_ones_too(tmp_path):
    names = [".nojekyll", ".well-known/security.txt", "logo.png", "robots.txt"]
    files = {f"static/{name}": b"\xff" for name in [*names, ".gitignore"]}
    assert content.read_templates([put(tmp_path, files)]) == ({}, dict.fromkeys(names, b"\xff"))


def test_a_template_that_is_no_text_is_named(tmp_path):
    with pytest.raises(TemplateFault, match=r"templates/pages/story\.html: cannot be read: .*utf-8"):
        content.read_templates([put(tmp_path, {"pages/story.html": b"caf\xe9"})])
