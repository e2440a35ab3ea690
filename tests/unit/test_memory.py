"""The most memory of this process and its helpers, step by step, and what is given back of it."""

import os
import sys

import numpy as np
import pytest

from tesoma_geo import _processes
from tesoma_geo._memory import MemoryWatch, give_back, peak_mb, resident_mb, took_beside
from tesoma_geo._processes import in_processes


def test_what_was_taken_is_counted_in_megabytes():
    held = np.ones(12_500_000)
    assert held.nbytes / 1e6 < peak_mb() < 100_000


@pytest.mark.skipif(sys.platform != "linux", reason="the allocator of other systems gives back by itself")
def test_what_was_freed_between_what_is_held_is_given_back():
    held = [np.ones(2_000) for _ in range(10_000)]
    del held[1:-1]
    before = resident_mb()
    give_back()
    assert resident_mb() < before - 100
    assert held[-1][0] == 1.0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell the most since the process began alone")
def test_each_watch_tells_the_most_since_it_began_also_where_others_began_and_ended_meanwhile():
    whole = MemoryWatch()
    first = MemoryWatch()
    del_me = np.ones(25_000_000)
    del del_me
    first_mb = first.end()
    second = MemoryWatch()
    before_mb = resident_mb()
    second_mb = second.end()
    assert first_mb > before_mb + 150
    assert second_mb < before_mb + 50
    assert whole.end() >= first_mb
    assert peak_mb() >= first_mb - 0.1


def test_what_helpers_take_is_counted_together_where_they_work_side_by_side():
    watch = MemoryWatch()
    took_beside([100.0, 30.0])
    took_beside([60.0])  # after the others
    alone_mb = MemoryWatch().end()
    assert watch.end() == pytest.approx(alone_mb + 130, abs=20)


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere")
def test_a_step_s_memory_is_also_that_of_processes_forked_for_it(monkeypatch):
    monkeypatch.setattr(_processes, "cores", lambda: 2)

    here, (inlet, outlet) = os.getpid(), os.pipe()

    def large():
        if os.getpid() == here:
            os.read(inlet, 1)  # the other one is the helper's
            return 0.0
        taken = float(np.ones(25_000_000).sum())
        os.write(outlet, b".")
        return taken

    watch, before_mb = MemoryWatch(), resident_mb()
    assert 25e6 in in_processes([large] * 2)
    os.close(inlet)
    os.close(outlet)
    assert watch.end() > before_mb + 150
