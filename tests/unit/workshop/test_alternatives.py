"""What is drawn can be switched, undone and done again, and is the same file each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.errors import InputError, ScenarioError
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.alternatives import (
    ADDED,
    REDONE,
    REMOVED,
    SWITCHED,
    UNDONE,
    Alternative,
    alternatives_of,
    require_drawn,
    save,
    scenario_of,
)
from tesoma_geo.workshop.room_log import Act

LINE = [[23.62, 61.50], [23.63, 61.51]]
NAMES = {"name": {"fi": 'Kevät "a"', "en": "Spring: a"}, "cost_eur_per_m": {"path": 100.0}}


def act(what, **content):
    return Act("", "day 1", what, {"alternative": "a", **content})


def path(name=""):
    return act(ADDED, section="links", entry={"line": LINE, "tags": {"highway": "path"}}, kind="path", name=name)


def entrance():
    return act(ADDED, section="entrances", entry={"lon": 23.62, "lat": 61.5}, kind="entrance", name="")


def numbers(*acts):
    known = alternatives_of(acts)
    return [change.number for change in known["a"].changes if change.on] if known else []


def test_changes_are_undone_and_done_again():
    assert numbers(path(), path(), act(UNDONE)) == [1]
    assert numbers(path(), path(), act(UNDONE), act(UNDONE), act(UNDONE)) == []
    assert numbers(path(), path(), act(UNDONE), act(REDONE)) == [1, 2]
    assert numbers(path(), act(UNDONE), path(), act(REDONE)) == [2]


def test_changes_are_switched_and_removed():
    assert numbers(path(), path(), act(SWITCHED, number=1, on=False)) == [2]
    assert numbers(path(), path(), act(SWITCHED, number=1, on=False), act(UNDONE)) == [1, 2]
    assert numbers(path(), path(), act(REMOVED, number=1)) == [2]
    assert numbers(path(), act(REMOVED, number=7)) == [1]


@given(st.lists(st.sampled_from([path(), act(UNDONE), act(REDONE), act(REMOVED, number=1)]), max_size=30))
def test_undoing_as_often_as_can_be_leads_back_to_nothing(acts):
    alternative = alternatives_of(acts).get("a", Alternative("a"))
    for _ in range(40):
        alternative = alternative.after(act(UNDONE))
    assert alternative.changes == ()


def test_the_file_is_read_as_the_scenario_that_it_is(tmp_path):
    acts = [
        path(),
        act(ADDED, section="costs", entry={"line": LINE, "within_m": 8, "closed": True}, kind="close", name=""),
    ]
    known = alternatives_of([*acts, entrance()])["a"]
    file = save(known, tmp_path, NAMES)
    drawn, read = scenario_of(known, tmp_path, NAMES), Scenario.load(file)
    assert read == drawn
    assert [len(read.links), len(read.costs), len(read.entrances)] == [1, 1, 1]


def test_the_same_changes_are_the_same_bytes_however_they_came_about(tmp_path):
    straight = alternatives_of([path(), entrance()])["a"]
    about = alternatives_of([path(), path(), act(UNDONE), entrance(), act(UNDONE), act(REDONE)])["a"]
    assert save(straight, tmp_path, NAMES).read_bytes() == save(about, tmp_path, NAMES).read_bytes()


def test_what_is_off_is_not_in_the_file(tmp_path):
    known = alternatives_of([path(), act(SWITCHED, number=1, on=False)])["a"]
    assert "links" not in save(known, tmp_path, NAMES).read_text()


@pytest.mark.parametrize("key", ["source", "layer", "where"])
def test_what_is_drawn_names_no_file(key):
    with pytest.raises(InputError, match=key):
        require_drawn({key: "annotations.key"})


def test_faults_of_an_entry_are_told(tmp_path):
    wrong = act(ADDED, section="links", entry={"line": [[23.62, 161.5], [23.6, 61.5]]}, kind="path", name="")
    with pytest.raises(ScenarioError):
        scenario_of(alternatives_of([wrong])["a"], tmp_path, NAMES)
