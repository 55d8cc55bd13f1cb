"""A template's fault is its author's to mend; ours is not dressed up as one."""

import pytest

from digest.errors import TemplateFault
from digest.templating import draw, environment


def drawn(template: str, **values: object) -> str:
    return draw(environment({"pages/a.html": template, "b.html": "b\n"}), "pages/a.html", "x/y.html", **values)


def test_what_is_shown_is_escaped():
    assert drawn("<b>{{ name }}</b>{% include 'b.html' %}", name="a & b") == "<b>a &amp; b</b>b"


def test_a_feed_keeps_its_last_line():
    assert draw(environment({"a": "a\n"}, keep_trailing_newline=True), "a", "") == "a\n"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("a\n{% if %}", "templates/pages/a.html:2: "),
        ("a\n\n{{ nothing }}", "templates/pages/a.html:3: 'nothing' is undefined (page x/y.html)"),
        ("a\n{{ 1 + 'a' }}", "templates/pages/a.html:2: unsupported operand"),
        ("{% include 'none.html' %}", "templates/pages/a.html:1: none.html (page x/y.html)"),
    ],
)
def test_a_fault_names_file_and_line(template: str, told: str):
    with pytest.raises(TemplateFault) as fault:
        drawn(template)
    assert str(fault.value).startswith(told)


def test_our_own_faults_stay_ours():
    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drawn("{{ broken() }}", broken=broken)
