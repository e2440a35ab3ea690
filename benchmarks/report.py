"""The table that the measurements make."""

from pathlib import Path
from typing import Any

from benchmarks.timing import Measured, measured_on, pretty, versions

#: Task, what it is, the target in seconds, and the ratios to reach against peers.
TARGETS: tuple[tuple[str, str, float | None, dict[str, float]], ...] = (
    ("one_to_all", "one-to-all, single", 0.001, {"scipy": 20}),
    ("matrix", "2,000 × 500 matrix", 0.040, {"pandana": 500, "scipy": 300}),
    ("matrix_lonlat", "2,000 × 500 matrix from longitudes and latitudes", 0.020, {}),
    ("matrix_positions", "2,000 × 500 matrix between positions found before", 0.010, {}),
    ("sum_500", "sum of 500 opportunities within 1,200 m, all nodes", 0.015, {"pandana": 2000}),
    ("sum_5000", "sum of 5,000 within 20 min, all nodes", 0.080, {"pandana": 100}),
    ("edit_sum", "100 edges changed → 500-opportunity sums again (peers: rebuild)", 0.030, {}),
    ("customise", "all costs changed: customise again", None, {}),
    ("isochrones", "isochrones 5/10/15/20/30 min of the hub", 0.015, {"osmnx": 50}),
    ("read", "PBF → network with tags", 1.2, {"pyrosm": 4, "osmnx": 30}),
    ("ready", "query-ready from PBF, one profile", 2.5, {}),
    ("ready_cached", "query-ready from cache", 0.15, {}),
    ("ready_new_process", "the same, a new Python process and imports included", None, {}),
)
PEAK_MB = 600
PACKAGES = ["numba", "numpy", "scipy", "pandana", "igraph", "networkit", "routingkit-cch", "pyvalhalla-weekly"]
PACKAGES += ["osmnx", "pyrosm"]


def report(
    ours: dict[str, Any], peers: dict[str, dict[str, Any]], growth: list[dict[str, float]], loads: list[float]
) -> str:
    """Return ``results.md``; ``loads`` are what else the machine had to do, measured between the tasks."""
    size = ours["size"]
    lines = [
        "# Benchmarks of the street router",
        "",
        "Written by `make bench`. Walking in Tampere with grade, from `tampere.osm.pbf` and the elevation raster: "
        f"{size['nodes']:,} nodes and {size['segments']:,} street segments; contracted, {size['arcs']:,} arcs and "
        f"{size['triangles']:,} triangles. Medians, warm, least and most in brackets; ratios are of the least, "
        "which other work on the machine disturbs least; all cores allowed to everyone. "
        "Peers answer on the same graph with the same costs, except where they read the file themselves "
        "(osmnx, pyrosm, pyvalhalla-weekly).",
        "",
        measured_on(loads, Path(__file__).parent),
        f"- Versions: {versions(PACKAGES)}",
        "",
        "## Tasks and targets",
        "",
        "| task | ours | target | peers (× ours) | met |",
        "|---|---|---|---|---|",
    ]
    for task, what, target_s, ratios in TARGETS:
        mine = Measured(**ours[task])
        missed = [f"{pretty(mine.median)} > {pretty(target_s)}"] if target_s and mine.median > target_s else []
        cells = []
        for name, results in peers.items():
            if task not in results:
                continue
            ratio = Measured(**results[task]).spread[0] / mine.spread[0]
            wanted = ratios.get(name)
            cells.append(f"{name} {pretty(Measured(**results[task]).median)} ({ratio:,.3g} ×)")
            if wanted and ratio < wanted:
                missed.append(f"{name} {ratio:,.3g} × < {wanted:,.0f} ×")
        missed += [f"{name} not measured" for name in ratios if task not in peers.get(name, {})]
        verdict = "no target" if target_s is None else "; ".join(["no: " + missed[0], *missed[1:]]) if missed else "yes"
        low, high = mine.spread
        target = "" if target_s is None else f"≤ {pretty(target_s)}"
        wanted_cell = "".join(f", ≥ {ratio:,.0f} × {name}" for name, ratio in ratios.items())
        lines.append(
            f"| {what} | {pretty(mine.median)} ({pretty(low)}–{pretty(high)}) | {target}{wanted_cell} "
            f"| {'; '.join(cells) or '–'} | {verdict} |"
        )
    memory = [f"{name} {found['peak_mb']:.0f} MB" for name, found in peers.items() if "peak_mb" in found]
    met = "yes" if ours["peak_mb"] <= PEAK_MB else "no"
    lines += [
        f"| peak memory of all tasks on a warm router | {ours['peak_mb']:.0f} MB | ≤ {PEAK_MB} MB "
        f"| {'; '.join(memory)} "
        f"| {met} |",
        "",
        "Where the time goes from the file to the first answer:",
        "",
        *(
            f"- {'from the PBF' if name == 'ready' else 'from cache'}: "
            + ", ".join(f"{stage} {pretty(seconds)}" for stage, seconds in ours["stages"][name].items())
            for name in ("ready", "ready_cached")
        ),
        "",
        "## Answers compared",
        "",
        f"Our isochrones: areas {', '.join(f'{a:.2f}' for a in ours['areas'])} km². Costs are float32 seconds here "
        "and float64, or whole milliseconds, with the peers.",
        "",
        "| peer | task | difference from ours |",
        "|---|---|---|",
    ]
    for name, results in peers.items():
        if "failed" in results:
            lines.append(f"| {name} | – | not measured: {results['failed']} |")
        lines += [
            f"| {name} | {what} | {results[task]['note']} |"
            for task, what, *_ in TARGETS
            if task in results and results[task]["note"]
        ]
    lines += [
        "",
        "## Growth",
        "",
        "The network repeated side by side, neighbours joined by 40 streets across each border; sums over 500 "
        "opportunities a copy within 1,200 m.",
        "",
        "| nodes | arcs | symbolic part | customise | one to all | sums | peak memory above the start |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['nodes']:,} | {row['arcs']:,} | {pretty(row['build'])} | {pretty(row['customise'])} "
        f"| {pretty(row['one_to_all'])} | {pretty(row['sum'])} | {row['peak_mb']:,.0f} MB |"
        for row in growth
    ]
    exponent = growth_exponent(growth)
    lines += ["", f"The symbolic part grows as nodes to the power {exponent:.2f}.", "", "![growth](growth.svg)", ""]
    return "\n".join(lines)


def growth_exponent(growth: list[dict[str, float]]) -> float:
    """The slope of the symbolic part's time over size on logarithmic scales."""
    import numpy as np

    return float(np.polyfit(np.log([g["nodes"] for g in growth]), np.log([g["build"] for g in growth]), 1)[0])


def write(path: Path, text: str) -> None:
    """Write the report whole or not at all."""
    draft = path.with_suffix(".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
