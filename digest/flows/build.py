"""content/ + templates/ → site/, without the network."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from digest import __version__
from digest.codec import fingerprint, to_json, to_line
from digest.config import Config
from digest.flows.fold import fold, zone_of
from digest.flows.gather import Gathered, MapDocuments, gather
from digest.flows.prepare import Job, key_of, prepare
from digest.flows.project import configure
from digest.flows.report import report_of
from digest.model import Archive, Body, ClosedEdition, Page, Plan, Prepared, RawItem, Show, Site, record
from digest.outputs import OUTPUTS, Render
from digest.shell import content, log
from digest.shell.search import make_index
from digest.shell.site import INDEX, Change, check_output, publish, standing
from digest.shell.state import Light, State
from digest.stages.editions import to_publish
from digest.stages.normalise import Setting
from digest.stages.pages import lay_out
from digest.stages.plan import plan
from digest.views import ArticleView, StoryView

MapItems = Callable[[Callable[[Job], Prepared], Iterable[Job]], Iterator[Prepared]]
CACHE = ".digest"
BASELESS = "content/digest.toml: site.base_url is not set"
WARNED = 20  # rejected items that are named on the console
SEARCHED = (StoryView, ArticleView)


@record
class Order:
    """What is asked of a build."""

    root: Path
    output: Path
    base_url: str = ""
    clean: bool = False
    regroup: bool = False
    report: Path | None = None


@record
class Tools:
    """What a build is handed by the door: how to map, how to tell, how to measure."""

    map_items: MapItems
    map_documents: MapDocuments
    tell: Callable[[str], None]
    seconds: Callable[[], float]  # wall time
    cpu: Callable[[], float]  # CPU time


@record
class Built:
    """What a build has done."""

    report: Mapping[str, object]
    summary: str
    warnings: tuple[str, ...]
    stages: Mapping[str, float]  # CPU seconds


@record
class Draft:
    """All of a build but the last step."""

    config: Config
    site: Site
    archive: Archive
    gathered: Gathered
    pages: Iterator[Page]
    renderers: Mapping[str, Render]
    warnings: tuple[str, ...]
    keys: tuple[str, ...]  # of the versions remembered


class Stages:
    """CPU seconds, stage by stage."""

    def __init__(self, tools: Tools) -> None:
        self.spent: dict[str, float] = {}
        self._tools = tools
        self._since = tools.cpu()

    def __call__(self, name: str, said: str = "") -> None:
        """Ends a stage; `said` is what begins now."""
        now = self._tools.cpu()
        self.spent[name] = round(self.spent.get(name, 0.0) + now - self._since, 4)
        self._since = now
        if said:
            self._tools.tell(said)


def build(order: Order, tools: Tools) -> Built:
    """Builds the site, publishes it in one step, and reports on everything that was read."""
    began = tools.seconds()
    stages = Stages(tools)
    config = configure(order.root, order.base_url)
    check_output(order.output)
    with log.locked(order.root / CACHE / "build.lock", "build"), State(order.root / CACHE, clean=order.clean) as state:
        drafted = draft(order, config, state, tools, stages)
        todo, index = _compare(drafted, order.output, state)
        stages("plan", f"writing {len(todo.write)} pages")
        in_one_step = _publish(drafted, todo, index, order, state, stages)
        state.keep_only(drafted.keys, drafted.gathered.keys)
        done = {
            "version": __version__,
            "seconds": round(tools.seconds() - began, 3),
            "pages_written": len(todo.write),
            "pages_kept": len(todo.keep),
            "pages_deleted": len(todo.delete),
            "editions": len(drafted.archive.editions),
            "exchanged_in_one_step": in_one_step,
            "stages": stages.spent,
        }
        report = report_of(drafted.archive, drafted.site, done, zone_of(config))
        log.replace(order.report or order.root / CACHE / "report.json", to_json(report, indent=1) + b"\n")
    return Built(report=report, summary=_summary(drafted.archive, done), warnings=drafted.warnings, stages=stages.spent)


def draft(order: Order, config: Config, state: State, tools: Tools, stages: Stages) -> Draft:
    """Read, prepare, group, lay out: everything but rendering and writing."""
    code = fingerprint(content.own_code())
    gathered = gather(order.root, config, state, code, tools.map_documents)
    stages("feeds", f"{len(gathered.items)} items read")
    jobs = list(_jobs(gathered, config, code))
    lights = _prepare(jobs, state, tools.map_items)
    stages("prepare", "grouping")
    archive = fold(((light.article, light.signature) for light in lights), gathered, config, regroup=order.regroup)
    stages("group", f"{len(archive.stories)} stories")
    templates, assets = content.read_templates([content.shipped_templates(), order.root / "templates"])
    site = site_of(config)
    look = fingerprint(code, templates, site)
    prints = {name: fingerprint(data) for name, data in assets.items()}
    return Draft(
        config=config,
        site=site,
        archive=archive,
        gathered=gathered,
        pages=lay_out(archive, site, prints, [output.format for output in OUTPUTS], look),
        renderers={output.format.name: output.renderer(templates, site, assets) for output in OUTPUTS},
        warnings=_warnings(config, gathered),
        keys=tuple(job.key for job in jobs),
    )


def site_of(config: Config) -> Site:
    """What every page knows of the site."""
    return Site(
        title=config.title,
        base_url=config.base_url,
        language=config.language,
        timezone=config.timezone,
        contact=config.contact,
        index=config.index,
        generator=f"digest {__version__}",
        settings_hash=config.settings_hash,
        watch=config.watch,
        pages_for_days=config.pages_for_days,
    )


def _warnings(config: Config, gathered: Gathered) -> tuple[str, ...]:
    """What should be looked at: addresses that cannot be written, sources that fail, what could not be read."""
    said = [] if config.base_url else [f"{BASELESS}: no feeds, sitemap or canonical addresses are written"]
    if gathered.runs:
        last = gathered.runs[-1].sources
        said += [f"{id}: {last[id].reason or 'failed'}" for id in last if last[id].status == "failed"]
    said += [f"content/{one.file}: {one.reason}" for one in gathered.rejected[:WARNED]]
    if more := len(gathered.rejected[WARNED:]):
        said.append(f"{more} more could not be read: the report and about.html name all")
    return tuple(said)


def _jobs(gathered: Gathered, config: Config, code: str) -> Iterator[Job]:
    """Each item with all that shapes what becomes of it."""
    outlets = frozenset(source.name.casefold() for source in gathered.sources.values())
    zone = zone_of(config)
    for raw, source in gathered.items:
        setting = Setting(
            source=source,
            outlets=outlets,
            zone=zone,
            date_order=source.date_order or config.date_order,
            show=_default_show(raw, config),
        )
        yield Job(key=key_of(raw, setting, config.topics, code), raw=raw, setting=setting, rules=config.topics)


def _default_show(raw: RawItem, config: Config) -> Show:
    """How much the site shows where neither the item nor its source says so."""
    if raw.source_id:
        return "full" if config.feeds_show == "full" else "extract"
    said = config.articles_show or ("extract" if config.base_url else "full")
    return "full" if said == "full" else "extract"


def _prepare(jobs: list[Job], state: State, map_items: MapItems) -> list[Light]:
    """What becomes of each item, in the order of the jobs; only what is not remembered is worked out."""
    known = state.lights(job.key for job in jobs)
    fresh = list({job.key: job for job in jobs if job.key not in known}.values())
    ready = []
    for prepared in map_items(prepare, fresh):
        light = Light(article=prepared.article, signature=prepared.signature)
        known[prepared.article.version] = light
        ready.append((prepared.article.version, light, prepared.body))
    state.remember(ready)
    return [known[job.key] for job in jobs]


def _compare(drafted: Draft, output: Path, state: State) -> tuple[Plan, str]:
    """What has to be done, and the fingerprint of what the search index covers."""
    there = standing(output, state)
    searched: list[tuple[str, str]] = []

    def noting(pages: Iterable[Page]) -> Iterator[Page]:
        for page in pages:
            if page.format == "html" and isinstance(page.subject, SEARCHED):
                searched.append((page.path, page.fingerprint))
            yield page

    known = {path: file.fingerprint for path, file in there.items() if path != INDEX}
    todo = plan(noting(drafted.pages), known)
    index = fingerprint(sorted(searched), drafted.site.language) if searched else ""
    stands = there[INDEX].fingerprint if INDEX in there else ""
    return todo, index if index != stands or todo.write or todo.delete else ""


def _publish(drafted: Draft, todo: Plan, index: str, order: Order, state: State, stages: Stages) -> bool:
    """Renders what is new, tells the log what has closed, and exchanges the sites."""
    if not (todo.write or todo.delete or index) and order.output.is_dir():
        return True
    rendered = list(_render(drafted, todo, state))
    stages("render")
    _tell_editions(drafted, order)

    def search(tree: Path, folder: Path) -> None:
        stages("write", "indexing for search")
        make_index(tree, folder, drafted.site.language)
        stages("search")

    change = Change(keep=todo.keep, write=rendered, fingerprints=todo.fingerprints, index=index)
    in_one_step = publish(order.output, change, state, search)
    stages("write")
    return in_one_step


def _render(drafted: Draft, todo: Plan, state: State) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every page that is new."""
    for page in todo.write:
        bodies: Mapping[str, Body] = {}
        if isinstance(page.subject, ArticleView):
            bodies = state.bodies([page.subject.version])
        yield page.path, drafted.renderers[page.format](page, bodies)


def _tell_editions(drafted: Draft, order: Order) -> None:
    """Appends what editions have published when they closed; before the site shows it, never after."""
    if not drafted.archive.runs:
        return
    told = {line.day: line for line in drafted.gathered.editions}
    lines = to_publish(drafted.archive.editions, drafted.archive.topics)
    fresh = [line for line in lines if line.day not in told or (order.regroup and told[line.day] != line)]
    by_month: dict[str, list[ClosedEdition]] = {}
    for line in fresh:
        by_month.setdefault(line.day[:7], []).append(line)
    for month, closed in by_month.items():
        log.append(order.root / "content" / "editions" / f"{month}.jsonl", [to_line(line) for line in closed])


def _summary(archive: Archive, done: Mapping[str, object]) -> str:
    """One honest line."""
    counts = dict.fromkeys(("shown", "copy", "superseded", "hidden", "rejected"), 0)
    for outcome in archive.outcomes:
        counts[outcome.status] += 1
    failed = sum(status.status == "failed" for status in archive.statuses)
    folded = counts["copy"] + counts["superseded"]
    return (
        f"{len(archive.outcomes)} read, {folded} folded, {len(archive.stories)} stories, {len(archive.topics)} topics, "
        f"{counts['rejected']} rejected, {failed} sources failed, {done['pages_written']} pages written "
        f"in {done['seconds']} s"
    )
