"""``python -m benchmarks.measures``: measures, how sure they are, and why; writes ``measures.md``.

All accessibility measures for 5,000 cells × 200 services of Tampere, walking, beyond the travel times; Monte Carlo
runs of the hub of a workspace; the explanations of all its origins.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import tesoma_geo as tg
from benchmarks.case import HUB
from benchmarks.timing import Measured, machine, measured, pretty, versions
from tesoma_geo.analysis.explain_streets import explained
from tesoma_geo.analysis.uncertainty import hub_uncertainty
from tesoma_geo.inputs.layers import read_inputs

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
CELLS, SERVICES, REPEAT = 5000, 200, 5
MONTE_CARLO_RUNS = 500
#: Seconds that are aimed at.
MEASURES_S, UNCERTAINTY_S, EXPLAINED_S = 0.5, 20.0, 3.0
KINDS = ("school", "kindergarten", "supermarket", "pharmacy", "doctor")


def case(osm: Path) -> tuple[np.ndarray, pd.DataFrame, list[str], list[str], np.ndarray]:
    """Walking minutes between places that the hub is reached from, a land use, ids, straight lines in km."""
    random = np.random.default_rng(2022)
    network = tg.StreetNetwork.from_osm(osm)
    router = network.router("walk")
    nodes = np.flatnonzero(np.isfinite(router.to([HUB])) & np.isfinite(router.from_([HUB])))
    places = random.choice(nodes, CELLS + SERVICES, replace=False)
    lonlat = np.column_stack([network.lon, network.lat])[places]
    xy = np.column_stack([network.x, network.y])[places]
    minutes = router.travel_times(lonlat[:CELLS], lonlat[CELLS:]) / 60.0
    km = np.linalg.norm(xy[:CELLS, None] - xy[CELLS:], axis=2) / 1000.0
    cells, services = [f"cell_{i}" for i in range(CELLS)], [f"service_{j}" for j in range(SERVICES)]
    residents = random.integers(0, 120, CELLS)
    kind = random.integers(0, len(KINDS), SERVICES)
    supply = random.integers(1, 30, SERVICES)
    land_use = pd.DataFrame({"id": [*cells, *services], "population": [*residents, *np.zeros(SERVICES)]})
    land_use["supply"] = [*np.zeros(CELLS), *supply]
    for number, name in enumerate(KINDS):
        land_use[name] = [*np.zeros(CELLS), *(kind == number)]
    # As many trips on both sides, for the doubly constrained model.
    land_use["seats"] = land_use["supply"] * residents.sum() / supply.sum()
    return minutes, land_use, cells, services, km


def tasks(
    matrix: tg.measures.TravelMatrix, km: tg.measures.TravelMatrix, land_use: pd.DataFrame
) -> dict[str, Callable]:
    measures, decay = tg.measures, tg.decay
    both = {"land_use": land_use, "opportunity": "supply", "demand": "population"}
    falling = decay.exponential(0.1)
    return {
        "cost_to_closest": lambda: measures.cost_to_closest(matrix, land_use, "supply"),
        "cost_to_closest, k = 3": lambda: measures.cost_to_closest(matrix, land_use, "supply", k=3),
        "dual_access": lambda: measures.dual_access(matrix, land_use, "supply", n=50),
        "balancing_cost": lambda: measures.balancing_cost(matrix, **both),
        "cumulative_opportunities": lambda: measures.cumulative_opportunities(matrix, land_use, "supply", 15),
        "cumulative_interval": lambda: measures.cumulative_interval(matrix, land_use, "supply", (10, 30)),
        "gravity": lambda: measures.gravity(matrix, land_use, "supply", decay.logistic(20, 8)),
        "passive_accessibility": lambda: measures.passive_accessibility(matrix, land_use, "population", falling),
        "two_step_fca": lambda: measures.two_step_fca(matrix, decay=decay.step(30), **both),
        "enhanced_two_step_fca": lambda: measures.enhanced_two_step_fca(
            matrix, decay=decay.stepped({10: 1.0, 20: 0.68, 30: 0.22}), **both
        ),
        "three_step_fca": lambda: measures.three_step_fca(matrix, decay=decay.gaussian(15), **both),
        "balanced_fca": lambda: measures.balanced_fca(matrix, decay=decay.gaussian(15), **both),
        "raam": lambda: measures.raam(matrix, tau=60, **both),
        "spatial_availability": lambda: measures.spatial_availability(matrix, decay=falling, **both),
        "constrained, total": lambda: measures.constrained_accessibility(
            matrix, decay=falling, constraint="total", **both
        ),
        "constrained, singly": lambda: measures.constrained_accessibility(matrix, decay=falling, **both),
        "constrained, doubly": lambda: measures.constrained_accessibility(
            matrix, land_use, "seats", "population", falling, constraint="doubly"
        ),
        "transport_performance": lambda: measures.transport_performance(
            matrix, land_use, "supply", 30, 3, distances=km
        ),
        "x_minute_score": lambda: measures.x_minute_score(matrix, land_use, KINDS, 15),
        "walkability": lambda: measures.walkability(matrix, land_use, {kind: [1, 0.5] for kind in KINDS}, falling),
        "service_diversity": lambda: measures.service_diversity(matrix, land_use, KINDS, 15),
    }


def time_measures(osm: Path) -> dict[str, Measured]:
    """By measure; checking the matrix and putting its pairs in the order of their cost is shared by all."""
    minutes, land_use, cells, services, km = case(osm)

    def prepared() -> tg.measures.TravelMatrix:
        matrix = tg.measures.TravelMatrix.from_array(cells, services, minutes)
        assert len(matrix.by_cost) == np.isfinite(minutes).sum()
        return matrix

    took, matrix = measured(prepared, REPEAT)
    lines = tg.measures.TravelMatrix.from_array(cells, services, km, "distance")
    measures = {name: measured(task, REPEAT)[0] for name, task in tasks(matrix, lines, land_use).items()}
    return {"the matrix checked, its pairs in the order of their cost": took, **measures}


def time_hub(workspace: Path) -> tuple[int, dict[str, tuple[Measured, float]]]:
    """How many origins a workspace has, and by task what it took on foot and the target."""
    inputs = read_inputs(tg.Workspace.load(workspace))
    walk = next(profile for profile in inputs.profiles if profile.name == "walk")
    router = tg.StreetRouter.build(inputs.network, walk, inputs.workspace.network.max_snap_m)
    uncertain, _ = measured(
        lambda: hub_uncertainty(router, inputs.origins, inputs.hub, inputs.services, runs=MONTE_CARLO_RUNS), repeat=1
    )
    why, _ = measured(lambda: explained(router, inputs.origins, inputs.hub), repeat=3)
    return len(inputs.origins), {
        f"{MONTE_CARLO_RUNS} Monte Carlo runs of the hub": (uncertain, UNCERTAINTY_S),
        "explanations of all origins": (why, EXPLAINED_S),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--osm", type=Path, default=DATA / "tampere.osm.pbf")
    parser.add_argument("--workspace", type=Path, default=DATA / "tesoma.toml")
    parser.add_argument("--out", type=Path, default=HERE / "measures.md")
    options = parser.parse_args()
    measures = time_measures(options.osm)
    origins, of_hub = time_hub(options.workspace)
    in_all = sum(took.median for took in measures.values())
    lines = [
        "# Benchmarks of the measures",
        "",
        f"Written by `python -m benchmarks.measures`; medians, warm. {machine()}, load {os.getloadavg()[0]:.1f}. "
        f"{versions(['numba', 'numpy', 'pandas', 'scipy'])}.",
        "",
        "| task | took | target |",
        "|---|---:|---:|",
        f"| all measures, {CELLS:,} cells × {SERVICES} services, beyond the travel times | {pretty(in_all)} "
        f"| {pretty(MEASURES_S)} |",
        *(
            f"| {name}, walking, {origins:,} origins | {pretty(took.median)} | {pretty(target_s)} |"
            for name, (took, target_s) in of_hub.items()
        ),
        "",
        "| measure | took |",
        "|---|---:|",
        *(f"| {name} | {pretty(took.median)} |" for name, took in measures.items()),
    ]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
