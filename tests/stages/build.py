"""Articles, logs and archives made of a few words, for the tests of the stages. All of it is invented."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st

from digest.codec import fingerprint, to_json
from digest.config import Config
from digest.flows.fold import fold
from digest.flows.gather import Gathered
from digest.model import (
    Answer,
    Archive,
    Article,
    Body,
    ClosedEdition,
    CopyGroup,
    Placed,
    Post,
    Rejected,
    Run,
    Signature,
    Source,
    Story,
)
from digest.shell.state import State
from digest.stages.facts import ARTICLE_FACTS
from digest.stages.sign import sign
from digest.text import extract, slug, words

Item = tuple[Article, Signature]

NOON = "2026-11-22 12:00"
DAY = 86_400  # seconds
GAZETTE = Source(id="gazette", name="Harbour Gazette", url="https://gazette.example.org/feed", kind="regional",
                 country="GB", language="en")  # fmt: skip
WIRE = Source(id="wire", name="Northgate Wire", url="https://wire.example.org/feed", kind="wire", country="GB",
              language="en", weight=1.2)  # fmt: skip
COURRIER = Source(id="courrier", name="Courrier du Soir", url="https://courrier.example.org/feed", kind="analysis",
                  country="FR", language="fr")  # fmt: skip
SOURCES = {source.id: source for source in (GAZETTE, WIRE, COURRIER)}


def at(text: str) -> int:
    """Epoch seconds of a time in UTC, as "2026-11-23 05:30"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def article(id: str, title: str = "A title", text: str = "", time: str = NOON, **known: Any) -> Article:
    """An article as it was seen when it was published; without a time it has neither."""
    moment = at(time) if time else None
    made: dict[str, Any] = {
        "id": id,
        "version": fingerprint(id, title, text, time),
        "source_id": "gazette",
        "uid": id,
        "title": title,
        "slug": slug(title),
        "lead": extract(text),
        "language": "en",
        "words": len(words(text)),
        "published_at": moment,
        "precision": "minute" if time else "none",
        "seen_at": moment,
        "seen_stamped": bool(time),
    }
    return Article(**(made | known))


def item(id: str, title: str = "A title", text: str = "", time: str = NOON, **known: Any) -> Item:
    """An article with its facts, and what it is compared by."""
    body = Body(html=(text,), text=text)
    made = article(id, title, text, time, **known)
    made = replace(made, facts={name: fact for name, find in ARTICLE_FACTS.items() if (fact := find(made, body))})
    signature = sign(made, body)
    return replace(made, exact=signature.exact), signature


def story(id: str, *groups: str, **known: Any) -> Story:
    """A story of texts, each a lead and its copies: "a b c" is a with copies b and c."""
    texts = tuple(CopyGroup(lead_id=lead, copy_ids=tuple(copies)) for lead, *copies in map(str.split, groups or (id,)))
    return Story(**({"id": id, "slug": id, "title": id.title(), "language": "en", "groups": texts} | known))


def post(id: str, text: str = "", **known: Any) -> Post:
    """A post of one network."""
    return Post(**({"id": id, "network": "mastodon", "text": text} | known))


def run(time: str, **answers: int | str) -> Run:
    """A run of the fetcher: for each source how many new items it had, or why it failed."""
    sources = {
        id: Answer(status="ok", items=said) if isinstance(said, int) else Answer(status="failed", reason=said)
        for id, said in answers.items()
    }
    return Run(run_at=at(time), sources=sources)


def archive_of(
    items: Iterable[Item],
    *,
    runs: Sequence[Run] = (),
    published: Sequence[ClosedEdition] = (),
    rejected: Sequence[Rejected] = (),
    sources: Mapping[str, Source] = SOURCES,
    state: State | None = None,
    **settings: Any,
) -> Archive:
    """All that is known of these items, by the fold itself."""
    gathered = Gathered(
        items=(), rejected=tuple(rejected), sources=sources, statuses=(), runs=tuple(runs), editions=tuple(published),
        keys=(),
    )  # fmt: skip
    known = list(items)
    articles = [article for article, _ in known]
    return fold(articles, signatures_of(known), gathered, Config(**({"title": "Morning Desk"} | settings)), state=state)


def signatures_of(items: Iterable[Item]) -> Callable[[Article], Signature]:
    """What these articles are compared by."""
    known = {(article.id, article.version): signature for article, signature in items}
    return lambda article: known[article.id, article.version]


def placed_by(stories: Iterable[Story]) -> dict[str, Placed]:
    """What an edition that closes now publishes of these stories."""
    return {
        id: Placed(id=id, story_id=story.id, of=group.lead_id if id != group.lead_id else "")
        for story in stories
        for group in story.groups
        for id in (group.lead_id, *group.copy_ids)
    }


def shown(record: object) -> Any:
    """A record as plain values, without what is empty: what a golden shows of it."""
    return _filled(json.loads(to_json(record)))


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: kept for name, one in value.items() if (kept := _filled(one)) not in (None, "", [], {}, False)}
    return [_filled(one) for one in value] if isinstance(value, list) else value


# -- logs, for laws ------------------------------------------------------------------------------------------------

EVENTS = (
    (
        "Ferries return to Skerry Sound after eleven months",
        "The first ferry crossed Skerry Sound at dawn on Monday with forty lorries and a brass band aboard.",
        "Captain Ada Quay said the crossing to Holm took fifty minutes, nine fewer than the old ship needed.",
        "Islanders on Holm had lived for eleven months by fishing boats and by a barge that carried diesel.",
        "The Sound Ferry Company borrowed thirty million crowns to buy the vessel from a yard in Varde.",
        "A second ferry stays in dry dock at Varde until its cracked rudder stock has been replaced.",
    ),
    (
        "Tal Rihan waits for the water to come back",
        "Engineers in Tal Rihan reopened the northern pumping station that shelling had silenced since August.",
        "Two of the four pumps at the station turn again, enough for every household on three days a week.",
        "Mayor Salma Darwish asked the relief council for cables and chlorine before the pipes freeze.",
        "Families in the old quarter of Tal Rihan still queue at tankers that arrive after midnight.",
        "The relief council said that the last convoy with spare valves had been turned back at the bridge.",
    ),
    (
        "Beekeepers count their losses after the frost",
        "A late frost killed one colony of bees in three across the orchards of the Lower Tarn.",
        "Beekeepers found combs full of honey and clusters of frozen bees a hand's breadth away from it.",
        "The growers' union will lend hives from the coast so that the plum blossom is pollinated in time.",
        "Olle Brandt, who keeps ninety hives near Tarnby, burned half of his frames on Sunday.",
        "Insurers refuse to pay because their contracts name hail and fire but never frost.",
    ),
    (
        "Chipmaker halts its plant over cooling water",
        "Lumen Foundry stopped its second plant on Friday when the river Aune grew too warm to cool it.",
        "The plant etches wafers for braking systems, and car makers hold stocks for about nine days.",
        "Regulators had allowed Lumen to draw eighty litres a second, a limit it passed twice in June.",
        "Workers were sent home on full wages while technicians flush the clean rooms with nitrogen.",
        "Shares in Lumen Foundry lost eleven percent before trading in them was suspended.",
    ),
)
"""A title, and sentences of which outlets print some."""


@cache
def _told(event: int, sentences: tuple[int, ...], language: str) -> Item:
    title, *lines = EVENTS[event]
    return item("", title, "\n".join(lines[n] for n in sentences), language=language)


def told(id: str, event: int, sentences: Sequence[int], seen_at: int | None, **known: Any) -> Item:
    """An article that prints some sentences of an event."""
    made, signature = _told(event, tuple(sentences), known.get("language", "en"))
    version = fingerprint(id, event, tuple(sentences), seen_at, known.get("language", "en"))
    times = {"published_at": seen_at, "seen_at": seen_at, "seen_stamped": seen_at is not None}
    return replace(made, **({"id": id, "uid": id, "version": version} | times | known)), signature


@st.composite
def logs(draw: st.DrawFn, *, versions: bool = False, undated: bool = False) -> list[Item]:
    """A week of articles in the order seen; with `versions` some stand for a second time, with `undated` some last."""
    size = draw(st.integers(1, 12))
    minutes = st.integers(0, 7 * 24 * 60)
    times = sorted(draw(st.lists(minutes, min_size=size, max_size=size, unique=True)))
    names = [f"a{n:02}" for n in range(size)]
    if versions:
        names = [names[draw(st.integers(max(0, n - 2), n))] for n in range(size)]
    dateless = draw(st.integers(0, min(3, size))) if undated else 0
    return [
        told(
            name,
            draw(st.integers(0, len(EVENTS) - 1)),
            draw(st.lists(st.integers(0, 4), min_size=1, max_size=5, unique=True)),
            at("2026-11-16 00:00") + minute * 60 if n < size - dateless else None,
            source_id=draw(st.sampled_from(sorted(SOURCES))),
            language=draw(st.sampled_from(["en", "en", "en", "sv"])),
        )
        for n, (name, minute) in enumerate(zip(names, times, strict=True))
    ]
