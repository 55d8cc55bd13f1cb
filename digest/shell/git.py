"""What git knows of a project; nothing where there is no git or no repository."""

import subprocess
from pathlib import Path

TIMEOUT = 30  # seconds


def tracked(root: Path) -> list[str]:
    """The files that git keeps, relative to the project."""
    return [name for name in _ask(root, "ls-files", "-z", "--", ".").split("\0") if name]


def workflows(root: Path) -> list[str]:
    """The texts of the workflows of the repository that the project lies in."""
    top = Path(_ask(root, "rev-parse", "--show-toplevel").strip() or root)
    folder = top / ".github" / "workflows"
    return [path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.y*ml")) if path.is_file()]


def _ask(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # our own words
            ["git", "-C", str(root), *words],  # noqa: S607  # whichever git the user has
            capture_output=True, timeout=TIMEOUT, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if not done.returncode else ""
