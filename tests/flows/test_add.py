"""`digest add`: a feed by whatever address people have, and texts with the moment they were seen."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.flows.add import Wishes, add
from digest.flows.discover import MOST_NAMED
from digest.frontmatter import split
from digest.inputs.article import read
from digest.model import Source
from digest.shell.content import LARGEST
from tests.flows.asking import asked, project
from tests.flows.test_fetch import feed
from tests.server import Server, http, serving

MONDAY = 1_795_413_600  # 2026-11-23 06:00 UTC
SEEN = "2026-11-23T06:00:00Z"
PAGE = b"""<!doctype html><html><head><title>Front</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="Alternate home" type="application/rss+xml; charset=utf-8" title="News" href="news.xml">
<link rel="alternate" type="text/html" hreflang="de" href="/de"></head><body>Hello</body></html>"""


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(name="root")
def _root(tmp_path: Path, server: Server) -> Path:
    allowed = f'[fetch]\nallow_private = ["{server.host}"]\ntimeout_seconds = 3\n'
    return project(tmp_path, {"digest.toml": allowed, "sources.toml": "# mine\n"})


def sources(root: Path) -> list[dict]:
    return tomllib.loads((root / "content/sources.toml").read_text("utf-8")).get("source", [])


def test_a_feed_is_found_on_its_page(root: Path, server: Server):
    server.answers = {
        "/": http(PAGE),
        "/robots.txt": http(b"User-agent: *\nDisallow: /private"),
        "/news.xml": http(feed(("1", "One"), ("2", "Two"))),
    }
    said = asked(root, "add", server.url("/"), "--source", "Quay News")
    assert "quay-news" in said.stdout
    assert "2 items now" in said.stdout
    assert "/comments/feed" in said.stderr
    [source] = sources(root)
    assert source == {"id": "quay-news", "name": "Quay News", "url": server.url("/news.xml")}
    assert (root / "content/sources.toml").read_text().startswith("# mine\n")
    assert "stands there already" in asked(root, "add", server.url("/news.xml")).stdout
    assert len(sources(root)) == 1


def test_of_a_page_that_names_feeds_without_end_the_first_are_told(root: Path, server: Server):
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/news/{n}" title="{"N" * 9_999}">'
        for n in range(MOST_NAMED + 7)
    )
    server.answers = {"/": http(f"<html><head>{links}</head></html>".encode()), "/news/0": http(feed(("1", "One")))}
    told = asked(root, "add", server.url("/")).stderr
    assert told.count("the page also names") == MOST_NAMED - 1
    assert "and 7 feeds more" in told
    assert len(told) < 10_000


def test_a_page_that_burns_its_parser_is_given_up(root: Path, server: Server):
    many = " ".join(f"a{n}" for n in range(100_000))
    server.answers = {"/": http(f"<html><head><title>Wide</title><link {many}></head></html>".encode())}
    assert "and as a page it cannot be read: took more than" in asked(root, "add", server.url("/"), code=1).stderr


def test_a_feed_named_directly_needs_no_leave(root: Path, server: Server):
    server.answers = {"/feed.xml": http(feed(("1", "One")))}
    asked(root, "add", server.url("/feed.xml"))
    assert sources(root)[0]["name"] == "Wire"
    assert [path for path, _ in server.asked] == ["/feed.xml"]


def test_a_key_in_an_address_is_warned_of(root: Path, server: Server):
    server.answers = {"/feed?api_key=s3": http(feed(("1", "One")))}
    assert "${NAME}" in asked(root, "add", server.url("/feed?api_key=s3")).stderr


@pytest.mark.parametrize(
    "robots", [http(b"User-agent: digest\nDisallow: /"), http(status="503 Service Unavailable")], ids=["no", "unsure"]
)
def test_a_page_that_wants_no_program_is_not_asked(root: Path, server: Server, robots: bytes):
    server.answers = {"/": http(PAGE), "/robots.txt": robots}
    assert "robots.txt" in asked(root, "add", server.url("/"), code=1).stderr
    assert [path for path, _ in server.asked] == ["/robots.txt"]
    assert sources(root) == []


def test_robots_txt_is_heeded_where_a_page_leads_to(root: Path, server: Server):
    server.answers = {
        "/robots.txt": http(b"User-agent: *\nDisallow: /inner\nDisallow: /news.xml"),
        "/moved": http(status="302 Found", Location="/inner"),
        "/": http(PAGE),
    }
    assert "robots.txt" in asked(root, "add", server.url("/moved"), code=1).stderr
    assert "robots.txt" in asked(root, "add", server.url("/"), code=1).stderr
    paths = [path for path, _ in server.asked]
    assert "/inner" not in paths and "/news.xml" not in paths
    server.answers["/news.xml"] = http(feed(("1", "One")))
    asked(root, "add", server.url("/news.xml"))  # named by the user: it is his to decide
    assert len(sources(root)) == 1


def test_a_page_that_has_moved_for_good_is_followed(root: Path, server: Server):
    server.answers = {
        "/old": http(status="301 Moved", Location="/"),
        "/": http(PAGE),
        "/news.xml": http(status="308 Moved", Location="/newer.xml"),
        "/newer.xml": http(feed(("1", "One"))),
    }
    asked(root, "add", server.url("/old"))
    assert sources(root)[0]["url"] == server.url("/newer.xml")
    assert [path for path, _ in server.asked].count("/robots.txt") == 1


def test_no_page_and_no_redirect_writes_the_name_of_a_secret_of_ours(root: Path, server: Server):
    ours = "/feed?x=${GITHUB_TOKEN}"
    named = f'<html><head><link rel="alternate" type="application/rss+xml" href="{ours}"></head></html>'.encode()
    server.answers = {
        "/": http(named),
        "/page": http(PAGE),
        "/moved": http(status="301 Moved", Location=ours),
        "/feed.xml": http(status="301 Moved", Location=ours),
        "/news.xml": http(status="308 Moved", Location=ours),
        ours: http(feed(("1", "One"))),
    }
    assert "names no feed" in asked(root, "add", server.url("/"), code=1).stderr
    for path in ("/page", "/moved", "/feed.xml"):
        assert "cannot stand in sources.toml" in asked(root, "add", server.url(path), code=1).stderr
    assert sources(root) == []
    asked(root, "add", server.url(ours))  # named by the user: it is his to decide
    assert sources(root)[0]["url"] == server.url(ours)


def test_a_feed_that_must_not_be_kept_is_not_found_but_can_be_named(root: Path, server: Server):
    server.answers = {"/": http(PAGE), "/news.xml": http(feed(("1", "One")), X_Robots_Tag="noarchive")}
    assert "it says noarchive" in asked(root, "add", server.url("/"), code=1).stderr
    asked(root, "add", server.url("/news.xml"))
    assert len(sources(root)) == 1


def test_what_is_no_address_is_told(root: Path):
    assert "not an http address" in asked(root, "add", "http://[::", code=1).stderr


def test_what_is_no_feed_is_not_added(root: Path, server: Server):
    server.answers = {"/": http(b"<html><title>Shop</title><p>Nothing here</p></html>"), "/feed": http(PAGE)}
    assert "names no feed" in asked(root, "add", server.url("/"), code=1).stderr
    assert "none of the feeds that it names can be read" in asked(root, "add", server.url("/feed"), code=1).stderr
    assert "404" in asked(root, "add", server.url("/gone"), code=1).stderr
    assert sources(root) == []


def test_an_article_file_is_copied_and_stamped(root: Path, tmp_path: Path):
    file = tmp_path / "My Story.md"
    file.write_text('+++\ntitle = "Oven"\n+++\nBread.\n')
    wishes = Wishes(source='The "Quay"', date="2026-11-22", topics=("Bread", "Syria ceasefire"))
    said = add(root, str(file), wishes, now=MONDAY, given=bytes, tell=print)
    assert said == "added: content/articles/my-story.md"
    front, body = split((root / "content/articles/my-story.md").read_text())
    assert front is not None
    assert (front.title, front.seen[:16], front.source, front.date) == ("Oven", SEEN[:16], 'The "Quay"', "2026-11-22")
    assert front.topics == ("Bread", "Syria ceasefire")
    assert front.flaws == ()
    assert body == "Bread.\n"
    assert "stands there already" in add(root, str(file), Wishes(), now=MONDAY + 9, given=bytes, tell=print)


def test_what_an_article_says_itself_stands(root: Path, tmp_path: Path):
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Oven\ndate: 2020-01-01\nseen: 2020-01-02T00:00:00Z\n---\nBread.\n")
    add(root, str(file), Wishes(date="2026-11-22"), now=MONDAY, given=bytes, tell=print)
    assert (root / "content/articles/a.md").read_text() == file.read_text()


def test_a_file_among_the_articles_is_stamped_where_it_lies(root: Path):
    file = (
        project(root, {"articles/deep/a.txt": "Oven\n\n22 November 2026\n\nBread.\n"}) / "content/articles/deep/a.txt"
    )
    before = read(file.read_bytes(), Source(id="", name=""), "articles/deep/a.txt").items[0]
    add(root, str(file), Wishes(), now=MONDAY, given=bytes, tell=print)
    after = read(file.read_bytes(), Source(id="", name=""), "articles/deep/a.txt").items[0]
    assert after.seen_at == MONDAY
    assert (after.title, after.published, after.uid) == (before.title, before.published, before.uid)
    assert after.html.strip() == before.html.strip()
    assert "already" in add(root, str(file), Wishes(), now=MONDAY + 9, given=bytes, tell=print)


def test_a_clipping_comes_from_standard_input(root: Path):
    text = "Le four de la rue\n\n22/11/2026\n\nPar Hélène V.\n\nDu pain.\n".encode()
    done = asked(root, "add", "-", "--date", "2026-11-22", "--topic", "Bread", given=text)
    assert "2026-11-22-le-four-de-la-rue.txt" in done.stdout
    [file] = (root / "content/articles").iterdir()
    item = read(file.read_bytes(), Source(id="", name=""), "articles/x.txt").items[0]
    assert (item.title, item.published, item.topics) == ("Le four de la rue", "2026-11-22", ("Bread",))
    assert "Du pain" in item.html
    assert "stands there already" in asked(root, "add", "-", "--date", "2026-11-22", given=text).stdout
    other = asked(root, "add", "-", "--date", "2026-11-22", given=text + b"\nEncore.\n").stdout
    assert "2026-11-22-le-four-de-la-rue-2.txt" in other


def test_what_nobody_can_add_is_a_wrong_use(root: Path):
    assert "digest import" in asked(root, "add", "feeds.opml", code=2).stderr
    assert "no such file" in asked(root, "add", "missing.md", code=1).stderr
    assert "empty" in asked(root, "add", "-", given=b"\n", code=1).stderr


def test_several_files_are_stamped_at_once(root: Path):
    names = ["content/articles/one.md", "content/articles/two.md"]
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("---\ndate: 2026-11-20\n---\n# The quay\n\nIt opens.\n")
    said = asked(root, "add", *(str(root / name) for name in names)).stdout.splitlines()
    assert len(said) == 2
    assert all("seen: " in (root / name).read_text() for name in names)


def test_a_folder_is_stamped_whole_and_what_is_no_article_stays_as_it_is(root: Path):
    folder = root / "content/articles"
    for name in ("one.md", "deep/two.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("The quay\n\nIt opens.\n")
    (folder / "bad.md").write_bytes(b"\0\0\0")
    done = asked(root, "add", str(folder))
    assert done.stdout.splitlines()[-1].endswith("content/articles: 2 of 3 article files")
    assert f"{folder}/bad.md: not a text" in done.stderr
    assert (folder / "bad.md").read_bytes() == b"\0\0\0"
    assert all("seen: " in (folder / name).read_text() for name in ("one.md", "deep/two.txt"))
    assert asked(root, "add", str(folder)).stdout.endswith("content/articles: 0 of 3 article files\n")


def test_a_folder_from_elsewhere_is_copied_whole(root: Path, tmp_path_factory: pytest.TempPathFactory):
    saved = tmp_path_factory.mktemp("saved")
    (saved / "Bread.txt").write_text("Bread gets dearer\n\nBy a cent.\n")
    assert "added: content/articles/bread.txt" in asked(root, "add", str(saved)).stdout


@pytest.mark.parametrize(
    "front",
    [
        "---\n  title: The quay\n  date: 2026-11-20\n---\n",
        "---\n{title: The quay, date: 2026-11-20}\n---\n",
        '+++\ntitle = "The quay"\nseen = ""\n+++\n',
        "---\ntitle: The quay\nseen:\n---\n",
    ],
)
def test_front_matter_that_no_line_can_be_added_to_stays_as_it_is(root: Path, front: str):
    file = root / "content/articles/one.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{front}\nIt opens.\n")
    told = asked(root, "add", str(file), code=1).stderr
    assert "write `seen` into it yourself" in told
    assert file.read_text() == f"{front}\nIt opens.\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<meta charset="unicode_escape">\xff\\ud800', "stands"),
        (b"x" * (LARGEST + 1), "larger than 20 MiB"),
        (b"", "an empty file"),
    ],
)
def test_a_file_that_may_be_anything_ends_no_folder(root: Path, data: bytes, told: str):
    folder = root / "content/articles"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.html").write_bytes(data)
    (folder / "ok.md").write_text("The quay\n\nIt opens.\n")
    done = asked(root, "add", str(folder))
    assert told in done.stderr or told == "stands"
    assert "seen: " in (folder / "ok.md").read_text()


def test_an_empty_file_of_that_name_stands_in_nobodys_way(root: Path, tmp_path_factory: pytest.TempPathFactory):
    file = tmp_path_factory.mktemp("elsewhere") / "one.md"
    file.write_text("The quay\n\nIt opens.\n")
    (root / "content/articles").mkdir(parents=True, exist_ok=True)
    (root / "content/articles/one.md").write_bytes(b"")
    assert "added: content/articles/one-2.md" in asked(root, "add", str(file)).stdout
