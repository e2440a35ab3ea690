"""Areas in a metric system that nobody named are those of the ground."""

import pytest

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import InputError
from tesoma_geo.network import StreetNetwork


def test_areas_in_sao_paulo_are_those_of_the_ground(shared_data, tmp_path, monkeypatch):
    monkeypatch.setenv("TESOMA_GEO_CACHE", str(tmp_path))
    file = shared_data / "sao_paulo" / "streets.osm.pbf"
    if not file.is_file():
        pytest.skip("waiting for ../shared/data")
    network = StreetNetwork.from_osm(file)
    assert network.crs == "EPSG:31983"
    with pytest.raises(InputError, match="not made for"):
        StreetNetwork.from_osm(file, "EPSG:3067")
    middle = [[float(network.lon.mean()), float(network.lat.mean())]]
    areas = [
        one.router("walk").isochrones(middle, [600.0])["area_km2"][0]
        for one in (network, StreetNetwork.from_osm(file, "EPSG:31983"))
    ]
    assert areas[0] == pytest.approx(areas[1], rel=0.02)
    x, _ = to_metric([middle[0][0]], [middle[0][1]], network.crs)
    assert 100_000 < x[0] < 900_000
