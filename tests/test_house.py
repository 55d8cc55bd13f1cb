"""The house stands: who may use whom, and what pure rooms never touch."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1] / "digest"
TOWERS = ("config", "inputs", "stages", "outputs", "shell")
FLOORS = {"__main__": 5, "cli": 4, "flows": 3} | dict.fromkeys(TOWERS, 2)  # all else is ground: 1
COMMON = ("model", "views", "codec", "errors", "text", "stopwords")  # the ground that all ground stands on
OPEN = (  # folders whose files may use each other; a folder of the ground is one room
    "shell",
    "stages.pages",
    "stages.embeds",
    "stages.stories",
)
DOOR = ("flows", "errors", "shell.workers", "shell.voice", "shell.collector")  # what cli uses: what a process has
WORLD = {  # what rooms that are not shell, flows or cli never import; of pathlib they may use the pure half
    "aiohttp", "asyncio", "concurrent", "glob", "http", "locale", "multiprocessing", "os", "random", "secrets",
    "shutil", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "urllib.request",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}


def floor(module: str) -> int:
    return FLOORS.get(module.partition(".")[0], 1)


def may_use(user: str, used: str) -> bool:
    """May one module import another? Both are named from the house on: "stages.pages.lists", "model"."""
    folder, room = user.rpartition(".")[0], user.partition(".")[0]
    if floor(user) == 4:
        return used.startswith(DOOR)
    if floor(user) != floor(used):
        return floor(user) > floor(used)
    if floor(user) == 2:
        return used.startswith(f"{user}.") or (folder in OPEN and used.startswith(f"{folder}."))
    return used.partition(".")[0] in (room, *COMMON)


def imported(node: ast.AST, known: Mapping[str, ast.Module]) -> Iterator[str]:
    """The modules that an import statement names; ours as the files that they are."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = "." * node.level + (node.module or "")
        for name in (f"{base}.{alias.name}" for alias in node.names):
            yield name if name.removeprefix("digest.") in known or base == "pathlib" else base


def worldly(node: ast.AST, names: list[str]) -> list[str]:
    """What an import or a call has of the world: disk, network, time, chance."""
    found = [name for name in names if name in WORLD or name.split(".")[0] in WORLD]
    found += [name for name in names if name.startswith("pathlib") and not name.startswith("pathlib.Pure")]
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    return [*found, "open()"] if called else found


def faults(user: str, node: ast.AST, names: list[str], *, deferred: bool) -> Iterator[str]:
    """What a statement or call does that its room may not."""
    yield from (f"{user} may not use {used}" for used in ours(names) if not may_use(user, used))
    if floor(user) <= 2 and not user.startswith("shell"):
        yield from (f"a pure room touches {name}" for name in worldly(node, names))
    if any(name.startswith(".") for name in names):
        yield "a relative import"
    if names and deferred and user != "cli":
        yield "an import inside a function"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
        yield from ["only cli reads the clock"] if user != "cli" else []


def ours(names: list[str]) -> list[str]:
    return [name.removeprefix("digest.") for name in names if name.startswith("digest.")]


def breaches(sources: Mapping[str, str]) -> list[str]:
    """Every breach in a house of such files, as "file:line: what"."""
    files = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in sources}
    known = {module: ast.parse(sources[path]) for module, path in files.items()}
    arrows: dict[str, set[str]] = {module: set() for module in known}
    found = []
    for user, tree in known.items():
        functions = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)]
        inner = {id(node) for function in functions for node in ast.walk(function)}
        for node in ast.walk(tree):
            names = list(imported(node, known))
            arrows[user].update(ours(names))
            told = faults(user, node, names, deferred=id(node) in inner)
            found += [f"digest/{files[user]}:{getattr(node, 'lineno', 1)}: {fault}" for fault in told]
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as circle:
        found.append(f"digest/{files[circle.args[1][0]]}:1: a circle: {' ← '.join(circle.args[1])}")
    return found


def test_the_house_stands():
    sources = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in sorted(HOUSE.rglob("*.py"))}
    found = breaches(sources)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("path", "line", "breach"),
    [
        ("stages/copies.py", "from digest.shell.site import x", "may not use shell.site"),
        ("stages/copies.py", "from digest.stages import stories", "may not use stages.stories"),
        ("stages/facts/label.py", "from digest.stages.facts.names import x", "may not use stages.facts.names"),
        ("stages/copies.py", "import digest.flows.build", "may not use flows.build"),
        ("text.py", "from digest.stages.copies import x", "may not use stages.copies"),
        ("urls.py", "from digest.query import x", "may not use query"),
        ("cli.py", "from digest.stages import copies", "may not use stages"),
        ("inputs/feed.py", "from .article import x", "a relative import"),
        ("outputs/feeds.py", "import os.path", "touches os.path"),
        ("outputs/feeds.py", "from pathlib import PurePath, Path", "touches pathlib.Path"),
        ("config/__init__.py", "text = open('digest.toml').read()", "touches open()"),
        ("shell/web.py", "def f():\n    import digest.model", "an import inside a function"),
        ("flows/fetch.py", "now = datetime.now()", "only cli reads the clock"),
    ],
)
def test_a_breach_is_named_by_file_and_line(path: str, line: str, breach: str):
    files = ("stages/__init__.py", "stages/stories.py", "stages/copies.py", "shell/site.py", "stages/facts/names.py")
    house = dict.fromkeys(files, "") | {"query.py": "", "model.py": "", "flows/build.py": ""}
    [found] = breaches(house | {path: "\n" + line})
    assert found.startswith(f"digest/{path}:{2 + line.count(chr(10))}: ")
    assert breach in found


def test_a_circle_is_found_though_deferred():
    a, b = "from digest.shell.b import x", "def f():\n    from digest.shell.a import x"
    assert "a circle" in breaches({"shell/a.py": a, "shell/b.py": b})[-1]


def test_what_may_be_used_is_no_breach():
    house = {
        "model.py": "",
        "dates/__init__.py": "from digest.dates.lines import x",
        "dates/lines.py": "from digest.text import fold\nfrom pathlib import PurePosixPath",
        "outputs/__init__.py": "from digest.outputs import feeds",
        "outputs/feeds.py": "from digest import model\nfrom digest.dates import x",
        "shell/site.py": "import os\nfrom digest.shell.state import x",
        "flows/build.py": "from digest.outputs import OUTPUTS",
        "cli.py": "def f():\n    from digest.flows.build import build\n    return datetime.now()",
        "__main__.py": "from digest.cli import main",
    }
    assert breaches(house) == []
