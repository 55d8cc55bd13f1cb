"""The site as GitHub Pages serves it, on this machine alone; and what has changed on disk meanwhile."""

import mimetypes
import os
import sys
import time
import webbrowser
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from digest.errors import DigestError

HOST = "127.0.0.1"
PAUSE = 0.5  # seconds between two looks at the disk
NOWHERE = "\0"  # in no file's name
TYPES = {  # what the machine's own table may not know, or know otherwise
    ".atom": "application/atom+xml",
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}

Look = Mapping[Path, tuple[int, int]]  # each file's time of change in nanoseconds, and its size in bytes


@contextmanager
def serving(site: Path, base_path: str, port: int) -> Iterator[str]:
    """Serves the folder under the base path (as "/my-repo/") while the block runs; the address of its front page.

    Port 0 is any free one. The folder is looked up by name at every request, so that another may take its place.
    """
    try:
        server = _Server((HOST, port), partial(_Answer, site=site, base_path=base_path))
    except (OSError, OverflowError) as fault:
        raise DigestError(f"--port {port}: {fault}; another one, or 0 for any that is free") from None
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}{quote(base_path)}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """Whoever breaks off is no news; a fault of ours is."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  # the library's own signature
        """Says nothing of connections that break."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Answer(BaseHTTPRequestHandler):
    """One request: a page, a step to where the page is, or the site's own 404."""

    server_version = "digest"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, site: Path, base_path: str) -> None:
        self.site, self.base_path = site, base_path
        super().__init__(*args)  # type: ignore[arg-type]  # what the server hands over

    def do_GET(self) -> None:  # the library's name
        """Answers with the file that the address stands for; one that can be no address stands for none."""
        try:
            self._answer()
        except (OSError, ValueError):
            with suppress(OSError):
                self._send(HTTPStatus.NOT_FOUND, None)

    def _answer(self) -> None:
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        if path in ("/", self.base_path[:-1]) and path != self.base_path:
            return self._lead_to(self.base_path, asked.query)
        name = path.removeprefix(self.base_path) if path.startswith(self.base_path) else NOWHERE
        whole = not name or name.endswith("/")
        if not whole and self._file(f"{name}/index.html"):
            return self._lead_to(f"{path}/", asked.query)
        if file := self._file(f"{name}index.html" if whole else name):
            return self._send(HTTPStatus.OK, file)
        return self._send(HTTPStatus.NOT_FOUND, self._file("404.html"))

    do_HEAD = do_GET  # noqa: N815

    def _file(self, name: str) -> Path | None:
        """The site's file of that name, as it is or without its .html; None where there is none."""
        file = self.site / name
        if NOWHERE in name or ".." in Path(name).parts or not file.is_relative_to(self.site):
            return None
        return next((one for one in (file, self.site / f"{name}.html") if one.is_file()), None)

    def _lead_to(self, path: str, query: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", quote(path) + (f"?{query}" if query else ""))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, file: Path | None) -> None:
        try:
            body = file.read_bytes() if file else b"There is no such page.\n"
        except OSError:  # the site was exchanged just now
            status, file, body = HTTPStatus.NOT_FOUND, None, b"There is no such page any more.\n"
        self.send_response(status)
        self.send_header("Content-Type", _type(file) if file else TYPES[".txt"])
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            with suppress(ConnectionError):  # whoever asked has turned to another page
                self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing: requests are no news."""


def _type(file: Path) -> str:
    return TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def open_browser(address: str) -> None:
    """Shows the address in the browser of whoever sits here, if there is one."""
    webbrowser.open(address)


def look(folders: Iterable[Path], passed_over: Path) -> Look:
    """How the files under the folders stand; hidden ones, editors' copies and one folder are passed over."""
    seen: dict[Path, tuple[int, int]] = {}
    for base in folders:
        for folder, folders_in, names in os.walk(base):
            here = Path(folder)
            folders_in[:] = [name for name in folders_in if not name.startswith(".") and here / name != passed_over]
            for name in names:
                if not name.startswith(".") and not name.endswith("~"):
                    _note(here / name, seen)
    return seen


def _note(path: Path, seen: dict[Path, tuple[int, int]]) -> None:
    try:
        stat = path.stat()
    except OSError:  # gone between two looks: that is a change, too
        return
    seen[path] = (stat.st_mtime_ns, stat.st_size)


def changes(folders: Iterable[Path], passed_over: Path, since: Look) -> Iterator[list[Path]]:
    """What has come, gone or changed since the last look, for ever; without folders: nothing, for ever."""
    watched = tuple(folders)
    while True:
        time.sleep(PAUSE)
        now = look(watched, passed_over)
        if changed := sorted(path for path in since.keys() | now.keys() if since.get(path) != now.get(path)):
            yield changed
        since = now
