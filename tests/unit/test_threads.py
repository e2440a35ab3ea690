"""Work shared out over the cores: all of it done, in order, whatever shares out work within."""

import threading
import time
from functools import partial

import pytest

from tesoma_geo import _threads
from tesoma_geo._threads import cores, in_threads


@pytest.fixture(params=[1, 2, 5])
def some_cores(request, monkeypatch):
    _threads._pool.cache_clear()
    monkeypatch.setattr(_threads, "cores", lambda: request.param)
    yield request.param
    _threads._pool.cache_clear()


def test_there_is_a_core():
    assert cores() >= 1


def test_results_come_in_the_order_of_the_tasks(some_cores):
    def late(number):
        time.sleep(0.001 * (7 - number))
        return number

    assert in_threads([partial(late, number) for number in range(7)]) == list(range(7))
    assert in_threads([]) == []


def test_no_more_threads_work_than_there_are_cores(some_cores):
    seen = set()
    in_threads([lambda: (seen.add(threading.get_ident()), time.sleep(0.002)) for _ in range(40)])
    assert len(seen) <= some_cores


def test_the_threads_of_a_pool_are_those_of_the_next_call(some_cores):
    def together():
        meet.wait(60)
        return threading.current_thread()

    met = set()
    for _ in range(10):
        meet = threading.Barrier(some_cores)
        met.update(in_threads([together] * some_cores))
    assert len(met - {threading.current_thread()}) <= some_cores  # pools of their own would have had ten times as many
    assert len(met) >= some_cores


def test_no_more_threads_work_than_are_asked_for(some_cores):
    seen = set()
    done = in_threads([lambda: (seen.add(threading.get_ident()), time.sleep(0.002)) for _ in range(20)], most=1)
    assert seen == {threading.get_ident()}
    assert len(done) == 20


def test_shared_work_may_share_out_work(some_cores):
    def inner(number):
        return sum(in_threads([partial(int, number) for _ in range(20)]))

    assert in_threads([partial(inner, number) for number in range(20)]) == [20 * number for number in range(20)]


def test_an_error_reaches_the_caller_and_the_pool_goes_on(some_cores):
    def fails():
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        in_threads([fails, *[lambda: 1] * 10])
    assert in_threads([lambda: 1] * 10) == [1] * 10
