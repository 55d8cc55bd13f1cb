"""Templates, made ready once and rendered many times; what is wrong in one is told by its file and line."""

from collections.abc import Callable, Container, Mapping, MutableMapping
from traceback import extract_tb
from typing import Any

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket

from digest.errors import TemplateFault
from digest.model import Body, Page
from digest.templating.compiling import QuickCode, QuickTemplate
from digest.templating.compiling import trusted as trusted  # what outputs mark as safe

FOLDER = "templates/"  # what a fault names before the template's own name

SHIPPED = "shipped/"  # before the name of a template: the program's own, whatever a project has of that name

Render = Callable[[Page, Mapping[str, Body]], bytes]  # bodies: by version, those of the page's subject


class _Environment(Environment):
    """Its globals are a plain dictionary: jinja's own is a chain of two, which every page would walk key by key."""

    own: frozenset[str] = frozenset()  # names of templates that a project has put in the place of ours
    code_generator_class = QuickCode
    template_class = QuickTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template is handed."""
        return {**self.globals, **(d or {})}


class _Compiled(BytecodeCache):
    """What templates were compiled to, one of each name: neither pages at other depths nor other builds do it again."""

    def __init__(self, known: MutableMapping[str, bytes], kind: str) -> None:
        self._known, self._kind = known, kind

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket where its template has been compiled, and says the same as then."""
        if known := self._known.get(self._kind + bucket.key):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what its template was compiled to."""
        self._known[self._kind + bucket.key] = bucket.bytecode_to_string()


COMPILED: dict[str, bytes] = {}
"""What all templates were compiled to, in this process or before it: code, to be had from where our own is, alone."""


def environment(templates: Mapping[str, str], *, keep_trailing_newline: bool = False) -> Environment:
    """What finds the templates by their names under templates/, and escapes all that they show."""

    # A function and not a dictionary as loader: only so do errors carry the template's name.
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        known = name if name in templates else name.removeprefix(SHIPPED)
        return (templates[known], FOLDER + name, lambda: True) if known in templates else None

    made = _Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
        extensions=["jinja2.ext.do"],
        bytecode_cache=_Compiled(COMPILED, "+" if keep_trailing_newline else "-"),
    )
    made.own = frozenset(name for name in templates if SHIPPED + name in templates)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return made


def draw(environment: Environment, name: str, path: str, /, **values: object) -> str:
    """What a template makes of these values for the page at that path."""
    try:
        return environment.get_template(name).render(values)
    except Exception as error:
        own = environment.own if isinstance(environment, _Environment) else frozenset()
        if (fault := _fault(error, name, path, own)) is None:
            raise
        raise fault from error


def _fault(error: Exception, name: str, path: str, own: Container[str]) -> TemplateFault | None:
    """The error as a template's author can mend it; None where our own code is at fault.

    Where a template of a project's `own` was at work, what our code says to it is its author's to mend, too.
    """
    if isinstance(error, TemplateSyntaxError):
        return TemplateFault(f"{FOLDER}{error.name}:{error.lineno}: {error.message}")
    frames = list(extract_tb(error.__traceback__))
    lines = [f"{frame.filename}:{frame.lineno}" for frame in frames if frame.filename.startswith(FOLDER)]
    if isinstance(error, RecursionError):
        at = lines[-1] if lines else f"{FOLDER}{name}"
        return TemplateFault(f"{at}: is nested too deeply, or includes, extends or calls itself (page {path})")
    mine = [line for line in lines if line.removeprefix(FOLDER).partition(":")[0] in own]
    if lines and (isinstance(error, TemplateError) or frames[-1].filename.startswith(FOLDER)):
        return TemplateFault(f"{lines[-1]}: {error} (page {path})")
    if mine:
        return TemplateFault(f"{mine[-1]}: {type(error).__name__}: {error} (page {path})")
    if any(frame.name == "compile" for frame in frames):  # a constant that cannot be worked out has no line yet
        return TemplateFault(f"{FOLDER}{name}, or what it extends or includes: {error} (page {path})")
    return TemplateFault(f"{FOLDER}: {error} (page {path})") if isinstance(error, TemplateError) else None
