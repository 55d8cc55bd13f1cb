"""A project that builds at once: settings, two articles, a workflow for GitHub Pages."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from digest import __version__
from digest.codec import from_json
from digest.model import record
from digest.shell.project import direct_url, standing, starter_files, write_new

PACKAGE = "digest-briefing"
RENAMED = {"gitignore": ".gitignore", "github/": ".github/"}  # dotfiles lie in the wheel under plain names
EXAMPLES = ("content/articles/", "content/topics.toml")  # only for a project that has no content of its own
TITLE = "@TITLE@"  # stands in the starter's digest.toml for the folder's name

UNPUBLISHED = f"""\
# digest was installed from a folder of this machine, which GitHub cannot see, and it is on no package index yet.
# Before you publish, put the git address of your copy of digest in the place of the last line:
#   {PACKAGE} @ git+https://github.com/YOU/digest@COMMIT
"""
NEXT = """\
Next:
  digest build                  makes site/; `digest serve` shows it, with search
  content/sources.toml          name your feeds there; `digest build --fetch` once a day reads them
  content/articles/             put saved articles there: .md, .html, .txt
  .github/workflows/digest.yml  publishes: on GitHub, Settings → Pages → Source: GitHub Actions, then push"""
ENTER = "\n  cd {folder}"
FIRST = "\n  requirements.txt              before that, put the git address of your copy of digest there"


@record
class Started:
    """What was written, what stood there already, and what to do next."""

    written: tuple[str, ...]
    skipped: tuple[str, ...]
    next_steps: str


def init(folder: Path, *, tell: Callable[[str], None]) -> Started:
    """Writes the files of a new project that are not there yet."""
    needed = requirement(direct_url(PACKAGE))
    files = {**_named(starter_files(), folder.resolve().name), "requirements.txt": needed.encode()}
    there = standing(folder, ("content", *files))
    unwanted = EXAMPLES if "content" in there else ()
    missing = {name: data for name, data in files.items() if name not in there and not name.startswith(unwanted)}
    for name, data in missing.items():
        write_new(folder / name, data)
        tell(f"written: {name}")
    return Started(
        written=tuple(missing),
        skipped=tuple(name for name in files if name in there),
        next_steps=_next_steps(folder, local=UNPUBLISHED in needed),
    )


def requirement(origin: str | None) -> str:
    """The text of requirements.txt: what installs the digest that is at work now.

    `origin` is the installer's note on where it came from: empty for an index, None where it is not installed at all.
    """
    if origin == "":
        return f"{PACKAGE}=={__version__}\n"
    if address := _address(origin or "{}"):
        return f"{PACKAGE} @ {address}\n"
    return f"{UNPUBLISHED}{PACKAGE}=={__version__}\n"


def _address(origin: str) -> str:
    """The address that another machine can install from; empty where there is none."""
    noted = from_json(origin.encode(), dict[str, object])
    url, vcs, folder = str(noted.get("url", "")), noted.get("vcs_info"), noted.get("subdirectory")
    if urlsplit(url).scheme not in ("https", "http", "ssh"):
        return ""
    part = f"#subdirectory={folder}" if folder else ""
    return f"{vcs['vcs']}+{url}@{vcs['commit_id']}{part}" if isinstance(vcs, dict) else url + part


def _named(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The starter's files under the names that they have in a project, the site under the folder's name."""
    title = json.dumps(" ".join("".join(c if c.isprintable() else " " for c in name).split()), ensure_ascii=False)
    found = {}
    for plain, data in files.items():
        real = next((to + plain.removeprefix(at) for at, to in RENAMED.items() if plain.startswith(at)), plain)
        found[real] = data.replace(json.dumps(TITLE).encode(), title.encode())
    return found


def _next_steps(folder: Path, *, local: bool) -> str:
    first, _, rest = NEXT.partition("\n")
    enter = "" if folder == Path() else ENTER.format(folder=folder)
    return f"{first}{enter}\n{rest}" + (FIRST if local else "")
