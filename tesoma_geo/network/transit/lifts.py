"""Lifts that are out of order: which ways in stations they close, and to whom a stop is then closed.

A lift is a pathway of mode 5 (``pathways.txt``), named by its id or by a place where it ends: a platform, an entrance,
a node of the station, or the station for all of its lifts. Nobody takes it, on foot or in a wheelchair. Where the feed
draws no lift at a platform or in a station, nobody in a wheelchair boards or alights there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.errors import Fault, SourceError
from tesoma_geo.near_names import did_you_mean
from tesoma_geo.network.transit.station_pathways import OUT_OF_ORDER
from tesoma_geo.network.transit.timetable import DayTimetable, LiftsOut
from tesoma_geo.sources.gtfs import Feed

#: ``pathway_mode`` of a lift; ``location_type`` of a platform and of a station.
LIFT, PLATFORM, STATION = 5, 0, 1

#: ``wheelchair_boarding``: nobody in a wheelchair boards or alights.
CLOSED = 2

KEY = "transit.lifts_out_of_order"


def without_lifts(feeds: Sequence[Feed], ids: Sequence[str]) -> list[Feed]:
    """The feeds with some lifts out of order.

    Parameters
    ----------
    feeds
        Feeds, checked.
    ids
        Pathways or stops; an id counts in every feed that has it.

    Returns
    -------
    list of Feed
        New ones: their pathways tell which are out of order, their stops which are closed to wheelchairs.

    Raises
    ------
    SourceError
        Ids that no feed has, or where there can be no lift: all of them.
    """
    faults, out = [], list(feeds)
    for one in ids:
        closed = [_without(feed, one) for feed in out]
        if all(feed is None for feed in closed):
            faults.append(_fault(feeds, one))
        out = [before if after is None else after for before, after in zip(out, closed, strict=True)]
    if faults:
        raise SourceError(faults)
    return out


def lifts_out(feeds: Sequence[Feed], ids: Sequence[str], working: DayTimetable) -> LiftsOut:
    """What the lifts out of order have changed.

    Parameters
    ----------
    feeds
        Feeds, checked.
    ids
        Pathways or stops, known.
    working
        The timetable with all lifts working.

    Returns
    -------
    LiftsOut
        With the name of the station of each.
    """
    names = tuple(next((name for feed in feeds if (name := _name(feed, one))), "") for one in ids)
    wheelchair = working.stops["wheelchair"].to_numpy(np.int8)
    return LiftsOut(tuple(ids), names, wheelchair, working.pathways, working.entrances)


def closed_stops(timetable: DayTimetable) -> NDArray[np.bool_]:
    """Stops that a wheelchair reached from a street or from another platform, and that it does not reach any more.

    Parameters
    ----------
    timetable
        What runs, with lifts out of order or none.

    Returns
    -------
    bool array of shape (stops,)
    """
    before = timetable.with_working_lifts()
    return _reached(before) & ~_reached(timetable)


def _reached(timetable: DayTimetable) -> NDArray[np.bool_]:
    """Stops open to a wheelchair: on the street, or with a way without steps from an entrance."""
    entrances = timetable.entrances
    open_to_all = np.ones(len(timetable.stops), bool)
    open_to_all[entrances["stop"].to_numpy()] = False
    open_to_all[entrances.loc[entrances["step_free_in_s"] >= 0, "stop"].to_numpy()] = True
    return np.asarray(open_to_all & (timetable.stops["wheelchair"] != CLOSED).to_numpy())


def _without(feed: Feed, one: str) -> Feed | None:
    """The feed with what an id names out of order; None where it names no lift of the feed."""
    ways, stops = _lifts(feed), feed.tables["stops"]
    named = ways.index[ways["pathway_id"] == one]
    at = stops.index[stops["stop_id"] == one]
    if len(named):
        return _shut(feed, named)
    if not len(at):
        return None
    kind = int(stops["location_type"][at[0]])
    places = _of_station(stops, one) if kind == STATION else {one}
    ending = ways.index[ways["from_stop_id"].isin(places) | ways["to_stop_id"].isin(places)]
    if len(ending):
        return _shut(feed, ending)
    if kind not in (PLATFORM, STATION):
        return None
    closed = stops["stop_id"].isin(places) & (stops["location_type"] == PLATFORM)
    boarding = stops["wheelchair_boarding"].mask(closed, CLOSED)
    return replace(feed, tables={**feed.tables, "stops": stops.assign(wheelchair_boarding=boarding)})


def _lifts(feed: Feed) -> pd.DataFrame:
    table = feed.tables.get("pathways")
    if table is None:
        return pd.DataFrame({name: [] for name in ("pathway_id", "from_stop_id", "to_stop_id")}, dtype=object)
    return table[table["pathway_mode"] == LIFT]


def _shut(feed: Feed, rows: pd.Index) -> Feed:
    table = feed.tables["pathways"]
    shut = pd.Series(table.get(OUT_OF_ORDER, False), index=table.index, dtype=bool) | table.index.isin(rows)
    return replace(feed, tables={**feed.tables, "pathways": table.assign(**{OUT_OF_ORDER: shut})})


def _of_station(stops: pd.DataFrame, station: str) -> set[str]:
    """Places of a station, boarding areas of its platforms among them."""
    within = {station}
    for _ in range(2):
        within |= set(stops.loc[stops["parent_station"].isin(within), "stop_id"].astype(str))
    return within


def _fault(feeds: Sequence[Feed], one: str) -> Fault:
    for feed in feeds:
        table = feed.tables.get("pathways")
        if table is not None and (table["pathway_id"] == one).any():
            mode = int(table.loc[table["pathway_id"] == one, "pathway_mode"].iloc[0])
            return Fault(KEY, f"pathway {one!r} is no lift, its pathway_mode is {mode}", "Name one of mode 5", one)
        if (feed.tables["stops"]["stop_id"] == one).any():
            problem = f"no lift of pathways.txt ends at {one!r}, an entrance or a node of a station"
            return Fault(KEY, problem, "Name the lift's pathway, the platform or the station", one)
    known = [name for feed in feeds for name in _known(feed)]
    remedy = did_you_mean(one, known) or "Name a pathway_id of pathways.txt or a stop_id of stops.txt"
    return Fault(KEY, f"there is no pathway and no stop {one!r}", remedy, one)


def _known(feed: Feed) -> Iterator[str]:
    yield from (name for name in _lifts(feed)["pathway_id"].astype(str) if name)
    yield from feed.tables["stops"]["stop_id"].astype(str)


def _name(feed: Feed, one: str) -> str:
    """The name of the station that a pathway or a stop belongs to; its own where it has none."""
    ways, stops = _lifts(feed), feed.tables["stops"].set_index("stop_id")
    ends = ways.loc[ways["pathway_id"] == one, "from_stop_id"].astype(str).tolist()
    at = ends[0] if ends else one
    if at not in stops.index:
        return ""
    name = str(stops["stop_name"][at])
    for _ in range(2):
        at = str(stops["parent_station"][at])
        if at not in stops.index:
            break
        name = str(stops["stop_name"][at]) or name
    return name
