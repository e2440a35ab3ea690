"""Fences, tracks and water of an OpenStreetMap file: those on the ground that nobody crosses."""

import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_obstacles import BARRIERS, RAILWAYS, WATERWAYS, read_obstacles

PLACES = {1: (23.60, 61.50), 2: (23.61, 61.50), 3: (23.61, 61.51), 4: (23.60, 61.51), 5: (23.62, 61.52)}


@pytest.fixture
def read(tmp_path):
    """What is read of ways given as (nodes, tags), with node ids shifted."""

    def reading(*ways, shift=0, places=PLACES, relations=""):
        nodes = "".join(
            f'<node id="{shift + i}" version="1" lat="{lat}" lon="{lon}"/>' for i, (lon, lat) in places.items()
        )
        written = ""
        for number, (refs, tags) in enumerate(ways, 1):
            inside = "".join(f'<nd ref="{shift + ref}"/>' for ref in refs)
            inside += "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
            written += f'<way id="{number}" version="1">{inside}</way>'
        path = tmp_path / "town.osm"
        path.write_text(f'<osm version="0.6">{nodes}{written}{relations}</osm>', encoding="utf-8")
        return read_obstacles(path)

    return reading


LINES = [
    *(("barrier", v) for v in BARRIERS),
    *(("railway", v) for v in RAILWAYS),
    *(("waterway", v) for v in WATERWAYS),
]


@pytest.mark.parametrize(("key", "value"), LINES)
def test_a_line_of_each_kind_is_where_its_nodes_are(read, key, value):
    lines, water = read(([1, 2, 3], {key: value}))
    assert [line.wkt for line in lines] == [shapely.LineString([PLACES[i] for i in (1, 2, 3)]).wkt]
    assert len(water) == 0


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "residential"}, {"barrier": "gate"}, {"railway": "tram"}, {"waterway": "stream"},
        {"railway": "rail", "bridge": "yes"}, {"railway": "rail", "tunnel": "yes"}, {"barrier": "ditch"},
        {"waterway": "river", "layer": "-1"},
        {"barrier": "fence", "indoor": "yes"}, {"railway": "rail", "covered": "yes"},
    ],
)  # fmt: skip
def test_what_is_crossed_or_lies_elsewhere_is_no_obstacle(read, tags):
    assert len(read(([1, 2], tags)).lines) == 0


@pytest.mark.parametrize("tags", [{"bridge": "no"}, {"layer": "1"}, {"tunnel": "no"}])
def test_what_is_said_to_be_no_bridge_is_one_more_obstacle(read, tags):
    assert len(read(([1, 2], {"railway": "rail", **tags})).lines) == 1


@pytest.mark.parametrize("shift", [0, -100, 10**10])
def test_ids_may_be_negative_or_long(read, shift):
    lines, _ = read(([1, 2], {"barrier": "wall"}), ([3, 4], {"barrier": "fence"}), shift=shift)
    assert sorted(line.wkt for line in lines) == sorted(
        shapely.LineString([PLACES[i], PLACES[j]]).wkt for i, j in ((1, 2), (3, 4))
    )


def test_nodes_that_are_cut_off_are_left_out_and_a_line_of_one_is_none(read):
    known = {i: PLACES[i] for i in (1, 2)}
    lines, _ = read(([1, 2, 3], {"barrier": "wall"}), ([2, 3], {"barrier": "fence"}), places=known)
    assert [line.wkt for line in lines] == [shapely.LineString([PLACES[1], PLACES[2]]).wkt]


@pytest.mark.parametrize("tags", [{"natural": "water"}, {"waterway": "dock"}, {"waterway": "riverbank"}])
def test_water_is_a_polygon(read, tags):
    lines, water = read(([1, 2, 3, 4, 1], tags))
    assert len(lines) == 0
    (pond,) = water
    assert pond.area == pytest.approx(0.01 * 0.01)


def test_a_lake_of_several_ways_has_its_island(read):
    members = "".join(f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in ((1, "outer"), (2, "inner")))
    lake = (
        f'<relation id="9" version="1">{members}<tag k="type" v="multipolygon"/><tag k="natural" v="water"/></relation>'
    )
    places = PLACES | {
        i: (23.602 + dx, 61.502 + dy) for i, (dx, dy) in enumerate([(0, 0), (4e-3, 0), (4e-3, 4e-3)], 11)
    }
    _, water = read(([1, 2, 3, 4, 1], {}), ([11, 12, 13, 11], {}), places=places, relations=lake)
    (shape,) = water
    assert shape.is_valid
    assert shape.area == pytest.approx(1e-4 - 8e-6)


def test_a_file_without_any_is_empty(read):
    lines, water = read(([1, 2], {"highway": "path"}))
    assert (len(lines), len(water)) == (0, 0)


def test_a_file_that_is_none_is_refused_by_name(tmp_path):
    broken = tmp_path / "cut.osm.pbf"
    broken.write_bytes(b"\0\0\0\x0dno map")
    with pytest.raises(SourceError, match=r"cut\.osm\.pbf cannot be read"):
        read_obstacles(broken)
    with pytest.raises(SourceError, match=r"absent\.osm"):
        read_obstacles(tmp_path / "absent.osm")


def test_no_fence_is_drawn_over_nodes_that_are_not_in_the_file(read):
    """A clipped file: the fence is where its nodes are, in two pieces, and a single node is none."""
    lines, _ = read(([1, 2, 9, 4, 3, 8, 5], {"barrier": "fence"}), ([1, 9, 2], {"barrier": "wall"}))
    assert [line.wkt for line in lines] == [
        shapely.LineString([PLACES[i] for i in pair]).wkt for pair in ((1, 2), (4, 3))
    ]
