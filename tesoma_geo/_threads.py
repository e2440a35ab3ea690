"""Work shared out over the cores that this process may use, by one pool of threads.

Kernels, numpy and the spatial libraries let go of the interpreter's lock while they work. Whoever shares out
work takes part in it, so that shared work may share out its own: nobody ever waits for a thread to be free.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Result = TypeVar("Result")

#: Names of the threads of the pool begin so.
POOL_NAME = "tesoma_geo"


def cores() -> int:
    """How many cores this process may use.

    Returns
    -------
    The number of those it is bound to where the system tells, otherwise of all; 1 at least.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_threads(tasks: Sequence[Callable[[], Result]], most: int | None = None) -> list[Result]:
    """Do tasks side by side, in this thread and in as many more as there are cores.

    Parameters
    ----------
    tasks
        What is to be done, in any order.
    most
        How many are done side by side at most, such as by the memory that each takes; None for as many as there are
        cores.

    Returns
    -------
    What each task gave, in the order of the tasks. The first error of a task is raised when all that had begun
    are done; tasks that had not begun are left out then.
    """
    left = deque(range(len(tasks)))
    results: dict[int, Result] = {}

    def work() -> None:
        while True:
            try:
                number = left.popleft()
            except IndexError:
                return
            try:
                results[number] = tasks[number]()
            except BaseException:
                left.clear()
                raise

    helpers = [_pool(os.getpid()).submit(work) for _ in range(min(len(tasks), cores(), most or cores()) - 1)]
    try:
        work()
    finally:
        errors = [error for helper in helpers if (error := _ended(helper)) is not None]
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(tasks))]


def _ended(helper: "Future[None]") -> BaseException | None:
    """Take back a helper that has not begun, or wait for it; its error."""
    return None if helper.cancel() else helper.exception()


@cache
def _pool(process: int) -> ThreadPoolExecutor:  # noqa: ARG001 - a forked process has none of its parent's threads
    """The pool of this process."""
    return ThreadPoolExecutor(cores(), thread_name_prefix=POOL_NAME)
