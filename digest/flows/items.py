"""What becomes of the items: what is remembered stands, the rest is worked out by many processes together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial

from digest import semantic
from digest.batches import batched
from digest.codec import unpack
from digest.config import Config
from digest.errors import DiskError
from digest.flows.fold import zone_of
from digest.flows.gather import Gathered
from digest.flows.prepare import Job, key_of, prepare_all
from digest.model import Article, Packed, RawItem, Rejected, Show, Source
from digest.shell.state import State
from digest.shell.workers import Failed
from digest.stages.normalise import Setting, outlet_in

MapItems = Callable[
    [Callable[[tuple[Job, ...]], tuple[Packed, ...]], Iterable[tuple[Job, ...]]],
    Iterator[tuple[Packed, ...] | Failed],
]
HANDED = 20  # items that a worker is handed at once: fewer, and most of the time goes into handing
BATCH = 300  # items remembered at once: so much a kill may lose
VANISHED = "has vanished while it was read: build again"


class Items:
    """All items of a build. None is kept here: they are gathered again where they are asked for again.

    `gather()` reads the documents; `gather(anew=True)` also those that the cache knows, so that a text that it has
    lost is there again. That is done once at the most: what is lost then is lost.
    """

    def __init__(self, gather: Callable[..., Gathered], config: Config, code: str, state: State) -> None:
        self._config, self._code, self._state = config, code, state
        self._gather = gather
        self._read_anew = cache(partial(gather, anew=True))

    @cached_property
    def all(self) -> Sequence[tuple[RawItem, Source]]:
        """The items without their texts, each with its source."""
        return self._gather().items

    @cached_property
    def _by_version(self) -> Mapping[str, Job]:
        return {job.key: job for job in self.jobs(self._gather())}

    def jobs(self, gathered: Gathered) -> Iterator[Job]:
        """Each item with all that shapes what becomes of it, but not with its text."""
        config, stones = self._config, gathered.forgotten
        outlets = frozenset(source.name.casefold() for source in gathered.sources.values())
        zone = zone_of(config)
        vectors = semantic.edition() if config.semantic else ""
        for raw, source in gathered.items:
            setting = Setting(
                source=source,
                outlets=outlets & {outlet_in(raw.title)},  # no more: another source must not make every item new
                zone=zone,
                date_order=source.date_order or config.date_order,
                show=_default_show(raw, config),
            )
            key = key_of(raw, setting, config.topics, stones, vectors, self._code)
            yield Job(key=key, raw=raw, setting=setting, rules=config.topics, forgotten=stones, semantic=vectors)

    def job(self, version: str) -> Job:
        """The job, with its item's text, whose outcome has this version; raises `DiskError` where that is gone."""
        light = self._by_version[version]
        found = self._whole([light]) or (self._read_anew() and self._whole([light]))
        if not found:
            raise DiskError(f"content/{light.raw.file}: {VANISHED}")
        return found[0]

    def prepare(self, jobs: Sequence[Job], map_items: MapItems) -> tuple[list[Article], list[Rejected]]:
        """What becomes of each, in their order; and those that would take more than a worker may."""
        known = dict(self._state.articles(job.key for job in jobs))
        fresh = list({job.key: job for job in jobs if job.key not in known}.values())
        rejected: list[Rejected] = []
        for batch in batched(self._worked_out(fresh, map_items), BATCH):
            rejected += (one for one in batch if isinstance(one, Rejected))
            done = [one for one in batch if isinstance(one, Packed)]
            self._state.remember(done)
            known |= {one.version: article for one in done if (article := unpack(one.article, Article)) is not None}
        return [known[job.key] for job in jobs if job.key in known], rejected

    def _worked_out(self, jobs: Sequence[Job], map_items: MapItems) -> Iterator[Packed | Rejected]:
        """What becomes of each; what could not be worked out together is tried item by item.

        Where the cache has lost a text, documents are read anew in between: the same workers read them.
        """
        batches = list(batched(jobs, HANDED))
        failed: list[Job] = []
        is_lost = False
        whole = (tuple(self._whole(batch)) for batch in batches)
        for batch, done in zip(batches, map_items(prepare_all, whole), strict=True):
            if isinstance(done, Failed):
                failed += batch
            elif len(done) < len(batch):
                failed, is_lost = [*failed, *batch], True
            else:
                yield from done
        if is_lost:
            self._read_anew()
        singly = (tuple(self._whole([job])) for job in failed)
        for job, done in zip(failed, map_items(prepare_all, singly), strict=True):
            if isinstance(done, Failed) or not done:
                yield _rejected(job, done.reason if isinstance(done, Failed) else VANISHED)
            else:
                yield from done

    def _whole(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs with their items' texts; without those whose text the cache has lost."""
        found = {"": ""} | self._state.contents({job.raw.content for job in jobs} - {""})
        return [
            replace(job, raw=replace(job.raw, html=found[one])) for job in jobs if (one := job.raw.content) in found
        ]


def _rejected(job: Job, reason: str) -> Rejected:
    raw = job.raw
    return Rejected(
        source_id=job.setting.source.id, uid=raw.uid, title=raw.title, url=raw.url, file=raw.file, reason=reason
    )


def _default_show(raw: RawItem, config: Config) -> Show:
    """How much the site shows where neither the item nor its source says so."""
    if raw.source_id:
        return "full" if config.feeds_show == "full" else "extract"
    said = config.articles_show or ("extract" if config.base_url else "full")
    return "full" if said == "full" else "extract"
