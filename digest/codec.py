"""Records to bytes and back: JSON for people and the log, MessagePack for the cache; and fingerprints.

Whatever is read back is checked against the record's types: nothing restored is believed unseen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from io import BytesIO
from typing import TypeVar, overload

import msgspec

T = TypeVar("T")
V = TypeVar("V")
R = TypeVar("R")
SEAL = 16  # bytes
REST_UNREAD = "the rest is not read"
MOST_WRONG = 10_000  # lines of a log that cannot be read
PIECE = 500  # values of a list, of those that are written as JSON at once

_packer = msgspec.msgpack.Encoder(order="deterministic")
_keeper = msgspec.msgpack.Encoder()
_writer = msgspec.json.Encoder(order="deterministic")


def fingerprint(*values: object) -> str:
    """16 hex digits that stand for these values: records, texts, numbers, bytes, and collections of them."""
    return blake2b(_packer.encode(values), digest_size=8).hexdigest()


def chained(values: Iterable[object]) -> list[str]:
    """Of each value a mark that stands for it and for all before it: where two are equal, so are their beginnings."""
    whole = blake2b(digest_size=8)
    marks = []
    for value in values:
        whole.update(_packer.encode(value))
        marks.append(whole.copy().hexdigest())
    return marks


def pack(value: object) -> bytes:
    """A record as MessagePack."""
    return _packer.encode(value)


def pack_as_it_stands(value: object) -> bytes:
    """The same, mappings in their own order: where that tells something."""
    return _keeper.encode(value)


def unpack(data: bytes, kind: type[T]) -> T | None:
    """The record that `pack` was given; None where the bytes are anything else."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def sealed(data: bytes, name: str, secret: str) -> bytes:
    """The bytes behind a seal; `name` says what they are, so that they cannot stand in another's place."""
    return seal(data, name, secret) + data


def unsealed(data: bytes, name: str, secret: str) -> bytes | None:
    """The bytes that `sealed` was given; None where these, the name or the secret are others."""
    rest = data[SEAL:]
    return rest if data[:SEAL] == seal(rest, name, secret) else None


def seal(data: bytes, name: str, secret: str) -> bytes:
    """The seal alone."""
    made = blake2b(data, digest_size=SEAL, key=_key(secret))
    made.update(name.encode())
    return made.digest()


@cache
def _key(secret: str) -> bytes:
    return blake2b(secret.encode()).digest()


def to_json(value: object, *, indent: int = 0) -> bytes:
    """A record as JSON, keys of mappings sorted."""
    data = _writer.encode(value)
    return msgspec.json.format(data, indent=indent) if indent else data


class Rows(Sequence[R]):
    """A list whose entries are made when they are asked for: of a hundred thousand dicts only a few are alive."""

    def __init__(self, values: Sequence[V], make: Callable[[V], R]) -> None:
        self._values, self._make = values, make

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> list[R]: ...
    def __getitem__(self, at: int | slice) -> R | list[R]:
        return [self._make(one) for one in self._values[at]] if isinstance(at, slice) else self._make(self._values[at])


def in_pieces(values: Mapping[str, object]) -> Iterator[bytes]:
    """What `to_json(values, indent=1)` gives, and a newline: long lists a part at a time."""
    before = b"{\n"
    for name in sorted(values):
        value = values[name]
        yield before + b" " + _writer.encode(name) + b": "
        if isinstance(value, list | Rows) and value:
            for n in range(0, len(value), PIECE):
                part = to_json(value[n : n + PIECE], indent=1).replace(b"\n", b"\n ")  # none stands within a text
                yield (b"," if n else b"[") + part[1:-3]
            yield b"\n ]"
        else:
            yield to_json([] if isinstance(value, Rows) else value, indent=1).replace(b"\n", b"\n ")
        before = b",\n"
    yield b"\n}\n"


def to_line(value: object) -> bytes:
    """A record as one line of a log."""
    return msgspec.json.encode(value) + b"\n"


def from_json(data: bytes, kind: type[T]) -> T:
    """The record that JSON holds; raises `ValueError` that says what is wrong and where."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        raise ValueError(str(fault)) from None


def from_lines(data: bytes, kind: type[T]) -> Iterator[tuple[int, T | None, str]]:
    """Each line's number with its record, or with None and what is wrong with it; where too much is wrong it ends."""
    wrong = 0
    for number, line in enumerate(BytesIO(data), start=1):
        if not line.strip():
            continue
        try:
            yield number, from_json(line, kind), ""
        except ValueError as fault:
            wrong += 1
            rest = f", as {wrong - 1:,} before it: {REST_UNREAD}" if wrong > MOST_WRONG else ""
            yield number, None, f"{fault}{rest}"
            if rest:
                return


def schema_of(kind: type) -> bytes:
    """The JSON Schema of what `to_json` makes of such a record."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(kind)}
    return to_json(schema, indent=1) + b"\n"
