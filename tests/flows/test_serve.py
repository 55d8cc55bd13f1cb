"""The preview: what is served is what was built last, and a failing build ends nothing."""

import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from digest.errors import ConfigError, TemplateFault
from digest.flows.init import init
from digest.flows.order import Order
from digest.flows.serve import serve


@pytest.fixture(name="order")
def _order(tmp_path: Path) -> Order:
    (tmp_path / "content/editions").mkdir(parents=True)
    (tmp_path / "content/digest.toml").write_text('[site]\nbase_url = "https://example.org/my-repo"\n')
    return Order(root=tmp_path, output=tmp_path / "site")


class Project:
    """A project whose articles change while it is built; its second build fails, its fourth is interrupted."""

    def __init__(self, order: Order) -> None:
        self.content, self.front = order.root / "content", order.output / "index.html"
        self.builds = 0

    def rebuild(self) -> None:
        self.builds += 1
        if self.builds == 4:
            raise KeyboardInterrupt
        articles = " ".join(sorted(path.name for path in self.content.glob("*.md")))
        (self.content / f"{self.builds}.md").write_text("an article")
        if self.builds == 2:
            raise TemplateFault("templates/base.html:3: unexpected end")
        self.front.parent.mkdir(exist_ok=True)
        self.front.write_text(articles)
        (self.content / "editions/2026-11.jsonl").write_text(f"{self.builds}\n")  # as a build does


def test_it_builds_serves_and_builds_again(order: Order):
    project, told, warned, seen = Project(order), [], [], []

    def tell(text: str) -> None:
        told.append(text)
        seen.append(urlopen(told[0].split()[0], timeout=10).read().decode())

    with pytest.raises(KeyboardInterrupt):
        serve(order, port=0, rebuild=project.rebuild, tell=tell, warn=warned.append)
    assert told[0].endswith("/my-repo/ (Ctrl-C ends)")
    assert told[1:] == ["changed: 1.md", "changed: 2.md", "changed: 3.md"]
    assert warned == ["templates/base.html:3: unexpected end\nwhat stood before is served on"]
    assert seen == ["", "", "", "1.md 2.md"]


def test_bad_settings_end_it_before_anything_is_served(order: Order):
    (order.root / "content/digest.toml").write_text("[site]\ntitel = 1\n")
    with pytest.raises(ConfigError, match='did you mean "title"'):
        serve(order, port=0, rebuild=lambda: None, tell=lambda _: None, warn=lambda _: None)


def test_the_command_says_where_and_ends_cleanly(tmp_path: Path):
    init(tmp_path, tell=lambda _: None)
    command = [sys.executable, "-m", "digest", "serve", "--port", "0", "--root", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout and running.stderr
            built, address = running.stdout.readline(), running.stdout.readline().split()[0]
            assert built.startswith("2 read")
            assert b"Ostermouth" in urlopen(address, timeout=10).read()
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=20) == 130
            assert "interrupted" in running.stderr.read()
        finally:
            running.kill()
