"""Floors that share nodes: which of them get nodes of their own, and what is tagged there."""

from itertools import count

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.sources.osm_floors import Floors, floors_apart
from tesoma_geo.sources.osm_square_rows import squares_of
from tesoma_geo.sources.osm_text import node_text, objects_of, way_text

NOWHERE = {}.get
RING = [1, 2, 3, 4, 1]
FLOOR = {"indoor": "area"}


def apart(ways, node_tags=None):
    """The nodes of each way afterwards, and copies by the node they stand for."""
    text = "".join(way_text(at, tags, refs, NOWHERE) for at, (tags, refs) in enumerate(ways))
    objects, _ = objects_of(text.encode())
    nodes, _ = objects_of("".join(node_text(*one) for one in (node_tags or {9: {"name": "x"}}).items()).encode())
    row = np.repeat(np.arange(len(ways)), [len(refs) for _, refs in ways])
    refs = np.array([ref for _, refs in ways for ref in refs])
    squares = squares_of(objects, len(ways), row.astype(np.int32), row, refs)
    floors = floors_apart(squares, objects, nodes, row, refs, count(-1, -1))
    return [floors.refs[row == at].tolist() for at in range(len(ways))], floors.copies


def test_floors_of_different_levels_share_no_corner():
    (lower, upper, path), copies = apart([({**FLOOR, "level": "0"}, RING), ({**FLOOR, "level": "1"}, RING),
                                          ({"highway": "path", "level": "1"}, [3, 7])])  # fmt: skip
    assert path == [3, 7]
    assert upper[2] == 3
    assert lower[2] in copies
    assert not set(lower) & set(upper)
    assert sorted(copies.values()) == [1, 2, 3, 4]
    assert lower[0] == lower[-1]


@pytest.mark.parametrize(
    ("one", "other"), [("0", "0"), ("0;1", "1"), ("0", None), (None, "1"), ("0-2", "1"), ("", "1")]
)
def test_floors_that_may_be_one_keep_their_nodes(one, other):
    ways = [({**FLOOR, **({} if level is None else {"level": level})}, RING) for level in (one, other)]
    found, copies = apart(ways)
    assert found == [RING, RING]
    assert not copies


def test_three_floors_and_a_lift_that_stops_at_two():
    ways = [({**FLOOR, "level": str(level)}, RING) for level in (0, 1, 2)]
    (ground, first, second), _ = apart(ways, {3: {"highway": "elevator", "level": "0;2"}})
    assert ground[2] == second[2] == 3 != first[2]
    assert len({ground[1], first[1], second[1]}) == 3


def test_copies_are_tagged_as_their_node_but_for_lifts():
    tags = pd.DataFrame({"node": [3, 4], "highway": [None, "elevator"], "door": ["yes", None]})
    tagged = Floors(np.array([3, 4]), {-1: 3, -2: 4}).tagged(tags)
    assert tagged["node"].tolist() == [3, 4, -1]
    assert tagged["door"].tolist()[2] == "yes"
