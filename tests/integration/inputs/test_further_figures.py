"""Figures of drawn lines when a cohort closes; without streets there are none, and it is said."""

import geopandas as gpd
import pytest
from conftest import CORNER, CRS
from shapely import LineString, Point

from tesoma_geo.errors import SourceError
from tesoma_geo.inputs.further_figures import further_figures
from tesoma_geo.network import StreetNetwork
from tesoma_geo.workspace.annotations import Publish


def said(*shapes):
    columns = {"respondent": [f"p{number}" for number in range(len(shapes))], "kind": "idea", "source": "made",
               "round": "survey", "time": None}  # fmt: skip
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=CRS)


WALK = LineString([(CORNER[0], CORNER[1]), (CORNER[0] + 1500, CORNER[1])])


@pytest.fixture
def town(write_osm):
    nodes = {number: (150 * number, 0) for number in range(11)} | {
        20 + number: (150 * number, 90) for number in range(11)
    }
    ways = [([number, number + 1], {"highway": "residential"}) for number in range(10)]
    ways += [([number, 20 + number], {"highway": "residential"}) for number in range(11)]
    network = StreetNetwork.from_osm(write_osm(nodes, ways), CRS)
    homes = [Point(CORNER[0] + 50 * number, CORNER[1]) for number in range(31)]
    return network, gpd.GeoDataFrame({"population": 60}, geometry=homes, crs=CRS, index=range(31))


def test_streets_are_asked_for_once_and_only_where_lines_were_drawn(town):
    asked = []
    figures = further_figures(Publish(), lambda: (asked.append(1), town)[1])
    assert figures(said(Point(CORNER)), 5) == {"lines": []}
    assert not asked
    first, second = figures(said(*[WALK] * 14), 5), figures(said(*[WALK] * 14), 3)
    assert [figure["voices_at_least"] for figure in (*first["lines"], *second["lines"])] == [10, 12]
    assert len(asked) == 1


def test_without_streets_nothing_that_was_drawn_is_published_and_it_is_said():
    def none():
        raise SourceError("town.osm.pbf is not there", "Put it there")

    told = []
    figures = further_figures(Publish(), none, told.append)
    assert figures(said(*[WALK] * 14), 5) == {"lines": None}
    assert ["town.osm.pbf" in line for line in told] == [True]
