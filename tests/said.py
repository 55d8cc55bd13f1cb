"""What templates and pages say: every English text that a catalogue translates."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from digest.display import KINDS
from digest.stages.pages.cards import UNKNOWN_SOURCE
from digest.stages.pages.histogram import SPANS
from digest.stages.pages.lists import BASELESS
from digest.stages.pages.pulse import FACETS
from digest.stages.pages.reasons import ALIKE, SAID, TOLD
from digest.stages.pages.stories import LEFT_OUT

HOUSE = Path(__file__).resolve().parents[1]
TABLES = {"say": "texts", "plural": "counts", "strong": "counts", "forms": "counts"}
NAMED = {
    UNKNOWN_SOURCE,
    BASELESS,
    ALIKE,
    *KINDS.values(),
    *FACETS.values(),
    *SAID.values(),
    *TOLD.values(),
}  # by names, not in place
NAMED |= {span.said for span in SPANS}


@cache
def said() -> dict[str, frozenset[str]]:
    """The keys of each table of a catalogue, as templates and code use them."""
    found: dict[str, set[str]] = {"texts": set(NAMED), "counts": {LEFT_OUT}}
    for table, text in (*_in_templates(), *_in_code()):
        found[table].add(text)
    return {table: frozenset(texts) for table, texts in found.items()}


def _in_templates() -> Iterator[tuple[str, str]]:
    jinja = Environment(extensions=["jinja2.ext.do"], autoescape=True)
    for path in sorted((HOUSE / "templates").rglob("*.*ml")):
        if path.suffix in (".html", ".xml") and "starter" not in path.parts:
            for call in jinja.parse(path.read_text("utf-8")).find_all(nodes.Call):
                if isinstance(call.node, nodes.Name) and call.node.name in TABLES:
                    text = next(
                        (one for one in call.args if isinstance(one, nodes.Const) and isinstance(one.value, str)), None
                    )
                    assert text is not None, f"{path}:{call.lineno}: a text is wanted where it is said"
                    yield TABLES[call.node.name], text.value


def _in_code() -> Iterator[tuple[str, str]]:
    for path in sorted((HOUSE / "digest").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and (name := getattr(call.func, "attr", getattr(call.func, "id", ""))) in TABLES
            ):
                texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if texts:
                    yield TABLES[name], texts[0]
