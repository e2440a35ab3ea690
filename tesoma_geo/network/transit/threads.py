"""Work on many rows shared out by slices."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from tesoma_geo._threads import in_threads

SLICES = 16


def shared(work: Callable[[int, int], None], count: int) -> None:
    """Do work on parts of a range, in threads where there is enough of it.

    Parameters
    ----------
    work
        Takes the first number of a part, and one past its last.
    count
        The range is 0 to this, exclusive.
    """
    if count < SLICES:
        work(0, count)
        return
    bounds = pairwise(count * i // SLICES for i in range(SLICES + 1))
    in_threads([partial(work, begin, end) for begin, end in bounds])
