"""A real cluster on this machine: a scheduler and workers, each a process."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager


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


@contextmanager
def cluster_of_two(folder):
    """A scheduler and two workers of one thread: its address, and the workers."""
    with ExitStack() as running, scheduler(folder) as address:
        plain = ("--no-nanny", "--nthreads", "1", "--no-dashboard")
        yield address, [running.enter_context(process("dask_worker", address, *plain, cwd=folder)) for _ in range(2)]
