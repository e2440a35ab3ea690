"""Objects in libosmium's text form come back as they went in."""

from pathlib import Path

import numpy as np
import osmium
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.sources.osm_text import FORM, node_text, nodes_of, objects_of, on_streets, way_text

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=8)
TAGS = st.dictionaries(WORDS, WORDS, min_size=1, max_size=5)
IDS = st.integers(-(2**40), 2**40)
DEGREES = st.floats(-180, 180).map(lambda degrees: round(degrees, 7))


@given(st.lists(st.tuples(IDS, TAGS), max_size=6))
def test_tags_survive_whatever_is_in_them(objects: list[tuple[int, dict[str, str]]]) -> None:
    read, _ = objects_of("".join(node_text(number, tags) for number, tags in objects).encode())
    assert read.ids.tolist() == [number for number, _ in objects]
    assert dict(read.tags(range(len(objects)))) == dict(enumerate(tags for _, tags in objects))


@given(st.lists(st.lists(st.tuples(IDS, st.none() | st.tuples(DEGREES, DEGREES)), max_size=5), min_size=1, max_size=5))
def test_nodes_along_ways_keep_ids_and_places(ways: list[list[tuple[int, tuple[float, float] | None]]]) -> None:
    text = "".join(
        way_text(row, {"highway": "path"}, [ref for ref, _ in way], iter_places(way)) for row, way in enumerate(ways)
    )
    _, rest = objects_of(text.encode())
    assert rest is not None
    read = nodes_of(rest.to_pylist())
    flat = [(row, ref, place) for row, way in enumerate(ways) for ref, place in way]
    assert read.line.tolist() == [row for row, _, _ in flat]
    assert read.ref.tolist() == [ref for _, ref, _ in flat]
    unknown = (float("nan"), float("nan"))
    places = np.array([unknown if place is None else place for *_, place in flat]).reshape(-1, 2)
    np.testing.assert_array_equal(np.column_stack([read.lon, read.lat]), places)


def iter_places(way: list[tuple[int, tuple[float, float] | None]]):
    """The places one after another, whatever the id asked for: ids may repeat."""
    places = iter([place for _, place in way])
    return lambda _: next(places)


def test_libosmium_writes_the_form_that_is_read(tmp_path: Path) -> None:
    tags = {"name": "50%, = @ ä 'Näsi' 漢", "highway": "path", "note": "a\nb\tc%20%"}
    with osmium.SimpleWriter(osmium.io.File(str(tmp_path / "way"), FORM)) as writer:
        writer.add_way(osmium.osm.mutable.Way(id=7, version=3, tags=tags, nodes=[2**33, 5]))
    read, rest = objects_of((tmp_path / "way").read_bytes())
    assert read.ids.tolist() == [7]
    assert dict(read.tags([0])) == {0: tags}
    assert rest is not None
    assert nodes_of(rest.to_pylist()).ref.tolist() == [2**33, 5]


def test_columns_are_there_always_or_where_an_object_has_them() -> None:
    text = node_text(1, {"kerb": "flush", "odd": "1"}) + node_text(2, {"barrier": "gate", "locked": "yes"})
    read, _ = objects_of(text.encode())
    table = read.table("node", ("barrier", "kerb", "width"), ("locked", "opening"))
    assert list(table) == ["node", "barrier", "kerb", "width", "locked"]
    assert table["kerb"].fillna("-").tolist() == ["flush", "-"]
    assert table["width"].isna().all()
    assert read.having("barrier", "locked").tolist() == [False, True]
    second = read.taken(np.array([1]))
    assert second.table("node", ("barrier",), ()).to_dict("list") == {"node": [2], "barrier": ["gate"]}


def test_nothing_gives_empty_tables() -> None:
    read, rest = objects_of(b"")
    assert rest is None
    assert read.table("node", ("barrier",), ("locked",)).shape == (0, 2)
    assert len(nodes_of(["N", "N"]).ref) == 0


def test_tags_of_nodes_beside_the_streets_are_dropped() -> None:
    text = node_text(9, {"barrier": "gate"}) + node_text(4, {"kerb": "flush"}) + node_text(6, {"kerb": "raised"})
    table = objects_of(text.encode())[0].table("node", ("barrier", "kerb"), ())
    kept = on_streets(table, np.array([4, 5, 9]))
    assert kept["node"].tolist() == [0, 2]
    assert kept["kerb"].fillna("-").tolist() == ["flush", "-"]
