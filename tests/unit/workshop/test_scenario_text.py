"""Whatever text or number stands in an entry, TOML reads the same again."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.workshop.scenario_text import scenario_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
VALUES = TEXTS | NUMBERS | st.booleans() | st.lists(st.lists(NUMBERS, min_size=2, max_size=2), max_size=3)


@settings(max_examples=40)
@given(TEXTS, st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), VALUES, max_size=4), TEXTS)
def test_toml_reads_what_was_written(name, entry, tag):
    whole = entry | {"tags": {"name": tag}}
    read = tomllib.loads(scenario_text({"name": {"fi": name}}, [("links", whole)]))
    assert read == {"name": {"fi": name}, "links": [whole]}


def test_tables_stand_in_the_order_in_which_they_are_applied():
    text = scenario_text({}, [("entrances", {"lon": 1.0}), ("links", {"a": 1}), ("links", {"a": 2})])
    assert [line for line in text.splitlines() if line.startswith("[[")] == ["[[links]]", "[[links]]", "[[entrances]]"]
