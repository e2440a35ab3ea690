"""Doors on the outline of the building around a place."""

import numpy as np
import pytest

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.osm_doors import doors_around
from tests.conftest import CORNER, CRS

#: A house of 40 m with a smaller one in it, and one beside.
NODES = {
    1: (0, 0), 2: (40, 0), 3: (40, 40), 4: (0, 40), 5: (20, 0),
    11: (100, 0), 12: (140, 0), 13: (140, 40), 14: (100, 40),
}  # fmt: skip
HOUSE, BESIDE = ([1, 5, 2, 3, 4, 1], {"building": "retail"}), ([11, 12, 13, 14, 11], {"building": "yes"})


def doors(file, x: float, y: float) -> list[tuple[float, float]]:
    found = doors_around(file, (CORNER[0] + x, CORNER[1] + y), CRS)
    return [tuple(np.round(place - CORNER).tolist()) for place in found]


def test_the_doors_of_the_building_around_the_place(write_osm):
    file = write_osm(NODES, [HOUSE, BESIDE], {5: {"entrance": "yes"}, 3: {"door": "hinged"}, 12: {"entrance": "yes"}})
    assert doors(file, 20, 20) == [(40, 40), (20, 0)]
    assert doors(file, 120, 20) == [(140, 0)]
    assert doors(file, 70, 20) == []


def test_main_entrances_come_alone_and_others_for_visitors(write_osm):
    tags = {5: {"entrance": "main"}, 3: {"entrance": "yes"}}
    assert doors(write_osm(NODES, [HOUSE], tags), 20, 20) == [(20, 0)]
    tags = {5: {"entrance": "service"}, 3: {"entrance": "yes", "access": "private"}, 4: {"entrance": "staircase"}}
    assert doors(write_osm(NODES, [HOUSE], tags), 20, 20) == [(0, 40)]


@pytest.mark.parametrize(
    ("ways", "tags"), [([HOUSE], {}), ([([1, 5, 2], {"building": "yes"})], {5: {"entrance": "yes"}})]
)
def test_without_doors_or_outline_there_are_none(write_osm, ways, tags):
    assert doors(write_osm(NODES, ways, tags), 20, 1) == []


def test_what_is_no_map_is_refused(tmp_path):
    (tmp_path / "town.osm").write_text("nothing")
    with pytest.raises(SourceError, match=r"town\.osm cannot be read"):
        doors_around(tmp_path / "town.osm", CORNER, CRS)
