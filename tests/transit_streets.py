"""A street and routers on it, for tests of changes."""

import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tests.feeds_with_changes import HEADWAYS
from tests.gtfs_feeds import write_feed, write_street


@pytest.fixture(scope="session")
def long_street(tmp_path_factory):
    return StreetNetwork.from_osm(write_street(tmp_path_factory.mktemp("street"), lon=(23.59, 24.81)), "EPSG:3067")


@pytest.fixture
def ask(long_street, tmp_path):
    """A router of a feed, for departures at 7:55 to 7:57."""

    def asked(day="2022-01-18", window=("07:55", "07:58"), **feed):
        folder = write_feed(tmp_path / str(len(list(tmp_path.iterdir()))), **feed)
        return long_street.transit_router(Timetable.from_gtfs(folder, day), window, max_walk_min=5)

    return asked


@pytest.fixture
def headway_router(long_street, tmp_path):
    """A router of two lines by headway, its phases drawn 200 times."""
    timetable = Timetable.from_gtfs(write_feed(tmp_path / "headways", **HEADWAYS), "2022-01-18")
    return long_street.transit_router(timetable, ("08:00", "09:00"), headway_draws=200)
