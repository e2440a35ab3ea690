"""Rules of changes that hold for single trips or lines (``transfers.txt`` with their ids, types 0 to 3).

Of the rules of a change the most specific counts, as the GTFS reference has it: both trips named, a trip and a line,
one trip, both lines, one line; then what holds for the stops.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.transit.patterns import Patterns
from tesoma_geo.network.transit.sweep import ALIGHT, BOARD, Events, EventTransfers
from tesoma_geo.network.transit.timetable import DayTimetable, no_trip_rules
from tesoma_geo.sources.gtfs import Feed, specific_transfers

FORBIDDEN, TIMED, LEAST = 3, 1, 2  # transfer_type

#: What a rule that names a trip, or else a line, at one end counts for.
OF_TRIP, OF_LINE = 3, 1

#: Columns that name trips and lines.
NAMES = ("from_trip", "to_trip", "from_route", "to_route")


def trip_rules(feed: Feed, row_of_stop: Mapping[str, list[int]], number: int) -> pd.DataFrame:
    """The rules of single trips and lines of a feed.

    Parameters
    ----------
    feed
        A feed, checked.
    row_of_stop
        ``stop_id`` → rows of the stops that it stands for.
    number
        Of the feed.

    Returns
    -------
    DataFrame
        As :class:`~tesoma_geo.network.transit.timetable.DayTimetable` has it.
    """
    rows: list[tuple[object, ...]] = []
    for rule in specific_transfers(feed).astype(object).to_dict("records"):
        stops_from, stops_to = row_of_stop.get(rule["from_stop_id"], []), row_of_stop.get(rule["to_stop_id"], [])
        names = tuple(rule[f"{name}_id"] for name in NAMES)
        weight = sum(OF_TRIP if trip else OF_LINE if route else 0 for trip, route in (names[::2], names[1::2]))
        kind, least_s = rule["transfer_type"], int(rule["min_transfer_time"])
        said = (kind == FORBIDDEN, -1 if least_s == 0 and kind != LEAST else least_s, kind == TIMED)
        station = (len(stops_from) > 1) + (len(stops_to) > 1)
        rows += [(one, other, *names, *said, 10 * weight - station, number) for one in stops_from for other in stops_to]
    if not rows:
        return no_trip_rules()
    table = pd.DataFrame(rows, columns=list(no_trip_rules().columns))
    return table.astype(no_trip_rules().dtypes.to_dict())


def rules_in_seconds(timetable: DayTimetable, stop_transfers: pd.DataFrame, boarding_slack_s: int) -> pd.DataFrame:
    """What the rules of single trips and lines take, the most specific first.

    Parameters
    ----------
    timetable
        With its rules.
    stop_transfers
        The changes between stops; see :func:`~tesoma_geo.network.transit.legs.stop_transfers`.
    boarding_slack_s
        Seconds to be at the stop before the vehicle leaves, where no rule says otherwise.

    Returns
    -------
    DataFrame
        A row a rule of stops between which one can walk: ``from_stop``, ``to_stop``, the trips and lines, ``feed``,
        ``need_s`` (-1 where the change is not made) and ``walk_s``.
    """
    rules = timetable.trip_rules
    if rules.empty:
        return rules.assign(need_s=np.int32(0), walk_s=np.int32(0))
    walks = stop_transfers[["from_stop", "to_stop", "walk_s"]]
    joined = rules.merge(walks, on=["from_stop", "to_stop"], how="left")
    same = joined["from_stop"] == joined["to_stop"]
    joined["walk_s"] = joined["walk_s"].where(~(joined["walk_s"].isna() & same), 0)  # forbidden in general
    joined = joined[joined["walk_s"].notna()]
    timed, least_s = joined["timed"].to_numpy(bool), joined["min_s"].to_numpy(np.int64)
    walk_s = joined["walk_s"].to_numpy(np.int64)
    walk_s = np.where(timed, np.minimum(walk_s, least_s.clip(min=0)), walk_s)
    need_s = np.where(least_s >= 0, np.maximum(walk_s, least_s), np.maximum(walk_s + boarding_slack_s, 1))
    need_s = np.where(timed, least_s.clip(min=0), need_s)
    need_s = np.where(joined["forbidden"].to_numpy(bool), -1, need_s)
    taken = joined.assign(need_s=need_s.astype(np.int32), walk_s=walk_s.astype(np.int32))
    return taken.sort_values(["from_stop", "to_stop", "rank"], ascending=[True, True, False], kind="stable")


def without_rules(stop_transfers: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """The changes between stops of which no rule names trips or lines.

    Parameters
    ----------
    stop_transfers
        All changes between stops.
    rules
        What :func:`rules_in_seconds` tells.

    Returns
    -------
    DataFrame
        Some of the rows.
    """
    if rules.empty:
        return stop_transfers
    pairs = pd.MultiIndex.from_frame(stop_transfers[["from_stop", "to_stop"]])
    named = pd.MultiIndex.from_frame(rules[["from_stop", "to_stop"]])
    kept: pd.DataFrame = stop_transfers[~pairs.isin(named)]
    return kept


def with_rules(
    transfers: EventTransfers,
    timetable: DayTimetable,
    patterns: Patterns,
    events: Events,
    call: NDArray[np.int32],
    stop_transfers: pd.DataFrame,
    rules: pd.DataFrame,
) -> EventTransfers:
    """The transfers between events with those at stops where rules name trips or lines.

    Parameters
    ----------
    transfers
        Those at all other stops.
    timetable, patterns
        What runs, in rows that keep their order: of each the first vehicle that can be caught is enough.
    events, call
        What vehicles do within some hours, and the row of the call of each, shape (events,).
    stop_transfers
        All changes between stops: what holds where no rule does.
    rules
        What :func:`rules_in_seconds` tells.

    Returns
    -------
    EventTransfers
        All of them.
    """
    if rules.empty:
        return transfers
    trip = timetable.calls.trip[call]
    position = patterns.first_position[patterns.of_trip[trip]] + call - timetable.first_call[trip]
    general = {
        (one, other): (need, walk)
        for one, other, need, walk in stop_transfers[["from_stop", "to_stop", "need_s", "walk_s"]].to_numpy().tolist()
    }
    names = _Names(timetable)
    changes: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = [
        (np.repeat(np.arange(len(call)), np.diff(transfers.first)), transfers.event, transfers.walk_s)
    ]
    for (one, other), group in rules.groupby(["from_stop", "to_stop"], sort=True):
        alights = np.flatnonzero((events.stop == one) & (events.does & ALIGHT > 0))
        boards = np.flatnonzero((events.stop == other) & (events.does & BOARD > 0))
        took = [*zip(group["need_s"], group["walk_s"], strict=True), general.get((one, other), (-1, 0))]
        for left, of_left in _classes(alights, names.named(group, "from", trip[alights])):
            for entered, of_entered in _classes(boards, names.named(group, "to", trip[boards])):
                holds = np.r_[of_left & of_entered, True]
                need_s, walk_s = took[int(holds.argmax())]
                if need_s >= 0:
                    pairs = _first_caught(events.time_s, left, entered, position[entered], int(need_s))
                    changes.append((*pairs, np.full(len(pairs[0]), walk_s, np.int32)))
    alight, board, walk_s = (np.concatenate(column) for column in zip(*changes, strict=True))
    order = np.argsort(alight, kind="stable")
    first = np.searchsorted(alight[order], np.arange(len(call) + 1)).astype(np.int64)
    return EventTransfers(first, board[order].astype(np.int32), walk_s[order].astype(np.int32))


class _Names:
    """Ids of the trips and lines of a timetable, to find those that rules name."""

    def __init__(self, timetable: DayTimetable) -> None:
        trips, lines = timetable.trips, timetable.lines
        line = trips["line"].to_numpy()
        self.trip = trips["trip_id"].to_numpy(object)
        self.route = lines["route_id"].to_numpy(object)[line]
        self.feed = lines["feed"].to_numpy()[line]

    def named(self, rules: pd.DataFrame, end: str, trips: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether each rule holds for each trip at one end of a change, shape (trips, rules)."""
        ids, routes, feeds = self.trip[trips], self.route[trips], self.feed[trips]
        patterns = np.array([str(name).rpartition("@")[0] for name in ids], object)  # of trips by headway
        columns = []
        for trip, route, feed in zip(rules[f"{end}_trip"], rules[f"{end}_route"], rules["feed"], strict=True):
            holds = feeds == feed
            if trip:
                holds = holds & ((ids == trip) | (patterns == trip))
            elif route:
                holds = holds & (routes == route)
            columns.append(holds)
        return np.column_stack(columns)


def _classes(
    events: NDArray[np.intp], holds: NDArray[np.bool_]
) -> list[tuple[NDArray[np.intp], NDArray[np.bool_]]]:  # fmt: skip
    """Events for which the same rules hold, and which."""
    if not len(events):
        return []
    kinds, of = np.unique(holds, axis=0, return_inverse=True)
    return [(events[of.ravel() == kind], rules) for kind, rules in enumerate(kinds)]


def _first_caught(
    time_s: NDArray[np.int32],
    alights: NDArray[np.intp],
    boards: NDArray[np.intp],
    position: NDArray[np.int64],
    need_s: int,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """From each alighting the first boarding at each position of a row of trips."""
    left, entered = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for at in np.unique(position):
        row = boards[position == at]
        rank = np.searchsorted(time_s[row], time_s[alights] + need_s)
        rank = np.maximum(rank, np.searchsorted(row, alights, side="right"))
        caught = rank < len(row)
        left.append(alights[caught])
        entered.append(row[rank[caught]])
    return np.concatenate(left), np.concatenate(entered)
