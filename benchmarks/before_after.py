"""The lines of the street benchmark at earlier commits and now: ``python -m benchmarks.before_after BEFORE REBUILT``.

``BEFORE`` is a7ab7f9, ``REBUILT`` is 3762f67, when the layout had been rebuilt and no street was read otherwise yet.
All check-outs measure themselves with their own benchmark, in processes of their own that take turns on one machine,
and ``before_after.md`` is written up to its first heading; what follows was written by hand. Compared is the least
processor time of all repetitions, and the median of peaks of memory.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import commit_of, measured_on, pretty

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
ROUNDS = 4
#: How often a check-out reads the file and builds its network, without and with what it kept; fewer than the tasks.
READINGS = 2

#: A check-out's own benchmark by the clock of the processor: what else the machine does is not counted.
BY_PROCESSOR_TIME = """
import sys, time, types
from pathlib import Path
from benchmarks import ours, timing
timing.time = types.SimpleNamespace(perf_counter=time.process_time)
ours.main(*map(Path, sys.argv[1:4]))
"""

#: From the file to the first answer: without what was kept on disk, with it, and with it from a new process on.
READY = """
import json, os, resource, subprocess, sys, time, types
from pathlib import Path
from benchmarks import readiness

def processor_s():  # with that of the process that reads the file
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)

readiness.time = types.SimpleNamespace(perf_counter=processor_s)
osm, elevation, out = map(Path, sys.argv[1:4])
command = [sys.executable, "-c", readiness.NEW_PROCESS.format(str(osm), str(elevation))]
seconds = {"read": [], "ready": [], "ready_cached": [], "ready_new_process": []}
for number in range(int(sys.argv[4]) + 1):
    os.environ["TESOMA_GEO_CACHE"] = str(out / f"cache-{number}")
    built = readiness.stages(osm, elevation)
    kept = readiness.stages(osm, elevation)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if number:  # the first one loads what all need
        measured = (built["read"], sum(built.values()), sum(kept.values()), started)
        for name, found in zip(seconds, measured, strict=True):
            seconds[name].append(found)
(out / "ready.json").write_text(json.dumps(seconds))
"""

#: What is measured, and why it moved since a7ab7f9.
LINES = {
    "one_to_all": (
        "one-to-all, single",
        "the graph has copies of the nodes on private streets, for the first and the last run of a trip: 11,000 more "
        "to sweep, and answers by node are picked from them",
    ),
    "matrix": ("2,000 × 500 matrix", "the same copies"),
    "sum_500": ("sum of 500 opportunities within 1,200 m, all nodes", "the same copies"),
    "sum_5000": ("sum of 5,000 within 20 min, all nodes", "the same copies"),
    "edit_sum": (
        "100 edges changed → 500-opportunity sums again",
        "the same copies; costs of all edges are laid out first",
    ),
    "customise": ("all costs changed: customise again", "more arcs, and the costs of private runs and turns"),
    "isochrones": (
        "isochrones 5/10/15/20/30 min of the hub",
        "the same copies; times at both ends of edges for each run",
    ),
    "read": (
        "PBF → network with tags",
        "read as columns, in a process of its own since the file is untrusted; relations, squares with what stands on "
        "them, floors, obstacles and more tags",
    ),
    "ready": ("query-ready from PBF, one profile", "heights along the streets, as in the next line"),
    "ready_cached": (
        "query-ready from cache",
        "heights are smoothed along the streets, which takes 0.6 s and is kept since; costs by more rules 0.2 s "
        "instead of 0.08",
    ),
    "ready_new_process": ("the same, a new Python process and imports included", "the same; more modules"),
}
MEMORY = "peak memory of all tasks on a warm router"


def measured_in(checkout: Path, folder: Path) -> dict[str, list[float]]:
    """Seconds of every repetition of each task, as a check-out measures itself in a process of its own."""
    files = (DATA / "tampere.osm.pbf", DATA / "tampere_dem_50m.tif", folder)
    folder.mkdir()
    command = [sys.executable, "-c", BY_PROCESSOR_TIME, *map(str, files)]
    subprocess.run(command, check=True, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)})
    results = json.loads((folder / "ours.json").read_text())
    size = results["size"]
    told = {name: results[name]["seconds"] for name in LINES if name in results}
    ready = [sys.executable, "-c", READY, *map(str, files), str(READINGS)]
    subprocess.run(ready, check=True, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)})
    told |= json.loads((folder / "ready.json").read_text())
    return told | {name: [size[name]] for name in ("nodes", "arcs")} | {"peak_mb": [results["peak_mb"]]}


def main() -> None:
    """Measure both in turns and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for side in ("before", "rebuilt"):
        parser.add_argument(side, type=Path, help="the earlier commit, checked out with its kernels compiled")
    given = parser.parse_args()
    sides = {"before": given.before.resolve(), "rebuilt": given.rebuilt.resolve(), "after": HERE.parent.resolve()}
    seconds: dict[str, dict[str, list[float]]] = {side: {} for side in sides}
    loads = []
    with tempfile.TemporaryDirectory() as name:
        for turn in range(ROUNDS):
            for side, checkout in sides.items():
                for task, found in measured_in(checkout, Path(name, f"{side}-{turn}")).items():
                    seconds[side].setdefault(task, []).extend(found)
                loads.append(os.getloadavg()[0])
    rows = []
    for task, (line, reason) in LINES.items():
        before, rebuilt, after = (min(seconds[side][task]) for side in sides)
        shares = f"{rebuilt / before:.2f} | {after / before:.2f}"
        rows.append(f"| {line} | {pretty(before)} | {pretty(rebuilt)} | {pretty(after)} | {shares} | {reason} |")
    peaks = [statistics.median(seconds[side]["peak_mb"]) for side in sides]
    shares = " | ".join(f"{peak / peaks[0]:.2f}" for peak in peaks[1:])
    rows.append(f"| {MEMORY} | {' | '.join(f'{peak:.0f} MB' for peak in peaks)} | {shares} | the same copies |")
    nodes, arcs = ([int(seconds[side][what][0]) for side in ("before", "after")] for what in ("nodes", "arcs"))
    text = f"""# The street benchmark before and after

Walking in Tampere with grade, at {commit_of(sides["before"])}, at {commit_of(sides["rebuilt"])} (the layout rebuilt,
the streets read as before) and at {commit_of(sides["after"])}, each measured by its own benchmark in processes of
their own that took turns, {ROUNDS} each; processor time of all threads together, the least of all repetitions.
Every line of [the street benchmark](results.md) is here; what begins with the file is done {READINGS} times a turn.
Before and now there are {nodes[0]:,} and {nodes[1]:,} nodes of streets (barriers have some of their own now), and
{arcs[0]:,} and {arcs[1]:,} arcs of the contracted graph.

{measured_on(loads, sides["after"])}

| task | before | rebuilt | now | rebuilt / before | now / before | what it pays for |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}

What it pays for is told by the size of the graph in the table. What begins with the file is counted with the process
that reads it.
"""
    page = HERE / "before_after.md"
    _, _, written_by_hand = page.read_text(encoding="utf-8").partition("\n## ")
    page.write_text(f"{text}\n## {written_by_hand}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
