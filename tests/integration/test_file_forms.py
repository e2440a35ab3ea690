"""Files as people and services write them: one street of 500 m in every form, with what is read of it.

What is right was written down from the descriptions of OSM XML, OSM PBF and of Overpass (as of 2026-11) beforehand.
"""

import bz2
import gzip
import re

import osmium
import pytest
from osmium.osm.mutable import Node, Way

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm import read_osm
from tests.conftest import write_osm_file
from tests.street_blocks import street_metres

NODES = {1: (-100, 0), 2: (0, 0), 3: (200, 0), 4: (400, 0)}
TAGS = {"highway": "residential", "name": "Länsitie"}
WHOLE_M = 500


@pytest.fixture
def text(tmp_path):
    return write_osm_file(tmp_path / "plain.osm", NODES, [([1, 2, 3, 4], TAGS)]).read_text()


def places_of(text):
    return {
        int(node): (float(lon), float(lat))
        for node, lon, lat in re.findall(r'<node id="(\d+)"[^>]*lon="([^"]+)" lat="([^"]+)"', text)
    }


def read_metres(path):
    return street_metres(read_osm(path))


def with_places_on_ways(text):
    """As Overpass writes ``out geom``: the places stand with the ways, and there are no nodes."""
    at = places_of(text)
    ways = re.sub(
        r'<nd ref="(\d+)"/>',
        lambda nd: f'<nd ref="{nd[1]}" lon="{at[int(nd[1])][0]}" lat="{at[int(nd[1])][1]}"/>',
        text[text.index("<way") :],
    )
    return text[: text.index("<node")] + ways


CHANGES = {
    "lines that end as on Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "a mark of the encoding": lambda text: ("\ufeff" + text).encode(),
    "UTF-16": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "Latin 1": lambda text: text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
    "no declaration": lambda text: text.split("\n", 1)[1].encode(),
    "single quotes": lambda text: text.replace('"', "'").encode(),
    "a namespace": lambda text: text.replace("<osm ", '<osm xmlns="urn:osm" ').encode(),
    "a comment with a tag": lambda text: text.replace("<osm ", "<!-- <way> --><osm ").encode(),
    "bounds and notes": lambda text: text.replace(
        "<node", '<note>x</note><meta osm_base="x"/><bounds minlat="61" minlon="23" maxlat="62" maxlon="24"/><node', 1
    ).encode(),
    "a changeset": lambda text: text.replace("</osm>", '<changeset id="1"/></osm>').encode(),
    "an editor's marks": lambda text: (
        text.replace("<osm ", '<osm upload="never" generator="JOSM" ')
        .replace("<way ", '<way action="modify" visible="true" ')
        .encode()
    ),
    "a node twice in a row": lambda text: text.replace('<nd ref="2"/>', '<nd ref="2"/><nd ref="2"/>').encode(),
    "a newer node elsewhere first": lambda text: text.replace(
        '<node id="3" version="1"', '<node id="3" version="0" lon="23.7" lat="61.6"/><node id="3" version="1"'
    ).encode(),
    "the number 0": lambda text: text.replace('id="4"', 'id="0"').replace('ref="4"', 'ref="0"').encode(),
    "places with the ways": lambda text: with_places_on_ways(text).encode(),
    "places with the ways of a plan": lambda text: (
        with_places_on_ways(text).replace('ref="', 'ref="-').replace('way id="', 'way id="-').encode()
    ),
}


@pytest.mark.parametrize("form", CHANGES)
def test_the_whole_street_is_read(tmp_path, text, form):
    path = tmp_path / "form.osm"
    path.write_bytes(CHANGES[form](text))
    assert read_metres(path) == pytest.approx(WHOLE_M, rel=2e-3)


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.osm.bz2", bz2.compress),
        ("a.osm.gz", gzip.compress),
        ("b.osm.gz", lambda raw: gzip.compress(raw[:300]) + gzip.compress(raw[300:])),
    ],
)
def test_packed(tmp_path, text, name, pack):
    (tmp_path / name).write_bytes(pack(text.encode()))
    assert read_metres(tmp_path / name) == pytest.approx(WHOLE_M, rel=2e-3)


@pytest.mark.parametrize("by", [2**31, 2**33, 2**53 + 1, 2**62])
def test_large_numbers_of_ways_and_nodes(tmp_path, by):
    nodes = {node + by: at for node, at in NODES.items()}
    path = write_osm_file(tmp_path / "large.osm", nodes, [(list(nodes), TAGS)])
    path.write_text(path.read_text().replace('<way id="1"', f'<way id="{by + 9}"'))
    extract = read_osm(path)
    assert extract.node_id.tolist() == sorted(nodes)
    assert extract.ways["osm_id"].tolist() == [by + 9]


def written(path, text, order, form="pbf"):
    """A file in PBF with its objects in some order: a node, the way (1), or a version of them."""
    at = places_of(text)
    with osmium.SimpleWriter(osmium.io.File(str(path), form)) as writer:
        for kind, number, version, visible in order:
            if kind == "n":
                writer.add_node(
                    Node(id=number, location=at[number] if visible else None, version=version, visible=visible)
                )
            else:
                refs = [1, 2, 3, 4] if number == 1 else [1, 2]
                tags = {"highway": "residential"} if visible else {}
                writer.add_way(
                    Way(id=number, nodes=refs if visible else [], tags=tags, version=version, visible=visible)
                )
    return path


NODE = [("n", number, 1, True) for number in (1, 2, 3, 4)]
WAY = ("w", 1, 1, True)


@pytest.mark.parametrize(
    "order",
    [[*NODE, WAY], [WAY, *NODE], [*NODE[::-1], WAY], [NODE[3], NODE[1], WAY, NODE[0], NODE[2]], [*NODE, WAY, WAY]],
    ids=["sorted", "way first", "backwards", "mixed", "twice"],
)
def test_pbf_in_any_order(tmp_path, text, order):
    assert read_metres(written(tmp_path / "a.osm.pbf", text, order)) == pytest.approx(WHOLE_M, rel=2e-3)


@pytest.mark.parametrize("name", ["history.osh.pbf", "history.osm.pbf"])
def test_a_history_in_pbf_whose_way_was_deleted(tmp_path, text, name):
    """What is deleted has no tags left."""
    order = [*NODE, WAY, ("w", 1, 2, False), ("w", 2, 1, True)]
    assert read_metres(written(tmp_path / name, text, order, "osh.pbf")) == pytest.approx(100, rel=2e-3)


def test_a_history_in_pbf_whose_node_was_deleted(tmp_path, text):
    order = [*NODE, ("n", 4, 2, False), WAY]
    extract = read_osm(written(tmp_path / "history.osm.pbf", text, order, "osh.pbf"))
    assert street_metres(extract) == pytest.approx(300, rel=2e-3)
    assert [left.count for left in extract.left_out] == [1]


def test_a_history_in_pbf_of_what_was_deleted_and_came_back(tmp_path, text):
    order = [*NODE, WAY, ("w", 1, 2, False), ("w", 1, 3, True)]
    assert read_metres(written(tmp_path / "history.osm.pbf", text, order, "osh.pbf")) == pytest.approx(
        WHOLE_M, rel=2e-3
    )


def test_a_server_that_stopped_early_is_told(tmp_path, text):
    remark = '<remark> runtime error: Query timed out in "query" at line 3. </remark>'
    path = tmp_path / "early.osm"
    path.write_text(text.replace("</osm>", remark + "</osm>"))
    (left,) = read_osm(path).left_out
    assert "stopped" in left.reason
    assert "timed out" in left.examples[0]


NOTHING = '<osm version="0.6">{}</osm>'
AREA = '<relation id="1" version="1"><tag k="type" v="multipolygon"/><tag k="highway" v="pedestrian"/></relation>'
REFUSED = {
    "an empty file": (lambda text: "", "damaged"),
    "no objects": (lambda text: NOTHING.format(""), "no way tagged highway"),
    "relations alone": (lambda text: NOTHING.format(AREA), "no way tagged highway"),
    "nodes alone": (lambda text: text[: text.index("<way")] + "</osm>", "no way tagged highway"),
    "ways alone": (lambda text: text[: text.index("<node")] + text[text.index("<way") :], "where their nodes lie"),
    "ways of one node": (lambda text: re.sub(r'<nd ref="[234]"/>', "", text), "no way tagged highway"),
    "cut off": (lambda text: text[:-30], "damaged"),
    "a page of a server": (lambda text: "<html><body>Too many requests</body></html>", "damaged"),
    "JSON": (lambda text: '{"version": 0.6, "elements": []}', "damaged"),
    "an older version": (lambda text: text.replace('version="0.6"', 'version="0.5"'), "version 0.5"),
    "changes": (lambda text: f"<osmChange><modify>{text[text.index('<node') : -6]}</modify></osmChange>", "changes"),
    "a number too large": (lambda text: text.replace('"4"', '"99999999999999999999"'), "id"),
    "decimal commas": (lambda text: re.sub(r'lon="(\d+)\.', r'lon="\1,', text), "coordinate"),
    "a place out of range": (lambda text: re.sub(r'lon="\d+', 'lon="523', text), "coordinate"),
}


@pytest.mark.parametrize("form", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_line(tmp_path, text, form):
    change, word = REFUSED[form]
    path = tmp_path / "form.osm"
    path.write_text(change(text))
    with pytest.raises(SourceError) as refused:
        read_osm(path)
    assert word in str(refused.value)
    assert "Error:" not in str(refused.value).replace("InvalidLocationError:", "")
