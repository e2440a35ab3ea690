"""Steps of profiles give the same side by side, kept or anew; none sees what it is not keyed by."""

from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest

from tesoma_geo import _processes
from tesoma_geo._steps import Steps
from tesoma_geo.assessment import profile_study
from tesoma_geo.assessment.assess import assess_inputs
from tesoma_geo.assessment.profile_study import LIVED, REACH, STUDY, TIMETABLE, UNCOMPUTED, WITHOUT, SharedByProfiles
from tesoma_geo.workspace import Workspace


@pytest.fixture
def two_ways(sample_inputs):
    access = sample_inputs.workspace.access.model_copy(update={"profiles": ("walk", "bicycle")})
    short = sample_inputs.workspace.model_copy(update={"access": access, "targets": {}})
    kept = tuple(profile for profile in sample_inputs.profiles if profile.name in access.profiles)
    return replace(sample_inputs, workspace=short, profiles=kept)


def same(one, other):
    assert one.summary == other.summary
    assert one.cells.equals(other.cells)
    assert one.origins.equals(other.origins)
    for name in one.isochrones:
        assert one.isochrones[name].equals(other.isochrones[name])
        assert one.street_analysis.uncertain[name].draws.equals(other.street_analysis.uncertain[name].draws)


def test_side_by_side_is_as_one_after_the_other(two_ways, monkeypatch):
    told = []
    monkeypatch.setattr(_processes, "cores", lambda: 2)
    beside = assess_inputs(two_ways, told.append)
    monkeypatch.setattr(_processes, "cores", lambda: 1)
    alone = assess_inputs(two_ways, told.append)
    assert {"walk", "bicycle"} <= set(told)
    same(beside, alone)


def test_the_last_of_three_ways_is_done_in_halves_by_two_and_is_the_same(sample_inputs, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    access = sample_inputs.workspace.access.model_copy(update={"profiles": ("walk", "wheelchair", "bicycle")})
    short = sample_inputs.workspace.model_copy(update={"access": access, "targets": {}})
    profiles = tuple(profile for profile in sample_inputs.profiles if profile.name in access.profiles)
    three_ways = replace(sample_inputs, workspace=short, profiles=profiles)
    monkeypatch.setattr(_processes, "cores", lambda: 1)
    alone = assess_inputs(three_ways, str)
    monkeypatch.setattr(_processes, "cores", lambda: 2)
    halves, again = Steps("job"), Steps("job")
    same(alone, assess_inputs(three_ways, str, halves))
    assert [record.name for record in halves.records] == [
        f"{what} {name}" for name in access.profiles for what in (REACH, STUDY, LIVED)
    ]
    assert all(record.seconds > 0 for record in halves.records)
    same(alone, assess_inputs(three_ways, str, again))
    assert all(record.kept for record in again.records)


def test_kept_steps_give_the_same_and_one_setting_does_its_own_again(two_ways, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    first, again = Steps("job"), Steps("job")
    found = assess_inputs(two_ways, str, first)
    first.finish()
    same(found, assess_inputs(two_ways, str, again))
    assert not any(record.kept for record in first.records)
    assert all(record.kept for record in again.records)
    walk, bicycle = two_ways.profiles
    slower = replace(two_ways, profiles=(walk, bicycle.model_copy(update={"speed_kmh": 11.0})))
    changed = Steps("job")
    ridden = assess_inputs(slower, str, changed)
    assert {record.name.split()[1] for record in changed.records if not record.kept} == {"bicycle"}
    assert {record.why for record in changed.records if not record.kept} == {"changed: profile"}
    same(ridden, assess_inputs(slower, str))
    renamed = two_ways.workspace.model_copy(
        update={"hub": two_ways.workspace.hub.model_copy(update={"name": {"fi": "Toinen"}})}
    )
    named = Steps("job")
    assess_inputs(replace(two_ways, workspace=renamed), str, named)
    assert all(record.kept for record in named.records)


def test_what_is_only_said_or_shown_does_no_step_again(two_ways, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    first = Steps("job")
    assess_inputs(two_ways, str, first)
    first.finish()
    workspace = two_ways.workspace
    sections = {
        "targets": {"walk_within_15_min": 0.8},
        "site": workspace.site.model_copy(update={"contact": "someone@example.org"}),
        "network": workspace.network.model_copy(update={"licence": "Another licence"}),
        "population": workspace.population.model_copy(update={"licence": "Another licence"}),
    }
    for name, section in sections.items():
        changed = Steps("job")
        assess_inputs(replace(two_ways, workspace=workspace.model_copy(update={name: section})), str, changed)
        assert all(record.kept for record in changed.records), name


@pytest.mark.parametrize("what", [REACH, STUDY, LIVED, TIMETABLE])
def test_a_step_sees_nothing_that_it_is_not_keyed_by(sample_assessment, what):
    """What is left aside is not there at all: a step that looked at it would fail."""
    inputs, aside = sample_assessment.inputs, WITHOUT[what]
    sections = {
        name: getattr(inputs.workspace, name)
        for name in Workspace.model_fields
        if name not in aside and ((name == "profiles" and what == TIMETABLE) or name not in (*UNCOMPUTED, "path"))
    }
    layers = {
        one.name: getattr(inputs, one.name)
        for one in fields(inputs)
        if one.name not in (*aside, "workspace", "survey", "publication", "reports", "left_out")
    }
    narrow = SimpleNamespace(**layers, workspace=SimpleNamespace(**sections), survey=None)
    told = inputs.publication
    full = SharedByProfiles(inputs)
    if what in (LIVED, TIMETABLE):
        narrow.publication = told
    shared = SharedByProfiles(narrow)
    assert (full.told is None) == (told is None)
    profiles = {profile.name: profile for profile in inputs.profiles}
    asked = profile_study._ProfileOnDemand(shared, profiles, profiles.get("walk"))
    found = asked.answer(what)
    origins = sample_assessment.origins
    if what == REACH:
        np.testing.assert_array_equal(found.origin_columns["walk_to_hub_s"], origins["walk_to_hub_s"])
    if what == STUDY:
        assert found.explained.equals(sample_assessment.street_analysis.explained["walk"])
    if what == LIVED:
        np.testing.assert_array_equal(found.to_hub_s, origins["walk_lived_to_hub_s"])
    if what == TIMETABLE:
        np.testing.assert_array_equal(found[0].origin_columns["transit_to_hub_s"], origins["transit_to_hub_s"])
