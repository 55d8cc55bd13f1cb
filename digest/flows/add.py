"""A feed, an article file or a clipping comes in: appended to sources.toml, or copied with the moment it was seen."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.config import Config
from digest.dates import is_date_line
from digest.encodings import decode
from digest.errors import ConfigError, DigestError, InputError
from digest.flows.discover import Discovered, discover
from digest.flows.project import configure
from digest.flows.subscribe import quoted, subscribe
from digest.frontmatter import Front, split
from digest.inputs import article
from digest.model import RawItem, Source, record
from digest.shell import content, log
from digest.shell.content import LARGEST
from digest.shell.plain import read_plain, real
from digest.shell.project import standing, write_new
from digest.shell.workers import Failed, Workers
from digest.text import counted, slug
from digest.urls import canonical

FROM_INPUT = "-"
MOST_GIVEN = LARGEST + 1  # bytes of standard input: of more only that it is too much counts
HAS_ALL = "has its `seen` already"
NOT_STAMPED = "its front matter is written in a way that no line can be added to: write `seen` into it yourself"
CLIPPING = "clipping.txt"  # what standard input is read as

_KEY = re.compile(r"//[^/?#]*@|[?&][\w-]*(?:key|token|secret|auth|password|sig)\w*=", re.IGNORECASE)  # nobody else's
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@record
class Wishes:
    """What is said of the new one on the command line; empty: nothing."""

    source: str = ""
    date: str = ""
    topics: tuple[str, ...] = ()

    def told(self) -> Iterator[tuple[str, str]]:
        """As keys and values of front matter, in a form that is YAML and TOML."""
        yield from ((key, quoted(value)) for key, value in (("source", self.source), ("date", self.date)) if value)
        if self.topics:
            yield "topics", f"[{', '.join(map(quoted, self.topics))}]"


def add(
    root: Path, what: str, wishes: Wishes, *, now: int, given: Callable[[], bytes], tell: Callable[[str], None]
) -> str:
    """What was done, in a line; `given` reads standard input."""
    if wishes.date and not is_date_line(wishes.date):
        raise ConfigError([f"--date {wishes.date}: is no date that can be read: write it as 2026-11-23"])
    if _ADDRESS.match(what):
        return add_feed(root, what, wishes, tell)
    file = Path(what)
    if file.is_dir():
        return add_folder(root, file, wishes, now, tell)
    try:
        if what == FROM_INPUT:
            return add_text(root, given(), "", wishes, now)
        if file.suffix.lower() in content.ARTICLES:
            return add_file(root, file, wishes, now)
    except InputError as fault:
        raise DigestError(f"{'standard input' if what == FROM_INPUT else what}: {fault}") from None
    known = ", ".join(sorted(content.ARTICLES))
    raise ConfigError(
        [f"{what}: an address with https://, an article file ({known}), a folder of them or - is wanted; a "
         "subscription list goes through `digest import`, a recorded feed into content/feeds/"]
    )  # fmt: skip


def add_feed(root: Path, address: str, wishes: Wishes, tell: Callable[[str], None]) -> str:
    """Appends the feed that stands at the address, or that the page there names."""
    if wishes.date or wishes.topics:
        raise ConfigError(["--date and --topic belong to an article: a feed's items have dates of their own"])
    config = configure(root)
    if there := _subscribed(config, address):
        return f"stands there already, as {there}"
    found = discover(address, config)
    if there := _subscribed(config, found.url):
        return f"stands there already, as {there}: {found.url}"
    if _KEY.search(found.url):
        tell("its address seems to hold a key: write ${NAME} for it in sources.toml, and publish = false")
    for other in found.others:
        tell(f"the page also names {other.url}{f' ({other.title})' if other.title else ''}: `digest add` it, too")
    if found.more:
        tell(f"and {counted(found.more, 'feed')} more")
    [source] = subscribe(root, [_source(found, wishes)])
    return (
        f"added to content/sources.toml: {source.id}, {source.name}, {found.url} ({counted(found.items, 'item')} now)"
    )


def _source(found: Discovered, wishes: Wishes) -> Source:
    return Source(id="", name=wishes.source or found.title, url=found.url, language=found.language)


def _subscribed(config: Config, address: str) -> str:
    return next((one.id for one in config.sources if one.url and canonical(one.url) == canonical(address)), "")


def add_folder(root: Path, folder: Path, wishes: Wishes, now: int, tell: Callable[[str], None]) -> str:
    """The same of every article file beneath, a line each but for those that need nothing; what cannot be is told."""
    files, done = content.articles_beneath(folder), []
    for file in files:
        try:
            done.append(add_file(root, file, wishes, now))
        except DigestError as fault:
            tell(f"{file}: {fault}" if str(file) not in str(fault) else str(fault))
    new = [line for line in done if not line.endswith(HAS_ALL)]
    return "\n".join([*new, f"{folder}: {len(new)} of {counted(len(files), 'article file')}"])


def add_file(root: Path, file: Path, wishes: Wishes, now: int) -> str:
    """Stamps a file that lies among the articles; copies one that lies elsewhere."""
    if not file.is_file():
        raise DigestError(f"{file}: there is no such file")
    config = configure(root)
    if any(real(file).is_relative_to(real(root / "content" / one)) for one in config.article_folders):
        before = _held(file)
        item = _read(before, file.name)  # what is no article stays as it is
        text = stamped(before, wishes, now)
        if text is None:
            return f"{file}: {HAS_ALL}"
        if _read(text.encode(), file.name).html != item.html:
            raise DigestError(f"{file}: {NOT_STAMPED}")
        log.replace(file, text.encode())
        return f"{file}: stamped with the moment it was seen"
    return add_text(root, _held(file), file.name, wishes, now)


def _held(file: Path) -> bytes:
    """What a file holds that may be anything."""
    try:
        return read_plain(file, LARGEST)
    except OSError as fault:
        raise DigestError(f"{file}: cannot be read: {fault.strerror or fault}") from None


def add_text(root: Path, data: bytes, name: str, wishes: Wishes, now: int) -> str:
    """Writes an article under the first articles folder; a name that stands there with another text gets a number."""
    if len(data) > LARGEST:
        raise DigestError(f"{name or 'standard input'}: larger than {LARGEST // (1024 * 1024)} MiB")
    read = _read(data, name or CLIPPING)
    text = stamped(data, wishes, now) or decode(data)
    folder = root / "content" / configure(root).article_folders[0]
    day = wishes.date or _day(now)
    wanted = Path(name) if name else Path(f"{slug(day)}-{slug(read.title)}.txt")
    for number in range(1, 1_000):
        file = f"{slug(wanted.stem)}{f'-{number}' if number > 1 else ''}{wanted.suffix.lower()}"
        if not standing(folder, (file,)):
            write_new(folder / file, text.encode())
            return f"added: {(folder / file).relative_to(root) if folder.is_relative_to(root) else folder / file}"
        with suppress(DigestError):  # what cannot be read is another text
            if _read(_held(folder / file), file).html == read.html:
                return f"stands there already: {file}"
    raise DigestError(f"{folder}: a thousand files are called {wanted}")


def stamped(data: bytes, wishes: Wishes, now: int) -> str | None:
    """The text with `seen` and what is wished in its front matter; None where all of it stands there already.

    Raises `DigestError` where the front matter is written in a way that lines cannot be added to.
    """
    text = decode(data)
    front, _ = split(text)
    seen = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    wanted = {"seen": seen, **dict(wishes.told())}
    new = {key: value for key, value in wanted.items() if not getattr(front or Front(), key)}
    if not new:
        return None
    if front is None:
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in new.items()) + "---\n" + text
    fence, _, rest = text.partition("\n")
    sign = " = " if fence.startswith("+++") else ": "
    told = f"{fence}\n" + "".join(f"{key}{sign}{value}\n" for key, value in new.items()) + rest
    try:
        found, _ = split(told)
    except InputError:
        found = None
    if found is None or not all(getattr(found, key) for key in new) or replace(found, **_of(front, new)) != front:
        raise DigestError(NOT_STAMPED)
    return told


def _of(front: Front, keys: Iterable[str]) -> dict[str, Any]:
    return {key: getattr(front, key) for key in keys}


def read_article(job: tuple[bytes, str]) -> RawItem:
    """The article in a file of this name; runs in a worker, for it may be anything."""
    data, name = job
    [item] = article.read(data, Source(id="", name=""), name).items
    return item


def _read(data: bytes, name: str) -> RawItem:
    with Workers(1) as workers:
        [item] = workers.map(read_article, [(data, name)])
    if isinstance(item, Failed):
        raise InputError(item.reason)
    return item


def _day(now: int) -> str:
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")
