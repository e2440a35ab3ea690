"""``python -m benchmarks.transit``: the transit router, a plain RAPTOR and ferrobus on the same questions.

Tampere, 2022-01-18; 1,000 places at street nodes drawn with a fixed seed; the hub Länsikeskus. Every part runs in
a process of its own, so that its peak memory is its own; what is timed is warm, the least CPU time of several, of all
threads together: it hardly depends on what else the machine does. Writes
``transit.md``.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import transit_page

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
OSM, GTFS, WORKSPACE = DATA / "tampere.osm.pbf", DATA / "nysse_gtfs.zip", DATA / "tesoma.toml"
HUB = np.array([[23.6275, 61.5052]])
DAY = date(2022, 1, 18)
HOUR = ("07:00", "08:00")
PERCENTILES = (5, 25, 50, 75, 95)
PLACES = 1000
Rows = dict[str, Any]


def least(task: Callable[[], Any], times: int) -> float:
    """Seconds of CPU, of all threads, that a task takes at best, after one run that does not count."""
    return _least(task, times)[0]


def _least(task: Callable[[], Any], times: int) -> tuple[float, float]:
    """Seconds of CPU and on the clock that a task takes at best, each by itself, after one run that does not count."""
    task()
    cpu_s, clock_s = zip(*(_taken_s(task) for _ in range(times)), strict=True)
    return min(cpu_s), min(clock_s)


def _taken_s(task: Callable[[], Any]) -> tuple[float, float]:
    cpu_s, clock_s = time.process_time(), time.perf_counter()
    task()
    return time.process_time() - cpu_s, time.perf_counter() - clock_s


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def streets() -> Any:
    from tesoma_geo.network import StreetNetwork

    return StreetNetwork.from_osm(OSM).router("walk")


def places(walk: Any) -> np.ndarray:
    network = walk.network
    nodes = np.unique(np.concatenate([network.tail[walk.usable], network.head[walk.usable]]))
    chosen = np.random.default_rng(1).choice(nodes, PLACES, replace=False)
    return np.column_stack([network.lon[chosen], network.lat[chosen]])


def build() -> Rows:
    """From a feed to a router that is ready to ask, with streets that are."""
    from tesoma_geo.network.transit import Timetable, transit_router
    from tesoma_geo.network.transit.legs import stop_transfers
    from tesoma_geo.network.transit.prepared_timetable import PreparedTimetable
    from tesoma_geo.network.transit.service_day import timetable_of
    from tesoma_geo.sources.gtfs import read_feed

    walk = streets()

    def from_zip() -> PreparedTimetable:
        router = transit_router(walk, timetable_of([read_feed(GTFS)], DAY), HOUR)
        limits = router.limits
        transfers = stop_transfers(router.timetable, walk, router.access.stops, limits.leg_s, limits.boarding_slack_s)
        return PreparedTimetable.of(
            router.timetable,
            transfers,
            router.departures.start_s,
            router.departures.end_s + limits.trip_s,
            limits.boarding,
        )

    return {
        "zip_s": least(from_zip, 2),
        "cache_s": least(lambda: transit_router(walk, Timetable.from_gtfs(GTFS, DAY), HOUR).search, 5),
    }


def per_trip() -> Rows:
    """The router's own limit: 20 minutes of walking in the whole trip."""
    return _questions("trip")


def per_leg() -> Rows:
    """Walks limited one by one to 20 minutes, as the peers limit them."""
    return _questions("leg")


def _questions(per: str) -> Rows:
    from tesoma_geo.network.transit import Timetable, transit_router

    imported_mb = peak_mb()
    walk = streets()
    streets_mb = peak_mb()
    timetable = Timetable.from_gtfs(GTFS, DAY)
    hour = transit_router(walk, timetable, HOUR, max_walk_per=per)
    minute = transit_router(walk, timetable, ("07:30", "07:31"), max_walk_per=per)
    points = places(walk)
    at, hub = hour.snap(points), hour.snap(HUB)
    tasks: dict[str, tuple[Callable[[], Any], int]] = {
        "to_hub_points": (lambda: hour.travel_times(points, HUB, PERCENTILES), 60),
        "from_hub_points": (lambda: hour.travel_times(HUB, points, PERCENTILES), 60),
        "to_hub": (lambda: hour.travel_times(at, hub, PERCENTILES), 100),
        "from_hub": (lambda: hour.travel_times(hub, at, PERCENTILES), 100),
        "departure": (lambda: minute.travel_times(at, at), 6),
        "medians": (lambda: hour.travel_times(at, at), 1),
    }
    rows = {"imported_mb": imported_mb, "streets_mb": streets_mb}
    for name, (task, times) in tasks.items():
        rows[f"{name}_s"], rows[f"{name}_clock_s"] = _least(task, times)
    return rows


def district() -> Rows:
    """The workspace of Tesoma: all its origins, its departure window of 120 minutes."""
    from tesoma_geo.assessment.transit_analysis import timetable_router
    from tesoma_geo.inputs.layers import read_inputs
    from tesoma_geo.workspace import Workspace

    inputs = read_inputs(Workspace.load(WORKSPACE))
    router = timetable_router(inputs)
    origins, hub = router.snap(inputs.origins), router.snap(inputs.hub)
    return {
        "origins": len(origins),
        "departures": len(router.asked_s),
        "trips_s": least(lambda: router.trips_to(origins, hub), 20),
    }


def raptor() -> Rows:
    """Every tenth place to the hub at all departures, and whether the answers are the same to the second."""
    from tesoma_geo.network.transit import Timetable, transit_router
    from tesoma_geo.network.transit.events import usable
    from tesoma_geo.network.transit.legs import stop_transfers
    from tests.plain_raptor import PlainFeed, as_seconds

    walk = streets()
    router = transit_router(walk, Timetable.from_gtfs(GTFS, DAY), HOUR, max_walk_per="leg")
    limits, timetable = router.limits, router.timetable
    transfers = stop_transfers(timetable, walk, router.access.stops, limits.leg_s, limits.boarding_slack_s)
    plain = PlainFeed(timetable, transfers, *usable(timetable, "any"))
    at, hub = router.snap(places(walk)[::10]), router.snap(HUB)
    egress = hub.legs_from.stop, hub.legs_from.walk_s.astype(np.int64)
    seconds, direct_s = router.trips_to(at, hub).seconds, router.access.direct_s(at, hub)[:, 0]
    asked = router.asked_s.tolist()

    def answers() -> np.ndarray:
        rows = []
        for place in range(len(at)):
            legs = slice(at.legs_to.first[place], at.legs_to.first[place + 1])
            access = at.legs_to.stop[legs], at.legs_to.walk_s[legs].astype(np.int64)
            arrives = [plain.arrival(leaves_s, access, egress, limits.boarding_slack_s) for leaves_s in asked]
            rows.append(as_seconds(arrives, asked, direct_s[place], limits.trip_s))
        return np.array(rows, np.float32)

    plain.arrival(asked[0], (egress[0][:0], egress[1][:0]), egress, 0)  # compiled
    begun = time.process_time()
    plainly = answers()
    took_s = time.process_time() - begun
    return {
        "to_hub_s": took_s * PLACES / len(at),
        "compared": int(plainly.size),
        "differing": int((plainly != seconds).sum()),
    }


def ferrobus() -> Rows:
    """The same with ferrobus, and its medians compared with ours under ever more of its assumptions."""
    import ferrobus

    walk = streets()
    points = places(walk)
    with tempfile.TemporaryDirectory() as name:
        zipfile.ZipFile(GTFS).extractall(name)
        begun = time.process_time()
        model = ferrobus.create_transit_model(str(OSM), [name], DAY, max_transfer_time=1200)
        built_s = time.process_time() - begun

    def point(lon: float, lat: float) -> Any:
        try:
            return ferrobus.create_transit_point(lat, lon, model, 1200, 100)
        except ValueError:
            return None

    near = [point(*lonlat) for lonlat in points]
    hub, on = point(*HUB[0]), [place for place in near if place is not None]
    departures = range(7 * 3600, 8 * 3600, 60)

    def routes(start: Any) -> list[Any]:
        return [ferrobus.find_routes_one_to_many(model, start, [hub], second, 4)[0] for second in some]

    def from_hub() -> None:
        for second in departures:
            ferrobus.find_routes_one_to_many(model, hub, on, second, 4)

    some = departures[::6]
    rows: list[list[Any]] = []
    there_s, _ = _taken_s(lambda: rows.extend(routes(start) for start in on))
    theirs = np.array([[np.inf if one is None else one["travel_time_seconds"] for one in row] for row in rows])
    at = points[[place is not None for place in near]]
    return {
        "build_s": built_s,
        "to_hub_s": there_s * len(departures) / len(some),
        "from_hub_s": least(from_hub, 1),
        "departure_s": least(lambda: ferrobus.travel_time_matrix(model, on, 7 * 3600 + 1800, 4), 1),
        "apart": _apart(walk, at, np.sort(theirs, axis=1)[:, (len(some) + 1) // 2 - 1], 360 // 60),
    }


def _apart(walk: Any, points: np.ndarray, theirs: np.ndarray, step_min: float) -> list[dict[str, Any]]:
    """Our medians less theirs, in seconds, with one more of their assumptions in each row."""
    from tesoma_geo.network.streets.profiles import default_profiles
    from tesoma_geo.network.transit import Timetable, transit_router

    timetable = Timetable.from_gtfs(GTFS, DAY)
    profile = default_profiles()["walk"]
    faster = profile.model_copy(update={"speed_kmh": 1.4 * 3.6})
    plain = faster.model_copy(update={"factors": {}, "node_delays_s": {}})
    as_theirs = walk.network.router(plain)
    steps = (
        ("our defaults, walks limited one by one", walk, 60),
        ("and on foot at 1.4 m/s, not 1.31", walk.network.router(faster), 60),
        ("and no waits at signals, stairs as quick as streets", as_theirs, 60),
        ("and no minute of slack before boarding", as_theirs, 0),
    )
    rows = []
    for what, streets_on_foot, slack_s in steps:
        router = transit_router(
            streets_on_foot, timetable, HOUR, step_min=step_min, max_walk_per="leg", boarding_slack_s=slack_s
        )
        ours = router.travel_times(points, HUB)[0, :, 0]
        both = np.isfinite(ours) & np.isfinite(theirs)
        quantiles = np.percentile(ours[both] - theirs[both], [10, 50, 90])
        rows.append({"what": what, "p10": quantiles[0], "p50": quantiles[1], "p90": quantiles[2]})
    return rows


PARTS: dict[str, Callable[[], Rows]] = {
    part.__name__: part for part in (build, per_trip, per_leg, district, raptor, ferrobus)
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE / "transit.md")
    parser.add_argument("--part", choices=PARTS, help="run only this part, and print its figures as JSON")
    options = parser.parse_args(arguments)
    for path in (OSM, GTFS, WORKSPACE):
        if not path.exists():
            parser.error(f"{path} does not exist")
    if options.part:
        print(json.dumps(PARTS[options.part]() | {"peak_mb": peak_mb()}))
        return
    found, loads = {}, []
    for part in PARTS:
        print(part, file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "benchmarks.transit", "--part", part]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parent, check=False)
        found[part] = json.loads(run.stdout.splitlines()[-1]) if run.returncode == 0 else {}
        loads.append(os.getloadavg()[0])
    transit_page.write(options.out, found, loads)
    print(f"written: {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
