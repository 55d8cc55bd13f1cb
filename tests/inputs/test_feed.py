"""XML feeds: what they hold, word for word."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import InputError
from digest.inputs import feed, fetched, jsonfeed
from digest.inputs.feed import read
from digest.model import RawItem, Reading, Source

DOCUMENTS = Path(__file__).parent / "documents"
SOURCE = Source(id="harbour", name="Harbour", url="https://harbour.example.org/feed.xml")


def reading(name: str) -> Reading:
    return read((DOCUMENTS / name).read_bytes(), SOURCE, f"feeds/{name}")


def test_rss() -> None:
    rss = reading("rss2.xml")
    assert (rss.title, rss.ttl_minutes) == ("Harbour & Sea", 45)
    assert rss.items[0] == RawItem(
        source_id="harbour",
        uid="crane-1",
        url="https://harbour.example.org/2026/crane?utm_source=rss",
        title="Crane moves <em>again</em>",
        html="<p>It moved at noon; a=1&b=2.</p>"
        '<p><a href="https://harbour.example.org/audio/crane%20talk.mp3">crane talk.mp3</a></p>',
        author="Ana Berg",
        published="Sun, 22 Nov 2026 16:30:00 CET",
        language="en-GB",
        file="feeds/rss2.xml",
    )


def test_ids_fall_back() -> None:
    uids = [item.uid for item in reading("rss2.xml").items]
    assert uids[:4] == [
        "crane-1",
        "same|https://harbour.example.org/one",
        "same|https://harbour.example.org/two",
        "https://harbour.example.org/three",
    ]
    assert len(uids[4]) == 16  # of its text, for want of anything else


def test_what_holds_nothing_is_rejected() -> None:
    [rejected] = reading("rss2.xml").rejected
    assert rejected.reason == "an item without title, text and address"


def test_rdf_in_another_encoding() -> None:
    [item] = reading("rss1.rdf").items
    assert (item.title, item.author, item.published) == ("Café at the quay", "Bo Ek", "2026-11-23T05:22:00+00:00")
    assert (item.uid, item.language) == ("https://tide.example.org/a", "fr")


def test_atom_with_bases_and_languages() -> None:
    crane, plain = reading("atom.xml").items
    assert (crane.url, crane.title) == ("https://brief.example.org/feed/kran", "Der <b>Kran</b>")
    assert '<a href="https://brief.example.org/kran/bild">' in crane.html
    assert (crane.author, crane.language, plain.language) == ("Ana Berg, Bo Ek", "de", "en")
    assert (crane.published, crane.updated) == ("2026-11-22T05:00:00Z", "2026-11-23T05:00:00Z")
    assert (plain.html, plain.published) == ("<p>5 &lt; 6 &amp; so on</p>", "2026-11-23T04:00:00Z")


def test_an_empty_feed_is_a_feed() -> None:
    assert reading("empty.xml") == Reading(title="Quiet")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ((DOCUMENTS / "page.html").read_bytes(), "not a feed: an HTML page (its title: 502 Bad Gateway)"),
        (b"", "not a feed: an empty document"),
        (b" \n", "not a feed: an empty document"),
        (b'{"version": 1}', "not a feed: it begins like JSON"),
        (b"<catalog><book/></catalog>", "not a feed: its root element is <catalog>"),
        (b"https://harbour.example.org/feed.xml", "not a feed: no XML in it"),
        (b"<rss>\n<channel>\n</rss>", "not well-formed, and no items could be read: mismatched tag (line 3)"),
    ],
)
def test_why_a_document_is_no_feed(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as told:
        read(data, SOURCE, "feeds/x.xml")
    assert str(told.value).startswith(reason)


def test_a_broken_feed_gives_what_can_be_read() -> None:
    broken = (DOCUMENTS / "rss2.xml").read_bytes().replace(b"Short.", b"caf&eacute; & <b>bar")
    assert len(read(broken, SOURCE, "feeds/x.xml").items) >= 4


def small(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> Reading:
    """A feed of RSS 2.0 with these items."""
    names = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return read(
        f'{head}<rss version="2.0" {names}><channel><title>T</title>{items}</channel></rss>'.encode(), SOURCE, ""
    )


@pytest.mark.parametrize(
    "bad", ["&#0;", "&#xD800;", "&#99999999999;", "&#x110000;", "&nbsp;", "&none;", "& b", "\x08", "<"]
)
def test_a_bad_reference_does_not_lose_a_feed(bad: str) -> None:
    reading = small(f"<item><title>One {bad} one</title></item><item><title>Two</title><guid>2</guid></item>")
    assert [item.title[:3] for item in reading.items] == ["One", "Two"]
    assert reading.rejected == ()


def test_a_bad_byte_does_not_turn_a_feed_into_gibberish() -> None:
    data = "<rss><channel><item><title>Зерно дорожает</title></item><item><title>X</title></item></channel></rss>"
    first, second = read(data.encode().replace(b"X", b"It\x92s"), SOURCE, "").items
    assert (first.title, second.title) == ("Зерно дорожает", "It’s")


def test_a_feed_that_says_no_encoding_is_read_by_its_letters() -> None:
    data = "<rss><channel><item><title>Зерно дорожает пятый день</title></item></channel></rss>"
    assert read(data.encode("windows-1251"), SOURCE, "").items[0].title == "Зерно дорожает пятый день"


@pytest.mark.parametrize(
    "damage", ["<!-- forgotten", "<?", "<![CDATA[ forgotten", "</titel>", "<title>", "<description><![CDATA[<b>"]
)
def test_damage_swallows_no_item_that_comes_after(damage: str) -> None:
    others = "".join(f"<item><title>{n}</title><guid>{n}</guid></item>" for n in ("Two", "Three"))
    found = small(f"<!-- <item>taken out</item> --><item><title>One {damage}</title><guid>1</guid></item>{others}")
    assert [item.title for item in found.items][-2:] == ["Two", "Three"]
    assert len(found.items) + len(found.rejected) == 3


def test_what_a_damaged_feed_lost_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_RECOVERED", 0)
    [lost] = small("<item><title>One</title></item><!-- <item><title>Two</title></item>").rejected
    assert lost.reason == "1 more in a damaged document could not be read: unclosed token (line 1)"


def test_a_feed_that_is_cut_off_says_so() -> None:
    whole = "<rss><channel><item><title>One</title><description>She said no.</description></item></channel></rss>"
    assert read(f"{whole}<!-- made by hand -->".encode(), SOURCE, "").rejected == ()
    found = read(whole[:60].encode(), SOURCE, "feeds/a.xml")
    assert [item.title for item in found.items] == ["One"]
    assert [one.reason for one in found.rejected] == [
        "the document is cut off: the end of its last item is missing, and whatever stood behind it"
    ]


@pytest.mark.parametrize("end", ["</channel></rss>", "</channel>\n</rss\n"])
def test_a_damaged_feed_without_items_is_a_feed_if_it_is_whole(end: str) -> None:
    start = "<rss><channel><title>A &eacute; B</title>"
    assert read(f"{start}{end}".encode(), SOURCE, "") == Reading(title="A é B")
    with pytest.raises(InputError, match="not well-formed"):
        read(start.encode(), SOURCE, "")


def test_repeated_ids_and_an_address_that_is_no_items_own() -> None:
    def item(id: str, title: str, text: str = "") -> str:
        return (
            f"<item><guid isPermaLink='false'>{id}</guid><link>https://a.example.org/</link><title>{title}</title>"
            f"<description>{text}</description></item>"
        )

    uids = [one.uid for one in small(item("1", "A") + item("1", "B") + item("2", "C", "x") + item("2", "C", "y")).items]
    assert len(set(uids)) == 4
    assert [uid.split("|")[0] for uid in uids] == ["1", "1", "2", "2"]
    assert (
        uids[:1] == [one.uid for one in small(item("1", "A") + item("1", "Z")).items][:1]
    )  # a neighbour changes nothing


def test_versions_in_one_document_share_their_id_and_keep_it() -> None:
    def item(title: str, page: str = "quay") -> str:
        return f"<item><guid>q</guid><link>https://a.example.org/{page}</link><title>{title}</title></item>"

    assert [one.uid for one in small(item("The quay opens")).items] == ["q"]
    assert [one.uid for one in small(item("The quay opens late") + item("The quay opens")).items] == ["q", "q"]
    several = small(item("The quay opens late") + item("The quay opens") + item("The pier", "pier")).items
    assert [one.uid for one in several] == [f"q|https://a.example.org/{page}" for page in ("quay", "quay", "pier")]


@pytest.mark.parametrize(
    ("enclosed", "link"),
    [
        ('<enclosure url="https://a.example.org/talk.mp3" type="audio/mpeg"/>', True),
        ('<enclosure url="https://a.example.org/talk.mp3"/>', True),
        ('<enclosure url="https://a.example.org/a.jpg"/>', False),
        ('<enclosure url="https://a.example.org/a" type="image/png"/>', False),
        ('<media:content url="https://a.example.org/a.mp4" medium="video"/>', True),
        ('<media:content url="https://a.example.org/a"/>', False),
        ('<media:group><media:content url="https://a.example.org/a.mp4" type="video/mp4"/></media:group>', True),
    ],
)
def test_what_can_be_heard_or_seen_is_a_link(enclosed: str, link: bool) -> None:
    [item] = small(f"<item><title>A</title><description>Text</description>{enclosed}</item>").items
    assert ("<a href=" in item.html) is link


def test_what_xml_closes_in_its_opening_tag_swallows_nothing() -> None:
    html = '&lt;iframe src="https://a.example.org/"/&gt; after &lt;br/&gt; all &lt;p/&gt;'
    [item] = small(f"<item><title>A</title><description>{html}</description></item>").items
    assert item.html == '<iframe src="https://a.example.org/"></iframe> after <br/> all <p></p>'


def test_an_old_channel_definition() -> None:
    cdf = (
        b'<CHANNEL HREF="https://a.example.org/"><TITLE>Old</TITLE><ITEM HREF="https://a.example.org/1">'
        b"<TITLE>One</TITLE><ABSTRACT>Text</ABSTRACT></ITEM></CHANNEL>"
    )
    [item] = read(cdf, SOURCE, "").items
    assert (item.title, item.url, item.html) == ("One", "https://a.example.org/1", "<p>Text</p>")


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link/><guid>https://a.example.org/1</guid>", "https://a.example.org/1"),
        ("<link>at://a/1</link><guid>https://a.example.org/1</guid>", "https://a.example.org/1"),
        ("<guid>blog-17</guid>", ""),
        ("<guid>2026/quay.html</guid>", "https://harbour.example.org/2026/quay.html"),
        ("<link></link><media:player url='https://a.example.org/film'/>", "https://a.example.org/film"),
        ("<comments>https://a.example.org/talk</comments>", "https://a.example.org/talk"),
    ],
)
def test_an_address_is_found_where_there_is_one_and_none_is_made_up(item: str, url: str) -> None:
    assert [one.url for one in small(f"<item><title>A</title>{item}</item>").items] == [url]


def atom(entry: str, head: str = "") -> RawItem:
    """The entry of a feed of Atom 1.0."""
    names = 'xmlns="http://www.w3.org/2005/Atom"'
    data = f"<feed {names}>{head}<entry><id>urn:a:1</id><title>A</title>{entry}</entry></feed>"
    [item] = read(data.encode(), SOURCE, "").items
    return item


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ('<link rel="http://www.iana.org/assignments/relation/alternate" href="https://a.example.org/1"/>', "1"),
        ('<link rel="edit" href="https://a.example.org/2"/><link rel="via" href="https://a.example.org/1"/>', "1"),
        ('<content type="text/html" src="https://a.example.org/1"/>', "1"),
        ('<link rel="edit" href="https://a.example.org/2"/>', ""),
    ],
)
def test_an_entry_is_read_where_its_links_say(entry: str, url: str) -> None:
    assert atom(entry).url == (f"https://a.example.org/{url}" if url else "")


@pytest.mark.parametrize(
    ("texts", "html"),
    [
        ("<summary>It opens at noon.</summary><content>...</content>", "<p>It opens at noon.</p>"),
        ("<summary>It opens.</summary><content>Opens at noon.</content>", "<p>Opens at noon.</p>"),
        ("<summary>It opens.</summary><content type='image/png'>iVBORw0KGgoAAAANSU</content>", "<p>It opens.</p>"),
        ("<content type='text/markdown'># 5 &lt; 6</content>", "<p># 5 &lt; 6</p>"),
        ("<content type='html'>&lt;![CDATA[Noon, <![CDATA[<b>]]>sharp]]&gt;</content>", "Noon, <b>sharp"),
        ("<content type='html'>It's &lt;!' a &lt;b>gate&lt;/b></content>", "It's &lt;!' a <b>gate</b>"),
        ("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<br/>b</div></content>", "a<br>b"),
    ],
)
def test_which_text_is_the_text(texts: str, html: str) -> None:
    assert atom(texts).html == html


def test_an_entry_has_the_author_of_its_feed_unless_it_comes_from_elsewhere() -> None:
    head = "<author><name>Ana Berg</name></author>"
    assert atom("", head).author == "Ana Berg"
    assert atom("<author><name>Bo Ek</name></author>", head).author == "Bo Ek"
    assert atom("<source><title>Wire</title></source>", head).author == ""
    assert atom("", f"<title>Ana Berg</title>{head}").author == ""  # an outlet is nobody's name


def test_two_halves_of_a_character_are_one() -> None:
    assert small("<item><title>Port &#xD83D;&#xDEA2; &#55357;&#57001;</title></item>").items[0].title == "Port 🚢 🚩"


@pytest.mark.parametrize("encode", ["utf-8", "utf-16"])
def test_entities_of_entities_are_refused_however_they_are_written(encode: str) -> None:
    bomb = "".join(f'<!ENTITY {b} "&{a};&{a};">' for a, b in ("ab", "bc", "cd"))
    with pytest.raises(InputError, match="entities made of entities"):
        read(
            f"<!DOCTYPE rss [{bomb}]><rss><channel><item><title>&d;</title></item></channel></rss>".encode(encode),
            SOURCE,
            "",
        )


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "<rss><channel><item><title>", "<feed><entry>", '{"version":"1","items":[']),
)
def test_any_bytes_are_a_reading_or_an_error(data: bytes, start: str) -> None:
    for reader in (read, jsonfeed.read, fetched.read):
        with suppress(InputError):
            assert isinstance(reader(start.encode() + data, SOURCE, "feeds/x"), Reading)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_cdf_says_what_it_has_to_say_in_values_too(quote):
    cdf = (
        '<?xml version="1.0"?><!-- of the harbour --><CHANNEL HREF="https://tide.example.org/"><TITLE VALUE="Tide"/>'
        '<ITEM HREF="https://tide.example.org/a"><TITLE VALUE="Quay &amp; port close"/>'
        '<ABSTRACT VALUE="Ninety people lose work."/></ITEM></CHANNEL>'
    ).replace('VALUE="', f"VALUE={quote}")
    reading = read(cdf.replace('"/><', f"{quote}/><").replace('"/></', f"{quote}/></").encode(), SOURCE, "")
    [item] = reading.items
    assert (reading.title, item.title, item.html) == ("Tide", "Quay & port close", "<p>Ninety people lose work.</p>")
    assert item.url == "https://tide.example.org/a"


def test_a_link_may_stand_in_an_attribute():
    [item] = small('<item><title>Quay</title><link uri="https://tide.example.org/a"/></item>').items
    assert item.url == "https://tide.example.org/a"


def test_where_else_an_episode_can_be_heard_is_a_link():
    [item] = read(
        b"<rss version='2.0' xmlns:podcast='https://podcastindex.org/namespace/1.0'><channel><title>Talk</title><item>"
        b"<title>One</title><enclosure url='https://a.example.org/one.mp3' type='audio/mpeg'/>"
        b"<podcast:alternateEnclosure type='audio/opus'><podcast:source uri='https://b.example.org/one.opus'/>"
        b"<podcast:source uri='ipfs://one'/></podcast:alternateEnclosure></item></channel></rss>",
        SOURCE,
        "",
    ).items
    assert item.html.count("<a href=") == 2
    assert "https://b.example.org/one.opus" in item.html and "ipfs" not in item.html
