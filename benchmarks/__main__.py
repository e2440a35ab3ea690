"""``python -m benchmarks``: measure this package and its peers, and write ``results.md``.

Every peer runs in a process of its own, so that peak memory is its own and one that fails
does not stop the others. Peers that are not installed stand in the table as such; the
dependency group ``bench`` names them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks import growth, report
from benchmarks.peers import PEERS

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"


def run(module: str, *arguments: object) -> float:
    """Run a module of this package in a process of its own; return the machine's load after it."""
    subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)], check=True, cwd=HERE.parent)
    return os.getloadavg()[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--osm", type=Path, default=DATA / "tampere.osm.pbf")
    parser.add_argument("--elevation", type=Path, default=DATA / "tampere_dem_50m.tif")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="only these peers")
    parser.add_argument("--out", type=Path, default=HERE / "results.md")
    options = parser.parse_args()
    for path in (options.osm, options.elevation):
        if not path.exists():
            parser.error(f"{path} does not exist; name another file")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        talk("this package, warm")
        loads = [run("ours", options.osm, options.elevation, folder)]
        mine = json.loads((folder / "ours.json").read_text())
        with np.load(folder / "answers.npz") as answers:
            mine["areas"] = answers["isochrones"].tolist()
        talk("this package, from the file to the first answer")
        loads.append(run("readiness", options.osm, options.elevation, folder))
        mine |= json.loads((folder / "readiness.json").read_text())
        peers = {}
        for peer in options.peers:
            talk(peer)
            loads.append(run("peers", peer, options.osm, folder))
            peers[peer] = json.loads((folder / f"{peer}.json").read_text())
        sizes = []
        for side in growth.SIDES:
            talk(f"growth, {side * side} ×")
            run("growth", folder, side)
            sizes.append(json.loads((folder / f"growth-{side}.json").read_text()))
        growth.plot(sizes, options.out.with_name("growth.svg"))
        report.write(options.out, report.report(mine, peers, sizes, loads))
    talk(f"written: {options.out}")


def talk(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
