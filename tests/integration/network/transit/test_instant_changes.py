"""Changes that take no time, in feeds that were handed over."""

from pathlib import Path

import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tests.feeds_with_changes import minutes

CASES = Path(__file__).resolve().parents[5] / "shared" / "cases" / "gtfs"


@pytest.mark.parametrize(("case", "expected"), [("timed", 14.0), ("block", 14.0)])
def test_cases_handed_over(case, expected):
    if not CASES.is_dir():
        pytest.skip("no cases handed over")
    network = StreetNetwork.from_osm(CASES / "streets.osm", "EPSG:3067")
    router = network.transit_router(Timetable.from_gtfs(CASES / f"{case}.zip", "2022-01-18"), ("07:55", "07:58"))
    assert minutes(router, [[23.63, 61.505]], [[23.7426836, 61.5049535]]) == pytest.approx(expected, abs=0.05)
