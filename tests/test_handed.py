"""templates/README.md tells what each template is handed: its tables are views.py and the templates themselves."""

import ast
import re
from collections.abc import Iterator

from digest.outputs.html import TEMPLATES
from digest.outputs.html.words import Words
from tests.said import HOUSE

FILE = HOUSE / "templates/README.md"
BEGIN, END = "<!-- from views.py: the test writes it anew with --regen-all -->\n", "<!-- so far -->\n"
SOURCES = ("views.py", "model.py")


def records() -> dict[str, list[tuple[str, str, str]]]:
    """Each record of views.py, and those of model.py that it holds: field, type, what its comment says."""
    found = {}
    for name in SOURCES:
        text = (HOUSE / "digest" / name).read_text("utf-8")
        lines = text.splitlines()
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef):
                fields = [
                    one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ]
                found[node.name] = [
                    (one.target.id, ast.unparse(one.annotation), lines[(one.end_lineno or 1) - 1].partition("  # ")[2])
                    for one in fields
                ]
    return found


def blocks(template: str) -> list[str]:
    return re.findall(r"{%-? block (\w+)", (HOUSE / "templates" / template).read_text("utf-8"))


def reached(names: list[str], known: dict[str, list[tuple[str, str, str]]]) -> list[str]:
    """The records that these hold, and those in them, in the order in which they are met."""
    for name in names:
        for _, kind, _ in known[name]:
            names += [one for one in re.findall(r"\w+", kind) if one in known and one not in names]
    return names


def handed() -> Iterator[str]:
    known = records()
    yield "| template | `view` | its own blocks |\n|---|---|---|\n"
    for view, name in TEMPLATES.items():
        own = ", ".join(f"`{block}`" for block in blocks(f"pages/{name}.html"))
        yield f"| `pages/{name}.html` | `{view.__name__}` | {own} |\n"
    base = ", ".join(f"`{block}`" for block in blocks("base.html"))
    yield f"\nOf `base.html`, which all but `moved` extend: {base}.\n\n"
    names = reached(["Site", "Page", "Body", *(view.__name__ for view in TEMPLATES)], known)
    for name in names:
        yield f"### {name}\n\n| field | type | |\n|---|---|---|\n"
        for field, kind, said in known[name]:
            shown = kind.replace("|", "\\|")
            yield f"| `{field}` | `{shown}` | {said.replace('|', chr(92) + '|')} |\n"
        yield "\n"
    yield "### Words\n\nWhat templates may call besides `href`.\n\n| call | |\n|---|---|\n"
    for call in sorted(name for name in dir(Words) if callable(getattr(Words, name)) and name[0] != "_"):
        yield f"| `{call}` | {(getattr(Words, call).__doc__ or '').splitlines()[0].replace('|', chr(92) + '|') if getattr(Words, call).__doc__ else ''} |\n"


def test_what_each_template_is_handed_is_written_down(file_regression):
    text = FILE.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    file_regression.check(f"{before}{BEGIN}\n{''.join(handed())}\n{END}{after}", fullpath=FILE, extension=".md")
