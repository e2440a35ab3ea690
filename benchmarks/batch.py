"""A batch at work, measured: ``python -m benchmarks.batch areas|kills|tasks OUT [BATCH.toml [WAY…]]``.

``areas`` does the districts of BATCH.toml (all of Tampere unless named) one after the other, in two processes and on a
real Dask cluster (a scheduler and two workers, each a process), and compares every byte; or in the named ways alone
(``serial processes cluster``), compared with those that were done into the same folder before. ``kills`` ends a worker
at a random moment in each of 20 runs over 20 small districts, in one of them scheduler and workers. ``tasks`` sends
10,000 made-up tasks through one scheduler and watches its memory.
"""

import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.arguments import OUT, arguments, choice_of, there

ROOT = Path(__file__).resolve().parents[1]
DISTRICTS, RUNS, TASKS = 20, 20, 10_000
ALL_AREAS = Path(__file__).with_name("all_areas.toml")
WAYS = ("serial", "processes", "cluster")
WORKERS = ("worker-0", "worker-1")


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own."""

    folder: Path
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def begin(self, name: str) -> None:
        """Start ``scheduler``, or the worker of that name."""
        if name == "scheduler":
            words = ["dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port)]
        else:
            own = self.folder / name
            words = ["dask_worker", self.address, "--no-nanny", "--nthreads", "1", "--local-directory", str(own)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{words[0]}", *words[1:], "--no-dashboard"],
                cwd=self.folder, stdout=log, stderr=log, env=environment,
            )  # fmt: skip

    def end(self, name: str, sign: int = signal.SIGKILL) -> None:
        """End one of them; its processor time is counted as that of a child."""
        process = self.running.pop(name)
        process.send_signal(sign)
        process.wait()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster on this machine for as long as the block."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Cluster(folder, random.randint(20000, 40000))
    made.begin("scheduler")
    for number in range(workers):
        made.begin(f"worker-{number}")
    try:
        yield made
    finally:
        for name in list(made.running):
            made.end(name)


def processor_s() -> float:
    """User and system seconds of this process and of its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def digests(out: Path) -> dict[str, str]:
    """Every file of a finished batch and its digest."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def command(batch: Path | list[str], out: Path, *further: str) -> list[str]:
    """A call of ``tesoma-geo batch``."""
    named = batch if isinstance(batch, list) else [str(batch)]
    return [sys.executable, "-m", "tesoma_geo", "batch", *named, "--out", str(out), "-q", *further]


def called(words: list[str]) -> int:
    """A call's exit code."""
    return subprocess.run(
        words, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, check=False
    ).returncode


def areas(out: Path, batch: Path, which: tuple[str, ...]) -> None:
    """The districts of a batch in each way, and whether all files are the same."""
    for way in which:
        shutil.rmtree(out / way, ignore_errors=True)
        began, spent = time.perf_counter(), processor_s()
        if way == "cluster":
            with cluster(out / "cluster-work") as made:
                code = called(command(batch, out / way, "--scheduler", made.address))
        else:
            further = () if way == "serial" else ("--scheduler", "processes", "--workers", "2")
            code = called(command(batch, out / way, *further))
        told = {"way": way, "code": code, "clock_s": time.perf_counter() - began, "processor_s": processor_s() - spent}
        (out / f"{way}.json").write_text(json.dumps({**told, "files": digests(out / way)}))
        print({**told, "districts": len(list((out / way / "records").glob("*.json")))}, flush=True)
    done = [path for way in WAYS if (path := out / f"{way}.json").exists()]
    files = [json.loads(path.read_text())["files"] for path in done]
    print({"same": all(one == files[0] for one in files), "files": len(files[0]), "compared": len(files)}, flush=True)


def small_batch(folder: Path) -> Path:
    """Twenty small districts of a made-up square kilometre, written into a folder: its file of a batch."""
    import geopandas as gpd

    from tests.conftest import CRS
    from tests.small_district import SmallDistrict, square

    folder.mkdir(parents=True, exist_ok=True)
    squares = [square(250 * x, 200 * y, 250 * x + 250, 200 * y + 200) for y in range(5) for x in range(4)]
    codes = [f"d{number:02d}" for number in range(DISTRICTS)]
    people = {"residents": [100 + number for number in range(DISTRICTS)], "age_0_17": 20, "age_18_64": 50}
    areas = gpd.GeoDataFrame({"code": codes, "name": codes, **people}, geometry=squares, crs=CRS)
    areas["age_65"] = areas["residents"] - areas["age_0_17"] - areas["age_18_64"]
    SmallDistrict(areas=areas).write(folder)
    lines = 'template = "tesoma.toml"\nprofiles = ["walk"]\n[districts]\nid = "code"\nsource = "areas.gpkg"\n'
    (folder / "batch.toml").write_text(lines, encoding="utf-8")
    return folder / "batch.toml"


def kills(out: Path) -> None:
    """A worker ended at a random moment of each run, the scheduler besides once; every file must be as without."""
    batch, random_moment = small_batch(out / "small"), random.Random(20)
    called(command(batch, out / "serial"))
    right = digests(out / "serial")
    assert len([name for name in right if name.startswith("cells/")]) == DISTRICTS
    told = []
    with cluster(out / "work") as made:
        for run in range(RUNS):
            shutil.rmtree(out / "killed", ignore_errors=True)
            began, whom = time.perf_counter(), "scheduler" if run == RUNS // 2 else random_moment.choice(WORKERS)
            process = subprocess.Popen(
                command(batch, out / "killed", "--scheduler", made.address),
                env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            # After a random number of districts, at a random moment of the one that follows.
            after, more_s = random_moment.randrange(DISTRICTS), random_moment.uniform(0, 1)
            while process.poll() is None and len(list((out / "killed" / "records").glob("*.json"))) < after:
                time.sleep(0.02)
            with suppress(subprocess.TimeoutExpired):
                process.wait(more_s)
            done = len(list((out / "killed" / "records").glob("*.json")))
            running = process.poll() is None
            for name in ("scheduler", *WORKERS) if whom == "scheduler" else (whom,):  # workers end with their scheduler
                made.end(name)
                made.begin(name)
            code = process.wait(600)
            told.append({"run": run, "ended": whom, "done": done, "running": running, "code": code,
                         "same": digests(out / "killed") == right, "s": time.perf_counter() - began})  # fmt: skip
            print(told[-1], flush=True)
    print({"runs": RUNS, "whole": sum(one["same"] and one["code"] == 0 for one in told),
           "in the midst": sum(one["running"] for one in told)}, flush=True)  # fmt: skip


def tasks(out: Path) -> None:
    """Made-up districts through one scheduler: how long each takes, and how its memory grows."""
    from tesoma_geo.batch.cluster import on_cluster
    from tesoma_geo.batch.file import Batch
    from tesoma_geo.batch.results import LocalFolder
    from tesoma_geo.batch.tasks import Task, tasks_of
    from tesoma_geo.batch.work import DistrictErrand

    first = tasks_of(Batch.load(small_batch(out / "small")))[0]
    many = [Task(f"t{number:05d}", "made up", first.workspace, fault="made up") for number in range(TASKS)]
    shutil.rmtree(out / "tasks", ignore_errors=True)
    with cluster(out / "work") as made:
        scheduler = psutil.Process(made.running["scheduler"].pid)
        began, sizes, seen = time.perf_counter(), [], set()
        errands = [DistrictErrand(task, "0", LocalFolder((out / "tasks").absolute())) for task in many]
        for number, one in enumerate(on_cluster(made.address, errands)):
            seen.add(one.district)
            if number % 250 == 249:
                sizes.append(scheduler.memory_info().rss / 1e6)
        spent = time.perf_counter() - began
    steady = sizes[len(sizes) // 10 :]
    print({"tasks": len(seen), "records": len(list((out / "tasks" / "records").iterdir())),
           "ms_a_task": 1000 * spent / TASKS, "scheduler_mb": [round(size) for size in sizes[::4]],
           "growth": max(steady) / steady[0] - 1}, flush=True)  # fmt: skip


if __name__ == "__main__":
    what = {"areas": areas, "kills": kills, "tasks": tasks}
    batch = ("BATCH.toml", there, f"of areas; {ALL_AREAS.name} of this folder unless named")
    way = ("WAY", choice_of(WAYS), f"of areas: {', '.join(WAYS)}; each unless named")
    which = ("WHAT", choice_of(what), ", ".join(what))
    name, out, *told = arguments(__doc__, which, OUT, optional=batch, many=way)
    if name == "areas":
        file, *ways = told or [ALL_AREAS]
        areas(out, file, tuple(ways) or WAYS)
    else:
        what[name](out)
