"""Settings: the texts of content/*.toml → `Config`, or one `ConfigError` that names every mistake."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from digest.codec import fingerprint
from digest.config.tables import Mistakes, checked, entries, known, located, parsed
from digest.config.values import FIELDS, NEEDED, OVERRIDE, SETTINGS, SOURCE, TOPIC, VARIABLE, base_address
from digest.errors import ConfigError, FetchError, QueryError
from digest.model import Override, Source, Topic, record
from digest.query import parse
from digest.text import distinct, slug

ON_THE_WIRE = {"allow_private", "keep", "timeout_seconds", "max_mebibytes", "per_host"}  # these shape no page


@record
class Config:
    """Every setting, as the rooms use it."""

    title: str
    base_url: str = ""  # ends with /; empty: not said
    language: str = "en"
    timezone: str = "UTC"
    edition_minute: int = 0  # minutes after midnight in the site's zone
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)  # that have an edition; 0: Monday
    contact: str = ""
    logo: str = ""
    index: bool = True
    watch: tuple[str, ...] = ()
    pages_for_days: int = 0  # 0: for ever
    article_folders: tuple[str, ...] = ("articles",)
    date_order: str = "DMY"
    articles_show: str = ""  # full or extract; empty: full without a base_url, extract with one
    feeds_show: str = "extract"
    allow_private: tuple[str, ...] = ()  # host or host:port
    keep: str = "full"  # full or extract: of an item's text, in the log
    timeout_seconds: float = 20.0
    max_mebibytes: float = 15.0
    per_host: int = 2
    window_hours: float = 72.0
    semantic: bool = False  # are headlines compared by meaning too
    sources: tuple[Source, ...] = ()
    topics: tuple[Topic, ...] = ()
    overrides: tuple[Override, ...] = ()
    settings_hash: str = ""  # of all that shapes the site; of nothing secret


def load(files: Mapping[str, str], *, name: str) -> Config:
    """The settings that these texts hold, each by its name under content/; `name` is the project's folder."""
    values: dict[str, Any] = {"title": name or "digest"}
    said: list[str] = []
    for file, read in _FILES.items():
        text = files.get(file, "").removeprefix("\ufeff").replace("\r\n", "\n")
        try:
            tables = parsed(text)
        except ValueError as fault:
            said.append(f"content/{file}:{fault}")
            continue
        mistakes: Mistakes = []
        values |= read(tables, mistakes)
        said.extend(f"content/{file}:{line}" for line in located(text, mistakes))
    if said:
        raise ConfigError(said)
    config = Config(**values)
    return replace(config, settings_hash=_shape(config))


def based(config: Config, base_url: str) -> Config:
    """The settings with another base_url, which is held to what digest.toml's is; raises `ValueError` that says so."""
    return replace(config, base_url=base_address(base_url))


def feed_address(source: Source, environ: Mapping[str, str]) -> str:
    """The source's address with what stands for its ${VARIABLES}: to be asked, never to be written down."""
    for variable in VARIABLE.findall(source.url):
        if not environ.get(variable):
            raise FetchError(f"the environment variable {variable}, which its url names, is not set")
    return VARIABLE.sub(lambda match: environ[match[1]], source.url)


def holds_secret(source: Source) -> bool:
    """Does something stand in the source's address that must not be written down."""
    return bool(VARIABLE.search(source.url))


def veiled(text: str, source: Source, environ: Mapping[str, str]) -> str:
    """The text with ${VARIABLES} of the source's address again in place of what stands for them."""
    for variable in VARIABLE.findall(source.url):
        if secret := environ.get(variable):
            text = text.replace(secret, f"${{{variable}}}")
    return text


def _shape(config: Config) -> str:
    """The fingerprint of all that shapes the site: not of how sources are asked, nor of addresses kept private."""
    shown = replace(config, sources=tuple(s if s.publish else replace(s, url="") for s in config.sources))
    return fingerprint(*(getattr(shown, field.name) for field in fields(shown) if field.name not in ON_THE_WIRE))


# -- the four files ------------------------------------------------------------------------------------------------


def _settings(tables: Mapping[str, Any], mistakes: Mistakes) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, table in known(tables, SETTINGS, mistakes):
        if not isinstance(table, dict):
            mistakes.append(((name,), f"a table is wanted: [{name}] on a line of its own"))
            continue
        for key, value in checked(table, SETTINGS[name], (name,), mistakes).items():
            found[f"{name}_show" if key == "show" else FIELDS.get(key, key)] = value
    return found


def _sources(tables: Mapping[str, Any], mistakes: Mistakes) -> dict[str, object]:
    sources: dict[str, Source] = {}
    for place, values in entries(tables, {"source": SOURCE}, {"source": ("id", "name")}, mistakes):
        if (key := str(values.get("id", "")).lower()) in sources:
            mistakes.append(((*place, "id"), f'"{values["id"]}" is the id of an earlier source: every id once'))
        elif {"id", "name"} <= values.keys():
            sources[key] = Source(**values)
    return {"sources": tuple(sources.values())}


def _topics(tables: Mapping[str, Any], mistakes: Mistakes) -> dict[str, object]:
    rules = [
        (place, values)
        for place, values in entries(tables, {"topic": TOPIC}, {"topic": ("name", "query")}, mistakes)
        if {"name", "query"} <= values.keys()
    ]
    named = {values["name"]: values["query"] for _, values in rules}
    earlier: set[str] = set()
    for place, values in rules:
        if values["name"].casefold() in earlier:
            mistakes.append(((*place, "name"), f'"{values["name"]}" is the name of an earlier topic: every name once'))
        earlier.add(values["name"].casefold())
        try:
            parse(values["query"], named)
        except QueryError as fault:
            mistakes.append(((*place, "query"), f"{fault.reason} (at character {fault.at + 1})"))
    slugs = distinct(slug(values["name"]) for _, values in rules)
    return {"topics": tuple(Topic(**values, slug=name) for (_, values), name in zip(rules, slugs, strict=True))}


def _overrides(tables: Mapping[str, Any], mistakes: Mistakes) -> dict[str, object]:
    found: list[Override] = []
    for place, values in entries(tables, dict.fromkeys(NEEDED, OVERRIDE), NEEDED, mistakes):
        if not {"article", "story"} & values.keys():
            mistakes.append((place, "an article or a story is wanted: an id or an address"))
        found.append(Override(kind=place[0], **values))  # type: ignore[arg-type]  # a key of NEEDED
    return {"overrides": tuple(found)}


_FILES: Mapping[str, Callable[[Mapping[str, Any], Mistakes], dict[str, object]]] = {
    "digest.toml": _settings,
    "sources.toml": _sources,
    "topics.toml": _topics,
    "overrides.toml": _overrides,
}
