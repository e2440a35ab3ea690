"""Sections of the summary, by hand on four places."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.assessment.summary_sections import at_hub, fairness, nature_within_reach


def origins(minutes, population=(10, 10, 10, 10), areas=("A", "A", "B", "B"), **more) -> gpd.GeoDataFrame:
    columns = {
        "origin_id": [str(number) for number in range(len(minutes))],
        "population": population,
        "area_code": areas,
        "walk_to_hub_s": np.array(minutes, np.float32) * 60,
    }
    return gpd.GeoDataFrame(columns | more, geometry=shapely.points(np.zeros((len(minutes), 2))), crs="EPSG:3067")


def test_fairness_by_hand():
    told = fairness("walk", origins([5, 10, 20, 40]), 15.0)
    assert told["share_within"] == 0.5
    assert told["by_area"]["A"] == {
        "population": 20, "median_min": 5.0, "p90_min": 10.0, "gap_min": -5.0, "share_within": 1.0,
    }  # fmt: skip
    assert told["by_area"]["B"]["gap_min"] == 10.0
    assert told["by_area"]["B"]["share_within"] == 0.0
    assert "by_age" not in told
    # The mean is 18.75, and half the mean of all 16 differences (5 + 15 + 35 + 10 + 30 + 20) · 2 / 16 / 2 = 7.1875.
    assert told["spread"]["gini"] == pytest.approx(7.1875 / 18.75, abs=1e-4)
    # The farthest tenth travels 40; the nearest four tenths are ten who travel 5 and six who travel 10.
    assert told["spread"]["palma"] == pytest.approx(40 / (110 / 16), abs=1e-4)
    # The nearest half travel 15 of 75; the quarter at 20 is 5 beyond 15, that at 40 is 25 beyond.
    assert told["spread"]["lorenz"][4] == pytest.approx(15 / 75, abs=1e-4)
    assert told["spread"]["lorenz"][9] == 1.0
    assert told["spread"]["fgt_1"] == pytest.approx((5 / 15 + 25 / 15) / 4, abs=1e-4)
    assert told["spread"]["fgt_2"] == pytest.approx(((5 / 15) ** 2 + (25 / 15) ** 2) / 4, abs=1e-4)
    whole = told["spread"]["theil_between_areas"] + told["spread"]["theil_within_areas"]
    assert told["spread"]["theil_t"] == pytest.approx(whole, abs=2e-4)


def test_everybody_as_far_is_fair():
    spread = fairness("walk", origins([12, 12, 12, 12]), 15.0)["spread"]
    assert (spread["gini"], spread["palma"], spread["theil_t"]) == (0.0, 1.0, 0.0)


def test_age_groups_have_their_own_medians():
    ages = {"age_0-17": [10, 0, 0, 0], "age_65-": [0, 0, 0, 10], "age_unknown": [0, 10, 10, 0], "age_empty": [0] * 4}
    told = fairness("walk", origins([5, 10, 20, 40], **ages), 15.0)["by_age"]
    assert set(told) == {"0-17", "65-", "unknown"}
    assert told["0-17"]["median_min"] == 5.0
    assert told["65-"]["gap_min"] == 30.0
    assert told["unknown"]["share_within"] == 0.5


def test_those_who_cannot_get_there_fall_short_and_are_not_in_the_spread():
    told = fairness("walk", origins([5, 5, 5, np.inf]), 15.0)
    assert told["share_within"] == 0.75
    assert told["spread"]["population"] == 30
    assert told["spread"]["gini"] == 0.0
    assert told["by_area"]["B"]["p90_min"] is None
    assert fairness("walk", origins([np.inf] * 4), 15.0)["spread"] is None


def test_a_ready_grid_has_no_areas():
    told = fairness("walk", origins([5, 10, 20, 40], areas=[""] * 4), 15.0)
    assert "by_area" not in told
    assert "theil_between_areas" not in told["spread"]


def test_services_at_the_hub_by_hand():
    minutes = np.array([1, 5, 5.5, 4, np.inf], np.float32)
    services = gpd.GeoDataFrame(
        {
            "service_id": list("abcde"),
            "kind": ["grocery", "grocery", "school", "pharmacy", "pharmacy"],
            "walk_from_hub_s": minutes * 60,
        },
        geometry=shapely.points(np.zeros((5, 2))),
        crs="EPSG:3067",
    )
    told = at_hub(services, "walk")
    assert (told["kinds"], told["services"]) == (2, 3)
    assert told["by_kind"] == {"grocery": 2, "pharmacy": 1, "school": 0}
    assert told["simpson"] == pytest.approx(1 - (4 + 1) / 9, abs=1e-4)
    assert told["shannon"] == pytest.approx(-(2 / 3 * np.log(2 / 3) + 1 / 3 * np.log(1 / 3)), abs=1e-4)


def test_nature_by_hand():
    seconds = {"walk": np.array([0, 300, 301, np.inf], np.float32)}
    told = nature_within_reach(gpd.GeoSeries([shapely.box(0, 0, 100, 200)]), np.array([1, 2, 3, 0]), seconds)
    assert told == {
        "areas": 1,
        "hectares": 2.0,
        "least_ha": 0.5,
        "within_min": 5.0,
        "profiles": {"walk": {"median_min": 5.0, "population_within_5_min": 3}},
    }
