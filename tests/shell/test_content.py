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
