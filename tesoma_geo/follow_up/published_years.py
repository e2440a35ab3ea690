"""What residents said over the years, from the published files in the folders of runs: nothing else is asked.

Cohorts are counted once and stay as they are, so a later run holds what an earlier one held, and more. What is not in
the files may be any number below k: it is left out, and is not 0.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from tesoma_geo.analysis.published_barriers import put_right
from tesoma_geo.errors import InputError
from tesoma_geo.follow_up.trend_records import BarrierStep, Event, FollowedBarrier, RunVoices
from tesoma_geo.sources.annotations.labels import CHARRETTE, VALUES
from tesoma_geo.workspace.annotations import Mended

#: Files of a run, as the privacy gate wrote them.
TABLES, BARRIERS = "annotations_tables.json", "barriers.gpkg"
#: A barrier of the same category is the same one when it lies within this, metres: the map may move a little.
SAME_M = 25.0
#: What became of a barrier that is not there any more: the workspace says so, or nobody does.
MENDED, NO_LONGER_TOLD = "mended", "no_longer_told"


def voices_of_run(folder: Path, date: str) -> RunVoices | None:
    """What a run has published of residents' answers.

    Parameters
    ----------
    folder
        Of the run.
    date
        The day that it is of, ISO 8601.

    Returns
    -------
    RunVoices or None
        None where it has no published files.

    Raises
    ------
    InputError
        The file is none of this package.
    """
    published = _published(folder)
    if published is None:
        return None
    cohorts, topics = published
    said: dict[str, int] = {}
    for _, topic, voices in topics:
        said[topic] = said.get(topic, 0) + voices
    return {
        "date": date,
        "cohorts": [name for name, _, _ in cohorts],
        "respondents": sum(int(count) for _, _, count in cohorts if count is not None),
        "by_topic": [{"kind": kind, "topic": topic, "voices": voices} for kind, topic, voices in topics],
        "values": {code: said[code] for code in VALUES if code in said},
        "themes": {code: said[code] for code in CHARRETTE if code in said},
        "barriers": len(table) if (table := _barriers(folder)) is not None else None,
    }


def closings(folders: Sequence[Path], since: str, until: str) -> list[Event]:
    """The days on which cohorts closed, as the newest published tables tell them.

    Parameters
    ----------
    folders
        Of the runs, the oldest first.
    since, until
        The first and the last day, ISO 8601.

    Returns
    -------
    list of Event
        Each cohort once.

    Raises
    ------
    InputError
        A file is none of this package.
    """
    events: dict[str, Event] = {}
    for folder in folders:
        cohorts, _ = _published(folder) or ([], [])
        for name, day, _ in cohorts:
            if day is not None and since <= day <= until:
                events[name] = {"date": day, "what": "cohort_closed", "name": name}
    return list(events.values())


def barrier_steps(runs: Sequence[tuple[Path, str]]) -> list[BarrierStep]:
    """Barriers that are open, mended and new, from one run to the next.

    Parameters
    ----------
    runs
        Folder and day of each, the oldest first.

    Returns
    -------
    list of BarrierStep
        A step a pair of runs that both have published barriers.
    """
    steps: list[BarrierStep] = []
    of_runs = [(folder, date, _barriers(folder)) for folder, date in runs]
    for (_, since, before), (next_folder, until, later) in pairwise(of_runs):
        if before is None or later is None:
            continue
        after = later.to_crs(before.crs)
        gone, new = _unmatched(before, after)
        mended = _was_mended(before.iloc[gone], _told_mended(next_folder))
        rows = [
            *(_row(before.iloc[at], MENDED if it else NO_LONGER_TOLD) for at, it in zip(gone, mended, strict=True)),
            *(_row(after.iloc[at], "new") for at in new),
        ]
        steps.append(
            {
                "since": since,
                "until": until,
                "open": len(after),
                "mended": int(mended.sum()),
                "no_longer_told": int((~mended).sum()),
                "new": len(new),
                "changed": rows,
            }
        )
    return steps


def _published(folder: Path) -> tuple[list[tuple[str, str | None, int | None]], list[tuple[str, str, int]]] | None:
    """Cohorts (name, day of closing, respondents) and topics (kind, topic, voices); None without published tables."""
    file = folder / TABLES
    if not file.is_file():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        cohorts = [
            (str(row["cohort"]), None if (day := row.get("closed")) is None else str(day), row.get("respondents"))
            for row in content["cohorts"]
        ]
        topics = [(str(row["kind"]), str(row["topic"]), int(row["voices"])) for row in content["by_topic"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file} holds no published tables: {error!r}", "Make the run again") from None
    return cohorts, topics


def _barriers(folder: Path) -> gpd.GeoDataFrame | None:
    file = folder / BARRIERS
    return gpd.read_file(file, layer="barriers") if file.is_file() else None


def _unmatched(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> tuple[list[int], list[int]]:
    """Rows of each that have no partner in the other: of one category, the nearest first, each row once."""
    apart_m = np.hypot(
        before.geometry.x.to_numpy()[:, None] - after.geometry.x.to_numpy(),
        before.geometry.y.to_numpy()[:, None] - after.geometry.y.to_numpy(),
    )
    alike = (before["category"].to_numpy(object)[:, None] == after["category"].to_numpy(object)) & (apart_m <= SAME_M)
    pairs = np.argwhere(alike)
    left, right = set(range(len(before))), set(range(len(after)))
    for one, other in pairs[np.argsort(apart_m[alike], kind="stable")].tolist():
        if one in left and other in right:
            left.discard(one)
            right.discard(other)
    return sorted(left), sorted(right)


def _told_mended(folder: Path) -> list[Mended]:
    """What the workspace of a run said was put right, as its manifest has it."""
    file = folder / "manifest.json"
    if not file.is_file():
        return []
    workspace = json.loads(file.read_text(encoding="utf-8")).get("parameters", {}).get("workspace", {})
    return [Mended.model_validate(one) for one in (workspace.get("experience") or {}).get("mended") or []]


def _was_mended(barriers: gpd.GeoDataFrame, mended: Sequence[Mended]) -> NDArray[np.bool_]:
    """Which barriers the workspace names as put right, by street or place."""
    of_streets = barriers.rename(columns={"streets": "street"})
    done = np.zeros(len(barriers), bool)
    for one in mended:
        done |= put_right(of_streets, one).to_numpy(bool)
    return done


def _row(barrier: Any, change: str) -> FollowedBarrier:
    return {
        "category": str(barrier["category"]),
        "streets": str(barrier["streets"] or ""),
        "level": str(barrier["level"]),
        "respondents": int(barrier["respondents"]),
        "change": change,
    }
