"""Ways within stations (``pathways.txt``): how long it takes between platforms, and from the street to them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.transit.timetable import no_entrances, no_pathways
from tesoma_geo.sources.gtfs import Feed
from tesoma_geo.sources.gtfs.kinds import MISSING

#: ``location_type``.
PLATFORM, ENTRANCE = 0, 2

#: ``pathway_mode``: stairs and escalators, which a wheelchair cannot take.
STEPS = (2, 4)

#: Column of pathways that nobody can take today; see :mod:`tesoma_geo.network.transit.lifts`.
OUT_OF_ORDER = "out_of_order"

#: Metres a second where a pathway has a length but no time: what the GTFS reference reckons with is not said; this is
#: the walking speed of the Transit Capacity and Quality of Service Manual within stations.
SPEED_MS = 1.27

#: Seconds of a pathway of which the feed tells neither time nor length.
UNTOLD_S = 30


def station_pathways(feed: Feed, row_of_stop: Mapping[str, list[int]]) -> pd.DataFrame:
    """Seconds between the stops of each station along its pathways.

    Parameters
    ----------
    feed
        A feed, checked.
    row_of_stop
        ``stop_id`` → rows of the stops that it stands for.

    Returns
    -------
    DataFrame
        A row a pair, int32: ``from_stop``, ``to_stop`` (rows), ``walk_s``, ``step_free_s`` (-1 none; ``walk_s`` too
        where a lift out of order is the only way).
    """
    if "pathways" not in feed.tables or feed.tables["pathways"].empty:
        return no_pathways()
    ways, stops = _Ways.of(feed), feed.tables["stops"]
    ids = ways.ids
    platforms = np.unique(np.r_[ways.tail, ways.head])
    platforms = platforms[(stops["location_type"].to_numpy()[platforms] == 0)]
    if not len(platforms):
        return no_pathways()
    joined, (walk_s, step_free_s) = ways.joined(platforms, platforms), ways.between(platforms, platforms)
    row = np.array([row_of_stop.get(str(ids[at]), [-1])[0] for at in platforms])
    one, other = np.nonzero(joined & (row[:, None] != row[None]) & (row[:, None] >= 0) & (row[None] >= 0))
    return pd.DataFrame(
        {
            "from_stop": row[one],
            "to_stop": row[other],
            "walk_s": _whole(walk_s[one, other]),
            "step_free_s": _whole(step_free_s[one, other]),
        }
    ).astype(np.int32)


def station_entrances(feed: Feed, row_of_stop: Mapping[str, list[int]]) -> pd.DataFrame:
    """Seconds between the entrances of each station and its platforms along the pathways.

    Parameters
    ----------
    feed
        A feed, checked.
    row_of_stop
        ``stop_id`` → rows of the stops that it stands for.

    Returns
    -------
    DataFrame
        A row an entrance and platform that a pathway joins in some direction, as
        :class:`~tesoma_geo.network.transit.timetable.DayTimetable` has it.
    """
    if "pathways" not in feed.tables or feed.tables["pathways"].empty:
        return no_entrances()
    ways, stops = _Ways.of(feed), feed.tables["stops"]
    kind, ends = stops["location_type"].to_numpy(), np.unique(np.r_[ways.tail, ways.head])
    platforms, doors = ends[kind[ends] == PLATFORM], ends[kind[ends] == ENTRANCE]
    if not (len(platforms) and len(doors)):
        return no_entrances()
    inward, outward = ways.between(doors, platforms), ways.between(platforms, doors)
    row = np.array([row_of_stop.get(str(ways.ids[at]), [-1])[0] for at in platforms])
    door, platform = np.nonzero((ways.joined(doors, platforms) | ways.joined(platforms, doors).T) & (row >= 0))
    entrances = {"stop": row[platform]} | {
        name: stops[f"stop_{name}"].to_numpy()[doors[door]] for name in ("lon", "lat")
    }
    for name, seconds in (
        ("in_s", inward[0]), ("out_s", outward[0].T), ("step_free_in_s", inward[1]), ("step_free_out_s", outward[1].T),
    ):  # fmt: skip
        entrances[name] = _whole(seconds[door, platform])
    return pd.DataFrame(entrances).astype(no_entrances().dtypes.to_dict())


@dataclass(frozen=True, eq=False)
class _Ways:
    """The pathways of a feed between the places of its stops file, numbered as they stand there."""

    ids: NDArray[np.object_]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    seconds: NDArray[np.float64]
    steps: NDArray[np.bool_]
    out_of_order: NDArray[np.bool_]

    @classmethod
    def of(cls, feed: Feed) -> "_Ways":
        """The pathways of a feed that has some."""
        table, stops = feed.tables["pathways"], feed.tables["stops"]
        ids = stops["stop_id"].astype(object).to_numpy()
        node: dict[str, int] = {str(stop): at for at, stop in enumerate(ids)}
        # A boarding area is a part of its platform.
        area = (stops["location_type"] == 4).to_numpy()
        for at in np.flatnonzero(area).tolist():
            node[str(ids[at])] = node.get(str(stops["parent_station"].iloc[at]), at)
        tail = np.array([node[stop] for stop in table["from_stop_id"]], np.int64)
        head = np.array([node[stop] for stop in table["to_stop_id"]], np.int64)
        seconds = _seconds(table)
        both = (table["is_bidirectional"] == 1).to_numpy()
        steps = table["pathway_mode"].isin(STEPS).to_numpy()
        shut = table[OUT_OF_ORDER].to_numpy(bool) if OUT_OF_ORDER in table else np.zeros(len(table), bool)
        tail, head = np.r_[tail, head[both]], np.r_[head, tail[both]]
        seconds, steps, shut = (np.r_[one, one[both]] for one in (seconds, steps, shut))
        return cls(ids, tail, head, seconds, steps, shut)

    def joined(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a way leads from places to others, lifts out of order included: the station is drawn there."""
        return np.isfinite(_shortest(self.tail, self.head, self.seconds, starts, len(self.ids))[:, ends])

    def between(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Seconds from places to others, and without steps, ``inf`` where there is no way."""
        walked, rolled = (
            _shortest(self.tail[rows], self.head[rows], self.seconds[rows], starts, len(self.ids))[:, ends]
            for rows in (~self.out_of_order, ~self.out_of_order & ~self.steps)
        )
        return walked, rolled


def _whole(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounded up; -1 where there is no way."""
    return np.where(np.isfinite(seconds), np.ceil(seconds), -1.0)


def _seconds(table: pd.DataFrame) -> NDArray[np.float64]:
    stated_s, length = table["traversal_time"].to_numpy(), table["length"].to_numpy()
    by_length = np.where(np.isnan(length), UNTOLD_S, length / SPEED_MS)
    return np.asarray(np.where(stated_s == MISSING, by_length, stated_s), float)


def _shortest(
    tail: NDArray[np.int64], head: NDArray[np.int64], seconds: NDArray[np.float64], of: NDArray[np.int64], size: int
) -> NDArray[np.float64]:
    """Seconds from some nodes to all, ``inf`` where there is no way."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    order = np.lexsort((-seconds, head, tail))  # of several pathways the last, the shortest, counts
    keep = np.r_[np.diff(tail[order] * size + head[order]) != 0, True] if len(order) else np.empty(0, bool)
    chosen = order[keep]
    # A stored 0 would be no entry.
    graph = csr_array((np.maximum(seconds[chosen], 1e-6), (tail[chosen], head[chosen])), shape=(size, size))
    between_s: NDArray[np.float64] = dijkstra(graph, indices=of)
    return np.where(np.isfinite(between_s), np.round(between_s, 3), between_s)
