"""New sources are appended to content/sources.toml as text: what stands there is never written anew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from digest.config import load
from digest.flows.project import configure
from digest.languages import normal
from digest.model import Source
from digest.shell import content
from digest.shell.project import append_text
from digest.text import distinct, shorten, slug

FILE = "sources.toml"
LONGEST_ID = 40  # characters
_KEYS = ("id", "name", "url", "kind", "language")


def subscribe(root: Path, sources: Sequence[Source], comments: Mapping[str, str] | None = None) -> list[Source]:
    """Appends the sources under ids of their own; `comments` by address. The settings are read before they are kept."""
    config = configure(root)
    taken = [source.id for source in config.sources] + content.fetched_sources(root) + ["runs"]
    ids = distinct([*taken, *(slug(source.name, LONGEST_ID) for source in sources)])[len(taken) :]
    added = [_usable(replace(source, id=id)) for source, id in zip(sources, ids, strict=True)]
    text = "".join(_table(source, (comments or {}).get(source.url, "")) for source in added)
    files = content.read_settings(root)
    load({FILE: text}, name="")  # a mistake in what we add is told before anything is written
    load({**files, FILE: f"{files.get(FILE, '')}\n{text}"}, name=root.name)
    if added:
        append_text(root / "content" / FILE, text)
    return added


def _usable(source: Source) -> Source:
    return replace(source, name=shorten(source.name, 120) or source.id, language=normal(source.language))


def _table(source: Source, comment: str) -> str:
    lines = [f"# {' '.join(comment.split())}"] if comment else []
    lines += ["[[source]]", *(f"{key} = {quoted(value)}" for key in _KEYS if (value := getattr(source, key)))]
    return "\n" + "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "")
