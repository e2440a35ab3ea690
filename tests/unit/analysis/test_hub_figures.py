"""Headline figures of several draws at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.analysis.hub_figures import HIGH, LOW, HubFigures, Minutes, balanced, quantile, width

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


DRAWN = st.one_of(st.integers(0, 6).map(float), st.floats(0, 1e6), st.just(np.inf))


@given(st.lists(DRAWN, min_size=20, max_size=90), DRAWN)
def test_quartiles_of_balanced_draws_hold_the_published_figure(values, published):
    drawn = np.array(values)
    even = balanced(drawn[:, None], np.array([published]))[:, 0]
    quartiles = [quantile(even, share) for share in (0.25, 0.75)]
    assert quartiles[0] <= published <= quartiles[1]
    if np.isfinite(even).all():
        assert np.quantile(even, 0.25) <= published + 1e-9 * published
        assert np.quantile(even, 0.75) >= published - 1e-9 * published
    assert set(even) <= {*values, published}
    # Runs keep their order, and the interval holds nine of ten of the draws as they fell, but for a rank at each end.
    order = np.argsort(drawn, kind="stable")
    assert (even[order][1:] >= even[order][:-1]).all()
    low, high = quantile(even, LOW), quantile(even, HIGH)
    assert ((drawn >= low) & (drawn <= high)).sum() >= 0.9 * len(drawn) - 3


def test_draws_around_the_published_figure_stay_as_they_fell():
    drawn = np.random.default_rng(1).normal(10.0, 2.0, (200, 3))
    np.testing.assert_array_equal(balanced(drawn, np.array([9.5, 10.0, 10.5])), drawn)


def test_draws_on_one_side_of_the_published_figure_count_as_three_of_four():
    drawn = np.arange(200.0)[:, None]
    assert quantile(balanced(drawn, np.array([180.0]))[:, 0], 0.75) == 180.0
    beyond = balanced(drawn, np.array([500.0]))[:, 0]
    assert (beyond == 500.0).sum() == 51
    assert quantile(beyond, LOW) == pytest.approx(0.05 / 0.75 * 200, abs=2)
