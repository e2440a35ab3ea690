"""Sorting the short lists that neighbours at a street corner make."""

from __future__ import annotations

import numpy as np

from tesoma_geo._kernels import Int32, kernel

SHORT = 32  # numpy's sort is several times slower on so few


@kernel
def sort_run(values: Int32, begin: int, end: int) -> None:
    """Sort a part of an array ascending in place, by insertion where it is short.

    Parameters
    ----------
    values : int32[n]
        Changed in place.
    begin, end : int
        The first of the part, and one past its last.
    """
    if end - begin > SHORT:
        values[begin:end] = np.sort(values[begin:end])
        return
    for i in range(begin + 1, end):
        moved = values[i]
        j = i
        while j > begin and values[j - 1] > moved:
            values[j] = values[j - 1]
            j -= 1
        values[j] = moved
