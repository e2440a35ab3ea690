"""Where a hub is entered: doors, gates of an area, or all around a place."""

import pytest
import shapely

from tesoma_geo.inputs.hub_entrances import PLACE_M, doors_of_place, entered_around_m, gates
from tesoma_geo.network import StreetNetwork
from tesoma_geo.workspace import Workspace
from tests.conftest import CORNER, CRS


@pytest.fixture
def workspace(sample_workspace) -> Workspace:
    return Workspace.load(sample_workspace)


def with_hub(workspace: Workspace, **keys) -> Workspace:
    return workspace.model_copy(update={"hub": workspace.hub.model_copy(update=keys)})


def test_one_point_is_a_place_and_several_are_doors(workspace):
    assert entered_around_m(workspace, 1) == PLACE_M
    assert entered_around_m(workspace, 2) == 0.0
    assert entered_around_m(workspace, 0) == 0.0
    assert entered_around_m(with_hub(workspace, around_m=0.0), 1) == 0.0
    assert entered_around_m(with_hub(workspace, around_m=40.0), 2) == 40.0


def test_an_area_that_no_street_crosses_reaches_beyond_its_corners(workspace):
    square = shapely.box(0, 0, 60, 80)
    assert entered_around_m(workspace, 0, square) == pytest.approx(PLACE_M + 50)


def test_gates_are_where_streets_cross_the_outline(write_osm, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    nodes = {1: (-50, 20), 2: (100, 20)}
    network = StreetNetwork.from_osm(write_osm(nodes, [([1, 2], {"highway": "footway"})]), CRS)
    hub = shapely.box(CORNER[0], CORNER[1], CORNER[0] + 40, CORNER[1] + 40)
    found = gates(hub, network)
    assert [point.x - CORNER[0] for point in found] == pytest.approx([0, 40], abs=0.05)
    away = shapely.box(CORNER[0], CORNER[1] + 100, CORNER[0] + 40, CORNER[1] + 140)
    assert gates(away, network) == [away.representative_point()]


def test_who_says_how_far_needs_no_doors_of_the_map(workspace):
    point = shapely.Point(*CORNER)
    assert doors_of_place(with_hub(workspace, around_m=10.0), point) == []
    assert doors_of_place(workspace, point) == []
