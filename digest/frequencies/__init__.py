"""How often words stand in texts of a language at all: the frozen background against which a word is rare.

One table a language, a line a class: the share of texts, then the stems. Made by benchmarks/frequencies.py from
wordfreq (Robyn Speer, https://github.com/rspeer/wordfreq), whose data are under CC BY-SA 4.0, and so are the tables.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_TABLES = files("digest.frequencies")


@cache
def text_shares(language: str) -> Mapping[str, float]:
    """Stem → the share of texts (0 to 1) that hold it; a stem that is not in it is rare. Empty where none is known."""
    table = _TABLES / f"{language}.txt"
    if not (language.isalpha() and table.is_file()):
        return {}
    lines = (line.split() for line in table.read_text("utf-8").splitlines())
    return {stem: float(share) for share, *stems in lines for stem in stems}
