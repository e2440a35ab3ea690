"""The one thread that reads and writes the store: what it has told, is on the disk.

Annotations that wait are written together in one transaction, so that a full room does not wait for the disk
annotation by annotation; each is acknowledged after the commit alone.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from tesoma_geo.annotations.store import Store
from tesoma_geo.errors import TesomaError

T = TypeVar("T")
#: Most annotations of one transaction.
TOGETHER = 64
#: After so many seconds in which nothing was asked of the store its rows are sealed.
QUIET_S = 5.0


@dataclass(frozen=True)
class _Job:
    work: Callable[[Store], Any]
    done: "Future[Any]"


@dataclass(frozen=True)
class _Entry:
    entry: Any
    done: "Future[Any]"


class StoreWriter:
    """Runs jobs on a store, one after another, in a thread of its own.

    Parameters
    ----------
    opened
        Opens the store; called in the thread, for a connection belongs to one.
    write_entries
        Writes entries of :meth:`add` in one transaction, and tells what became of each.
    """

    def __init__(
        self, opened: Callable[[], Store], write_entries: Callable[[Store, Sequence[Any]], Sequence[Any]]
    ) -> None:
        self._queue: queue.SimpleQueue[_Job | _Entry | None] = queue.SimpleQueue()
        self._write_entries = write_entries
        started: Future[None] = Future()
        self._thread = threading.Thread(target=self._work, args=(opened, started), name="store", daemon=True)
        self._thread.start()
        started.result()

    async def run(self, work: Callable[[Store], T]) -> T:
        """Do something with the store.

        Parameters
        ----------
        work
            Gets the store; runs in the writer's thread.

        Returns
        -------
        object
            What it returns.
        """
        done: Future[T] = Future()
        self._queue.put(_Job(work, done))
        return await asyncio.wrap_future(done)

    def run_now(self, work: Callable[[Store], T]) -> T:
        """The same for who has no event loop: waits.

        Parameters
        ----------
        work
            Gets the store; runs in the writer's thread.

        Returns
        -------
        object
            What it returns.
        """
        done: Future[T] = Future()
        self._queue.put(_Job(work, done))
        return done.result()

    async def add(self, entry: Any) -> Any:
        """Write one entry, together with others that wait.

        Parameters
        ----------
        entry
            As ``write_entries`` takes it.

        Returns
        -------
        object
            What became of it; it is on the disk.
        """
        done: Future[Any] = Future()
        self._queue.put(_Entry(entry, done))
        return await asyncio.wrap_future(done)

    def close(self) -> None:
        """Finish what waits, and close the store."""
        self._queue.put(None)
        self._thread.join()

    def _work(self, opened: Callable[[], Store], started: "Future[None]") -> None:
        try:
            store = opened()
        except BaseException as error:  # noqa: BLE001 - it is raised where the writer is made
            started.set_exception(error)
            return
        started.set_result(None)
        unsealed = False
        try:
            while True:
                try:
                    first = self._queue.get(timeout=QUIET_S if unsealed else None)
                except queue.Empty:
                    with suppress(TesomaError):  # somebody else writes: the next quiet moment, or the end, seals
                        _seal(store)
                        unsealed = False
                    continue
                if first is None:
                    break
                unsealed = True
                entries, jobs, last = self._waiting(first)
                if entries:
                    self._finish(entries, partial(self._write_entries, store, [one.entry for one in entries]))
                for job in jobs:
                    _finish_one(job.done, partial(job.work, store))
                if last:
                    break
        finally:
            try:
                if unsealed:
                    _seal(store)
            finally:
                store.database.close()

    def _waiting(self, first: _Job | _Entry) -> tuple[list[_Entry], list[_Job], bool]:
        """What waits: entries up to the next job, then that job."""
        entries: list[_Entry] = []
        item: _Job | _Entry | None = first
        while True:
            if isinstance(item, _Job):
                return entries, [item], False
            if item is None:
                return entries, [], True
            entries.append(item)
            if len(entries) == TOGETHER:
                return entries, [], False
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return entries, [], False

    @staticmethod
    def _finish(entries: list[_Entry], write: Callable[[], Sequence[Any]]) -> None:
        try:
            outcomes = write()
        except BaseException as error:  # noqa: BLE001 - whoever waits is told
            for entry in entries:
                entry.done.set_exception(error)
            return
        for entry, outcome in zip(entries, outcomes, strict=True):
            if not entry.done.cancelled():
                entry.done.set_result(outcome)


def _seal(store: Store) -> None:
    """Seal all rows, which took too long for each of a full room's transactions."""
    with store.database.transaction():
        pass


def _finish_one(done: "Future[Any]", work: Callable[[], Any]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - whoever waits is told
        if not done.cancelled():
            done.set_exception(error)
        return
    if not done.cancelled():
        done.set_result(result)
