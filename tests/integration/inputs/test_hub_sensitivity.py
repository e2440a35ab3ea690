"""What the place of the hub's point decides is told, and doubted where it is much."""

from dataclasses import replace

import geopandas as gpd
import shapely

from tesoma_geo.inputs.hub_sensitivity import with_hub_sensitivity
from tesoma_geo.inputs.layers import check_inputs
from tesoma_geo.workspace import Workspace


def test_figures_with_the_point_aside_are_a_note_and_long_last_metres_a_doubt(sample_workspace):
    inputs, reports = check_inputs(Workspace.load(sample_workspace))
    assert inputs is not None

    def told(hub: gpd.GeoDataFrame):
        (report,) = [
            one for one in with_hub_sensitivity(replace(inputs, hub=hub), reports) if one.key == "hub.entrances"
        ]
        return report

    sound = told(inputs.hub)
    assert not sound.doubts
    assert "residents come within 15 minutes (walk)" in sound.notes[-1]
    assert "with the point 15 m aside" in sound.notes[-1]
    streets = shapely.union_all(inputs.network.segments)
    far = _far_from(streets, inputs.study_area)
    lost = told(gpd.GeoDataFrame({"entrance": [1], "around_m": [0.0]}, geometry=[far], crs=inputs.hub.crs))
    assert "from the street cost everybody" in lost.doubts[-1].problem
    assert "15 m aside" in lost.doubts[-1].problem


def _far_from(streets: shapely.Geometry, area: shapely.Geometry) -> shapely.Point:
    west, south, east, north = area.bounds
    for step in range(2500):
        place = shapely.Point(west + (east - west) * (step % 50) / 50, south + (north - south) * (step // 50) / 50)
        if 100 < streets.distance(place) < 200:
            return place
    raise AssertionError("the sample has streets everywhere")
