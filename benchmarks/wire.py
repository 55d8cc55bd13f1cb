"""How well copies are found, and how well is told who cut what: on wire copies whose lineage is known.

    python benchmarks/wire.py [--events 40] [--seed 1] [--show]

The texts are our own: the articles of the demo in content/, and reports about invented events told in two wordings.
Outlets print them trimmed, under another headline, merged, with paragraphs added or moved, with figures updated,
words changed, sentences joined and split, and each under its own furniture (newsletters, captions, "read also").
What is no pair: the same event in other words, other texts under the same furniture. Nothing here uses the
program's own idea of a sentence.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from html import escape
from itertools import combinations, islice
from pathlib import Path

from digest.config import Config
from digest.flows.fold import fold
from digest.flows.gather import Gathered
from digest.flows.prepare import Job, prepare
from digest.markup import plain
from digest.model import Archive, Body, Lineage, RawItem, Source
from digest.stages.lineage import Print, trace
from digest.stages.normalise import Setting
from digest.stages.pages.lineage import Beside, compared

CONTENT = Path(__file__).resolve().parents[1] / "content"
MONDAY = 1_795_413_600  # 2026-11-23 06:00 UTC
MINUTE = 60  # seconds
SPLIT = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)([\"”»]?)\s+(?=[\"“«]?[^\W\da-z])|(?<=[。！？؟])")
HEADED = re.compile(r"^[A-Z]{3}[^–—]{0,60}? [–—-] ")  # the demo's own datelines: prints get theirs here
AGENCY = "(Northgate Wire) — "
LEAST = 8  # sentences of a text that is printed on

Paragraphs = list[list["Said"]]


@dataclass(frozen=True)
class Said:
    """A sentence as one outlet prints it."""

    text: str
    of: tuple[str, ...] = ()  # what it was, sentence by sentence, before it was edited; nothing: it is the outlet's own

    @property
    def is_changed(self) -> bool:
        return bool(self.of) and self.of != (self.text,)


@dataclass
class Printed:
    """A text as an outlet prints it, and what it did with another's."""

    id: str
    outlet: str
    title: str
    paragraphs: Paragraphs
    family: str
    parent: str = ""  # the print that it follows; nothing: it is an original
    deed: str = ""
    cut: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    apart: bool = False  # the same event in other words

    @property
    def said(self) -> list[Said]:
        return [said for paragraph in self.paragraphs for said in paragraph]


# -- texts ---------------------------------------------------------------------------------------------------------

PLACES = (
    "Holm Varde Tarnby Aune Skerry Quayhead Brathay Losk Ostermoor Penmarra Vell Dunmere Karst Ilmen Sorrel".split()
)
FIRST = "Ada Bo Carla Dov Edda Farid Greta Hamo Ines Jory Kaisa Lev Mina Nils Orla Pavel Rosa Sten Tova Yara".split()
LAST = "Quay Lind Marrow Sethi Brandt Okafor Vance Hollis Dray Ruiz Amsel Petrov Keane Tamm Oduya Falk Moreau".split()
ROLES = ["the mayor of {p}", "who runs the depot at {p}", "a surveyor from {p}", "the union's secretary in {p}",
         "speaker of {p} council", "a pilot based at {p}", "head of the {p} clinic", "a teacher in {p}"]  # fmt: skip
FACTS = [  # one fact in two wordings
    ("{a}, {r}, said {n} {t} had been lost since the {e}.", "Since the {e}, {n} {t} are gone, if {a} counts rightly."),
    ("Crews from {p} hauled {n} {t} away before the {e} reached the lower road.",
     "Before the lower road was hit by the {e}, {n} {t} were carried off by teams out of {p}."),
    ("The council voted {n} to {m} to pay for new {t} out of its reserve.",
     "With {n} votes against {m}, new {t} will be bought from the reserves, councillors decided."),
    ("Residents of {p} slept in a school hall, where {a} handed out {n} blankets and {t}.",
     "{n} blankets, and {t} too, were given by {a} to people from {p} bedded down in the school."),
    ("No one knows who ordered the {t} that lay unopened at {p} for {n} weeks.",
     "For {n} weeks unopened {t} stood in {p}; whose order they were remains unclear."),
    ("Repairs will take until {m} March, {a} said, and cost {n} million crowns.",
     "{a} puts the bill at {n} million crowns, and expects work to end on {m} March."),
    ("A second {e} is unlikely, according to forecasters, though the {t} near {p} stay on watch.",
     "Forecasters rule out another {e} almost entirely; watch is still kept over the {t} by {p}."),
    ("{n} households between {p} and {q} had no power on Sunday night.",
     "On Sunday night the lights were out in {n} homes from {q} as far as {p}."),
    ("Insurers have sent {m} assessors, who began with the {t} closest to the water.",
     "Starting at the waterside {t}, {m} assessors are at work for the insurance firms."),
    ("In {m} years of work at {p}, {a} had never seen {t} float past the window.",
     "{t} drifting by the window were new even to {a}, {m} years in the job at {p}."),
    ("The ministry promised {n} crowns for every owner of damaged {t}, payable before the new year.",
     "Whoever owns damaged {t} is to get {n} crowns from the ministry by the end of December."),
    ("Trains between {q} and {p} run every {m} minutes again, half as often as usual.",
     "Half the usual trains, one in {m} minutes, now link {p} with {q}."),
    ("A petition that asks for stronger {t} has gathered {n} signatures in {m} days.",
     "{m} days were enough for {n} people to sign a call for sturdier {t}."),
    ("Fishermen moored {m} boats behind the {q} breakwater and roped the {t} to its railings.",
     "Behind the breakwater of {q} lie {m} fishing boats, the {t} tied to the rail above."),
    ("{a} wants the old warning sirens back, because {n} people never saw the message on their telephones.",
     "The message missed {n} telephones, which is why {a} is asking for the sirens of former days."),
    ("Schools in {q} open on the {m}th; those in {p} a week after that.",
     "Pupils return on the {m}th in {q}, and seven days later in {p}."),
]  # fmt: skip
QUOTES = ["“We counted {n} of them and then we stopped counting,” said {a}.",
          "“Nobody in {p} will forget this week,” {a} said at the harbour.",
          "“Give us {m} days and dry weather,” {a} told reporters in {q}."]  # fmt: skip
THINGS = (
    "beehives lifeboats ovens ladders generators greenhouses turbines caravans archives orchards looms kilns".split()
)
EVENTS = "flood frost storm blaze landslide quake drought thaw fog heatwave".split()
OWN = [
    "Our reporter walked the {p} road on Tuesday and met {m} lorries on it.",
    "In this town {a} keeps a list of those who want to help.",
    "Readers may remember the {e} of {n}, when the {p} bridge stood closed for a summer.",
    "The {p} tourist office says that its {m} walking tours take place as planned.",
    "What it means for {q}: fewer {t} in the shops, and higher prices by spring.",
    "{a} of the {q} chamber of trade sees no reason for alarm.",
]  # what an outlet writes itself
NEARLY = {"said": "stated", "had": "has", "before": "ahead of", "new": "fresh", "people": "persons", "night": "evening",
          "began": "started", "again": "once more", "because": "since", "every": "each", "usual": "normal"}  # fmt: skip


class Desk:
    """Writes texts and edits them; everything by the luck of one seed."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)

    def fill(self, pattern: str, known: dict[str, str]) -> str:
        """A sentence, with figures and names of its own and the event's thing."""
        luck = self.luck
        slots = known | {"n": str(luck.randint(31, 980)), "m": str(luck.randint(3, 29))}
        slots |= {"p": luck.choice(PLACES), "q": luck.choice(PLACES), "t": luck.choice(THINGS)}
        slots |= {"a": f"{luck.choice(FIRST)} {luck.choice(LAST)}"}
        slots["r"] = luck.choice(ROLES).format(p=slots["p"])
        text = pattern.format(**slots)
        return text[:1].upper() + text[1:]

    def event(self) -> tuple[str, Paragraphs, Paragraphs]:
        """A headline, and an event told in two wordings that share names, figures and quotations."""
        luck = self.luck
        known = {"e": luck.choice(EVENTS)}
        one, other = [], []
        for first, second in luck.sample(FACTS, luck.randint(9, len(FACTS))):
            state = luck.getstate()
            one.append(Said(self.fill(first, known)))
            luck.setstate(state)  # the same names and figures
            other.append(Said(self.fill(second, known)))
        for quote in luck.sample(QUOTES, 2):
            said = Said(self.fill(quote, known))
            one.insert(luck.randint(2, len(one)), said)
            other.insert(luck.randint(2, len(other)), said)
        title = f"{luck.choice(PLACES)} after the {known['e']}: {luck.choice(THINGS)} lost"
        return title, self.paragraphs(one), self.paragraphs(luck.sample(other, len(other)))

    def paragraphs(self, said: Sequence[Said]) -> Paragraphs:
        found, at = [], 0
        while at < len(said):
            size = self.luck.randint(1, 3)
            found.append(list(said[at : at + size]))
            at += size
        return found

    def own(self, count: int) -> list[Said]:
        """Sentences that an outlet has written itself."""
        known = {"e": self.luck.choice(EVENTS)}
        return [Said(self.fill(pattern, known)) for pattern in self.luck.sample(OWN, count)]


def demo() -> Iterator[tuple[str, Paragraphs]]:
    """The articles of the demo that are long enough to be printed on, each text once."""
    known: set[str] = set()
    for title, text in _articles():
        said = {letters(one.text) for paragraph in text for one in paragraph}
        if len(said & known) < len(said) / 4:
            yield title, text
        known |= said


def _articles() -> Iterator[tuple[str, Paragraphs]]:
    for file in sorted((CONTENT / "articles").rglob("*.md")):
        _, _, text = file.read_text("utf-8").rpartition("\n---\n")
        yield from _cut_up(file.stem, re.split(r"\n\s*\n", text))
    for file in sorted((CONTENT / "fetched").glob("[!r]*/*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            item = json.loads(line)
            yield from _cut_up(item["title"] or "", plain(item["html"] or "").splitlines())


def _cut_up(title: str, blocks: Iterable[str]) -> Iterator[tuple[str, Paragraphs]]:
    prose = [
        HEADED.sub("", " ".join(block.split())) for block in blocks if re.match(r"[\"“«\w]", block) and "[" not in block
    ]
    cut = [[Said(one.strip()) for one in _split(block) if len(one.split()) > 2] for block in prose if len(block) > 60]
    if sum(map(len, cut)) >= LEAST:
        yield title, [paragraph for paragraph in cut if paragraph]


def _split(block: str) -> list[str]:
    marked = SPLIT.sub(lambda found: f"{found[1] or ''}\n", block)
    return marked.split("\n")


# -- edits ---------------------------------------------------------------------------------------------------------


def carried(paragraphs: Paragraphs) -> Paragraphs:
    """The text as it comes to the next outlet: each sentence is what it was."""
    return [[Said(said.text, (said.text,)) for said in paragraph] for paragraph in paragraphs]


def edited(said: Said, text: str) -> Said:
    return replace(said, text=text)


def trim_end(desk: Desk, text: Paragraphs) -> Paragraphs:
    return text[: max(1, round(len(text) * desk.luck.uniform(0.4, 0.8)))]


def trim_inside(desk: Desk, text: Paragraphs) -> Paragraphs:
    kept = [[said for said in paragraph if desk.luck.random() < 0.7] for paragraph in text]
    return [paragraph for paragraph in kept if paragraph] or text[:1]


def trim_start(desk: Desk, text: Paragraphs) -> Paragraphs:
    return text[max(1, len(text) // desk.luck.randint(3, 5)) :]


def add(desk: Desk, text: Paragraphs) -> Paragraphs:
    """Paragraphs of the outlet's own, a quarter of the text at most: what has more is no copy but a source used."""
    made = [*text]
    most = min(4, max(1, sum(map(len, text)) // 4))
    for said in desk.own(desk.luck.randint(1, most)):
        made.insert(desk.luck.randint(0, len(made)), [said])
    return made


def figures(desk: Desk, text: Paragraphs) -> Paragraphs:
    """Figures brought up to date."""
    return per_sentence(
        desk, text, 0.5, lambda t: re.sub(r"\b\d{1,3}\b", lambda m: str(int(m[0]) + desk.luck.randint(1, 9)), t)
    )


def wording(desk: Desk, text: Paragraphs) -> Paragraphs:
    """Words replaced by others like them, attributions put in."""

    def reworded(said: str) -> str:
        changed = " ".join(NEARLY.get(word, word) for word in said.split())
        if desk.luck.random() < 0.3:
            changed = f"{changed.rstrip('.')}, the agency reported."
        return changed

    return per_sentence(desk, text, 0.6, reworded)


def shortened(desk: Desk, text: Paragraphs) -> Paragraphs:
    """Clauses dropped at the ends of sentences, words out of their middle."""

    def cut(said: str) -> str:
        parts = said.split()
        if len(parts) < 9:
            return said
        if desk.luck.random() < 0.5:
            return " ".join(parts[: -desk.luck.randint(3, len(parts) // 3)]).rstrip(",;") + "."
        at = desk.luck.randint(2, len(parts) - 5)
        return " ".join(parts[:at] + parts[at + desk.luck.randint(1, 3) :])

    return per_sentence(desk, text, 0.4, cut)


def joined(desk: Desk, text: Paragraphs) -> Paragraphs:
    """Neighbours joined into one sentence, others split at a comma."""
    made: Paragraphs = []
    for paragraph in text:
        row: list[Said] = []
        for said in paragraph:
            head, comma, tail = said.text.partition(", ")
            if row and not row[-1].is_changed and desk.luck.random() < 0.3:
                both = f"{row[-1].text.rstrip('.')}, and {said.text[:1].lower()}{said.text[1:]}"
                row[-1] = Said(both, (*row[-1].of, *said.of))
            elif comma and min(len(head.split()), len(tail.split())) > 5 and desk.luck.random() < 0.5:
                row += [edited(said, f"{head}."), edited(said, f"{tail[:1].upper()}{tail[1:]}")]
            else:
                row.append(said)
        made.append(row)
    return made


def per_sentence(desk: Desk, text: Paragraphs, chance: float, edit: Callable[[str], str]) -> Paragraphs:
    return [
        [edited(said, edit(said.text)) if said.of and desk.luck.random() < chance else said for said in paragraph]
        for paragraph in text
    ]


def typography(text: str) -> str:
    """The same words in another house style: no change."""
    return text.replace("“", '"').replace("”", '"').replace("’", "'").replace(" - ", " – ").replace(", ", ",\u00a0", 1)


def dateline(desk: Desk, text: Paragraphs) -> Paragraphs:
    """Another town, another day: no change either."""
    first = text[0][0]
    place = desk.luck.choice(PLACES).upper()
    told = first.text.partition(AGENCY)[2] or first.text
    return [[replace(first, text=f"{place}, Nov 23 {AGENCY}{told}"), *text[0][1:]], *text[1:]]


EDITS: dict[str, tuple[Callable[[Desk, Paragraphs], Paragraphs], ...]] = {
    "word for word": (),
    "end cut": (trim_end,),
    "cut inside": (trim_inside,),
    "start cut": (trim_start,),
    "added": (add,),
    "cut and added": (trim_inside, add),
    "figures": (figures,),
    "wording": (wording,),
    "shortened": (shortened,),
    "joined, split": (joined,),
    "cut, updated, added": (trim_end, figures, add),
    "all at once": (trim_end, figures, shortened, add),
}


def move(desk: Desk, text: Paragraphs) -> tuple[Paragraphs, list[str]]:
    """A paragraph moved over more sentences than it has."""
    at = desk.luck.randrange(len(text))
    to = desk.luck.choice([n for n in range(len(text)) if n != at] or [at])
    rest = text[:at] + text[at + 1 :]
    passed = sum(len(paragraph) for paragraph in text[min(at, to) : max(at, to) + 1]) - len(text[at])
    if passed <= len(text[at]):
        return text, []
    return [*rest[:to], text[at], *rest[to:]], [said.text for said in text[at]]


# -- the world -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outlet:
    """A site, and what it puts around its texts."""

    id: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    read_also: bool = False


def outlets(desk: Desk, count: int = 10) -> list[Outlet]:
    made = [Outlet("wire", below=("© Northgate Wire. All rights reserved.",))]
    for n in range(count):
        lines = [f"{said.text}" for said in desk.own(desk.luck.randint(2, 5))]
        news = f"Sign up for the {PLACES[n]} morning letter. It comes free at six, with all you need for the day ahead."
        above = ("Share this article", f"Listen to {PLACES[n]} Radio") if n % 3 == 0 else ()
        below = (*(f"Picture {at}: {line}" for at, line in enumerate(lines, start=1)), news) if n % 2 else (news,)
        made.append(Outlet(f"outlet{n}", above, below, read_also=n % 4 == 1))
    return [*made, Outlet("plain")]


def world(events: int, seed: int, articles: int | None = None) -> tuple[list[Printed], dict[str, Outlet]]:
    """All that is printed, in the order seen: of the demo's articles only the first where a number is given."""
    desk = Desk(seed)
    houses = outlets(desk)
    printed: list[Printed] = []

    def put(made: Printed) -> Printed:
        printed.append(made)
        return made

    told = [(title, text, None) for title, text in islice(demo(), articles)]
    told += [desk.event() for _ in range(events)]
    before: Printed | None = None
    for n, (title, text, other) in enumerate(told):
        family = f"f{n}"
        first = put(Printed(f"{family}-0", "wire" if n % 3 else houses[1 + n % 9].id, title, text, family))
        names = desk.luck.sample(sorted(EDITS), 4)
        takers = desk.luck.sample([house.id for house in houses if house.id != first.outlet], 7)
        for at, (name, outlet) in enumerate(zip(names, takers, strict=False), start=1):
            put(follow(desk, first, f"{family}-{at}", outlet, name))
        put(moved(desk, first, f"{family}-5", takers[4]))
        added = put(follow(desk, first, f"{family}-6", takers[5], "added"))
        put(follow(desk, added, f"{family}-7", takers[6], "end cut" if n % 2 else "figures"))
        if before is not None and n % 2:
            put(merged(desk, first, before, f"{family}-8", takers[0]))
        if other is not None:
            for at, outlet in enumerate(takers[:2]):
                put(Printed(f"{family}-a{at}", outlet, f"{title}, again", other, f"{family}-a", apart=True))
        before = first
    return printed, {house.id: house for house in houses}


def follow(desk: Desk, parent: Printed, id: str, outlet: str, name: str) -> Printed:
    """A print of another's text, edited."""
    text = carried(parent.paragraphs)
    for edit in EDITS[name]:
        text = edit(desk, text)
    kept = {was for paragraph in text for said in paragraph for was in said.of}
    if parent.parent and not kept & {said.text for said in parent.said if not said.of}:
        name = "word for word"  # nothing is left by which one could tell whose print it follows
        text = carried(parent.paragraphs)
    return _print(desk, parent, id, outlet, name, text)


def moved(desk: Desk, parent: Printed, id: str, outlet: str) -> Printed:
    text, sentences = move(desk, carried(parent.paragraphs))
    return replace(_print(desk, parent, id, outlet, "moved", text), moved=sentences)


def merged(desk: Desk, parent: Printed, other: Printed, id: str, outlet: str) -> Printed:
    """Most of one text, and a few paragraphs of another that are new beside it."""
    text = carried(parent.paragraphs)
    text = text[: max(2, len(text) * 3 // 4)]
    return _print(desk, parent, id, outlet, "merged", [*text, *other.paragraphs[: max(1, len(text) // 3)]])


def _print(desk: Desk, parent: Printed, id: str, outlet: str, name: str, text: Paragraphs) -> Printed:
    known = {was for paragraph in text for said in paragraph for was in said.of}
    cut = [said.text for said in parent.said if said.text not in known]
    if desk.luck.random() < 0.4 and text[0][0].of:
        text = dateline(desk, text)
    title = parent.title if desk.luck.random() < 0.3 else f"{desk.luck.choice(PLACES)}: {name} {id}"
    return Printed(id, outlet, title, text, parent.family, parent.id, name, cut)


def html_of(one: Printed, house: Outlet, title: str) -> str:
    """The page as the outlet serves it."""
    styled = [
        typography(" ".join(said.text for said in paragraph))
        if len(one.id) % 2
        else " ".join(said.text for said in paragraph)
        for paragraph in one.paragraphs
    ]
    read_also = [f"Read also: {title}"] if house.read_also else []
    lines = [*house.above, *styled[:2], *read_also, *styled[2:], *house.below]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def archive_of(printed: Sequence[Printed], houses: dict[str, Outlet]) -> tuple[Archive, dict[str, Body]]:
    """The prints as the program groups them, with their bodies by version."""
    sources = {id: Source(id=id, name=id.title(), language="") for id in houses}
    made = []
    for n, one in enumerate(printed):
        raw = RawItem(source_id=one.outlet, uid=one.id, title=one.title, seen_at=MONDAY + n * MINUTE,
                      html=html_of(one, houses[one.outlet], printed[n - 1].title))  # fmt: skip
        setting = Setting(source=sources[one.outlet], outlets=frozenset(), zone=UTC, date_order="DMY", show="full")
        made.append(prepare(Job(key=one.id, raw=raw, setting=setting)))
    gathered = Gathered(items=(), rejected=(), sources=sources, statuses=(), runs=(), editions=(), keys=())
    signatures = {one.article.version: one.signature for one in made}
    articles = [one.article for one in made]
    archive = fold(articles, lambda one: signatures[one.version], gathered, Config(title="Wire"))
    return archive, {one.article.version: one.body for one in made}


# -- scores --------------------------------------------------------------------------------------------------------


@dataclass
class Score:
    """Counts, and what follows from them."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        self.right, self.wrong, self.missed = (
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )
        return self

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


@dataclass
class Result:
    """What a run has found."""

    pairs: Score
    positives: int
    negatives: int  # told apart on purpose: the same event in other words, other texts under the same furniture
    deeds: dict[str, Score]  # cut, added, changed, and all of them
    moved: Score
    by_edit: dict[str, Score]
    by_kind: dict[str, Score]  # of pairs


def measure(events: int, seed: int, *, articles: int | None = None, show: bool = False) -> Result:
    """Groups a world and compares what is told of it with what was done."""
    printed, houses = world(events, seed, articles)
    archive, bodies = archive_of(printed, houses)
    uid = {article.id: article.uid for article in archive.articles.values()}
    group = {uid[id]: uid[one.lead_id] for story in archive.stories.values() for one in story.groups
             for id in (one.lead_id, *one.copy_ids)}  # fmt: skip
    lineages = {uid[one.article_id]: one for one in traced(archive, bodies)}
    pairs, by_kind, positives, negatives = score_pairs(printed, group, show)
    deeds: defaultdict[str, Score] = defaultdict(Score)
    by_edit: defaultdict[str, Score] = defaultdict(Score)
    moves = Score()
    for one in printed:
        if one.parent:
            found = lineages.get(one.id)
            follows = found is not None and uid[found.of_id] == one.parent
            gold, told = done(one), _told(found) if found and follows else None
            for kind in ("cut", "added", "changed"):
                score = compare(gold[kind], told[kind] if told else Counter())
                if show and (score.wrong or score.missed):
                    _show(one, kind, gold[kind], told[kind] if told else None)
                deeds[kind] += score
                deeds["all"] += score
                by_edit[one.deed] += score
            moves += compare(gold["moved"], told["moved"] if told else Counter())
    return Result(pairs, positives, negatives, dict(deeds), moves, dict(by_edit), by_kind)


def traced(archive: Archive, bodies: dict[str, Body]) -> Iterator[Lineage]:
    beside = Beside(archive)
    for story in archive.stories.values():
        for one in compared(story, archive, beside):
            yield from trace([
                Print(id=id, text=bodies[version].text, beside=tuple(bodies[other].text for other in others))
                for id, version, others in zip(one.ids, one.versions, one.beside, strict=True)
            ])  # fmt: skip


def score_pairs(
    printed: Sequence[Printed], group: dict[str, str], show: bool
) -> tuple[Score, dict[str, Score], int, int]:
    """Pairs of a print and its parent are right, pairs of one family are left out, all others are wrong."""
    by_id = {one.id: one for one in printed}
    score, by_kind = Score(), defaultdict[str, Score](Score)
    related = {one.id: {one.family} for one in printed}
    for one in printed:
        if one.deed == "merged":
            related[one.id].add(f"f{int(one.family[1:]) - 1}")
        if one.parent:
            hit = group[one.id] == group[one.parent]
            by_kind[one.deed] += Score(right=int(hit), missed=int(not hit))
            score += Score(right=int(hit), missed=int(not hit))
    members: defaultdict[str, list[str]] = defaultdict(list)
    for id, lead in group.items():
        members[lead].append(id)
    for ids in members.values():
        for one, other in combinations(ids, 2):
            if not related[one] & related[other]:
                score += Score(wrong=1)
                if show:
                    print("wrong pair", by_id[one].id, by_id[one].outlet, by_id[other].id, by_id[other].outlet)
    apart = sum(one.apart for one in printed) * 8  # with each print of the event told otherwise
    by_outlet = Counter(one.outlet for one in printed)
    return (
        score,
        dict(by_kind),
        sum(bool(one.parent) for one in printed),
        apart + sum(n * (n - 1) // 2 for n in by_outlet.values()),
    )


def done(one: Printed) -> dict[str, Counter[str]]:
    """What the outlet has done, each sentence by its letters."""
    changed = [was for said in one.said if said.is_changed and not _is_same(said) for was in dict.fromkeys(said.of)]
    return {
        "cut": Counter(map(letters, one.cut)),
        "added": Counter(letters(said.text) for said in one.said if not said.of),
        "changed": Counter(map(letters, dict.fromkeys(changed))),
        "moved": Counter(map(_undated, one.moved)),
    }


def _is_same(said: Said) -> bool:
    """Is it the sentence that it was, but for a dateline?"""
    return len(said.of) == 1 and _undated(said.text) == _undated(said.of[0])


def _undated(text: str) -> str:
    return letters(text.partition(AGENCY)[2] or text)


def _told(found: Lineage) -> dict[str, Counter[str]]:
    return {
        "cut": Counter(map(letters, found.cut)),
        "added": Counter(map(letters, found.added)),
        "changed": Counter({letters(change.before) for change in found.changed}),
        "moved": Counter(map(_undated, found.moved)),
    }


def letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def compare(gold: Counter[str], told: Counter[str]) -> Score:
    right = (gold & told).total()
    return Score(right, told.total() - right, gold.total() - right)


def _show(one: Printed, kind: str, gold: Counter[str], told: Counter[str] | None) -> None:
    print(f"{one.id} {one.outlet} {one.deed}: {kind}", "NOT FOUND" if told is None else "")
    if told is not None:
        print("   missed", [text[:70] for text in gold - told], "wrong", [text[:70] for text in told - gold])


def table(result: Result) -> str:
    """The figures as people read them."""
    lines = [f"{'':24}{'P':>8}{'R':>8}{'F':>8}   of"]

    def line(name: str, score: Score) -> None:
        known = score.right + score.missed
        lines.append(f"{name:24}{score.precision:8.3f}{score.recall:8.3f}{score.f:8.3f}   {known}")

    line("pairs", result.pairs)
    for name, score in sorted(result.by_kind.items()):
        line(f"  {name}", score)
    line("who cut what", result.deeds["all"])
    for name in ("cut", "added", "changed"):
        line(f"  {name}", result.deeds[name])
    line("  moved", result.moved)
    for name, score in sorted(result.by_edit.items()):
        line(f"    in: {name}", score)
    return "\n".join([*lines, f"{result.positives} pairs, {result.negatives} that are none"])


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=40)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--show", action="store_true", help="every sentence told wrongly")
    said = asked.parse_args()
    print(table(measure(said.events, said.seed, show=said.show)))
