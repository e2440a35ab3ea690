"""Two nightly jobs that overlap: ``python -m benchmarks.overlapping_nights SECONDS [FOLDER]``.

A small district in FOLDER (a temporary one unless named). Two processes, each again and again: `annotations import`,
`run`, `annotations publish`, `site` and `store backup`, all with ``--overwrite`` into the same folders and over the
same store and the same cache. A third looks at the results all the time: what stands under their names must be whole,
file for file as its mark says, at every look. Printed as JSON: calls that were done, that gave way to the other with a
word, whatever else they said, looks, looks that found anything half, and what is left at the end.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.arguments import arguments
from tesoma_geo._result_mark import require_ours
from tesoma_geo.annotations.geopackage import GeoPackage
from tesoma_geo.errors import TesomaError
from tests.conftest import CRS
from tests.small_district import SmallDistrict

COMMANDS = (
    ("annotations", "import"),
    ("run", "--out", "out", "--overwrite"),
    ("annotations", "publish", "--out", "public", "--overwrite"),
    ("site", "--out", "site", "--overwrite"),
    ("store", "backup"),
)
RESULTS = ("out", "public", "site")
#: What a job may say that gives way to the other one.
GIVES_WAY = ("another tesoma-geo is at work", "came into being or changed while this command worked")


def night(folder: Path, end: float, number: int) -> Counter[str]:
    """One job after the other until the end; what each call came to."""
    told: Counter[str] = Counter()
    while time.monotonic() < end:
        for words in COMMANDS:
            done = subprocess.run(
                [sys.executable, "-m", "tesoma_geo", *words, "--workspace", "tesoma.toml"],
                cwd=folder, capture_output=True, text=True, check=False,
                env={**os.environ, "TESOMA_GEO_CACHE": str(folder / "cache"), "OMP_NUM_THREADS": "1"},
            )  # fmt: skip
            name = " ".join(words[:2] if words[0] in ("annotations", "store") else words[:1])
            gave_way = any(text in done.stderr for text in GIVES_WAY)
            ending = "done" if done.returncode == 0 else "gave way" if gave_way else f"exit {done.returncode}"
            told[f"{name}: {ending}"] += 1
            if ending.startswith("exit"):
                told[f"{name} said: {done.stderr.strip()[-300:]}"] += 1
            told["tracebacks"] += "Traceback" in done.stderr
    told[f"rounds of job {number} ended"] = 1
    return told


def looks(folder: Path, end: float) -> Counter[str]:
    """Look at the results until the end: each is whole, or not there yet."""
    told: Counter[str] = Counter()
    while time.monotonic() < end:
        for name in RESULTS:
            place = folder / name
            for attempt in range(2):
                try:
                    before = place.stat().st_ino if place.exists() else None
                    if before is None:
                        break
                    require_ours(place, place)
                    told["whole"] += 1
                except (TesomaError, OSError) as error:
                    # The folder may have been replaced between the reading of its mark and of its files.
                    if attempt == 0 and not (place.exists() and place.stat().st_ino == before):
                        continue
                    told[f"not whole: {error}"] += 1
                break
        time.sleep(0.2)
    return told


def main(seconds: float, folder: Path) -> dict[str, Any]:
    """Both jobs and the looking for so long; then what is left."""
    SmallDistrict().write(folder)
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(3) as pool:
        jobs = [pool.submit(night, folder, end, number) for number in range(2)]
        looked = pool.submit(looks, folder, end)
        calls = sum((job.result() for job in jobs), Counter[str]())
    with closing(GeoPackage.open(folder / "annotations.gpkg", CRS)) as store:
        annotations = store.query("SELECT count(*) FROM annotations")[0][0]
    left = sorted(path.name for path in folder.iterdir() if path.name.startswith("."))
    return {
        "seconds": seconds,
        "calls": dict(calls),
        "looks": dict(looked.result()),
        "annotations": annotations,
        "left": left,
    }


if __name__ == "__main__":
    seconds, *named = arguments(
        __doc__, ("SECONDS", float, "how long"), optional=("FOLDER", Path, "a temporary one unless named")
    )
    with tempfile.TemporaryDirectory() as temporary:
        place = named[0] if named else Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        print(json.dumps(main(seconds, place), indent=1))
