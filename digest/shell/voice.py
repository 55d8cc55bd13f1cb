"""How the program talks: results to stdout; progress, warnings and complaints to stderr."""

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress

import click

from digest.errors import DiskError, mended

SIGNS = {code: f"\\u{code:04x}" for code in (*range(9), *range(11, 32), *range(127, 160))}  # what a terminal obeys


class Voice:
    """Everything that is said goes through here, without anything that a terminal would obey.

    In colours where a terminal is, always with FORCE_COLOR, never with NO_COLOR. Raises `DiskError` where nothing more
    can be written, as on a full disk; who reads no more, may.
    """

    def __init__(self, *, quiet: bool = False, no_color: bool = False) -> None:
        self.quiet = quiet
        self.color: bool | None = True if os.environ.get("FORCE_COLOR") else None
        if no_color or os.environ.get("NO_COLOR"):
            self.color = False

    def tell(self, text: str) -> None:
        """A line on what goes on now."""
        if not self.quiet:
            self._say(click.style(_plain(text), dim=True), err=True)

    def progress(self, bar: str, news: str, *, goes_on: bool) -> None:
        """How far a run is: on a terminal one line that changes, the bar; else a line for each piece of news."""
        if not sys.stderr.isatty():
            if news:
                self.tell(news)
        elif not self.quiet:
            width = shutil.get_terminal_size().columns - 1
            self._say(f"\r{_plain(bar)[:width]:<{width}}", err=True, nl=not goes_on)

    def warn(self, text: str) -> None:
        """A line on what should be looked at."""
        self._say(f"{click.style('warning:', fg='yellow')} {_plain(text)}", err=True)

    def complain(self, mistakes: Iterable[str]) -> None:
        """Why it ends here, a line each."""
        with suppress(DiskError):
            for mistake in mistakes:
                self._say(f"{click.style('error:', fg='red')} {_plain(mistake)}", err=True)

    def result(self, text: str) -> None:
        """What came of it."""
        if not self.quiet:
            self.answer(text)

    def answer(self, text: str, *, nl: bool = True) -> None:
        """What was asked for: it is said however quiet one is."""
        self._say(_plain(text), nl=nl)

    def _say(self, text: str, *, err: bool = False, nl: bool = True) -> None:
        try:
            click.echo(text, err=err, nl=nl, color=self.color)
        except BrokenPipeError:
            raise
        except OSError as fault:
            raise cannot_say(fault, err=err) from None


def cannot_say(fault: OSError, *, err: bool = False) -> DiskError:
    """The fault in words; what is left in the stream is let go: it would be tried again at the end, and fail again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), (sys.stderr if err else sys.stdout).fileno())
    return DiskError(f"standard {'error' if err else 'output'}: cannot be written: {mended(fault)}")


def _plain(text: str) -> str:
    """The text with those signs spelled out; the end of a line as files have it stays."""
    return "\r\n".join(part.translate(SIGNS) for part in text.split("\r\n"))
