"""Nothing has changed since the last build: that is told by a glance, before anything is read or imported."""

import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from digest.flows.order import CACHE, Built, Order
from digest.shell.glance import anew, glance, has_litter, machinery, moment
from digest.shell.plain import read_plain

NOTE = "unchanged.json"
LARGEST = 16 * 1024 * 1024  # bytes of the note
SEARCH = "pagefind"  # folder of a site: for each page a file that nobody but one program writes
BEGINS = 1 << 16  # bytes of a report in which its first part ends
END = b"\n },"  # how that ends


class Watch(NamedTuple):
    """The moment at which a build began, and how its project looked then."""

    since: int  # ns
    project: str


def begin(order: Order) -> Watch:
    """Taken before anything is read; what an earlier build has noted counts no more."""
    note = order.root / CACHE / NOTE
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True)
        since = moment(note)
        return Watch(since, glance(_project(order), since=since))
    return Watch(0, "")


def note(
    order: Order, watch: Watch, beside: Iterable[Path], built: Built, build: Mapping[str, object], key: str
) -> None:
    """Notes how all stands when a build has ended; nothing where that cannot be told.

    `beside`: folders and files outside content/ that were read; `built` and `build`: what a build would answer, and
    its report begin with, that has nothing to do.
    """
    others = list(beside)
    looks = {
        "asked": _asked(order),
        "machinery": machinery(),
        "project": watch.project,
        "beside": glance(others, since=watch.since),
        "state": glance([order.root / CACHE / "state.db"]),
        "site": glance([order.output], closed=order.output / SEARCH),
        "report": glance([order.reported]),
    }
    if not all(looks.values()):
        return
    told = {"beside": [str(path) for path in others], "summary": built.summary, "warnings": built.warnings}
    with suppress(OSError):
        _write(order, {**told, "looks": looks, "build": dict(build)}, key)


def unchanged(order: Order, key: str) -> Built | None:
    """What a build would answer that found nothing to do; None where one has to be made."""
    if order.clean or order.regroup:
        return None
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        told = _read(order, key)
        looks = told["looks"]
        if (
            all(looks.values())
            and looks["asked"] == _asked(order)
            and looks["project"] == glance(_project(order))
            and looks["beside"] == glance(map(Path, told["beside"]))
            and looks["state"] == glance([order.root / CACHE / "state.db"])
            and looks["report"] == glance([order.reported])
            and looks["machinery"] == machinery()
            and looks["site"] == glance([order.output], closed=order.output / SEARCH)
            and not has_litter(order.output)
        ):
            if told["build"]:
                _report(order.reported, told["build"])
                looks["report"] = glance([order.reported])
                _write(order, {**told, "build": {}}, key)
            return Built(summary=told["summary"], warnings=tuple(told["warnings"]))
    return None


def _project(order: Order) -> list[Path]:
    return [order.root / "content", *(one for one in (order.root / "templates",) if one.is_dir())]


def _asked(order: Order) -> str:
    return f"{order.root} {order.output} {order.base_url} {order.reported}"


def _report(file: Path, build: Mapping[str, object]) -> None:
    """Puts what this build did in the place of what the last one did; all else in a report stands."""
    beside = file.with_name(f"{file.name}.next")
    with file.open("rb") as old, anew(beside) as new:
        new.write(json.dumps({"build": build}, indent=1, sort_keys=True).removesuffix("\n }\n}").encode())
        old.seek(old.read(BEGINS).index(END))
        shutil.copyfileobj(old, new, 1 << 20)
    beside.replace(file)


def _read(order: Order, key: str) -> dict[str, Any]:
    seal, _, data = read_plain(order.root / CACHE / NOTE, LARGEST).partition(b"\n")
    if seal != _seal(data, key):
        raise ValueError
    told: dict[str, Any] = json.loads(data)
    return told


def _write(order: Order, told: Mapping[str, object], key: str) -> None:
    data = json.dumps(told).encode()
    with anew(order.root / CACHE / NOTE) as note:
        note.write(_seal(data, key) + b"\n" + data)


def _seal(data: bytes, key: str) -> bytes:
    """Bytes that nobody can give who does not know the key; without a key they only show damage."""
    return blake2b(data, key=blake2b(key.encode()).digest()[:64]).hexdigest().encode()
