"""Walks in São Paulo that the authors of r5r published for the same files, with their settings."""

import csv

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.network.streets.profiles import default_profiles

#: From hexagon 89a8100c603ffff, whole minutes rounded down: ../shared/data/sao_paulo/README.md.
FROM = "89a8100c603ffff"
MINUTES = {
    "89a8100c617ffff": 13, "89a8100c60fffff": 6, "89a8100c607ffff": 11, "89a8100c6abffff": 20, "89a8100c6a3ffff": 26,
    "89a8100c677ffff": 14, "89a8100c63bffff": 14, "89a8100c633ffff": 16, "89a8100c6afffff": 24,
}  # fmt: skip


@pytest.fixture(scope="module")
def walks(shared_data):
    """Minutes of walking at 3.6 km/h on the flat without delays, as r5 walks, to each hexagon."""
    folder = shared_data / "sao_paulo"
    with (folder / "hexagons.csv").open(encoding="utf-8") as file:
        places = {row["id"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}
    network = tg.StreetNetwork.from_osm(folder / "streets.osm.pbf", crs="EPSG:31983")
    walk = default_profiles()["walk"].model_copy(
        update={"speed_kmh": 3.6, "grade_model": "none", "factors": {}, "node_delays_s": {},
                "separate_pavement_factor": 1.0}
    )  # fmt: skip
    assert network.country == "BR"
    seconds = network.router(walk).travel_times([places[FROM]], [places[name] for name in MINUTES])[0]
    return dict(zip(MINUTES, seconds / 60.0, strict=True))


@pytest.mark.parametrize("hexagon", MINUTES)
def test_a_walk_is_as_long_as_r5r_says(walks, hexagon):
    assert int(np.floor(walks[hexagon])) == MINUTES[hexagon]
