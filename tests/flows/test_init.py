"""First steps: a project that builds at once, and a workflow that can be trusted with it."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from digest import __version__
from digest.cli import main
from digest.config import load
from digest.flows.init import init, requirement

HERE = Path(__file__).resolve().parents[2]
STARTER = HERE / "templates/starter"
WORKFLOWS = (STARTER / "github/workflows/digest.yml", HERE / ".github/workflows/pages.yml")
PINNED = re.compile(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def silent(_: str) -> None:
    pass


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_project_builds_at_once(tmp_path: Path):
    folder = tmp_path / "brief"
    started = CliRunner().invoke(main, ["init", str(folder)])
    assert started.exit_code == 0, started.output
    assert f"cd {folder}" in started.stdout
    built = CliRunner().invoke(main, ["build", "--root", str(folder)])
    assert built.exit_code == 0, built.output
    assert built.stdout.startswith("2 read, 0 folded, 1 story, 1 topic, 0 rejected")
    front = (folder / "site/index.html").read_text("utf-8")
    assert " – brief</title>" in front
    assert "Ostermouth" in front


def test_nothing_is_written_over_and_nothing_comes_back(tmp_path: Path):
    init(tmp_path, tell=silent)
    (tmp_path / "content/digest.toml").write_text("")
    (tmp_path / "content/articles/bridge-reopens.md").unlink()
    (tmp_path / "content/sources.toml").unlink()
    (tmp_path / ".gitignore").unlink()
    before = files(tmp_path)
    again = init(tmp_path, tell=silent)
    assert set(again.written) == {"content/sources.toml", ".gitignore"}
    assert {name: data for name, data in files(tmp_path).items() if name in before} == before
    assert "content/digest.toml" in again.skipped


def test_a_folder_of_clippings_gets_no_examples(tmp_path: Path):
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/mine.txt").write_text("Mine\n\nMy own words.\n")
    started = init(tmp_path, tell=silent)
    assert "content/digest.toml" in started.written
    assert [path.name for path in (tmp_path / "content/articles").iterdir()] == ["mine.txt"]
    assert not (tmp_path / "content/topics.toml").exists()


@pytest.mark.parametrize("name", ["brief", 'the "daily" one', "نشرة", "back\\slash", "🗞 news", "two\nlines"])
def test_the_site_is_named_after_its_folder(tmp_path: Path, name: str):
    folder = tmp_path / name
    init(folder, tell=silent)
    settings = (folder / "content/digest.toml").read_text("utf-8")
    assert tomllib.loads(settings)["site"]["title"] == name.replace("\n", " ")


def test_the_examples_that_are_commented_out_are_right():
    for name in ("digest.toml", "sources.toml", "topics.toml"):
        text = (STARTER / "content" / name).read_text("utf-8")
        bare = re.sub(r"(?m)^# ?(?=\[|\w+ = )", "", text)
        assert bare != text
        load({name: bare}, name="x")


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        ("", f"digest-briefing=={__version__}"),
        (
            '{"url": "https://github.com/a/digest", "vcs_info": {"vcs": "git", "commit_id": "9b32400"}}',
            "digest-briefing @ git+https://github.com/a/digest@9b32400",
        ),
        (
            '{"url": "https://a.org/all", "vcs_info": {"vcs": "git", "commit_id": "9b3"}, "subdirectory": "digest"}',
            "digest-briefing @ git+https://a.org/all@9b3#subdirectory=digest",
        ),
        ('{"url": "https://a.org/digest.whl", "archive_info": {}}', "digest-briefing @ https://a.org/digest.whl"),
        ('{"url": "file:///src/digest", "dir_info": {"editable": true}}', f"digest-briefing=={__version__}"),
        (None, f"digest-briefing=={__version__}"),
    ],
)
def test_the_workflow_installs_the_digest_that_wrote_it(origin: str | None, wanted: str):
    text = requirement(origin)
    assert text.splitlines()[-1] == wanted
    assert ("put the git address" in text) == (origin is None or "file:" in origin)


@pytest.fixture(params=WORKFLOWS, ids=["starter", "demo"], name="text")
def _text(request: pytest.FixtureRequest) -> str:
    return request.param.read_text("utf-8")


def test_a_workflow_has_only_the_rights_that_it_needs(text: str):
    workflow = yaml.safe_load(text)
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    assert workflow["permissions"] == {}
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert build["permissions"]["contents"] == ("write" if "git push" in text else "read")
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert all("timeout-minutes" in job for job in (build, deploy))
    assert ("persist-credentials: false" in text) == ("git push" not in text)


def test_every_action_is_pinned_with_its_version_beside_it(text: str):
    used = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
    assert [line for line in used if not PINNED.fullmatch(line)] == []
    assert len(used) >= 5


def test_nothing_from_outside_is_put_into_a_command(text: str):
    workflow = yaml.safe_load(text)
    for job in workflow["jobs"].values():
        assert not any("${{" in step.get("run", "") for step in job["steps"])


def test_what_came_in_is_committed_before_the_site_is_published():
    text = WORKFLOWS[0].read_text("utf-8")
    order = [text.index(word) for word in ("digest build --fetch", "git push", "upload-pages-artifact", "deploy-pages")]
    assert order == sorted(order)


def test_the_daily_run_is_off_the_full_hour():
    workflow = yaml.safe_load(WORKFLOWS[0].read_text("utf-8"))
    [schedule] = workflow[True]["schedule"]  # YAML 1.1 reads the key `on` as true
    assert schedule["cron"].split()[0] not in ("0", "*", "30")
