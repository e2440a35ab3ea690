"""What lies between a house and the nearest street, drawn in every way, in every form of file.

A house 30 m from one street and 70 m from the other, which meet far away: to which is it joined? The answers were
written down from the issue's wording and the wiki (Key:barrier, Key:railway, Key:waterway, as of 2026-11).
"""

import re

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.network import StreetNetwork
from tests.conftest import CORNER, CRS, write_osm_file

NODES = {
    1: (-500, 0), 2: (500, 0), 3: (-500, 100), 4: (500, 100), 5: (-900, 50), 6: (900, 50), 11: (-300, 12),
    12: (300, 12), 21: (-300, 2), 22: (300, 2), 23: (300, 27), 24: (-300, 27),
}  # fmt: skip
ROAD = {"highway": "residential"}
LINE, LAKE = [11, 12], [21, 22, 23, 24, 21]
MULTIPOLYGON = (
    '<relation id="70" version="1"><member type="way" ref="5" role="outer"/>'
    '<tag k="type" v="multipolygon"/><tag k="natural" v="water"/></relation>'
)


def joined_to(tmp_path, between=(), near=ROAD, relation="", change=lambda text: text, profile="walk"):
    """``"near"`` or ``"far"``: the street that the house is joined to."""
    ways = [([1, 2], near), ([3, 4], ROAD), ([1, 5, 3], ROAD), ([2, 6, 4], ROAD), *between]
    path = write_osm_file(tmp_path / "house.osm", NODES, ways)
    path.write_text(change(path.read_text().replace("</osm>", relation + "</osm>")))
    network = StreetNetwork.from_osm(path, CRS)
    house = gpd.GeoSeries([shapely.Point(CORNER[0], CORNER[1] + 30)], crs=CRS)
    (edge,) = network.router(profile).snap(house).edge
    north_m = (network.y[network.tail[edge]] + network.y[network.head[edge]]) / 2 - CORNER[1]
    return "near" if north_m < 50 else "far"


def tag(text):
    return dict(pair.split("=") for pair in text.split(" + "))


CLOSING = [
    *(f"barrier={kind}" for kind in ("fence", "wall", "hedge", "guard_rail", "wire_fence", "railing")),
    *(f"railway={kind}" for kind in ("rail", "light_rail", "subway", "narrow_gauge", "preserved", "funicular")),
    "barrier=retaining_wall", "barrier=city_wall", "barrier=jersey_barrier",
    "waterway=river", "waterway=canal", "natural=coastline", "natural=cliff", "railway=rail + bridge=no",
]  # fmt: skip
PASSED = [
    "railway=tram", "railway=rail + tunnel=yes", "railway=rail + bridge=viaduct", "railway=abandoned", "railway=razed",
    "railway=proposed", "railway=rail + location=underground", "waterway=river + tunnel=culvert",
    "waterway=river + layer=-1", "waterway=stream", "barrier=kerb", "barrier=fence + layer=-2", "power=line",
    "disused:barrier=fence", "railway=construction", "railway=disused", "railway=monorail", "barrier=bollard",
    "removed:railway=rail", "waterway=drain", "waterway=ditch", "railway=rail + covered=yes", "boundary=administrative",
]  # fmt: skip


@pytest.mark.parametrize("tags", CLOSING)
def test_not_across_lines(tmp_path, tags):
    assert joined_to(tmp_path, [(LINE, tag(tags))]) == "far"


@pytest.mark.parametrize("tags", PASSED)
def test_across_lines_that_close_nothing(tmp_path, tags):
    assert joined_to(tmp_path, [(LINE, tag(tags))]) == "near"


def test_a_fence_with_a_broken_coordinate_does_not_run_round_half_the_globe(tmp_path):
    """Its end lies at 0, 0, and the line to it between the house and both streets."""

    def broken(text):
        return re.sub(r'(<node id="12"[^>]*) lon="[^"]*" lat="[^"]*"', r'\1 lon="0" lat="0"', text)

    far_away = [([11, 24], {"barrier": "fence"}), ([24, 12], {"barrier": "fence"})]
    assert joined_to(tmp_path, far_away, change=broken) == "near"


@pytest.mark.parametrize(
    ("tags", "right"),
    [
        ("natural=water", "far"), ("waterway=riverbank", "far"), ("landuse=reservoir", "far"), ("landuse=basin", "far"),
        ("natural=water + intermittent=yes", "far"), ("waterway=dock", "far"), ("natural=water + tunnel=yes", "near"),
        ("natural=water + covered=yes", "near"), ("natural=wetland", "near"),
        ("natural=bay", "far"), ("natural=strait", "far"), ("natural=wood", "near"), ("leisure=pitch", "near"),
        ("natural=water + water=pond", "far"), ("natural=beach", "near"), ("leisure=park", "near"),
    ],
)  # fmt: skip
def test_not_across_areas_of_water(tmp_path, tags, right):
    assert joined_to(tmp_path, [(LAKE, tag(tags))]) == right


@pytest.mark.parametrize(
    ("tags", "right"),
    [
        ("tunnel=yes", "far"), ("bridge=yes", "far"), ("bridge=viaduct", "far"), ("covered=yes", "far"),
        ("layer=-1", "far"), ("location=underground", "far"), ("indoor=yes", "far"), ("tunnel=building_passage", "far"),
        ("foot=no", "far"), ("tunnel=no", "near"), ("bridge=no", "near"), ("covered=arcade", "near"),
        ("layer=1", "near"), ("tunnel=culvert", "far"), ("layer=-2", "far"), ("bridge=movable", "far"),
        ("access=private", "near"), ("highway=pedestrian", "near"), ("covered=colonnade", "near"),
        ("cutting=yes", "near"), ("embankment=yes", "near"), ("foot=private", "near"),
    ],
)  # fmt: skip
def test_on_to_which_streets(tmp_path, tags, right):
    assert joined_to(tmp_path, near=ROAD | tag(tags)) == right


@pytest.mark.parametrize("tags", ["highway=motorway", "motorroad=yes"])
def test_no_car_enters_a_motorway_from_beside_it(tmp_path, tags):
    assert joined_to(tmp_path, near=ROAD | tag(tags), profile="car") == "far"


def below_zero(text):
    return re.sub(r'(node id|way id|ref|relation id)="', r'\1="-', text)


def ways_first(text):
    nodes, ways = text.index("<node"), text.index("<way")
    return text[:nodes] + text[ways : text.index("</osm>")] + text[nodes:ways] + "</osm>"


def places_with_ways(text):
    at = {
        node: f'lon="{lon}" lat="{lat}"'
        for node, lon, lat in re.findall(r'<node id="(\d+)"[^>]*lon="(\S+)" lat="([^"]+)"', text)
    }
    ways = re.sub(r'<nd ref="(\d+)"/>', lambda nd: f'<nd ref="{nd[1]}" {at[nd[1]]}/>', text[text.index("<way") :])
    return text[: text.index("<node")] + ways


def twice(text):
    return text.replace("</osm>", text[text.index('<way id="5"') : text.index("</osm>")] + "</osm>")


def deleted(text):
    return text.replace('<way id="5" version="1"', '<way id="5" version="2" visible="false"')


def to_be_deleted(text):
    return text.replace('<way id="5"', '<way action="delete" id="5"')


@pytest.mark.parametrize("change", [below_zero, ways_first, places_with_ways, twice])
@pytest.mark.parametrize(
    "between",
    [(LINE, {"barrier": "fence"}), (LAKE, {"natural": "water"}), (LAKE, {})],
    ids=["fence", "lake", "relation"],
)
def test_in_files_that_people_make(tmp_path, change, between):
    relation = "" if between[1] else MULTIPOLYGON
    assert joined_to(tmp_path, [between], relation=relation, change=change) == "far"


@pytest.mark.parametrize("change", [deleted, to_be_deleted])
@pytest.mark.parametrize("between", [(LINE, {"barrier": "fence"}), (LAKE, {"natural": "water"})], ids=["fence", "lake"])
def test_what_was_deleted_closes_nothing(tmp_path, change, between):
    assert joined_to(tmp_path, [between], change=change) == "near"
