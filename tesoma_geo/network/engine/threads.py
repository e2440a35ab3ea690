"""Work shared out over the processor cores in portions that do not depend on their number.

Searches go in batches, one a lane, and neighbouring batches in portions. A portion is what
sums are gathered by, so it depends on the task alone: sums come out the same on any
machine. The kernels let go of the interpreter's lock while they work.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tesoma_geo._kernels import Int64
from tesoma_geo.network.engine.simd import LANES

MOST_PORTIONS = 8
LEAST_BATCHES = 6  # in a portion: gathering its sums costs as much as searching a batch


def batches(searches: int) -> Int64:
    """Return the batches of a task, int64[batches, 3]: portion, first search, one past the last."""
    first = np.arange(0, searches, LANES)
    count = max(1, min(MOST_PORTIONS, first.size // LEAST_BATCHES))
    portion = np.arange(first.size) * count // max(first.size, 1)
    return np.column_stack([portion, first, np.minimum(first + LANES, searches)])


def portions(batches: Int64) -> int:
    """Return how many portions there are, one at least."""
    return int(batches[-1, 0]) + 1 if batches.size else 1


def run(work: Callable[[Int64], None], batches: Int64) -> None:
    """Call ``work`` with the batches of some portions, in a thread for each core there is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(portions(batches), cores)
    if workers == 1:
        work(batches)
        return
    with ThreadPoolExecutor(workers) as pool:
        shares = [batches[batches[:, 0] % workers == worker] for worker in range(workers)]
        for done in [pool.submit(work, share) for share in shares]:
            done.result()
