"""Processes that end while they work: nothing is lost, and nothing is done twice."""

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.batch.schedulers import in_turn, side_by_side
from tesoma_geo.batch.tasks import tasks_of
from tesoma_geo.batch.work import DistrictErrand
from tests.integration.batch.made_batches import content, sample_batch

BYTES = 8 * 10**9


def errands_of(workspace, folder):
    tasks = tasks_of(sample_batch(workspace, folder))
    return [DistrictErrand(task, "00", LocalFolder(folder / "out")) for task in tasks]


@pytest.mark.parametrize("ended", [1, 2])
def test_a_process_that_is_killed_loses_nothing(sample_workspace, tmp_path, ended):
    errands = errands_of(sample_workspace, tmp_path)[::-1]
    answers = side_by_side(errands, 2, BYTES)
    done = [next(answers)]
    for child in multiprocessing.active_children()[:ended]:
        os.kill(child.pid, signal.SIGKILL)
    done += answers
    assert sorted(one.district for one in done) == sorted(errand.name for errand in errands)
    assert [one.district for one in done if one.failed] == ["900106"]
    left = content(tmp_path / "out")
    assert sum(name.startswith("cells/") for name in left) == 2
    assert sum(name.startswith("records/") for name in left) == 3


def test_what_needs_more_memory_than_there_is_fails_and_the_batch_ends(sample_workspace, tmp_path):
    (one,) = side_by_side(errands_of(sample_workspace, tmp_path)[:1], 1, 10**8)
    assert one.failed
    assert "memory" in one.record["reason"]


@dataclass(frozen=True)
class Meeting:
    """A task that ends when all have begun, and tells which cores it may use."""

    name: str
    folder: Path
    others: int

    def do(self):
        (self.folder / self.name).touch()
        while len(list(self.folder.iterdir())) < self.others:
            time.sleep(0.01)
        return os.getpid(), os.sched_getaffinity(0)

    def fail(self, reason):
        return reason, set()


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system binds no process")
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_processes_share_the_cores_out(tmp_path, workers):
    done = list(side_by_side([Meeting(str(number), tmp_path, workers) for number in range(workers)], workers))
    ours, theirs = os.sched_getaffinity(0), [cores for _, cores in done]
    assert len({process for process, _ in done}) == workers
    assert set().union(*theirs) <= ours
    assert all(theirs)
    if workers <= len(ours):
        assert sum(map(len, theirs)) == len(ours)  # each core is one process's


def test_nothing_to_do_is_done_at_once():
    assert list(in_turn([], BYTES)) == []
    assert list(side_by_side([], 2, BYTES)) == []
