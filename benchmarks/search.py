"""What a search costs a reader: requests and bytes until results stand, in Chromium, from a server that zips texts.

    python benchmarks/search.py SITE --word WORD [--order asc]

Asks `search.html?q=WORD` of a built site with an empty cache. Counted are the bodies that the server has sent: a part
of the search runs in a worker, which a page's own account leaves out. Wants Chromium and the packages of the tests.
"""

import argparse
import gzip
import shutil
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import ClassVar

from playwright.sync_api import Browser, sync_playwright

ZIPPED = {".html", ".css", ".js", ".json", ".svg", ".webmanifest"}  # as GitHub Pages does
PATIENCE = 30_000  # milliseconds
QUIET = 2500  # milliseconds for what comes after


class Zipping(SimpleHTTPRequestHandler):
    """Serves a folder, texts zipped, and keeps count of what it has sent."""

    protocol_version = "HTTP/1.1"
    site = Path()
    sent: ClassVar[list[int]] = []

    def send_head(self) -> BytesIO | None:
        file = self.site / self.path.partition("?")[0].lstrip("/")
        if not file.is_file():
            self.send_error(404)
            return None
        data = file.read_bytes()
        self.send_response(200)
        if file.suffix in ZIPPED:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.sent.append(len(data))
        return BytesIO(data)

    def log_message(self, *_: object) -> None:
        """Says nothing: requests are no news."""


def search(browser: Browser, address: str, order: str) -> None:
    """Prints what had been sent when the first result stood, and in the end."""
    page, began = browser.new_page(), monotonic()

    def tell(what: str) -> None:
        sent = list(Zipping.sent)
        print(f"{what}: {len(sent)} requests, {sum(sent) / 1024:.0f} KiB, {monotonic() - began:.1f} s")

    page.goto(address)
    page.locator("#results h3").first.wait_for(timeout=PATIENCE)
    tell("first result")
    page.wait_for_timeout(QUIET)
    tell("ten results and facets")
    if order:
        page.locator("#by-order").select_option(order)
        page.wait_for_timeout(QUIET)
        page.locator("#results h3").first.wait_for(timeout=PATIENCE)
        tell(f"in order ({order})")
    print(page.locator("#status").inner_text())


def main() -> int:
    """The number that the shell gets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--word", default="ceasefire", help="what is searched")
    parser.add_argument("--order", choices=("asc", "desc"), default="")
    wanted = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    Zipping.site = wanted.site
    server = ThreadingHTTPServer(("127.0.0.1", 0), Zipping)
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        search(browser, f"http://127.0.0.1:{server.server_port}/search.html?q={wanted.word}", wanted.order)
        browser.close()
    server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
