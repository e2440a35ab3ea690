"""From the file to the first answer: read, contracted, customised; without and with what was kept on disk.

Measured in a process that has imported everything and loaded its kernels, and once more from
the start of a new process.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.arguments import ELEVATION, OSM, OUT, arguments

STAGES = ("read", "contract", "elevation", "costs", "first answer")
NEW_PROCESS = "from benchmarks.readiness import stages; from pathlib import Path; stages(Path({!r}), Path({!r}))"
REPEAT = 5


def stages(osm: Path, elevation: Path) -> dict[str, float]:
    """Seconds of each stage."""
    import tesoma_geo as tg

    ends = [time.perf_counter()]
    network = tg.StreetNetwork.from_osm(osm)
    ends.append(time.perf_counter())
    network.hierarchy  # noqa: B018 - contracted when first asked for
    ends.append(time.perf_counter())
    network = network.with_elevation(elevation)
    ends.append(time.perf_counter())
    router = network.router("walk")
    ends.append(time.perf_counter())
    router.engine.times([0], [0])
    ends.append(time.perf_counter())
    return {stage: end - begin for stage, begin, end in zip(STAGES, ends, ends[1:], strict=False)}


def main(osm: Path, elevation: Path, out: Path) -> None:
    """Measure and write to the folder ``out``."""
    os.environ["TESOMA_GEO_CACHE"] = str(out / "cache")
    stages(osm, elevation)
    built, kept, started = [], [], []
    for i in range(REPEAT):
        os.environ["TESOMA_GEO_CACHE"] = str(out / f"cache-{i}")
        built.append(stages(osm, elevation))
        kept.append(stages(osm, elevation))
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", NEW_PROCESS.format(str(osm), str(elevation))], check=True)
        started.append(time.perf_counter() - begin)
    results = {
        "read": {"seconds": [run["read"] for run in built]},
        "ready": {"seconds": [sum(run.values()) for run in built]},
        "ready_cached": {"seconds": [sum(run.values()) for run in kept]},
        "ready_new_process": {"seconds": started},
        "stages": {
            name: {stage: sorted(run[stage] for run in runs)[REPEAT // 2] for stage in STAGES}
            for name, runs in (("ready", built), ("ready_cached", kept))
        },
    }
    (out / "readiness.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main(*arguments(__doc__, OSM, ELEVATION, OUT))
