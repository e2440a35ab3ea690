"""Copies of Tampere as one file, through the router of a notebook: ``python -m benchmarks.scale_router DATA OUT SIDE``.

Made up: SIDE × SIDE copies beside each other, joined by 40 streets across each border. The file is read, and walkers
ask what a notebook asks. Then once more in a process of its own, with what was kept on disk. The cache lies in OUT.

Memory is the most that was resident while a step was done, of this process and of the largest that it had read for it.
Linux alone tells that.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.arguments import FOLDER_OF_DATA, OUT, arguments
from benchmarks.case import ISOCHRONES_MIN, NEAR_S, TWENTY_MIN_S
from benchmarks.nine_tamperes import HUB, apart, street_nodes, write_streets

#: Places of each copy that are asked for, and pairs that are asked for in blocks of so many origins.
PLACES, PAIRS, BLOCK = 500, 10_000_000, 500


class Told:
    """What each step took: seconds of the processor of all processes, and the most memory while it was done."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def step(self, name: str, work: Callable[[], Any], times: int = 1) -> Any:
        """Do a step so many times; the least of its seconds counts."""
        took, answer = [], None
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        for _ in range(times):
            answer, began = None, processor_s()
            answer = work()
            took.append(processor_s() - began)
        self.rows.append({"step": name, "processor_s": min(took), "peak_mb": peak_mb(), "child_mb": child_mb()})
        print(json.dumps(self.rows[-1]), flush=True)
        return answer


def processor_s() -> float:
    """Seconds of the processor of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_mb() -> float:
    """The most memory of this process since the peak began anew."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def child_mb() -> float:
    """The most memory of the largest process that this one waited for, what it shares with this one included."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def write(data: Path, out: Path, side: int) -> None:
    """The copies as one file of OpenStreetMap."""
    osm = data / "tampere.osm.pbf"
    nodes = street_nodes(osm)
    _, lon, lat = nodes
    write_streets(osm, out, nodes, *apart(lon, lat), side)


def hub_of(lon: np.ndarray, lat: np.ndarray, side: int) -> np.ndarray:
    """The hub of the copy in the middle: longitude and latitude, shape (1, 2)."""
    width, height = np.ptp(lon) / side, np.ptp(lat) / side
    return np.array([[HUB[0] + side // 2 * width, HUB[1] + side // 2 * height]])


def asked(file: Path, side: int) -> list[dict[str, Any]]:
    """From the file to what a notebook asks."""
    import tesoma_geo as tg

    told = Told()
    told.step("the program alone", lambda: tg.StreetNetwork)
    network = told.step("the file → network", lambda: tg.StreetNetwork.from_osm(file))
    hierarchy = told.step("contract", lambda: network.hierarchy)
    router = told.step("costs on foot, and where trips may begin", lambda: network.router("walk"))
    size = {"nodes": network.n_nodes, "edges": network.n_edges, "arcs": int(hierarchy.arc_head.size)}
    random = np.random.default_rng(side)
    everywhere = np.column_stack([network.lon, network.lat])[random.permutation(network.n_nodes)]
    hub, copies = hub_of(network.lon, network.lat, side), side**2
    told.step("the first point is snapped", lambda: router.snap(hub))
    places = told.step(f"{PLACES * copies:,} points are snapped", lambda: router.snap(everywhere[: PLACES * copies]))
    ones = np.ones(PLACES * copies)
    told.step("from the hub to all nodes", lambda: router.from_(hub), 3)
    told.step("sums within 1,200 m", lambda: router.sum_within(places, ones, NEAR_S), 2)
    told.step("sums within 20 min", lambda: router.sum_within(places, ones, TWENTY_MIN_S))
    told.step("the nearest place", lambda: router.nearest(places, 1, TWENTY_MIN_S))
    told.step("the nearest 5", lambda: router.nearest(places, 5, TWENTY_MIN_S))
    begins, ends = router.snap(everywhere[-2000:]), places.take(slice(0, 500))
    told.step("2,000 × 500 points", lambda: router.times_between(begins, ends), 2)
    told.step(f"{PAIRS:,} pairs in blocks", lambda: in_blocks(router, everywhere, ends))
    cutoffs_s = [60 * minutes for minutes in ISOCHRONES_MIN]
    told.step("isochrones of the hub, to 30 min", lambda: router.isochrones(hub, cutoffs_s), 2)
    told.step("the same of 20 places each", lambda: router.isochrones(places.take(slice(0, 20)), cutoffs_s, each=True))
    told.step("isochrone of all places, 10 min", lambda: router.isochrones(places, [600]))
    return [size, *told.rows]


def in_blocks(router: Any, everywhere: np.ndarray, ends: Any) -> int:
    """Pairs asked for a block of origins at a time, the answers forgotten; how many have a way."""
    count, found = PAIRS // len(ends.edge), 0
    for first in range(0, count, BLOCK):
        found += int(np.isfinite(router.travel_times(everywhere[first : first + BLOCK], ends)).sum())
    return found


def asked_again(file: Path, side: int) -> list[dict[str, Any]]:
    """From what was kept on disk to a first answer."""
    import tesoma_geo as tg

    told = Told()
    network = told.step("kept: network", lambda: tg.StreetNetwork.from_osm(file))
    told.step("kept: contracted", lambda: network.hierarchy)
    router = told.step("kept: costs on foot, and where trips may begin", lambda: network.router("walk"))
    hub = hub_of(network.lon, network.lat, side)
    told.step("kept: from the hub to all nodes, the point snapped", lambda: router.from_(hub))
    return told.rows


def one(file: Path, which: str, side: int) -> None:
    """Ask in this process, and write what was measured beside the file."""
    rows = {"asked": asked, "again": asked_again}[which](file, side)
    file.with_name(f"{file.name.split('.')[0]}-{which}.json").write_text(json.dumps(rows), encoding="utf-8")


def main(data: Path, out: Path, side: int) -> None:
    """Write the file, ask in processes of their own, and keep what each told in ``OUT``."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{side}x{side}.osm.pbf"
    if not file.exists():
        write(data, file, side)
    for which in ("asked", "again"):
        call = f"one(Path({str(file)!r}), {which!r}, {side})"
        command = f"from pathlib import Path; from benchmarks.scale_router import one; {call}"
        environment = {**os.environ, "TESOMA_GEO_CACHE": str(out / "cache")}
        subprocess.run([sys.executable, "-c", command], check=True, env=environment)


if __name__ == "__main__":
    main(*arguments(__doc__, FOLDER_OF_DATA, OUT, ("SIDE", int, "copies in a row, and rows: 3 are nine Tamperes")))
