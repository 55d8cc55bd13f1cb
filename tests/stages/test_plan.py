from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Page
from digest.stages.plan import plan

sites = st.dictionaries(st.sampled_from(["index.html", "a.html", "b.html", "feed.xml"]), st.sampled_from(["1", "2"]))


def pages(site: Mapping[str, str]) -> list[Page]:
    return [Page(path=path, format="html", subject=None, fingerprint=shown) for path, shown in site.items()]


def test_only_what_differs_is_written_and_only_what_is_gone_deleted():
    todo = plan(pages({"a.html": "1", "b.html": "2", "new.html": "1"}), {"a.html": "1", "b.html": "1", "old.html": "1"})
    assert [page.path for page in todo.write] == ["b.html", "new.html"]
    assert todo.delete == ("old.html",)
    assert todo.keep == ("a.html",)
    assert todo.fingerprints == {"a.html": "1", "b.html": "2", "new.html": "1"}


@given(sites, sites)
def test_what_is_planned_makes_the_new_site_of_the_old(new: dict[str, str], old: dict[str, str]):
    todo = plan(pages(new), old)
    made = {path: old[path] for path in old if path not in todo.delete}
    made |= {page.path: page.fingerprint for page in todo.write}
    assert made == new
    assert not plan(pages(new), made).write


def test_two_pages_at_one_address_are_a_bug_of_ours():
    with pytest.raises(ValueError, match=r"two pages have one address: a\.html"):
        plan([*pages({"a.html": "1"}), *pages({"a.html": "2"})], {})
