from digest.addresses import article_href, edition_stem, story_href
from tests.stages.build import article


def test_addresses():
    assert story_href("00a1", "ferry") == "story/ferry-00a1.html"
    assert article_href(article("00a1", "Ferry", show="full")) == "article/ferry-00a1.html"
    assert article_href(article("00a1", "Ferry", show="extract")) == ""
    assert edition_stem("2026-11-23") == "2026/11/23"
    assert edition_stem("") == "index"
