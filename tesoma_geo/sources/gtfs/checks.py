"""What the files of a feed say of one another, and rows that contradict themselves."""

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.sources.gtfs.delimited import Faults, Text
from tesoma_geo.sources.gtfs.kinds import MISSING
from tesoma_geo.sources.gtfs.schema import SCHEMA

STATION = 1

Tables = Mapping[str, pd.DataFrame]


def check(tables: Tables, texts: Mapping[str, Text], faults: Faults) -> None:
    """Note every fault between and within the tables of a feed.

    Parameters
    ----------
    tables
        File name without ``.txt`` → its rows.
    texts
        File name without ``.txt`` → the file.
    faults
        Faults are added to it.
    """
    for name, frame in tables.items():
        text, table = texts[name], SCHEMA[name]
        if table.unique:
            twice = np.flatnonzero(frame.duplicated(list(table.unique)))
            problem = f"{' and '.join(table.unique)} stand in a row above"
            faults.at(text, twice, table.unique[0], partial(_said, problem), "Remove one of the two rows")
        for column, (other, key) in table.refers.items():
            if other in tables:
                _check_reference(frame[column], text, column, tables[other][key], other, faults)
    _check_stops(tables["stops"], texts["stops"], faults)
    _check_services(tables, texts, faults)
    _check_stop_times(tables, texts["stop_times"], faults)
    for name, start, end in (("calendar", "start_date", "end_date"), ("frequencies", "start_time", "end_time")):
        if name in tables:
            frame = tables[name]
            rows = np.flatnonzero((frame[end] < frame[start]) & (frame[end] != MISSING) & (frame[start] != MISSING))
            faults.at(texts[name], rows, end, partial(_said, f"lies before {start}"), "Swap or correct the two")


def _said(problem: str, _row: int) -> str:
    return problem


def _check_reference(values: pd.Series, text: Text, column: str, keys: pd.Series, other: str, faults: Faults) -> None:
    known = set(keys.cat.categories)
    unknown = np.array([bool(value) and value not in known for value in values.cat.categories])
    if not unknown.any():
        return
    rows = np.flatnonzero(unknown[values.cat.codes])
    remedy = f"Add it to {other}.txt or correct the identifier"
    faults.at(text, rows, column, lambda row: f"{values.iloc[row]!r} is not in {other}.txt", remedy)


def _check_stops(stops: pd.DataFrame, text: Text, faults: Faults) -> None:
    lat, lon = stops["stop_lat"].to_numpy(), stops["stop_lon"].to_numpy()
    placed = stops["location_type"].to_numpy() <= 2
    for column, degrees in (("stop_lat", lat), ("stop_lon", lon)):
        rows = np.flatnonzero(placed & np.isnan(degrees))
        places = {fault.where for fault in faults.found}  # a value that could not be read is told already
        rows = np.array(
            [row for row in rows if f"{text.name}, line {text.line(int(row))}, column {column}" not in places], np.intp
        )
        faults.at(text, rows, column, lambda _: "is empty", "Write decimal degrees of WGS 84")
    rows = np.flatnonzero(placed & (lat == 0) & (lon == 0))
    faults.at(text, rows, "stop_lat", lambda _: "0, 0 is in the Gulf of Guinea", "Write the place of the stop")


def _check_services(tables: Tables, texts: Mapping[str, Text], faults: Faults) -> None:
    known = {
        service for name in ("calendar", "calendar_dates") if name in tables
        for service in tables[name]["service_id"].cat.categories
    }  # fmt: skip
    services = tables["trips"]["service_id"]
    unknown = np.array([bool(service) and service not in known for service in services.cat.categories], bool)
    rows = np.flatnonzero(unknown[services.cat.codes]) if len(services) else np.empty(0, np.intp)
    remedy = "Add it to one of the two or correct the identifier"
    where = "is neither in calendar.txt nor in calendar_dates.txt"
    faults.at(texts["trips"], rows, "service_id", lambda row: f"{services.iloc[row]!r} {where}", remedy)


def _check_stop_times(tables: Tables, text: Text, faults: Faults) -> None:
    frame, stops = tables["stop_times"], tables["stops"]
    if frame.empty:
        faults.whole(text.name, "has no row", "A feed without times at stops cannot be used; export it again")
        return
    types = dict(zip(stops["stop_id"], stops["location_type"], strict=True))
    station = np.array([types.get(stop, 0) != 0 for stop in frame["stop_id"].cat.categories])
    rows = np.flatnonzero(station[frame["stop_id"].cat.codes])
    faults.at(text, rows, "stop_id", lambda row: f"{frame['stop_id'].iloc[row]!r} is no stop but a station or entrance",
              "Name the stop or platform where the vehicle stands")  # fmt: skip
    for rows, column, problem in _wrong_times(frame):
        faults.at(text, rows, column, partial(_said, problem), "Correct the times of the trip")


def trip_order(frame: pd.DataFrame) -> NDArray[np.intp]:
    """Rows of ``stop_times`` trip by trip in the order of their sequence.

    Parameters
    ----------
    frame
        The table ``stop_times``.

    Returns
    -------
    Row numbers, shape (rows,).
    """
    return np.lexsort((frame["stop_sequence"].to_numpy(), frame["trip_id"].cat.codes.to_numpy()))


def _wrong_times(frame: pd.DataFrame) -> Iterator[tuple[NDArray[np.intp], str, str]]:
    order = trip_order(frame)
    trip = frame["trip_id"].cat.codes.to_numpy()[order]
    arrival, departure = (frame[name].to_numpy()[order] for name in ("arrival_time", "departure_time"))
    first = np.r_[True, trip[1:] != trip[:-1]]
    last = np.r_[first[1:], True]
    timeless = (arrival == MISSING) & (departure == MISSING)
    yield np.sort(order[(first | last) & timeless]), "departure_time", "is empty at an end of the trip"
    both = (arrival != MISSING) & (departure != MISSING)
    yield np.sort(order[both & (departure < arrival)]), "departure_time", "lies before the arrival"
    leaves = np.where(departure == MISSING, arrival, departure)
    comes = np.where(arrival == MISSING, departure, arrival)
    timed = np.flatnonzero(~timeless)
    same = trip[timed[1:]] == trip[timed[:-1]]
    back = same & (comes[timed[1:]] < leaves[timed[:-1]])
    yield np.sort(order[timed[1:][back]]), "arrival_time", "lies before the departure from the stop before"
