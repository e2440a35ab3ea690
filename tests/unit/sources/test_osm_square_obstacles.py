"""What stands on squares, by the tags of the OpenStreetMap wiki (Key:building, Key:barrier, as of 2026-11)."""

import pytest

from tesoma_geo.sources.osm_objects import OsmObjects
from tesoma_geo.sources.osm_square_obstacles import standing_among, stands

BUILDINGS = ("yes", "house", "kiosk", "church", "garage", "train_station", "ruins", "greenhouse", "hut")


@pytest.mark.parametrize("value", BUILDINGS)
def test_nobody_walks_through_a_building(value):
    assert stands({"building": value}, closed=True)
    assert not stands({"building": value}, closed=False)


@pytest.mark.parametrize(
    "tags",
    [
        {"building": "roof"}, {"building": "canopy"}, {"building": "carport"}, {"building": "no"},
        {"building": "yes", "min_height": "4"}, {"building": "yes", "building:min_level": "1"},
        {"building": "yes", "location": "underground"}, {"building": "bridge"}, {"building:part": "yes"},
        {"natural": "water", "tunnel": "culvert"}, {"waterway": "river", "bridge": "aqueduct"}, {"natural": "wood"},
        {"landuse": "grass"}, {"highway": "pedestrian"}, {"barrier": "kerb"}, {"barrier": "bollard"}, {},
    ],
)  # fmt: skip
def test_what_is_walked_under_over_or_through(tags):
    assert not stands(tags, closed=True)


@pytest.mark.parametrize("value", ["wall", "fence", "hedge", "city_wall", "retaining_wall", "guard_rail"])
def test_walls_stand_as_lines_and_as_outlines(value):
    assert stands({"barrier": value}, closed=False)
    assert stands({"barrier": value}, closed=True)


def made(ways, relations=()):
    places = {1: (0.0, 0.0), 2: (1.0, 0.0), 3: (1.0, 1.0), 4: (0.0, 1.0)}
    return OsmObjects(places, {}, dict(enumerate(ways)), dict(enumerate(relations)))


def test_a_wall_around_something_is_a_line_unless_it_is_an_area():
    ring = [1, 2, 3, 4, 1]
    line, area = (
        standing_among(made([(ring, tags)]), [(0.4, 0.4, 0.6, 0.6)])[0].is_area
        for tags in ({"barrier": "wall"}, {"barrier": "hedge", "area": "yes"})
    )
    assert (line, area) == (False, True)


def test_what_lies_elsewhere_or_is_cut_off_is_not_taken():
    house = {"building": "yes"}
    assert standing_among(made([([1, 2, 3, 1], house)]), [(2, 2, 3, 3)]) == []
    assert standing_among(made([([1, 2, 9, 1], house)]), [(0, 0, 3, 3)]) == []


def test_a_multipolygon_is_taken_with_its_tags_and_level():
    ways = [([1, 2, 3], {}), ([3, 4, 1], {})]
    members = [("w", 0, "outer"), ("w", 1, "outer")]
    tags = {"type": "multipolygon", "building": "yes", "layer": "1"}
    (found,) = standing_among(made(ways, [(members, tags)]), [(0, 0, 1, 1)])
    assert found.is_building
    assert found.level == ("layer=1",)
    assert len(found.rings) == 1
    other = (members, tags | {"type": "site"})
    assert standing_among(made(ways, [other]), [(0, 0, 1, 1)]) == []
