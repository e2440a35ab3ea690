"""Work shared out over the processor cores in slices that do not depend on their number."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise


def in_slices(work: Callable[[int, int, int], None], count: int, multiple: int, slices: int) -> None:
    """Call ``work(slice, begin, end)`` over ``range(count)``, in threads where there are cores.

    The kernels let go of the interpreter's lock. Bounds are multiples of ``multiple`` and depend
    on the arguments alone, so that sums come out the same on any machine.
    """
    batches = -(-count // multiple)
    slices = min(slices, batches)
    bounds = [min(count, multiple * (batches * i // slices)) for i in range(slices + 1)] if slices else [0]
    spans = [(i, *span) for i, span in enumerate(pairwise(bounds))]
    workers = min(len(spans), len(os.sched_getaffinity(0)))
    if workers < 2:
        for span in spans:
            work(*span)
        return
    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(work, *span) for span in spans]:
            done.result()
