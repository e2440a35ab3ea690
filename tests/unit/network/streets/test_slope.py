"""Slope: 1 on the flat for every profile, steeper is never faster uphill, limits stop."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.network.streets.profiles import default_profiles, profiles_with
from tesoma_geo.network.streets.slope import pushing_multiplier, slope_multiplier, tobler

PROFILES = default_profiles()
GRADES = st.lists(st.floats(0, 0.39), min_size=2, max_size=50)


@pytest.mark.parametrize("name", PROFILES)
def test_the_flat_costs_what_the_profile_says(name):
    assert slope_multiplier(np.array([0.0]), PROFILES[name])[0] == pytest.approx(1.0, abs=1e-9)


def test_tobler_against_his_own_formula():
    """Tobler 1993: 6 km/h · exp(-3.5 |S + 0.05|); 5.04 km/h on the flat, fastest at -5 %."""
    grade = np.array([-0.2, -0.05, 0.0, 0.1])
    speed_kmh = 6 * np.exp(-3.5 * np.abs(grade + 0.05))
    assert speed_kmh[2] == pytest.approx(5.037, abs=1e-3)
    assert tobler(grade) == pytest.approx(speed_kmh[2] / speed_kmh)


@settings(max_examples=20)
@given(GRADES)
def test_steeper_uphill_is_never_faster(grades):
    for name in ("walk", "wheelchair", "bicycle", "e_bike"):
        multipliers = slope_multiplier(np.sort(grades), PROFILES[name])
        assert (multipliers[1:] >= multipliers[:-1] - 1e-9).all(), name


@settings(max_examples=20)
@given(GRADES)
def test_a_motor_never_slows(grades):
    without = PROFILES["e_bike"].model_copy(update={"motor_w": 0.0})
    up = np.array(grades)
    assert (slope_multiplier(up, PROFILES["e_bike"]) <= slope_multiplier(up, without) + 1e-9).all()


def test_a_rider_on_a_five_per_cent_climb_gives_the_climbing_power():
    """Checked by hand: 90 kg on 5 % at 8.4 km/h is 120 W against rolling, slope and air."""
    profile = PROFILES["bicycle"]
    speed_ms = profile.speed_kmh / 3.6 / slope_multiplier(np.array([0.05]), profile)[0]
    weight_n = 90 * 9.81
    power_w = speed_ms * (weight_n * (0.006 + 0.05) + 0.5 * 1.22 * 0.6 * speed_ms**2)
    assert power_w == pytest.approx(120, rel=0.02)


def test_a_wheelchair_stops_at_its_limit_both_ways():
    limit = PROFILES["wheelchair"].max_grade
    multiplier = slope_multiplier(
        np.array([-limit - 0.001, -limit + 0.001, limit - 0.001, limit + 0.001]), PROFILES["wheelchair"]
    )
    assert np.isinf(multiplier).tolist() == [True, False, False, True]


@settings(max_examples=20)
@given(st.lists(st.floats(-0.39, 0.39), min_size=1, max_size=50))
def test_a_bicycle_is_pushed_as_one_walks_and_ridden_no_slower(grades):
    profile, grade = PROFILES["bicycle"], np.array(grades)
    pushed_s = pushing_multiplier(grade, profile) / profile.foot_speed_ms
    walked_s = slope_multiplier(grade, PROFILES["walk"]) / PROFILES["walk"].foot_speed_ms
    assert pushed_s == pytest.approx(walked_s)
    ridden_s = slope_multiplier(grade, profile) / (profile.speed_kmh / 3.6)
    assert (ridden_s <= pushed_s + 1e-3).all()


def test_measured_speeds_count_by_their_ratio_to_the_flat():
    """By hand: 1.44 of 21.6 km/h less at 1 % uphill, 0.86 more downhill; beyond the table as at its end."""
    rider = PROFILES["bicycle"].model_copy(update={"grade_model": "speeds", "max_speed_kmh": 60.0})
    grades = np.array([-0.2, -0.03, 0.0, 0.03, 0.06])
    expected = [26.8 / 21.6, (21.6 + 2.6) / 21.6, 1.0, (21.6 - 4.3) / 21.6, 13.0 / 21.6]
    assert 1 / slope_multiplier(grades, rider) == pytest.approx(expected)
    slow = rider.model_copy(update={"max_speed_kmh": 16.0})
    assert rider.speed_kmh / slope_multiplier(grades[:2], slow) == pytest.approx([16.0, 16.0])


def test_measured_speeds_are_never_below_pushing_and_faster_downhill_than_up():
    """In Leeds (Parkin and Rotheram 2010) 3 % downhill is 25 km/h where the flat is 22: 14 % more."""
    rider = PROFILES["bicycle"].model_copy(
        update={"grade_model": "speeds", "grade_speeds_kmh": {"-6": 26.8, "0": 21.6, "10": 1.0}}
    )
    steep = np.array([0.09, 0.3])
    pushed = rider.speed_kmh / rider.push_speed_kmh * pushing_multiplier(steep, rider)
    assert slope_multiplier(steep, rider) == pytest.approx(pushed)
    assert 1 / slope_multiplier(np.array([-0.03]), rider)[0] == pytest.approx(25 / 22, abs=0.03)
    none = rider.model_copy(update={"grade_speeds_kmh": {}})
    assert slope_multiplier(steep, none).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("speeds", [{"2": 10.0}, {"flat": 10.0}, {"0": 0.0}])
def test_speeds_without_the_flat_are_refused(speeds):
    with pytest.raises(WorkspaceError, match=r"profiles\.bicycle\.grade_speeds_kmh"):
        profiles_with({"bicycle": {"grade_speeds_kmh": speeds, "base": "car"}, "x": {"base": "walk"}})
