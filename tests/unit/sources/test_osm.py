"""Reading streets: what is taken, what is kept of it, what is refused."""

import bz2
import gzip

import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm import read_osm

SQUARE = {1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (0, 100)}


def test_ways_become_segments_between_consecutive_nodes(write_osm):
    extract = read_osm(write_osm(SQUARE, [([1, 2, 3], {"highway": "residential", "name": "Katu"})]))
    ids = extract.node_id
    segments = {(int(ids[a]), int(ids[b])) for a, b in zip(extract.tail, extract.head, strict=True)}
    assert segments == {(1, 2), (2, 3)}
    assert extract.ways["highway"].tolist() == ["residential"]
    assert extract.ways["name"].tolist() == ["Katu"]


def test_a_node_shared_by_two_ways_is_one_node(write_osm):
    extract = read_osm(write_osm(SQUARE, [([1, 2], {"highway": "path"}), ([2, 3], {"highway": "path"})]))
    assert extract.node_id.tolist() == [1, 2, 3]
    assert extract.way.tolist() == [0, 1]


def test_only_streets_and_ferries_are_taken(write_osm):
    ways = [
        ([1, 2], {"highway": "footway"}),
        ([2, 3], {"route": "ferry"}),
        ([3, 4], {"route": "bicycle"}),
        ([4, 1], {"building": "yes"}),
    ]
    extract = read_osm(write_osm(SQUARE, ways))
    assert extract.ways["osm_id"].tolist() == [1, 2]


def test_tags_of_street_nodes_are_kept_and_of_others_not(write_osm):
    tagged = {2: {"highway": "crossing", "crossing": "traffic_signals"}, 4: {"barrier": "gate"}}
    extract = read_osm(write_osm(SQUARE, [([1, 2, 3], {"highway": "footway"})], tagged))
    assert extract.node_id[extract.node_tags["node"]].tolist() == [2]
    assert extract.node_tags["crossing"].tolist() == ["traffic_signals"]


def test_nodes_without_coordinates_are_counted(write_osm):
    extract = read_osm(write_osm(SQUARE, [([1, 2, 99], {"highway": "path"})]))
    assert len(extract.tail) == 1
    assert [(left.what, left.count) for left in extract.left_out] == [("street nodes", 1)]


@pytest.mark.parametrize("refs", [[1, 2, 99, 98, 3, 4], [97, 1, 2, 99, 3, 4, 96]])
def test_no_street_is_drawn_over_a_gap(write_osm, refs):
    extract = read_osm(write_osm(SQUARE, [(refs, {"highway": "path"})]))
    assert len(extract.tail) == 2
    gap = next(left for left in extract.left_out if left.what == "metres of streets")
    assert gap.count == pytest.approx(100, abs=1)


@pytest.mark.parametrize(
    ("name", "remedy"), [("a.osm.zst", "zstd -d"), ("a.o5m", "osmium cat"), ("a.osc", "whole file")]
)
def test_forms_that_are_not_read_name_the_remedy(tmp_path, name, remedy):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(SourceError, match=remedy):
        read_osm(tmp_path / name)


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_compressed_files_hold_the_same(write_osm, tmp_path, suffix, compress):
    plain = write_osm(SQUARE, [([1, 2, 3], {"highway": "path"})])
    packed = tmp_path / f"packed.osm{suffix}"
    packed.write_bytes(compress(plain.read_bytes()))
    assert read_osm(packed).node_id.tolist() == read_osm(plain).node_id.tolist()


def test_a_file_without_streets_says_so(write_osm):
    with pytest.raises(SourceError, match="holds no way tagged highway"):
        read_osm(write_osm(SQUARE, [([1, 2], {"waterway": "stream"})]))


def test_a_missing_file_names_the_remedy(tmp_path):
    with pytest.raises(SourceError, match=r"no such file.*tesoma-geo fetch"):
        read_osm(tmp_path / "no.osm.pbf")


def test_another_kind_of_file_is_refused(tmp_path):
    path = tmp_path / "streets.geojson"
    path.write_text("{}")
    with pytest.raises(SourceError, match="does not end in"):
        read_osm(path)
