"""Work shared out over forked processes: all of it done, in order, and what fails told as it was raised."""

import os
import signal
import subprocess
import sys
import threading
from functools import partial

import pytest

from tesoma_geo import _processes
from tesoma_geo._processes import in_processes
from tesoma_geo._threads import in_threads
from tesoma_geo.errors import InputError


@pytest.fixture(params=[1, 3])
def some_cores(request, monkeypatch):
    monkeypatch.setattr(_processes, "cores", lambda: request.param)
    return request.param


def test_results_come_in_the_order_of_the_tasks(some_cores):
    assert in_processes([partial(pow, number, 2) for number in range(20)]) == [number**2 for number in range(20)]
    assert in_processes([]) == []


def test_an_error_is_raised_as_it_was(some_cores):
    def fails():
        raise InputError("the fourth is missing", "Add it")

    with pytest.raises(InputError, match="the fourth is missing"):
        in_processes([fails, *[partial(pow, 2, 2)] * 10])
    assert in_processes([partial(pow, 2, 2)]) == [4]


def test_what_cannot_be_pickled_is_told_as_text(some_cores):
    class OddError(Exception):
        def __reduce__(self):
            raise TypeError

    def fails():
        raise OddError("no way to pack it")

    with pytest.raises((OddError, RuntimeError), match="no way to pack it"):
        in_processes([fails] * 4)


def test_processes_share_out_work_within(some_cores):
    def inner(number):
        return sum(in_threads([partial(int, number) for _ in range(5)])), sum(
            in_processes([partial(int, number) for _ in range(5)])
        )

    assert in_processes([partial(inner, number) for number in range(6)]) == [(5 * n, 5 * n) for n in range(6)]


def test_a_process_that_is_ended_is_told(monkeypatch):
    monkeypatch.setattr(_processes, "cores", lambda: 2)
    here, begun = os.getpid(), threading.Event()
    if not _processes._may_fork():
        pytest.skip("nothing is forked here")

    def ended():
        if os.getpid() != here:
            os._exit(9)
        return begun.wait(0.05)

    with pytest.raises(RuntimeError, match="ended with status"):
        in_processes([ended] * 40)


def test_beside_another_thread_nothing_is_forked(monkeypatch):
    monkeypatch.setattr(_processes, "cores", lambda: 3)
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert set(in_processes([os.getpid] * 8)) == {os.getpid()}
    finally:
        stop.set()
        other.join()


FORKED = """
import os, time
from tesoma_geo._processes import end_with_parent
here = os.getpid()
if os.fork() == 0:
    end_with_parent(here)
    print("begun", flush=True)
time.sleep(600)
"""
OF_A_BATCH = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from tesoma_geo.batch.schedulers import _begin
context = multiprocessing.get_context("spawn")
shares = context.SimpleQueue()
shares.put(set())
with ProcessPoolExecutor(1, context, _begin, (10**10, os.getpid(), shares)) as pool:
    pool.submit(abs, 1).result()
    print("begun", flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the system ends no process with its parent")
@pytest.mark.parametrize("code", [FORKED, OF_A_BATCH], ids=["forked", "of a batch"])
def test_a_helper_ends_with_a_parent_that_is_killed(code):
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout.readline() == b"begun\n"
        parent.send_signal(signal.SIGKILL)
        # The helper writes to the same pipe, whose end is seen only when both are gone.
        assert parent.communicate(timeout=300) == (b"", None)
