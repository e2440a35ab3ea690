"""A planner's marks: every fault of the small file is told with its key."""

import pytest

from tesoma_geo.errors import ScenarioError
from tesoma_geo.follow_up.map_changes import Marks


def load(tmp_path, text):
    (tmp_path / "marks.toml").write_text(text, encoding="utf-8")
    return Marks.load(tmp_path / "marks.toml")


def test_marks_are_of_ways_and_services(tmp_path):
    text = "[[marks]]\nway = 3\nwhat = 'correction'\n[[marks]]\nservice = 'osm:node/1'\nwhat = 'real'\nnote = 'opened'"
    assert [mark.what for mark in load(tmp_path, text).marks] == ["correction", "real"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[marks]]\nwhat = 'real'", "not one of way, service"),
        ("[[marks]]\nway = 3\nservice = 'a'\nwhat = 'real'", "not one of way, service"),
        ("[[marks]]\nway = 'three'\nwhat = 'real'", "marks.0.way"),
        ("[[marks]]\nway = 3", "marks.0.what"),
        ("[[marks]]\nway = 3\nwhat = 'better'", "marks.0.what"),
        ("[[marks]]\nway = 3\nwaht = 'real'", "Did you mean what?"),
        ("[[mark]]\nway = 3", "Did you mean marks?"),
        ("[[marks]", "is not TOML"),
    ],
)
def test_a_fault_names_its_key(tmp_path, text, says):
    with pytest.raises(ScenarioError) as refused:
        load(tmp_path, text)
    assert says in str(refused.value)
