"""What a scenario changes, as places: each change once, where it is, and nothing that stays."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.scenarios.changed import KINDS, changed_places
from tesoma_geo.scenarios.edits import edited

CROSSING = "[[links]]\nline = [[23.629575, 61.501655], [23.629548, 61.501735]]\n"
TAGS = "tags = { highway = 'footway', name = '<b>Bridge</b>' }"


@pytest.fixture
def changes(inputs, plan):
    """Places that a plan of a text changes."""

    def found(text):
        scenario = plan(text)
        places = changed_places(inputs, edited(inputs, scenario), scenario)
        assert set(places["what"]) <= set(KINDS)
        assert places.crs == inputs.network.crs
        assert places.geometry.is_valid.all()
        return places

    return found


def in_metres(inputs, geometry):
    return gpd.GeoSeries([geometry], crs="EPSG:4326").to_crs(inputs.network.crs).iloc[0]


def test_a_plan_of_nothing_changes_no_place(changes):
    places = changes("")
    assert len(places) == 0
    assert list(places.columns) == ["what", "name", "geometry"]


def test_a_new_link_is_its_line_with_its_name_as_it_is(changes, inputs):
    (row,) = changes(CROSSING + TAGS).itertuples()
    line = in_metres(inputs, shapely.LineString([(23.629575, 61.501655), (23.629548, 61.501735)]))
    assert (row.what, row.name) == ("link", "<b>Bridge</b>")
    assert row.geometry.hausdorff_distance(line) < 31  # its ends join the nearest street


def test_closed_and_slowed_streets_are_told_apart(changes, inputs):
    street = inputs.network.ways.query("name == 'Mallikatu'")["osm_id"].tolist()
    steps = inputs.network.ways.query("name == 'Asemaportaat'")["osm_id"].tolist()
    places = changes(f"[[costs]]\nways = {street}\nclosed = true\n[[costs]]\nways = {steps}\ndelay_s = 90")
    assert places[["what", "name"]].to_numpy().tolist() == [["closed", "Mallikatu"], ["costs", "Asemaportaat"]]
    ways = inputs.network.ways["osm_id"].to_numpy()[inputs.network.way]
    for shape, osm_ids in zip(places.geometry, (street, steps), strict=True):
        segments = inputs.network.segments[[way in osm_ids for way in ways]]
        assert shape.length == pytest.approx(shapely.length(segments).sum())


def test_services_that_open_and_close(changes, inputs):
    text = "[[services]]\nremove = 'osm:node/3019'\n[[services]]\nkind = 'market'\nlon = 23.63\nlat = 61.4995"
    places = changes(text).set_index("what")
    gone = inputs.services.set_index("service_id").loc["osm:node/3019"]
    assert places.loc["service_closed"].geometry.equals(gone.geometry)
    assert places.loc["service"]["name"] == "market"  # without a name of its own it is its kind
    assert places.loc["service"].geometry.distance(in_metres(inputs, shapely.Point(23.63, 61.4995))) < 0.1
    assert len(places) == 2


def test_a_new_entrance_of_the_hub(changes, inputs):
    (row,) = changes("[[entrances]]\nlon = 23.6266\nlat = 61.5055").itertuples()
    assert row.what == "entrance"
    assert row.geometry.distance(in_metres(inputs, shapely.Point(23.6266, 61.5055))) < 0.1


def test_a_headway_is_no_place(changes):
    assert len(changes("[[headways]]\nline = 'M1'\nbetween = ['07:00', '09:00']\nheadway_min = 5")) == 0


def test_changes_together_are_those_of_each(changes):
    street = "[[costs]]\nways = [14]\nclosed = true\nprofiles = ['car']\n"
    service = "[[services]]\nkind = 'market'\nlon = 23.63\nlat = 61.4995\n"
    together = changes(CROSSING + TAGS + "\n" + street + service)
    alone = [changes(text) for text in (CROSSING + TAGS, street, service)]
    told = sorted(zip(together["what"], together.geometry.to_wkt(), strict=True))
    assert told == sorted(pair for one in alone for pair in zip(one["what"], one.geometry.to_wkt(), strict=True))
