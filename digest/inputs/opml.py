"""A list of subscriptions → sources, and the folders that they stand in.

A folder that is named like a kind gives its feeds that kind; one in which programs put what stands in none is none.
"""

import re
from typing import NamedTuple, NoReturn
from urllib.parse import urlsplit
from xml.parsers import expat

from digest.errors import InputError
from digest.markup import inline
from digest.model import Source
from digest.text import distinct, slug

_ATTRIBUTES = {name.lower(): name for name in ("xmlUrl", "text", "title", "category", "language")}
_KINDS = {
    "wire": "wire", "wires": "wire", "agency": "wire", "agencies": "wire", "national": "national",
    "regional": "regional", "local": "regional", "official": "official", "government": "official", "ngo": "ngo",
    "ngos": "ngo", "analysis": "analysis", "think tanks": "analysis", "blog": "blog", "blogs": "blog",
}  # fmt: skip


_NO_FOLDERS = frozenset(
    "all|all feeds|default|feeds|other|others|subscriptions|uncategorised|uncategorized|unsorted|unfiled|no folder"
    "|sans catégorie|ohne kategorie|allgemein|sin categoría|без категории".split("|")
)
DEEPEST = 50  # folders within one another that are told apart: what stands deeper belongs to the last of them
_PATH = " / "  # between the names of a folder and of one in it


class _Feed(NamedTuple):
    """A feed with its attributes, and the paths of the folders and categories that it stands under."""

    told: dict[str, str]
    paths: list[tuple[str, ...]]

    @property
    def kind(self) -> str:
        return next((kind for path in self.paths for name in path if (kind := _KINDS.get(name.casefold()))), "")

    @property
    def folders(self) -> tuple[str, ...]:
        """Their names, without those that are kinds, or none."""
        named = ([name for name in path if name.casefold() not in _NO_FOLDERS | _KINDS.keys()] for path in self.paths)
        return tuple(dict.fromkeys(_PATH.join(names) for names in named if names))


def read_opml(data: bytes) -> list[Source]:
    """The feeds of an OPML file, each address once, in order; ids are made of their names."""
    feeds = _feeds(data)
    names = [inline(one.told.get("title") or one.told.get("text") or "") or _host(one.told["xmlUrl"]) for one in feeds]
    ids = distinct("runs-feed" if slug(name) == "runs" else slug(name) for name in names)  # `runs` is the log of runs
    return [
        Source(id=id, name=name, url=feed.told["xmlUrl"], kind=feed.kind, language=feed.told.get("language", ""))
        for id, name, feed in zip(ids, names, feeds, strict=True)
    ]


def read_folders(data: bytes) -> dict[str, tuple[str, ...]]:
    """Every folder that is no kind, one in another as "outer / inner", with the addresses of its feeds; in order."""
    folders: dict[str, list[str]] = {}
    for feed in _feeds(data):
        for name in feed.folders:
            folders.setdefault(name, []).append(feed.told["xmlUrl"])
    return {name: tuple(urls) for name, urls in folders.items()}


def _feeds(data: bytes) -> list[_Feed]:
    """Every outline with a feed, those of one address as one."""
    folders: list[str] = []
    found: dict[str, _Feed] = {}

    def open_element(name: str, attributes: dict[str, str]) -> None:
        if name.lower() != "outline":
            return
        stated = {_ATTRIBUTES.get(key.lower(), key): value.strip() for key, value in attributes.items()}
        if re.match(r"https?://", stated.get("xmlUrl", ""), re.IGNORECASE):
            feed = found.setdefault(stated["xmlUrl"], _Feed(stated, []))
            feed.paths.append(tuple(filter(None, folders[:DEEPEST])))
            feed.paths.extend(_categories(stated.get("category", "")))
        folders.append(_name(stated.get("text") or stated.get("title") or ""))

    def close_element(name: str) -> None:
        if name.lower() == "outline":
            folders.pop()

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = open_element, close_element
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise InputError(f"not OPML: {fault}") from None
    if not found:
        raise InputError("no feeds in it: no outline has an xmlUrl that is http or https")
    return list(found.values())


def _categories(stated: str) -> list[tuple[str, ...]]:
    """Paths as OPML writes them: "/news/coast,/wire"."""
    return [tuple(filter(None, map(_name, one.split("/")))) for one in stated.split(",") if one.strip(" /")]


def _name(text: str) -> str:
    """A folder's name in one line."""
    return " ".join(inline(text).split()).replace(_PATH, "/")


def _refuse(*_: object) -> NoReturn:
    raise InputError("not read: it declares a document type, which no subscription list needs and entity bombs do")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
