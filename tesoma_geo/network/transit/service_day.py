"""Feeds and a day to a timetable: which trips run, at what time, at which stops."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.transit.feed_day import FeedDay, joined, joined_pairs
from tesoma_geo.network.transit.station_pathways import station_entrances, station_pathways
from tesoma_geo.network.transit.timetable import Calls, DayTimetable, Shapes, day_start
from tesoma_geo.network.transit.trip_rules import FORBIDDEN, LEAST, TIMED, trip_rules
from tesoma_geo.network.transit.vehicles import LEAVE, STAY, linked_trips
from tesoma_geo.sources.gtfs import Feed, general_transfers, nearest_day_of_service, services_on, span, stated_span
from tesoma_geo.sources.gtfs.call_times import trip_order
from tesoma_geo.sources.gtfs.kinds import MISSING
from tesoma_geo.tables import LeftOut

#: Trips of the service day after are taken when they start before this: windows and trips end by then.
NEXT_DAY_S = 36 * 3600

DAY_S = 24 * 3600

#: Trips that are on their way for longer are taken for a slip.
MOST_DAYS = 14

#: Of a trip that leaves at the second that the feed says: it belongs to no headway whose phase is unknown.
AT_ITS_TIME = {"headway": -1, "headway_s": 0, "until_s": 0}

NO_BOARDING = 1  # pickup_type and drop_off_type


def timetable_of(feeds: Sequence[Feed], day: dt.date) -> DayTimetable:
    """The timetable of a day from one feed or several.

    Parameters
    ----------
    feeds
        Feeds, checked.
    day
        The day.

    Returns
    -------
    DayTimetable
        Trips of the service days before and after as far as they reach into the day.

    Raises
    ------
    InputError
        No service on the day.
    """
    parts = [_part(feed, number, day, feeds[0].timezone) for number, feed in enumerate(feeds)]
    notes = [*(note for feed in feeds for note in feed.notes), *_check_service(feeds, day, parts)]
    left_out = [left for feed, part in zip(feeds, parts, strict=True) for left in (*feed.left_out, *part.left_out)]
    return DayTimetable(day, feeds[0].timezone, *joined(parts), tuple(notes), tuple(left_out), *joined_pairs(parts))


def _check_service(feeds: Sequence[Feed], day: dt.date, parts: Sequence[FeedDay]) -> list[str]:
    """Refuse a day without service; note feeds that rest on a day within their span.

    Trips of the night before that go on after midnight are service of the day too.
    """
    remedy = "Choose a day on which it runs, or a feed that covers the day"
    running = [
        bool(services_on(feed, day) & set(feed.tables["trips"]["service_id"]))
        or bool((part.trips["service_day"] < 0).any())
        for feed, part in zip(feeds, parts, strict=True)
    ]
    notes, problems = [], []
    for feed, runs in zip(feeds, running, strict=True):
        days = span(feed)
        if days is None:
            problems.append(f"{feed.name} has no day with service at all")
        elif not runs:
            notice = f"{feed.name} has no service on {day} ({day:%A}); it covers {days[0]} to {days[1]}"
            if days[0] <= day <= days[1] and any(running):
                notes.append(notice)
            else:
                problems.append(notice)
    if problems:
        near = nearest_day_of_service(feeds, day)
        if near is not None:
            remedy = f"{remedy}; the nearest with service is {near} ({near:%A})"
        raise InputError("; ".join(problems), remedy)
    return [*notes, *(note for feed in feeds for note in _outside_stated_span(feed, day))]


def _outside_stated_span(feed: Feed, day: dt.date) -> list[str]:
    """Note that a feed says of itself that it is for other days: its times may have been replaced."""
    first, last = stated_span(feed)
    if (first is None or first <= day) and (last is None or day <= last):
        return []
    told = " ".join(f"{word} {one}" for word, one in (("from", first), ("until", last)) if one is not None)
    return [f"{feed.name} says in feed_info.txt that it is valid {told}, and has trips on {day} all the same"]


def _part(feed: Feed, number: int, day: dt.date, timezone: str) -> FeedDay:
    stops, row_of_stop = _stops(feed, number)
    lines = _lines(feed, number)
    trips, calls, left_out = _running(feed, day, timezone, row_of_stop, lines)
    shapes, trips = _shapes(feed, trips)
    vehicle, leg = linked_trips(trips, calls, stops, _in_seat(feed))
    trips = trips.drop(columns="block_id").assign(vehicle=vehicle, leg=leg)
    transfers, pathways = _transfers(feed, row_of_stop), station_pathways(feed, row_of_stop)
    rules = trip_rules(feed, row_of_stop, number)
    return FeedDay(
        stops,
        lines,
        trips,
        calls,
        transfers,
        shapes,
        _fares(feed, number),
        left_out,
        pathways,
        rules,
        station_entrances(feed, row_of_stop),
    )


def _in_seat(feed: Feed) -> dict[tuple[str, str], int]:
    """Trips by id, from and to → whether passengers stay aboard, or may not."""
    if "transfers" not in feed.tables:
        return {}
    table = feed.tables["transfers"]
    table = table[table["transfer_type"].isin((STAY, LEAVE))]
    trips = zip(table["from_trip_id"], table["to_trip_id"], table["transfer_type"], strict=True)
    return {(str(one), str(other)): int(kind) for one, other, kind in trips if one and other}


def _stops(feed: Feed, number: int) -> tuple[pd.DataFrame, dict[str, list[int]]]:
    """Stops where vehicles stand, and the rows that each stop or station id stands for."""
    table = feed.tables["stops"]
    ids, parents = table["stop_id"].astype(object), table["parent_station"].astype(object)
    boarding = dict(zip(ids, table["wheelchair_boarding"], strict=True))
    stands = (table["location_type"] == 0).to_numpy()
    wheelchair = [
        own or boarding.get(parent, 0) for own, parent in zip(table["wheelchair_boarding"], parents, strict=True)
    ]
    stops = pd.DataFrame(
        {
            "stop_id": ids.to_numpy()[stands],
            "name": table["stop_name"].to_numpy()[stands],
            "lon": table["stop_lon"].to_numpy()[stands],
            "lat": table["stop_lat"].to_numpy()[stands],
            "zone": table["zone_id"].astype(object).to_numpy()[stands],
            "wheelchair": np.array(wheelchair, np.int8)[stands],
            "station": parents.to_numpy()[stands],
            "feed": number,
        }
    )
    rows: dict[str, list[int]] = {}
    for row, (stop, station) in enumerate(zip(stops["stop_id"], stops["station"], strict=True)):
        rows.setdefault(stop, []).append(row)
        if station:
            rows.setdefault(station, []).append(row)
    return stops, rows


def _lines(feed: Feed, number: int) -> pd.DataFrame:
    table = feed.tables["routes"]
    short, long = table["route_short_name"], table["route_long_name"]
    return pd.DataFrame(
        {
            "route_id": table["route_id"].astype(object),
            "name": np.where(short != "", short, long),
            "long_name": long,
            "type": table["route_type"],
            "feed": number,
        }
    )


def _running(
    feed: Feed, day: dt.date, timezone: str, row_of_stop: Mapping[str, list[int]], lines: pd.DataFrame
) -> tuple[pd.DataFrame, Calls, tuple[LeftOut, ...]]:
    """Trips and calls of the day and of its neighbours as far as they reach into it."""
    templates, times, left_out = _templates(feed, row_of_stop)
    line_of = pd.Series(np.arange(len(lines)), index=lines["route_id"])
    found_trips, found_calls = [], []
    count = 0
    # Times go on past 24:00, and past 48:00 for ferries and coaches: so many service days reach into this one, one of
    # which may be an hour shorter.
    last_s = int(templates["last_s"].max()) if len(templates) else 0
    before = min(max(1, (last_s + 3600) // DAY_S), MOST_DAYS)
    for offset in range(-before, 2):
        that_day = day + dt.timedelta(offset)
        shift = day_start(that_day, feed.timezone) - day_start(day, timezone)
        services = services_on(feed, that_day)
        runs = templates["service_id"].isin(services).to_numpy()
        if offset < 0:
            runs = runs & (templates["last_s"].to_numpy() + shift >= 0)
        elif offset == 1:
            runs = runs & (templates["first_s"].to_numpy() + shift < NEXT_DAY_S)
        trips = templates[runs].reset_index(drop=True)
        found_trips.append(
            pd.DataFrame(
                {
                    "trip_id": trips["trip_id"],
                    "line": line_of.loc[trips["route_id"]].to_numpy(np.int32),
                    "headsign": trips["trip_headsign"],
                    "direction": trips["direction_id"].astype(np.int8),
                    "wheelchair": trips["wheelchair_accessible"].astype(np.int8),
                    "shape_id": trips["shape_id"],
                    "service_day": np.full(len(trips), offset, np.int8),
                    "block_id": trips["block_id"],
                    "headway": np.where(
                        trips["headway"] < 0, -1, (before + 2) * trips["headway"] + offset + before
                    ).astype(np.int32),
                    "headway_s": trips["headway_s"].astype(np.int32),
                    "until_s": (trips["until_s"] + shift).astype(np.int32),
                }
            )
        )
        found_calls.append(_calls_of(trips, times, shift, count))
        count += len(trips)
    return pd.concat(found_trips, ignore_index=True), Calls.joined(found_calls), left_out


def _templates(feed: Feed, row_of_stop: Mapping[str, list[int]]) -> tuple[pd.DataFrame, Calls, tuple[LeftOut, ...]]:
    """Every trip that may run, with ``begin`` and ``end`` of its calls and seconds to ``add`` to them.

    A trip by headway is there once a departure.
    """
    table = feed.tables["stop_times"].iloc[trip_order(feed.tables["stop_times"])]
    ids = table["trip_id"].cat.categories
    trip = table["trip_id"].cat.codes.to_numpy()
    rows = np.array([row_of_stop.get(stop, [-1])[0] for stop in table["stop_id"].cat.categories], np.int32)
    arrival, departure = _interpolated(table, trip)
    calls = Calls(
        trip.astype(np.int32), rows[table["stop_id"].cat.codes], arrival, departure,
        (table["pickup_type"] != NO_BOARDING).to_numpy(), (table["drop_off_type"] != NO_BOARDING).to_numpy(),
    )  # fmt: skip
    begin = pd.Series(np.searchsorted(trip, np.arange(len(ids))), index=ids)
    end = pd.Series(np.searchsorted(trip, np.arange(len(ids)), side="right"), index=ids)
    trips = feed.tables["trips"]
    text = {name: trips[name].astype(object) for name in ("trip_id", "route_id", "service_id", "shape_id", "block_id")}
    templates = trips.assign(**text)
    templates["begin"] = begin.reindex(templates["trip_id"]).fillna(0).to_numpy(np.int64)
    templates["end"] = end.reindex(templates["trip_id"]).fillna(0).to_numpy(np.int64)
    short = (templates["end"] - templates["begin"] < 2).to_numpy()
    examples = tuple(templates["trip_id"][short][:3])
    left_out = (
        (LeftOut("trips", f"fewer than two stops ({feed.name})", int(short.sum()), examples),) if short.any() else ()
    )
    templates = _at_headways(feed, templates[~short].assign(add=0, **AT_ITS_TIME), departure)
    templates["first_s"] = departure[templates["begin"].to_numpy()] + templates["add"]
    templates["last_s"] = arrival[templates["end"].to_numpy() - 1] + templates["add"]
    return templates, calls, left_out


def _at_headways(feed: Feed, templates: pd.DataFrame, departure: NDArray[np.int32]) -> pd.DataFrame:
    if "frequencies" not in feed.tables:
        return templates
    spans = feed.tables["frequencies"].assign(trip_id=lambda frame: frame["trip_id"].astype(object))
    columns = ("trip_id", "start_time", "end_time", "headway_secs", "exact_times")
    starts = [
        (trip, start, *((row, headway, end) if not exact else AT_ITS_TIME.values()))
        for row, (trip, begin, end, headway, exact) in enumerate(
            sorted(zip(*(spans[name] for name in columns), strict=True))
        )
        for start in range(begin, end, headway)
    ]
    leaving = pd.DataFrame(starts, columns=["trip_id", "leaves", *AT_ITS_TIME])
    by_headway = templates.drop(columns=list(AT_ITS_TIME)).merge(leaving, on="trip_id")
    by_headway["add"] = by_headway["leaves"] - departure[by_headway["begin"].to_numpy()]
    by_headway["block_id"] = ""
    by_headway["trip_id"] += "@" + by_headway["leaves"].astype(str)
    fixed = templates[~templates["trip_id"].isin(spans["trip_id"])]
    return pd.concat([fixed, by_headway.drop(columns="leaves")], ignore_index=True)


def _interpolated(table: pd.DataFrame, trip: NDArray[np.integer]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Arrival and departure at every call; between timed calls by distance along the shape, or evenly."""
    arrival, departure = table["arrival_time"].to_numpy().copy(), table["departure_time"].to_numpy().copy()
    arrival = np.where(arrival == MISSING, departure, arrival)
    departure = np.where(departure == MISSING, arrival, departure)
    if (arrival != MISSING).all():
        return arrival, departure
    along = table["shape_dist_traveled"].to_numpy()
    timed = np.flatnonzero(arrival != MISSING)
    for before, after in pairwise(timed):
        if after - before < 2 or trip[before] != trip[after]:
            continue
        place = along[before : after + 1]
        if np.isnan(place).any() or not place[-1] > place[0] or (np.diff(place) < 0).any():
            place = np.arange(after - before + 1.0)
        share = (place[1:-1] - place[0]) / (place[-1] - place[0])
        between = departure[before] + share * (arrival[after] - departure[before])
        arrival[before + 1 : after] = departure[before + 1 : after] = np.round(between)
    return arrival, departure


def _calls_of(trips: pd.DataFrame, times: Calls, shift: int, count: int) -> Calls:
    """Calls of the chosen trips, numbered from ``count``, ``shift`` seconds later than the feed says."""
    begin, end = trips["begin"].to_numpy(), trips["end"].to_numpy()
    length = end - begin
    first = np.concatenate([[0], np.cumsum(length)])
    taken = np.arange(first[-1]) + np.repeat(begin - first[:-1], length)
    add = np.repeat(trips["add"].to_numpy() + shift, length)
    return Calls(
        np.repeat(np.arange(count, count + len(trips), dtype=np.int32), length),
        times.stop[taken],
        (times.arrival_s[taken] + add).astype(np.int32),
        (times.departure_s[taken] + add).astype(np.int32),
        times.boards[taken],
        times.alights[taken],
    )


def _shapes(feed: Feed, trips: pd.DataFrame) -> tuple[Shapes, pd.DataFrame]:
    """Shapes of the trips that run, and the trips with their numbers."""
    empty = Shapes(np.zeros(1, np.int64), np.empty(0), np.empty(0))
    numbers = np.full(len(trips), -1, np.int32)
    if "shapes" in feed.tables:
        table = feed.tables["shapes"]
        table = table[table["shape_id"].isin(set(trips["shape_id"]))]
        order = np.lexsort((table["shape_pt_sequence"].to_numpy(), table["shape_id"].cat.codes.to_numpy()))
        table = table.iloc[order]
        code = table["shape_id"].cat.codes.to_numpy()
        used, start = np.unique(code, return_index=True)
        empty = Shapes(
            np.r_[start, len(code)].astype(np.int64), table["shape_pt_lon"].to_numpy(), table["shape_pt_lat"].to_numpy()
        )
        number = pd.Series(np.arange(len(used)), index=table["shape_id"].cat.categories[used])
        numbers = number.reindex(trips["shape_id"]).fillna(-1).to_numpy(np.int32)
    return empty, trips.drop(columns="shape_id").assign(shape=numbers)


def _transfers(feed: Feed, row_of_stop: Mapping[str, list[int]]) -> pd.DataFrame:
    """Rules between stops; those of stations hold for each of their stops that has no rule of its own."""
    rules: dict[tuple[int, int], tuple[bool, int, bool]] = {}
    table = general_transfers(feed).astype({"from_stop_id": object, "to_stop_id": object})
    stations = set(feed.tables["stops"]["stop_id"][feed.tables["stops"]["location_type"] != 0])
    of_station = [int(row.from_stop_id in stations) + int(row.to_stop_id in stations) for row in table.itertuples()]
    for index in np.argsort(-np.array(of_station, int), kind="stable"):
        row = table.iloc[index]
        least_s = int(row.min_transfer_time)
        if least_s == 0 and row.transfer_type != LEAST:
            least_s = MISSING  # an empty value written as 0
        rule = (row.transfer_type == FORBIDDEN, least_s, row.transfer_type == TIMED)
        for from_stop in row_of_stop.get(row.from_stop_id, []):
            for to_stop in row_of_stop.get(row.to_stop_id, []):
                rules[from_stop, to_stop] = rule
    pairs = sorted(rules)
    return pd.DataFrame(
        {
            "from_stop": np.array([pair[0] for pair in pairs], np.int32),
            "to_stop": np.array([pair[1] for pair in pairs], np.int32),
            "forbidden": np.array([rules[pair][0] for pair in pairs], bool),
            "min_s": np.array([rules[pair][1] for pair in pairs], np.int32),
            "timed": np.array([rules[pair][2] for pair in pairs], bool),
        }
    )


def _fares(feed: Feed, number: int) -> pd.DataFrame:
    columns = [
        "fare_id",
        "price",
        "currency",
        "transfers",
        "duration_s",
        "route_id",
        "origin",
        "destination",
        "contains",
    ]
    if "fare_attributes" not in feed.tables:
        return pd.DataFrame({name: [] for name in [*columns, "feed"]})
    fares = feed.tables["fare_attributes"].astype({"fare_id": object})
    if "fare_rules" in feed.tables:
        rules = feed.tables["fare_rules"].astype(object)
    else:
        rules = pd.DataFrame(
            {name: [] for name in ("fare_id", "route_id", "origin_id", "destination_id", "contains_id")}, dtype=object
        )
    joined = fares.merge(rules, on="fare_id", how="left").fillna(
        {"route_id": "", "origin_id": "", "destination_id": "", "contains_id": ""}
    )
    joined = joined.rename(
        columns={
            "currency_type": "currency", "transfer_duration": "duration_s", "origin_id": "origin",
            "destination_id": "destination", "contains_id": "contains",
        }
    )  # fmt: skip
    return joined[columns].assign(feed=number)
