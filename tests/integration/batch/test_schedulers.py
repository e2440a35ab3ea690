"""Processes that end while they work: nothing is lost, and nothing is done twice."""

import multiprocessing
import os
import signal

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


def test_nothing_to_do_is_done_at_once():
    assert list(in_turn([], BYTES)) == []
    assert list(side_by_side([], 2, BYTES)) == []
