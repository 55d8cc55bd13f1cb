"""Reads what lies under content/ and templates/: bytes by name, nothing interpreted."""

import os
from collections.abc import Iterable, Iterator
from errno import EFBIG
from pathlib import Path
from typing import NoReturn

from digest.errors import ConfigError, DiskError, TemplateFault
from digest.model import Rejected, record
from digest.shell.plain import LARGEST_LOG, UNNAMED, read_plain, real, spelled

SETTINGS = ("digest.toml", "sources.toml", "topics.toml", "overrides.toml")
ARTICLES = frozenset([".md", ".markdown", ".html", ".htm", ".txt"])
UNREAD = frozenset([".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".mht", ".mhtml", ".eml", ".webarchive"])
FEEDS = frozenset([".xml", ".rss", ".atom", ".rdf", ".json"])
SHIPPED = "shipped/"  # before the name of a template that a project's own hides
TEMPLATES = frozenset([".html", ".xml", ".toml"])  # all else under templates/, but static/, is passed over
LARGEST = 20 * 1024 * 1024  # bytes of one file that is read
LARGEST_ASSET = 256 * 1024 * 1024  # bytes of one that is copied as it is


@record
class Document:
    """A file as it was found: its name relative to content/, and its bytes."""

    file: str
    data: bytes


def read_settings(root: Path) -> dict[str, str]:
    """The settings files that there are, as text; raises where one is there and is none: it would count for nothing."""
    found = {}
    for name in SETTINGS:
        path = root / "content" / name
        try:
            found[name] = _text(path, "utf-8-sig")
        except FileNotFoundError:
            if path.is_symlink():
                raise ConfigError([f"content/{name}: is a link that leads nowhere: mend it, or take it away"]) from None
        except OSError as fault:
            raise ConfigError([f"content/{name}: cannot be read: {fault.strerror or fault}"]) from None
        except UnicodeDecodeError as fault:
            raise ConfigError([f"content/{name}: cannot be read: {fault}: it must be text in UTF-8"]) from None
    return found


def _text(path: Path, encoding: str = "utf-8") -> str:
    """What a plain file says, its lines ended as ours are."""
    return read_plain(path, LARGEST).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def article_files(root: Path, folder: str) -> Iterator[Document | Rejected]:
    """The article files under a folder (relative to content/, or absolute), by name."""
    base = root / "content" / folder
    for path in _files(base, ARTICLES | UNREAD):
        name = f"{folder}/{path.relative_to(base).as_posix()}"
        if path.suffix.lower() in UNREAD:
            yield Rejected(
                file=spelled(name), reason="not read: articles are .md, .html and .txt files; save it as one of these"
            )
        else:
            yield _read(path, name)


def articles_beneath(folder: Path) -> list[Path]:
    """The article files beneath any folder, by name."""
    return _files(folder, ARTICLES)


def recorded_feeds(root: Path, named: Iterable[str]) -> Iterator[Document | Rejected]:
    """The recorded feed documents under content/feeds, by name; but those that a source names, however it spells it."""
    base = root / "content" / "feeds"
    yield from (_read(path, f"feeds/{path.relative_to(base).as_posix()}") for path in _recorded(root, named))


def recorded_stems(root: Path, named: Iterable[str]) -> list[str]:
    """What these documents are called."""
    return [spelled(path.stem) for path in _recorded(root, named)]


def _recorded(root: Path, named: Iterable[str]) -> Iterator[Path]:
    others = {real(root / "content" / path) for path in named}
    return (path for path in _files(root / "content" / "feeds", FEEDS) if real(path) not in others)


def recorded_feed(root: Path, path: str) -> Document | Rejected:
    """The recorded document that a source names."""
    return _read(root / "content" / path, path)


def logs(root: Path, kind: str) -> Iterator[Document | Rejected]:
    """The files of a log under content/: fetched/<source>, fetched/runs or editions, by month.

    Raises where one vanishes meanwhile: an edition would close without it, for good.
    """
    base = root / "content" / kind
    for path in _files(base, frozenset([".jsonl"])):
        name = f"{kind}/{path.relative_to(base).as_posix()}"
        try:
            yield _read_up_to(LARGEST_LOG, path, name)
        except FileNotFoundError as fault:
            if not path.is_symlink():
                mend = "build again when nothing else is at work there"
                raise DiskError(f"{path}: has vanished while the project was read: {mend}") from None
            yield _unread(name, fault)
        except OSError as fault:
            yield _unread(name, fault)


def fetched_sources(root: Path) -> list[str]:
    """The ids of the sources that the log knows."""
    base = root / "content" / "fetched"
    if not _is_folder(base):
        return []
    return sorted(path.name for path in base.iterdir() if path.is_dir() and path.name != "runs")


def _files(base: Path, suffixes: frozenset[str]) -> list[Path]:
    """The plain files beneath, in the order of their names; links that lead outside and hidden ones are passed over."""
    if not _is_folder(base):
        return []
    found = []
    inside = real(base)
    for folder, folders, names in os.walk(base, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            if name.startswith(".") or path.suffix.lower() not in suffixes:
                continue
            if path.is_symlink() and path.exists() and not real(path).is_relative_to(inside):
                continue
            if path.is_file() or path.is_symlink():  # a link that leads nowhere is told when it is read
                found.append(path)
    return sorted(found, key=lambda path: path.relative_to(base).as_posix())


def _is_folder(path: Path) -> bool:
    """Is it there; raises `DiskError` where something else stands in its place, as a link to a disk that is not there.

    To take that for an empty folder would take its pages off the site.
    """
    if path.is_dir():
        return True
    if path.is_symlink() or path.exists():
        led = "is a link that leads to no folder" if path.is_symlink() else "is no folder"
        raise DiskError(f"{path}: {led}: mend it, or take it away")
    return False


def _refuse(fault: OSError) -> NoReturn:
    """A folder that cannot be looked into is not an empty one: its pages would be taken off the site."""
    raise DiskError(f"{fault.filename}: cannot be read: {fault.strerror or fault}")


def _read(path: Path, name: str) -> Document | Rejected:
    try:
        return _read_up_to(LARGEST, path, name)
    except OSError as fault:
        return _unread(name, fault)


def _read_up_to(largest: int, path: Path, name: str) -> Document | Rejected:
    if (told := spelled(name)) != name:
        return Rejected(file=told, reason=UNNAMED)
    return Document(file=name, data=read_plain(path, largest))


def _unread(name: str, fault: OSError) -> Rejected:
    why = str(fault.strerror or fault)
    return Rejected(file=name, reason=why if fault.errno == EFBIG else f"cannot be read: {why}")


def read_templates(folders: Iterable[Path]) -> tuple[dict[str, str], dict[str, bytes]]:
    """Templates by name, and the files of static/ by name; a later folder's file takes an earlier one's place.

    The earlier one is still to be had, as shipped/…: what takes its place may extend it.
    What is hidden is no template; under static/ it is copied, as .nojekyll and .well-known/ have to be.
    """
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for folder in folders:
        if not _is_folder(folder):
            continue
        for path in _all_files(folder):
            name = path.relative_to(folder).as_posix()
            if (told := spelled(name)) != name:
                raise TemplateFault(f"templates/{told}: {UNNAMED}")
            try:
                if name.startswith("static/"):
                    assets[name.removeprefix("static/")] = read_plain(path, LARGEST_ASSET)
                elif path.suffix in TEMPLATES and not name.startswith((".", "starter/")) and "/." not in name:
                    if name in templates:
                        templates[SHIPPED + name] = templates[name]
                    templates[name] = _text(path)
            except (OSError, UnicodeDecodeError) as fault:
                why = getattr(fault, "strerror", None) or fault
                raise TemplateFault(f"templates/{name}: cannot be read: {why}") from None
    assets.pop(".gitignore", None)  # the site's own says that the site is not part of the repository
    return templates, assets


def _all_files(base: Path) -> list[Path]:
    """Whatever lies beneath and is no folder, in the order of its name: what is no file is told when it is read."""
    return sorted(Path(folder, name) for folder, _, names in os.walk(base, onerror=_refuse) for name in names)


def shipped_templates() -> Path:
    """Where the program's own templates lie: in the wheel beside the code, in a checkout at its top."""
    package = Path(__file__).resolve().parent.parent
    return next((one for one in (package / "templates", package.parent / "templates") if one.is_dir()), package)


def own_code() -> list[bytes]:
    """The program's own source, for fingerprints: what it derives is only as old as it is."""
    package = Path(__file__).resolve().parent.parent
    return [path.read_bytes() for path in sorted(package.rglob("*.py"))]
