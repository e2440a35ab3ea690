"""Targets beside what there is, told from a table or from arrays kept of it."""

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.assessment.target_figures import TimesOfHomes, targets, times_of_homes


def test_a_target_is_met_at_its_share_and_not_below():
    homes = TimesOfHomes(np.array([10, 10, 10, 10]), {"walk": np.array([5, 15, 20, np.inf], np.float32) * 60})
    told = targets(homes, {"walk_within_15_min": 0.5, "walk_within_20_min": 0.8})
    assert told["walk_within_15_min"] == {"target": 0.5, "value": 0.5, "met": True}
    assert told["walk_within_20_min"] == {"target": 0.8, "value": 0.75, "met": False}
    assert targets(homes, {}) == {}


def test_every_way_of_moving_of_a_table_is_kept():
    columns = {"population": [3, 4], "walk_to_hub_s": [60.0, 120.0], "walk_slow_to_hub_s": [90.0, np.inf]}
    homes = times_of_homes(gpd.GeoDataFrame(columns, geometry=shapely.points(np.zeros((2, 2))), crs="EPSG:3067"))
    assert homes.residents.tolist() == [3, 4]
    assert {way: seconds.tolist() for way, seconds in homes.to_hub_s.items()} == {
        "walk": [60.0, 120.0], "walk_slow": [90.0, np.inf],
    }  # fmt: skip
