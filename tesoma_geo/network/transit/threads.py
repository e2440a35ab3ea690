"""Work shared by threads: kernels let go of the interpreter's lock."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

SLICES = 16


def shared(work: Callable[[int, int], None], count: int) -> None:
    """Do ``work`` on parts of ``range(count)``, in threads where there is enough of it.

    Parameters
    ----------
    work
        Does the part from its first to before its second argument.
    count
        How much there is.
    """
    if count < SLICES:
        work(0, count)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        bounds = pairwise(count * i // SLICES for i in range(SLICES + 1))
        for done in [pool.submit(work, begin, end) for begin, end in bounds]:
            done.result()
