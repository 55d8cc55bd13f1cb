"""Markdown to HTML, not safe yet; and clippings, mended where they were broken in saving.

A clipping is an article as people save it: Markdown with the debris of a web page. Nothing in it is corrected but
what is broken for sure; brackets and indents, which would be markup in a manuscript, stay text.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LONG_LINE = 100  # characters: whoever wraps lines, wraps them sooner
LONGEST_EMPHASIS = 500  # tokens: a longer one is no quotation, and thousands may stand in one another

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "'": "'"}  # opening mark → closing ones
_QUOTES = frozenset('"“”„«»‘')
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
_ANSWER = re.compile(r"^\{(?=\s*\"[\w-]+\"\s*:)", re.MULTILINE)
_FENCES = ("```\n", "```json\n", "~~~\n", "~~~json\n")
_JSON = json.JSONDecoder(strict=False)
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,9})[.)](?=\s)")
_NO_TAG = re.compile(r"</?(?:[A-Z]+[a-z]|[a-z]+[A-Z])")  # tags are written in one case, <Names> are not


class _Run(NamedTuple):
    """Emphasis marks that CommonMark could not pair: tokens start to end, and the characters around them."""

    marks: str
    start: int
    end: int
    before: str
    after: str

    @property
    def inside_word(self) -> bool:
        return self.before.isalnum() and self.after.isalnum()

    def may_open(self) -> bool:
        return len(self.marks) > 1 or not (self.after.isspace() or self.before.isalnum())

    def may_close(self) -> bool:
        glued = not self.before.isspace() or (self.marks == "*" and not self.after.isspace())
        return len(self.marks) > 1 or (glued and not self.inside_word)

    def is_debris(self) -> bool:
        """Whether nobody would miss it: `5 * 3`, `a_b` and a footnote's star stay."""
        if len(self.marks) > 1:
            return self.marks[0] == "*" or not self.inside_word
        return self.before in _QUOTES or self.after in _QUOTES


def _mend(state: StateInline) -> None:
    """What people meant by their emphasis marks, where CommonMark leaves them literal or splits a quotation."""
    tokens = state.tokens
    for token in tokens:
        if token.type == "html_inline" and _NO_TAG.match(token.content):
            token.type = "text"
    _pair_marks(tokens)
    for run in list(_stray_runs(tokens)):
        if run.is_debris():
            _rewrite(tokens, run, ())
    _draw_quotes_in(tokens)


def _pair_marks(tokens: list[Token]) -> None:
    waiting: dict[str, _Run] = {}
    for run in list(_stray_runs(tokens)):
        names = {1: ("em",), 2: ("strong",)}.get(len(run.marks), ("em", "strong"))
        if run.marks in waiting and run.may_close():
            _rewrite(tokens, waiting.pop(run.marks), tuple((name, 1) for name in names))
            _rewrite(tokens, run, tuple((name, -1) for name in reversed(names)))
        elif run.may_open() and len(run.marks) < 4:
            waiting[run.marks] = run


def _rewrite(tokens: list[Token], run: _Run, tags: tuple[tuple[str, int], ...]) -> None:
    """Puts tags (name, +1 opening or -1 closing) in the place of a run's marks."""
    for at in range(run.start, run.end):
        name, nesting = tags[at - run.start] if at - run.start < len(tags) else ("", 0)
        kind = f"{name}_{'open' if nesting > 0 else 'close'}" if nesting else "text"
        tokens[at] = Token(kind, name, 0 if not nesting else 1 if nesting > 0 else -1)


def _stray_runs(tokens: list[Token]) -> Iterator[_Run]:
    """The marks that are still text: the tokeniser gives each a token of its own, and escaped ones another type."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].type == "text" and tokens[end].content in ("*", "_"):
            if tokens[end].content != tokens[at].content:
                break
            end += 1
        if end > at:
            before = next((text[-1] for i in range(at - 1, -1, -1) if (text := _shown(tokens[i]))), " ")
            after = next((text[0] for i in range(end, len(tokens)) if (text := _shown(tokens[i]))), " ")
            yield _Run(tokens[at].content * (end - at), at, end, before, after)
        at = max(end, at + 1)


def _shown(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _draw_quotes_in(tokens: list[Token]) -> None:
    """Moves a closing quotation mark that stands behind an emphasis which the quotation opens to its inside."""
    opened: list[int] = []
    at = -1
    while (at := at + 1) < len(tokens):
        if tokens[at].type in ("em_open", "strong_open"):
            opened.append(at)
        elif tokens[at].type in ("em_close", "strong_close") and opened:
            start = opened.pop() + 1
            inner = "".join(map(_shown, tokens[start:at])).strip() if at - start < LONGEST_EMPHASIS else ""
            if mark := _take_closing(inner, _first_shown(tokens, at + 1)):
                tokens.insert(at, mark)
                at += 1


def _first_shown(tokens: list[Token], start: int) -> Token | None:
    return next((tokens[at] for at in range(start, len(tokens)) if _shown(tokens[at])), None)


def _take_closing(inner: str, behind: Token | None) -> Token | None:
    """The mark that closes the quotation, taken off the text behind; None where it is closed or goes on."""
    closing = _CLOSING.get(inner[:1], "")
    if not closing or _is_closed(inner, closing) or behind is None or behind.type != "text":
        return None
    match = re.match(rf"[,.;:!?…]?[{closing}]", behind.content)
    if not match:
        return None
    behind.content = behind.content[match.end() :]
    mark = Token("text", "", 0)
    mark.content = match.group()
    return mark


def _is_closed(quotation: str, closing: str) -> bool:
    opening = quotation[0]
    if opening == "'":  # apostrophes cannot be counted
        return quotation.endswith("'")
    if opening == closing:
        return quotation.count(opening) % 2 == 0
    return sum(map(quotation.count, closing)) >= quotation.count(opening)


def _parser(*, mending: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "typographer": False, "linkify": False}).enable("table")
    if mending:
        parser.disable(["reference", "code", "lheading", "html_block"])
        parser.inline.ruler2.after("emphasis", "mend", _mend)
    return parser


_MARKDOWN, _CLIPPING = _parser(mending=False), _parser(mending=True)


def to_html(markdown: str, *, clipping: bool = False) -> str:
    """The HTML of Markdown, not safe yet; of a clipping: mended where it is broken for sure, else as saved."""
    markdown = _fence_answers(markdown) if _ANSWER.search(markdown) else markdown
    if clipping:
        return str(_CLIPPING.render(_paragraphs(markdown)))
    return str(_MARKDOWN.render(markdown))


def _fence_answers(text: str) -> str:
    """The text with every JSON object that stands by itself as code: its quotation marks and breaks are no text's."""
    pieces, at = [], 0
    for found in _ANSWER.finditer(text):
        if found.start() < at:
            continue
        try:
            value, end = _JSON.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            continue
        if not text[end:].partition("\n")[0].strip() and not text[at : found.start()].rstrip(" ").endswith(_FENCES):
            pieces.append(f"{text[at : found.start()]}\n~~~\n{json.dumps(value, ensure_ascii=False)}\n~~~\n")
            at = end
    return "".join(pieces) + text[at:]


def line_to_html(markdown: str) -> str:
    """One line of a clipping as inline HTML, without marks of a heading."""
    line = re.sub(r"^#+\s+", "", markdown.strip())
    text, _, last = line.rpartition(" ")
    return str(_CLIPPING.renderInline(line if last.strip("#") else text))


def _paragraphs(text: str) -> str:
    """The text with a blank line between its paragraphs, also where it was saved with one line each."""
    lines = [
        "" if _UNSEEN.fullmatch(line) else line.lstrip("\u00a0\u200b\ufeff") for line in text.strip("\n").split("\n")
    ]
    lines = _without_false_lists(lines)
    pairs = list(pairwise([*lines, ""]))
    joined = sum(len(line) > LONG_LINE and bool(below) for line, below in pairs)
    apart = sum(len(line) > LONG_LINE and not below for line, below in pairs[:-1])
    if joined <= apart:
        return "\n".join(lines)
    return "\n".join(line if line.startswith("|") and below.startswith("|") else line + "\n" for line, below in pairs)


def _without_false_lists(lines: list[str]) -> list[str]:
    """The lines; a number that no other one precedes or follows begins a sentence (3. Mai, 1. FC), and no list."""
    numbers = {int(match["number"]) for line in lines if (match := _NUMBERED.match(line))}

    def is_alone(number: int) -> bool:
        return numbers.isdisjoint((number - 1, number + 1))

    return [
        f"{match['number']}\\{line[match.end('number') :]}"
        if (match := _NUMBERED.match(line)) and is_alone(int(match["number"]))
        else line
        for line in lines
    ]
