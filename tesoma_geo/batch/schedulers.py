"""Who does the tasks of a batch: this process in turn, or several side by side; the files are the same."""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.queues import SimpleQueue

from tesoma_geo._processes import end_with_parent
from tesoma_geo.batch.errand import Errand, Outcome

#: How often a task is begun whose process ends before it: a second time, alone, tells whose fault it is.
TRIES = 2


def in_turn(errands: Sequence[Errand[Outcome]], memory: int | None = None) -> Iterator[Outcome]:
    """Do tasks one after the other, here.

    Parameters
    ----------
    errands
        The tasks, the longest first.
    memory
        Bytes that this process may have; None for any.

    Yields
    ------
    What each gives, as it is done.
    """
    with _bounded(memory):
        for errand in errands:
            yield errand.do()


def side_by_side(errands: Sequence[Errand[Outcome]], workers: int, memory: int | None = None) -> Iterator[Outcome]:
    """Do tasks in processes of their own, each of which reads what they share once.

    A process that ends early, for want of memory or from outside, takes no other task with it: those that were
    being done are begun once more, one at a time, and one that ends its process again is failed.

    Parameters
    ----------
    errands
        The tasks, the longest first.
    workers
        How many processes.
    memory
        Bytes for all of them together; None for any.

    Yields
    ------
    What each gives, as it is done.
    """
    left, tried = list(errands), {errand.name: 0 for errand in errands}
    each = None if memory is None else memory // workers
    while left:
        again = [errand for errand in left if tried[errand.name]]
        now, size = again or left, 1 if again else min(workers, len(left))
        running: dict[Future[Outcome], Errand[Outcome]] = {}
        context = multiprocessing.get_context("spawn")
        shares: SimpleQueue[set[int]] = context.SimpleQueue()
        for share in _shares(size):
            shares.put(share)
        begin = partial(_begin, each, os.getpid(), shares, *{type(errand) for errand in left})
        with ProcessPoolExecutor(size, context, begin) as pool:
            queue = iter(list(now))
            with suppress(BrokenProcessPool):
                while True:
                    while len(running) < size and (errand := next(queue, None)) is not None:
                        running[pool.submit(errand.do)] = errand
                    if not running:
                        break
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        answer = future.result()
                        left.remove(running.pop(future))
                        yield answer
        for errand in running.values():
            tried[errand.name] += 1
            if tried[errand.name] == TRIES:
                left.remove(errand)
                yield errand.fail("its process was ended, as for want of memory")


def _shares(processes: int) -> list[set[int]]:
    """The cores of each process: those of this one shared out, so that none begins more than its core can do.

    Empty on systems that bind nothing: a process there takes what it gets.
    """
    if not hasattr(os, "sched_getaffinity"):
        return [set() for _ in range(processes)]
    cores = sorted(os.sched_getaffinity(0))
    return [set(cores[number::processes]) or {cores[number % len(cores)]} for number in range(processes)]


def _begin(
    memory: int | None,
    parent: int,
    shares: "SimpleQueue[set[int]]",
    *kinds: type,  # noqa: ARG001 - named to load their modules
) -> None:
    """What a process of a batch does first: one whose parent was killed would wait for work for ever.

    To name the kinds of tasks loads the libraries that they need: loaded within too little memory some try for ever.
    """
    end_with_parent(parent)
    if share := shares.get():
        os.sched_setaffinity(0, share)
    if memory is not None:
        _limit(memory)


def _limit(memory: int) -> None:
    """Let this process have so many bytes of data of its own; where the system cannot, it is not bounded."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


@contextmanager
def _bounded(memory: int | None) -> Iterator[None]:
    """Bound this process for a while."""
    if memory is None or sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    _limit(memory)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
