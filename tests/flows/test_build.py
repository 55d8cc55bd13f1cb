"""A build, over a small project: what it tells for good, what it writes anew, and what can no longer make it fail."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from digest import semantic
from digest.errors import Busy, ConfigError, DigestError, TemplateFault
from digest.flows import build as building
from digest.flows import items as of_items
from digest.flows.build import Tools, build
from digest.flows.order import Built, Order
from digest.flows.prepare import Job
from digest.flows.project import configure
from digest.model import Packed
from digest.shell import log
from digest.shell.workers import Failed
from tests.flows.running import run

MORNING, DAY = 1795500000, 86_400  # 2026-11-24 06:00 UTC; seconds
TITLES = (
    "Ferry sails again - The Wire",
    "A museum opens its doors",
    "Bees counted in the old town",
    "A night train runs",
)


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Path:
    """A project with a log of two runs, so that one edition has closed."""
    content = tmp_path / "content"
    for name in ("fetched/wire", "fetched/runs", "articles"):
        (content / name).mkdir(parents=True)
    (content / "digest.toml").write_text('[site]\ntitle = "Desk"\n')
    (content / "sources.toml").write_text('[[source]]\nid = "wire"\nname = "The Wire"\n')
    items = [
        {"v": 1, "seen_at": MORNING - DAY, "uid": str(n), "url": f"https://example.org/{n}", "title": title,
         "html": f"<p>{title}, and what else there is to say of it.</p>", "published": "2026-11-23T05:00:00Z"}
        for n, title in enumerate(TITLES)
    ]  # fmt: skip
    runs = [{"v": 1, "run_at": at, "sources": {"wire": {"status": "ok"}}} for at in (MORNING - DAY, MORNING + DAY)]
    _write(content / "fetched" / "wire" / "2026-11.jsonl", items)
    _write(content / "fetched" / "runs" / "2026-11.jsonl", runs)
    return tmp_path


def _write(path: Path, lines: Iterable[dict]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_the_interface_is_in_the_language_of_the_site_with_the_words_of_the_project(desk: Path):
    (desk / "content/digest.toml").write_text('[site]\nlanguage = "fr"\n')
    own = desk / "templates/languages/fr.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[texts]\n"Today" = "À la une"\n')
    run(desk)
    front = pages(desk)["index.html"].decode()
    assert '<html lang="fr" dir="ltr">' in front and ">À la une</a>" in front and ">Sujets</a>" in front


def test_a_language_without_words_is_said(desk: Path):
    (desk / "content/digest.toml").write_text('[site]\nlanguage = "nl"\n')
    told = 'content/digest.toml: site.language: no words of "nl" are known; templates/languages/nl.toml would hold them'
    assert told in run(desk).warnings


def test_a_logo_that_is_not_there_is_an_error(desk: Path):
    (desk / "content/digest.toml").write_text('[site]\nlogo = "logo.svg"\n')
    with pytest.raises(ConfigError, match=r"site\.logo: there is no templates/static/logo\.svg"):
        run(desk)
    static = desk / "templates/static"
    static.mkdir(parents=True)
    (static / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    run(desk)
    assert 'src="logo.svg"' in pages(desk)["index.html"].decode()


def pages(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "site").rglob("*") if path.is_file())
    return {
        name: p.read_bytes()
        for p in found
        if not (name := p.relative_to(root / "site").as_posix()).startswith("pagefind")
    }


def prepared(root: Path, stop: int = 1 << 30) -> list[str]:
    """The titles that a build works out anew; it is killed after so many."""
    titles: list[str] = []

    def counting(prepare: Callable, batches: Iterable[tuple[Job, ...]]) -> Iterator[tuple[Packed, ...]]:
        for batch in batches:
            if len(titles) + len(batch) > stop:
                raise KeyboardInterrupt
            titles.extend(job.raw.title for job in batch)
            yield prepare(batch)

    def reading(read: Callable, tasks: Iterable) -> Iterator:
        return map(read, tasks)

    tools = Tools(map_items=counting, map_documents=reading, tell=lambda text: None, seconds=time.monotonic, cpu=time.process_time)  # fmt: skip
    try:
        build(Order(root=root, output=root / "site"), tools)
    except KeyboardInterrupt:
        pass
    return titles


def told(built: Built) -> tuple[object, object]:
    report = built.report["build"]
    return report["pages_written"], report["pages_kept"]  # type: ignore[index]


def test_what_editions_have_published_is_told_again_though_the_site_stands(desk: Path) -> None:
    run(desk)
    file = desk / "content" / "editions" / "2026-11.jsonl"
    lines = file.read_bytes()
    file.unlink()
    assert told(run(desk))[0] == 0
    assert file.read_bytes() == lines


@pytest.mark.parametrize(
    ("damage", "line", "reason"),
    [
        (lambda data: b"<<<<<<< HEAD\n" + data, 1, "line cannot be read: JSON is malformed"),
        (lambda data: data + data[: len(data) // 2] + b"\n", 2, "line cannot be read: Input data was truncated"),
        (lambda data: data.replace(b'"v":1', b'"v":2'), 1, "line cannot be read: it is of version 2"),
    ],
)
def test_a_damaged_log_of_editions_is_not_worked_out_anew(desk: Path, damage: Callable, line: int, reason: str) -> None:
    run(desk)
    file = desk / "content" / "editions" / "2026-11.jsonl"
    before = pages(desk)
    file.write_bytes(damage(file.read_bytes()))
    damaged = file.read_bytes()
    with pytest.raises(DigestError, match=f"content/editions/2026-11.jsonl:{line}: {reason}.*put the file back"):
        run(desk)
    assert file.read_bytes() == damaged
    assert pages(desk) == before


def test_a_line_of_editions_that_was_cut_off_while_it_was_written_is_written_anew(desk: Path) -> None:
    run(desk)
    file = desk / "content" / "editions" / "2026-11.jsonl"
    whole, before = file.read_bytes(), pages(desk)
    file.write_bytes(whole[: len(whole) // 2])
    run(desk)
    assert (file.read_bytes(), pages(desk)) == (whole, before)


def test_a_run_that_cannot_be_read_is_reported(desk: Path) -> None:
    with (desk / "content" / "fetched" / "runs" / "2026-11.jsonl").open("a") as runs:
        runs.write(f'{{"v":2,"run_at":{MORNING},"sources":{{}}}}\n=======\n')
    items = run(desk).report["items"]
    rejected = {one["file"]: one["reason"] for one in items if one["status"] == "rejected"}  # type: ignore[attr-defined]
    assert (
        rejected["fetched/runs/2026-11.jsonl:3"] == "line cannot be read: it is of version 2, and this digest knows 1"
    )
    assert rejected["fetched/runs/2026-11.jsonl:4"].startswith("line cannot be read: JSON is malformed")


def test_a_file_of_static_goes_before_our_page_and_hidden_ones_are_copied(desk: Path) -> None:
    static = desk / "templates" / "static"
    static.mkdir(parents=True)
    (static / "robots.txt").write_text("User-agent: *\nDisallow: /drafts/\n")
    (static / ".nojekyll").touch()
    run(desk)
    assert b"/drafts/" in (desk / "site" / "robots.txt").read_bytes()
    assert (desk / "site" / ".nojekyll").is_file()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2026", "templates/static/2026: the site has a folder called so, of 2026/11/"),
        ("pagefind", "templates/static/pagefind: the site has a folder called so"),
        ("index.html/x.txt", "templates/static/index.html/x.txt: the site has a file called index.html"),
    ],
)
def test_a_file_of_static_that_cannot_stand_beside_the_pages_is_told(desk: Path, name: str, told: str) -> None:
    file = desk / "templates" / "static" / name
    file.parent.mkdir(parents=True)
    file.touch()
    with pytest.raises(TemplateFault, match=told):
        run(desk)


def test_a_setting_writes_only_the_pages_anew_that_show_it(desk: Path) -> None:
    run(desk)
    before = pages(desk)
    (desk / "content" / "digest.toml").write_text('[site]\ntitle = "Desk"\n[stories]\nwindow_hours = 71\n')
    written, _ = told(run(desk))
    after = pages(desk)
    changed = {name for name in after if after[name] != before[name]}
    assert len(changed) == written
    assert {"index.html", "about.html", "2026/11/23.html", "data/2026-11-23.json"} < changed < after.keys()
    mark = configure(desk).settings_hash.encode()
    assert changed == {name for name in after if mark in after[name]}


@pytest.mark.skipif(semantic.is_installed(), reason="the extra [semantic] is installed")
def test_a_missing_extra_is_told_with_the_command_that_brings_it(desk: Path) -> None:
    (desk / "content" / "digest.toml").write_text("[stories]\nsemantic = true\n")
    with pytest.raises(ConfigError, match=r"stories.semantic.*pip install 'digest-briefing\[semantic\]'"):
        run(desk)


@pytest.mark.skipif(not semantic.is_installed(), reason="the extra [semantic] is not installed")
def test_meaning_is_asked_for_by_a_setting_and_remembered(desk: Path) -> None:
    (desk / "content" / "digest.toml").write_text('[site]\ntitle = "Desk"\n[stories]\nsemantic = true\n')
    run(desk)
    first = pages(desk)
    assert prepared(desk) == [], "what was prepared is remembered with its vectors"
    run(desk, clean=True)
    assert pages(desk) == first


def test_what_fails_after_the_site_is_published_is_a_warning(desk: Path) -> None:
    (desk / "taken").touch()
    done = run(desk, report=desk / "taken" / "report.json")
    assert (desk / "site" / "index.html").is_file()
    assert done.warnings[-1].startswith(f"the site is published, but {desk}/taken/report.json: cannot be written")


def test_clean_works_out_everything_and_writes_the_same(desk: Path) -> None:
    run(desk)
    before = pages(desk)
    written, kept = told(run(desk, clean=True))
    assert (written, kept) == (len(before) - 1, 0), "all but .gitignore"
    assert pages(desk) == before


def test_a_folder_of_somebody_else_s_is_not_touched(desk: Path) -> None:
    (desk / "site").mkdir()
    (desk / "site" / "thesis.doc").touch()
    (desk / "site" / ".gitignore").write_text("*\n!.gitignore\n")
    with pytest.raises(ConfigError, match="was not made by digest"):
        run(desk)
    assert (desk / "site" / "thesis.doc").is_file()


@pytest.mark.parametrize("folder", ["content", "content/articles/site", "templates", ".digest/site", "elsewhere/site"])
def test_the_site_is_not_written_into_what_is_read(desk: Path, folder: str) -> None:
    (desk / "content/digest.toml").write_text(f'[articles]\nfolders = ["articles", "{desk}/elsewhere"]\n')
    with pytest.raises(ConfigError, match=f"--output {desk}/{folder}: lies in .*, which is read"):
        run(desk, output=desk / folder)
    assert not (desk / folder / "index.html").exists()


def test_a_file_that_came_to_the_site_is_gone_after_the_next_build(desk: Path) -> None:
    run(desk)
    (desk / "site/stray").mkdir()
    (desk / "site/stray/x.html").write_text("mine")
    run(desk)
    assert not (desk / "site/stray").exists()


def test_what_stands_in_the_place_of_the_cache_or_the_report_is_taken_away(desk: Path) -> None:
    (desk / ".digest").symlink_to("nowhere")
    run(desk)
    (desk / ".digest/report.json").unlink()
    for name in ("report.json", "report.json.next"):
        (desk / ".digest" / name / "more").mkdir(parents=True)
    (desk / "content/digest.toml").write_text('[site]\ntitle = "Other"\n')
    assert not any("report" in one for one in run(desk).warnings)
    assert (desk / ".digest/report.json").is_file()


def test_two_projects_do_not_write_one_output_at_once(desk: Path) -> None:
    with log.claimed(desk / "site", "build"), pytest.raises(Busy, match=f"another build is at work on {desk}/site"):
        run(desk)
    run(desk)


def test_another_source_makes_only_those_items_new_whose_title_names_it(desk: Path) -> None:
    assert sorted(prepared(desk)) == sorted(TITLES)
    assert prepared(desk) == []
    with (desk / "content" / "sources.toml").open("a") as sources:
        sources.write('[[source]]\nid = "other"\nname = "Other Paper"\n')
    assert prepared(desk) == []


def test_a_kill_loses_no_more_than_a_batch(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_items, "BATCH", 2)
    monkeypatch.setattr(of_items, "HANDED", 1)
    first = prepared(desk, stop=3)
    assert len(first) == 3
    assert sorted(first[:2] + prepared(desk)) == sorted(TITLES)


def test_an_item_that_takes_too_much_is_rejected_with_its_reason_and_the_others_stand(desk: Path) -> None:
    def limited(prepare: Callable, batches: Iterable[tuple[Job, ...]]) -> Iterator[tuple[Packed, ...] | Failed]:
        for batch in batches:
            is_too_much = any(job.raw.title == TITLES[0] for job in batch)
            yield Failed(reason="took more than 8 s of computing") if is_too_much else prepare(batch)

    tools = Tools(map_items=limited, map_documents=map, tell=lambda text: None, seconds=time.monotonic, cpu=time.process_time)  # type: ignore[arg-type]  # fmt: skip
    items = build(Order(root=desk, output=desk / "site"), tools).report["items"]
    rejected = [item for item in items if item["status"] == "rejected"]  # type: ignore[attr-defined]
    assert [(item["title"], item["reason"]) for item in rejected] == [(TITLES[0], "took more than 8 s of computing")]
    assert len(items) == len(TITLES)  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such clock")
def test_a_query_that_takes_too_long_on_a_text_is_told_by_its_topic_and_the_article_is_shown(desk: Path) -> None:
    (desk / "content" / "topics.toml").write_text(
        "[[topic]]\nname = 'Slow'\nquery = '/r.*r.*r.*r.*r.*~/'\n[[topic]]\nname = 'Trees'\nquery = 'row'\n"
    )
    (desk / "content" / "articles" / "trees.txt").write_text("A row of trees\n\n" + "Green are the trees. " * 300)
    built = run(desk)
    (told,) = (warning for warning in built.warnings if "Slow" in warning)
    assert told.startswith(
        'content/topics.toml: topic "Slow": its /regular expression/ takes too long on 1 article, as'
    )
    (trees,) = (item for item in built.report["items"] if item["title"] == "A row of trees")  # type: ignore[attr-defined]
    assert (trees["status"], trees["topics"]) == ("shown", ["Trees"])


def test_pages_can_be_laid_out_twice(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = []
    whole = building.draft
    monkeypatch.setattr(building, "draft", lambda *args: drafts.append(whole(*args)) or drafts[-1])
    run(desk)
    [drafted] = drafts
    assert [page.path for page in drafted.pages()] == [page.path for page in drafted.pages()] != []


def test_a_recorded_document_that_cannot_be_read_is_in_the_feed_of_troubles(desk: Path):
    (desk / "content" / "feeds").mkdir()
    (desk / "content" / "feeds" / "old-post.xml").write_text("<html><title>Moved away</title></html>")
    run(desk, base_url="https://example.org/")
    told = (desk / "site" / "health.xml").read_text()
    assert "old-post" in told and "not a feed: an HTML page (its title: Moved away)" in told
    assert run(desk, base_url="https://example.org/").report["build"]["pages_written"] == 0


def test_a_date_that_is_still_to_come_is_told(desk: Path) -> None:
    file = desk / "content" / "articles" / "wrong.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text("---\ntitle: Dated wrongly\ndate: 2027-11-29\n---\n\nText.\n")
    for n in range(9):
        file.with_name(f"{n}.md").write_text(f"---\ntitle: Report {n}\ndate: 2026-11-2{n}\n---\n\nText {n}.\n")
    tools = Tools(map_items=map, map_documents=map, tell=lambda text: None, seconds=time.monotonic, cpu=time.process_time, now=1_796_000_000)  # type: ignore[arg-type]  # fmt: skip
    said = "content/articles/wrong.md: is dated 2027-11-29, still to come: the newest edition is its; mend the date"
    assert said in build(Order(root=desk, output=desk / "site"), tools).warnings
