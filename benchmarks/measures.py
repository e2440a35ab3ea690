"""``python -m benchmarks.measures``: all accessibility measures, 5,000 cells × 200 services of Tampere, walking.

Prints a table: milliseconds of each measure beyond the travel times, the least of a few runs, and their sum.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import tesoma_geo as tg
from benchmarks.case import HUB

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
CELLS, SERVICES, RUNS = 5000, 200, 5
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


def least_ms(task: Callable) -> float:
    """The least milliseconds of a few runs, after one that compiles."""
    task()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--osm", type=Path, default=DATA / "tampere.osm.pbf")
    minutes, land_use, cells, services, km = case(parser.parse_args().osm)
    long = pd.DataFrame(
        {
            "from_id": np.repeat(cells, len(services)),
            "to_id": np.tile(services, len(cells)),
            "travel_time": minutes.ravel(),
        }
    )

    def prepared() -> tg.measures.TravelMatrix:
        return tg.measures.TravelMatrix.from_array(cells, services, minutes)

    matrix, lines = prepared(), tg.measures.TravelMatrix.from_array(cells, services, km, "distance")
    took = {"the matrix made of an array": least_ms(prepared)}
    took["its pairs in the order of their cost"] = least_ms(lambda: prepared().by_cost) - sum(took.values())
    took |= {name: least_ms(task) for name, task in tasks(matrix, lines, land_use).items()}
    print(f"| {CELLS} cells × {SERVICES} services, {np.isinf(minutes).mean():.1%} without a way | ms |\n| --- | ---: |")
    for name, ms in [*took.items(), ("**in all**", sum(took.values()))]:
        print(f"| {name} | {ms:.1f} |")
    print(f"| (the matrix checked from a table of {len(long):,} rows) |", end=" ")
    print(f"{least_ms(lambda: tg.measures.TravelMatrix.of(long)):.1f} |")


if __name__ == "__main__":
    main()
