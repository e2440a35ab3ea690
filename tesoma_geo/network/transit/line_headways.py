"""Lines with their headways hour by hour, and who lives along them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.transit.legs import StopLegs
from tesoma_geo.network.transit.timetable import DayTimetable

HOUR_S = 3600


def line_headways(timetable: DayTimetable) -> pd.DataFrame:
    """How often each line runs, hour by hour of the day.

    An hour's departures are those of one direction at the stop that has most of them; of the two directions the one
    with more counts.

    Parameters
    ----------
    timetable
        What runs; trips of the day itself count.

    Returns
    -------
    DataFrame
        A row a line that runs: ``line`` and ``long_name``, ``type`` (GTFS route type), ``trips`` of the day,
        ``first`` and ``last`` (clock times of the first and the last departure), ``headway_min`` (hour → minutes
        between departures; hours without one are not there) and ``row`` (of the timetable's lines), by name.
    """
    calls, trips, lines = timetable.calls, timetable.trips, timetable.lines
    leaves = (trips["service_day"] == 0).to_numpy()[calls.trip] & calls.boards & ~timetable.is_last
    trip = calls.trip[leaves]
    departures = pd.DataFrame(
        {
            "row": trips["line"].to_numpy()[trip],
            "direction": trips["direction"].to_numpy()[trip],
            "stop": calls.stop[leaves],
            "hour": calls.departure_s[leaves] // HOUR_S,
            "trip": trip,
            "leaves_s": calls.departure_s[leaves],
        }
    )
    at_stops = departures.groupby(["row", "direction", "stop", "hour"]).size()
    oftenest = at_stops.groupby(["row", "hour"]).max()
    rows = []
    counts: dict[int, dict[int, int]] = {}
    for row, hour, count in oftenest.reset_index(name="count").to_numpy(np.int64).tolist():
        counts.setdefault(row, {})[hour] = count
    for row, hours in counts.items():
        of_line = departures[departures["row"] == row]
        rows.append(
            {
                "line": str(lines["name"].iloc[row]),
                "long_name": str(lines["long_name"].iloc[row]),
                "type": int(lines["type"].iloc[row]),
                "trips": int(of_line["trip"].nunique()),
                "first": timetable.clock(int(of_line["leaves_s"].min()))[:5],
                "last": timetable.clock(int(of_line["leaves_s"].max()))[:5],
                "headway_min": {hour: round(60 / count, 1) for hour, count in hours.items()},
                "row": row,
            }
        )
    columns = ["line", "long_name", "type", "trips", "first", "last", "headway_min", "row"]
    return pd.DataFrame(rows, columns=columns).sort_values(["line", "row"], ignore_index=True)


def residents_along(
    timetable: DayTimetable, legs: StopLegs, residents: NDArray[np.int64], rows: NDArray[np.int64], most_s: float
) -> NDArray[np.int64]:
    """Residents within a walk of a stop at which a line may be boarded on the day.

    Parameters
    ----------
    timetable
        What runs.
    legs
        From each place to the stops that it reaches.
    residents
        At each place, shape (n,).
    rows
        Lines, rows of the timetable's, shape (k,).
    most_s
        Most seconds of the walk.

    Returns
    -------
    int64 array of shape (k,).
    """
    calls, trips = timetable.calls, timetable.trips
    boards = (trips["service_day"] == 0).to_numpy()[calls.trip] & calls.boards & ~timetable.is_last
    line = trips["line"].to_numpy()[calls.trip]
    place = np.repeat(np.arange(len(legs.first) - 1), np.diff(legs.first))
    near = legs.walk_s <= most_s
    served = np.empty(len(rows), np.int64)
    for at, row in enumerate(rows):
        stops = np.zeros(len(timetable.stops), bool)
        stops[calls.stop[boards & (line == row)]] = True
        served[at] = residents[np.unique(place[near & stops[legs.stop]])].sum()
    return served
