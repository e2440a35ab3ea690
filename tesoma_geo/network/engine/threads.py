"""Work shared out over the processor cores in slices that do not depend on their number.

Slices depend on the task alone, so that sums come out the same on any machine. The kernels
let go of the interpreter's lock while they work.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from tesoma_geo.network.engine.lanes import LANES

MOST_SLICES = 8
LEAST_BATCHES = 6  # a slice: setting up its working space costs as much as searching one or two


def slices(searches: int) -> list[tuple[int, int]]:
    """Cut ``range(searches)`` into runs of whole batches."""
    batches = -(-searches // LANES)
    count = max(1, min(MOST_SLICES, batches // LEAST_BATCHES))
    bounds = [min(searches, LANES * (batches * i // count)) for i in range(count + 1)]
    return list(pairwise(bounds))


def run(work: Callable[[int, int, int], None], spans: list[tuple[int, int]]) -> None:
    """Call ``work(i, begin, end)`` with every slice, in threads where there are cores."""
    workers = min(len(spans), len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if workers == 1:
        for i, span in enumerate(spans):
            work(i, *span)
        return
    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(work, i, *span) for i, span in enumerate(spans)]:
            done.result()
