"""How time and memory grow: the network repeated side by side and joined, 1, 4 and 16 times."""

import json
import resource
import time
from pathlib import Path

import numpy as np

from benchmarks.arguments import arguments, there
from benchmarks.case import NEAR_S, WALK_MS, Case, at_nodes
from benchmarks.timing import measured

SIDES = (1, 2, 4)  # of the square of copies
JOINS = 40  # streets across each border


def tiled(case: Case, side: int) -> Case:
    """Repeat the network ``side`` times each way; neighbours are joined by streets across the border."""
    n, m = case.x.size, case.tail.size
    width, height = np.ptp(case.x) + 200, np.ptp(case.y) + 200
    copies = [(row, column) for row in range(side) for column in range(side)]
    tails, heads = ([ends + i * n for i in range(len(copies))] for ends in (case.tail, case.head))
    x = np.concatenate([case.x + column * width for _, column in copies])
    y = np.concatenate([case.y + row * height for row, _ in copies])
    pairs = []
    for i, (row, column) in enumerate(copies):
        if column + 1 < side:
            pairs.append(border(case.x, case.y) + np.array([i * n, (i + 1) * n]))
        if row + 1 < side:
            pairs.append(border(case.y, case.x) + np.array([i * n, (i + side) * n]))
    joins = np.concatenate([*pairs, np.empty((0, 2), int)]).astype(np.int32)
    length = np.hypot(x[joins[:, 0]] - x[joins[:, 1]], y[joins[:, 0]] - y[joins[:, 1]])
    join_s = (length / WALK_MS).astype(np.float32)
    random = np.random.default_rng(side)
    assert m == case.forward_s.size
    return Case(
        tail=np.concatenate([*tails, joins[:, 0]]).astype(np.int32),
        head=np.concatenate([*heads, joins[:, 1]]).astype(np.int32),
        forward_s=np.concatenate([np.tile(case.forward_s, len(copies)), join_s]),
        backward_s=np.concatenate([np.tile(case.backward_s, len(copies)), join_s]),
        x=x,
        y=y,
        origins=random.choice(case.origins, 16) + n * random.integers(0, len(copies), 16),
        destinations=np.concatenate([case.destinations + i * n for i in range(len(copies))]),
        opportunities=np.empty(0, int),
        edited=case.edited,
    )


def border(across: np.ndarray, along: np.ndarray) -> np.ndarray:
    """In each of some bands, the node farthest out on one side and the one farthest out on the other."""
    edges = np.quantile(along, np.linspace(0, 1, JOINS + 1))
    band = np.clip(np.searchsorted(edges, along) - 1, 0, JOINS - 1)
    by_band = [np.flatnonzero(band == b) for b in range(JOINS)]
    return np.array([(nodes[across[nodes].argmax()], nodes[across[nodes].argmin()]) for nodes in by_band])


def main(out: Path, side: int) -> None:
    """Time one size and write it to the folder ``out``."""
    from tesoma_geo.network.engine import CustomisedCosts, Hierarchy

    case = tiled(Case.load(out / "case.npz"), side)
    Hierarchy.build(2, np.array([0]), np.array([1]), np.zeros(2), np.zeros(2))  # kernels are read from disk
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begin = time.perf_counter()
    hierarchy = Hierarchy.build(case.x.size, case.tail, case.head, case.x, case.y)
    build_s = time.perf_counter() - begin
    costs = CustomisedCosts.of(hierarchy, case.forward_s, case.backward_s)
    places, ones = at_nodes(case.destinations), np.ones(case.destinations.size)
    tasks = {
        "customise": lambda: CustomisedCosts.of(hierarchy, case.forward_s, case.backward_s),
        "one_to_all": lambda: costs.times(case.origins[:1], [0.0]),
        "sum": lambda: costs.bounded_sum(*places, ones, NEAR_S),
    }
    results = {name: measured(task, 7)[0].median for name, task in tasks.items()}
    results |= {
        "nodes": case.x.size,
        "arcs": int(hierarchy.arc_head.size),
        "build": build_s,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before_mb,
    }
    (out / f"growth-{side}.json").write_text(json.dumps(results))


def plot(rows: list[dict[str, float]], path: Path) -> None:
    """Draw time and memory over size, both on logarithmic scales, with the straight line of linear growth."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, (times, memory) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
    nodes = np.array([row["nodes"] for row in rows])
    for name, label in (("build", "symbolic part"), ("customise", "customise"), ("one_to_all", "one to all")):
        times.loglog(nodes, [row[name] for row in rows], "o-", label=label)
    times.loglog(nodes, rows[0]["build"] * nodes / nodes[0], ":", color="grey", label="linear")
    memory.loglog(nodes, [row["peak_mb"] for row in rows], "o-", label="peak memory")
    memory.loglog(nodes, rows[0]["peak_mb"] * nodes / nodes[0], ":", color="grey", label="linear")
    for axes, unit in ((times, "seconds"), (memory, "MB")):
        axes.set(xlabel="nodes", ylabel=unit)
        axes.legend()
    figure.savefig(path, metadata={"Date": None})
    path.write_text("\n".join(line.rstrip() for line in path.read_text().splitlines()) + "\n")


if __name__ == "__main__":
    case = ("OUT", there, "folder with the case of benchmarks.ours; what is measured is written there")
    main(*arguments(__doc__, case, ("SIDE", int, "copies in a row, and rows")))
