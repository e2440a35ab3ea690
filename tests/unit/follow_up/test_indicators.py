"""Indicators of three homes, by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from tesoma_geo.follow_up.indicators import indicator_names, indicators, stored_indicators

WORKSPACE = SimpleNamespace(
    access=SimpleNamespace(profiles=("walk",), cutoffs_min=(5.0, 10.0), services_within_min=10.0)
)
COLUMNS = {
    "walk_to_hub_s": np.array([240, 540, np.inf], np.float32),
    "walk_shop_nearest_s": np.array([60, 700, 700], np.float32),
}


def test_residents_within_minutes_and_medians():
    found = indicators(WORKSPACE, COLUMNS, np.array([10.0, 20.0, 10.0]), ("shop", "none"))  # type: ignore[arg-type]
    assert found["residents"] == 40
    assert (found["walk_within_5_min"], found["walk_within_10_min"]) == (10, 30)
    assert found["walk_within_10_min_share"] == 0.75
    assert found["walk_median_min"] == 9
    assert found["walk_unreachable"] == 10
    assert found["walk_shop_within_10_min"] == 10
    assert found["walk_none_median_min"] == np.inf


def test_fairness_is_of_those_who_get_there():
    found = indicators(WORKSPACE, COLUMNS, np.array([10.0, 20.0, 10.0]), ())  # type: ignore[arg-type]
    # Ten have 4 minutes, twenty have 9: half the mean difference over the mean, 2 * 1/3 * 2/3 * 5 / 2 / (22/3).
    assert found["walk_gini"] == pytest.approx(2 / 9 * 5 / (22 / 3))
    nobody = indicators(WORKSPACE, COLUMNS, np.array([0.0, 0.0, 10.0]), ())  # type: ignore[arg-type]
    assert nobody["walk_gini"] == np.inf


def test_names_are_those_of_the_figures():
    names = indicator_names(WORKSPACE, ("shop",))  # type: ignore[arg-type]
    assert list(names) == list(indicators(WORKSPACE, COLUMNS, np.ones(3), ("shop",)))  # type: ignore[arg-type]


def test_a_stored_summary_gives_the_same_names():
    summary = {
        "population_total": 40,
        "profiles": {
            "walk": {"population_within": {"5": 10, "10": 30}, "median_min": 9.0, "unreachable_population": 10}
        },
        "services": {"shop": {"profiles": {"walk": {"median_min": 11.7, "population_within_10_min": 10}}}},
    }
    stored = stored_indicators(summary, WORKSPACE, ("shop", "none"))  # type: ignore[arg-type]
    found = indicators(WORKSPACE, COLUMNS, np.array([10.0, 20.0, 10.0]), ("shop", "none"))  # type: ignore[arg-type]
    assert stored.keys() == found.keys()
    assert stored["walk_within_10_min_share"] == 0.75
    assert stored["walk_none_median_min"] == np.inf
