"""How stops meet the streets: wherever a feed says that they are."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit import Timetable
from tests.feeds_with_changes import FEED, HOME, HUB, WALKED, minutes
from tests.gtfs_feeds import write_feed

ROWS = FEED["stops"].splitlines()


def places(change):
    """The stops of the feed, their latitude and longitude changed."""
    told = [row.split(",") for row in ROWS[1:]]
    moved = [(*row[:2], *change(float(row[2]), float(row[3]))) for row in told]
    return "\n".join([ROWS[0], *(",".join(map(str, row)) for row in moved)]) + "\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda lat, lon: (lon, lat),
        lambda lat, lon: (lat + 0.01, lon),
        lambda lat, lon: (-lat, lon),
        lambda lat, lon: (-90, -180 + lon / 1000),
        lambda lat, lon: (lon, -170 - lat / 10),
    ],
    ids=["swapped", "shifted", "of the other half of the globe", "at a pole", "where the system tells nothing"],
)
def test_stops_far_from_every_street_leave_walking_and_a_warning(change, ask):
    router = ask(**FEED | {"stops": places(change)})
    with pytest.warns(UserWarning, match="none of the 3 stops of the timetable lies near a street"):
        assert minutes(router, HOME, HUB) == pytest.approx(WALKED, abs=1e-3)
    assert not router.access.stops.found.any()


def test_one_stop_without_a_street_is_one_stop_less(ask):
    moved = FEED["stops"].replace("S3,Third,61.5,24.20", "S3,Third,24.20,61.5")
    router = ask(**FEED | {"stops": moved})
    np.testing.assert_array_equal(router.access.stops.found, [True, True, False, False])


@pytest.mark.parametrize(("limit_min", "walks"), [(None, True), (WALKED + 9, True), (WALKED - 9, False), (0, False)])
def test_walking_all_the_way_may_be_limited(limit_min, walks, long_street, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path, **FEED), "2022-01-18")
    options = {"max_walk_min": 5, "max_direct_walk_min": limit_min}
    before, after = (
        long_street.transit_router(timetable, window, **options) for window in (("07:55", "07:58"), ("20:00", "20:03"))
    )
    assert minutes(before) == pytest.approx(14, abs=0.05)
    assert minutes(after) == (pytest.approx(WALKED, abs=1e-3) if walks else np.inf)
    assert bool(after.itineraries(HOME, HUB)) == walks
    node = int(np.argmin(np.abs(after.walk.network.lon - HOME[0][0])))
    assert np.isfinite(after.to(HUB)[node]) == walks


def test_a_limit_of_walking_is_minutes(long_street, tmp_path):
    timetable = Timetable.from_gtfs(write_feed(tmp_path, **FEED), "2022-01-18")
    with pytest.raises(InputError, match="max_direct_walk_min is -1"):
        long_street.transit_router(timetable, max_direct_walk_min=-1)
