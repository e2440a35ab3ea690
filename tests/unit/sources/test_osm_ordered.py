"""Files in any order, as readers that need an order get them."""

import osmium
import pytest

from tesoma_geo.sources.osm_ordered import is_in_order, ordered
from tests.conftest import write_osm_file

NODES = {3: (0, 0), 5: (100, 0), 9: (100, 100)}


@pytest.fixture
def plain(tmp_path):
    return write_osm_file(
        tmp_path / "plain.osm", NODES, [([3, 5, 9, 3], {"building": "yes"})], {5: {"entrance": "yes"}}
    )


def below_zero(text):
    return text.replace('node id="', 'node id="-').replace('way id="', 'way id="-').replace('ref="', 'ref="-')


CHANGES = {
    "numbers below zero": below_zero,
    "ways first": lambda text: (
        text[: text.index("<node")]
        + text[text.index("<way") : text.index("</osm>")]
        + text[text.index("<node") : text.index("<way")]
        + "</osm>"
    ),
    "a way twice": lambda text: text.replace("</osm>", text[text.index("<way") : text.index("</osm>")] + "</osm>"),
    "huge numbers": lambda text: text.replace('id="9"', f'id="{2**53}"').replace('ref="9"', f'ref="{2**53}"'),
    "a mark of deletion": lambda text: text.replace("</osm>", '<node id="3" action="delete"/></osm>'),
}


def test_a_file_in_order_is_taken_as_it_is(plain):
    with ordered(plain) as one:
        assert one.path == plain
        assert one.number("w", 1) == 1


@pytest.mark.parametrize("form", list(CHANGES)[:-1])
def test_every_object_once_in_order_with_its_number_told(plain, form):
    plain.write_text(CHANGES[form](plain.read_text()))
    assert not is_in_order(plain)
    with ordered(plain) as one:
        assert is_in_order(one.path)
        objects = list(osmium.FileProcessor(str(one.path)))
        assert [item.type_str() for item in objects] == ["n", "n", "n", "w"]
        (way,) = [[node.ref for node in item.nodes] for item in osmium.FileProcessor(str(one.path), osmium.osm.WAY)]
        sign = -1 if form == "numbers below zero" else 1
        last = 2**53 if form == "huge numbers" else 9
        assert [sign * one.number("node", ref) for ref in way] == [3, 5, last, 3]
        assert one.number("way", 1) == sign
    assert not one.path.exists()


def test_what_an_editor_marks_as_deleted_is_not_there(plain):
    plain.write_text(CHANGES["a mark of deletion"](plain.read_text()))
    with ordered(plain) as one:
        assert sum(1 for _ in osmium.FileProcessor(str(one.path), osmium.osm.NODE)) == 2
