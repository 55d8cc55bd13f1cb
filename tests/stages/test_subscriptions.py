"""Folders and kinds: what goes out as a list of subscriptions is what comes in from it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from digest.inputs.opml import read_folders, read_opml
from digest.model import Page, Site, Source, Topic
from digest.outputs.feeds import xml
from digest.query import query_of_sources, sources_in_query
from digest.stages.pages.subscriptions import subscriptions

FOLDER = Path(__file__).resolve().parents[2] / "templates/feeds"
TEMPLATES = {f"feeds/{file.name}": file.read_text("utf-8") for file in FOLDER.iterdir()}
KINDS = ["", "wire", "national", "regional", "official", "ngo", "analysis", "blog"]
NAMES = st.text("abcdéжع &<'\"./", min_size=1, max_size=8).map(lambda name: " ".join(f"n{name}".split()))
PATHS = st.lists(NAMES.map(lambda name: name.replace(" / ", "/")), min_size=1, max_size=3).map(" / ".join)


@st.composite
def projects(draw: st.DrawFn) -> tuple[list[Source], list[Topic]]:
    """Sources, and topics that list them."""
    sources = [
        Source(
            id=f"s-{at}",
            name=draw(NAMES),
            url=f"https://s{at}.example.org/feed?a=1&b=2",
            kind=draw(st.sampled_from(KINDS)),
            language=draw(st.sampled_from(["", "ar", "pt-BR"])),
        )
        for at in range(draw(st.integers(1, 5)))
    ]
    ids = st.lists(st.sampled_from([source.id for source in sources]), min_size=1, unique=True)
    topics = draw(st.dictionaries(PATHS, ids, max_size=4))
    return sources, [Topic(name=name, slug="", query=query_of_sources(ids)) for name, ids in topics.items()]


@given(projects())
def test_what_goes_out_comes_in(project: tuple[list[Source], list[Topic]]) -> None:
    sources, topics = project
    view = subscriptions(sources, topics, "Mine")
    site = Site(title="Mine", base_url="", language="en")
    data = xml(TEMPLATES, site)(Page(path="sources.opml", format="opml", subject=view, fingerprint=""), {})
    read = {source.url: (source.name, source.kind, source.language) for source in read_opml(data)}
    assert read == {source.url: (source.name, source.kind, source.language) for source in sources}
    urls = {source.id: source.url for source in sources}
    listed = {topic.name: {urls[id] for id in sources_in_query(topic.query)} for topic in topics}
    assert {name: set(found) for name, found in read_folders(data).items()} == listed


def test_which_topics_are_folders() -> None:
    assert sources_in_query('source:quay OR source:"Gulf Tide" OR source:/^tide-2 /') == ("quay", "Gulf Tide", "tide-2")
    assert sources_in_query("source:quay OR ferry") == ()
    assert sources_in_query("source:quay ferry") == ()
    assert sources_in_query("") == ()
