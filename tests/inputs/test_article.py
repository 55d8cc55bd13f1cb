"""Saved articles: manuscripts, pages and clippings."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import InputError
from digest.inputs.article import read
from digest.languages import detect
from digest.markup import clean, plain
from digest.model import RawItem, Source

DOCUMENTS = Path(__file__).parent / "documents"
NOBODY = Source(id="", name="")
CLIPPING = (DOCUMENTS / "clipping.txt").read_bytes()
SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"


def article(data: bytes | str, file: str = "articles/x.md") -> RawItem:
    [item] = read(data if isinstance(data, bytes) else data.encode(), NOBODY, file).items
    return item


def test_a_manuscript() -> None:
    item = article(
        "---\ntitle: Crane\ndate: 2026-11-22\nseen: 2026-11-22T12:10:00Z\nsource: Harbour\nurl: https://a.example.org/c\n"
        "rights: CC-BY-4.0\ntopics: [Harbour]\n---\n# Crane\n\nIt **moves**."
    )
    assert item == RawItem(
        source_name="Harbour",
        uid="https://a.example.org/c",
        url="https://a.example.org/c",
        title="Crane",
        html="<p>It <strong>moves</strong>.</p>\n",
        published="2026-11-22",
        seen_at=1795349400,
        file="articles/x.md",
        show="full",
        topics=("Harbour",),
    )


def test_an_article_without_an_address_is_known_by_its_path() -> None:
    [item] = read(b"---\ntitle: T\n---\n", Source(id="", name="", path="articles"), "articles/2026/x.md").items
    assert item.uid == "2026/x.md"
    assert article("---\ntitle: T\n---\n").uid == "articles/x.md"


def test_a_title_stands_above_the_text_or_in_it() -> None:
    assert article("---\ndate: 2026-11-22\n---\n\n# From the text #\n\nBody").title == "From the text"
    other = article("---\ntitle: Above\n---\n# Another heading\n\nBody")
    assert (other.title, plain(other.html)) == ("Above", "Another heading\nBody")


def test_seen_that_is_no_moment_is_a_flaw() -> None:
    assert article("---\ntitle: T\nseen: lately\n---\n").flaws == ("front matter: 'seen' is no moment: 'lately'",)


@pytest.mark.parametrize(("rights", "show"), [("own", "full"), ("licensed", "full"), ("CC BY 4.0", "full"), ("AP", "")])
def test_rights_allow_the_full_text(rights: str, show: str) -> None:
    assert article(f"---\ntitle: T\nrights: {rights}\n---\n").show == show
    assert article(f"---\ntitle: T\nrights: {rights}\nshow: extract\n---\n").show == "extract"


def test_a_page_and_front_matter_above_it() -> None:
    page = "<title>Crane</title><meta name=author content='Ana Berg'><body><nav>x</nav><p>It moves.</p>"
    assert (article(page, "articles/x.html").title, article(page, "articles/x.html").html) == (
        "Crane",
        "<p>It moves.</p>",
    )
    above = article(f"---\ntitle: Another\nsource: Harbour\n---\n{page}", "articles/x.HTM")
    assert (above.title, above.author, above.source_name) == ("Another", "Ana Berg", "Harbour")


def test_a_clipping() -> None:
    item = article(CLIPPING, "articles/crane.txt")
    assert (item.title, item.published, item.author) == (
        "Crane moves again - harbour master",
        "03/11/2026",
        "By Ana Berg",
    )
    assert (item.source_name, item.url, item.language, item.clipping) == ("", "", "", True)
    assert plain(clean(item.html)).split("\n") == [
        'The harbour was quiet. "We hope so," she said, "but who knows." It was ... late [that night].',
        "@ana_b #Harbour crane moves - says harbour master",
        'Mayor Brandt said "no".',
        "@ana_b#Harbour crane moves - says harbour master",
        "In October, nobody had asked.",
    ]


@pytest.mark.parametrize(
    "data",
    [
        CLIPPING.replace(b"\n", b"\r\n"),
        CLIPPING.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + CLIPPING,
        CLIPPING.decode().encode("utf-16"),
        CLIPPING + b"\n\n",
    ],
)
def test_a_clipping_however_it_was_saved(data: bytes) -> None:
    assert article(data) == article(CLIPPING)


def test_a_clipping_in_windows_1252() -> None:
    text = CLIPPING.decode().replace('"no"', "“no” – naïve")
    assert article(text.encode("windows-1252")) == article(text)


@pytest.mark.parametrize(
    ("head", "title", "published", "updated", "author"),
    [
        ("Title", "Title", "", "", ""),
        ("Title\n=====\n3 May 2016", "Title", "3 May 2016", "", ""),
        (
            "**Title**\nBy Ana Berg and Bo Ek\n\nTuesday, May 3, 2016",
            "Title",
            "Tuesday, May 3, 2016",
            "",
            "By Ana Berg and Bo Ek",
        ),
        ("# Title #\n_2016-05-03_\nUpdated 4 May 2016", "Title", "2016-05-03", "Updated 4 May 2016", ""),
        ("Title\nUpdated 14:05\n3 May 2016", "Title", "3 May 2016", "14:05", ""),
        ("Title\n3 May 2016, 10:15\nUpdated 14:05", "Title", "3 May 2016, 10:15", "3 May 2016 14:05", ""),
        ("Title\nMay 3, 2016 | Ana Berg", "Title", "May 3, 2016", "", "Ana Berg"),
        ("Title\nAna Berg\nMay 3, 2016", "Title", "May 3, 2016", "", "Ana Berg"),
        ("Title\nАвтор: Анна Берг\n3 мая 2016\nПоделиться", "Title", "3 мая 2016", "", "Анна Берг"),
        (
            "Title\nPublié le 3 mai 2016 | Mis à jour le 4 mai 2016",
            "Title",
            "Publié le 3 mai 2016",
            "Mis à jour le 4 mai 2016",
            "",
        ),
        ('*"Soon,*" says envoy\n03.05.2016', '"Soon," says envoy', "03.05.2016", "", ""),
    ],
)
def test_heads_of_clippings(head: str, title: str, published: str, updated: str, author: str) -> None:
    item = article(f"{head}\n\nThe text.\n")
    assert (item.title, item.published, item.updated, item.author) == (title, published, updated, author)
    assert plain(item.html) == "The text."


@pytest.mark.parametrize(
    ("head", "published", "author", "source", "url"),
    [
        ("Published 3 May 2016 10:15, updated 3 May 2016 14:05", "Published 3 May 2016 10:15", "", "", ""),
        ("By Ana Berg | Harbour Correspondent\n3 May 2016", "3 May 2016", "By Ana Berg", "", ""),
        ("BY ANA BERG\nMAY 3, 2016 2:05 PM\nShare\nTweet", "MAY 3, 2016 2:05 PM", "BY ANA BERG", "", ""),
        ("Text by Ana Berg in Ostermouth\n3 May 2016", "3 May 2016", "Ana Berg", "", ""),
        ("Ana Berg\n3 May 2016 · 4 min read", "3 May 2016", "Ana Berg", "", ""),
        ("Reading time: 4 minutes\nBy Ana Berg\n3 May 2016", "3 May 2016", "By Ana Berg", "", ""),
        ("https://tide.example.org/crane\n3 May 2016", "3 May 2016", "", "", "https://tide.example.org/crane"),
        ("Source: Harbour Gazette\n3 May 2016", "3 May 2016", "", "Harbour Gazette", ""),
        ("By Ana Berg @ana_b\n3 May 2016", "3 May 2016", "By Ana Berg @ana_b", "", ""),
        ("By Ana Berg (@ana_b)\n3 May 2016", "3 May 2016", "By Ana Berg (@ana_b)", "", ""),
        ("Von Ana Berg\nStand: 03.05.2016, 14:05 Uhr", "Stand: 03.05.2016, 14:05 Uhr", "Von Ana Berg", "", ""),
        ("بقلم: آنا برغ\n3 مايو 2016", "3 مايو 2016", "بقلم: آنا برغ", "", ""),
        ("Por Ana Berg\n3 de mayo de 2016\nCompartir", "3 de mayo de 2016", "Por Ana Berg", "", ""),
        ("By Ana Berg\n2 hours ago", "2 hours ago", "By Ana Berg", "", ""),
    ],
)
def test_heads_in_other_peoples_shapes(head: str, published: str, author: str, source: str, url: str) -> None:
    item = article(f"Title\n{head}\n\nThe text.\n")
    assert (item.published, item.author, item.source_name, item.url) == (published, author, source, url)
    assert plain(item.html) == "The text."


def test_tags_in_the_head_stay_and_hide_nothing() -> None:
    item = article("Title\n#Harbour #Crane\n3 May 2016\n\nThe text.\n")
    assert item.published == "3 May 2016"
    assert plain(item.html) == "#Harbour #Crane\nThe text."


def test_a_link_to_a_post_is_no_address_of_the_article() -> None:
    item = article("Title\n\nhttps://x.com/ana_b/status/12\n\nThe text.\n")
    assert item.url == ""
    assert "ana_b/status/12" in item.html


@pytest.mark.parametrize(
    "first", ["By noon the port was quiet", "By Monday, nobody spoke.", "3 May 2016 was a Tuesday."]
)
def test_a_first_paragraph_is_neither_date_nor_byline(first: str) -> None:
    item = article(f"Title\n\n{first}\n\nThe text.\n")
    assert (item.published, item.author, plain(item.html)) == ("", "", f"{first}\nThe text.")


def test_what_the_page_left_around_a_clipping_goes_and_is_said() -> None:
    item = article("Title\n\nALEPPO, May 3 (Wire) - The  convoy soft\u00adly came.\n\n- \n\nRead also: Another one\n")
    assert plain(clean(item.html)) == "ALEPPO, May 3 (Wire) - The convoy softly came."
    assert item.flaws == ("left out as the page's own: Read also: Another one",)


def test_a_clipping_in_windows_1251() -> None:
    text = "Зерно дорожает\n3 мая 2016\n\nЦена выросла на шесть евро, сообщает порт «Констанца».\n"
    assert article(text.encode("windows-1251")) == article(text)
    assert detect(article(text.replace("«", "").replace("»", "").encode("koi8-r")).title) == "ru"


@given(
    st.binary(max_size=300), st.sampled_from([".md", ".txt", ".html"]), st.sampled_from(["", "---\n", "+++\n", "T\n"])
)
def test_any_bytes_are_an_article_or_an_error(data: bytes, suffix: str, start: str) -> None:
    with suppress(InputError):
        assert len(read(start.encode() + data, Source(id="", name=""), f"articles/x{suffix}").items) == 1


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no clippings beside the checkout")
def test_real_clippings_keep_every_paragraph_once_and_in_order() -> None:
    for file in sorted(SEEDS.glob("*.txt")):
        lines = [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
        item = article(file.read_bytes(), "articles/seed.txt")
        assert [item.title, item.published] == lines[:2]
        bare = [line.replace("<u>", "").replace("</u>", "").replace("*", "") for line in lines[2:]]
        assert plain(clean(item.html)).split("\n") == [" ".join(line.split()) for line in bare]
