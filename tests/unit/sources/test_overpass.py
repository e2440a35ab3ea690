"""What Overpass is asked, and when it is one's turn."""

import re

import pytest
import shapely

from tesoma_geo.sources.overpass import overpass_query, turn_in_s

AREA = shapely.Polygon([(23.5, 61.4), (23.8, 61.4), (23.8, 61.6)])


def test_the_corners_are_latitude_and_longitude():
    polygons = set(re.findall(r'poly:"([^"]*)"', overpass_query(AREA, {})))
    assert polygons == {"61.400000 23.500000 61.400000 23.800000 61.600000 23.800000 61.400000 23.500000"}


def test_a_key_that_is_wanted_whole_is_asked_for_once():
    query = overpass_query(
        AREA, {"way": "highway=path", "school": "amenity=school", "health": "amenity=doctors|dentist"}
    )
    assert re.findall(r'way\[("highway".*?)\]', query) == ['"highway"']
    assert re.findall(r'node\["amenity"="(.*?)"\]', query) == ["dentist", "doctors", "school"]


@pytest.mark.parametrize("value", ['a"](around:9,61.5,23.6);node["b', "back\\", "line\nbreak", "äö*"])
def test_a_value_stays_a_value(value):
    query = overpass_query(AREA, {"x": f"name={value}"})
    texts = re.findall(r'"((?:[^"\\]|\\.)*)"', query)
    written = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    assert written in texts
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", query)
    assert "around" not in outside
    assert "\n" not in query


@pytest.mark.parametrize(
    ("status", "seconds"),
    [
        ("Connected as: 1\nRate limit: 2\n2 slots available now.\nCurrently running queries", 0),
        ("Rate limit: 2\n1 slots available now.\nSlot available after: 2026-11-03T10:15:00Z, in 24 seconds.", 0),
        ("Slot available after: 2026-11-03T10:15:00Z, in 24 seconds.\n"
         "Slot available after: 2026-11-03T10:14:45Z, in 9 seconds.\n", 9),
        ("Slot available after: 2026-11-04T10:15:00Z, in 86400 seconds.", 300),
        ("0 slots available now.", 0),
        ("<html>What?</html>", 0),
        ("", 0),
    ],
)  # fmt: skip
def test_the_turn_is_what_the_status_tells(status, seconds):
    assert turn_in_s(status) == seconds
