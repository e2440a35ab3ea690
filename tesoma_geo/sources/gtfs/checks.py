"""What the files of a feed say of one another, and rows that contradict themselves.

A row that cannot be used is left out and counted, as feeds are published with some; a feed with many of them is
refused, with all its faults.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.errors import Fault
from tesoma_geo.sources.gtfs.call_times import backwards, backwards_at_a_stop, timeless_ends
from tesoma_geo.sources.gtfs.delimited import LISTED_FAULTS, Faults, Text
from tesoma_geo.sources.gtfs.kinds import MISSING
from tesoma_geo.sources.gtfs.schema import BESIDE, SCHEMA
from tesoma_geo.tables import LeftOut

#: Stops, stations and entrances have a place; ``location_type`` of what has more than these has none of its own.
ENTRANCE = 2

#: So many rows of a file may be unusable, or so large a share of it: more is no feed with a slip in it.
FEW_ROWS, FEW_SHARE = 5, 0.05

#: Where two rows of one name differ, which is right nobody can tell: the feed is refused.
SINGLE = ("stops", "routes", "trips", "calendar", "calendar_dates", "frequencies")


@dataclass(eq=False)
class Cleaning:
    """The tables of a feed while what cannot be used is taken out of them.

    Attributes
    ----------
    tables
        File name without ``.txt`` → its rows; the index is the row of the file, from 0.
    texts
        File name without ``.txt`` → the file.
    faults
        What is wrong, told where the feed is refused.
    left_out
        What was taken out.
    notes
        What was put right.
    gone
        Identifiers that rows left out had: what refers to them goes with them.
    """

    tables: dict[str, pd.DataFrame]
    texts: Mapping[str, Text]
    faults: Faults
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gone: dict[str, set[str]] = field(default_factory=dict)

    def wrong(self, name: str, at: NDArray[np.bool_], column: str, problem: str, remedy: str) -> None:
        """Note a fault at rows of a table and take them out.

        Parameters
        ----------
        name
            Of the table.
        at
            Which of its rows, shape (rows,).
        column
            Where the fault is.
        problem, remedy
            What is wrong, with ``{}`` for the value, and what to do.
        """
        if at.any():
            values = self.tables[name][column]
            rows = values.index.to_numpy()[at]
            self.faults.at(self.texts[name], rows, column, lambda row: problem.format(repr(values[row])), remedy)
            self.drop(name, at)

    def drop(self, name: str, at: NDArray[np.bool_]) -> None:
        """Take rows out of a table.

        Parameters
        ----------
        name
            Of the table.
        at
            Which of its rows, shape (rows,).
        """
        if not at.any():
            return
        frame = self.tables[name]
        for key in SCHEMA[name].unique[:1]:
            kept, lost = set(frame[key][~at]), set(frame[key][at])
            self.gone.setdefault(key, set()).update(lost - kept)
        self.tables[name] = frame[~at]

    def told(self, what: str, reason: str, names: Iterable[object]) -> None:
        """Count things that were taken out.

        Parameters
        ----------
        what
            The things, in plural.
        reason
            Why.
        names
            Of each of them.
        """
        named = [str(name) for name in names]
        if named:
            self.left_out.append(LeftOut(what, reason, len(named), tuple(named[:3])))


def clean(feed: str, cleaning: Cleaning, zones: bytes | None) -> None:
    """Take out of the tables of a feed what cannot be used.

    Parameters
    ----------
    feed
        Name of the feed.
    cleaning
        Its tables; changed.
    zones
        Contents of ``locations.geojson``, where there is one.
    """
    rows = {name: len(frame) for name, frame in cleaning.tables.items()}
    at_headways, with_rules = _trips_at_headways(cleaning), _fares_with_rules(cleaning)
    for name in cleaning.tables:
        bad = cleaning.faults.bad.get(cleaning.texts[name].name, set())
        cleaning.drop(name, cleaning.tables[name].index.isin(bad))
        _check_repeated(name, cleaning)
    _check_stops(feed, cleaning)
    _leave_out_zones(feed, cleaning, zones)
    _check_services(cleaning)
    for name, table in SCHEMA.items():
        for column, (other, key) in table.refers.items():
            if name in cleaning.tables and other in cleaning.tables:
                _check_reference(name, column, other, key, cleaning)
    _check_stop_times(feed, cleaning)
    for name, start, end in (("calendar", "start_date", "end_date"), ("frequencies", "start_time", "end_time")):
        if name in cleaning.tables:
            frame = cleaning.tables[name]
            late = ((frame[end] < frame[start]) & (frame[end] != MISSING) & (frame[start] != MISSING)).to_numpy()
            cleaning.wrong(name, late, end, f"lies before {start}", "Swap or correct the two")
            if name == "frequencies":
                frame = cleaning.tables[name]
                none = ((frame[end] == frame[start]) & (frame[end] != MISSING)).to_numpy()
                cleaning.wrong(name, none, end, f"is {start}: nothing leaves before it", "Correct the hours")
            if name == "calendar" and late.any():
                _check_services(cleaning)
    _leave_out_headways(feed, cleaning, at_headways)
    _leave_out_fares(feed, cleaning, with_rules)
    _settle(cleaning, rows)


def _trips_at_headways(cleaning: Cleaning) -> set[str]:
    """Trips of which a row of ``frequencies.txt`` says how often they run, whether it can be used or not."""
    return set(cleaning.tables["frequencies"]["trip_id"]) if "frequencies" in cleaning.tables else set()


def _leave_out_headways(feed: str, cleaning: Cleaning, at_headways: set[str]) -> None:
    """Without their headways trips have no hours: the times at their stops are a pattern only."""
    lost = at_headways - _trips_at_headways(cleaning)
    trips = cleaning.tables["trips"]["trip_id"]
    without = trips.isin(lost).to_numpy()
    cleaning.told("trips", f"no row of frequencies.txt about them can be used ({feed})", trips[without])
    cleaning.drop("trips", without)
    cleaning.drop("stop_times", cleaning.tables["stop_times"]["trip_id"].isin(lost).to_numpy())


def _fares_with_rules(cleaning: Cleaning) -> set[str]:
    """Fares of which a row of ``fare_rules.txt`` says where they hold, whether it can be used or not."""
    return set(cleaning.tables["fare_rules"]["fare_id"]) if "fare_rules" in cleaning.tables else set()


def _leave_out_fares(feed: str, cleaning: Cleaning, with_rules: set[str]) -> None:
    """A fare without rules holds everywhere: one that has lost all of its rules would hold where it never did."""
    if "fare_attributes" not in cleaning.tables:
        return
    fares = cleaning.tables["fare_attributes"]["fare_id"]
    without = fares.isin(with_rules - _fares_with_rules(cleaning)).to_numpy()
    cleaning.told("fares", f"no row of fare_rules.txt about them can be used ({feed})", fares[without])
    cleaning.drop("fare_attributes", without)


def _settle(cleaning: Cleaning, rows: Mapping[str, int]) -> None:
    """Count the rows left out, and refuse a feed that has too many of them or nothing left."""
    tables, faults = cleaning.tables, cleaning.faults
    for name, text in cleaning.texts.items():
        count, examples = faults.rows_of(text)
        if count:
            what = f"rows of {text.name}" if count > 1 else f"row of {text.name}"
            cleaning.left_out.append(LeftOut(what, "cannot be used", count, examples))
            if name not in BESIDE and count > max(FEW_ROWS, FEW_SHARE * rows.get(name, 0)):
                faults.fatal = True
        count, examples = faults.unread.get(text.name, (0, ()))
        if count:
            what = f"values of {text.name}" if count > 1 else f"value of {text.name}"
            cleaning.left_out.append(LeftOut(what, "cannot be read, and counts as not given", count, examples))
    for name in ("trips", "stop_times"):
        if tables[name].empty and rows[name]:
            faults.fatal = True
            faults.found += faults.trips
            if not faults.found:
                why = "".join(f": {left.count} {left.reason}" for left in cleaning.left_out if left.what == "trips")
                remedy = "Leave this feed out, or export it again"
                faults.found.append(Fault(cleaning.texts[name].name, f"has no row that can be used{why}", remedy))
    for name, frame in tables.items():
        if len(frame) < rows[name]:
            tables[name] = _renumbered(frame)


def _renumbered(frame: pd.DataFrame) -> pd.DataFrame:
    again = frame.reset_index(drop=True)
    identifiers = again.select_dtypes("category").columns
    return again.assign(**{name: again[name].cat.remove_unused_categories() for name in identifiers})


def _check_repeated(name: str, cleaning: Cleaning) -> None:
    """Rows that are there twice alike are one; where they differ nobody can tell which is right."""
    key = list(SCHEMA[name].unique)
    frame = cleaning.tables[name]
    again = frame.duplicated(key).to_numpy() if key else np.zeros(len(frame), bool)
    if not again.any():
        return
    alike = frame.duplicated().to_numpy()
    if alike.any():
        times = "row is" if alike.sum() == 1 else "rows are"
        cleaning.notes.append(f"{cleaning.texts[name].name}: {alike.sum()} {times} there twice, and read once")
        cleaning.tables[name] = frame[~alike]
    differ = again[~alike]
    if name in SINGLE and differ.any():
        cleaning.faults.fatal = True
    problem = f"{' and '.join(key)} stand in a row above that says otherwise"
    cleaning.wrong(name, differ, key[0], problem, "Remove one of the two rows")


def _check_reference(name: str, column: str, other: str, key: str, cleaning: Cleaning) -> None:
    values = cleaning.tables[name][column]
    known, gone = set(cleaning.tables[other][key]), cleaning.gone.get(key, set())
    categories = values.cat.categories
    lost = np.array([bool(value) and value not in known and value in gone for value in categories], bool)
    unknown = np.array([bool(value) and value not in known and value not in gone for value in categories], bool)
    if name == "stops":  # a stop is one without its station too
        lost[:] = False
    codes = values.cat.codes.to_numpy()
    if lost.any():
        cleaning.notes.append(f"{cleaning.texts[name].name}: {lost[codes].sum()} rows go with those of {other}.txt")
        cleaning.drop(name, lost[codes])
        codes = cleaning.tables[name][column].cat.codes.to_numpy()
    if unknown.any() and name == "stops":
        frame, text = cleaning.tables[name], cleaning.texts[name]
        rows = frame.index.to_numpy()[unknown[codes]]
        problems = {int(row): f"{frame[column][row]!r} is not in {other}.txt" for row in rows}
        cleaning.faults.not_given(text, rows, column, lambda row: problems[row])
        named = frame[column].astype(object).where(~unknown[codes], "").astype("category")
        cleaning.tables[name] = frame.assign(**{column: named})
    elif unknown.any():
        remedy = f"Add it to {other}.txt or correct the identifier"
        cleaning.wrong(name, unknown[codes], column, f"{{}} is not in {other}.txt", remedy)


def _check_stops(feed: str, cleaning: Cleaning) -> None:
    """Stops without a place, or with an impossible one; those that nothing calls at are no fault."""
    stops = cleaning.tables["stops"]
    lat, lon = stops["stop_lat"].to_numpy(), stops["stop_lon"].to_numpy()
    placed = stops["location_type"].to_numpy() <= ENTRANCE
    nowhere, gulf = placed & (np.isnan(lat) | np.isnan(lon)), placed & (lat == 0) & (lon == 0)
    used = stops["stop_id"].isin(set(cleaning.tables["stop_times"]["stop_id"])).to_numpy()
    idle = (nowhere | gulf) & ~used
    cleaning.told("stops", f"no place is given, and nothing calls there ({feed})", stops["stop_id"][idle])
    cleaning.drop("stops", idle)
    empty, gulf = (nowhere & used)[~idle], (gulf & used)[~idle]
    column = "stop_lat" if np.isnan(lat[~idle][empty]).any() else "stop_lon"
    cleaning.wrong("stops", empty, column, "is empty", "Write decimal degrees of WGS 84")
    place = "Write the place of the stop"
    cleaning.wrong("stops", gulf[~empty], "stop_lat", "0, 0 is in the Gulf of Guinea", place)


def _leave_out_zones(feed: str, cleaning: Cleaning, zones: bytes | None) -> None:
    """Services on demand within zones have no stops and no times: their rows and trips are left out."""
    frame = cleaning.tables["stop_times"]
    known = set(cleaning.tables["stops"]["stop_id"])
    drawn = _zone_names(zones) - known
    within = frame["stop_id"].isin(drawn).to_numpy().copy()
    for column in ("location_id", "location_group_id", "start_pickup_drop_off_window"):
        within |= (frame[column] != "").to_numpy()
    if not within.any():
        return
    where = frame["location_id"].astype(object).where(frame["location_id"] != "", frame["stop_id"].astype(object))
    names = sorted({str(name) for name in where[within]} - {""})
    calls = int(within.sum())
    reason = f"served on demand within zones, without a timetable ({feed})"
    cleaning.left_out.append(LeftOut("calls", reason, calls, tuple(names[:3])))
    trips, fixed = set(frame["trip_id"][within]), set(frame["trip_id"][~within])
    cleaning.drop("stop_times", within)
    of_zones = cleaning.tables["trips"]["trip_id"].isin(trips - fixed).to_numpy()
    cleaning.told("trips", reason, cleaning.tables["trips"]["trip_id"][of_zones])
    cleaning.drop("trips", of_zones)


def _zone_names(zones: bytes | None) -> set[str]:
    """Identifiers of the zones that ``locations.geojson`` draws."""
    try:
        features = json.loads(zones or b"{}").get("features", [])
        return {str(feature["id"]) for feature in features if feature.get("id")}
    except (ValueError, AttributeError, TypeError):
        return set()


def _check_services(cleaning: Cleaning) -> None:
    known = {
        service for name in ("calendar", "calendar_dates") if name in cleaning.tables
        for service in cleaning.tables[name]["service_id"]
    }  # fmt: skip
    services = cleaning.tables["trips"]["service_id"]
    lost = services.isin(cleaning.gone.get("service_id", set()) - known).to_numpy()
    cleaning.drop("trips", lost)
    unknown = ~cleaning.tables["trips"]["service_id"].isin(known).to_numpy()
    remedy = "Add it to one of the two or correct the identifier"
    cleaning.wrong(
        "trips", unknown, "service_id", "{} is neither in calendar.txt nor in calendar_dates.txt", remedy
    )  # fmt: skip


def _check_stop_times(feed: str, cleaning: Cleaning) -> None:
    if cleaning.tables["stop_times"].empty and not cleaning.left_out and not cleaning.faults.found:
        remedy = "A feed without times at stops cannot be used; export it again"
        cleaning.faults.whole(cleaning.texts["stop_times"].name, "has no row", remedy)
        return
    nameless = (cleaning.tables["stop_times"]["stop_id"] == "").to_numpy()
    cleaning.wrong("stop_times", nameless, "stop_id", "is empty", "Name the stop")
    stops = cleaning.tables["stops"]
    others = set(stops["stop_id"][stops["location_type"] != 0])
    station = cleaning.tables["stop_times"]["stop_id"].isin(others).to_numpy()
    cleaning.wrong("stop_times", station, "stop_id", "{} is no stop but a station or entrance",
                   "Name the stop or platform where the vehicle stands")  # fmt: skip
    for find, column, problem in (
        (timeless_ends, "departure_time", "is empty at an end of the trip"),
        (backwards_at_a_stop, "departure_time", "lies before the arrival"),
        (backwards, "arrival_time", "lies before the departure from the stop before"),
    ):
        frame = cleaning.tables["stop_times"]
        rows = np.zeros(len(frame), bool)
        rows[find(frame)] = True
        if find is timeless_ends:
            cleaning.wrong("stop_times", rows, column, problem, "Correct the times of the trip")
        elif rows.any():
            _leave_out_trips(feed, cleaning, rows, column, problem)


def _leave_out_trips(
    feed: str, cleaning: Cleaning, rows: NDArray[np.bool_], column: str, problem: str
) -> None:  # fmt: skip
    """Take out trips whose times contradict themselves; which of them is right nobody can tell."""
    frame, text = cleaning.tables["stop_times"], cleaning.texts["stop_times"]
    trips = frame["trip_id"][rows].drop_duplicates()
    lines = frame.index.to_numpy()[rows]
    faults_of_trips = [
        text.fault(int(row), column, problem, "Correct the times of the trip") for row in lines[:LISTED_FAULTS]
    ]
    cleaning.faults.trips += faults_of_trips
    cleaning.told("trips", f"a time {problem} ({feed})", trips)
    cleaning.drop("trips", cleaning.tables["trips"]["trip_id"].isin(set(trips)).to_numpy())
    cleaning.drop("stop_times", frame["trip_id"].isin(set(trips)).to_numpy())
    if len(trips) > max(FEW_ROWS, FEW_SHARE * len(cleaning.tables["trips"])):
        cleaning.faults.fatal = True
        cleaning.faults.found += faults_of_trips
