"""A clipping as people save it, from the file to the page: nothing lost, nothing doubled, no debris."""

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.flows.running import run

SEED = Path(__file__).resolve().parents[2] / ".." / "shared" / "seeds" / "clipping-2016-05-03.txt"

CLIPPING = """

Ferry to Port Ella may sail again within days - Marrow

04/02/2019



Marrow said that both crews are still talking about the Port Ella ferry. *"I hope that by the weekend the ferry sails,*" the minister told reporters in Brill.

"I have a hope ... that we can agree," Captain Oduya said. "If [the crews] sign, the Ella ferry sails."

<u>**@LinaSeaBrill #PortElla</u>** ferry won't be quick - but it beats swimming - harbour master</u>



In January, the Port Ella ferry was stopped after the crews left the talks, citing the state of the pier in Port Ella.

<u>@LinaSeaBrill#PortElla</u> ferry won't be quick - but it beats swimming - harbour master




Marrow is convinced "that a ferry is cheaper than a bridge," he said. The ferry to Port Ella carried 3 * 40 people a day.

On Monday, the islanders of Port Ella refused a ferry without a ramp."""

LONGER = """

Marrow said the Port Ella ferry would have a new engine before the summer, and a new name if the council in Port Ella
can agree on one. Until then the ferry keeps the old one, which nobody in Brill can spell and nobody in Port Ella uses.

The crews asked for a second cook on the ferry and for a day on land after every tenth crossing to Port Ella. The
harbour master called that reasonable, and the first thing about the ferry on which he and the crews had agreed.
"""
POST = "#PortElla ferry won't be quick - but it beats swimming - harbour master"


def build_alone(tmp_path: Path, data: bytes, name: str = "clip.txt", **settings: str) -> tuple[dict, Path]:
    """The report and the site of a project that holds this file and nothing else."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / name).write_bytes(data)
    for file, text in settings.items():
        (tmp_path / "content" / f"{file}.toml").write_text(text)
    run(tmp_path)
    return json.loads((tmp_path / ".digest" / "report.json").read_text()), tmp_path / "site"


def body_of(site: Path) -> LexborHTMLParser:
    """The article's own text on its page."""
    (page,) = (site / "article").glob("*.html")
    node = LexborHTMLParser(page.read_text()).css_first(".text")
    assert node is not None and node.html is not None
    return LexborHTMLParser(node.html)


def paragraphs_of(site: Path) -> list[str]:
    """What a reader sees of it, without the post."""
    body = body_of(site)
    for card in body.css("figure.post, p.again"):
        card.decompose()
    return [" ".join(p.text().split()) for p in body.css("p")]


def test_title_date_language_and_what_is_unknown(tmp_path: Path) -> None:
    report, site = build_alone(tmp_path, CLIPPING.encode())
    (item,) = report["items"]
    assert item["title"] == "Ferry to Port Ella may sail again within days - Marrow"
    assert (item["published"], item["precision"]) == ("2019-02-04", "day")
    assert item["flaws"] == ["day-first assumed; the text's 'In January' agrees"]
    assert (item["language"], item["status"]) == ("en", "shown")
    assert (item["source"], item["url"]) == (None, None), "not guessed"
    assert (site / "2019" / "02" / "04.html").is_file()
    assert "Ferry to Port Ella" in (site / "index.html").read_text()


def test_the_post_is_one_card_where_it_first_stood(tmp_path: Path) -> None:
    report, site = build_alone(tmp_path, CLIPPING.encode())
    (post,) = report["posts"]
    assert (post["handle"], post["text"], post["times"], len(post["articles"])) == ("LinaSeaBrill", POST, 2, 1)
    body = body_of(site)
    order = [node.attributes.get("class") for node in body.css("p:not(figure p), figure.post")]
    assert order == [None, None, "post", None, "again", None, None]
    assert len(body.css("figure.post")) == len(body.css("p.again")) == 1
    assert "embedded 2× in 1 article" in body.css_first("figure.post").text()


def test_the_text_is_the_files_paragraphs_each_once_in_order(tmp_path: Path) -> None:
    _, site = build_alone(tmp_path, CLIPPING.encode())
    expected = [line for line in CLIPPING.split("\n")[6:] if line.strip() and "@LinaSea" not in line]
    expected[0] = expected[0].replace('*"', '"').replace(',*"', ',"')
    assert paragraphs_of(site) == expected


def test_no_debris_anywhere_and_quotation_marks_inside_their_emphasis(tmp_path: Path) -> None:
    _, site = build_alone(tmp_path, CLIPPING.encode())
    html = (site / "article").glob("*.html").__next__().read_text()
    assert '<em>"I hope that by the weekend the ferry sails,"</em>' in html
    for page in site.rglob("*.html"):
        assert not re.search(r"\*\*|</?u>|&lt;/?u&gt;|<p>\s*</p>", page.read_text()), page


def test_a_topic_that_a_person_would_have_chosen(tmp_path: Path) -> None:
    report, _ = build_alone(tmp_path / "short", CLIPPING.encode())
    assert report["topics"] == [], "a single short text names its theme too much by chance"
    report, _ = build_alone(tmp_path / "long", (CLIPPING + LONGER).encode())
    assert [topic["name"] for topic in report["topics"]] == ["Port Ella ferry"]
    rule = '[[topic]]\nname = "Island traffic"\nquery = \'(ella OR brill) AND (ferry OR "long bridge")\'\n'
    report, _ = build_alone(tmp_path / "ruled", CLIPPING.encode(), topics=rule)
    assert report["items"][0]["topics"] == ["Island traffic"]


@pytest.mark.parametrize("shape", ["crlf", "cr", "bom", "windows-1252", "utf-16", "no newline at the end", "settings"])
def test_the_same_article_however_it_was_saved(tmp_path: Path, shape: str) -> None:
    text = CLIPPING.replace('"I have', "“I have").replace('agree,"', "agree,”")
    shapes = {
        "crlf": text.replace("\n", "\r\n").encode(),
        "cr": text.replace("\n", "\r").encode(),
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "windows-1252": text.encode("cp1252"),
        "utf-16": text.encode("utf-16"),
        "no newline at the end": text.rstrip().encode(),
        "settings": text.encode(),
    }
    _, plain = build_alone(tmp_path / "plain", text.encode() + b"\n")
    _, saved = build_alone(tmp_path / "saved", shapes[shape], **({"digest": ""} if shape == "settings" else {}))
    assert body_of(saved).html == body_of(plain).html


@pytest.mark.skipif(not SEED.is_file(), reason="the real clipping is not beside this checkout")
def test_the_real_clipping(tmp_path: Path) -> None:
    report, site = build_alone(tmp_path, SEED.read_bytes())
    (item,) = report["items"]
    assert item["title"].endswith(" - Lavrov"), "a speaker, not an outlet"
    assert (item["published"], item["precision"], item["language"]) == ("2016-05-03", "day", "en")
    assert item["flaws"] == ["day-first assumed; the text's 'In April' agrees"]
    (post,) = report["posts"]
    assert (post["handle"], post["times"]) == ("MuradoRT", 2)
    assert post["text"].startswith("#Syria ceasefire won't be perfect - ")
    assert post["text"].endswith(" - UN Special envoy")
    assert item["topics"][0] in ("Syria ceasefire", "Aleppo ceasefire")
    lines = [line for line in SEED.read_text().split("\n")[5:] if line.strip() and "@Murado" not in line]
    assert paragraphs_of(site) == [line.replace('*"', '"').replace(',*"', ',"').replace(',"*', ',"') for line in lines]
