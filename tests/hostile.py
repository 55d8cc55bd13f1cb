"""What no page, feed or file of a site may hold, whatever came in; and a project of all hostile input that is at hand.

python -m tests.hostile FOLDER      builds that project there, and says what is wrong with its site
"""

import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.cli import main as digest
from digest.markup import ATTRIBUTES, TAGS

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "hostile"
SETTINGS = (
    '[site]\ntitle = "Desk"\nbase_url = "https://desk.example/"\n[articles]\nshow = "full"\n[feeds]\nshow = "full"\n'
)
ALONE = frozenset({"bombs"})  # groups that cost seconds each: a project of their own

Row = Mapping[str, Any]


def rows(groups: Callable[[str], bool] = lambda group: group not in ALONE) -> list[Row]:
    """What the manifest says of the items of these groups."""
    lines = (json.loads(line) for line in (CORPUS / "MANIFEST.jsonl").read_text("utf-8").splitlines())
    return [row for row in lines if groups(row["group"])]


def place(row: Row) -> str:
    """Where an item lies under content/."""
    group, kind, *rest = row["path"].split("/")
    return f"feeds/{group}--{rest[-1]}" if kind == "feeds" else "/".join(("articles", group, *rest))


def project(root: Path, chosen: Iterable[Row]) -> None:
    """A project that holds these items."""
    for row in chosen:
        path = root / "content" / place(row)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CORPUS / row["path"], path)
    (root / "content" / "digest.toml").write_text(SETTINGS)


# -- pages ---------------------------------------------------------------------------------------------------------

SHIPPED = {"app.js", "search.js"}  # the scripts that a page may name
NEVER = frozenset(
    "iframe frame frameset object embed applet base style math template portal marquee video audio".split()
)
DRAWN = frozenset("svg path rect circle line text g title tspan polyline".split())  # of our own pictures
LOADED = frozenset("src srcset poster background data code codebase ping action formaction manifest longdesc".split())
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-]*)[\t\n\r]*:", re.IGNORECASE)


def wrong_in_page(data: bytes) -> Iterator[str]:
    """What could act in a page, or has broken its frame."""
    tree = LexborHTMLParser(data.decode())
    moved = tree.css_first('meta[http-equiv="refresh"]') is not None
    for node in tree.css("*"):
        yield from _wrong_in_element(node, moved=moved)
    counts = {name: len(tree.css(name)) for name in ("html", "head", "body", "h1", "main")}
    counts |= {name: len(tree.css(f"body > {name}")) for name in ("header", "footer")}
    frame = {"html": 1, "head": 1, "body": 1, "h1": 1, "main": 1, "header": int(not moved), "footer": int(not moved)}
    if counts != frame or not (moved or tree.css_first("header nav a")):
        yield f"its frame is broken: {counts}"
    if not moved and (tree.body is None or (tree.css("body > *")[-1].tag) not in ("dialog", "footer")):
        yield "something stands behind its end"
    policy = tree.css_first('head > meta[http-equiv="Content-Security-Policy"]')
    if policy is None or "default-src 'none'" not in (policy.attributes["content"] or ""):
        yield "it has no policy"


def _wrong_in_element(node: LexborNode, *, moved: bool) -> Iterator[str]:
    tag, said = node.tag or "", {key.lower(): value or "" for key, value in node.attributes.items()}
    shown = f"<{tag} {said}>"[:160]
    if tag in NEVER:
        yield f"{shown} stands in it"
    if any(key.startswith("on") or key in ("srcdoc", "style") for key in said):
        yield f"{shown} acts"
    if tag == "script" and not (said.get("src", "").rpartition("/")[2] in SHIPPED or _is_data(node, said)):
        yield f"{shown} is no script of ours"
    if tag == "meta" and (said.get("http-equiv") not in (None, "Content-Security-Policy") and not moved):
        yield f"{shown} stands in it"
    if (
        tag == "meta"
        and moved
        and said.get("http-equiv") == "refresh"
        and _leads_out(said["content"].partition("=")[2])
    ):
        yield f"{shown} leads out"
    if tag == "form" and said.get("method") != "dialog" and said.get("action", "").rpartition("/")[2] != "search.html":
        yield f"{shown} is no form of ours"
    for key in LOADED & said.keys():
        if _leads_out(said[key]) and not (tag == "svg" and key == "data"):
            yield f"{shown} loads something from elsewhere"
    if tag == "link" and said.get("rel") != "canonical" and _leads_out(said.get("href", "")):
        yield f"{shown} loads something from elsewhere"
    if "href" in said and tag != "link":
        yield from wrong_link(said["href"], said.get("rel", ""))
    if "xlink:href" in said:
        yield f"{shown} is no picture of ours"


def _is_data(node: LexborNode, said: Mapping[str, str]) -> bool:
    if said.get("type") != "application/ld+json":
        return False
    json.loads(node.text())
    return True


def _leads_out(address: str) -> bool:
    return bool(SCHEME.match(address)) or address.replace("\\", "/").strip().startswith("//")


def wrong_link(href: str, rel: str) -> Iterator[str]:
    """What is wrong with a link: only web and mail addresses, and who is linked learns nothing and gets no hold."""
    scheme = SCHEME.match(href)
    kind = scheme[1].lower() if scheme else ""
    if kind not in ("", "http", "https", "mailto") or href.startswith(("//", "\\")) or "\t" in href or "\n" in href:
        yield f"a link to {href[:80]!r}"
    elif kind in ("http", "https") and not {"noopener", "noreferrer"} <= set(rel.split()):
        yield f"the link to {href[:80]!r} has rel={rel!r}"


# -- feeds ---------------------------------------------------------------------------------------------------------

HTML_IN = {  # where a feed holds HTML
    ".xml": {"{http://purl.org/rss/1.0/modules/content/}encoded", "description"},
    ".atom": {"{http://www.w3.org/2005/Atom}content"},
}
FEED_TAGS = TAGS | {"html", "head", "body", "span"}  # the parser's own, and ours that says a language
FEED_ATTRIBUTES = frozenset().union(*ATTRIBUTES.values()) | {"rel"}


def wrong_in_feed(path: str, data: bytes) -> Iterator[str]:
    """What is wrong with a feed: it is well formed, its HTML passes the list that articles pass."""
    suffix = Path(path).suffix
    if suffix == ".json":
        feed = json.loads(data)
        if "jsonfeed" not in str(feed.get("version", "")) if isinstance(feed, dict) else True:
            return
        for item in feed["items"]:
            yield from wrong_in_content(item["content_html"])
            yield from wrong_link(item["url"], "noopener noreferrer")
        return
    for node in ElementTree.fromstring(data).iter():
        if node.tag in HTML_IN.get(suffix, ()) and node.get("type", "html") == "html":
            yield from wrong_in_content(node.text or "")
        for address in (node.get("href"), node.get("url"), node.get("xmlUrl"), node.get("htmlUrl")):
            if address:
                yield from wrong_link(address, "noopener noreferrer")
        if node.tag.rpartition("}")[2] in ("link", "url", "loc") and (node.text or "").strip():
            yield from wrong_link((node.text or "").strip(), "noopener noreferrer")


def feed_contents(path: str, data: bytes) -> Iterator[str]:
    """The HTML that a feed holds."""
    if path.endswith(".json"):
        feed = json.loads(data)
        if isinstance(feed, dict) and "jsonfeed" in str(feed.get("version", "")):
            yield from (item["content_html"] for item in feed["items"])
    else:
        for node in ElementTree.fromstring(data).iter():
            if node.tag in HTML_IN.get(Path(path).suffix, ()):
                yield node.text or ""


def wrong_in_content(html: str) -> Iterator[str]:
    """What is wrong with the HTML of a feed, which strangers show as they please."""
    for node in LexborHTMLParser(html).css("*"):
        said = {key: value or "" for key, value in node.attributes.items()}
        if node.tag not in FEED_TAGS or said.keys() - FEED_ATTRIBUTES:
            yield f"<{node.tag} {said}>"[:160]
        if "href" in said:
            yield from wrong_link(said["href"], "noopener noreferrer")
            if not said["href"].startswith(("http://", "https://", "mailto:")):
                yield f"an address that is not whole: {said['href'][:80]!r}"


# -- the whole -----------------------------------------------------------------------------------------------------

NAME = re.compile(r"(?:[a-z0-9][a-z0-9_\-]*/)*[a-z0-9_\-]+(?:\.[a-z0-9]+)+")
DEVICES = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|/|$)")
LONGEST_NAME = 120  # bytes, with the folders
COPIED = {"newsreader-OFL.txt"}  # as it is called by who wrote it


def site_files(site: Path) -> dict[str, bytes]:
    """All but the search index, which another program makes of the pages."""
    found = (path for path in site.rglob("*") if path.is_file() and path.name != ".gitignore")
    named = {path.relative_to(site).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith("pagefind/")}


def wrong_in_site(files: Mapping[str, bytes]) -> Iterator[str]:
    """All that is wrong with a site, by file."""
    for path, data in files.items():
        if path not in COPIED and (not NAME.fullmatch(path) or DEVICES.search(path) or len(path) > LONGEST_NAME):
            yield f"{path}: no name that every disk bears"
        try:
            faults = list(_wrong(path, data))
        except ValueError as fault:  # JSON, UTF-8
            faults = [f"cannot be read: {fault}"]
        except ElementTree.ParseError as fault:
            faults = [f"is not well formed: {fault}"]
        yield from (f"{path}: {fault}" for fault in faults)


def _wrong(path: str, data: bytes) -> Iterable[str]:
    if path.endswith(".html"):
        return wrong_in_page(data)
    if path.endswith((".xml", ".atom", ".opml", ".json")):
        return wrong_in_feed(path, data)
    return ()


OPENS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")


def is_settled(text: str) -> bool:
    """Do the marks in it that turn text end one another."""
    expected: list[str] = []
    for mark in re.findall("[\u202a-\u202e\u2066-\u2069]", text):
        if mark in OPENS:
            expected.append(OPENS[mark])
        elif not expected or expected.pop() != mark:
            return False
    return not expected


def unaccounted(chosen: Iterable[Row], report: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[str]:
    """Which items are not where the manifest wants them."""
    by_file: dict[str, list[Mapping[str, Any]]] = {}
    for item in report["items"]:
        by_file.setdefault(item["file"], []).append(item)
    said = {source["location"]: source for source in report["sources"]}
    told = b"\n".join(data for path, data in files.items() if path.endswith((".html", ".md"))).decode()
    told += json.dumps(report, ensure_ascii=False, default=list)
    for row in chosen:
        file, mine = place(row), by_file.get(place(row), [])
        shown = [item for item in mine if item["status"] != "rejected"]
        if not mine and file not in said:
            yield f"{row['path']}: the report does not know it"
        if row["expect"] == "render" and not shown:
            yield f"{row['path']}: is not shown"
        if row["expect"] == "reject" and shown:
            yield f"{row['path']}: is shown"
        lost = [token for token in row["tokens"] if token not in told] if shown and row["expect"] == "render" else []
        if lost:
            yield f"{row['path']}: {len(lost)} of {len(row['tokens'])} lost, such as {lost[0]}"
        for must in row.get("must", ()):
            kind, _, what = must.partition(":")
            if kind == "not-in-output" and what in told:
                yield f"{row['path']}: {what} stands in the output"
            if kind == "literal" and what not in told:
                yield f"{row['path']}: {what!r} does not stand in the output"


def main() -> None:
    """Builds the project of all hostile input, as a user would, and says what is wrong."""
    root = Path(sys.argv[1])
    chosen = rows()
    if not (root / "site").is_dir():
        project(root, chosen)
        done = CliRunner().invoke(digest, ["build", "--root", str(root)])
        print(done.output[-300:])
    files = site_files(root / "site")
    report = json.loads((root / ".digest" / "report.json").read_bytes())
    wrong = [*wrong_in_site(files), *unaccounted(chosen, report, files)]
    print(len(files), "files,", len(wrong), "faults")
    for fault, times in Counter(re.sub(r"^[^:]*: ", "", one) for one in wrong).most_common(40):
        print(times, fault)
    print(*wrong[:60], sep="\n")


if __name__ == "__main__":
    main()
