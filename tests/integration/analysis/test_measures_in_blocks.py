"""Measures in blocks are those of the whole matrix."""

import pandas as pd
import pytest

from tesoma_geo import decay
from tesoma_geo.analysis.measures_in_blocks import BY_ROW, STREAMED, measured
from tesoma_geo.analysis.pairs_in_blocks import PairTimes
from tesoma_geo.errors import InputError
from tesoma_geo.measures import catalogue
from tests.integration.analysis.made_pairs import grid_times


@pytest.fixture(scope="module")
def times(write_osm_once, tmp_path_factory) -> PairTimes:
    return grid_times(write_osm_once, tmp_path_factory)


ASKED = {
    "cumulative_opportunities": {"cutoff": [2.0, 5.0]},
    "cumulative_interval": {"interval": (2.0, 6.0)},
    "cost_to_closest": {"k": [1, 3]},
    "dual_access": {"n": 6.0},
    "gravity": {"decay": decay.exponential(0.2)},
    "balancing_cost": {},
    "two_step_fca": {"decay": decay.step(4.0)},
    "enhanced_two_step_fca": {"decay": decay.stepped({2: 1.0, 5: 0.4})},
}


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("columns", [("seats", "people"), ("number", "number")])
@pytest.mark.parametrize("measure", STREAMED)
def test_a_measure_in_blocks_is_that_of_the_whole_table(times, measure, columns, active):
    arguments = dict(ASKED[measure], active=active, opportunity=columns[0])
    if measure not in BY_ROW:
        arguments["demand"] = columns[1]
    elif not active:
        arguments["opportunity"] = columns[1]
    found = measured(times, measure, arguments, 60.0, most_pairs=40)
    table = pd.concat(list(times.tables(60.0)))
    table = table.assign(from_id="home " + table["from_id"].astype(str), to_id="shop " + table["to_id"].astype(str))
    sides = {"home": times.origins, "shop": times.destinations}
    land_use = pd.concat([side.assign(id=[f"{name} {row}" for row in side.index]) for name, side in sides.items()])
    whole = catalogue.all_measures()[measure](table, land_use.fillna(0), **arguments)
    assert found["id"].tolist() == [int(name.split()[1]) for name in whole["id"]]
    pd.testing.assert_frame_equal(found.drop(columns="id"), whole.drop(columns="id"), rtol=1e-12)
    assert (found["value"] > 0).any()


def test_what_needs_the_whole_matrix_says_so(times):
    with pytest.raises(InputError, match=r"balanced_fca needs the whole travel matrix.*tesoma-geo matrix"):
        measured(times, "balanced_fca", {"opportunity": "seats", "demand": "people"}, 60.0)


@pytest.mark.parametrize(
    ("column", "told"), [("chairs", r"The destinations have no column 'chairs'.*seats"), ("name", "numbers")]
)
def test_a_column_that_cannot_be_counted_is_told_with_its_side(times, column, told):
    named = PairTimes(
        times.router, times.origins, times.destinations.assign(name="x"), times.at_origins, times.at_destinations
    )
    with pytest.raises(InputError, match=told):
        measured(named, "gravity", {"opportunity": column, "decay": decay.step(5.0)}, 60.0)
