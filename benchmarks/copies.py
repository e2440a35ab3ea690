"""What copies of nodes on private streets cost the street benchmark: ``python -m benchmarks.copies OSM ELEVATION``.

The same tasks of walkers with a graph that has the copies, and with one where nothing is private: seconds of the
processor, all threads together, the least of all calls. The two take turns in one process.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.arguments import ELEVATION, OSM, arguments
from benchmarks.ours import case_of, tasks_of
from benchmarks.timing import pretty

ROUNDS = 4


def without_copies(router: Any) -> Any:
    """The router where everybody passes private streets, on a graph without copies."""
    from tesoma_geo.network.engine import Hierarchy
    from tesoma_geo.network.streets.pieces import StreetPieces
    from tesoma_geo.network.streets.routing_graph import routing_graph
    from tesoma_geo.network.streets.street_engine import StreetEngine

    network = router.network
    nobody = np.zeros(network.n_edges, bool)
    costs = replace(router.costs, restricted=nobody, opened=None, passed=None)
    graph = routing_graph(network.n_nodes, network.tail, network.head, nobody)
    hierarchy = Hierarchy.build(graph.size, *graph.ends, network.x, network.y)
    network = network.with_true_shape(shape=replace(network.shape, known=(graph, hierarchy)))
    engine = StreetEngine.of(hierarchy, graph, costs, router.profile.mode)
    pieces = StreetPieces(network, costs, engine.seen)
    return replace(router, network=network, costs=costs, engine=engine, pieces=pieces)


def least_s(task: Callable[[], Any], repeat: int) -> float:
    """The least seconds of the processor of some calls, after two more."""
    took = []
    for _ in range(repeat + 2):
        began = time.process_time()
        task()
        took.append(time.process_time() - began)
    return min(took[2:])


def main(osm: Path, elevation: Path) -> None:
    """Measure both in turns and print a table."""
    import tesoma_geo as tg

    router = tg.StreetNetwork.from_osm(osm).router("walk", elevation=elevation)
    case = case_of(router)
    sides = {"with": router, "without": without_copies(router)}
    for name, side in sides.items():
        graph, hierarchy = side.engine.seen.graph, side.network.hierarchy
        print(f"{name}: {graph.size:,} nodes and copies, {hierarchy.arc_head.size:,} arcs, "
              f"{hierarchy.to_lower.size:,} triangles")  # fmt: skip
    tasks = {name: tasks_of(side, case) for name, side in sides.items()}
    found: dict[str, dict[str, list[float]]] = {name: {} for name in sides}
    for _ in range(ROUNDS):
        for name, own in tasks.items():
            for task, (do, repeat) in own.items():
                found[name].setdefault(task, []).append(least_s(do, repeat))
    print("| task | with copies | without | with / without |\n|---|--:|--:|--:|")
    for task in tasks["with"]:
        with_s, without_s = (min(found[name][task]) for name in sides)
        print(f"| {task} | {pretty(with_s)} | {pretty(without_s)} | {with_s / without_s:.2f} |")


if __name__ == "__main__":
    main(*arguments(__doc__, OSM, ELEVATION))
