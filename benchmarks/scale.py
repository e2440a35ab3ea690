"""Tampere beside itself up to five million nodes, made up: ``python -m benchmarks.scale OUT [ROWSxCOLUMNS…]``.

Each size is a process of its own, so that its peak of memory is its own. The case is that of ``make bench``, kept as
OUT/case.npz. ``pairs`` in place of a size is the matrix of 10,000,000 pairs; without any, it and all sizes are
measured.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.arguments import DATA, OUT, arguments
from benchmarks.case import ISOCHRONES_MIN, NEAR_S, WALK_MS, Case, at_nodes
from benchmarks.growth import border

SIZES = ((1, 1), (2, 2), (3, 3), (4, 4), (4, 8))
#: Pairs of the largest matrix, streamed in blocks of so many origins.
PAIRS, BLOCK = 10_000_000, 500
PAIRS_ALONE = "pairs"


def tiled(case: Case, rows: int, columns: int) -> tuple[np.ndarray, ...]:
    """Copies of the streets beside each other, joined across their borders: ends, seconds each way, places."""
    n, copies = case.x.size, rows * columns
    width, height = np.ptp(case.x) + 200, np.ptp(case.y) + 200
    x = np.concatenate([case.x + copy % columns * width for copy in range(copies)])
    y = np.concatenate([case.y + copy // columns * height for copy in range(copies)])
    right, up = border(case.x, case.y), border(case.y, case.x)
    joins = np.concatenate([
        np.empty((0, 2), np.int64),
        *(right + np.array([copy, copy + 1]) * n for copy in range(copies) if copy % columns + 1 < columns),
        *(up + np.array([copy, copy + columns]) * n for copy in range(copies) if copy + columns < copies),
    ])  # fmt: skip
    join_s = (np.hypot(x[joins[:, 0]] - x[joins[:, 1]], y[joins[:, 0]] - y[joins[:, 1]]) / WALK_MS).astype(np.float32)
    tail = np.concatenate([*(case.tail + copy * n for copy in range(copies)), joins[:, 0]]).astype(np.int32)
    head = np.concatenate([*(case.head + copy * n for copy in range(copies)), joins[:, 1]]).astype(np.int32)
    seconds = [np.concatenate([*([one] * copies), join_s]) for one in (case.forward_s, case.backward_s)]
    return tail, head, *seconds, x, y


def peak_mb() -> float:
    """The most memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def spent(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """The least seconds of the processor of some calls, all threads together, and what the last gave."""
    least, found = np.inf, None
    for _ in range(times):
        begin = time.process_time()
        found = work()
        least = min(least, time.process_time() - begin)
    return float(least), found


def measured(case: Case, rows: int, columns: int) -> dict[str, float]:
    """One size."""
    from tesoma_geo.network.engine import CustomisedCosts, Hierarchy

    Hierarchy.build(2, np.array([0]), np.array([1]), np.zeros(2), np.zeros(2))  # kernels are read from disk
    tail, head, forward_s, backward_s, x, y = tiled(case, rows, columns)
    random, copies, n = np.random.default_rng(rows * columns), rows * columns, case.x.size
    told: dict[str, float] = {"nodes": x.size, "edges": tail.size, "data_mb": peak_mb()}
    told["build_s"], hierarchy = spent(lambda: Hierarchy.build(x.size, tail, head, x, y), 1)
    told |= {"arcs": int(hierarchy.arc_head.size), "build_peak_mb": peak_mb()}
    told["customise_s"], costs = spent(lambda: CustomisedCosts.of(hierarchy, forward_s, backward_s), 2)
    everywhere = np.concatenate([case.destinations + copy * n for copy in range(copies)])
    places, ones = at_nodes(everywhere), np.ones(everywhere.size)
    hub = int(case.origins[0] + random.integers(copies) * n)
    told["one_to_all_s"], _ = spent(lambda: costs.times([hub], [0.0]))
    told["sum_s"], _ = spent(lambda: costs.bounded_sum(*places, ones, NEAR_S), 2)
    told |= {"sum_places": everywhere.size, "sum_peak_mb": peak_mb()}
    limit_s = 60.0 * max(ISOCHRONES_MIN)
    told["reach_s"], _ = spent(lambda: costs.bounded_sum(*at_nodes(np.array([hub])), np.ones(1), limit_s))
    told["peak_mb"] = peak_mb()
    return told


def streamed(case: Case) -> dict[str, float]:
    """Ten million pairs of places of one Tampere, in blocks that are written and forgotten."""
    from tesoma_geo.network.engine import CustomisedCosts, Hierarchy

    costs = CustomisedCosts.of(
        Hierarchy.build(case.x.size, case.tail, case.head, case.x, case.y), case.forward_s, case.backward_s
    )
    destinations, random = at_nodes(case.destinations), np.random.default_rng(1)
    count = PAIRS // case.destinations.size
    begin, before = time.process_time(), peak_mb()
    for at in range(0, count, BLOCK):
        origins = random.integers(0, case.x.size, min(BLOCK, count - at))
        assert costs.matrix(*at_nodes(origins), *destinations).shape == (origins.size, case.destinations.size)
    return {"pairs": count * case.destinations.size, "processor_s": time.process_time() - begin,
            "before_mb": before, "peak_mb": peak_mb()}  # fmt: skip


def one(case: Path, which: str) -> None:
    """Print what is measured in one size, or of the pairs."""
    loaded = Case.load(case)
    print(json.dumps(streamed(loaded) if which == PAIRS_ALONE else measured(loaded, *map(int, which.split("x")))))


def write_case(case: Path) -> None:
    """Write the case of ``make bench``, of the shared data."""
    import tesoma_geo as tg
    from benchmarks.ours import case_of

    streets = tg.StreetNetwork.from_osm(DATA / "tampere.osm.pbf")
    case_of(streets.router("walk", elevation=DATA / "tampere_dem_50m.tif")).save(case)


def _apart(call: str) -> bytes:
    """Call a function of this module in a process of its own; what it prints."""
    command = f"from pathlib import Path; from benchmarks.scale import *; {call}"
    return subprocess.run([sys.executable, "-c", command], check=True, stdout=subprocess.PIPE).stdout


def size_of(text: str) -> str:
    """A size as the command line tells it."""
    if text != PAIRS_ALONE and not re.fullmatch(r"[1-9]\d*x[1-9]\d*", text):
        raise argparse.ArgumentTypeError(f"{text} is no size such as 2x2, nor {PAIRS_ALONE}")
    return text


def main(out: Path, *sizes: str) -> None:
    """Every size in a process of its own; what each told is kept in ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    case = out / "case.npz"
    if not case.exists():
        _apart(f"write_case(Path({str(case)!r}))")  # here it would be a part of the peak of all that follow
    for size in sizes or [PAIRS_ALONE, *(f"{rows}x{columns}" for rows, columns in SIZES)]:
        told = _apart(f"one(Path({str(case)!r}), {size!r})")
        (out / f"{size}.json").write_bytes(told)
        print(size, told.decode().strip(), flush=True)


if __name__ == "__main__":
    main(*arguments(__doc__, OUT, many=("SIZE", size_of, "rows x columns of Tamperes, or pairs")))
