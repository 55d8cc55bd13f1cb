"""The site on disk: what is not ours is refused, and what fails after the exchange fails quietly."""

from pathlib import Path

import pytest

from digest.errors import ConfigError, DiskError, PublishError
from digest.shell.site import IGNORE, Change, Part, check_output, clear_up, is_known, publish, standing
from digest.shell.state import State

OURS = b'<!doctype html><head><meta name="generator" content="digest 1.0"></head>'


@pytest.fixture(name="state")
def _state(tmp_path):
    with State(tmp_path / "cache") as state:
        yield state


def published(output: Path, state: State, **pages: bytes) -> bool:
    write = [(f"{name}.html", data) for name, data in pages.items()]
    prints = {path: str(data) for path, data in write}
    return publish(
        output,
        Change(there={}, keep=(), write=write, fingerprints=prints, index={}),
        state,
        lambda tree, folder, month: None,
    )


@pytest.mark.parametrize(
    ("files", "is_ours"),
    [
        ({}, True),
        ({".gitignore": IGNORE.encode()}, True),
        ({".gitignore": IGNORE.encode(), "thesis.doc": b"years of work"}, False),
        ({".gitignore": IGNORE.encode(), "index.html": b"<h1>Mine</h1>"}, False),
        ({"index.html": OURS, "thesis.doc": b"years of work"}, True),
        ({"index.html": b"<head></head>" + OURS}, False),
    ],
)
def test_a_folder_that_holds_anything_else_is_refused(tmp_path, files, is_ours):
    output = tmp_path / "site"
    output.mkdir()
    for name, data in files.items():
        (output / name).write_bytes(data)
    if is_ours:
        check_output(output, known=False)
    else:
        with pytest.raises(ConfigError, match="was not made by digest; name another folder"):
            check_output(output, known=False)
        check_output(output, known=True)


def test_a_folder_is_known_by_the_files_that_a_build_has_noted(tmp_path, state):
    output = tmp_path / "site"
    assert not is_known(output, state)
    published(output, state, index=b"a page of somebody's own")
    assert is_known(output, state)
    (output / "more.txt").write_bytes(b"put in by hand")
    assert is_known(output, state)
    (output / "index.html").write_bytes(b"another text in its place")
    assert not is_known(output, state), "nothing that a build noted is left, whatever the folder's identity"


def test_what_stands_is_exchanged_whole(tmp_path, state):
    output = tmp_path / "site"
    published(output, state, index=OURS, old=b"1")
    published(output, state, index=OURS, new=b"2")
    assert sorted(path.name for path in output.iterdir()) == [".gitignore", "index.html", "new.html"]
    assert sorted(standing(output, state)) == ["index.html", "new.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "site"]


def test_a_fault_before_the_exchange_leaves_what_stood(tmp_path, state):
    output = tmp_path / "site"
    published(output, state, index=OURS)
    with pytest.raises(PublishError, match="what stood before still stands"):
        published(output, state, **{"index": OURS, "n" * 300: b"a name that no disk takes"})
    assert (output / "index.html").read_bytes() == OURS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "site"]


def test_a_fault_after_the_exchange_is_no_failure(tmp_path, state):
    state.expect("another", {})
    state._db.execute("CREATE TEMP TRIGGER t BEFORE DELETE ON site BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    with pytest.raises(DiskError, match="the disk is full"):
        state.forget_others("")
    assert published(tmp_path / "site", state, index=OURS)
    assert (tmp_path / "site" / "index.html").read_bytes() == OURS


def indexed(output: Path, state: State, **months: str) -> list[str]:
    """Publishes a site with an index of these months, each with its fingerprint; the months that were made anew."""
    made = []

    def make_index(tree: Path, folder: Path, month: str) -> None:
        made.append(month)
        folder.mkdir()
        (folder / "one.pf_meta").write_bytes(months[month].encode())

    index = {month: Part(pages=(), fingerprint=known) for month, known in months.items()}
    there = standing(output, state)
    publish(output, Change(there=there, keep=(), write=[], fingerprints={}, index=index), state, make_index)
    return made


def test_only_months_that_changed_are_indexed_again(tmp_path, state):
    site = tmp_path / "site"
    assert indexed(site, state, may="one", april="two") == ["may", "april"]
    assert indexed(site, state, may="three", april="two") == ["may"]
    assert (site / "pagefind" / "months.json").read_text() == '[["may", 5], ["april", 3]]'
    (site / "pagefind" / "april" / "one.pf_meta").unlink()
    assert indexed(site, state, may="three", april="two") == ["april"]
    assert indexed(site, state, may="three") == []
    assert sorted(path.name for path in (site / "pagefind").iterdir()) == ["may", "months.json", "pagefind.js"]
    assert "./may/pagefind.js" in (site / "pagefind" / "pagefind.js").read_text()


@pytest.mark.parametrize("name", ["../out", "a/../../out", "/srv/out", "..\\out"])
def test_nothing_is_written_beside_the_site(tmp_path, state, name):
    output = tmp_path / "site"
    published(output, state, index=b"one")
    with pytest.raises(PublishError, match="leads out of the site and is not written"):
        published(output, state, **{name: b"two"})
    assert (output / "index.html").read_bytes() == b"one"
    assert not list(tmp_path.rglob("*out*"))


def test_a_link_that_is_called_as_a_tree_of_ours_leads_nowhere(tmp_path: Path):
    outside = tmp_path / "outside"
    (outside / "deep").mkdir(parents=True, mode=0o755)
    for name in (".site.next-1", ".site.next-2-old"):
        (tmp_path / name).symlink_to(outside)
    clear_up(tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir() if "site" in path.name] == []
    assert (outside / "deep").stat().st_mode & 0o777 == 0o755
