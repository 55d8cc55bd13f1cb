"""What a build warns of: the site stands, and somebody should look."""

from collections.abc import Iterator
from datetime import UTC

from digest.catalogue import FOLDER
from digest.config import Config
from digest.display import iso
from digest.flows.gather import Gathered
from digest.model import Archive, Catalogue, Override
from digest.text import counted

BASELESS = "content/digest.toml: site.base_url is not set"
MISTAKES = ("front matter", "date not")  # flaws that the writer of a file can mend
A_DAY = 86_400  # seconds: somewhere it is tomorrow already
MOST = 10  # one of so many may be dated wrongly
WARNED = 20  # rejected items that are named on the console


def warnings_of(
    config: Config, gathered: Gathered, archive: Archive, catalogue: Catalogue | None, now: int
) -> tuple[str, ...]:
    """All of it, a line each; `catalogue` holds the words of the interface, if there are any in its language."""
    return (*_wordless(config, catalogue), *_mistakes(config, gathered, archive), *to_come(archive, now))


def _wordless(config: Config, catalogue: Catalogue | None) -> tuple[str, ...]:
    """Said where the interface cannot be in the language that is wanted."""
    if catalogue is not None:
        return ()
    own = f"templates/{FOLDER}{config.language.partition('-')[0]}.toml"
    return (f'content/digest.toml: site.language: no words of "{config.language}" are known; {own} would hold them',)


def _unknown(one: Override, archive: Archive) -> str:
    """The first thing that an override names and nobody knows."""
    named = [id for id in (one.story, one.article, one.into) if id]
    return next((id for id in named if id not in archive.articles and id not in archive.stories), named[0])


def _mistakes(config: Config, gathered: Gathered, archive: Archive) -> list[str]:
    """Addresses that cannot be written, sources that fail, mistakes in files."""
    said = [] if config.base_url else [f"{BASELESS}: no feeds, sitemap or canonical addresses are written"]
    if gathered.runs:
        last = gathered.runs[-1].sources
        said += [f"{id}: {last[id].reason or 'failed'}" for id in last if last[id].status == "failed"]
    said += [f"content/overrides.toml: {one.kind}: there is no {_unknown(one, archive)}" for one in archive.unmatched]
    said += _impatient(config, archive)
    said += [
        f"content/{one.file}: {flaw}"
        for one in archive.outcomes
        for flaw in one.flaws
        if flaw.startswith(MISTAKES) and not one.file.startswith(("fetched/", "feeds/"))
    ][:WARNED]
    unread = [one for one in gathered.rejected if not one.wished]
    said += [f"content/{one.file}: {one.reason}" for one in unread[:WARNED]]
    if more := len(unread[WARNED:]):
        said.append(f"{more} more could not be read: the report names all")
    return said


def _impatient(config: Config, archive: Archive) -> Iterator[str]:
    """Said of topics whose query took too long on an article, which is shown without being asked about them."""
    left_out = [one for one in archive.articles.values() if one.unasked_topics]
    for topic in config.topics:
        if found := [one for one in left_out if topic.name in one.unasked_topics]:
            on = f"{counted(len(found), 'article')}, as content/{found[0].file}"
            yield (
                f'content/topics.toml: topic "{topic.name}": its /regular expression/ takes too long on {on}: '
                "write it with fewer * and +; they are shown, but not under the topic"
            )


def to_come(archive: Archive, now: int) -> Iterator[str]:
    """Said of a run and of a few dates still to come: the newest edition is theirs; where most are, the clock errs."""
    if now and archive.runs and (last := archive.runs[-1].run_at) > now + A_DAY:
        day = iso(last, "day", UTC)
        yield (
            f"content/fetched/runs: a run of {day}, still to come, stands in the log: editions close by it; "
            "look at the clock, and take the line out"
        )
    dated = [one for one in archive.outcomes if one.published_at is not None]
    coming = [one for one in dated if now and (one.published_at or 0) > now + A_DAY]
    if coming and len(coming) * MOST <= len(dated):
        first = max(coming, key=lambda one: one.published_at or 0)
        more = f", as are {len(coming) - 1} more" if len(coming) > 1 else ""
        day = iso(first.published_at, "day", UTC)
        yield f"content/{first.file}: is dated {day}, still to come{more}: the newest edition is its; mend the date"
