"""A project of a few words, and the program asked about it."""

from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from digest.cli import main

TRUCE = "The truce at Tal Rihan holds since midnight, said the monitors who counted eleven lorries at the crossing."
FIRST = (
    f"# Truce at Tal Rihan\n\n{TRUCE} Both sides drew their guns back, the monitors said, and the crossing opened.\n"
)
SECOND = (
    "# Lorries cross at Tal Rihan\n\nEleven lorries went over the crossing of Tal Rihan this morning. The truce holds, "
    "the monitors said; the guns were drawn back at midnight.\n"
)
OTHER = "# Ferry port closes\n\nThe ferry port of Ostermouth closes its older quay; ninety people lose their work.\n"


def front(date: str, **other: str) -> str:
    """Front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"date": date, **other}.items())
    return f"---\n{lines}---\n"


STORIES = {
    "articles/truce.md": front("2026-11-22", source="Levant Ledger", url="https://ledger.example.org/truce") + FIRST,
    "articles/lorries.md": front("2026-11-23", source="Gulf Tide", url="https://tide.example.org/lorries") + SECOND,
    "articles/ferry.md": front("2026-11-23", source="Gulf Tide", url="https://tide.example.org/ferry") + OTHER,
}


def project(root: Path, files: Mapping[str, str]) -> Path:
    """A project with these files under content/."""
    for name, text in {"digest.toml": "", **files}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def asked(root: Path, *words: str, given: bytes | None = None, code: int = 0) -> Result:
    """What the program answers; it ends with this exit code."""
    done = CliRunner().invoke(main, [*words, "--root", str(root)], input=given)
    assert done.exit_code == code, (done.stdout, done.stderr, done.exception)
    return done
