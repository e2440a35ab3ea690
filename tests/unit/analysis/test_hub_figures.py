"""Headline figures of several draws at once."""

import numpy as np
import pytest

from tesoma_geo.analysis.hub_figures import HubFigures, Minutes, quantile, width

TO_HUB_S = np.array([[60.0, 300.0, np.inf], [60.0, 900.0, 1200.0]], np.float32)
MINUTES = Minutes.of(TO_HUB_S, TO_HUB_S * 2, {"school": TO_HUB_S / 2})


def test_figures_are_those_of_each_draw_by_itself():
    figures = HubFigures((5.0, 15.0), 10.0).of(MINUTES, np.array([[10, 20, 30]]))
    assert {name: values.tolist() for name, values in figures.items()} == {
        "population_within_5_min": [30.0, 10.0],
        "population_within_15_min": [30.0, 30.0],
        "median_min": [5.0, 15.0],
        "p90_min": [np.inf, 20.0],
        "median_from_hub_min": [10.0, 30.0],
        "unreachable_population": [30.0, 0.0],
        "school_median_min": [2.5, 7.5],
        "school_population_within_10_min": [30.0, 60.0],
    }


def test_residents_may_differ_between_draws():
    figures = HubFigures((5.0,), 10.0).of(MINUTES, np.array([[10, 20, 30], [60, 0, 0]]))
    assert figures["population_within_5_min"].tolist() == [30.0, 60.0]


def test_an_interval_holds_nine_of_ten_draws():
    values = np.arange(100, dtype=float)
    inside = (values >= quantile(values, 0.05)) & (values <= quantile(values, 0.95))
    assert inside.sum() == pytest.approx(90, abs=1)
    assert width(values) == quantile(values, 0.95) - quantile(values, 0.05)
    assert width(np.full(10, np.inf)) == 0.0
