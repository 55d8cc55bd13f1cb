"""The site to be beside the one that stands: what has closed is told, what is new is rendered, both are exchanged."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from digest.codec import fingerprint, to_line
from digest.flows.recall import Recall
from digest.model import Archive, Body, ClosedEdition, Page, Plan, record
from digest.outputs import Render
from digest.shell import log
from digest.shell.search import MADE_BY, make_index
from digest.shell.site import INDEX, Change, Part, is_alone, marks, marks_of, publish, standing
from digest.shell.state import Published, State
from digest.stages.editions import to_publish
from digest.stages.lineage import Print, trace
from digest.stages.pages import drawn
from digest.stages.pages.lineage import with_lineage
from digest.stages.plan import plan
from digest.stages.shelves import UNDATED, Shelved, shelves
from digest.views import ArticleView, Compared, Sketch, StoryView

TOGETHER = 32  # pages: rendered before any of them is written

T = TypeVar("T")


def tell_editions(root: Path, archive: Archive, told: Sequence[ClosedEdition], *, regroup: bool) -> None:
    """Appends what editions have published when they closed; before the site shows it, never after."""
    if not archive.runs:
        return
    known = {line.day: line for line in told}
    lines = to_publish(archive.editions, archive.topics, archive.stories.values(), known)
    fresh = [line for line in lines if line.day not in known or (regroup and known[line.day] != line)]
    if regroup:
        stand = {line.day for line in lines}
        gone = (line for day, line in known.items() if day not in stand and not line.retired)
        fresh += [ClosedEdition(day=line.day, end_at=line.end_at, retired=True) for line in gone]
    by_month: dict[str, list[ClosedEdition]] = {}
    for line in fresh:
        by_month.setdefault(line.day[:7], []).append(line)
    for month, closed in by_month.items():
        log.append(root / "content" / "editions" / f"{month}.jsonl", [to_line(line) for line in closed])


@record
class Difference:
    """The site to be beside the one that stands."""

    todo: Plan
    index: Mapping[str, Part]  # of what the search index will consist
    there: Mapping[str, Published]  # what stands
    is_none: bool


def compare(pages: Iterable[Page], output: Path, state: State, language: str) -> Difference:
    """What has to be done so that these pages stand."""
    there = standing(output, state)
    searched: list[Shelved] = []

    def noting() -> Iterator[Page]:
        for page in pages:
            if page.format == "html" and isinstance(page.subject, Sketch) and page.subject.shelf is not None:
                searched.append(Shelved(path=page.path, fingerprint=page.fingerprint, day=page.subject.shelf))
            yield page

    known = {path: file.fingerprint for path, file in there.items() if not path.startswith(f"{INDEX}/")}
    todo = plan(noting(), known)
    index = _parts(searched, language)
    is_none = not todo.write and not todo.delete and marks_of(there) == marks(index) and is_alone(output, there)
    return Difference(todo=todo, index=index, there=there, is_none=is_none)


def _parts(searched: Sequence[Shelved], language: str) -> dict[str, Part]:
    """The parts, the newest first; each is known by its pages, by its place and by what indexes it."""
    return {
        name: Part(
            pages=tuple(page.path for page in pages),
            fingerprint=fingerprint([(page.path, page.fingerprint) for page in pages], language, not n, MADE_BY),
        )
        for n, (name, pages) in enumerate(shelves(searched).items())
    }


def put_in_place(
    output: Path,
    found: Difference,
    renderers: Mapping[str, Render],
    state: State,
    recall: Recall,
    language: str,
    stages: Callable[[str, str], None],
) -> bool:
    """Renders what is new and exchanges the sites; false where that took two steps."""

    def search(tree: Path, folder: Path, month: str) -> None:
        stages("write", f"indexing {month if month != UNDATED else 'pages without a date'} for search")
        make_index(tree, folder, found.index[month].pages, language, first=month == next(iter(found.index)))
        stages("search", "")

    rendered = _timed(_render(found.todo, renderers, recall), stages)
    todo, index = found.todo, found.index
    change = Change(there=found.there, keep=todo.keep, write=rendered, fingerprints=todo.fingerprints, index=index)
    in_one_step = publish(output, change, state, search)
    stages("write", "")
    return in_one_step


def _timed(rendered: Iterator[tuple[str, bytes]], stages: Callable[[str, str], None]) -> Iterator[tuple[str, bytes]]:
    """The same, what it takes to render told apart from what it takes to write: to ask the clock takes time too."""
    stages("write", "")
    for pages in _together(rendered):
        stages("render", "")
        yield from pages
        stages("write", "")
    stages("render", "")


def _together(many: Iterable[T]) -> Iterator[list[T]]:
    """So many at once as are worth it."""
    left = iter(many)
    return iter(lambda: list(islice(left, TOGETHER)), [])


def _render(todo: Plan, renderers: Mapping[str, Render], recall: Recall) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every page that is new."""
    for pages in _together(drawn(todo.write)):
        recall.fetch_bodies(page.subject.version for page in pages if isinstance(page.subject, ArticleView))
        for page in pages:
            bodies: Mapping[str, Body] = {}
            if isinstance(page.subject, ArticleView):
                bodies = {page.subject.version: recall.body(page.subject.version)}
            elif isinstance(page.subject, StoryView) and page.subject.compared:
                traced = [trace(_prints(one, recall)) for one in page.subject.compared]
                page = replace(page, subject=with_lineage(page.subject, traced))
            yield page.path, renderers[page.format](page, bodies)


def _prints(compared: Compared, recall: Recall) -> list[Print]:
    """The texts to compare, each with others of its source."""
    recall.fetch_bodies([*compared.versions, *(other for beside in compared.beside for other in beside)])
    return [
        Print(id=id, text=recall.body(version).text, beside=tuple(recall.body(other).text for other in beside))
        for id, version, beside in zip(compared.ids, compared.versions, compared.beside, strict=True)
    ]
