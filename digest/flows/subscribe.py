"""New sources and topics are appended to the settings as text: what stands there is never written anew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from digest.config import load
from digest.config.values import RESERVED_IDS
from digest.flows.project import configure
from digest.languages import normal
from digest.model import Source
from digest.shell import content
from digest.shell.project import append_text
from digest.text import distinct, shorten, slug

FILE, TOPICS = "sources.toml", "topics.toml"
LONGEST_NAME = 80  # characters, of a topic
LONGEST_ID = 40  # characters
_KEYS = ("id", "name", "url", "kind", "language")


def subscribe(root: Path, sources: Sequence[Source]) -> list[Source]:
    """Appends the sources under ids of their own. The settings are read before they are kept."""
    config = configure(root)
    taken = [*(source.id for source in config.sources), *content.fetched_sources(root), *RESERVED_IDS]
    ids = distinct([*taken, *(slug(source.name, LONGEST_ID) for source in sources)])[len(taken) :]
    added = [_usable(replace(source, id=id)) for source, id in zip(sources, ids, strict=True)]
    _append(root, FILE, "".join(_table("source", {key: getattr(source, key) for key in _KEYS}) for source in added))
    return added


def add_topics(root: Path, queries: Mapping[str, str]) -> list[str]:
    """Appends the topics that there are not yet, by name; and the names of these."""
    known = {topic.name.casefold() for topic in configure(root).topics}
    fresh = {}
    for name, query in queries.items():
        if (name := shorten(name, LONGEST_NAME)).casefold() not in known:
            fresh[name] = query
            known.add(name.casefold())
    tables = (_table("topic", {"name": name, "query": query}) for name, query in fresh.items())
    _append(root, TOPICS, "".join(tables))
    return list(fresh)


def _append(root: Path, file: str, text: str) -> None:
    """Adds tables to a file of the settings, if they can be read there."""
    files = content.read_settings(root)
    if file == FILE:
        load({file: text}, name="")  # a mistake in what we add is told before anything is written
    load({**files, file: f"{files.get(file, '')}\n{text}"}, name=root.name)
    if text:
        append_text(root / "content" / file, text)


def _usable(source: Source) -> Source:
    return replace(source, name=shorten(source.name, 120) or source.id, language=normal(source.language))


def _table(kind: str, values: Mapping[str, str]) -> str:
    lines = (f"{key} = {quoted(value)}" for key, value in values.items() if value)
    return "\n" + "\n".join([f"[[{kind}]]", *lines]) + "\n"


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")
