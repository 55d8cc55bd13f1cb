"""The preview answers as GitHub Pages does."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digest.errors import DigestError
from digest.shell.server import changes, look, serving

FILES = {
    "index.html": "front",
    "404.html": "nothing here",
    "story/flood.html": "a story",
    "story/flood.json": "{}",
    "2026/index.html": "a year",
    "feed.atom": "<feed/>",
    "site.webmanifest": "{}",
    "pagefind/wasm.en.pagefind": "w",
    "pagefind/x.wasm": "w",
    "pagefind/fragment/en_1.pf_fragment": "f",
    "name with blank.txt": "x",
}


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    return site


@pytest.fixture(name="address")
def _address(site: Path) -> Iterator[str]:
    with serving(site, "/my-repo/", 0) as address:
        yield address


def ask(address: str, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "status", "text", "kind"),
    [
        ("/my-repo/", 200, "front", "text/html; charset=utf-8"),
        ("/my-repo/?q=1", 200, "front", "text/html; charset=utf-8"),
        ("/my-repo/story/flood.html", 200, "a story", "text/html; charset=utf-8"),
        ("/my-repo/story/flood", 200, "a story", "text/html; charset=utf-8"),
        ("/my-repo/story/flood.json", 200, "{}", "application/json; charset=utf-8"),
        ("/my-repo/2026/", 200, "a year", "text/html; charset=utf-8"),
        ("/my-repo/feed.atom", 200, "<feed/>", "application/atom+xml"),
        ("/my-repo/site.webmanifest", 200, "{}", "application/manifest+json"),
        ("/my-repo/pagefind/x.wasm", 200, "w", "application/wasm"),
        ("/my-repo/pagefind/wasm.en.pagefind", 200, "w", "application/octet-stream"),
        ("/my-repo/pagefind/fragment/en_1.pf_fragment", 200, "f", "application/octet-stream"),
        ("/my-repo/name%20with%20blank.txt", 200, "x", "text/plain; charset=utf-8"),
        ("/my-repo/story/", 404, "nothing here", "text/html; charset=utf-8"),
        ("/my-repo/nothing", 404, "nothing here", "text/html; charset=utf-8"),
        ("/elsewhere/", 404, "nothing here", "text/html; charset=utf-8"),
        ("/index.html", 404, "nothing here", "text/html; charset=utf-8"),
        ("/my-repo/../secret.txt", 404, "nothing here", "text/html; charset=utf-8"),
        ("/my-repo/%2e%2e/secret.txt", 404, "nothing here", "text/html; charset=utf-8"),
        ("/my-repo/..%2fsecret.txt", 404, "nothing here", "text/html; charset=utf-8"),
        ("/my-repo//etc/hostname", 404, "nothing here", "text/html; charset=utf-8"),
        ("/my-repo/%00", 404, "nothing here", "text/html; charset=utf-8"),
    ],
)
def test_an_address_answers_as_on_pages(address: str, path: str, status: int, text: str, kind: str):
    answer, body = ask(address, path)
    assert (answer.status, body, answer.headers["Content-Type"]) == (status, text, kind)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "to"),
    [("/", "/my-repo/"), ("/my-repo", "/my-repo/"), ("/my-repo/2026?a=b", "/my-repo/2026/?a=b")],
)
def test_an_address_that_is_nearly_right_leads_on(address: str, path: str, to: str):
    answer, _ = ask(address, path)
    assert (answer.status, answer.headers["Location"]) == (302, to)


def test_a_head_has_no_body(address: str):
    answer, body = ask(address, "/my-repo/", "HEAD")
    assert (answer.status, answer.headers["Content-Length"], body) == (200, "5", "")


def test_another_folder_may_take_the_place_of_the_site(address: str, site: Path):
    site.rename(site.with_name("old"))
    assert ask(address, "/my-repo/")[0].status == 404
    site.mkdir()
    (site / "index.html").write_text("new")
    assert ask(address, "/my-repo/")[1] == "new"


def test_at_the_root_of_a_host(site: Path):
    with serving(site, "/", 0) as address:
        assert ask(address, "/")[1] == "front"
        assert ask(address, "/story/flood.html")[1] == "a story"


def test_a_port_that_is_taken_is_said(site: Path):
    with serving(site, "/", 0) as address:
        port = urlsplit(address).port or 0
        with pytest.raises(DigestError, match=f"--port {port}: .*0 for any"), serving(site, "/", port):
            pass


def test_a_look_passes_over_what_nobody_wrote(tmp_path: Path):
    for name in ("a.md", ".hidden.md", "b.md~", ".git/c", "editions/2026-11.jsonl", "fetched/x/2026-11.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    seen = look([tmp_path, tmp_path / "nowhere"], tmp_path / "editions")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(seen)] == ["a.md", "fetched/x/2026-11.jsonl"]


def test_what_came_went_or_changed_since_a_look(tmp_path: Path):
    old, kept, gone = (tmp_path / name for name in ("old.md", "kept.md", "gone.md"))
    for path in (old, kept, gone):
        path.write_text("x")
    before = look([tmp_path], tmp_path / "editions")
    old.write_text("longer")
    gone.unlink()
    (tmp_path / "new.md").write_text("x")
    changed = next(changes([tmp_path], tmp_path / "editions", before))
    assert [path.name for path in changed] == ["gone.md", "new.md", "old.md"]


@pytest.mark.parametrize("path", [f"/my-repo/{'a' * 300}", "//["])
def test_what_can_be_no_address_is_not_found(address: str, path: str, capfd: pytest.CaptureFixture[str]):
    assert ask(address, path)[0].status == 404
    assert capfd.readouterr().err == ""
