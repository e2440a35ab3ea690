"""Indicators over dated runs, and each change taken apart into its causes."""

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo._files import write_json
from tesoma_geo.analysis.uncertainty import DrawnTrips, drawn_trips
from tesoma_geo.errors import InputError
from tesoma_geo.follow_up.indicators import ROUNDED, stored_indicators
from tesoma_geo.follow_up.kept_inputs import kept_run
from tesoma_geo.follow_up.map_changes import Marks, map_changes
from tesoma_geo.follow_up.published_years import barrier_steps, closings, voices_of_run
from tesoma_geo.follow_up.register import Register
from tesoma_geo.follow_up.shapley import taken_apart
from tesoma_geo.follow_up.states import CAUSES, Between, DatedState
from tesoma_geo.follow_up.trend_records import (
    Event,
    IndicatorChange,
    MapChange,
    RunFigures,
    Step,
    TargetPath,
    TrendFigures,
)
from tesoma_geo.network import StreetRouter
from tesoma_geo.workspace.file import parse_target

Array = NDArray[np.float64]

#: Draws of what is unknown, the same for both dates, and what they are drawn from.
RUNS, SEED = 100, 2022


def trend(
    folders: Sequence[Path],
    *,
    marks: Marks | None = None,
    register: Register | None = None,
    progress: Callable[[str], None] | None = None,
) -> TrendFigures:
    """Follow indicators over dated runs.

    Parameters
    ----------
    folders
        Of runs made with ``--keep-inputs``, two or more.
    marks
        What planners know of changes of the map.
    register
        Trials, for the axis of time.
    progress
        Told the name of each step as it begins.

    Returns
    -------
    TrendFigures
        The content of ``trend.json``.

    Raises
    ------
    InputError
        Fewer than two runs, runs of one day, or inputs that are not kept.
    """
    return trend_of(dated_states(folders, progress), marks=marks, register=register, progress=progress)


def dated_states(folders: Sequence[Path], progress: Callable[[str], None] | None = None) -> list[DatedState]:
    """The layers of dated runs, in the order of time.

    Parameters
    ----------
    folders, progress
        As of :func:`trend`.

    Returns
    -------
    list of DatedState

    Raises
    ------
    InputError
        As of :func:`trend`.
    """
    tell = progress or (lambda _: None)
    kept = sorted((kept_run(folder) for folder in folders), key=lambda run: (run.date, str(run.folder)))
    if len(kept) < 2:
        raise InputError(f"{len(kept)} run is named", "Name two dated runs or more")
    for one, other in pairwise(kept):
        if one.date == other.date:
            raise InputError(
                f"{one.folder.name} and {other.folder.name} are both of {one.date}", "Make one with another --as-of"
            )
    states = []
    for run in kept:
        tell(f"{run.folder.name}: reading what it was made from")
        states.append(DatedState.of(run))
    return states


def trend_of(
    states: Sequence[DatedState],
    *,
    marks: Marks | None = None,
    register: Register | None = None,
    progress: Callable[[str], None] | None = None,
) -> TrendFigures:
    """The same of runs whose layers are read already.

    Parameters
    ----------
    states
        Of :func:`dated_states`.
    marks, register, progress
        As of :func:`trend`.

    Returns
    -------
    TrendFigures
    """
    tell, kept = progress or (lambda _: None), [state.kept for state in states]
    steps, reruns = [], list[dict[str, float]]()
    runs: list[RunFigures] = []
    for first, second in pairwise(states):
        tell(f"{first.kept.date} to {second.kept.date}")
        changes = map_changes(
            (first.inputs.network, second.inputs.network),
            (first.inputs.services, second.inputs.services),
            (first.kept.workspace.osm_path, second.kept.workspace.osm_path),
            first.kept.date,
            marks or Marks(),
        )
        between = Between(first, second, changes)
        step, sides = _step(between)
        steps.append(step)
        for state, side in zip((first, second), sides, strict=True):
            if not any(run["date"] == state.kept.date for run in runs):
                runs.append(_run(state, side, between))
                reruns.append(side)
    first_day, last_day = kept[0].date, kept[-1].date
    events = [
        *_events(register or Register(), first_day, last_day),
        *closings([run.folder for run in kept], first_day, last_day),
    ]
    district = states[-1].inputs.workspace.district
    figures: TrendFigures = {
        "made_up": district.made_up,
        "district": dict(district.name),
        "sources": [
            {"layer": one.key, "licence": one.licence, "as_of": one.as_of}
            for one in states[-1].inputs.reports
            if one.is_layer and (one.licence or one.sha256)
        ],
        "runs": runs,
        "steps": steps,
        "targets": _targets(states[-1], runs),
        "events": sorted(events, key=lambda event: (event["date"], event["name"])),
    }
    voices = [said for run in kept if (said := voices_of_run(run.folder, run.date)) is not None]
    if voices:
        figures["voices"] = voices
        figures["barriers"] = barrier_steps([(run.folder, run.date) for run in kept])
    return figures


def write_trend(figures: TrendFigures, folder: Path) -> None:
    """Write ``trend.json``, ``trend.parquet`` and ``trend.csv``: a row an indicator and step in the tables.

    Parameters
    ----------
    figures
        Of :func:`trend`.
    folder
        An existing folder.
    """
    write_json(folder / "trend.json", figures)
    table = trend_table(figures)
    table.to_parquet(folder / "trend.parquet", index=False)
    table.to_csv(folder / "trend.csv", index=False, lineterminator="\n")


def trend_table(figures: TrendFigures) -> pd.DataFrame:
    """The steps as a table.

    Parameters
    ----------
    figures
        Of :func:`trend`.

    Returns
    -------
    DataFrame
        ``since``, ``until``, ``indicator``, ``before``, ``after``, ``change``, a column a cause (0 where it is the
        same), ``software``, ``low``, ``high`` (NaN where not drawn).
    """
    rows = [
        {
            "since": step["since"],
            "until": step["until"],
            "indicator": name,
            "before": row["before"],
            "after": row["after"],
            "change": row["change"],
            **{cause: row["parts"].get(cause, 0.0) for cause in CAUSES},
            "software": row["software"],
            "low": np.nan if row["low"] is None else row["low"],
            "high": np.nan if row["high"] is None else row["high"],
        }
        for step in figures["steps"]
        for name, row in step["indicators"].items()
    ]
    return pd.DataFrame(rows)


def _step(between: Between) -> tuple[Step, tuple[dict[str, float], dict[str, float]]]:
    causes = between.causes
    parts = taken_apart(causes, between.figures)
    every = between.figures(frozenset(causes))
    first = between.figures(frozenset())
    stored = [_stored(state, between) for state in (between.first, between.second)]
    low_high = _intervals(between)
    rows: dict[str, IndicatorChange] = {}
    left_out = []
    for at, name in enumerate(between.names):
        if not np.isfinite([first[at], every[at], *parts.parts[:, at]]).all():
            left_out.append(name)
            continue
        sides = [one.get(name, float(rerun)) for one, rerun in zip(stored, (first[at], every[at]), strict=True)]
        # What a rounded summary cannot tell is no difference of the software.
        sides = [_same(side, float(rerun), name) for side, rerun in zip(sides, (first[at], every[at]), strict=True)]
        software = (sides[1] - float(every[at])) - (sides[0] - float(first[at]))
        low, high = low_high.get(name, (None, None))
        rows[name] = {
            "before": sides[0],
            "after": sides[1],
            "change": sides[1] - sides[0],
            "parts": dict(zip(causes, map(float, parts.parts[:, at]), strict=True)),
            "error": dict(zip(causes, map(float, parts.error[:, at]), strict=True)),
            "software": software,
            "low": low,
            "high": high,
        }
    table = between.changes.table
    listed: list[MapChange] = table.to_dict("records")  # type: ignore[assignment]  # the columns are the record's
    step: Step = {
        "since": between.first.kept.date,
        "until": between.second.kept.date,
        "causes": list(causes),
        "orders": parts.orders,
        "exact": parts.exact,
        "indicators": rows,
        "left_out": left_out,
        "map": listed,
    }
    named = [dict(zip(between.names, map(float, values), strict=True)) for values in (first, every)]
    return step, (named[0], named[1])


def _same(stored: float, rerun: float, name: str) -> float:
    """The rerun's figure where the stored one is the same but for its rounding."""
    tolerance = 0.051 if name.endswith("median_min") else 5.1e-5 if name.endswith(ROUNDED) else 1e-9
    return rerun if np.isinf(stored) or abs(stored - rerun) <= tolerance else stored


def _stored(state: DatedState, between: Between) -> dict[str, float]:
    """What the run itself wrote; nothing where it wrote no summary."""
    file = state.kept.folder / "summary.json"
    if not file.is_file():
        return {}
    try:
        return stored_indicators(json.loads(file.read_text(encoding="utf-8")), state.kept.workspace, between.kinds)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} is no summary of a run: {error!r}", "Make the run again") from None


def _run(state: DatedState, rerun: dict[str, float], between: Between) -> RunFigures:
    def told(values: dict[str, float]) -> dict[str, float | None]:
        return {name: value if np.isfinite(value) else None for name, value in values.items() if name in rerun}

    return {
        "run": state.kept.folder.name,
        "date": state.kept.date,
        "software": state.kept.software,
        "stored": told(_stored(state, between)),
        "rerun": told(rerun),
    }


def _intervals(between: Between) -> dict[str, tuple[float, float]]:
    """Nine tenths of the draws of each change on foot, or by the first profile on streets: the same draws twice."""
    layers = [between.layers(frozenset()), between.layers(frozenset(between.causes))]
    names = [one.name for one in layers[0].profiles]
    name = "walk" if "walk" in names else names[0]
    drawn: list[DrawnTrips] = []
    for inputs in layers:
        profile = next(one for one in inputs.profiles if one.name == name)
        router = StreetRouter.build(inputs.network, profile, inputs.workspace.network.max_snap_m)
        drawn.append(drawn_trips(router, inputs.origins, inputs.hub, runs=RUNS, seed=SEED))
    intervals = {}
    for cutoff in layers[0].workspace.access.cutoffs_min:
        within = [np.where(one.to_hub_s <= 60.0 * cutoff, one.residents, 0).sum(axis=1) for one in drawn]
        shares = [near / np.maximum(one.residents.sum(axis=1), 1) for near, one in zip(within, drawn, strict=True)]
        for ending, values in (("", within), ("_share", shares)):
            low, high = np.quantile(values[1] - values[0], [0.05, 0.95])
            intervals[f"{name}_within_{cutoff:g}_min{ending}"] = (float(low), float(high))
    return intervals


def _targets(state: DatedState, runs: Sequence[RunFigures]) -> dict[str, TargetPath]:
    """Targets of the newest run, and the share that was reached at each."""
    paths: dict[str, TargetPath] = {}
    for name, target in state.kept.workspace.targets.items():
        profile, minutes = parse_target(name)
        column = f"{profile}_within_{minutes:g}_min_share"
        paths[name] = {"target": float(target), "values": [run["rerun"].get(column) for run in runs]}
    return paths


def _events(register: Register, since: str, until: str) -> list[Event]:
    events: list[Event] = []
    for name, trial in sorted(register.trials.items()):
        for what, day in (("trial_begun", trial.begun), ("trial_ended", trial.ended)):
            if day is not None and since <= day.isoformat() <= until:
                events.append({"date": day.isoformat(), "what": what, "name": name})
    return events
