"""Our exceptions, worded for the person who mends them: where, what, how to mend.

* DigestError            shown without a traceback; anything else is a bug, and shows one
  + ConfigError          wrong use or bad settings: every mistake at once (exit status 2)
  + InputError           one document, file or item cannot be read: it is reported, the build goes on
  + FetchError           one source did not answer as it should: it is reported, the run goes on
  + QueryError           a topic's query cannot be read: where, and what was expected
  + TemplateFault        a template cannot be read or rendered: file and line
  + PublishError         the site could not be changed; what stood before still stands
  + DiskError            a file of ours cannot be read or written: which, and why
  + Busy                 another build works on the same site
"""

import errno
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

FEW = 20  # choices that a message may list
_CLOSED = "make it writable, or name another folder"
_MENDS = {
    errno.ENOSPC: "free some space and try again",
    errno.EDQUOT: "the quota is used up: free some space and try again",
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
    errno.EBUSY: "it is in use as a whole, as a mounted disk is: name a folder inside it",
    errno.EXDEV: "it is a disk of its own: name a folder inside it",
}


class DigestError(Exception):
    """The user can mend this."""


class ConfigError(DigestError):
    """Every mistake found in the settings, one line each: `file:line: key: what, and how to mend it`."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class InputError(DigestError):
    """A document or file cannot be read; the message is the reason that the report gives."""


class FetchError(DigestError):
    """A source did not answer; `http` is the status code, where there was one. What passes may do another time."""

    def __init__(self, reason: str, http: int | None = None, *, passes: bool = False) -> None:
        self.http, self.passes = http, passes
        super().__init__(reason)


class QueryError(DigestError):
    """A query cannot be read; `at` is the offset in characters where it went wrong."""

    def __init__(self, reason: str, query: str, at: int) -> None:
        self.reason, self.query, self.at = reason, query, at
        super().__init__(f"{reason}\n  {query}\n  {' ' * at}^")


class TemplateFault(DigestError):
    """A template cannot be read or rendered."""


class PublishError(DigestError):
    """The new site could not take the old one's place."""


class DiskError(DigestError):
    """A file cannot be read or written: a full disk, a right that is missing, a lock that another program holds."""


class Busy(DigestError):
    """Another build is at work on the same site."""


def mended(fault: OSError) -> str:
    """What the disk says, and how to mend it where that is known."""
    said = fault.strerror or str(fault)
    return f"{said}: {_MENDS[fault.errno]}" if fault.errno in _MENDS else said


def unknown(what: str, word: str, choices: Iterable[str]) -> str:
    """What to tell of a word that is none of the choices: the nearest one, or all where they are few."""
    known = sorted(choices)
    if close := get_close_matches(word, known, n=1):
        return f'unknown {what} "{word}": did you mean "{close[0]}"?'
    return f'unknown {what} "{word}"' + (f": known are {', '.join(known)}" if len(known) <= FEW else "")
