"""Work shared out over the processor cores in portions that do not depend on their number.

Searches go in batches, one a lane, and neighbouring batches in portions. A portion is what
sums are gathered by, so it depends on the task alone: sums come out the same on any
machine. The kernels let go of the interpreter's lock while they work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from tesoma_geo._kernels import Int64
from tesoma_geo._threads import cores, in_threads
from tesoma_geo.network.engine.simd import LANES

MOST_PORTIONS = 8
LEAST_BATCHES = 6  # in a portion: gathering its sums costs as much as searching a batch


def batches(searches: int, *, summed: bool = True, most: int = MOST_PORTIONS) -> Int64:
    """Divide searches into batches of one a lane, and batches into portions.

    Parameters
    ----------
    searches : int
        How many there are.
    summed : bool
        Whether sums are gathered by portion; otherwise each batch is a portion, so that every core has as many.
    most : int
        Portions at most: fewer take less memory where what is gathered does not depend on their number.

    Returns
    -------
    int64[batches, 3]
        Of each batch: its portion, its first search, and one past its last.
    """
    first = np.arange(0, searches, LANES)
    count = max(1, min(most, first.size // LEAST_BATCHES)) if summed else first.size
    portion = np.arange(first.size) * count // max(first.size, 1)
    return np.column_stack([portion, first, np.minimum(first + LANES, searches)])


def portions(batches: Int64) -> int:
    """Return how many portions there are, one at least.

    Parameters
    ----------
    batches : int64[batches, 3]
        From ``batches``.

    Returns
    -------
    int
    """
    return int(batches[-1, 0]) + 1 if batches.size else 1


def run(work: Callable[[Int64], None], batches: Int64) -> None:
    """Call a function with the batches of some portions, in a thread for each core there is.

    Parameters
    ----------
    work : callable
        Takes some of the batches.
    batches : int64[batches, 3]
        From ``batches``.
    """
    workers = min(portions(batches), cores())
    if workers == 1:
        work(batches)
        return
    in_threads([partial(work, batches[batches[:, 0] % workers == worker]) for worker in range(workers)])
