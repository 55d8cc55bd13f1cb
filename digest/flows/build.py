"""content/ + templates/ → site/, without the network."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from digest import __version__, semantic
from digest.catalogue import catalogue_of
from digest.codec import fingerprint, in_pieces
from digest.config import Config
from digest.errors import ConfigError, DiskError, TemplateFault
from digest.flows.fold import fold, zone_of
from digest.flows.gather import Gathered, MapDocuments, gather
from digest.flows.items import Items, MapItems
from digest.flows.order import CACHE, Built, Order
from digest.flows.project import configure, elsewhere
from digest.flows.publish import compare, put_in_place, tell_editions
from digest.flows.recall import Recall
from digest.flows.report import report_of
from digest.flows.unchanged import begin, note
from digest.flows.warnings import warnings_of
from digest.model import (
    Archive,
    Catalogue,
    Page,
    Site,
    record,
)
from digest.outputs import OUTPUTS, Render
from digest.shell import content, log
from digest.shell.compiled import kept
from digest.shell.plain import make_way, make_way_for_folder, real
from digest.shell.site import INDEX, check_output, clear_up, is_known
from digest.shell.state import State
from digest.stages.pages import lay_out
from digest.templating import COMPILED
from digest.text import counted
from digest.views import Asset

STATIC = "templates/static/"


@record
class Tools:
    """What a build is handed by the door: how to map, how to tell, how to measure."""

    map_items: MapItems
    map_documents: MapDocuments
    tell: Callable[[str], None]
    seconds: Callable[[], float]  # wall time
    cpu: Callable[[], float]  # CPU time, of workers and of children that have ended too
    now: int = 0  # Unix seconds, for what is said on the console alone; 0: not known
    cache_key: str = ""  # a secret: what the cache holds is believed only where it was kept under it


@record
class Draft:
    """All of a build but the last step."""

    config: Config
    site: Site
    archive: Archive
    gathered: Gathered  # but its items: they would lie beside the articles that they have become
    items: Items
    pages: Callable[[], Iterator[Page]]
    renderers: Mapping[str, Render]
    warnings: tuple[str, ...]
    keys: Iterable[str]  # under which what becomes of the items is remembered
    recall: Recall
    code: str  # the program's fingerprint


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
    cache, output = order.root / CACHE, order.output
    make_way_for_folder(cache)
    with log.locked(cache / "build.lock", "build"), log.claimed(output, "build"):
        watch = begin(order)
        config = configure(order.root, order.base_url)
        with State(cache, tools.cache_key) as state:
            _refuse_read(order, config)
            clear_up(output)
            check_output(output, known=is_known(output, state))
            if order.clean:
                state.clear()
            drafted = draft(order, config, state, tools, stages)
            tell_editions(order.root, drafted.archive, drafted.gathered.editions, regroup=order.regroup)
            found = compare(drafted.pages(), output, state, config.language)
            todo = found.todo
            stages("plan", f"writing {counted(len(todo.write), 'page')}")
            with kept(drafted.code, COMPILED):
                in_one_step = (output.is_dir() and found.is_none) or put_in_place(
                    output, found, drafted.renderers, state, drafted.recall, config.language, stages
                )
            done: dict[str, object] = {
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
            faults = [*_keep(order, report, drafted, state), *state.flaws]
        summary = _summary(drafted.archive)
        if not faults:
            idle = {"pages_written": 0, "pages_kept": len(todo.fingerprints), "pages_deleted": 0, "stages": {}}
            again = Built(summary=f"{summary}, 0 pages written", warnings=drafted.warnings)
            note(order, watch, elsewhere(order.root, config), again, {**done, **idle, "seconds": 0.0}, tools.cache_key)
    return Built(
        summary=f"{summary}, {counted(len(todo.write), 'page')} written",
        warnings=(*drafted.warnings, *faults),
        stages=stages.spent,
        report=report,
    )


def _refuse_read(order: Order, config: Config) -> None:
    """Raises where the site would stand in a folder that is read: the next build would read it, too."""
    content = order.root / "content"
    read = (content, order.root / "templates", order.root / CACHE, *(content / one for one in config.article_folders))
    if inside := next((one for one in read if real(order.output).is_relative_to(real(one))), None):
        raise ConfigError([f"--output {order.output}: lies in {inside}, which is read: name a folder beside it"])


def _keep(order: Order, report: Mapping[str, object], drafted: Draft, state: State) -> Iterator[str]:
    """Writes the report, forgets what is of no use; the site stands by now, so that what fails is a warning."""
    try:
        if order.reported.parent == order.root / CACHE:  # ours, whatever has been put there; another is the user's
            make_way(order.reported)
        log.replace(order.reported, in_pieces(report))
        state.keep_only(drafted.keys, drafted.gathered.keys, drafted.gathered.contents)
    except DiskError as fault:
        yield f"the site is published, but {fault}"


def draft(order: Order, config: Config, state: State, tools: Tools, stages: Stages) -> Draft:
    """Read, prepare, group, lay out: everything but rendering and writing."""
    if config.semantic and not semantic.is_installed():
        told = f"{semantic.LIBRARY} is not installed: pip install '{semantic.EXTRA}', or take semantic = true out"
        raise ConfigError([f"content/digest.toml: stories.semantic: {told}"])
    code = fingerprint(content.own_code())
    read = partial(gather, order.root, config, state, code, tools.map_documents)
    gathered = read()
    items = Items(read, config, code, state)
    stages("feeds")
    jobs = list(items.jobs(gathered))
    keys = tuple(job.key for job in jobs)
    tools.tell(f"{counted(len(set(keys)) + len(gathered.rejected), 'item')} read")
    articles, rejected = items.prepare(jobs, tools.map_items)
    gathered = replace(gathered, items=(), rejected=(*gathered.rejected, *rejected))
    del jobs
    stages("prepare", "grouping")
    recall = Recall(state, items.job)
    archive = fold(
        articles, recall.signature, gathered, config, ahead=recall.fetch_signatures, state=state, regroup=order.regroup
    )
    del articles
    stages("group", counted(len(archive.stories), "story", "stories"))
    templates, assets = content.read_templates([content.shipped_templates(), order.root / "templates"])
    _refuse_missing(config.logo, assets)
    catalogue = catalogue_of(config.language, templates)
    site = site_of(config, catalogue or Catalogue())
    plain = replace(site, settings_hash="")  # else every page would be written anew whatever setting is changed
    look = fingerprint(code, templates, plain)
    prints = {name: fingerprint(data) for name, data in assets.items()}
    return Draft(
        config=config,
        site=site,
        archive=archive,
        gathered=gathered,
        items=items,
        pages=partial(_pages, archive, site, prints, look),
        renderers={output.format.name: output.renderer(templates, plain, assets) for output in OUTPUTS},
        warnings=warnings_of(config, gathered, archive, catalogue, tools.now),
        keys=keys,
        recall=recall,
        code=code,
    )


def _pages(archive: Archive, site: Site, assets: Mapping[str, str], look: str) -> Iterator[Page]:
    """Every file of the site to be; a file of static/ goes before a page of ours that has its address."""
    folders = {folder: path for path in assets for folder in _above(path)}
    _refuse_between(f"{INDEX}/", assets, {})
    seen: set[str] = set()  # folders that no file of static/ stands for
    for page in lay_out(archive, site, assets, [output.format for output in OUTPUTS], look):
        if isinstance(page.subject, Asset) or page.path not in assets:
            folder = page.path.rpartition("/")[0]
            if folder not in seen or page.path in folders:
                _refuse_between(page.path, assets, folders)
                seen.add(folder)
            yield page


def _above(path: str) -> Iterator[str]:
    """The folders that the path lies in."""
    return (path[:at] for at, character in enumerate(path) if character == "/")


def _refuse_between(path: str, assets: Container[str], folders: Mapping[str, str]) -> None:
    """Raises where a file of static/ stands in a page's way: one of them would be a file and a folder."""
    if path in folders:
        raise TemplateFault(f"{STATIC}{folders[path]}: the site has a file called {path}: name it otherwise")
    for folder in _above(path):
        if folder in assets:
            raise TemplateFault(f"{STATIC}{folder}: the site has a folder called so, of {path}: name it otherwise")


def site_of(config: Config, catalogue: Catalogue) -> Site:
    """What every page knows of the site."""
    return Site(
        title=config.title,
        base_url=config.base_url,
        language=config.language,
        catalogue=catalogue,
        timezone=config.timezone,
        contact=config.contact,
        logo=config.logo,
        index=config.index,
        generator=f"digest {__version__}",
        settings_hash=config.settings_hash,
        watch=config.watch,
        pages_for_days=config.pages_for_days,
    )


def _refuse_missing(logo: str, assets: Iterable[str]) -> None:
    """Raises where the logo that is set lies nowhere."""
    if logo and logo not in assets:
        raise ConfigError([f"content/digest.toml: site.logo: there is no templates/static/{logo}"])


def _summary(archive: Archive) -> str:
    """What was read and what became of it, in one line."""
    counts = dict.fromkeys(("shown", "copy", "superseded", "hidden", "rejected"), 0)
    for outcome in archive.outcomes:
        counts[outcome.status] += 1
    failed = sum(status.status == "failed" for status in archive.statuses)
    folded = f"{counts['copy'] + counts['superseded']} folded"
    if counts["superseded"]:  # pages count the two apart
        versions = counted(counts["superseded"], "older version")
        folded += f" ({counted(counts['copy'], 'copy', 'copies')}, {versions})"
    taken_out = f"{counts['hidden']} taken out, " if counts["hidden"] else ""
    return (
        f"{len(archive.outcomes)} read, {folded}, {counted(len(archive.stories), 'story', 'stories')}, "
        f"{counted(len(archive.topics), 'topic')}, {counts['rejected']} rejected, {taken_out}"
        f"{counted(failed, 'source')} failed"
    )
