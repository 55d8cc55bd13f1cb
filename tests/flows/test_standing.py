"""A site whose old stories have light pages: every link in it leads somewhere."""

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from tests.flows.running import run

DEMO = Path(__file__).resolve().parents[2] / "content"
BASE = "https://crossline.example/brief/"


def project(root: Path, days: int) -> Path:
    """The demo, its pages whole for so many days."""
    shutil.copytree(DEMO, root / "content")
    settings = root / "content" / "digest.toml"
    kept = (line for line in settings.read_text().splitlines() if not line.startswith(("base_url", "pages_for_days")))
    whole = "\n".join(kept).replace("[site]", f'[site]\nbase_url = "{BASE}"\npages_for_days = {days}', 1)
    settings.write_text(whole)
    return root


def links(site: Path) -> dict[str, set[str]]:
    """The addresses in the site that its pages and feeds lead to, each with the files that do."""
    found: dict[str, set[str]] = {}
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.suffix in (".html", ".xml", ".atom", ".json") and not name.startswith("pagefind/"):
            text = unescape(path.read_text(encoding="utf-8"))
            told = re.findall(r'(?:href|src)=["\']([^"\'#?]+)', text) if path.suffix == ".html" else []
            told += re.findall(re.escape(BASE) + r"[^\"'<>#?\\ ]*", text)
            for one in told:
                whole = unquote(urljoin(BASE + name, one))
                if whole.startswith(BASE):
                    found.setdefault(whole.removeprefix(BASE) or "index.html", set()).add(name)
    return found


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("days", [0, 1, 5])
def test_every_link_leads_somewhere(tmp_path: Path, days: int) -> None:
    root = project(tmp_path, days)
    run(root)
    site = root / "site"
    dead = {address: sorted(names)[:3] for address, names in links(site).items() if not (site / address).is_file()}
    assert dead == {}


@pytest.mark.usefixtures("quick")
def test_fewer_days_are_fewer_files(tmp_path: Path) -> None:
    counts = []
    for days in (0, 5, 1):
        root = project(tmp_path / str(days), days)
        run(root)
        stories = len(list((root / "site" / "story").glob("*.html")))
        counts.append((stories, len([path for path in (root / "site").rglob("*") if path.is_file()])))
    (stories, whole), (still, fewer), (yet, fewest) = counts
    assert stories == still == yet
    assert whole > fewer > fewest
