"""A real cluster of a scheduler and two workers, each a process: the same bytes, and nothing lost with a worker."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest

from tesoma_geo.batch.cluster import on_cluster
from tesoma_geo.batch.results import LocalFolder
from tesoma_geo.batch.schedulers import in_turn
from tesoma_geo.batch.tasks import Task, tasks_of
from tesoma_geo.errors import InputError
from tesoma_geo.workspace import Workspace
from tests.integration.batch.made_batches import content, sample_batch

pytest.importorskip("distributed")


@contextmanager
def process(module, *arguments, cwd):
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", f"distributed.cli.{module}", *map(str, arguments)]
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(command, cwd=cwd, stdout=quiet, stderr=quiet, env=path)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


@contextmanager
def scheduler(folder):
    """A scheduler of its own; its address."""
    file = folder / "scheduler.json"
    plain = ("--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", file)
    with process("dask_scheduler", *plain, cwd=folder):
        while not file.exists():
            time.sleep(0.05)
        yield json.loads(file.read_text(encoding="utf-8"))["address"]


def test_a_cluster_without_workers_is_told_and_ends_the_batch(sample_workspace, tmp_path):
    told = []
    task = Task("a", "A", Workspace.load(sample_workspace))
    with scheduler(tmp_path) as address:
        answers = on_cluster(address, [task], {"a": "00"}, LocalFolder(tmp_path / "out"), 0.5, told.append)
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
    keys = {task.district: "00" for task in tasks}
    list(in_turn(tasks, keys, LocalFolder(tmp_path / "serial"), 1, 8 * 10**9))
    with ExitStack() as cluster:
        address = cluster.enter_context(scheduler(tmp_path))
        plain = ("--no-nanny", "--nthreads", "1", "--no-dashboard")
        workers = [cluster.enter_context(process("dask_worker", address, *plain, cwd=tmp_path)) for _ in range(2)]
        answers = on_cluster(address, tasks, keys, LocalFolder(tmp_path / "cluster"))
        done = [next(answers)]
        workers[0].send_signal(signal.SIGKILL)
        done += answers
    assert sorted(one.district for one in done) == sorted(keys)
    serial, other = content(tmp_path / "serial"), content(tmp_path / "cluster")
    assert {name: data for name, data in other.items() if not name.startswith(".drafts")} == serial
