"""Jobs run in their order in one thread; entries that wait are written together; errors reach who waits."""

import asyncio
import threading
from contextlib import contextmanager

import pytest

from tesoma_geo.workshop.writer import TOGETHER, StoreWriter
from tests.event_loops import finished


class Kept:
    """Stands where a store does: it is closed once."""

    def __init__(self):
        self.database, self.closed, self.sealed = self, 0, 0

    @contextmanager
    def transaction(self):
        yield
        self.sealed += 1

    def close(self):
        self.closed += 1


def test_entries_that_wait_are_written_together_and_each_learns_its_own():
    batches = []
    writer = StoreWriter(Kept, lambda _, entries: batches.append(len(entries)) or [2 * one for one in entries])

    async def work():
        gate = threading.Event()
        held = asyncio.ensure_future(writer.run(lambda _: gate.wait(60)))
        await asyncio.sleep(0)
        waiting = [asyncio.ensure_future(writer.add(number)) for number in range(TOGETHER + 10)]
        await asyncio.sleep(0)
        gate.set()
        await held
        return await asyncio.gather(*waiting)

    assert finished(work()) == [2 * number for number in range(TOGETHER + 10)]
    writer.close()
    assert batches == [TOGETHER, 10]


def test_an_error_reaches_all_of_its_batch_and_the_writer_goes_on():
    def write(_, entries):
        if "bad" in entries:
            raise ValueError("no")
        return entries

    writer = StoreWriter(Kept, write)
    with pytest.raises(ValueError, match="no"):
        finished(writer.add("bad"))
    assert finished(writer.add("good")) == "good"
    with pytest.raises(ZeroDivisionError):
        writer.run_now(lambda _: 1 // 0)
    assert writer.run_now(lambda store: store.closed) == 0
    writer.close()


def test_what_waits_is_written_before_it_closes():
    kept, written = Kept(), []
    writer = StoreWriter(lambda: kept, lambda _, entries: written.extend(entries) or entries)

    async def work():
        waiting = [asyncio.ensure_future(writer.add(number)) for number in range(5)]
        await asyncio.sleep(0)
        await asyncio.to_thread(writer.close)
        return await asyncio.gather(*waiting)

    assert finished(work()) == written == [0, 1, 2, 3, 4]
    assert kept.closed == 1


def test_a_store_that_cannot_be_opened_is_told_where_the_writer_is_made():
    def opened():
        raise OSError("no store")

    with pytest.raises(OSError, match="no store"):
        StoreWriter(opened, lambda _, entries: entries)


def test_rows_are_sealed_in_a_quiet_moment_once(monkeypatch):
    monkeypatch.setattr("tesoma_geo.workshop.writer.QUIET_S", 0.01)
    kept, sealed = Kept(), threading.Event()
    whole = kept.transaction

    @contextmanager
    def transaction():
        with whole():
            yield
        sealed.set()

    kept.transaction = transaction
    writer = StoreWriter(lambda: kept, lambda _, entries: entries)
    assert kept.sealed == 0  # nothing was asked of it
    finished(writer.add(1))
    assert sealed.wait(60)
    writer.close()
    assert (kept.sealed, kept.closed) == (1, 1)


def test_rows_are_sealed_at_the_end():
    kept = Kept()
    writer = StoreWriter(lambda: kept, lambda _, entries: entries)
    finished(writer.add(1))
    writer.close()
    assert (kept.sealed, kept.closed) == (1, 1)
