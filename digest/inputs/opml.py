"""A list of subscriptions → sources; folders that are named like a kind give their feeds that kind."""

import re
from typing import NoReturn
from urllib.parse import urlsplit
from xml.parsers import expat

from digest.errors import InputError
from digest.markup import inline
from digest.model import Source
from digest.text import distinct, slug

_KINDS = {
    "wire": "wire", "wires": "wire", "agency": "wire", "agencies": "wire", "national": "national",
    "regional": "regional", "local": "regional", "official": "official", "government": "official", "ngo": "ngo",
    "ngos": "ngo", "analysis": "analysis", "think tanks": "analysis", "blog": "blog", "blogs": "blog",
}  # fmt: skip


def read_opml(data: bytes) -> list[Source]:
    """The feeds of an OPML file, each address once, in order; ids are made of their names."""
    outlines = _outlines(data)
    names = [
        inline(outline.get("title") or outline.get("text") or "") or _host(outline["xmlUrl"]) for outline in outlines
    ]
    ids = distinct("runs-feed" if slug(name) == "runs" else slug(name) for name in names)  # `runs` is the log of runs
    return [
        Source(
            id=id,
            name=name,
            url=outline["xmlUrl"],
            kind=_KINDS.get((outline.get("category") or "").strip("/ ").casefold(), ""),
            language=outline.get("language", ""),
        )
        for id, name, outline in zip(ids, names, outlines, strict=True)
    ]


def read_folders(data: bytes) -> dict[str, str]:
    """The address of each feed with the folder or category that it stands under; empty where there is none."""
    return {outline["xmlUrl"]: outline.get("category", "") for outline in _outlines(data)}


def _outlines(data: bytes) -> list[dict[str, str]]:
    """The attributes of every outline with a feed; where none says its category, its folder is that."""
    folders: list[str] = []
    found: dict[str, dict[str, str]] = {}

    def open_element(name: str, attributes: dict[str, str]) -> None:
        if name.lower() != "outline":
            return
        stated = {"xmlUrl" if key.lower() == "xmlurl" else key: value.strip() for key, value in attributes.items()}
        if re.match(r"https?://", stated.get("xmlUrl", ""), re.IGNORECASE):
            category = stated.get("category") or next((one for one in reversed(folders) if one), "")
            found.setdefault(stated["xmlUrl"], stated | {"category": category})
        folders.append(stated.get("text") or stated.get("title") or "")

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


def _refuse(*_: object) -> NoReturn:
    raise InputError("not read: it declares a document type, which no subscription list needs and entity bombs do")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
