"""What the timetable says today of the lines whose headway a plan changes: whether they run oftener or more seldom."""

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.transit.timetable import DayTimetable
from tesoma_geo.scenarios.comparison_records import HeadwayFigures
from tesoma_geo.scenarios.entries import HeadwayEntry


def headway_figures(headway: HeadwayEntry, before: DayTimetable, after: DayTimetable) -> HeadwayFigures:
    """How often a line leaves its first stops between two clock times, today and by the plan.

    Parameters
    ----------
    headway
        What the plan says.
    before, after
        The timetable without and with the plan.

    Returns
    -------
    HeadwayFigures
        Trips of both directions, and the median minutes between those of the direction that runs more seldom today;
        ``seldomer`` where a direction has fewer trips than today.
    """
    leaves = [_departures(headway, timetable) for timetable in (before, after)]
    fewer = [direction for direction, trips in leaves[0].items() if len(leaves[1].get(direction, ())) < len(trips)]
    gaps_s = [float(np.median(np.diff(trips))) for trips in leaves[0].values() if len(trips) > 1]
    return {
        "line": headway.line,
        "between": list(headway.between),
        "headway_min": float(headway.headway_min),
        "today_min": round(max(gaps_s) / 60.0, 1) if gaps_s else None,
        "trips_before": sum(map(len, leaves[0].values())),
        "trips_after": sum(map(len, leaves[1].values())),
        "seldomer": bool(fewer),
    }


def _departures(headway: HeadwayEntry, timetable: DayTimetable) -> dict[int, NDArray[np.int64]]:
    """Direction → seconds at which trips leave their first stop in these hours, in order."""
    lines = timetable.lines
    named = (lines["name"] == headway.line) | (lines["route_id"] == headway.line)
    leaves_s = timetable.calls.departure_s[timetable.first_call[:-1]]
    start, end = (60 * _minutes(clock) for clock in headway.between)
    rows = timetable.trips["line"].isin(np.flatnonzero(named)).to_numpy() & (leaves_s >= start) & (leaves_s < end)
    directions = timetable.trips["direction"].to_numpy(int)
    return {int(one): np.sort(leaves_s[rows & (directions == one)]) for one in np.unique(directions[rows])}


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)
