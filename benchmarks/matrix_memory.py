"""Memory of ``tesoma-geo matrix`` by who does its blocks.

``python -m benchmarks.matrix_memory WORKSPACE ORIGINS DESTINATIONS OUT``

Resident memory of each process, and of all together with what they share counted once (PSS), sampled every 0.05 s; on
Linux. A cluster is a scheduler and two workers of one thread, started here as ``docs/batch.md`` says.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from benchmarks.arguments import OUT, WORKSPACE, arguments, there

PAUSE_S = 0.05
WORKERS = 2


def started(stack: ExitStack, module: str, *arguments: str, folder: Path) -> int:
    """A process of a cluster, ended with the stack; its number."""
    command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
    with (folder / f"{module}.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process.pid


def cluster(stack: ExitStack, folder: Path) -> tuple[str, dict[int, str]]:
    """The address of a scheduler with two workers, and what each process is."""
    file = folder / "scheduler.json"
    plain = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    named = {started(stack, "dask_scheduler", *plain, folder=folder): "scheduler"}
    while not file.exists():
        time.sleep(PAUSE_S)
    address = json.loads(file.read_text())["address"]
    alone = ("--no-nanny", "--nthreads", "1", "--no-dashboard")
    for number in range(WORKERS):
        named[started(stack, "dask_worker", address, *alone, folder=folder)] = f"worker {number + 1}"
    return address, named


def children(process: int) -> list[int]:
    """Processes that a process began, and those that these began."""
    with suppress(OSError):
        direct = [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
        return direct + [below for one in direct for below in children(one)]
    return []


def memory_mb(process: int) -> tuple[float, float]:
    """Resident and proportional memory of a process now."""
    with suppress(OSError, ValueError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
        kb = {name: int(rest.split()[0]) for name, rest in (line.split(":") for line in lines)}
        return kb["Rss"] / 1024, kb["Pss"] / 1024
    return 0.0, 0.0


def measured(command: list[str], beside: dict[int, str]) -> dict[str, float]:
    """The most memory of a command, of the processes that it begins and of those beside it."""
    begin, resident, together = resource.getrusage(resource.RUSAGE_CHILDREN), dict[str, float](), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        mine = {one: f"process {number}" for number, one in enumerate(children(process.pid))}
        now = {what: memory_mb(one) for one, what in {process.pid: "command", **mine, **beside}.items()}
        for what, (rss, _) in now.items():
            resident[what] = max(rss, resident.get(what, 0.0))
        together = max(together, sum(pss for _, pss in now.values()))
        time.sleep(PAUSE_S)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor_s = end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime
    return {**resident, "together": together, "processor_s_without_cluster": processor_s}


def main(workspace: Path, origins: Path, destinations: Path, out: Path) -> None:
    """Each way in turn, to a file and to a folder; what was measured is printed as lines of JSON."""
    ask = [sys.executable, "-m", "tesoma_geo", "matrix", str(origins), str(destinations)]
    ask += ["--workspace", str(workspace), "--overwrite"]
    for scheduler in ("local", "processes", "cluster"):
        for place in (f"{out}/{scheduler}.parquet", f"{out}/{scheduler}/"):
            with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
                who, beside = cluster(stack, Path(folder)) if scheduler == "cluster" else (scheduler, {})
                told = measured([*ask, "--scheduler", who, "--out", place], beside)
                kind = "folder" if place.endswith("/") else "file"
            shown = {what: round(value, 1) for what, value in told.items()}
            print(json.dumps({"by": scheduler, "out": kind, **shown}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path.cwd()))
    points = "points as `tesoma-geo matrix` takes them"
    main(*arguments(__doc__, WORKSPACE, ("ORIGINS", there, points), ("DESTINATIONS", there, points), OUT))
