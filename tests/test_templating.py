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
        ("a\n{% include 'pages/a.html' %}", "templates/pages/a.html:2: is nested too deeply, or includes"),
        ("a\n{% extends 'pages/a.html' %}", "templates/pages/a.html:2: is nested too deeply, or includes"),
        ("a\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "templates/pages/a.html:2: is nested too deeply"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "templates/pages/a.html: is nested too deeply"),
    ],
)
def test_a_fault_names_file_and_line(template: str, told: str):
    with pytest.raises(TemplateFault) as fault:
        drawn(template)
    assert str(fault.value).startswith(told)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("a\n{{ say(none) }}", "templates/pages/a.html:2: AttributeError: "),
        ("a\n{{ 'x'|round }}", "templates/pages/a.html:2: TypeError: "),
        ("a\n{{ [1, 'a']|sort }}", "templates/pages/a.html:2: TypeError: "),
        ("{{ (10 ** 5000)|string }}", "templates/pages/a.html, or what it extends or includes: Exceeds the limit"),
    ],
)
def test_what_a_projects_template_asks_of_us_is_its_authors_to_mend(template: str, told: str):
    made = environment({"pages/a.html": template, "shipped/pages/a.html": "ours"})
    with pytest.raises(TemplateFault) as fault:
        draw(made, "pages/a.html", "x/y.html", say=lambda text: text.format())
    assert str(fault.value).startswith(told)


def test_a_macro_may_have_many_arguments():
    names = ", ".join(f"a{n}=1" for n in range(90))
    assert drawn("{% macro m(" + names + ") %}{{ a89 }}{% endmacro %}{{ m() }}") == "1"


def test_our_own_faults_stay_ours():
    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drawn("{{ broken() }}", broken=broken)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            "{% macro m(a, b=1, c='<') %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m('&') }} {{ m(2, c=3) }}",
            "&amp;1&lt; 213",
        ),
        ("{% macro m() %}{{ caller() }}!{% endmacro %}{% call m() %}<b>{% endcall %}", "<b>!"),
        ("{% macro m() %}{{ varargs|join }}{{ kwargs.x }}{% endmacro %}{{ m(1, 2, x=3) }}", "123"),
        ("{% macro m() %}<i>{% endmacro %}{% autoescape false %}{{ m() ~ '<' }}{% endautoescape %}", "<i><"),
        ("a{% include 'b.html' without context %}c", "abc"),
        ("{% block x %}a{% include 'b.html' without context %}c{% endblock %}", "abc"),
        ("{% set made %}<b>{% endset %}{{ made }}{{ made.upper() }}", "<b><B>"),
        ("{{ known.x }}{{ known.y.z }}{{ known.none is defined }}{{ '%s'|format(known.x) }}", "&lt;1False&lt;"),
        ("{% for n in [1, 2] recursive %}{{ n }}{{ ', ' if not loop.last }}{% endfor %}", "1, 2"),
    ],
)
def test_templates_mean_what_jinja_says(template: str, said: str):
    assert drawn(template, known={"x": "<", "y": {"z": 1}}) == said


def test_a_macro_that_is_called_wrongly_is_told_by_its_caller():
    with pytest.raises(TemplateFault, match=r"a\.html:2: macro 'm' takes no keyword argument 'b'"):
        drawn("{% macro m(a) %}{% endmacro %}\n{{ m(b=1) }}")
    with pytest.raises(TemplateFault, match=r"a\.html:2: macro 'm' takes not more than 1 argument"):
        drawn("{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}")
