"""Settings: what the files say, and every mistake in them at once."""

from dataclasses import replace
from inspect import cleandoc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import Config, feed_address, load, veiled
from digest.errors import ConfigError, FetchError
from digest.model import Override, Source, Topic

WIRE = '[[source]]\nid = "wire"\nname = "The Wire"\n'


def settings(**texts: str) -> Config:
    """What such files mean: `digest="…"` is the text of digest.toml."""
    return load({f"{name}.toml": cleandoc(text) for name, text in texts.items()}, name="desk")


def mistakes(**texts: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        settings(**texts)
    return list(caught.value.mistakes)


def test_nothing_said_is_the_defaults():
    assert replace(settings(), settings_hash="") == Config(title="desk")
    assert settings(digest="") == settings() == settings(digest='[site]\ntitle = ""', topics="# none yet")


def test_everything_that_can_be_said():
    config = settings(
        digest="""
            [site]
            title = "Crossline"
            base_url = "https://example.org/brief"
            language = "pt_br"
            timezone = "Europe/Berlin"
            edition_at = "06:30"
            days = "mon-fri"
            contact = "desk@example.org"
            index = false
            watch = ["corridor", "war  risk"]
            pages_for_days = 30
            [articles]
            folders = ["articles", "clippings"]
            date_order = "MDY"
            show = "full"
            [feeds]
            show = "full"
            [fetch]
            allow_private = ["127.0.0.1:8000"]
            keep = "extract"
            timeout_seconds = 0.5
            max_mebibytes = 1
            per_host = 4
            [stories]
            window_hours = 48
            semantic = true
        """,
        sources="""
            [[source]]
            id = "wire"
            name = "The Wire"
            url = "https://example.org/feed?key=${WIRE_KEY}"
            kind = "wire"
            country = "gb"
            language = "en"
            weight = 2
            date_order = "YMD"
            show = "extract"
            poll_minutes = 60
            full_text = true
            publish = false
        """,
        topics='''
            [[topic]]
            name = "Grain & food"
            query = """wheat OR
            "food prices" """
            description = "Prices"
            until = 2026-12-31
        ''',
        overrides="""
            [[merge]]
            story = "0123456789abcdef"
            into = "https://example.org/story/x-0123456789abcdef.html"
            by = "desk"
            until = "2026-12-31"
        """,
    )
    assert replace(config, settings_hash="") == Config(
        title="Crossline",
        base_url="https://example.org/brief/",
        language="pt-BR",
        timezone="Europe/Berlin",
        edition_minute=390,
        weekdays=(0, 1, 2, 3, 4),
        contact="desk@example.org",
        index=False,
        watch=("corridor", "war risk"),
        pages_for_days=30,
        article_folders=("articles", "clippings"),
        date_order="MDY",
        articles_show="full",
        feeds_show="full",
        allow_private=("127.0.0.1:8000",),
        keep="extract",
        timeout_seconds=0.5,
        max_mebibytes=1.0,
        per_host=4,
        window_hours=48.0,
        semantic=True,
        sources=(
            Source(
                id="wire",
                name="The Wire",
                url="https://example.org/feed?key=${WIRE_KEY}",
                kind="wire",
                country="GB",
                language="en",
                weight=2.0,
                date_order="YMD",
                show="extract",
                poll_minutes=60,
                full_text=True,
                publish=False,
            ),
        ),
        topics=(
            Topic(
                name="Grain & food",
                slug="grain-food",
                query='wheat OR\n"food prices"',
                description="Prices",
                until="2026-12-31",
            ),
        ),
        overrides=(
            Override(
                kind="merge",
                story="0123456789abcdef",
                into="https://example.org/story/x-0123456789abcdef.html",
                by="desk",
                until="2026-12-31",
            ),
        ),
    )


def test_every_mistake_is_told_at_once_with_its_line(file_regression):
    digest = """
        titel = "Crossline"
        [site]
        title = 3
        timezone = "Europe/Berln"
        base_url = "example.org"
        edition_at = "24:00"
        days = "mon-fry"
        language = "English, please"
        index = "yes"
        watch = [
            "corridor",
            7,
        ]
        pages_for_days = -1
        [feed]
        show = "full"
        [articles]
        date_order = "DYM"
        show = "none"
        folders = "articles"
        [fetch]
        allow_private = ["http://127.0.0.1"]
        timeout_seconds = 0
        per_host = 1.5
        keep = true
    """
    sources = """
        # the feeds
        [[source]]
        id = "wire"
        name = "The Wire"
        url = "ftp://example.org/feed"
        wieght = 1

        [[source]]
        name = "Nameless"
        [[source]]
        id = "WIRE"
        name = "Again"
        kind = "tabloid"
        country = "UK"
        weight = 2.5
        [[source]]
        id = "../wire"
        name = "Up"
        country = "XX"
        [[source]]
        id = "runs"
        name = "Runs"
        url = "https://example.org/${key"
        [[source]]
        id = "con.feed"
        name = "Device"
    """
    topics = """
        [[topic]]
        name = "Syria"
        query = "syria AND (truce"
        [[topic]]
        name = "syria"
        query = "topic:Syra"
        until = "soon"
        [[topic]]
        name = "Empty"
        query = ""
    """
    overrides = """
        [[merge]]
        story = "0123456789abcdef"
        [[note]]
        text = "of what?"
        [pin]
        article = "0123456789abcdef"
        [[hidden]]
        article = "0123456789abcdef"
    """
    told = mistakes(digest=digest, sources=sources, topics=topics, overrides=overrides)
    file_regression.check("\n".join(told) + "\n")


@pytest.mark.parametrize("contact", ["desk@example.org", "https://example.org/contact", ""])
def test_a_contact_is_an_address(contact):
    assert load({"digest.toml": f'site.contact = "{contact}"'}, name="desk").contact == contact
    (told,) = mistakes(digest='[site]\ncontact = "the desk"')
    assert told.startswith("content/digest.toml:2: site.contact: an e-mail address, or an address that begins with")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[site]\ntitle = Crossline\n", "content/digest.toml:2: not TOML: Invalid value (column 9)"),
        ('[site]\n\ntitle = "Crossline', "content/digest.toml:3: not TOML: "),
        ("[site]\n[site]\n", "content/digest.toml:2: not TOML: "),
        ("x = " + "[" * 5000, "content/digest.toml:1: not TOML"),
        ("[site]\npages_for_days = " + "9" * 5000, "content/digest.toml:2: not TOML that can be read: a number has"),
        ("a." * 3000 + "a = 1", 'content/digest.toml:1: a: unknown table "a"'),
    ],
)
def test_what_is_no_toml_has_its_line_too(text, told):
    assert [line for line in mistakes(digest=text, sources="[[sauce]]\nid=1") if line.startswith(told)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('site.timezone = "Berlin"', 1),
        ('\n\nsite = { title = "x", timezone = "Berlin" }', 3),
        ('[site]\nwatch = [\n  "]", # ]\n  """\n[x]\n""",\n]\ntimezone = "Berlin"', 8),
        ("[site]\ntitle = '''\ntimezone = \"UTC\"\n'''\n\"timezone\" = \"Berlin\"", 5),
    ],
)
def test_lines_are_right_however_it_is_written(text, line):
    with pytest.raises(ConfigError) as caught:
        load({"digest.toml": text}, name="desk")
    (told,) = caught.value.mistakes
    assert told.startswith(f'content/digest.toml:{line}: site.timezone: unknown time zone "Berlin"')


def test_a_mistake_beside_a_long_value_is_found_at_once():
    query = '"some words here" OR\n' * 20_000
    topics = f'[[topic]]\nname = "A"\nquery = """\n{query}x"""\n[[topic]]\nnamed = "B"\nquery = "x"\n'
    assert mistakes(topics=topics)[1].startswith("content/topics.toml:20006: topic.named: unknown key")


def test_files_may_come_from_windows():
    assert load({"digest.toml": '\ufeff[site]\r\ntitle = "Crossline"\r\n'}, name="desk").title == "Crossline"


@pytest.mark.parametrize(
    ("said", "days"),
    [("mon-sun", (0, 1, 2, 3, 4, 5, 6)), ("sat-mon", (0, 5, 6)), ("mon, Wed,fri", (0, 2, 4)), ("sun", (6,))],
)
def test_days(said, days):
    assert settings(digest=f'[site]\ndays = "{said}"').weekdays == days


@pytest.mark.parametrize("zone", ["localtime", "Europe", "/etc/localtime", "../UTC", "utc+1"])
def test_a_zone_is_the_same_one_on_every_machine(zone):
    assert "unknown time zone" in mistakes(digest=f'[site]\ntimezone = "{zone}"')[0]


@pytest.mark.parametrize(
    "id", ["a/b", "..", ".hidden", "nul", "COM1.xml", "a:b", "a b", "é", "a" * 65, "ends.", "Runs"]
)
def test_an_id_is_a_file_name_everywhere(id):
    assert mistakes(sources=f'[[source]]\nid = "{id}"\nname = "x"')


@pytest.mark.parametrize(
    ("digest", "topics", "told"),
    [
        (
            '[site]\nlogo = "../logo.svg"',
            "",
            "content/digest.toml:2: site.logo: a picture under templates/static/ is wanted",
        ),
        (
            '[site]\nlogo = "logo.gif"',
            "",
            "content/digest.toml:2: site.logo: a picture under templates/static/ is wanted",
        ),
        ("[articles]\nfolders = []", "", "content/digest.toml:2: articles.folders: a folder is wanted"),
        (f'[articles]\nfolders = ["{"a" * 256}"]', "", "content/digest.toml:2: articles.folders: its name is too long"),
        (
            f'[articles]\nfolders = ["{"a/" * 501}"]',
            "",
            "content/digest.toml:2: articles.folders: its name is too long",
        ),
        ("[site]\ntitle = 5", "", "content/digest.toml:2: site.title: a text in quotes is wanted"),
        ('[site]\nlanguage = "deutsch!"', "", "content/digest.toml:2: site.language: a language tag is wanted"),
        ("", 'hue = "red"', "content/topics.toml:4: topic.hue: a whole number from 0 to 7 is wanted"),
        ("", "hue = 8", "content/topics.toml:4: topic.hue: a whole number from 0 to 7 is wanted"),
    ],
)
def test_what_makes_it_yours_is_looked_at(digest: str, topics: str, told: str):
    topic = f'[[topic]]\nname = "Ships"\nquery = "ferry"\n{topics}'
    assert mistakes(digest=digest, topics=topic)[0].startswith(told)


def test_slugs_are_told_apart_in_the_order_of_the_file():
    topics = "".join(f'[[topic]]\nname = "{name}"\nquery = "x"\n' for name in ("Öl", "Ol!", "سوريا"))
    assert [topic.slug for topic in settings(topics=topics).topics] == ["ol", "ol-2", "swry"]


def test_topics_may_name_each_other_but_not_in_a_circle():
    topics = '[[topic]]\nname = "A"\nquery = "topic:B truce"\n[[topic]]\nname = "B"\nquery = "{}"\n'
    assert settings(topics=topics.format("syria")).topics[0].query == "topic:B truce"
    assert mistakes(topics=topics.format("topic:A"))[0].startswith("content/topics.toml:3: topic.query: ")


def test_variables_are_filled_in_only_to_ask():
    source = Source(id="wire", name="The Wire", url="https://${USER_NAME}@example.org/feed?key=${KEY}&k=${KEY}")
    environ = {"USER_NAME": "desk", "KEY": "hunter2"}
    assert feed_address(source, environ) == "https://desk@example.org/feed?key=hunter2&k=hunter2"
    assert veiled("hunter2 was refused", source, environ) == "${KEY} was refused"
    with pytest.raises(FetchError, match="the environment variable KEY, which its url names, is not set") as caught:
        feed_address(source, {"USER_NAME": "desk", "KEY": ""})
    assert "desk" not in str(caught.value)


def test_the_hash_tells_of_what_shapes_the_site():
    plain = settings(sources=WIRE).settings_hash
    assert plain == settings(sources=WIRE, digest="[fetch]\nper_host = 3").settings_hash
    assert plain != settings(sources=WIRE, digest='[site]\ntitle = "Other"').settings_hash
    assert plain != settings(sources=WIRE + 'kind = "wire"').settings_hash
    secret = WIRE + 'publish = false\nurl = "https://example.org/{}"'
    assert settings(sources=secret.format(1)).settings_hash == settings(sources=secret.format(2)).settings_hash


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(st.text(max_size=60), st.sampled_from(["digest.toml", "sources.toml", "topics.toml", "overrides.toml"]))
def test_any_text_is_settings_or_mistakes(text, file):
    try:
        load({file: text}, name="desk")
    except ConfigError as fault:
        assert all(line.startswith(f"content/{file}:") for line in fault.mistakes)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value)
    return repr(value) if isinstance(value, int) else '"' + "".join(f"\\U{ord(c):08x}" for c in str(value)) + '"'


@given(
    st.sampled_from(
        ["site.title", "site.base_url", "site.timezone", "site.days", "site.edition_at", "site.language", "site.watch",
         "fetch.allow_private", "fetch.timeout_seconds", "fetch.per_host", "articles.folders", "feeds.show"]
    ),
    VALUES,
)  # fmt: skip
def test_any_value_is_a_setting_or_a_mistake(key, value):
    try:
        load({"digest.toml": f"{key} = {_toml(value)}"}, name="desk")
    except ConfigError as fault:
        assert all(line.startswith(f"content/digest.toml:1: {key}: ") for line in fault.mistakes)
