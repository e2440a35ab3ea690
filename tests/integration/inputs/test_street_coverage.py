"""Street files that end before the study area does are told."""

import pytest
import shapely

from tesoma_geo.inputs.street_coverage import streets_end_early
from tesoma_geo.network import StreetNetwork
from tests.conftest import CORNER

NODES = {1: (0, 0), 2: (1000, 0), 3: (1000, 1000), 4: (0, 1000)}


@pytest.mark.parametrize(("margin_m", "told"), [(-50, False), (5, False), (500, True)])
def test_streets_that_end_early(write_osm, tmp_path, monkeypatch, margin_m, told):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path / "cache"))
    network = StreetNetwork.from_osm(write_osm(NODES, [([1, 2, 3, 4], {"highway": "path"})]), crs="EPSG:3067")
    square = shapely.box(CORNER[0], CORNER[1], CORNER[0] + 1000, CORNER[1] + 1000)
    study_area = square.buffer(margin_m, join_style="mitre")
    found = streets_end_early(network, study_area, 500)
    assert (found is not None) == told
    assert found is None or "up to 707 m" in found[0]
