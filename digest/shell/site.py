"""The site on disk: built beside what stands, then exchanged with it in one step.

Files that stay are hard links (copies where links fail), and nothing ever writes through one. Whoever looks sees the
whole edition before or the whole edition after; `index.html` is there at every moment.
"""

import ctypes
import json
import os
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR

from digest.codec import fingerprint
from digest.errors import ConfigError, DigestError, PublishError, mended
from digest.model import record
from digest.shell.state import Published, State

IGNORE = "*\n!.gitignore\n"  # site/.gitignore: the output is not part of the repository
INDEX = "pagefind"  # the folder of the search index, one folder a month in it
MONTHS = f"{INDEX}/months.json"  # which there are, the newest first, each with the bytes that it takes to open it
DOOR = f"{INDEX}/pagefind.js"  # where scripts that know Pagefind look for it: all months in one
OPENED = ".pf_meta"  # ends the name of what is read of a month before anything is asked of it
ASIDE = "-old"  # ends the name of a site that was set aside for want of an exchange
OWN = b'name="generator" content="digest'  # stands in the head of every page
MakeIndex = Callable[[Path, Path, str], None]
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS sys/stdio.h
_AT_FDCWD = -100
BINARY = getattr(os, "O_BINARY", 0)  # on Windows


@record
class Part:
    """A part of the search index: the pages of a month."""

    pages: tuple[str, ...]  # paths
    fingerprint: str  # of all that it depends on


@record
class Change:
    """What the new tree is made of."""

    there: Mapping[str, Published]  # what stands, as `standing` found it
    keep: tuple[str, ...]  # paths of pages that stay as they are
    write: Iterable[tuple[str, bytes]]
    fingerprints: Mapping[str, str]  # of every page
    index: Mapping[str, Part]  # by month, the newest first; empty where nothing is searched


def check_output(output: Path, *, known: bool) -> None:
    """Refuses a folder that holds anything which is not ours; `known`: its files are those that a build noted."""
    if not output.exists():
        return
    if not output.is_dir():
        raise ConfigError([f"--output {output}: is a file; name a folder"])
    try:
        names = {path.name for path in output.iterdir()}
        is_ours = known or names <= {".gitignore"} or _is_marked(output / "index.html")
    except OSError as fault:
        raise ConfigError([f"--output {output}: cannot be read: {mended(fault)}"]) from None
    if not is_ours:
        raise ConfigError(
            [f"--output {output}: is not empty and was not made by digest; name another folder, or empty it"]
        )


def is_known(output: Path, state: State) -> bool:
    """Does something stand at the output as a build noted it? A folder's identity alone may have been used again."""
    known = state.published(_identity(output)) if output.is_dir() else {}
    return any(file.size >= 0 and _unchanged(f"{output}/{path}", file) for path, file in known.items())


def _is_marked(page: Path) -> bool:
    """Does the page's head say that digest has made it; a .gitignore like ours may be anybody's."""
    return page.is_file() and OWN in page.read_bytes()[:8192].partition(b"</head>")[0]


def standing(output: Path, state: State) -> dict[str, Published]:
    """What stands at the output and is as it was written; a file that was changed or lost is left out.

    A month of the search index counts as a whole: where one of its files is not as it was, none of it is.
    """
    known = state.published(_identity(output)) if output.is_dir() else {}
    there = {path: file for path, file in known.items() if _unchanged(f"{output}/{path}", file)}
    damaged = {_part(path) for path in known if path.startswith(f"{INDEX}/") and path not in there}
    return {
        path: file for path, file in there.items() if not path.startswith(f"{INDEX}/") or _part(path) not in damaged
    }


def is_alone(output: Path, there: Mapping[str, Published]) -> bool:
    """Does nothing stand at the output but what a build has written?"""
    ours, top = there.keys() | {".gitignore"}, len(f"{output}/")
    return all(f"{folder}/{name}"[top:] in ours for folder, _, names in os.walk(output) for name in names)


def _part(path: str) -> str:
    """The part of the search index that a file belongs to."""
    return "/".join(path.split("/")[:2])


def marks_of(there: Mapping[str, Published]) -> dict[str, str]:
    """The marks of the search index that stands."""
    return {
        path: file.fingerprint for path, file in there.items() if path.startswith(f"{INDEX}/") and path == _part(path)
    }


def marks(index: Mapping[str, Part]) -> dict[str, str]:
    """Path → fingerprint of what stands in a site for each part of its search index, and for all of them."""
    parts = {f"{INDEX}/{month}": part.fingerprint for month, part in index.items()}
    return {**parts, **dict.fromkeys((MONTHS, DOOR), fingerprint(sorted(parts.items())))} if parts else {}


def _identity(tree: Path) -> str:
    stat = tree.stat()
    return f"{stat.st_dev}:{stat.st_ino}"


def _unchanged(path: str, file: Published) -> bool:
    try:
        found = os.stat(path)  # noqa: PTH116  # three times as quick as by a Path, for every file of the site
    except OSError:
        return False
    if file.size < 0:
        return S_ISDIR(found.st_mode)
    return found.st_size == file.size and found.st_mtime_ns == file.changed_ns


def publish(output: Path, change: Change, state: State, make_index: MakeIndex) -> bool:
    """Puts the new tree in the old one's place; false where that took two steps for want of an exchange.

    `make_index(tree, folder, month)` fills a folder with the search index of a month's pages. Raises
    `PublishError`; what stood before still stands then. What fails after the exchange fails quietly.
    """
    tree = output.with_name(f".{output.name}.next-{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        files = _fill(tree, output, change, make_index)
        _make_durable(tree)
        state.expect(_identity(tree), files)
        return _exchange(tree, output)
    except OSError as fault:
        where = fault.filename or output
        raise PublishError(f"{where}: cannot be written: {mended(fault)}; what stood before still stands") from None
    finally:
        clear_up(output)
        with suppress(DigestError, OSError):
            if output.is_dir():
                state.forget_others(_identity(output))


def clear_up(output: Path) -> None:
    """Removes what a killed build left beside the output; a site that it had set aside is put back first."""
    litter = re.compile(rf"\.{re.escape(output.name)}\.next-\d+({ASIDE})?")
    with suppress(OSError):
        left = [path for path in output.parent.iterdir() if litter.fullmatch(path.name)]
        set_aside = [path for path in left if path.name.endswith(ASIDE) and not path.is_symlink()]
        aside = max(set_aside, key=os.path.getmtime, default=None)
        if aside and not output.exists():
            aside.rename(output)
        for path in left:
            _remove(path)


def _remove(tree: Path) -> None:
    """Removes a tree, also one that was made read-only; what is beneath may vanish meanwhile. No link is followed."""
    if tree.is_symlink():
        tree.unlink()
        return
    shutil.rmtree(tree, ignore_errors=True)
    if tree.is_dir():
        for folder, _, _ in os.walk(tree):
            with suppress(OSError):
                Path(folder).chmod(0o700)
        shutil.rmtree(tree, ignore_errors=True)


def _fill(tree: Path, output: Path, change: Change, make_index: MakeIndex) -> dict[str, Published]:
    tree.mkdir()
    (tree / ".gitignore").write_text(IGNORE, encoding="utf-8")
    files: dict[str, Published] = {}
    folders: set[str] = set()
    for path in change.keep:
        files[path] = _carry(f"{output}/{path}", _place(tree, path, folders), change.there[path])
    for path, data in change.write:
        new = _place(tree, path, folders)
        _write(new, data)
        files[path] = _note(new, change.fingerprints[path])
    files |= _fill_index(tree, output, change.index, change.there, make_index)
    return files


def _fill_index(
    tree: Path, output: Path, index: Mapping[str, Part], there: Mapping[str, Published], make_index: MakeIndex
) -> dict[str, Published]:
    """Only months whose pages have changed are indexed again; the others are linked."""
    files: dict[str, Published] = {}
    sizes: list[tuple[str, int]] = []
    folders: set[str] = set()
    stand: defaultdict[str, list[str]] = defaultdict(list)
    for path in there:
        stand[_part(path)].append(path)
    wanted = marks(index)
    for month, part in index.items():
        name = f"{INDEX}/{month}"
        (tree / INDEX).mkdir(exist_ok=True)
        if name in there and there[name].fingerprint == part.fingerprint:
            known = (path for path in stand[name] if path != name)
            found = {path: _carry(f"{output}/{path}", _place(tree, path, folders), there[path]) for path in known}
        else:
            make_index(tree, tree / name, month)
            fresh = [path for path in (tree / name).rglob("*") if path.is_file()]
            found = {path.relative_to(tree).as_posix(): _note(path, "") for path in fresh}
        files |= {**found, name: Published(fingerprint=part.fingerprint, size=-1, changed_ns=0)}
        sizes.append((month, sum(file.size for path, file in found.items() if path.endswith(OPENED))))
    if sizes:
        (tree / MONTHS).write_text(json.dumps(sizes), encoding="utf-8")
        (tree / DOOR).write_text(_door([month for month, _ in sizes]), encoding="utf-8")
        files |= {path: _note(tree / path, wanted[path]) for path in (MONTHS, DOOR)}
    return files


def _door(months: Sequence[str]) -> str:
    """A script that opens the newest month, which holds the program, and joins the others to it when first asked."""
    newest, *others = months
    return (
        f"import * as index from './{newest}/pagefind.js';\nexport * from './{newest}/pagefind.js';\n"
        f"const others = {json.dumps(others)};\nlet joined;\n"
        "const join = () => joined ??= Promise.all(others.map("
        "month => index.mergeIndex(new URL(`${month}/`, import.meta.url).pathname)));\n"
        "export async function search(...asked) { await join(); return index.search(...asked); }\n"
    )


def _refuse_outside(path: str) -> None:
    """Names are made to be safe long before; here for the last time."""
    if path.startswith("/") or ".." in path.replace("\\", "/").split("/"):
        raise PublishError(f"{path!r} leads out of the site and is not written; what stood before still stands")


def _place(tree: Path, path: str, folders: set[str]) -> str:
    """Where a file will stand, as a text: a Path would take as long as writing it; its folder stands by then."""
    _refuse_outside(path)
    folder = path.rpartition("/")[0]
    if folder not in folders:
        (tree / folder).mkdir(parents=True, exist_ok=True)
        folders.add(folder)
    return f"{tree}/{path}"


def _write(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _carry(old: str, new: str, known: Published) -> Published:
    """Puts a file that stands into the new tree, as a link where that is possible; what is noted of it there."""
    try:
        os.link(old, new)
    except OSError:  # another file system, or one without links
        shutil.copy2(old, new)
        return _note(new, known.fingerprint)
    return known


def _note(path: str | Path, fingerprint: str) -> Published:
    stat = os.stat(path)  # noqa: PTH116  # as above
    return Published(fingerprint=fingerprint, size=stat.st_size, changed_ns=stat.st_mtime_ns)


def _make_durable(tree: Path) -> None:
    """Everything written reaches the disk before anybody sees it: one call, not one a file.

    Linux can do so for one disk alone, and says what could not be written; elsewhere all disks are asked.
    """
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError, TypeError):
        if hasattr(os, "sync"):
            os.sync()
        return
    with _folder(tree) as folder:
        if syncfs(folder):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(tree))


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    """An open folder's descriptor."""
    folder = os.open(path, os.O_RDONLY)
    try:
        yield folder
    finally:
        os.close(folder)


def _settle(parent: Path) -> None:
    """The exchange itself reaches the disk before the old tree is taken apart; where folders cannot be asked, not."""
    with suppress(OSError), _folder(parent) as folder:
        os.fsync(folder)


def _exchange(tree: Path, output: Path) -> bool:
    """The new tree takes the old one's place, the old one the new one's; true where nobody can see a moment between."""
    if not output.exists():
        tree.rename(output)
        return True
    in_one_step = _swap(tree, output)
    if not in_one_step:
        aside = output.with_name(tree.name + ASIDE)
        output.rename(aside)
        try:
            tree.rename(output)
        except OSError:
            aside.rename(output)
            raise
    _settle(output.parent)
    return in_one_step


def _swap(one: Path, other: Path) -> bool:
    """Exchanges two names in one step, where the system can."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            done = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            done = libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_SWAP)
        else:
            return False
    except (AttributeError, OSError, TypeError):  # an old C library, or none
        return False
    return bool(done == 0)
