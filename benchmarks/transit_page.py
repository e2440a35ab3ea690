"""The page that the measurements of the transit router make."""

from pathlib import Path
from typing import Any

from benchmarks.report import write as written
from benchmarks.timing import machine, pretty, versions

Found = dict[str, dict[str, Any]]

#: Task, the part and the row that measure it, the target in seconds, and the row of ferrobus to compare with.
TARGETS: tuple[tuple[str, str, str, float, str | None], ...] = (
    (
        "1,000 longitudes and latitudes → hub, 60 departures, 5 percentiles",
        "per_trip",
        "to_hub_points_s",
        0.02,
        "to_hub_s",
    ),
    ("hub → 1,000, the same", "per_trip", "from_hub_points_s", 0.015, "from_hub_s"),
    ("1,000 places already at their stops → hub, the same", "per_trip", "to_hub_s", 0.008, "to_hub_s"),
    ("hub → 1,000, the same", "per_trip", "from_hub_s", 0.005, "from_hub_s"),
    ("1,000 × 1,000, one departure", "per_trip", "departure_s", 0.15, "departure_s"),
    ("1,000 × 1,000, medians of 60 departures", "per_trip", "medians_s", 2.5, None),
    ("1,000 places → hub, walks limited one by one", "per_leg", "to_hub_s", 0.008, "to_hub_s"),
    ("hub → 1,000, the same", "per_leg", "from_hub_s", 0.005, "from_hub_s"),
    ("1,000 × 1,000, one departure, the same", "per_leg", "departure_s", 0.15, "departure_s"),
    ("1,000 × 1,000, medians of 60 departures, the same", "per_leg", "medians_s", 2.5, None),
    ("origins of Tesoma → hub, 120 departures, trips with all their parts", "district", "trips_s", 0.05, None),
    ("feed in a zip → router", "build", "zip_s", 2.0, "build_s"),
    ("feed read before → router", "build", "cache_s", 0.2, None),
)
PEAK_MB = 500

#: What was tried for the targets that are missed, measured by hand in turns (least CPU time of several), November 2026.
TRIED = (
    "## What was tried",
    "",
    "| for | idea | CPU before | after | kept |",
    "| --- | --- | --- | --- | --- |",
    "| 1,000 × 1,000, one departure | neighbours side by side (a curve through the plane), not as they come | 429 ms "
    "| 329 ms | yes |",
    "| | and the stops of each destination from the nearest on | 329 ms | 284 ms | yes |",
    "| | and 16 or 32 origins side by side, not 8 | 259 ms | 276 or 219 ms | no: few origins take longer |",
    "| | neighbours along the lines instead: needs the stops alone | 259 ms | 268 ms | yes |",
    "| a hub, medians | labels in 32 bits, not 64: a sweep to the hub, to others | 4.96, 9.4 ms | 4.42, 8.4 ms | no |",
    "| | stops left out where each line there passes a nearer one before | 37,259 ways | 25,392 ways | no: 1.7 ms to "
    "find them, 3.0 ms to read all labels |",
    "| | a lower bound from the plain sweep | | no faster | no |",
    "",
    "Of one sweep within the budget, 91 % of 340,157 transfers end at the first test: the best of what is boarded is "
    "no better than what is known. Each other has 2.6 labels, and a bag 2.4: too few to work on side by side. Of 1,000 "
    "longitudes and latitudes to the hub, 33 ms: snapping 5.6, ways to stops 10.5, those of the hub 3.1, sweep 4.8, "
    "reading 3.0, walking all the way 1.4.",
)

#: How many times as fast as ferrobus' loop the first task is to be.
RATIO = 500


def page(found: Found, loads: list[float]) -> str:
    """The page as Markdown; ``loads`` are what else the machine had to do, measured after each part."""
    return "\n".join(
        [
            "# Benchmarks of the transit router",
            "",
            "Written by `python -m benchmarks.transit`. Tampere, 2022-01-18, departures every minute from 07:00 to "
            "07:59; 1,000 places at street nodes drawn with a fixed seed; the hub Länsikeskus. Seconds of CPU of all "
            "threads together, warm, the least of several: with two cores up to twice what passes on the clock, which "
            "the targets were set for, but much the same on a busy machine. The limit is 20 minutes of walking in the "
            "whole trip, the router's own, unless walks are limited one by one, as the peers limit them.",
            "",
            f"- Machine: {machine()}; load, this included, {min(loads):.1f} to {max(loads):.1f}",
            f"- Versions: {versions(['numba', 'numpy', 'ferrobus'])}",
            "",
            "## Tasks and targets",
            "",
            *_table(("task", "ours", "target", "ferrobus (× ours)", "met"), _tasks(found)),
            "",
            *_memory(found),
            "",
            *TRIED,
            "",
            "## Answers",
            "",
            *_raptor(found["raptor"]),
            "",
            *_ferrobus(found["ferrobus"]),
            "",
        ]
    )


def write(path: Path, found: Found, loads: list[float]) -> None:
    """Write the page whole or not at all."""
    written(path, page(found, loads))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [head, ("---",) * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _tasks(found: Found) -> list[tuple[str, ...]]:
    rows = []
    for task, part, row, target_s, peer in TARGETS:
        if row not in found[part]:
            rows.append((task, "failed", f"≤ {pretty(target_s)}", "", "no"))
            continue
        ours_s = found[part][row]
        theirs_s = found["ferrobus"].get(peer) if peer else None
        told = f"{pretty(theirs_s)} ({theirs_s / ours_s:,.3g} ×)" if theirs_s else ""
        met = ours_s <= target_s and (row != "to_hub_s" or not theirs_s or theirs_s / ours_s >= RATIO)
        rows.append((task, pretty(ours_s), f"≤ {pretty(target_s)}", told, "yes" if met else "no"))
    return rows


def _memory(found: Found) -> list[str]:
    parts = {name: found[name] for name in ("per_trip", "per_leg", "district") if found[name]}
    rows = [
        (name.replace("_", " "), *(f"{part[key]:.0f}" if key in part else "" for key in ("imported_mb", "streets_mb")),
         f"{part['peak_mb']:.0f}", "yes" if part["peak_mb"] <= PEAK_MB else "no")
        for name, part in parts.items()
    ]  # fmt: skip
    told = f"Peak memory of a process, MB; the target is {PEAK_MB}. The matrix of 1,000 × 1,000 is in the first two."
    return [told, "", *_table(("part", "packages imported", "with the streets", "peak", "met"), rows)]


def _raptor(rows: dict[str, Any]) -> list[str]:
    if not rows:
        return ["The plain RAPTOR failed."]
    return [
        f"A plain RAPTOR (`tests/plain_raptor.py`) takes {pretty(rows['to_hub_s'])} for the first task, walks limited "
        f"one by one. Of {rows['compared']:,} answers of both, {rows['differing']:,} differ by a second or more. "
        "The budget for the whole trip is compared in the tests."
    ]


def _ferrobus(rows: dict[str, Any]) -> list[str]:
    if not rows:
        return ["ferrobus is not installed, or failed."]
    apart = [(row["what"], *(f"{row[key]:+.0f}" for key in ("p10", "p50", "p90"))) for row in rows["apart"]]
    return [
        "ferrobus answers another question: it walks faster and needs no slack before boarding. Our medians less its "
        "medians, in seconds, of 10 departures, as we take over its assumptions one after the other:",
        "",
        *_table(("assumptions", "a tenth of the places below", "half", "nine tenths"), apart),
        "",
        "What the last row leaves is not broken down further. Known to differ as well: ferrobus begins at the nearest "
        "street node, we at the nearest point of a street, with the way to it; it looks at a limited number of stops "
        "around a place, we at all within 20 minutes; and it changes at most four times.",
    ]
