"""Files that people make: any order, ids below zero, versions, what is deleted."""

import osmium
import pytest

from tesoma_geo.sources.osm import read_osm

NODE = '<node id="{0}" version="{1}" lon="{2}" lat="61.5"{3}/>'
HIGHWAY = '<tag k="highway" v="{}"/>'


def node(number, lon, version=1, more=""):
    return NODE.format(number, version, lon, more)


def way(number, refs, highway="path", version=1, more=""):
    nodes = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    return f'<way id="{number}" version="{version}"{more}>{nodes}{HIGHWAY.format(highway)}</way>'


NODES = [node(1, 23.60), node(2, 23.61), node(3, 23.62)]


@pytest.fixture(params=["osm", "osm.pbf", "osm.bz2"])
def read(request, tmp_path):
    """Read objects in the order given, from XML and from what osmium makes of it in another form."""

    def of(*objects):
        plain = tmp_path / "made.osm"
        plain.write_text('<osm version="0.6">' + "".join(objects) + "</osm>")
        if request.param == "osm":
            return read_osm(plain)
        other = tmp_path / f"made.{request.param}"
        # A file of the history, or what is deleted would not be told.
        form = request.param.replace("osm", "osh", 1)
        with osmium.SimpleWriter(osmium.io.File(str(other), form), overwrite=True) as writer:
            for item in osmium.FileProcessor(str(plain)):
                writer.add(item)
        return read_osm(other)

    return of


def segments(extract):
    ids = extract.node_id
    return {(int(ids[a]), int(ids[b])) for a, b in zip(extract.tail, extract.head, strict=True)}


def test_ways_before_their_nodes(read):
    assert segments(read(way(1, [1, 2, 3]), *NODES)) == {(1, 2), (2, 3)}


def test_ways_between_nodes(read):
    assert segments(read(NODES[2], way(5, [2, 3]), NODES[1], way(4, [1, 2]), NODES[0])) == {(1, 2), (2, 3)}


def test_ids_below_zero(read):
    extract = read(node(-1, 23.63), *NODES, way(-7, [3, -1], "footway"), way(1, [1, 2, 3]))
    assert segments(extract) == {(1, 2), (2, 3), (3, -1)}
    assert sorted(extract.ways["osm_id"]) == [-7, 1]


def test_nodes_below_zero_alone(read):
    assert segments(read(node(-1, 23.63), node(-2, 23.64), *NODES, way(1, [3, -1, -2]))) == {(3, -1), (-1, -2)}


def test_ids_above_two_to_the_31(read):
    great = 2**31 + 5
    extract = read(*NODES, node(great, 23.64), node(2**40, 23.65), way(great, [3, great, 2**40]))
    assert segments(extract) == {(3, great), (great, 2**40)}
    assert extract.ways["osm_id"].tolist() == [great]


def test_the_newest_version_counts_wherever_it_stands(read):
    newer, older = way(1, [1, 2], "footway", 3), way(1, [1, 2, 3], "primary", 2)
    for objects in ((newer, older), (older, newer)):
        extract = read(*NODES, *objects)
        assert extract.ways["highway"].tolist() == ["footway"]
        assert segments(extract) == {(1, 2)}


def test_a_node_that_was_moved_lies_where_it_lies_now(read):
    extract = read(*NODES, node(2, 23.615, 2), way(1, [1, 2]), way(1, [1, 2]))
    assert extract.lon.tolist() == pytest.approx([23.60, 23.615])
    assert len(extract.ways) == 1


def test_what_was_deleted_is_gone(read):
    deleted = ' visible="false"'
    extract = read(*NODES, way(1, [1, 2]), way(2, [2, 3]), way(2, [2, 3], version=2, more=deleted))
    assert extract.ways["osm_id"].tolist() == [1]
    assert segments(read(*NODES, way(1, [1, 2]), way(3, [1, 3], more=deleted))) == {(1, 2)}


@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_an_editor_marks_to_be_deleted_is_gone(tmp_path, quote):
    made = tmp_path / "plan.osm"
    more = f" action={quote}delete{quote}"
    made.write_text('<osm version="0.6">' + "".join([*NODES, way(1, [1, 2]), way(2, [2, 3], more=more)]) + "</osm>")
    assert read_osm(made).ways["osm_id"].tolist() == [1]
