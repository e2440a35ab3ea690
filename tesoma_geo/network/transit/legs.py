"""Ways on foot (or by bicycle) to, between and from stops, on the streets of a router.

Seconds are whole and rounded up: nobody catches a bus that leaves within the last second of the walk.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.streets.ways_within import WaysTo
from tesoma_geo.network.transit.doors import Doors, doors_of
from tesoma_geo.network.transit.timetable import DayTimetable

#: Stops that the street nodes are searched from at a time: what keeps memory low.
STOPS = 64

#: Mean radius of the Earth in metres, for straight lines of less than a few kilometres.
EARTH_M = 6_371_000.0


@dataclass(frozen=True, eq=False)
class StopLegs:
    """Stops within reach of each place; those of place ``i`` from ``first[i]`` to ``first[i + 1]``.

    Attributes
    ----------
    first
        Shape (n + 1,).
    stop
        Rows of the timetable's stops, shape (k,).
    walk_s
        Whole seconds between the place and the stop, shape (k,).
    """

    first: NDArray[np.int64]
    stop: NDArray[np.int32]
    walk_s: NDArray[np.int32]

    def layered(self, layers: int, stops: int) -> "StopLegs":
        """The legs to stops that are there several times.

        Parameters
        ----------
        layers
            How often.
        stops
            How many different ones there are; those of each layer follow on those of the one before.

        Returns
        -------
        StopLegs
            Of the same places, to every layer.
        """
        above = np.tile(np.arange(layers, dtype=np.int32) * np.int32(stops), len(self.stop))
        return StopLegs(self.first * layers, np.repeat(self.stop, layers) + above, np.repeat(self.walk_s, layers))

    def taken(self, places: NDArray[np.integer[Any]]) -> "StopLegs":
        """The legs of some of the places, those of each from the nearest stop on.

        Parameters
        ----------
        places
            Their rows.

        Returns
        -------
        StopLegs
            In the order of ``places``.
        """
        count = np.diff(self.first)[places]
        first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        row = np.repeat(np.arange(len(places)), count)
        leg = np.arange(first[-1]) + (self.first[:-1][places] - first[:-1])[row]
        leg = leg[np.lexsort((self.walk_s[leg], row))]
        return StopLegs(first, self.stop[leg], self.walk_s[leg])

    def one(self, place: int) -> "StopLegs":
        """The legs of one place alone.

        Parameters
        ----------
        place
            Its row.

        Returns
        -------
        StopLegs
            Of one place.
        """
        rows = slice(self.first[place], self.first[place + 1])
        return StopLegs(np.array([0, rows.stop - rows.start], np.int64), self.stop[rows], self.walk_s[rows])


def legs_to_stops(
    router: StreetSearch,
    places: Positions,
    stops: Positions,
    limit_s: float,
    *,
    from_stops: bool = False,
    doors: Doors | None = None,
) -> StopLegs:
    """The stops that each place reaches within a limit, or is reached from.

    Parameters
    ----------
    router
        The streets.
    places, stops
        Where they meet the streets.
    limit_s
        Most seconds of a way.
    from_stops
        Ask for the ways from the stops to the places instead.
    doors
        Entrances of stations: stops behind them are reached through them alone.

    Returns
    -------
    StopLegs
        Legs of each place, in whole seconds.
    """
    return WaysToStops.of(router, stops, from_stops=from_stops, doors=doors).legs(places, limit_s)


@dataclass(frozen=True, eq=False)
class WaysToStops:
    """Stops that are asked for from one place or many, again and again; as :func:`legs_to_stops` does once.

    Attributes
    ----------
    stop
        The stops that are on the streets, shape (k,).
    ways
        The ways to them.
    doors
        Entrances of stations, None where there are none.
    at_doors
        The ways to these.
    """

    stop: NDArray[np.int32]
    ways: WaysTo
    doors: Doors | None = None
    at_doors: "WaysToStops | None" = None

    @classmethod
    def of(
        cls, router: StreetSearch, stops: Positions, *, from_stops: bool = False, doors: Doors | None = None
    ) -> Self:
        """Prepare what does not depend on the places.

        Parameters
        ----------
        router, stops, from_stops, doors
            As of :func:`legs_to_stops`.

        Returns
        -------
        WaysToStops
            Ready to be asked.
        """
        at_doors = None
        if doors is not None:
            stops, at_doors = stops.where(~doors.behind), cls.of(router, doors.positions, from_stops=from_stops)
        near = np.flatnonzero(stops.found).astype(np.int32)
        return cls(near, WaysTo.of(router, stops.take(near), reverse=from_stops), doors, at_doors)

    def legs(self, places: Positions, limit_s: float) -> StopLegs:
        """The stops that each place reaches within a limit, or is reached from.

        Parameters
        ----------
        places, limit_s
            As of :func:`legs_to_stops`.

        Returns
        -------
        StopLegs
            Legs of each place, in whole seconds.
        """
        ways = self.ways.within(places, limit_s)
        legs = StopLegs(ways.first, self.stop[ways.target], whole_seconds(ways.seconds))
        if self.doors is None or self.at_doors is None:
            return legs
        return _through_doors(legs, self.at_doors.legs(places, limit_s), self.doors, limit_s)


def _through_doors(outside: StopLegs, at_doors: StopLegs, doors: Doors, limit_s: float) -> StopLegs:
    """Legs to the stops outside, and to those behind doors by the shortest way through one."""
    count = len(outside.first) - 1
    place = np.r_[*(np.repeat(np.arange(count), np.diff(legs.first)) for legs in (outside, at_doors))]
    stop = np.r_[outside.stop, doors.stop[at_doors.stop]]
    walk_s = np.r_[outside.walk_s, at_doors.walk_s + doors.inside_s[at_doors.stop]]
    order = np.lexsort((walk_s, stop, place))
    order = order[walk_s[order] <= limit_s]
    place, stop, walk_s = place[order], stop[order], walk_s[order]
    nearest = np.r_[True, (place[1:] != place[:-1]) | (stop[1:] != stop[:-1])][: len(place)]
    first = np.searchsorted(place[nearest], np.arange(count + 1)).astype(np.int64)
    return StopLegs(first, stop[nearest].astype(np.int32), walk_s[nearest].astype(np.int32))


def whole_seconds(seconds: NDArray[np.float32]) -> NDArray[np.int32]:
    """Seconds rounded up; what exceeds a whole second by less than float32 can tell counts as whole.

    Parameters
    ----------
    seconds
        Finite seconds.

    Returns
    -------
    int32 array of the same shape.
    """
    whole: NDArray[np.int32] = np.ceil(seconds - np.float32(1e-2)).astype(np.int32)
    return whole


def node_legs(
    router: StreetSearch, stops: Positions, limit_s: float, *, from_stops: bool, doors: Doors | None = None
) -> StopLegs:
    """The stops that each street node reaches within a limit, or is reached from.

    Parameters
    ----------
    router
        The streets.
    stops
        Where the stops meet them.
    limit_s
        Most seconds of a way.
    from_stops
        Ask for the ways from the stops to the nodes instead.
    doors
        Entrances of stations: stops behind them are reached through them alone.

    Returns
    -------
    StopLegs
        Legs of each node, in whole seconds.
    """
    from scipy.sparse import csr_array, vstack

    if doors is not None:
        outside = node_legs(router, stops.where(~doors.behind), limit_s, from_stops=from_stops)
        at_doors = node_legs(router, doors.positions, limit_s, from_stops=from_stops)
        return _through_doors(outside, at_doors, doors, limit_s)
    network = router.network
    offsets, nodes, seconds = router.seeds_of(stops, reverse=not from_stops)
    blocks = []
    for begin in range(0, len(stops.edge), STOPS):
        end = min(begin + STOPS, len(stops.edge))
        rows = slice(offsets[begin], offsets[end])
        times_s = router.engine.times_many(
            offsets[begin : end + 1] - offsets[begin], nodes[rows], seconds[rows], reverse=not from_stops
        )
        times_s += np.float32(router.profile.terminal_s)
        stop, node = np.nonzero(times_s <= limit_s)
        walk_s = whole_seconds(times_s[stop, node]) + 1  # a stored 0 would be no entry
        blocks.append(csr_array((walk_s, (stop, node)), shape=(end - begin, network.n_nodes)))
    by_node = vstack(blocks).tocsc() if blocks else csr_array((0, network.n_nodes), dtype=np.int32).tocsc()
    first, of_node = by_node.indptr.astype(np.int64), by_node.indices.astype(np.int32)
    return StopLegs(first, of_node, by_node.data.astype(np.int32) - 1)


def stop_transfers(
    timetable: DayTimetable, router: StreetSearch, stops: Positions, limit_s: float, boarding_slack_s: int
) -> pd.DataFrame:
    """Every transfer between stops that is possible, with its seconds.

    The time needed is the walk and the slack before boarding, a second at least. Where the feed says what is
    the least (``min_transfer_time``) that counts instead of the slack, 0 too, and the walk if it is longer; where
    it says that vehicles wait for one another (``transfer_type`` 1) nobody needs any time. Within stations the
    feed's pathways are walked, without steps in a wheelchair. Transfers that the feed forbids are left out.
    Between stops of which one is off the streets only transfers that the feed names are possible, walked in a
    straight line.

    Parameters
    ----------
    timetable
        The stops, and the rules of the feed.
    router
        The streets on foot.
    stops
        Where the stops meet them.
    limit_s
        Most seconds of a walk.
    boarding_slack_s
        Seconds to be at the stop before the vehicle leaves.

    Returns
    -------
    DataFrame
        A row a pair, int32, ordered by ``to_stop``, then ``from_stop`` (rows of the timetable's stops):
        ``need_s`` seconds between alighting and boarding, ``walk_s`` of them on foot.
    """
    walked = _walked_between(timetable, router, stops, limit_s)
    served = np.flatnonzero(timetable.served)
    staying = pd.DataFrame({"from_stop": served, "to_stop": served, "walk_s": 0})
    pairs = pd.concat(
        [staying, walked[walked["from_stop"] != walked["to_stop"]], _named(timetable, router, stops, limit_s)]
    )
    pairs = _by_pathways(pairs, timetable, router, limit_s)
    rules = timetable.transfers
    joined = pairs.merge(rules, on=["from_stop", "to_stop"], how="left")
    joined = joined[joined["forbidden"].isna() | joined["forbidden"].isin([False])]  # missing where no rule is
    transit, least_s = joined["timed"].fillna(0).astype(bool), joined["min_s"].fillna(-1)
    walk_s = np.where(transit, np.minimum(joined["walk_s"], least_s.clip(lower=0)), joined["walk_s"])
    need_s = np.where(least_s >= 0, np.maximum(walk_s, least_s), np.maximum(walk_s + boarding_slack_s, 1))
    need_s = np.where(transit, least_s.clip(lower=0), need_s)
    possible = joined.assign(need_s=need_s, walk_s=walk_s)[["from_stop", "to_stop", "need_s", "walk_s"]]
    return possible.astype(np.int32).sort_values(["to_stop", "from_stop"], ignore_index=True)


def _walked_between(
    timetable: DayTimetable, router: StreetSearch, stops: Positions, limit_s: float
) -> pd.DataFrame:  # fmt: skip
    """Walks along the streets between stops, out of stations and into them through their doors."""
    step_free = router.profile.wheelchair_tags
    doors, ways_out = (doors_of(timetable, router, step_free=step_free, out=out) for out in (False, True))
    starts = stops if ways_out is None else stops.where(~ways_out.behind)
    legs = legs_to_stops(router, starts, stops, limit_s, doors=doors)
    from_stop = np.repeat(np.arange(len(stops.edge)), np.diff(legs.first))
    walked = pd.DataFrame({"from_stop": from_stop, "to_stop": legs.stop, "walk_s": legs.walk_s})
    if ways_out is None:
        return walked
    legs = legs_to_stops(router, ways_out.positions, stops, limit_s, doors=doors)
    door = np.repeat(np.arange(len(ways_out.stop)), np.diff(legs.first))
    walk_s = legs.walk_s + ways_out.inside_s[door]
    left = pd.DataFrame({"from_stop": ways_out.stop[door], "to_stop": legs.stop, "walk_s": walk_s})
    every = pd.concat([walked, left[walk_s <= limit_s]])
    shortest: pd.DataFrame = every.groupby(["from_stop", "to_stop"], as_index=False)[["walk_s"]].min()
    return shortest


def _by_pathways(
    pairs: pd.DataFrame, timetable: DayTimetable, router: StreetSearch, limit_s: float
) -> pd.DataFrame:  # fmt: skip
    """Transfers with those within stations along their pathways instead of the streets."""
    ways = timetable.pathways
    if ways.empty:
        return pairs
    seconds = ways["step_free_s" if router.profile.wheelchair_tags else "walk_s"]
    inside = ways.assign(walk_s=seconds)[["from_stop", "to_stop", "walk_s"]]
    known = pd.MultiIndex.from_frame(inside[["from_stop", "to_stop"]])
    others: pd.DataFrame = pairs[~pd.MultiIndex.from_frame(pairs[["from_stop", "to_stop"]]).isin(known)]
    served = timetable.served
    used = (inside["walk_s"] >= 0) & (inside["walk_s"] <= limit_s)
    used &= served[inside["from_stop"].to_numpy()] & served[inside["to_stop"].to_numpy()]
    joined: pd.DataFrame = pd.concat([others, inside[used]])
    return joined


def _named(timetable: DayTimetable, router: StreetSearch, stops: Positions, limit_s: float) -> pd.DataFrame:
    """Transfers that the feed names at stops off the streets, in a straight line."""
    rules = timetable.transfers
    a, b = rules["from_stop"].to_numpy(), rules["to_stop"].to_numpy()
    lon, lat = np.radians(timetable.stops["lon"].to_numpy()), np.radians(timetable.stops["lat"].to_numpy())
    east, north = (lon[b] - lon[a]) * np.cos((lat[a] + lat[b]) / 2), lat[b] - lat[a]
    walk_s = np.ceil(EARTH_M * np.hypot(east, north) / router.profile.foot_speed_ms)
    served = timetable.served
    off = (a != b) & served[a] & served[b] & ~(stops.found[a] & stops.found[b]) & (walk_s <= limit_s)
    return pd.DataFrame({"from_stop": a[off], "to_stop": b[off], "walk_s": walk_s[off].astype(np.int32)})
