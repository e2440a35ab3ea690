"""The timetable of Tampere beside itself, made up: ``python -m benchmarks.scale_timetable COPIES OUT``.

Copies lie half a degree east of each other. There are streets in the first alone, so that what grows is reading the
timetable, keeping it, and looking through it.
"""

import json
import resource
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.arguments import OUT, arguments

#: Columns that name what each copy has of its own.
OWN = ("stop_id", "trip_id", "parent_station", "from_stop_id", "to_stop_id")
APART_DEG = 0.5


def write_copies(feed: Path, copies: int, out: Path) -> int:
    """Write a feed with copies of its stops and trips into a folder; how many calls at stops it has."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    calls = 0
    with zipfile.ZipFile(feed) as file:
        for name in file.namelist():
            with file.open(name) as content:
                table = pd.read_csv(content, dtype=str)
            if own := [column for column in OWN if column in table]:
                table = pd.concat([_copy(table, own, copy) for copy in range(copies)])
            table.to_csv(out / Path(name).name, index=False)
            calls += len(table) if Path(name).name == "stop_times.txt" else 0
    return calls


def _copy(table: pd.DataFrame, own: list[str], copy: int) -> pd.DataFrame:
    moved = table.copy()
    for column in own:
        moved[column] = moved[column].where(moved[column].isna(), f"c{copy}_" + moved[column].astype(str))
    if "stop_lon" in moved:
        moved["stop_lon"] = (moved["stop_lon"].astype(float) + APART_DEG * copy).map("{:.6f}".format)
    return moved


def _spent(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    least, found = float("inf"), None
    for _ in range(times):
        begin = time.process_time()
        found = work()
        least = min(least, time.process_time() - begin)
    return least, found


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(copies: int, out: Path) -> None:
    """Read so many copies and ask the places of the timetable benchmark for their way to the hub."""
    from benchmarks.transit import DAY, GTFS, HOUR, HUB, PERCENTILES, places, streets
    from tesoma_geo.network.transit import Timetable, transit_router

    calls = write_copies(GTFS, copies, out / f"gtfs-{copies}")
    walk = streets()
    told: dict[str, Any] = {"copies": copies, "calls": calls, "streets_mb": _peak_mb()}
    told["read_s"], timetable = _spent(lambda: Timetable.from_gtfs(out / f"gtfs-{copies}", DAY))
    told["read_mb"] = _peak_mb()
    router = transit_router(walk, timetable, HOUR, max_walk_per="leg")
    at, hub = router.snap(places(walk)), router.snap(HUB)
    told["to_hub_s"], _ = _spent(lambda: router.travel_times(at, hub, PERCENTILES), 5)
    print(json.dumps(told | {"peak_mb": _peak_mb()}), flush=True)


if __name__ == "__main__":
    main(*arguments(__doc__, ("COPIES", int, "of the timetable"), OUT))
