"""How stops meet the streets: wherever a feed says that they are."""

import numpy as np
import pytest

from tests.feeds_with_changes import FEED, HOME, HUB, WALKED, minutes

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
