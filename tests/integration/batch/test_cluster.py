"""A real cluster of a scheduler and two workers, each a process: the same bytes, and nothing lost with a worker."""

import signal

import pytest

from tesoma_geo.batch.cluster import on_cluster
from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.batch.schedulers import in_turn
from tesoma_geo.batch.tasks import Task, tasks_of
from tesoma_geo.batch.work import DistrictErrand
from tesoma_geo.errors import InputError
from tesoma_geo.workspace import Workspace
from tests.integration.batch.local_cluster import cluster_of_two, scheduler
from tests.integration.batch.made_batches import content, sample_batch

pytest.importorskip("distributed")


def test_a_cluster_without_workers_is_told_and_ends_the_batch(sample_workspace, tmp_path):
    told = []
    task = Task("a", "A", Workspace.load(sample_workspace))
    errand = DistrictErrand(task, "00", LocalFolder(tmp_path / "out"))
    with scheduler(tmp_path) as address:
        answers = on_cluster(address, [errand], 0.5, told.append)
        with pytest.raises(
            InputError, match=rf"at {address} has had no worker for .* min\. Start workers \(dask worker"
        ):
            next(answers)
    assert told
    assert f"no worker at {address} for 0 s; one is started with: dask worker {address}" == told[0]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("ahead", [512, 1])
def test_the_same_bytes_as_in_turn_though_a_worker_is_killed(sample_workspace, tmp_path, monkeypatch, ahead):
    monkeypatch.setattr("tesoma_geo.batch.cluster.AHEAD", ahead)  # all districts are told at once, or each in its turn
    tasks = tasks_of(sample_batch(sample_workspace, tmp_path))[::-1]
    here, there = (
        [DistrictErrand(task, "00", LocalFolder(tmp_path / name)) for task in tasks] for name in ("serial", "cluster")
    )
    list(in_turn(here, 8 * 10**9))
    with cluster_of_two(tmp_path) as (address, workers):
        answers = on_cluster(address, there)
        done = [next(answers)]
        workers[0].send_signal(signal.SIGKILL)
        done += answers
    assert sorted(one.district for one in done) == sorted(errand.name for errand in there)
    serial, other = content(tmp_path / "serial"), content(tmp_path / "cluster")
    assert {name: data for name, data in other.items() if not name.startswith(".drafts")} == serial
