"""Answers as tables with the ids of what went in."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.frames import ids_of, node_frame, travel_time_frame

SECONDS = np.array([[60.0, np.inf], [120.0, 30.0], [0.0, 90.0]], np.float32)


def points(index, **columns):
    return gpd.GeoDataFrame(columns, index=index, geometry=[shapely.Point(0, 0)] * len(index), crs="EPSG:4326")


HOMES, SHOPS = points(["a", "b", "c"]), points([7, 8], id=["x", "y"])


def test_ids_are_the_column_id_else_the_index_else_numbers():
    assert list(ids_of(HOMES)) == ["a", "b", "c"]
    assert list(ids_of(SHOPS)) == ["x", "y"]
    assert list(ids_of([[23.6, 61.5]] * 3)) == [0, 1, 2]


def test_long_is_a_travel_matrix_in_minutes():
    table = travel_time_frame(SECONDS, HOMES, SHOPS)
    assert list(table.columns) == ["from_id", "to_id", "travel_time"]
    assert table.set_index(["from_id", "to_id"])["travel_time"].loc[("b", "x")] == 2.0
    assert table.loc[1, "travel_time"] == np.inf


def test_wide_has_a_row_an_origin_and_a_column_a_destination():
    table = travel_time_frame(SECONDS, HOMES, SHOPS, "wide")
    assert table.loc["c", "y"] == 1.5
    assert (table.index.name, table.columns.name) == ("from_id", "to_id")


def test_percentiles_are_columns():
    table = travel_time_frame(np.stack([SECONDS, 2 * SECONDS]), HOMES, SHOPS, percentiles=(50, 95))
    assert table.loc[2, ["travel_time_p50", "travel_time_p95"]].tolist() == [2.0, 4.0]
    with pytest.raises(InputError, match="one percentile"):
        travel_time_frame(np.stack([SECONDS, SECONDS]), HOMES, SHOPS, "wide", (50, 95))


@pytest.mark.parametrize("ids", [["a", "a"], ["a", None]])
def test_ids_that_do_not_tell_rows_apart_are_refused(ids):
    with pytest.raises(InputError, match="do not tell them apart"):
        ids_of(points([0, 1], id=ids), "origins")


def test_another_form_is_refused():
    with pytest.raises(InputError, match="'broad'"):
        travel_time_frame(SECONDS, HOMES, SHOPS, "broad")
    assert isinstance(travel_time_frame(SECONDS, HOMES, SHOPS, True), pd.DataFrame)


def test_values_of_another_shape_are_refused():
    with pytest.raises(InputError, match="'to_s' has the shape"):
        node_frame(SimpleNamespace(n_nodes=5), {"to_s": np.zeros(3)})
