"""What is asked of the streets: parts that add up, nothing for who has no such thing, one record of all profiles."""

from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.assessment.street_analysis import NetworkDraws, StudyOfAll, has_winter, street_analysis, street_study
from tesoma_geo.columns import TO_HUB_S
from tesoma_geo.inputs.snapped_points import SnappedPoints


@pytest.fixture(scope="module")
def shared(sample_inputs):
    return StudyOfAll.of(sample_inputs)


@pytest.fixture(scope="module")
def walking(sample_inputs, shared):
    router = sample_inputs.network.router("walk")
    return street_study(sample_inputs, router, SnappedPoints.of(sample_inputs, router), shared)


def test_the_study_is_the_one_of_the_assessment(walking, sample_assessment: tg.Assessment):
    known = sample_assessment.street_analysis
    assert known.explained["walk"].equals(walking.explained)
    np.testing.assert_array_equal(known.winter_s["walk"], walking.winter_s)
    np.testing.assert_array_equal(known.circuity["walk"], walking.circuity)
    assert known.uncertain["walk"].draws.equals(walking.uncertain.draws)


def test_nobody_goes_straighter_than_straight_or_faster_in_winter(walking, sample_assessment):
    known = walking.circuity[np.isfinite(walking.circuity)]
    assert len(known)
    assert np.all(known >= 1 - 1e-6)
    summer_s = sample_assessment.origins[TO_HUB_S.of("walk")].to_numpy()
    reached = np.isfinite(summer_s)
    assert np.all(walking.winter_s[reached] >= summer_s[reached] - 0.5)


def test_everybody_who_gets_there_passes_some_street(walking, sample_assessment):
    reached = np.isfinite(sample_assessment.origins[TO_HUB_S.of("walk")].to_numpy())
    residents = sample_assessment.origins["population"].to_numpy(float)
    assert walking.passed["residents"].max() <= residents[reached].sum() + 1e-6
    assert (walking.passed["residents"] > 0).any()
    assert len(walking.routes) == len(residents)


def test_profiles_come_together_with_the_first_on_foot_first(walking, shared):
    wheels = replace(walking, circuity=None, winter_s=None, to_nature_s=None)
    whole = street_analysis({"bicycle": wheels, "walk": walking}, shared)
    assert list(whole.uncertain) == ["walk", "bicycle"]
    assert whole.uncertainty_profile == "walk"
    assert whole.uncertainty is walking.uncertain
    assert set(whole.explained) == {"walk", "bicycle"}
    assert set(whole.circuity) == set(whole.winter_s) == set(whole.to_nature_s) == {"walk"}
    assert street_analysis({"bicycle": wheels}, shared).uncertainty_profile == "bicycle"


def test_sources_of_winter_are_named_without_their_table(walking, shared):
    whole = street_analysis({"walk": walking}, shared)
    assert walking.winter_sources
    assert all(key.startswith("winter.") for key in walking.winter_sources)
    assert {f"winter.{key}" for key in whole.winter_sources} == set(walking.winter_sources)


def test_kilometres_cleared_are_those_of_the_streets(walking, shared):
    whole = street_analysis({"walk": walking}, shared)
    assert sum(whole.winter_ways_km.values()) == pytest.approx(shared.snowy.length_m.sum() / 1000, rel=1e-6)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_workspace_decides_whether_there_is_a_winter(sample_inputs, enabled):
    section = sample_inputs.workspace.winter.model_copy(update={"enabled": enabled})
    workspace = sample_inputs.workspace.model_copy(update={"winter": section})
    inputs = replace(sample_inputs, workspace=workspace)
    assert has_winter(inputs) == enabled
    assert (StudyOfAll.of(inputs).snowy is not None) == enabled


def test_without_a_word_the_country_decides(sample_inputs):
    workspace = sample_inputs.workspace.model_copy(update={"winter": None})
    assert has_winter(replace(sample_inputs, workspace=workspace)) == sample_inputs.network.country_rules.winter


def test_tags_that_nobody_mapped_are_drawn_once(shared):
    assert shared.tags is shared.tags
    without = NetworkDraws(replace(shared.network, unknown_tags=None))
    assert replace(shared, draws=without).tags is None
