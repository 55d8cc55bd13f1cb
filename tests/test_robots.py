"""What robots.txt allows: the examples of RFC 9309, and what servers send besides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.robots import MOST_RULES, NOT_KEPT, NOT_SHOWN, forbidden, rules_for

GROUPS = b"""\
# all of it
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: digest/1.0
User-agent: other
Disallow:/private # ours
Allow: /private/open
Sitemap: https://example.org/sitemap.xml

user-agent: DIGEST
Disallow: /more
"""


def allows(robots: bytes, agent: str, path: str) -> bool:
    return rules_for(agent, robots).allow(path)


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("foo", "/publications/x", True),
        ("foo", "/example/", False),
        ("foo", "/a/b.gif", False),
        ("foo", "/a/b.gif?x", True),
        ("foo", "/", True),
        ("digest", "/example/", True),
        ("digest", "/private/x", False),
        ("digest", "/private/open/x", True),
        ("digest", "/more", False),
        ("other", "/more", True),
        ("other", "/private", False),
    ],
)
def test_the_groups_that_name_a_program_are_its_own(agent: str, path: str, allowed: bool):
    assert allows(GROUPS, agent, path) == allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /\nAllow: /a$", "/a", True),
        ("Disallow: /\nAllow: /a$", "/ab", False),
        ("Disallow: /a*b*c$", "/a1b2c3c", False),
        ("Disallow: /a*c$", "/ac", False),
        ("Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar", False),
        ("Disallow: /foo/bar/\u30c4", "/foo/bar/%E3%83%84", False),
        ("Disallow: /%62%61z", "/baz", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow:", "/a", True),
        ("Disallow: /a\r\nnonsense\rDisallow: /b", "/b", False),
        ("", "/a", True),
    ],
)
def test_the_longest_rule_decides_and_of_equals_the_kind_one(rules: str, path: str, allowed: bool):
    assert allows(f"User-agent: *\n{rules}".encode(), "digest", path) == allowed


def test_rules_without_end_are_read_once_and_to_a_number():
    lines = "".join(f"Disallow: /{n}\n" for n in range(MOST_RULES + 1_000))
    rules = rules_for("digest", f"User-agent: *\nDisallow: *b\nDisallow: /\n{lines}".encode())
    assert len(rules.rules) == MOST_RULES
    assert not any(rules.allow(f"/x{n}") for n in range(100))  # in a second, not in a minute


@given(st.binary(max_size=200), st.text(max_size=30))
def test_whatever_a_server_sends_is_read(robots: bytes, path: str):
    assert allows(robots, "digest", path) in (True, False)


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ((), ""),
        (("index, follow",), ""),
        (("NoArchive",), "noarchive"),
        (("max-snippet: 20, noarchive",), "noarchive"),
        (("unavailable_after: 25 Jun 2027 15:00:00 PST, nosnippet",), "nosnippet"),
        (("googlebot: noindex, noarchive",), ""),
        (("googlebot: noindex", "nocache"), "nocache"),
        (("googlebot: noindex, digest: none",), "none"),
        (("Digest : noarchive",), "noarchive"),
        (("noarchivexyz, no archive",), ""),
    ],
)
def test_what_a_page_says_of_being_kept(stated: tuple[str, ...], found: str):
    assert forbidden(stated, NOT_KEPT | NOT_SHOWN) == found


@given(st.lists(st.text(st.sampled_from("noarchive, digest:*\n;"), max_size=60), max_size=5))
def test_whatever_a_page_says_is_heard(stated: list[str]):
    assert forbidden(stated, NOT_KEPT) in {"", *NOT_KEPT}
