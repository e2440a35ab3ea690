"""Digests of what values hold: equal for equal content, however it was made, and never for other content."""

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tesoma_geo._content import Contents
from tesoma_geo.network.streets.profiles import default_profiles


@dataclass
class Record:
    name: str
    values: object
    _found: object = None


def digest(*values):
    return Contents().digest(*values)


def table():
    return gpd.GeoDataFrame(
        {"name": pd.Series(["a", None, "b"], dtype="str"), "n": [1, 2, 3], "x": [0.5, np.nan, np.inf]},
        geometry=gpd.points_from_xy([0, 1, 2], [0, 1, 2]), crs="EPSG:3067",
    )  # fmt: skip


@pytest.mark.parametrize(
    "make",
    [
        table,
        lambda: np.arange(6.0).reshape(2, 3),
        lambda: Record("r", {"b", "a", "c"}),
        lambda: {"k": (1, 2.0, None, "text")},
        lambda: shapely.box(0, 0, 1, 1),
        lambda: default_profiles()["bicycle"],
        lambda: np.array([shapely.Point(1, 2), None], object),
    ],
)
def test_what_is_made_twice_has_one_digest(make):
    assert digest(make()) == digest(make())


def test_how_it_lies_in_memory_does_not_matter():
    square = np.arange(6.0).reshape(2, 3)
    assert digest(square) == digest(np.asfortranarray(square)) == digest(square.T.copy().T)
    text = "one text"
    assert digest([text, text]) == digest([text, "".join(["one ", "text"])])
    assert digest(Record("r", 1, _found=5)) == digest(Record("r", 1))
    joined = pd.concat([table().iloc[:1], table().iloc[1:]])
    assert digest(joined) == digest(table())


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.assign(n=[1, 2, 4]),
        lambda t: t.assign(n=np.array([1, 2, 3], np.int32)),
        lambda t: t.assign(name=["a", "b", None]),
        lambda t: t.assign(x=[0.5, np.inf, np.inf]),
        lambda t: t.rename(columns={"n": "m"}),
        lambda t: t.iloc[::-1],
        lambda t: t.set_crs("EPSG:3006", allow_override=True),
        lambda t: t.set_geometry(t.geometry.translate(1e-9)),
        lambda t: t[["n", "name", "x", "geometry"]],
    ],
)
def test_other_content_has_another_digest(change):
    assert digest(change(table())) != digest(table())


def test_shape_kind_and_value_all_count():
    values = [
        1,
        1.0,
        "1",
        True,
        None,
        (1,),
        [1],
        {1},
        {1: 1},
        np.array([1]),
        np.array([[1]]),
        np.array([1.0]),
        Record("1", 1),
    ]
    assert len({digest(value) for value in values}) == len(values)
    bicycle = default_profiles()["bicycle"]
    assert digest(bicycle) != digest(bicycle.model_copy(update={"speed_kmh": 15.1}))
    assert digest("ab", "c") != digest("a", "bc")


def test_streets_are_told_by_what_is_not_found_from_them(network):
    same = replace(network, left_out=())
    contents = Contents()
    assert contents.of_record(network) == contents.of_record(same)
    _ = network.ways_now, network.hierarchy
    assert Contents().of_record(network) == contents.of_record(same)
    steeper = replace(network, elevation_m=np.arange(network.n_nodes, dtype=np.float32))
    assert contents.of_record(steeper) != contents.of_record(network)
    named = replace(network, ways=network.ways.assign(surface="sand"))
    assert contents.of_record(named) != contents.of_record(network)


@pytest.fixture
def network(write_osm):
    from tests.barrier_reports import straight_street

    return straight_street(write_osm)
