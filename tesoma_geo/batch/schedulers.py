"""Who does the districts of a batch: this process in turn, or several side by side; the files are the same."""

import json
import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path

from tesoma_geo._processes import end_with_parent
from tesoma_geo.batch.result_place import ResultPlace
from tesoma_geo.batch.tasks import Task
from tesoma_geo.batch.work import Done, do, failed_outside
from tesoma_geo.inputs.layers import read_shared
from tesoma_geo.inputs.shared_layers import SharedLayers
from tesoma_geo.workspace import Workspace

LOCAL, PROCESSES = "local", "processes"

#: How often a district is begun whose process ends before it: a second time, alone, tells whose fault it is.
TRIES = 2


def in_turn(
    tasks: Sequence[Task],
    keys: Mapping[str, str],
    out: ResultPlace,
    workers: int,  # noqa: ARG001 - schedulers take the same
    memory: int,
) -> Iterator[Done]:
    """Do districts one after the other, here.

    Parameters
    ----------
    tasks
        The districts, the longest first.
    keys
        District → digest of its inputs.
    out
        The place of the batch's results.
    workers
        Not used.
    memory
        Bytes that this process may have.

    Yields
    ------
    Done
        Each as it is done.
    """
    with _bounded(memory):
        for task in tasks:
            yield do_here(task, keys[task.district], out)


def side_by_side(
    tasks: Sequence[Task], keys: Mapping[str, str], out: ResultPlace, workers: int, memory: int
) -> Iterator[Done]:
    """Do districts in processes of their own, each of which reads what they share once.

    A process that ends early, for want of memory or from outside, takes no other district with it: those that were
    being done are begun once more, one at a time, and one that ends its process again is failed.

    Parameters
    ----------
    tasks
        The districts, the longest first.
    keys
        District → digest of its inputs.
    out
        The place of the batch's results.
    workers
        How many processes.
    memory
        Bytes for all of them together.

    Yields
    ------
    Done
        Each as it is done.
    """
    left, tried = list(tasks), dict.fromkeys(keys, 0)
    while left:
        again = [task for task in left if tried[task.district]]
        now, size = again or left, 1 if again else min(workers, len(left))
        running: dict[Future[Done], Task] = {}
        with ProcessPoolExecutor(
            size, multiprocessing.get_context("spawn"), _begin, (memory // workers, os.getpid())
        ) as pool:
            queue = iter(list(now))
            with suppress(BrokenProcessPool):
                while True:
                    while len(running) < size and (task := next(queue, None)) is not None:
                        running[pool.submit(do_here, task, keys[task.district], out)] = task
                    if not running:
                        break
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        answer = future.result()
                        left.remove(running.pop(future))
                        yield answer
        for task in running.values():
            tried[task.district] += 1
            if tried[task.district] == TRIES:
                left.remove(task)
                yield failed_outside(task, keys[task.district], out, "its process was ended, as for want of memory")


def do_here(task: Task, key: str, out: ResultPlace) -> Done:
    """Do a district in this process, which keeps what districts share.

    Parameters
    ----------
    task
        The district.
    key
        Digest of its inputs.
    out
        The place of the batch's results.

    Returns
    -------
    Done
    """
    return do(task, key, out, partial(_shared, task))


@lru_cache(maxsize=1)
def _shared_of_settings(settings: str, path: Path) -> SharedLayers:
    """What districts share, once in a process; settings and file of their workspace together name it."""
    return read_shared(Workspace.model_validate({**json.loads(settings), "path": path}))


def _shared(task: Task) -> SharedLayers | None:
    if task.shares is None:
        return None
    return _shared_of_settings(task.shares.model_dump_json(exclude={"path"}), task.shares.path)


def _begin(memory: int, parent: int) -> None:
    """What a process of a batch does first: one whose parent was killed would wait for work for ever."""
    end_with_parent(parent)
    _limit(memory)


def _limit(memory: int) -> None:
    """Let this process have so many bytes of data of its own; where the system cannot, it is not bounded."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


@contextmanager
def _bounded(memory: int) -> Iterator[None]:
    """Bound this process for a while."""
    if sys.platform != "linux":
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    _limit(memory)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
