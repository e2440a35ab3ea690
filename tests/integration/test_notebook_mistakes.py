"""What people do wrong in a notebook: each mistake has a message of our own, with what was given and what to do."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import tesoma_geo as tg
from tesoma_geo.errors import TesomaError
from tests.conftest import ROOT

SAMPLE = ROOT / "layers" / "sample"
STREETS = SAMPLE / "streets.osm.pbf"
HUB = [[23.6275, 61.5052]]


@pytest.fixture(scope="module")
def network():
    return tg.StreetNetwork.from_osm(STREETS)


@pytest.fixture(scope="module")
def walk(network):
    return network.router("walk")


def frame(geometry, crs="EPSG:4326"):
    return gpd.GeoDataFrame(geometry=gpd.GeoSeries(geometry), crs=crs)


PLACES = pd.DataFrame({"id": ["A", "x"], "jobs": [0, 5], "people": [9, 0], "name": ["a", "b"]})
MINUTES = pd.DataFrame({"from_id": ["A"], "to_id": ["x"], "travel_time": [12.0]})
m = tg.measures

#: What is done, and words that its message must have.
WITH_POINTS = {
    "None": (None, "are None"),
    "words": (["Tesomankatu 1", "Tesomankatu 2"], "hold what is no number"),
    "numbers as text": ([["23.6275", "61.5052"]], "text"),
    "a table without geometry": (pd.DataFrame({"lat": [61.5], "lon": [23.6]}), "without geometry"),
    "one pair": ((23.6275, 61.5052), "one pair"),
    "swapped": ([[61.5052, 23.6275]], "swapped"),
    "swapped in a frame": (frame([shapely.Point(61.5052, 23.6275)]), "swapped"),
    "no system": (frame([shapely.Point(23.6, 61.5)], None), "no coordinate reference system"),
    "polygons": (frame([shapely.Point(23.6, 61.5).buffer(0.01)]), "is no point"),
    "nothing": (frame([]), "empty"),
    "not a number": ([[np.nan, 61.5]], "row 0"),
    "metres as degrees": ([[320556.0, 6823707.0]], "metres"),
    "metres said to be degrees": (frame([shapely.Point(320556, 6823707)]), "metres"),
    "degrees said to be metres": (frame([shapely.Point(23.6275, 61.5052)], "EPSG:3067"), "degrees"),
    "a point of shapely": (shapely.Point(23.6, 61.5), "Point"),
    "points of shapely": ([shapely.Point(23.6, 61.5)], "Point"),
    "a dictionary": ({"lon": 23.6, "lat": 61.5}, "dict"),
    "three numbers": ([[23.6, 61.5, 100.0]], "shape (1, 3)"),
    "truth values": ([[True, False]], "bool"),
    "a set": ({1, 2}, "set"),
}
WITH_ROUTER = {
    "cutoffs as text": (lambda walk: walk.isochrones(HUB, ["15"]), "cutoffs_s"),
    "one cutoff": (lambda walk: walk.isochrones(HUB, 900), "cutoffs_s"),
    "no cutoffs": (lambda walk: walk.isochrones(HUB, []), "cutoff"),
    "a cutoff of nothing": (lambda walk: walk.isochrones(HUB, [0]), "cutoff"),
    "no cutoffs at all": (lambda walk: walk.isochrones(HUB, None), "cutoffs_s"),
    "water that is none": (lambda walk: walk.isochrones(HUB, [300], water=["lake"]), "water"),
    "too few weights": (lambda walk: walk.sum_within(HUB, [1, 2], 600), "weights"),
    "weights as text": (lambda walk: walk.sum_within(HUB, ["many"], 600), "weights"),
    "a cutoff below nothing": (lambda walk: walk.sum_within(HUB, [1], -5), "cutoff"),
    "a cutoff as text": (lambda walk: walk.sum_within(HUB, [1], "600"), "cutoff"),
    "another form": (lambda walk: walk.travel_times(HUB, HUB, as_frame="tall"), "'tall'"),
    "edits that are none": (lambda walk: walk.with_edits({"close": [1]}), "close"),
    "an unknown profile": (lambda walk: walk.network.router("walkk"), "'walkk'"),
    "a list of profiles": (lambda walk: walk.network.router(["walk"]), "the profile is"),
    "no timetable": (lambda walk: walk.network.transit_router(None), "timetable"),
    "a window of one time": (lambda walk: walk.network.transit_router(None, window="07:00"), "timetable"),
    "a table to nobody": (lambda walk: walk.node_table(to=["hub"]), "no number"),
    "sums of nothing": (lambda walk: walk.node_table(within={"jobs": (HUB, [1.0], None)}), "cutoff"),
}
WITHOUT = {
    "no such file": (lambda: tg.StreetNetwork.from_osm("no.osm.pbf"), "no.osm.pbf"),
    "a folder": (lambda: tg.StreetNetwork.from_osm(SAMPLE), "sample"),
    "another kind of file": (lambda: tg.StreetNetwork.from_osm(SAMPLE / "areas.gpkg"), "areas.gpkg"),
    "no file": (lambda: tg.StreetNetwork.from_osm(None), "None"),
    "a system in degrees": (lambda: tg.StreetNetwork.from_osm(STREETS, crs="EPSG:4326"), "EPSG:4326"),
    "a system that is none": (lambda: tg.StreetNetwork.from_osm(STREETS, crs="Finland"), "Finland"),
    "a graph that is none": (lambda: tg.StreetNetwork.from_osmnx(None), "None"),
    "no workspace": (lambda: tg.assess(None), "None"),
    "a workspace of numbers": (lambda: tg.assess(5), "5"),
    "a workspace that is not there": (lambda: tg.assess("nowhere.toml"), "nowhere.toml"),
    "no travel matrix": (lambda: m.gravity(None, PLACES, "jobs", tg.decay.step(9)), "NoneType"),
    "no land use": (lambda: m.gravity(MINUTES, None, "jobs", tg.decay.step(9)), "land use"),
    "a dictionary of land use": (lambda: m.gravity(MINUTES, {"A": 1}, "jobs", tg.decay.step(9)), "land use"),
    "a list of columns": (lambda: m.gravity(MINUTES, PLACES, ["jobs"], tg.decay.step(9)), "jobs"),
    "another column": (lambda: m.gravity(MINUTES, PLACES, "shops", tg.decay.step(9)), "shops"),
    "words as numbers": (lambda: m.gravity(MINUTES, PLACES, "name", tg.decay.step(9)), "name"),
    "a decay that is a number": (lambda: m.gravity(MINUTES, PLACES, "jobs", 15), "15"),
    "a cutoff as a word": (lambda: m.cumulative_opportunities(MINUTES, PLACES, "jobs", "15"), "15"),
    "no cutoff for a measure": (lambda: m.cumulative_opportunities(MINUTES, PLACES, "jobs", None), "None"),
    "a rank and a half": (lambda: m.cost_to_closest(MINUTES, PLACES, "jobs", k=1.5), "1.5"),
    "as many as a word": (lambda: m.dual_access(MINUTES, PLACES, "jobs", n="all"), "all"),
    "no access": (lambda: tg.equity.gini(None, PLACES, population="people"), "None"),
    "no place for anybody": (
        lambda: tg.equity.gini(pd.DataFrame({"id": ["B"], "value": [1.0]}), PLACES, population="people"), "'B'",
    ),
    "no new service": (lambda: tg.location.p_median(MINUTES, PLACES, "people", 0), "0"),
    "half a service": (lambda: tg.location.p_median(MINUTES, PLACES, "people", 1.5), "1.5"),
    "another day": (lambda: tg.Timetable.from_gtfs(SAMPLE / "gtfs.zip", date="18.1.2022"), "18.1.2022"),
    "no feed": (lambda: tg.Timetable.from_gtfs("none.zip", date="2022-01-18"), "none.zip"),
    "no map": (lambda: tg.webmap(None), "None"),
}  # fmt: skip


def check(call, words):
    with pytest.raises(TesomaError) as caught:
        call()
    assert words in str(caught.value)
    assert caught.value.remedy or caught.value.faults


@pytest.mark.parametrize("mistake", WITH_POINTS)
def test_points_that_are_none(walk, mistake):
    points, words = WITH_POINTS[mistake]
    check(lambda: walk.travel_times(points, HUB), words)
    check(lambda: walk.isochrones(points, [300]), words)
    check(lambda: walk.snap(points), words)
    check(lambda: walk.travel_times(points, HUB, as_frame=True), words)


@pytest.mark.parametrize("mistake", WITH_ROUTER)
def test_questions_that_are_none(walk, mistake):
    call, words = WITH_ROUTER[mistake]
    check(lambda: call(walk), words)


@pytest.mark.parametrize("mistake", WITHOUT)
def test_inputs_that_are_none(mistake):
    check(*WITHOUT[mistake])
