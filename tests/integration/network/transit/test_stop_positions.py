"""Stations that the feed draws no ways in: lifts and stairs of OpenStreetMap lead to their platforms.

A platform lies 40 m from its street, with stairs at one end and a lift 200 m on, and a vehicle to a stop 8 km away
leaves there at 8:00. Who sets out at 7:50, beside the platform, is there at 8:10, or goes all the way on the street.
"""

import numpy as np
import pytest

from tesoma_geo.crs import to_wgs84
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.transit import Timetable, transit_router
from tests.conftest import CORNER, CRS
from tests.gtfs_feeds import TIMES, write_feed

PLACES = {1: (0, 0), 2: (200, 0), 3: (8_000, 0), 4: (0, 40), 5: (200, 40), 6: (200, 20)}
STREET, PLATFORM = (
    ([1, 2, 3], {"highway": "residential"}),
    ([4, 5], {"highway": "platform", "public_transport": "platform"}),
)
STAIRS, PATH = ([1, 4], {"highway": "steps"}), {"highway": "footway"}
#: The lift as a way of its own, as a point of a path, and as a room with a door on each floor.
LIFTS = {
    "way": ([STREET, PLATFORM, STAIRS, ([2, 5], {"highway": "elevator"})], {}),
    "point": ([STREET, PLATFORM, STAIRS, ([2, 6, 5], PATH)], {6: {"highway": "elevator"}}),
    "end of a path": ([STREET, PLATFORM, STAIRS, ([2, 6], PATH), ([6, 5], PATH)], {6: {"highway": "elevator"}}),
}
RIDDEN_S = 20 * 60


def at(east_m, north_m):
    lon, lat = to_wgs84(CORNER[0] + east_m, CORNER[1] + north_m, CRS)
    return [[float(lon), float(lat)]]


def feed_in(folder, said):
    rows = [(name, *place[0]) for name, place in (("P", at(60, 40)), ("E", at(7_900, 0)))]
    stops = "".join(f"{name},{name},{lat:.7f},{lon:.7f},{said}\n" for name, lon, lat in rows)
    return write_feed(
        folder,
        stops=f"stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\n{stops}",
        trips="route_id,service_id,trip_id,wheelchair_accessible\nR,WEEK,T1,1\n",
        stop_times=f"{TIMES}T1,08:00:00,08:00:00,P,1\nT1,08:10:00,08:10:00,E,2\n",
    )


@pytest.fixture(params=LIFTS)
def seconds(request, write_osm, tmp_path):
    """Seconds from beside the platform to the hub by a profile and on foot; the lift may be closed."""
    ways, tags = LIFTS[request.param]
    network = StreetNetwork.from_osm(write_osm(PLACES, ways, tags), CRS)
    # What a scenario does with `ways = [4]` and `closed = true`: the lift is on the way that was written last.
    lift = Edits.closing(np.flatnonzero(network.way == network.way.max()))

    def asked(profile, *, closed=False, said=""):
        timetable = Timetable.from_gtfs(feed_in(tmp_path / f"feed{said}", said), "2022-01-18")
        streets = network.router(profile)
        streets = streets.with_edits(lift) if closed else streets
        router = transit_router(streets, timetable, ("07:50", "07:51"))
        places = router.snap(at(60, 0)), router.snap(at(7_900, 0))
        return router.travel_times(*places)[0, 0, 0], router.access.direct_s(*places)[0, 0]

    return asked


def test_a_wheelchair_takes_the_lift_and_without_it_goes_all_the_way_on_the_street(seconds):
    assert seconds("wheelchair")[0] == pytest.approx(RIDDEN_S, abs=1)
    taken, on_the_street = seconds("wheelchair", closed=True)
    assert taken == on_the_street > 3 * RIDDEN_S


def test_who_walks_takes_the_stairs_either_way(seconds):
    for closed in (False, True):
        assert seconds("walk", closed=closed)[0] == pytest.approx(RIDDEN_S, abs=1)


def test_a_platform_that_the_feed_calls_accessible_is_at_the_street_whatever_the_map_lacks(seconds):
    assert seconds("wheelchair", closed=True, said="1")[0] == pytest.approx(RIDDEN_S, abs=1)
    taken, on_the_street = seconds("wheelchair", said="2")
    assert taken == on_the_street
