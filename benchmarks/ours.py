"""This package on the case; run alone in a process, so that its peak memory is its own."""

import json
import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.arguments import ELEVATION, OSM, OUT, arguments
from benchmarks.case import HUB, ISOCHRONES_MIN, NEAR_S, TWENTY_MIN_S, Case, at_nodes
from benchmarks.timing import measured


def case_of(router: Any) -> Case:
    """The case on a router's streets: of what is for those alone who have business there the peers know nothing."""
    network, costs = router.network, router.costs
    forward_s, backward_s = (
        np.where(costs.restricted, np.inf, costs_s) for costs_s in (costs.forward_s, costs.backward_s)
    )
    return Case.of(network.tail, network.head, forward_s, backward_s, network.x, network.y)


def tasks_of(router: Any, case: Case) -> dict[str, tuple[Callable[[], Any], int]]:
    """Every task by name, and how often it is done."""
    from tesoma_geo.network.streets.street_engine import StreetEngine

    network, costs, engine = router.network, router.costs, router.engine
    origins, destinations, opportunities = map(at_nodes, (case.origins, case.destinations, case.opportunities))
    few, many = np.ones(case.destinations.size), np.ones(case.opportunities.size)
    hub = np.array([HUB])
    # As everybody writes it: longitudes and latitudes, which are snapped anew each time.
    begin, end = (np.column_stack([network.lon[at], network.lat[at]]) for at in (case.origins, case.destinations))
    at_begin, at_end = router.snap(begin), router.snap(end)

    def edit_and_sum() -> np.ndarray:
        ahead_s, behind_s = costs.forward_s.copy(), costs.backward_s.copy()
        ahead_s[case.edited], behind_s[case.edited] = case.edited_s
        edited = replace(costs, forward_s=ahead_s, backward_s=behind_s)
        return engine.updated(case.edited, edited).bounded_sum(*destinations, few, NEAR_S)

    return {
        "one_to_all": (lambda: engine.times(case.origins[:1], [0.0]), 200),
        "matrix": (lambda: engine.matrix(*origins, *destinations), 25),
        "matrix_lonlat": (lambda: router.travel_times(begin, end), 25),
        "matrix_positions": (lambda: router.travel_times(at_begin, at_end), 25),
        "sum_500": (lambda: engine.bounded_sum(*destinations, few, NEAR_S), 25),
        "sum_5000": (lambda: engine.bounded_sum(*opportunities, many, TWENTY_MIN_S), 15),
        "edit_sum": (edit_and_sum, 25),
        "customise": (lambda: StreetEngine.of(network.hierarchy, network.shape.graph, costs, router.profile.mode), 25),
        "isochrones": (lambda: router.isochrones(hub, [60 * m for m in ISOCHRONES_MIN]), 25),
    }


def main(osm: Path, elevation: Path, out: Path) -> None:
    """Time every task, keep the answers for the peers, and write both to the folder ``out``."""
    import tesoma_geo as tg

    router = tg.StreetNetwork.from_osm(osm).router("walk", elevation=elevation)
    network, costs, case = router.network, router.costs, case_of(router)
    case.save(out / "case.npz")
    results, answers = {}, {}
    on_public, open_ = np.zeros(network.n_nodes, bool), np.isfinite(np.minimum(costs.forward_s, costs.backward_s))
    public = ~costs.restricted & open_
    on_public[np.concatenate([ends[public] for ends in (network.tail, network.head)])] = True
    for name, (task, repeat) in tasks_of(router, case).items():
        timed, answer = measured(task, repeat, warm=3)
        results[name] = timed.as_json()
        if isinstance(answer, np.ndarray) and name not in ("matrix_lonlat", "matrix_positions"):
            answers[name] = np.where(on_public, answer, np.nan) if len(answer) == network.n_nodes else answer
        elif name == "isochrones":
            answers[name] = answer.area_km2.to_numpy()
    results["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    results["size"] = {
        "nodes": network.n_nodes,
        "segments": network.n_edges,
        "arcs": int(network.hierarchy.arc_head.size),
        "triangles": int(network.hierarchy.to_lower.size),
    }
    np.savez(out / "answers.npz", **answers)
    (out / "ours.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main(*arguments(__doc__, OSM, ELEVATION, OUT))
