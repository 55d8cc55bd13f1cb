"""What a text means, as a vector: the mean of its word pieces' own vectors (static embeddings), by an extra.

The library's wheel holds the weights: nothing is fetched. They are half-precision numbers whose sums are exact in
double precision, and the mean is rounded to whole numbers: every machine gives the same bytes.
"""

import logging
import math
from array import array
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import PurePath
from typing import Any

LIBRARY = "wordllama"
EXTRA = "digest-briefing[semantic]"
PARTS = 64  # of a vector: the first ones say most, and more help no headline
SCALE = 127  # of a vector's length: each part fits into a signed byte
READ = 600  # characters of a text


def is_installed() -> bool:
    """Is the library there."""
    return find_spec(LIBRARY) is not None


def edition() -> str:
    """What the vectors depend on beside the text: the library, and its version."""
    return f"{LIBRARY} {version(LIBRARY)}"


def meaning(text: str) -> bytes:
    """The direction of the text's vector, as signed bytes; empty where no word is known."""
    tokenizer, weights = _model()
    pieces = tokenizer.encode(text[:READ], add_special_tokens=False).ids
    total = [float(part) for part in weights[pieces].sum(axis=0, dtype="float64")] if pieces else []
    length = math.sqrt(math.fsum(part * part for part in total))
    return array("b", (round(SCALE * part / length) for part in total)).tobytes() if length else b""


@cache
def _model() -> tuple[Any, Any]:
    """The tokenizer and the vectors, read once a process that needs them: it takes half a second."""
    root, quiet = logging.getLogger(), logging.NullHandler()
    root.addHandler(quiet)  # else the library, when it is imported, would have every library speak on stderr
    try:
        library = import_module(LIBRARY)
    finally:
        root.removeHandler(quiet)
    inside = str(PurePath(str(library.__file__)).parent)  # by default it looks elsewhere, then asks the network
    model = library.WordLlama.load(cache_dir=inside, disable_download=True, trunc_dim=PARTS)
    return model.tokenizer, model.embedding
