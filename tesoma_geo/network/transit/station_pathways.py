"""Ways within stations (``pathways.txt``): how long it takes between platforms, and from the street to them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tesoma_geo.network.transit.timetable import no_entrances, no_pathways
from tesoma_geo.sources.gtfs import Feed
from tesoma_geo.sources.gtfs.kinds import MISSING

#: ``location_type``.
PLATFORM, ENTRANCE = 0, 2

#: ``pathway_mode``: stairs and escalators, which a wheelchair cannot take.
STEPS = (2, 4)

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
        A row a pair, int32: ``from_stop``, ``to_stop`` (rows), ``walk_s``, ``step_free_s`` (-1 none).
    """
    if "pathways" not in feed.tables or feed.tables["pathways"].empty:
        return no_pathways()
    ways, stops = _Ways.of(feed), feed.tables["stops"]
    ids = ways.ids
    platforms = np.unique(np.r_[ways.tail, ways.head])
    platforms = platforms[(stops["location_type"].to_numpy()[platforms] == 0)]
    if not len(platforms):
        return no_pathways()
    walk_s, step_free_s = ways.between(platforms, platforms)
    row = np.array([row_of_stop.get(str(ids[at]), [-1])[0] for at in platforms])
    one, other = np.nonzero(np.isfinite(walk_s) & (row[:, None] != row[None]) & (row[:, None] >= 0) & (row[None] >= 0))
    free = step_free_s[one, other]
    return pd.DataFrame(
        {
            "from_stop": row[one],
            "to_stop": row[other],
            "walk_s": np.ceil(walk_s[one, other]),
            "step_free_s": np.where(np.isfinite(free), np.ceil(free), -1),
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
    door, platform = np.nonzero((np.isfinite(inward[0]) | np.isfinite(outward[0].T)) & (row >= 0))
    told = {"stop": row[platform]} | {name: stops[f"stop_{name}"].to_numpy()[doors[door]] for name in ("lon", "lat")}
    for name, seconds in (
        ("in_s", inward[0]), ("out_s", outward[0].T), ("step_free_in_s", inward[1]), ("step_free_out_s", outward[1].T),
    ):  # fmt: skip
        of_pair = seconds[door, platform]
        told[name] = np.where(np.isfinite(of_pair), np.ceil(of_pair), -1)
    return pd.DataFrame(told).astype(no_entrances().dtypes.to_dict())


@dataclass(frozen=True, eq=False)
class _Ways:
    """The pathways of a feed between the places of its stops file, numbered as they stand there."""

    ids: NDArray[np.object_]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    seconds: NDArray[np.float64]
    steps: NDArray[np.bool_]

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
        tail, head = np.r_[tail, head[both]], np.r_[head, tail[both]]
        seconds, steps = np.r_[seconds, seconds[both]], np.r_[steps, steps[both]]
        return cls(ids, tail, head, seconds, steps)

    def between(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Seconds from places to others, and without steps, ``inf`` where there is no way."""
        free = ~self.steps
        return (
            _shortest(self.tail, self.head, self.seconds, starts, len(self.ids))[:, ends],
            _shortest(self.tail[free], self.head[free], self.seconds[free], starts, len(self.ids))[:, ends],
        )


def _seconds(table: pd.DataFrame) -> NDArray[np.float64]:
    stated_s, length = table["traversal_time"].to_numpy(), table["length"].to_numpy()
    by_length = np.where(np.isnan(length), UNTOLD_S, length / SPEED_MS)
    return np.asarray(np.where(stated_s == MISSING, by_length, stated_s), float)


def _shortest(
    tail: NDArray[np.int64], head: NDArray[np.int64], seconds: NDArray[np.float64], of: NDArray[np.int64], size: int
) -> NDArray[np.float64]:
    """Seconds from some nodes to all, ``inf`` where there is no way."""
    order = np.lexsort((-seconds, head, tail))  # of several pathways the last, the shortest, counts
    keep = np.r_[np.diff(tail[order] * size + head[order]) != 0, True] if len(order) else np.empty(0, bool)
    chosen = order[keep]
    # A stored 0 would be no entry.
    graph = csr_array((np.maximum(seconds[chosen], 1e-6), (tail[chosen], head[chosen])), shape=(size, size))
    between_s: NDArray[np.float64] = dijkstra(graph, indices=of)
    return np.where(np.isfinite(between_s), np.round(between_s, 3), between_s)
