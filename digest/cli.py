"""The door: options in, one flow, one report out."""

import errno
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest import __version__
from digest.errors import ConfigError, DigestError
from digest.shell.voice import Voice, cannot_say

if TYPE_CHECKING:  # the rooms below are opened by the command that needs them
    from digest.flows.build import Tools
    from digest.flows.order import Order
    from digest.flows.tally import Progress

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
AS_SET = {"output": None, "base_url": "", "clean": False, "regroup": False, "report": None}  # a build with no wishes


class Door(click.Group):
    """The shared manners of all commands: faults in words, exit codes, no traceback for a user's mistake."""

    def main(self, *args: Any, **named: Any) -> Any:  # noqa: ANN401  # click's own signature
        try:
            return super().main(*args, **named)
        except OSError as fault:  # of click's own words, as of --help
            if fault.filename or fault.errno != errno.ENOSPC:
                raise
            Voice().complain([str(cannot_say(fault))])
            sys.exit(FAILED)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        told = [os.fsencode(one).decode(errors="backslashreplace") for one in args]
        if unread := [name for name, one in zip(told, args, strict=True) if name != one]:
            Voice().complain([f"{name}: is not in UTF-8: write it so" for name in unread])
            ctx.exit(WRONG_USE)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's own signature
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # as with the other, so that nothing is left behind
        try:
            return super().invoke(ctx)
        except ConfigError as fault:
            Voice().complain(fault.mistakes)
            ctx.exit(WRONG_USE)
        except DigestError as fault:
            Voice().complain([str(fault)])
            ctx.exit(FAILED)
        except OSError as fault:  # of a place that cannot even be looked at; what has no name is a bug
            if not fault.filename:
                raise
            Voice().complain([f"{fault.filename}: cannot be read: {fault.strerror or fault}"])
            ctx.exit(FAILED)
        except KeyboardInterrupt:
            Voice().complain(["interrupted: what stood before still stands"])
            ctx.exit(INTERRUPTED)


@click.group(cls=Door, context_settings={"auto_envvar_prefix": "DIGEST", "help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="digest")
def main() -> None:
    """Feeds and saved articles into a daily briefing that can be trusted."""


def shared(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every command has."""
    for option in (
        click.option("--no-color", is_flag=True, help="No colours; NO_COLOR does the same."),
        click.option("-v", "--verbose", is_flag=True, help="Also say what each stage cost."),
        click.option("-q", "--quiet", is_flag=True, help="Only warnings and errors."),
        click.option("--root", type=click.Path(path_type=Path, file_okay=False), help="The project's folder."),
    ):
        command = option(command)
    return command


def built(command: Callable[..., None]) -> Callable[..., None]:
    """The options of whatever builds."""
    for option in (
        click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Where the report goes."),
        click.option("--regroup", is_flag=True, help="Group anew what closed editions have published."),
        click.option("--strict", is_flag=True, help="A warning is a failure."),
        click.option("--clean", is_flag=True, help="Build without .digest/, as on a new machine."),
        click.option("--base-url", default="", help="Where the site will be served."),
        click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where the site goes."),
    ):
        command = option(command)
    return command


@main.command()
@click.option("--fetch", is_flag=True, help="Fetch the feeds first: the one daily command.")
@built
@shared
def build(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, fetch: bool, **wishes: Any) -> None:  # noqa: ANN401
    """content/ + templates/ → site/."""
    voice = Voice(quiet=quiet, no_color=no_color)
    order = _order(root, wishes)
    warnings = _fetch(order.root, voice) if fetch else []
    warnings += _build(order, voice, verbose=verbose, told=warnings)
    if wishes["strict"] and warnings:
        raise DigestError(f"{len(warnings)} warning{'s' if len(warnings) > 1 else ''}, and --strict")


@main.command()
@click.option("--limit", type=click.IntRange(min=0), default=0, help="At most so many sources.")
@click.option("--source", "only", multiple=True, help="This source only; may stand more than once.")
@shared
def fetch(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, only: tuple[str, ...], limit: int) -> None:
    """The network → content/fetched/."""
    _fetch(_root(root), Voice(quiet=quiet, no_color=no_color), only=only, limit=limit)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="[DIR]")
@shared
def init(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, folder: Path) -> None:
    """A project that builds at once; never overwrites."""
    from digest.flows.init import init as run

    voice = Voice(quiet=quiet, no_color=no_color)
    done = run(root / folder if root else folder, tell=voice.tell)
    for name in done.skipped:
        voice.tell(f"stands already: {name}")
    voice.result(done.next_steps)


@main.command()
@click.option("--open", "show", is_flag=True, help="Show it in the browser.")
@click.option("--no-watch", is_flag=True, help="Build once, whatever changes.")
@click.option("--port", default=8000, show_default=True, help="Where to listen on this machine; 0: any free port.")
@shared
def serve(
    root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, port: int, no_watch: bool, show: bool
) -> None:
    """Build, serve under the base path, rebuild on change."""
    from digest.flows.serve import serve as run

    voice = Voice(quiet=quiet, no_color=no_color)
    order = _order(root, AS_SET)

    def rebuild() -> None:
        _build(order, voice, verbose=verbose)

    run(order, port=port, rebuild=rebuild, watch=not no_watch, show=show, tell=voice.result, warn=voice.warn)


@main.command()
@click.option("--topic", "topics", multiple=True, help="A topic of the article; may stand more than once.")
@click.option("--date", default="", help="When the article was published, where it does not say so.")
@click.option("--source", default="", help="The outlet of the article, or the feed's name.")
@click.argument("all_of_it", metavar="URL|FILE|- …", nargs=-1, required=True)
@shared
def add(
    root: Path | None,
    *,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    all_of_it: tuple[str, ...],
    **wishes: Any,  # noqa: ANN401
) -> None:
    """Feeds, article files, or a clipping from standard input."""
    from digest.flows.add import MOST_GIVEN, Wishes
    from digest.flows.add import add as run

    voice = Voice(quiet=quiet, no_color=no_color)
    given = partial(sys.stdin.buffer.read, MOST_GIVEN)
    for what in all_of_it:
        voice.result(run(_root(root), what, Wishes(**wishes), now=int(time.time()), given=given, tell=voice.warn))


@main.command()
@click.option("--reason", default="", help="Why; it stands in the tombstone and in the report.")
@click.argument("what")
@shared
def forget(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, what: str, reason: str) -> None:
    """An article, post, @handle or address: gone at the next build, never fetched again."""
    from digest.flows.forget import forget as run

    voice = Voice(quiet=quiet, no_color=no_color)
    with _tools(voice) as tools:
        done = run(_root(root), what, reason=reason, day=time.strftime("%Y-%m-%d", time.gmtime()), tools=tools)
    for file in done.files:
        voice.warn(f"content/{file} still holds it, for digest only adds to content/: take it out there if it must go")
    if done.doubt:
        voice.warn(f"{what}: {done.doubt}")
    voice.result(done.summary)


@main.command()
@click.option("--network", is_flag=True, help="Also ask every source now.")
@shared
def check(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, network: bool) -> None:
    """What is wrong with settings, sources, articles and site, and how to mend each."""
    from digest.flows.check import check as run

    voice = Voice(quiet=quiet, no_color=no_color)
    with _tools(voice) as tools:
        done = run(_root(root), tools, os.environ, network=network)
    for finding in done.findings:
        voice.answer(str(finding))
    voice.result(done.summary)
    if done.wrong:
        click.get_current_context().exit(FAILED)


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with all that is known of each.")
@click.argument("kind", type=click.Choice(["topics", "sources", "stories", "articles", "posts", "copies"]))
@shared
def list_(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, kind: str, as_json: bool) -> None:
    """What there is, a line each."""
    from digest.flows.listing import listing as run

    voice = Voice(quiet=True, no_color=True)
    with _tools(voice) as tools:
        voice.answer(run(_root(root), kind, tools, as_json=as_json))


@main.command()
@click.argument("what", metavar="ARTICLE|STORY")
@shared
def explain(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, what: str) -> None:
    """Why an article or story stands where it does, and the override that would undo it."""
    from digest.flows.explain import explain as run

    voice = Voice(quiet=True, no_color=True)
    with _tools(voice) as tools:
        voice.answer(run(_root(root), what, tools))


@main.group(no_args_is_help=True)
def topic() -> None:
    """Topics before they are named in topics.toml."""


@topic.command("test")
@click.argument("query")
@shared
def topic_test(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, query: str) -> None:
    """What a query catches, near misses and the clause that decided, and stories that no topic caught."""
    from digest.flows.trial import try_query as run

    voice = Voice(quiet=True, no_color=True)
    with _tools(voice) as tools:
        voice.answer(run(_root(root), query, tools))


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.opml")
@shared
def import_(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, file: Path) -> None:
    """Subscriptions from an OPML file → content/sources.toml."""
    from digest.flows.exchange import import_opml as run

    Voice(quiet=quiet, no_color=no_color).result(run(_root(root), file))


@main.command()
@click.option("--as", "form", default="markdown", show_default=True, help="How a day, topic or story is written.",
              type=click.Choice(["markdown", "json", "csv", "bibtex"]))  # fmt: skip
@click.argument("what", metavar="opml|DAY|TOPIC|STORY")
@shared
def export(root: Path | None, *, quiet: bool, verbose: bool, no_color: bool, what: str, form: str) -> None:
    """The subscriptions as OPML, or a day, a topic or a story, to standard output."""
    from digest.flows.exchange import export as run

    voice = Voice(quiet=True, no_color=True)
    with _tools(voice) as tools:
        voice.answer(run(_root(root), what, form, tools), nl=False)


def _root(given: Path | None) -> Path:
    from digest.flows.order import find

    return find(given, Path.cwd())


def _order(root: Path | None, wishes: Mapping[str, Any]) -> "Order":
    from digest.flows.order import Order

    where = _root(root)
    return Order(
        root=where,
        output=_output(wishes["output"] or where / "site"),
        base_url=wishes["base_url"],
        clean=wishes["clean"],
        regroup=wishes["regroup"],
        report=wishes["report"],
    )


def _output(named: Path) -> Path:
    """The folder that is meant, its links followed."""
    try:
        return named.resolve()
    except (OSError, RuntimeError):  # the latter until Python 3.13
        raise ConfigError([f"{named}: is a link that leads back to itself: take it away, or name another"]) from None


def _build(order: "Order", voice: Voice, *, verbose: bool, told: Sequence[str] = ()) -> list[str]:
    """Builds and says how it went; the warnings, but those that have been told."""
    from digest.flows.order import CACHE_KEY
    from digest.flows.unchanged import unchanged

    began = time.monotonic()
    done = unchanged(order, os.environ.get(CACHE_KEY, ""))
    if done is None:
        from digest.flows.build import build as run

        with _tools(voice) as tools:
            done = run(order, tools)
    warnings = [warning for warning in done.warnings if warning not in told]
    for warning in warnings:
        voice.warn(warning)
    if verbose:
        for stage, seconds in done.stages.items():
            voice.tell(f"{stage}: {seconds:.3f} s of CPU")
    voice.result(f"{done.summary} in {time.monotonic() - began:.3f} s")
    return warnings


@contextmanager
def _tools(voice: Voice) -> Iterator["Tools"]:
    """What a build is handed: workers under limits, clocks."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy comes: its threads only cost 0.1 s to start
    from digest.flows.build import Tools
    from digest.flows.order import CACHE_KEY
    from digest.shell.collector import no_collecting
    from digest.shell.workers import Workers

    with no_collecting(), Workers(preload=("digest.flows.gather", "digest.flows.prepare")) as workers:
        yield Tools(
            map_items=workers.map,
            map_documents=workers.map,
            tell=voice.tell,
            seconds=time.monotonic,
            cpu=lambda: time.process_time() + sum(os.times()[2:4]) + workers.cpu_seconds,  # children's that have ended
            now=int(time.time()),
            cache_key=os.environ.get(CACHE_KEY, ""),
        )


def _fetch(root: Path, voice: Voice, *, only: tuple[str, ...] = (), limit: int = 0) -> list[str]:
    """Fetches and says how it went; a source that failed is a warning."""
    from digest.flows.fetch import fetch as run
    from digest.flows.project import configure
    from digest.flows.tally import proposal

    now = int(time.time())

    def tell(at: "Progress") -> None:
        voice.progress(at.bar, at.said, goes_on=bool(at.awaited))

    done = run(root, configure(root), now=now, environ=os.environ, only=only, limit=limit, progress=tell)
    warnings = [*(f"{id}: {reason}" for id, reason in done.failed), *filter(None, [done.silence])]
    for warning in (*warnings, *(f"{id}: {proposal(to)}" for id, to in done.moved)):
        voice.warn(warning)
    voice.result(f"{done.table}\n{done.summary}".lstrip())
    return warnings


if __name__ == "__main__":
    main()
