"""Text of data stays text: in a script, in a page, and in a template that is rendered once more."""

import json

import jinja2
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.render.text.escape import script_json, template_proof

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_script_json_is_the_value(value: object) -> None:
    assert json.loads(script_json(value)) == value


@given(st.text(alphabet=st.sampled_from(list("</script>!-&'`${}%#\\\"\u2028\u2029 x"))))
def test_script_json_keeps_nothing_that_ends_a_script_or_begins_a_template(text: str) -> None:
    inner = script_json({text: [text]})[1:-1]
    assert not set(inner) & set("<>&'`$/\u2028\u2029{}")


@given(JSON)
def test_script_json_passes_through_a_template_unchanged(value: object) -> None:
    written = script_json(value)
    assert jinja2.Template(written).render() == written


@given(st.text(alphabet=st.sampled_from(list("{}%# a<>&\"'"))))
def test_markup_passes_through_a_template_unchanged(text: str) -> None:
    html = template_proof(jinja2.Environment(autoescape=True).from_string("<p>{{ text }}</p>").render(text=text))
    assert jinja2.Template(html).render() == html
