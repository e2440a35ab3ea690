"""Processes that end while they work: nothing is lost, and nothing is done twice."""

import multiprocessing
import os
import signal

import pytest

from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.batch.schedulers import in_turn, side_by_side
from tesoma_geo.batch.tasks import tasks_of
from tests.integration.batch.made_batches import content, sample_batch

BYTES = 8 * 10**9


@pytest.mark.parametrize("ended", [1, 2])
def test_a_process_that_is_killed_loses_nothing(sample_workspace, tmp_path, ended):
    tasks = tasks_of(sample_batch(sample_workspace, tmp_path))[::-1]
    keys = {task.district: "00" for task in tasks}
    answers = side_by_side(tasks, keys, LocalFolder(tmp_path / "out"), 2, BYTES)
    done = [next(answers)]
    for child in multiprocessing.active_children()[:ended]:
        os.kill(child.pid, signal.SIGKILL)
    done += answers
    assert sorted(one.district for one in done) == sorted(keys)
    assert [one.district for one in done if one.failed] == ["900106"]
    left = content(tmp_path / "out")
    assert sum(name.startswith("cells/") for name in left) == 2
    assert sum(name.startswith("records/") for name in left) == 3


def test_what_needs_more_memory_than_there_is_fails_and_the_batch_ends(sample_workspace, tmp_path):
    tasks = tasks_of(sample_batch(sample_workspace, tmp_path))[:1]
    keys = {task.district: "00" for task in tasks}
    (one,) = side_by_side(tasks, keys, LocalFolder(tmp_path / "out"), 1, 10**8)
    assert one.failed
    assert "memory" in one.record["reason"]


def test_nothing_to_do_is_done_at_once(tmp_path):
    assert list(in_turn([], {}, LocalFolder(tmp_path), 1, BYTES)) == []
    assert list(side_by_side([], {}, LocalFolder(tmp_path), 2, BYTES)) == []
