"""Ways within stations, in pathways.txt."""

from tesoma_geo.network.transit import Timetable
from tesoma_geo.network.transit.legs import stop_transfers
from tests.feeds_with_changes import ALONE
from tests.gtfs_feeds import write_feed

STATION = (
    "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nST,Station,61.5,23.90,1,\n"
    "S1,First,61.5,23.60,0,\nS2,Platform 1,61.5,23.90,0,ST\nS4,Platform 2,61.5,23.9001,0,ST\nS3,Third,61.5,24.20,0,\n"
    "E,Entrance,61.5,23.90,2,ST\nN,Hall,,,3,ST\n"
)
PATHWAYS = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time,length\n"


def test_pathways_are_walked_within_stations(long_street, tmp_path):
    times = ALONE["stop_times"].replace("T2,08:05:00,08:05:00,S2", "T2,08:08:00,08:08:00,S4")
    for name, pathways, walk_s, rolls_s in (
        ("stairs", "1,S2,N,2,1,100,\n2,N,S4,1,1,30,\n", 130, None),
        ("lift", "1,S2,N,2,1,100,\n2,N,S4,1,1,30,\n3,S2,N,5,1,140,\n", 130, 170),
        ("length", "1,S2,S4,1,1,,127\n", 100, 100),
        ("one way", "1,S4,S2,1,0,20,\n2,S2,S4,1,0,90,\n", 90, 90),
    ):
        folder = write_feed(
            tmp_path / name, **ALONE | {"stop_times": times, "stops": STATION}, pathways=PATHWAYS + pathways
        )
        timetable = Timetable.from_gtfs(folder, "2022-01-18")
        for profile, expected in (("walk", walk_s), ("wheelchair", rolls_s)):
            router = long_street.transit_router(timetable, ("07:55", "07:58"), profile, boarding="any")
            table = stop_transfers(timetable, router.walk, router.access.stops, 1200, 60)
            row = {stop: i for i, stop in enumerate(timetable.stops["stop_id"])}
            of = table[(table["from_stop"] == row["S2"]) & (table["to_stop"] == row["S4"])]
            assert of["walk_s"].tolist() == ([] if expected is None else [expected])
            assert of["need_s"].tolist() == ([] if expected is None else [expected + 60])
