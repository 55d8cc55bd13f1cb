"""A run of the fetcher: a real server, real files, and no clock but the one handed in."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from digest.config import Config
from digest.errors import Busy, ConfigError
from digest.flows import fetch as fetching
from digest.flows.fetch import MOST_ITEMS, fetch
from digest.flows.forgotten import handle_hash
from digest.flows.tally import FetchReport
from digest.model import Answer, Source
from digest.shell import log
from tests.server import Server, http, serving

MONDAY = 1_795_413_600  # 2026-11-23 06:00 UTC
HOUR = 3_600  # seconds
ETAGGED = {"ETag": '"one"', "Last_Modified": "Sun, 22 Nov 2026 10:00:00 GMT"}


def feed(*items: tuple[str, str], text: str = "Port workers in Aden have voted.") -> bytes:
    """An RSS document with items of such ids and titles."""
    listed = "".join(
        f"<item><guid>{id}</guid><title>{title}</title><link>https://example.org/{id}</link>"
        f"<pubDate>Mon, 23 Nov 2026 04:52:00 GMT</pubDate><description>{text}</description></item>"
        for id, title in items
    )
    return f"<rss version='2.0'><channel><title>Wire</title>{listed}</channel></rss>".encode()


class Desk:
    """A project, and the server that its sources stand on."""

    def __init__(self, root: Path, server: Server) -> None:
        self.root, self.server, self.told = root, server, []
        self.config = Config(
            title="desk", allow_private=(server.host,), timeout_seconds=2.0, contact="desk@example.org"
        )

    def source(self, id: str, **other: object) -> None:
        """One more source; its feed stands at /<id>."""
        one = Source(**({"id": id, "name": id, "url": self.server.url(f"/{id}")} | other))
        self.config = replace(self.config, sources=(*self.config.sources, one))

    def set(self, **settings: object) -> None:
        self.config = replace(self.config, **settings)

    def run(self, at: int = MONDAY, **other: object) -> FetchReport:
        given = {"environ": {}, "progress": lambda at: self.told.append(at.said)} | other
        return fetch(self.root, self.config, now=at, **given)

    def lines(self, id: str, month: str = "2026-11") -> list[dict]:
        path = self.root / "content" / "fetched" / id / f"{month}.jsonl"
        return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []

    def everything(self) -> str:
        """All that the run has written, and told."""
        files = [path.read_text(errors="replace") for path in sorted(self.root.rglob("*")) if path.is_file()]
        return "\n".join([*files, *self.told])


@pytest.fixture(name="desk")
def _desk(tmp_path) -> Iterator[Desk]:
    with serving() as server:
        yield Desk(tmp_path, server)


def test_of_an_answer_so_many_items_are_taken_and_the_others_told(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(*((f"{n:04}", f"Item {n}") for n in range(MOST_ITEMS + 3))))
    answer = desk.run().answers["wire"]
    assert [line["uid"] for line in desk.lines("wire")][-1] == f"{MOST_ITEMS - 1:04}"
    assert (answer.items, answer.reason) == (MOST_ITEMS, "3 items behind the first 2,000 left out")


def test_a_month_that_would_grow_too_large_is_kept_as_it_is(desk, monkeypatch):
    """What is larger than a build reads would be lost from the site, and more than GitHub takes from the repository."""
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "The quay opens")))
    desk.run()
    before = desk.lines("wire")
    monkeypatch.setattr(fetching, "LARGEST_MONTH", 300)
    desk.server.answers["/wire"] = http(feed(("a", "The quay opens"), ("b", "The quay shuts")))
    answer = desk.run(MONDAY + HOUR).answers["wire"]
    assert (answer.status, answer.items) == ("failed", 0)
    assert answer.reason == "its log of this month would pass 0 MiB: nothing more of it is kept until the next"
    assert desk.lines("wire") == before


def test_of_versions_that_one_document_holds_the_last_published_is_kept_once(desk):
    desk.source("wire")
    old = feed(("a", "The quay opens"))
    for at, neighbour in enumerate(("b", "c", "d")):
        late = feed(("a", "The quay opens late"), (neighbour, "Other")).replace(b"04:52", b"05:10")
        two = late.replace(b"</channel>", old.partition(b"</title>")[2])
        desk.server.answers["/wire"] = http(two)
        assert desk.run(at=MONDAY + at).new == (2 if at == 0 else 1)
    assert [line["title"] for line in desk.lines("wire") if line["uid"] == "a"] == ["The quay opens late"]


def test_what_is_new_is_added_word_for_word(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("b", "Aden &amp;amp; the port"), ("a", "Trêve")))
    report = desk.run()
    assert (report.new, report.failed, report.summary) == (2, (), "2 new items; 1 of 1 source answered")
    first, second = desk.lines("wire")
    assert (first["uid"], second["uid"]) == ("a", "b")
    assert first == {
        "v": 1,
        "seen_at": MONDAY,
        "uid": "a",
        "url": "https://example.org/a",
        "title": "Trêve",
        "html": "Port workers in Aden have voted.",
        "author": None,
        "published": "Mon, 23 Nov 2026 04:52:00 GMT",
        "updated": None,
        "language": None,
    }
    assert desk.lines("runs") == [
        {
            "v": 1,
            "run_at": MONDAY,
            "sources": {"wire": {"status": "ok", "http": 200, "items": 2, "moved_to": None, "reason": None}},
        }
    ]
    assert desk.server.headers("/wire")[0]["user-agent"] == "digest/0.1.0 (+desk@example.org)"


def test_a_second_run_adds_only_what_has_changed(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "One"), ("b", "Two")))
    desk.run()
    assert desk.run(MONDAY + HOUR).new == 0
    desk.server.answers["/wire"] = http(feed(("a", "One, corrected"), ("b", "Two"), ("c", "Three")))
    assert desk.run(MONDAY + 2 * HOUR).new == 2
    assert desk.run(MONDAY + 3 * HOUR).new == 0
    assert [(line["uid"], line["title"], line["seen_at"] - MONDAY) for line in desk.lines("wire")] == [
        ("a", "One", 0),
        ("b", "Two", 0),
        ("a", "One, corrected", 2 * HOUR),
        ("c", "Three", 2 * HOUR),
    ]
    assert [line["sources"]["wire"]["items"] for line in desk.lines("runs")] == [2, 0, 2, 0]


def test_the_log_goes_by_months_and_is_known_over_them(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "One")))
    desk.run(MONDAY)
    desk.server.answers["/wire"] = http(feed(("a", "One"), ("b", "Two")))
    desk.run(MONDAY + 10 * 24 * HOUR)
    assert [line["uid"] for line in desk.lines("wire", "2026-11")] == ["a"]
    assert [line["uid"] for line in desk.lines("wire", "2026-12")] == ["b"]


def test_what_has_not_changed_is_not_sent_again(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = lambda asked: (
        http(status="304 Not Modified") if "if-none-match" in asked else http(feed(("a", "One")), **ETAGGED)
    )
    assert desk.run().answers["wire"].status == "ok"
    assert desk.run(MONDAY + HOUR).answers["wire"] == Answer(status="not_modified", http=304)
    assert desk.run(MONDAY + 2 * HOUR).answers["wire"] == Answer(status="not_modified", http=304)
    assert desk.server.headers("/wire")[2]["if-modified-since"] == "Sun, 22 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize("damage", ["log", "cache", "address"])
def test_validators_count_only_for_what_the_log_still_holds(desk, damage):
    desk.source("wire")
    desk.server.answers["/wire"] = desk.server.answers["/other"] = http(feed(("a", "One")), **ETAGGED)
    desk.run()
    if damage == "log":
        (desk.root / "content" / "fetched" / "wire" / "2026-11.jsonl").unlink()
        (desk.root / "content" / "fetched" / "wire").rmdir()
    elif damage == "cache":
        (desk.root / ".digest" / "validators").write_bytes(b'{"wire": {"etag": 1')
    else:
        desk.set(sources=(replace(desk.config.sources[0], url=desk.server.url("/other")),))
    desk.run(MONDAY + HOUR)
    assert "if-none-match" not in desk.server.asked[-1][1]
    assert len(desk.lines("wire")) == 1


@pytest.mark.parametrize("still_there", [True, False])
def test_an_item_whose_line_was_torn_is_asked_for_again_though_nothing_else_has_changed(desk, still_there):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "One"), ("b", "Two")), **ETAGGED)
    desk.run()
    path = desk.root / "content" / "fetched" / "wire" / "2026-11.jsonl"
    path.write_bytes(path.read_bytes()[:-9])
    if not still_there:
        desk.server.answers["/wire"] = http(feed(("a", "One")), **ETAGGED)
    desk.run(MONDAY + 10 * 24 * HOUR)
    assert [line["uid"] for line in desk.lines("wire")] == ["a"]
    assert [line["uid"] for line in desk.lines("wire", "2026-12")] == (["b"] if still_there else [])
    assert "if-none-match" not in desk.server.asked[-1][1]


def test_what_could_not_be_read_is_asked_for_again_whole(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "One")), ETag='"one"')
    desk.run()
    desk.server.answers["/wire"] = http(b"<html><title>Log in</title></html>", ETag='"two"')
    assert desk.run(MONDAY + HOUR).answers["wire"].status == "failed"
    desk.run(MONDAY + 2 * HOUR)
    assert [headers.get("if-none-match") for headers in desk.server.headers("/wire")] == [None, '"one"', '"one"']


def test_sources_that_fail_are_told_and_end_nothing(desk):
    for id in ("wire", "gone", "missing", "page", "bomb", "inward", "nonsense", "empty"):
        desk.source(id)
    desk.set(max_mebibytes=1.0)
    desk.server.answers |= {
        "/wire": http(feed(("a", "One"))),
        "/gone": http(status="410 Gone"),
        "/page": http(b"<html><title>502 Bad Gateway</title><body>nginx</body></html>"),
        "/bomb": http(gzip.compress(b"0" * 20_000_000), Content_Encoding="gzip"),
        "/inward": http(status="302 Found", Location="http://169.254.169.254/feed"),
        "/nonsense": http(b"\x00\x01\x02 http://127.0.0.1/feed"),
        "/empty": http(feed()),
    }
    report = desk.run()
    assert report.new == 1
    failed = dict(report.failed)
    assert failed.keys() == {"gone", "missing", "page", "bomb", "inward", "nonsense"}
    assert failed["gone"] == "HTTP 410 Gone: take it out of sources.toml"
    assert failed["missing"] == "HTTP 404 Not Found"
    assert failed["page"] == "not a feed: an HTML page (its title: 502 Bad Gateway)"
    assert failed["bomb"] == "larger than 1 MiB"
    assert failed["inward"].startswith("a private address")
    assert report.answers["empty"] == Answer(status="ok", http=200)
    (run,) = desk.lines("runs")
    assert list(run["sources"]) == [source.id for source in desk.config.sources]
    assert run["sources"]["page"]["http"] == 200
    assert "bomb: failed" in desk.told, "why stands in a warning, once"
    assert "larger than 1 MiB" not in report.table


def test_a_run_is_written_down_also_when_everything_failed(desk):
    desk.source("wire")
    report = desk.run()
    assert report.failed == (("wire", "HTTP 404 Not Found"),)
    assert [line["run_at"] for line in desk.lines("runs")] == [MONDAY]


def test_where_no_source_answers_it_is_said(desk):
    desk.source("wire")
    desk.source("gone")
    said = "none answered of 2 sources: nothing new was fetched, and what was fetched before stands"
    assert desk.run().silence == said
    desk.server.answers["/wire"] = http(feed(("a", "One")))
    assert desk.run().silence == ""


def test_without_feeds_nothing_is_written_down(desk):
    desk.source("saved", url="", path="feeds/saved.xml")
    assert desk.run().summary == "0 new items; 0 of 0 sources answered"
    assert desk.lines("runs") == []


def test_a_move_is_written_down_and_told(desk):
    desk.source("wire")
    desk.source("quiet", publish=False)
    desk.server.answers |= {
        "/wire": http(status="301 Moved", Location="/new"),
        "/quiet": http(status="301 Moved", Location="/new"),
        "/new": http(feed(("a", "One"))),
    }
    assert desk.run().answers["wire"].moved_to == desk.server.url("/new")
    assert f"wire: 1 new; it has moved to {desk.server.url('/new')}: change its url in sources.toml" in desk.told
    assert "quiet: 1 new" in desk.told


def test_a_secret_is_nowhere(desk):
    desk.source("wire", url=desk.server.url("/feed?key=${WIRE_KEY}"))
    desk.source("broken", url="https://${WIRE_KEY}.invalid/${WIRE_KEY}")
    desk.source("page", url=desk.server.url("/page?key=${WIRE_KEY}"))
    desk.source("unset", url="https://example.org/${NOT_SET}")
    desk.server.answers |= {
        "/feed?key=hunter2": http(status="301 Moved", Location="/feed?token=hunter2"),
        "/feed?token=hunter2": http(feed(("a", "One")), **ETAGGED),
        "/page?key=hunter2": http(b"<html><title>hunter2 is not valid</title></html>"),
    }
    report = desk.run(environ={"WIRE_KEY": "hunter2"})
    assert report.new == 1
    assert dict(report.failed)["unset"] == "the environment variable NOT_SET, which its url names, is not set"
    assert dict(report.failed)["page"] == "not a feed: an HTML page (its title: ${WIRE_KEY} is not valid)"
    assert "hunter2" not in desk.everything() + report.summary + str(report)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("7200", 7200), ("Mon, 23 Nov 2026 08:00:00 GMT", 7200), ("1000000000000", 7 * 86_400)],
)
def test_a_server_that_asks_us_to_wait_is_left_alone(desk, asked, seconds):
    desk.source("wire")
    desk.server.answers["/wire"] = http(status="429 Slow down", Retry_After=asked)
    desk.run()
    report = desk.run(MONDAY + seconds - 1)
    assert len(desk.server.asked) == 1
    assert dict(report.failed)["wire"].startswith("not asked: the server wants no question before 2026-11-")
    desk.run(MONDAY + seconds)
    assert len(desk.server.asked) == 2


@pytest.mark.parametrize(
    "asked", ["-1", "soon", "9" * 5000, "Mon, 23 Nov 1999 08:00:00 GMT", "Mon, 99 Nov 2026 08:00:00 GMT"]
)
def test_nonsense_makes_nobody_wait(desk, asked):
    desk.source("wire")
    desk.server.answers["/wire"] = http(status="503 Sorry", Retry_After=asked)
    desk.run()
    desk.run(MONDAY + 1)
    assert len(desk.server.asked) == 2


def test_a_source_is_polled_no_more_often_than_it_should_be(desk):
    desk.source("wire", poll_minutes=1440)
    desk.server.answers["/wire"] = http(feed(("a", "One")))
    desk.run()
    assert desk.run(MONDAY + HOUR).answers == {}
    assert desk.run(MONDAY + HOUR, only=("wire",)).answers.keys() == {"wire"}
    assert desk.run(MONDAY + 25 * HOUR).answers.keys() == {"wire"}
    assert [len(run["sources"]) for run in desk.lines("runs")] == [1, 0, 1, 1]


def test_a_feed_is_asked_no_more_often_than_it_says_itself(desk):
    desk.source("wire")
    desk.source("eager", poll_minutes=30)
    said = feed(("a", "One")).replace(b"<channel>", b"<channel><ttl>120</ttl>")
    desk.server.answers |= {"/wire": http(said), "/eager": http(said)}
    desk.run()
    report = desk.run(MONDAY + HOUR)
    assert report.answers.keys() == {"eager"}
    left = "1 not due yet (`digest fetch --source ID` asks at once)"
    assert report.summary == f"0 new items; 1 of 1 source answered; {left}"
    assert desk.run(MONDAY + 2 * HOUR).answers.keys() == {"wire", "eager"}


def test_when_a_source_is_due_again_differs_from_source_to_source_but_is_no_chance(desk):
    for n in range(40):
        desk.source(f"s{n}", poll_minutes=1000)
        desk.server.answers[f"/s{n}"] = http(feed())
    desk.run()
    before = (desk.root / ".digest" / "validators").read_bytes()
    some = desk.run(MONDAY + 850 * 60).answers.keys()
    assert 5 < len(some) < 35
    (desk.root / ".digest" / "validators").write_bytes(before)
    assert desk.run(MONDAY + 850 * 60).answers.keys() == some


def test_a_failing_source_rests_ever_longer_but_a_daily_run_always_asks(desk):
    desk.source("wire")
    asked = []
    for hour in range(72):
        desk.run(MONDAY + hour * HOUR)
        if len(desk.server.asked) > len(asked):
            asked.append(hour)
    rests = [after - before for before, after in pairwise(asked)]
    assert rests[:2] == [1, 1] and rests[:6] == sorted(rests[:6]) and all(20 <= rest <= 22 for rest in rests[6:])
    desk.server.answers["/wire"] = http(feed(("a", "One")))
    assert desk.run(MONDAY + 100 * HOUR).new == 1
    assert desk.run(MONDAY + 101 * HOUR).answers.keys() == {"wire"}


def test_what_is_gone_is_not_asked_again_unless_it_is_named_or_has_another_address(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(status="410 Gone")
    desk.run()
    report = desk.run(MONDAY + 24 * HOUR)
    assert len(desk.server.asked) == 1
    assert report.failed == (("wire", "HTTP 410 Gone, and not asked again: take it out of sources.toml"),)
    assert report.answers["wire"].http == 410
    desk.run(MONDAY + 48 * HOUR, only=("wire",))
    assert len(desk.server.asked) == 2
    desk.set(sources=(replace(desk.config.sources[0], url=desk.server.url("/other")),))
    desk.run(MONDAY + 72 * HOUR)
    assert desk.server.asked[-1][0] == "/other"


def test_a_move_to_where_a_secret_of_ours_would_be_named_is_followed_and_not_told(desk):
    desk.source("wire")
    new = "/new?x=${GITHUB_TOKEN}"
    desk.server.answers |= {"/wire": http(status="301 Moved", Location=new), new: http(feed(("a", "One")))}
    report = desk.run(environ={"GITHUB_TOKEN": "hunter2"})
    assert (report.new, report.moved, report.answers["wire"].moved_to) == (1, (), None)
    desk.run(MONDAY + HOUR, environ={"GITHUB_TOKEN": "hunter2"})
    assert "GITHUB_TOKEN" not in "".join(desk.told)
    assert "hunter2" not in f"{desk.server.asked}{desk.everything()}"


def test_where_a_source_has_moved_it_is_asked_and_the_move_is_told_until_it_is_made(desk):
    desk.source("wire")
    desk.server.answers |= {"/wire": http(status="308 Moved", Location="/new"), "/new": http(feed(("a", "One")))}
    for at in range(3):
        report = desk.run(MONDAY + at * HOUR)
        assert report.moved == (("wire", desk.server.url("/new")),)
    assert [path for path, _ in desk.server.asked] == ["/wire", "/new", "/new", "/new"]
    assert report.table.endswith(f"moved to {desk.server.url('/new')}")
    del desk.server.answers["/new"]
    desk.run(MONDAY + 3 * HOUR)
    desk.server.answers["/wire"] = http(feed(("b", "Two")))  # it has moved back
    report = desk.run(MONDAY + 4 * HOUR)
    assert (report.new, report.moved) == (1, ())


@pytest.mark.parametrize("keep", ["full", "extract"])
@pytest.mark.parametrize("tag", ["<ul><li>" * 150_000, f"<p {' '.join(f'a{n}' for n in range(200_000))}>"])
def test_markup_that_burns_its_parsers_costs_no_item_and_no_time(desk, tag, keep):
    desk.set(keep=keep)
    for id, text in (("burning", tag + "Fog."), ("wire", "Port workers.")):
        desk.source(id)
        items = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "content_html": text}]}
        desk.server.answers[f"/{id}"] = http(json.dumps(items).encode())
    assert (desk.run().new, desk.run(MONDAY + HOUR).new) == (2, 0)


def test_what_burns_all_the_same_ends_its_own_source_only(desk):
    stone = {"kind": "handle", "hash": handle_hash("dock_union"), "date": "2026-11-23"}  # posts are looked for
    (desk.root / "content").mkdir()
    (desk.root / "content" / "forgotten.jsonl").write_text(json.dumps(stone))
    for id, text in (("burning", "<ul><li>" * 150_000 + "@"), ("wire", "Port workers.")):
        desk.source(id)
        items = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "content_html": text}]}
        desk.server.answers[f"/{id}"] = http(json.dumps(items).encode())
    report = desk.run()
    assert (report.new, len(desk.lines("wire")), desk.lines("burning")) == (1, 1, [])
    [(id, reason)] = report.failed
    assert (id, reason.startswith("took more than")) == ("burning", True)


def test_the_same_bytes_are_not_read_twice_whatever_the_validators_say(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "One")), ETag='"one"')
    desk.run()
    desk.server.answers["/wire"] = http(feed(("a", "One")), ETag='"two"')
    assert desk.run(MONDAY + HOUR).answers["wire"] == Answer(status="not_modified", http=200)
    desk.run(MONDAY + 2 * HOUR)
    assert desk.server.asked[-1][1]["if-none-match"] == '"two"'


def test_a_server_whose_validators_stand_while_its_items_change_is_asked_without(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "One")), **ETAGGED)
    desk.run()
    desk.server.answers["/wire"] = http(feed(("b", "Two")), **ETAGGED)
    assert desk.run(MONDAY + HOUR).new == 1
    desk.run(MONDAY + 2 * HOUR)
    assert ["if-none-match" in headers for headers in desk.server.headers("/wire")] == [False, True, False]


def test_not_modified_is_not_believed_for_ever(desk):
    desk.source("wire")
    items = [("a", "One")]
    desk.server.answers["/wire"] = lambda asked: (
        http(status="304 Not Modified") if "if-none-match" in asked else http(feed(*items), **ETAGGED)
    )
    desk.run()
    items.append(("b", "Two"))
    days = [desk.run(MONDAY + day * 24 * HOUR).new for day in range(1, 10)]
    assert days == [0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert all("if-none-match" not in headers for headers in desk.server.headers("/wire")[-2:])


def test_how_far_a_run_is_and_what_it_waits_for(desk):
    for id in ("one", "two", "three", "four", "five"):
        desk.source(id)
    desk.server.answers["/two"] = http(feed(("a", "One")))
    seen = []
    report = desk.run(progress=seen.append)
    assert seen[0].bar == "[........................] 0/5 done, 0 failed, 0 new; waits for one, two, three and 2 more"
    assert [at.done for at in seen] == [0, 1, 2, 3, 4, 5]
    assert seen[-1].bar == "[########################] 5/5 done, 4 failed, 1 new"
    assert report.table.splitlines()[:3] == [
        "source  answer          new",
        "one     failed            0",
        "two     ok                1",
    ]


def test_while_one_source_is_awaited_the_others_are_told(desk):
    desk.source("slow")
    for n in range(3):
        desk.source(f"s{n}")
        desk.server.answers[f"/s{n}"] = http(status="404 Not Found")
    told = []

    async def at_last(writer) -> None:
        while len(told) < 4:  # the start, and three answers
            await asyncio.sleep(0.01)
        writer.write(http(feed(("a", "One"))))
        await writer.drain()

    desk.server.answers["/slow"] = at_last
    assert desk.run(progress=told.append).answers["slow"].status == "ok"
    assert told[3].names == ("slow",)


def test_some_sources_only(desk):
    for id in ("one", "two", "three"):
        desk.source(id)
    assert desk.run(limit=2).answers.keys() == {"one", "two"}
    assert desk.run(only=("two",)).answers.keys() == {"two"}
    with pytest.raises(ConfigError, match='--source unknown source "tow": did you mean "two"'):
        desk.run(only=("tow",))


def test_the_log_may_keep_an_extract_only(desk):
    desk.source("wire")
    desk.set(keep="extract")
    long = "&lt;p&gt;Nine &amp;lt; ten, said the envoy. &lt;/p&gt;" * 100
    desk.server.answers["/wire"] = http(feed(("a", "One"), text=long))
    assert desk.run().new == 1
    (line,) = desk.lines("wire")
    assert line["html"].startswith("Nine &lt; ten, said the envoy.")
    assert 900 < len(line["html"].replace("&lt;", "<")) <= 1000
    assert desk.run(MONDAY + HOUR).new == 0
    desk.set(keep="full")
    assert desk.run(MONDAY + 2 * HOUR).new == 0  # another setting is no news


def test_half_a_line_is_mended(desk):
    desk.source("wire")
    desk.server.answers["/wire"] = http(feed(("a", "One")))
    desk.run()
    path = desk.root / "content" / "fetched" / "wire" / "2026-11.jsonl"
    path.write_bytes(path.read_bytes() + b'{"v":1,"seen_at":17954')
    desk.server.answers["/wire"] = http(feed(("a", "One"), ("b", "Two")))
    desk.run(MONDAY + HOUR)
    assert [line["uid"] for line in desk.lines("wire")] == ["a", "b"]


def test_json_feeds_are_read_too(desk):
    desk.source("cardo")
    items = [{"id": "1", "title": "One", "content_text": "a < b"}, 7]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "Cardo", "items": items}
    desk.server.answers["/cardo"] = http(b"\xef\xbb\xbf" + json.dumps(document).encode())
    assert desk.run().answers["cardo"].reason == "1 item left out: item 2: no object but int"
    assert [line["uid"] for line in desk.lines("cardo")] == ["1"]


@pytest.mark.skipif(log.fcntl is None, reason="no locks here")
def test_two_runs_at_once(desk):
    desk.source("wire")
    with log.locked(desk.root / ".digest" / "fetch.lock", "fetch"), pytest.raises(Busy):
        desk.run()
    assert desk.lines("runs") == []
