"""Independent work shared out over forked processes, where Python's own lock would keep threads waiting.

A forked process has everything in memory already and gives back what it found, pickled. It is forked only where that
is safe: on Linux, from the main thread, while no other thread works. Elsewhere, and on one core, the work is done here,
one task after the other: the results are the same.
"""

import ctypes
import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, TypeVar

from tesoma_geo._memory import give_back, took_beside, watch_of_helper
from tesoma_geo._pickles import dump
from tesoma_geo._threads import POOL_NAME, cores

Result = TypeVar("Result")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def end_with_parent(parent: int) -> None:
    """Let this process end as soon as the one that began it does, even where that is killed and can tell nobody.

    Parameters
    ----------
    parent
        Its process id. On systems other than Linux nothing is done: a helper there ends when its work is done.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


def in_processes(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """Do tasks side by side, in this process and in as many more as there are cores; the first ones first.

    Parameters
    ----------
    tasks
        What is to be done, in any order, at most 255. What a task changes in memory is lost; what it returns can be
        pickled.

    Returns
    -------
    What each task gave, in the order of the tasks. The error of the first task that failed is raised.

    Raises
    ------
    RuntimeError
        A process was ended from outside, such as by a lack of memory.
    """
    here = os.getpid()
    helpers = side_by_side(len(tasks)) - 1
    if helpers < 1:
        return [task() for task in tasks]
    give_back()
    taken, left = os.pipe()
    os.write(left, bytes(range(len(tasks))))
    os.close(left)
    children: dict[int, IO[bytes]] = {}
    done: dict[int, Any] = {}
    try:
        for _ in range(helpers):
            answers: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed below, when it has been read
            child = os.fork()
            if child == 0:
                _work_and_end(tasks, taken, answers, here)
            children[child] = answers
        done = {number: tasks[number]() for number in _numbers(taken)}
    except BaseException:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        raise
    finally:
        os.close(taken)
        ended = {child: os.waitpid(child, 0)[1] for child in children}
    helpers_mb: list[float] = []
    for child, answers in children.items():
        with answers:
            answers.seek(0)
            if ended[child] != 0:
                raise RuntimeError(f"a process that worked beside this one ended with status {ended[child]}")
            found, grown_mb = pickle.load(answers)  # noqa: S301 - written by this program a moment ago, without a name
            done |= found
            helpers_mb.append(grown_mb)
    took_beside(helpers_mb)
    failed = [done[number] for number in sorted(done) if isinstance(done[number], _Failed)]
    if failed:
        raise failed[0].error
    return [done[number] for number in range(len(tasks))]


def side_by_side(tasks: int) -> int:
    """How many of some tasks :func:`in_processes` would do at once, asked here and now.

    Parameters
    ----------
    tasks
        How many there are.

    Returns
    -------
    int
        1 where none is done beside this process.
    """
    return min(tasks, cores(), 255) if _may_fork() else 1


class _Failed:
    """What a task raised in another process."""

    def __init__(self, error: Exception) -> None:
        lines = "".join(traceback.format_exception(error))
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
            self.error = error
        except Exception:  # noqa: BLE001 - whatever cannot be pickled is told as text
            self.error = RuntimeError(lines)


def _may_fork() -> bool:
    """Whether nothing in this process could hold a lock while it is forked."""
    others = [thread for thread in threading.enumerate() if not thread.name.startswith(POOL_NAME)]
    return sys.platform == "linux" and others == [threading.main_thread()] == [threading.current_thread()]


def _numbers(taken: int) -> Iterator[int]:
    """Numbers of tasks that nobody has taken yet: each process reads the next one from the same pipe."""
    while number := os.read(taken, 1):
        yield number[0]


def _work_and_end(tasks: Sequence[Callable[[], Any]], taken: int, answers: IO[bytes], parent: int) -> None:
    """Do tasks in a forked process, write what they gave, and end without any of the parent's cleaning up."""
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        end_with_parent(parent)
        done: dict[int, Any] = {}
        grown_mb = watch_of_helper()
        for number in _numbers(taken):
            try:
                done[number] = tasks[number]()
            except Exception as error:  # noqa: BLE001 - raised again in the parent
                done[number] = _Failed(error)
                break
        dump((done, grown_mb()), answers)
        answers.flush()
        status = 0
    finally:
        os._exit(status)
