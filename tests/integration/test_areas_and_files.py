"""Squares, piers, platforms and corridors, and forms of files: small inputs with the answers of the specification.

The answers were written down from the OpenStreetMap wiki (Key:area, Relation:multipolygon, Tag:man_made=pier,
Tag:railway=platform, Key:indoor, OSM XML, OsmChange, as of 2026-11) before anything was run.
"""

import gzip

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.errors import SourceError
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.lengths import ground_length_m
from tesoma_geo.sources.osm import read_osm
from tesoma_geo.sources.osm_sight_lines import CROSSED_ALONG, NOT_WHOLE
from tests.conftest import CRS, write_osm_file

#: A square of 100 m with streets to its west and east side, at nodes 1 and 4.
NODES = {1: (0, 50), 2: (0, 0), 3: (100, 0), 4: (100, 50), 5: (100, 100), 6: (0, 100), 10: (-100, 50), 11: (200, 50)}
RING = [1, 2, 3, 4, 5, 6, 1]
STREETS = [([10, 1], {"highway": "residential"}), ([4, 11], {"highway": "residential"})]
SQUARE = {"highway": "pedestrian", "area": "yes"}
MULTIPOLYGON = {"type": "multipolygon", "highway": "pedestrian"}
STRAIGHT_M, ALONG_M = 300.0, 400.0


def metres(extract, start, end):
    """Along streets and across areas; inf where there is no way."""
    n = len(extract.node_id)
    length = ground_length_m(extract.lon, extract.lat, extract.tail, extract.head).astype(float)
    at = {int(node): index for index, node in enumerate(extract.node_id)}
    if start not in at or end not in at:
        return np.inf
    best = np.full((n, n), np.inf)
    np.minimum.at(best, (extract.tail, extract.head), length)
    arcs = coo_array((best[np.isfinite(best)], np.nonzero(np.isfinite(best))), shape=(n, n)).tocsr()
    return dijkstra(arcs, directed=False, indices=at[start])[at[end]]


def written(tmp_path, ways, nodes=None, relations=(), node_tags=None):
    """A file; relations are lists of (way number, role) with tags."""
    path = write_osm_file(tmp_path / "areas.osm", {**NODES, **(nodes or {})}, ways, node_tags)
    text = ""
    for number, (members, tags) in enumerate(relations, 70):
        rows = "".join(f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in members)
        pairs = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        text += f'<relation id="{number}" version="1">{rows}{pairs}</relation>'
    path.write_text(path.read_text().replace("</osm>", f"{text}</osm>"))
    return path


def counted(extract):
    return {(left.what, left.reason): left.count for left in extract.left_out}


def test_an_inner_ring_that_touches_the_outer_one_is_walked_around(tmp_path):
    nodes = {7: (50, 0), 21: (70, 50), 22: (50, 80), 23: (30, 50)}
    ways = [*STREETS, ([1, 2, 7, 3, 4, 5, 6, 1], {}), ([7, 21, 22, 23, 7], {})]
    path = written(tmp_path, ways, nodes, [([(3, "outer"), (4, "inner")], MULTIPOLYGON)])
    assert metres(read_osm(path), 10, 11) == pytest.approx(200 + 2 * np.hypot(50, 30), rel=2e-3)


def test_two_holes_leave_a_gap_between_them(tmp_path):
    nodes = {
        21: (40, 5),
        22: (60, 5),
        23: (60, 45),
        24: (40, 45),
        31: (40, 55),
        32: (60, 55),
        33: (60, 95),
        34: (40, 95),
    }
    ways = [*STREETS, (RING, {}), ([21, 22, 23, 24, 21], {}), ([31, 32, 33, 34, 31], {})]
    path = written(tmp_path, ways, nodes, [([(3, "outer"), (4, "inner"), (5, "inner")], MULTIPOLYGON)])
    assert metres(read_osm(path), 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_two_outer_rings_are_two_squares_with_no_way_between(tmp_path):
    nodes = {41: (150, 0), 42: (250, 0), 43: (250, 100), 44: (150, 100), 12: (350, 0), 13: (150, 200)}
    ways = [
        ([10, 1], {"highway": "path"}),
        (RING, {}),
        ([41, 42, 43, 44, 41], {}),
        ([42, 12], {"highway": "path"}),
        ([13, 44], {"highway": "path"}),
    ]
    path = written(tmp_path, ways, nodes, [([(2, "outer"), (3, "outer")], MULTIPOLYGON)])
    extract = read_osm(path)
    assert metres(extract, 10, 12) == np.inf
    assert metres(extract, 13, 12) == pytest.approx(100 + np.hypot(100, 100) + 100, rel=2e-3)


def test_an_island_in_a_hole_is_reached_by_a_bridge_alone(tmp_path):
    nodes = {
        21: (20, 20),
        22: (80, 20),
        23: (80, 80),
        24: (20, 80),
        31: (40, 50),
        32: (50, 40),
        33: (60, 50),
        34: (50, 60),
    }
    ways = [*STREETS, (RING, {}), ([21, 22, 23, 24, 21], {}), ([31, 32, 33, 34, 31], {})]
    relation = ([(3, "outer"), (4, "inner"), (5, "outer")], MULTIPOLYGON)
    without = read_osm(written(tmp_path, ways, nodes, [relation]))
    assert metres(without, 10, 33) == np.inf
    bridge = ([31, 1], {"highway": "footway", "bridge": "yes"})
    assert metres(
        read_osm(written(tmp_path, [*ways, bridge], nodes, [relation], {33: {"entrance": "yes"}})), 10, 33
    ) == pytest.approx(160, rel=2e-3)


@pytest.mark.parametrize("roles", [("", ""), ("outer", ""), ("outer", "enclave")])
def test_roles_that_are_missing_or_wrong_change_no_ring(tmp_path, roles):
    nodes = {21: (30, 30), 22: (70, 30), 23: (70, 70), 24: (30, 70)}
    ways = [*STREETS, (RING, {}), ([21, 22, 23, 24, 21], {"natural": "water"})]
    path = written(tmp_path, ways, nodes, [([(3, roles[0]), (4, roles[1])], MULTIPOLYGON)])
    assert metres(read_osm(path), 10, 11) == pytest.approx(200 + 2 * np.hypot(30, 20) + 40, rel=2e-3)


def test_a_member_named_twice_is_one_ring(tmp_path):
    path = written(tmp_path, [*STREETS, (RING, {})], None, [([(3, "outer"), (3, "outer")], MULTIPOLYGON)])
    assert metres(read_osm(path), 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_an_outline_that_does_not_close_is_counted_and_no_way(tmp_path):
    path = written(tmp_path, [*STREETS, ([1, 2, 3, 4], {})], None, [([(3, "outer")], MULTIPOLYGON)])
    extract = read_osm(path)
    assert metres(extract, 10, 11) == np.inf
    assert sum(counted(extract).values()) == 1


def test_an_open_line_with_area_yes_is_a_way(tmp_path):
    assert metres(read_osm(written(tmp_path, [*STREETS, ([1, 2, 3, 4], SQUARE)])), 10, 11) == pytest.approx(
        ALONG_M, rel=2e-3
    )


def test_an_outline_that_crosses_itself_is_walked_along_and_counted(tmp_path):
    extract = read_osm(written(tmp_path, [*STREETS, ([1, 2, 5, 4, 3, 6, 1], SQUARE)]))
    assert counted(extract) == {("squares", NOT_WHOLE): 1}
    assert np.isfinite(metres(extract, 10, 11))


def test_a_node_repeated_in_a_row_is_no_corner(tmp_path):
    extract = read_osm(written(tmp_path, [*STREETS, ([1, 2, 2, 3, 4, 4, 5, 6, 1], SQUARE)]))
    assert metres(extract, 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_two_nodes_in_one_place_are_no_corner(tmp_path):
    extract = read_osm(written(tmp_path, [*STREETS, ([1, 2, 9, 3, 4, 5, 6, 1], SQUARE)], {9: (0, 0)}))
    assert metres(extract, 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_a_path_that_passes_through_meets_the_square_at_shared_nodes_alone(tmp_path):
    nodes = {7: (50, 0), 8: (50, 100), 12: (50, -100), 13: (50, 200)}
    ways = [*STREETS, ([1, 2, 7, 3, 4, 5, 8, 6, 1], SQUARE), ([12, 7, 8, 13], {"highway": "footway"})]
    extract = read_osm(written(tmp_path, ways, nodes))
    assert metres(extract, 10, 12) == pytest.approx(200 + np.hypot(50, 50), rel=2e-3)
    assert metres(extract, 12, 13) == pytest.approx(300, rel=2e-3)


def test_a_bridge_over_a_square_is_no_entry(tmp_path):
    nodes = {7: (50, -50), 8: (50, 150)}
    extract = read_osm(
        written(tmp_path, [*STREETS, (RING, SQUARE), ([7, 8], {"highway": "footway", "bridge": "yes"})], nodes)
    )
    assert metres(extract, 10, 7) == np.inf


def test_squares_that_share_a_corner_are_passed_over_it(tmp_path):
    nodes = {41: (200, 100), 42: (200, 200), 43: (100, 200), 12: (300, 200)}
    ways = [
        ([10, 1], {"highway": "path"}),
        (RING, SQUARE),
        ([5, 41, 42, 43, 5], SQUARE),
        ([42, 12], {"highway": "path"}),
    ]
    expected = 100 + np.hypot(100, 50) + np.hypot(100, 100) + 100
    assert metres(read_osm(written(tmp_path, ways, nodes)), 10, 12) == pytest.approx(expected, rel=2e-3)


def test_a_huge_square_with_few_entries_is_crossed(tmp_path):
    count = 2000
    angle = 2 * np.pi * np.arange(count) / count
    nodes = {1001 + k: (1000 * np.cos(a), 1000 * np.sin(a)) for k, a in enumerate(angle)}
    nodes |= {20: (-1100, 0), 21: (1100, 0)}
    ways = [
        ([*range(1001, 1001 + count), 1001], SQUARE),
        ([20, 2001], {"highway": "path"}),
        ([1001, 21], {"highway": "path"}),
    ]
    extract = read_osm(written(tmp_path, ways, nodes))
    assert metres(extract, 20, 21) == pytest.approx(2200, rel=2e-3)
    assert CROSSED_ALONG not in {reason for _, reason in counted(extract)}


@pytest.mark.parametrize(
    "tags", [{"man_made": "pier"}, {"railway": "platform"}, {"public_transport": "platform"}, {"indoor": "corridor"}]
)
def test_drawn_as_a_line_it_is_a_way(tmp_path, tags):
    assert metres(read_osm(written(tmp_path, [*STREETS, ([1, 4], tags)])), 10, 11) == pytest.approx(
        STRAIGHT_M, rel=2e-3
    )


@pytest.mark.parametrize(
    ("tags", "walks", "rides"),
    [
        ({"man_made": "pier"}, True, None),
        ({"man_made": "pier", "access": "no"}, False, False),
        ({"man_made": "pier", "foot": "no"}, False, None),
        ({"man_made": "pier", "access": "private"}, False, False),
        ({"railway": "platform", "access": "customers"}, False, False),
        ({"railway": "platform", "foot": "no"}, False, None),
        ({"railway": "platform", "access": "no", "foot": "yes"}, True, None),
        ({"public_transport": "platform", "foot": "designated"}, True, None),
        ({"highway": "pedestrian", "area": "yes", "bicycle": "yes"}, True, True),
        ({"highway": "pedestrian", "area": "yes", "access": "private"}, False, False),
        ({"indoor": "corridor", "access": "no"}, False, False),
    ],
)
@pytest.mark.parametrize("ring", [RING, [1, 4]], ids=["area", "line"])
def test_who_crosses(tmp_path, tags, walks, rides, ring):
    """A way round of 2 km is open to everybody."""
    if ring != RING and "area" in tags:
        pytest.skip("an area is no line")
    around = {51: (-100, 900), 52: (200, 900)}
    path = written(tmp_path, [*STREETS, ([10, 51, 52, 11], {"highway": "residential"}), (ring, tags)], around)
    network = StreetNetwork.from_osm(path, CRS)
    at = {int(node): row for row, node in enumerate(network.node_id)}
    places = np.column_stack([network.lon, network.lat])
    for profile, passes in (("walk", walks), ("bicycle", rides)):
        router = network.router(profile)
        seconds = float(router.travel_times(places[[at[10]]], places[[at[11]]])[0, 0])
        if passes is not None:
            assert (seconds * router.profile.speed_kmh / 3.6 < 1000) == passes, profile


@pytest.mark.parametrize(
    "tags",
    [
        {"man_made": "pier", "area": "no"},
        {"railway": "platform", "area": "no"},
        {"railway": "platform_edge"},
        {"man_made": "breakwater"},
        {"man_made": "groyne"},
        {"indoor": "room"},
        {"indoor": "wall"},
        {"highway": "platform", "area": "no"},
        {"place": "square"},
        {"highway": "construction", "construction": "pedestrian", "area": "yes"},
        {"highway": "proposed", "area": "yes"},
        {"demolished:railway": "platform"},
    ],
)
def test_what_is_not_crossed(tmp_path, tags):
    assert metres(read_osm(written(tmp_path, [*STREETS, (RING, tags)])), 10, 11) > STRAIGHT_M + 50


# Forms of files


def street(tmp_path, change=lambda text: text, name="street.osm"):
    path = write_osm_file(tmp_path / "plain.osm", NODES, [([10, 1, 4, 11], {"highway": "residential"})])
    target = tmp_path / name
    target.write_text(change(path.read_text()))
    return target


@pytest.mark.parametrize("by", [3_000_000_000, 12_000_000_000, 2**40])
def test_ids_above_two_to_the_31(tmp_path, by):
    nodes = {node + by: at for node, at in NODES.items()}
    path = write_osm_file(tmp_path / "a.osm", nodes, [([10 + by, 1 + by, 4 + by, 11 + by], {"highway": "path"})])
    assert metres(read_osm(path), 10 + by, 11 + by) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_squares_of_a_plan_have_ids_below_zero(tmp_path):
    nodes = {-node: at for node, at in NODES.items()}
    path = write_osm_file(
        tmp_path / "a.osm", nodes, [([-n for n in ring], tags) for ring, tags in [*STREETS, (RING, SQUARE)]]
    )
    path.write_text(path.read_text().replace('<way id="', '<way id="-'))
    assert metres(read_osm(path), -10, -11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_the_same_object_twice_is_one_street(tmp_path):
    def doubled(text):
        return text.replace("</osm>", text[text.index("<way") : text.index("</way>") + 6] + "</osm>")

    assert len(read_osm(street(tmp_path, doubled)).tail) == 3


def test_an_older_version_behind_the_newer_one_says_nothing(tmp_path):
    def older(text):
        way = '<way id="1" version="1"><nd ref="10"/><nd ref="11"/><tag k="highway" v="motorway"/></way>'
        return text.replace('<way id="1" version="1">', '<way id="1" version="3">').replace("</osm>", f"{way}</osm>")

    extract = read_osm(street(tmp_path, older))
    assert extract.ways["highway"].tolist() == ["residential"]
    assert len(extract.tail) == 3


def test_a_node_that_was_deleted_in_a_history_leaves_a_gap(tmp_path):
    def deleted(text):
        return text.replace("<way", '<node id="4" version="2" visible="false"/><way', 1)

    extract = read_osm(street(tmp_path, deleted))
    assert metres(extract, 10, 11) == np.inf
    assert counted(extract)["street nodes", "the file does not hold their coordinates"] == 1


def test_what_is_undeleted_later_is_there(tmp_path):
    def back(text):
        gone = '<way id="1" version="2" visible="false"/>'
        begin, end = text.index("<way"), text.index("</way>") + 6
        return text[:end] + gone + text[begin:end].replace('version="1"', 'version="3"') + text[end:]

    assert metres(read_osm(street(tmp_path, back)), 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


def test_tags_with_quotes_line_ends_and_other_scripts(tmp_path):
    extract = read_osm(
        street(tmp_path, lambda text: text.replace("</way>", '<tag k="name" v="A&quot;&#10;, = %25 広場 😀"/></way>'))
    )
    assert extract.ways["name"].iloc[0] == 'A"\n, = %25 広場 😀'


@pytest.mark.parametrize("end", ["\r\n", "\n\n\n"])
def test_line_ends_and_a_mark_of_the_encoding(tmp_path, end):
    path = street(tmp_path, lambda text: text)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text().replace("\n", end).encode())
    assert metres(read_osm(path), 10, 11) == pytest.approx(STRAIGHT_M, rel=2e-3)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.osm.zst", "zstd -d"), ("a.osm.pbf.zst", "zstd -d"), ("a.o5m", "osmium cat"), ("a.o5c", "whole file"),
        ("a.osc", "whole file"), ("a.osc.gz", "whole file"), ("a.osc.bz2", "whole file"), ("A.O5M", "osmium cat"),
        ("a.OSC", "whole file"), ("a.o5m.gz", "osmium cat"), ("a.osm.xz", "unxz"), ("a.tar.gz", "does not end in"),
    ],
)  # fmt: skip
def test_other_forms_name_their_remedy(tmp_path, name, remedy):
    (tmp_path / name).write_bytes(b"\x00")
    with pytest.raises(SourceError) as refused:
        read_osm(tmp_path / name)
    assert remedy in str(refused.value)


def test_a_change_file_under_another_name_is_refused(tmp_path):
    text = street(tmp_path).read_text().replace('<osm version="0.6">', '<osmChange version="0.6"><create>')
    (tmp_path / "b.osm").write_text(text.replace("</osm>", "</create></osmChange>"))
    with pytest.raises(SourceError, match="not its changes"):
        read_osm(tmp_path / "b.osm")


@pytest.mark.parametrize("name", ["B.OSM", "b.Osm.Gz"])
def test_names_in_capitals_are_told(tmp_path, name):
    content = street(tmp_path).read_bytes()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.lower().endswith("gz") else content)
    with pytest.raises(SourceError, match="small letters"):
        read_osm(tmp_path / name)


def test_packed_and_named_as_if_it_were_not(tmp_path):
    (tmp_path / "b.osm").write_bytes(gzip.compress(street(tmp_path).read_bytes()))
    with pytest.raises(SourceError):
        read_osm(tmp_path / "b.osm")


def test_a_clipped_street_tells_the_metres_of_its_gap(tmp_path):
    def clipped(text):
        return "\n".join(line for line in text.split("\n") if '<node id="4"' not in line)

    path = street(
        tmp_path, lambda text: clipped(text.replace("</node>", "").replace(">\n<tag", "><tag")).replace('">', '"/>')
    )
    text = (
        path.read_text().replace('"0.6"/>', '"0.6">').replace('<way id="1" version="1"/>', '<way id="1" version="1">')
    )
    path.write_text(text.replace('"UTF-8"?/>', '"UTF-8"?>'))
    extract = read_osm(path)
    assert metres(extract, 10, 11) == np.inf
    assert metres(extract, 10, 1) == pytest.approx(100, rel=2e-3)
    left = {left.what: left.count for left in extract.left_out}
    assert left["metres of streets"] == pytest.approx(200, abs=2)
    assert left["street nodes"] == 1
