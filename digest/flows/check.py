"""What is wrong with settings, sources, articles and site, and how to mend each. Nothing is changed."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from digest.config import Config, feed_address, veiled
from digest.errors import ConfigError, FetchError
from digest.flows.build import Tools
from digest.flows.fetch import limits_of, read
from digest.flows.forgotten import FILE
from digest.flows.pages import TO_MEND, unreadable
from digest.flows.project import configure
from digest.flows.survey import Survey, article_ids, story_id, surveyed
from digest.flows.visits import GONE
from digest.flows.warnings import to_come
from digest.model import Answer, Rejected, Run, Source, record
from digest.shell import git
from digest.shell.project import standing
from digest.shell.web import Request, ask
from digest.shell.workers import Failed, Workers
from digest.text import counted

NAMED = 10  # of one kind; the rest are counted
SILENT_DAYS = 14  # without anything new
PUBLISHING = ("upload-pages-artifact", "gh-pages", "deploy-pages")  # what a workflow that publishes says
DAY = 86_400  # seconds


@record
class Finding:
    """Something to look at."""

    where: str
    what: str
    mend: str
    wrong: bool = True  # else worth knowing only: it fails nothing

    def __str__(self) -> str:
        return f"{'to mend' if self.wrong else 'to know'}: {self.where}: {self.what}\n  {self.mend}"


@record
class Checked:
    """Everything found."""

    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> bool:
        """Is there anything to mend."""
        return any(one.wrong for one in self.findings)

    @property
    def summary(self) -> str:
        """All of it in a line."""
        faults = sum(one.wrong for one in self.findings)
        return f"{faults} to mend, {len(self.findings) - faults} to know" if self.findings else "nothing to mend"


def check(root: Path, tools: Tools, environ: Mapping[str, str], *, network: bool) -> Checked:
    """Looks at everything; with `network` every source is asked, too."""
    try:
        config = configure(root)
    except ConfigError as fault:
        return Checked(findings=tuple(_mistake(mistake) for mistake in fault.mistakes))
    with surveyed(root, tools, config) as survey:
        found = [finding for look in LOOKS for finding in look(survey)]
        found += [*_variables(config, environ), *_pages(config), *_tracked(root, survey), *_site(root)]
        found += [_still_to_come(told) for told in to_come(survey.archive, tools.now)]
        found += _asked(config, environ) if network else _last_answers(survey)
    return Checked(findings=tuple(sorted(found, key=lambda one: not one.wrong)))


def _mistake(mistake: str) -> Finding:
    file, _, what = mistake.partition(": ")
    return Finding(where=file, what=what, mend="mend it there: nothing is built until then")


def _still_to_come(told: str) -> Finding:
    file, _, what = told.partition(": ")
    what, _, mend = what.rpartition("; ")
    return Finding(where=file, what=what, mend=mend)


# -- settings ------------------------------------------------------------------------------------------------------


def _settings(survey: Survey) -> Iterator[Finding]:
    """Settings that are right, but lead nowhere."""
    config, archive = survey.draft.config, survey.archive
    if not config.base_url:
        yield Finding(
            where="content/digest.toml",
            what="site.base_url is not set: there are no feeds, sitemap and canonical addresses",
            mend="set it to where the site will be served, if it will be",
            wrong=False,
        )
    for topic in config.topics:
        if archive.articles and not any(topic.name in story.topics for story in archive.stories.values()):
            yield Finding(
                where="content/topics.toml",
                what=f'the query of "{topic.name}" catches no story',
                mend="`digest topic test` shows near misses and the clause that decided",
            )
    for one in config.overrides:
        for name in filter(None, (one.article, one.story, one.into)):
            if not article_ids(archive, name) and not story_id(archive, name):
                yield Finding(
                    where="content/overrides.toml",
                    what=f'[[{one.kind}]] names "{name}", and nothing is called so',
                    mend="`digest list stories` shows ids; take the entry out if what it named is gone",
                )


def _variables(config: Config, environ: Mapping[str, str]) -> Iterator[Finding]:
    for source in config.sources:
        try:
            feed_address(source, environ)
        except FetchError as fault:
            yield Finding(where=f"source {source.id}", what=str(fault), mend="set it where `digest fetch` runs")


def _pages(config: Config) -> Iterator[Finding]:
    if said := unreadable(config.sources):
        yield Finding(where="content/sources.toml", what=said, mend=f"{TO_MEND}: nothing is fetched until then")


# -- sources -------------------------------------------------------------------------------------------------------


def _sources(survey: Survey) -> Iterator[Finding]:
    """Sources that fall silent or have moved, by the log of runs."""
    runs = survey.archive.runs
    for source in survey.draft.config.sources:
        answers = _answers(source, runs)
        if answers and answers[-1][1].status != "failed":
            yield from _health(source, answers, runs)
        elif runs and source.url and not answers:
            yield Finding(
                where=f"source {source.id}", what="no run has asked it yet", mend="`digest fetch` asks it", wrong=False
            )


def _last_answers(survey: Survey) -> Iterator[Finding]:
    """Sources that failed in the last run that asked them."""
    for source in survey.draft.config.sources:
        answers = _answers(source, survey.archive.runs)
        if not answers or answers[-1][1].status != "failed":
            continue
        last = answers[-1][1]
        since = next((at for at, one in reversed(answers) if one.status != "failed"), None)
        told = f"it answered last on {_date(since)}" if since is not None else "it has never answered"
        yield Finding(
            where=f"source {source.id}",
            what=f"it fails: {last.reason or 'no reason is known'}; {told}",
            mend=f"{_mend_source(last.http)}; `digest fetch --source {source.id}` asks it at once",
        )


def _answers(source: Source, runs: tuple[Run, ...]) -> list[tuple[int, Answer]]:
    """When runs have asked a source, and what it answered, oldest first."""
    return [(run.run_at, run.sources[source.id]) for run in runs if source.id in run.sources]


def _health(source: Source, answers: list[tuple[int, Answer]], runs: tuple[Run, ...]) -> Iterator[Finding]:
    where = f"source {source.id}"
    last = answers[-1][1]
    fresh = [at for at, one in answers if one.items]
    quiet_since = fresh[-1] if fresh else answers[0][0]
    if (days := (runs[-1].run_at - quiet_since) // DAY) >= SILENT_DAYS:
        yield Finding(
            where=where,
            what=f"it answers, but nothing new has come for {days} days (since {_date(quiet_since)})",
            mend="see whether the outlet has another feed by now: `digest add` its front page",
        )
    if last.moved_to and source.publish:
        yield Finding(where=where, what=f"it has moved to {last.moved_to}", mend="change its url in sources.toml")


def _mend_source(http: int | None) -> str:
    """What to do about a source that answered so."""
    if http == GONE:
        return (
            "its outlet has taken it down for good: take it out of sources.toml, or `digest add` the outlet's new feed"
        )
    return "look at its address in a browser; mend `url` in sources.toml, or take the source out"


def _date(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")


def _asked(config: Config, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Every source is asked now; nothing of it is kept."""
    sources = {source.id: source for source in config.sources if source.url}
    requests = []
    for id, source in sources.items():
        try:
            requests.append(Request(id=id, url=feed_address(source, environ)))
        except FetchError:
            continue  # told already
    faults: dict[str, str] = {}
    asked: dict[str, int | None] = {}
    with Workers() as workers:
        for answer in ask(requests, limits_of(config)):
            if answer.reason:
                faults[answer.id], asked[answer.id] = answer.reason, answer.http
                continue
            [reading] = workers.map(read, [(sources[answer.id], answer.body)])
            if isinstance(reading, Failed):
                faults[answer.id] = reading.reason
    for id in sorted(faults):
        what = f"asked now: {veiled(faults[id], sources[id], environ)}"
        yield Finding(where=f"source {id}", what=what, mend=_mend_source(asked.get(id)))


# -- articles ------------------------------------------------------------------------------------------------------


def _articles(survey: Survey) -> Iterator[Finding]:
    """What could not be read, what was read with doubts, and files whose place can still move."""
    gathered = survey.draft.gathered
    unread = [one for one in gathered.rejected if not one.wished]
    yield from _few(unread, lambda one: f"content/{one.file}", lambda one: one.reason, _mend)
    unstamped = [raw.file for raw, _ in survey.draft.items.all if not raw.source_id and raw.seen_at is None]
    if gathered.runs and unstamped:
        folders = shlex.join(str(Path("content", one)) for one in survey.draft.config.article_folders)
        yield Finding(
            where="content/articles",
            what=f"{_some(unstamped)} without `seen`: they may move others of editions that are not closed",
            mend=f"`digest add {folders}` stamps them all",
            wrong=False,
        )
    doubted = [(one.file, flaw) for one in survey.archive.articles.values() for flaw in one.flaws]
    for file, flaw in doubted[:NAMED]:
        mend = "look whether it was read rightly; front matter says it beyond doubt"
        yield Finding(where=f"content/{file}", what=flaw, mend=mend, wrong=False)
    if more := len(doubted[NAMED:]):
        mend = "about.html and the report name all"
        yield Finding(
            where="content", what=f"{counted(more, 'doubt')} more about what was read", mend=mend, wrong=False
        )


def _mend(one: Rejected) -> str:
    if one.file.startswith(("fetched/", "editions/", FILE)):
        return "take the line out, or mend it; digest itself never rewrites the log"
    return "mend the file, or take it out"


def _few(
    found: list[Rejected],
    where: Callable[[Rejected], str],
    what: Callable[[Rejected], str],
    mend: Callable[[Rejected], str],
) -> Iterator[Finding]:
    """The first of many, and how many more."""
    yield from (Finding(where=where(one), what=what(one), mend=mend(one)) for one in found[:NAMED])
    if more := len(found[NAMED:]):
        yield Finding(where="content", what=f"{more} more could not be read", mend="about.html and the report name all")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def _tombstones(survey: Survey) -> Iterator[Finding]:
    """Tombstones that nothing lies under: they go on keeping it away, or were a slip."""
    stones = survey.draft.gathered.forgotten.articles
    dead = [stone for stone in stones if stone.id and stone.id not in survey.draft.gathered.buried]
    if dead:
        what = f"{len(dead)} of {len(stones)} tombstones match nothing that is read now, as {dead[0].id}"
        mend = "right where its text was taken out of content/; else look at the id"
        yield Finding(where=f"content/{FILE}", what=what, mend=mend, wrong=False)


# -- site and repository -------------------------------------------------------------------------------------------


def _tracked(root: Path, survey: Survey) -> Iterator[Finding]:
    """Full texts of others that git keeps beside a workflow that publishes: all the world can read them.

    Where the settings say that the site shows them in full, somebody has decided that it may.
    """
    config = survey.draft.config
    if not any(word in text for text in git.workflows(root) for word in PUBLISHING):
        return
    tracked = set(git.tracked(root))
    others = [raw.file for raw, _ in survey.draft.items.all if not raw.source_id and raw.show != "full"]
    public = [file for file in others if f"content/{file}" in tracked]
    if public and config.articles_show != "full":
        yield Finding(
            where="content/articles",
            what=f"{_some(public)}: in a repository that publishes, and nothing says that the text may be shared",
            mend="keep the repository private, or say `rights: own`, `licensed` or `CC-…` in the front matter",
        )
    is_kept = config.keep == "full" and config.feeds_show != "full"
    if is_kept and any(name.startswith("content/fetched/") for name in tracked):
        yield Finding(
            where="content/fetched",
            what="full texts of feeds are in a repository that publishes",
            mend='set fetch.keep = "extract" in digest.toml, or keep the repository private',
        )


def _site(root: Path) -> Iterator[Finding]:
    if not standing(root, ("site/index.html",)):
        yield Finding(where="site", what="it is not built yet", mend="`digest build` builds it", wrong=False)


LOOKS: tuple[Callable[[Survey], Iterator[Finding]], ...] = (_settings, _sources, _articles, _tombstones)
