"""What templates are compiled to: what jinja makes of them, said in fewer steps, for each is taken thousands of times.

A page is joined from a list where jinja hands each piece through one generator after another; calls, attributes and
macros are asked directly; and what is escaped becomes no `Markup`, as it is joined at once. Meaning and faults stay.
"""

from collections.abc import Callable, MutableMapping
from functools import partial
from keyword import iskeyword
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import internalcode, missing
from markupsafe import Markup, escape

trusted: Callable[[str], Markup] = partial(str.__new__, Markup)
_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)  # a plain text: escape wraps it at a cost


@internalcode
def shown(value: object) -> str:
    """A value as it stands in HTML: what is no `Markup` is escaped."""
    kind = type(value)
    if kind is str:
        return _escaped(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


class QuickMacro(Macro):
    """A macro that is called with its own arguments and no others, as nearly all are."""

    @internalcode
    def __call__(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401  # jinja's own signature
        """What it makes of the arguments; what is unusual about them is jinja's to sort out."""
        left = self._argument_count - len(args)
        if left < 0 or self.catch_kwargs or self.catch_varargs or self.caller:
            return super().__call__(*args, **kwargs)
        if kwargs:
            take = kwargs.pop
            args += tuple([take(name, missing) for name in self.arguments[len(args) :]])
            if kwargs:
                return super().__call__(*args, **kwargs)
            return trusted(self._func(*args))
        return trusted(self._func(*args, *(missing,) * left))


class QuickTemplate(Template):
    """A template whose code finds what it calls."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002  # jinja's own name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """The template that the code makes."""
        names = {"shown": shown, "trusted": trusted, "QuickMacro": QuickMacro}
        namespace = {"environment": environment, "__file__": code.co_filename, **names}
        exec(code, namespace)  # noqa: S102  # as jinja does
        made = cls._from_namespace(environment, namespace, globals)
        made._uptodate = uptodate
        return made


class QuickCode(CodeGenerator):
    """Writes a template's code; wherever escaping is off or not known beforehand, as jinja would."""

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.parent is None:  # of the template itself, or of a block
            frame.buffer = self.temporary_identifier()
            self.writeline(f"{frame.buffer} = []")

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        if not node.with_context:  # it goes by no buffer: what stands before it goes first
            self.writeline(f"yield concat({frame.buffer})")
            self.writeline(f"{frame.buffer}.clear()")
        super().visit_Include(node, frame)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        if force_unescaped or not _escapes(frame):
            super().return_buffer_contents(frame, force_unescaped)
        else:
            self.writeline(f"return trusted(concat({frame.buffer}))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        if _escapes(frame):
            self.write("Quick")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _escapes(frame):
            self.write("shown(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        unusual = forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(x.key) for x in node.kwargs)
        if unusual or not _escapes(frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("(found if (found := getattr((holder := ")
        self.visit(node.node, frame)
        name = repr(node.attr)
        self.write(f"), {name}, missing)) is not missing else environment.getattr(holder, {name}))")


def _escapes(frame: Frame) -> bool:
    """Is what stands there escaped, for sure?"""
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
