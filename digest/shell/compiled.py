"""What templates were compiled to, kept where Python keeps what our modules were: half a second of every build.

It is code, and believed as our own is: it lies with it, in a folder that neither a project nor its cache can fill.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import jinja2

from digest.codec import pack, unpack
from digest.errors import DiskError
from digest.model import record
from digest.shell import log
from digest.shell.plain import read_plain

FILE = Path(__file__).parent / "__pycache__" / f"templates.{sys.implementation.cache_tag}"
LARGEST = 64 * 1024 * 1024  # bytes


@record
class _Kept:
    made_by: tuple[str, str]
    compiled: dict[str, bytes]


@contextmanager
def kept(code: str, compiled: dict[str, bytes]) -> Iterator[None]:
    """Adds what the program of this fingerprint has kept, and keeps at the end what has come to it."""
    before = _read(code)
    compiled.update(before | compiled)
    yield
    if compiled != before and not sys.dont_write_bytecode:
        with suppress(DiskError):  # the folder may not be ours to write: then nothing is lost but time
            log.replace(FILE, pack(_Kept(made_by=(code, jinja2.__version__), compiled=compiled)))


def _read(code: str) -> dict[str, bytes]:
    with suppress(OSError):
        found = unpack(read_plain(FILE, LARGEST), _Kept)
        if found and found.made_by == (code, jinja2.__version__):
            return found.compiled
    return {}
