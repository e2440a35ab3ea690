"""``python -m benchmarks.transit``: the transit router, ferrobus and a plain RAPTOR on the same questions.

Tampere, 2022-01-18, 1,000 places at street nodes drawn with a fixed seed, the hub Länsikeskus. Every task is
measured warm, the best of several; ferrobus and the RAPTOR run in the same process after it. Walks are
limited one by one to 20 minutes, as ferrobus limits them; a second set of rows is with the router's own
limit, 20 minutes of walking in the whole trip. Answers are compared: with the RAPTOR to the second, with
ferrobus by how far the medians lie apart (it walks at another speed, knows no boarding slack, and looks at
the nearest stops only).
"""

import argparse
import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable, transit_router
from tesoma_geo.network.transit.day import timetable_of
from tesoma_geo.network.transit.events import usable
from tesoma_geo.network.transit.legs import transfers_of
from tesoma_geo.sources.gtfs import read_feed
from tests.plain_raptor import PlainFeed, as_seconds

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
HUB = np.array([[23.6275, 61.5052]])
DAY = date(2022, 1, 18)
PERCENTILES = (5, 25, 50, 75, 95)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=HERE / "transit.json")
    options = parser.parse_args()
    osm, gtfs = DATA / "tampere.osm.pbf", DATA / "nysse_gtfs.zip"
    network = StreetNetwork.from_osm(osm)
    walk = network.router("walk")
    places = _places(network, walk, options.places)
    rows: dict[str, Any] = {"build": _build(walk, gtfs)}
    timetable = Timetable.from_gtfs(gtfs, DAY)
    for per in ("leg", "trip"):
        rows[f"ours, 20 min a {per}"] = _ours(walk, timetable, places, per)
    rows["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    rows["raptor"] = _raptor(walk, timetable, places)
    rows["ferrobus"] = _ferrobus(osm, gtfs, places, walk, timetable)
    options.out.write_text(json.dumps(rows, indent=2) + "\n")
    print(json.dumps(rows, indent=2))


def best(task: Callable[[], Any], times: int) -> float:
    """Seconds that a task takes at best, after one run that does not count."""
    task()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        task()
        taken.append(time.perf_counter() - start)
    return min(taken)


def _places(network: StreetNetwork, walk: Any, count: int) -> np.ndarray:
    nodes = np.unique(np.concatenate([network.tail[walk.usable], network.head[walk.usable]]))
    chosen = np.random.default_rng(1).choice(nodes, count, replace=False)
    return np.column_stack([network.lon[chosen], network.lat[chosen]])


def _build(walk: Any, gtfs: Path) -> dict[str, float]:
    def board(timetable: Timetable) -> Any:
        return transit_router(walk, timetable, ("07:00", "08:00")).board

    return {
        "from zip to router, s": best(lambda: board(timetable_of([read_feed(gtfs)], DAY)), 3),
        "timetable from zip, s": best(lambda: timetable_of([read_feed(gtfs)], DAY), 3),
        "timetable from cache, s": best(lambda: Timetable.from_gtfs(gtfs, DAY), 3),
        "from cache to router, s": best(lambda: board(Timetable.from_gtfs(gtfs, DAY)), 3),
    }


def _ours(walk: Any, timetable: Timetable, points: np.ndarray, per: str) -> dict[str, float]:
    hour = transit_router(walk, timetable, ("07:00", "08:00"), max_walk_per=per)
    places, hub = hour.snap(points), hour.snap(HUB)
    rows = {
        "places to hub, 60 min, 5 percentiles, ms": 1e3 * best(lambda: hour.travel_times(places, hub, PERCENTILES), 20),
        "hub to places, 60 min, 5 percentiles, ms": 1e3 * best(lambda: hour.travel_times(hub, places, PERCENTILES), 20),
    }
    if per == "leg":
        minute = transit_router(walk, timetable, ("07:30", "07:31"), max_walk_per=per)
        rows["places to places, one departure, s"] = best(lambda: minute.travel_times(places, places), 3)
        rows["places to places, 60 min, medians, s"] = best(lambda: hour.travel_times(places, places), 2)
    else:
        tenth = hour.snap(points[::10])
        rows["a tenth of the places to all, 60 min, medians, s"] = best(lambda: hour.travel_times(tenth, places), 1)
    return rows


def _raptor(walk: Any, timetable: Timetable, points: np.ndarray) -> dict[str, float]:
    """Every place to the hub, every tenth place compared at all departures."""
    router = transit_router(walk, timetable, ("07:00", "08:00"), max_walk_per="leg")
    limits = router.limits
    transfers = transfers_of(timetable, walk, router.stops, limits.leg_s, limits.boarding_slack_s)
    plain = PlainFeed(timetable, transfers, *usable(timetable, "any"))
    places, hub = router.snap(points), router.snap(HUB)
    egress = hub.legs_from.stop, hub.legs_from.walk_s.astype(np.int64)
    seconds, direct_s = router.trips_to(places, hub).seconds, router.direct_s(places, hub)[:, 0]
    asked, some = router.asked_s.tolist(), range(0, len(points), 10)
    plain.arrival(asked[0], (egress[0][:0], egress[1][:0]), egress, 0)  # compiled
    differing, start = 0, time.perf_counter()
    for place in some:
        rows = slice(places.legs_to.first[place], places.legs_to.first[place + 1])
        access = places.legs_to.stop[rows], places.legs_to.walk_s[rows].astype(np.int64)
        arrives = [plain.arrival(leaves_s, access, egress, limits.boarding_slack_s) for leaves_s in asked]
        answer = as_seconds(arrives, asked, direct_s[place], limits.trip_s)
        differing += int((seconds[place] != np.array(answer, np.float32)).sum())
    taken = time.perf_counter() - start
    return {
        "places to hub, 60 departures, s (from a tenth of the places)": taken * len(points) / len(some),
        "answers compared": len(some) * len(asked),
        "answers that differ": differing,
    }


def _ferrobus(osm: Path, gtfs: Path, points: np.ndarray, walk: Any, timetable: Timetable) -> dict[str, Any]:
    try:
        import ferrobus
    except ImportError:
        return {"not installed": "pip install ferrobus"}
    with TemporaryDirectory() as name:
        zipfile.ZipFile(gtfs).extractall(name)
        start = time.perf_counter()
        model = ferrobus.create_transit_model(str(osm), [name], DAY, max_transfer_time=1200)
        built = time.perf_counter() - start
    near = [_point(ferrobus, model, lon, lat) for lon, lat in points]
    (hub,) = (_point(ferrobus, model, lon, lat) for lon, lat in HUB)
    on = [point for point in near if point is not None]
    departures = range(7 * 3600, 8 * 3600, 60)
    some = departures[::6]
    start = time.perf_counter()
    there = [[ferrobus.find_routes_one_to_many(model, point, [hub], second, 4)[0] for second in some] for point in on]
    to_hub = (time.perf_counter() - start) * len(departures) / len(some)
    start = time.perf_counter()
    for second in departures:
        ferrobus.find_routes_one_to_many(model, hub, on, second, 4)
    from_hub = time.perf_counter() - start
    matrix_s = best(lambda: ferrobus.travel_time_matrix(model, on, 7 * 3600 + 1800, 4), 1)
    ours = transit_router(walk, timetable, ("07:00", "08:00"), step_min=6, max_walk_per="leg")
    mine = ours.travel_times(points[[point is not None for point in near]], HUB)[0, :, 0]
    theirs = np.median([[_seconds(route) for route in routes] for routes in there], axis=1)
    both = np.isfinite(mine) & np.isfinite(theirs)
    return {
        "build, s": built,
        "places on its network": len(on),
        "places to hub, 60 departures, s (from every sixth)": to_hub,
        "hub to places, 60 departures, s": from_hub,
        "places to places, one departure, s": matrix_s,
        "ours less theirs, median of medians, s": float(np.median((mine - theirs)[both])),
    }


def _point(ferrobus: Any, model: Any, lon: float, lat: float) -> Any:
    try:
        return ferrobus.create_transit_point(lat, lon, model, 1200, 100)
    except ValueError:
        return None


def _seconds(route: dict[str, Any] | None) -> float:
    return float("inf") if route is None else float(route["travel_time_seconds"])


if __name__ == "__main__":
    sys.exit(main())
