"""The page that the measurements of the transit router make."""

from pathlib import Path
from typing import Any

from benchmarks.report import write as written
from benchmarks.timing import measured_on, pretty, versions

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
    "| longitudes and latitudes | the stops' side of the search for ways done once, not for each question | a hub 6.7 "
    "ms, 1,000 places 18.1 ms | 0.6, 11.2 ms | yes |",
    "| | stops looked at where the search meets them, not each of them for each 16 places | 11.2 ms | 7.8 ms | yes |",
    "| | a nearer street of the other kinds looked for only as near as one could count | snapping 3.4 ms | 2.4 ms "
    "| yes |",
    "| a hub or medians, within the budget | room for all labels at once, not sweeping anew where there "
    "is none (mean of 11 hubs) | to 7.8, from 6.4 ms | 5.3, 5.1 ms | yes |",
    "| | room that grows while it sweeps instead: what may move is read more slowly | 5.3 ms | 6.5 ms | no |",
    "| | all transfers put to the first test without a branch, then those that pass | 5.3, 5.1 ms | 4.5, "
    "4.1 ms | yes |",
    "| | boardings that nobody is too late for told once, from the earliest on | 5.1 ms with sorting | 4.4 ms | yes |",
    "| | labels in 32 bits, not 64: a sweep to the hub, to others | 4.96, 9.4 ms | 4.42, 8.4 ms | no: not for a day |",
    "| | stops left out where each line there passes a nearer one before | 37,259 ways | 25,392 ways | no: 1.7 ms to "
    "find them, 3.0 ms to read all labels |",
    "| | a lower bound from the plain sweep | | no faster | no |",
    "| 1,000 × 1,000, one departure | neighbours side by side (a curve through the plane), not as they come | 429 ms "
    "| 329 ms | yes |",
    "| | and the stops of each destination from the nearest on | 329 ms | 284 ms | yes |",
    "| | neighbours along the lines instead: needs the stops alone | 259 ms | 268 ms | yes |",
    "| | and 16 or 32 origins side by side, not 8, in one thread | 254.7 ms | 255.0, 255.1 ms | no |",
    "",
    "Of one sweep within the budget, nine of ten of 341,656 transfers end at the first test: the best of what is "
    "boarded is no better than what is known. Each other has 2.6 labels, and a bag 2.4: too few to work on side "
    "by side. Of 1,000 longitudes and latitudes to the hub in one thread: snapping 3.6 ms, ways to stops 7.8, "
    "those of the hub 0.6, sweep and sorting 4.0, reading 3.0, walking all the way 1.2. Threads are kept alive "
    "and kernels let go of the interpreter's lock already. Of the peak, packages imported are half; the index of "
    "streets that points snap to takes 63 MB, that of what lies between a stop and a street 18, and the ways "
    "between stops 14.",
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
            "threads together, warm, the least of several, hardly depend on what else the machine does; the least "
            "on the clock, which the targets were set for, does, and stands beside them: where either keeps to a "
            "target it is met. The limit is 20 minutes of walking in the whole trip, the router's own, unless walks "
            "are limited one by one, as the peers limit them.",
            "",
            measured_on(loads, Path(__file__).parent),
            f"- Versions: {versions(['numba', 'numpy', 'ferrobus'])}",
            "",
            "## Tasks and targets",
            "",
            *_table(("task", "ours", "on the clock", "target", "ferrobus (× ours)", "met"), _tasks(found)),
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
            rows.append((task, "failed", "", f"≤ {pretty(target_s)}", "", "no"))
            continue
        ours_s = found[part][row]
        theirs_s = found["ferrobus"].get(peer) if peer else None
        told = f"{pretty(theirs_s)} ({theirs_s / ours_s:,.3g} ×)" if theirs_s else ""
        clock_s = found[part].get(f"{row.removesuffix('_s')}_clock_s")
        met = min(ours_s, clock_s or ours_s) <= target_s and (
            row != "to_hub_s" or not theirs_s or theirs_s / ours_s >= RATIO
        )
        clock = pretty(clock_s) if clock_s else ""
        rows.append((task, pretty(ours_s), clock, f"≤ {pretty(target_s)}", told, "yes" if met else "no"))
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
