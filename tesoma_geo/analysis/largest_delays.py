"""Where on a way most time is lost: the street that is slowest for its length, the longest way round."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import to_wgs84
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions, ways_on_one_edge

Array = NDArray[np.float64]

#: The longest way round is looked for between points of the route this near as the crow flies (assumption:
#: what a new link could span), every so many metres.
SPAN_M = 300.0
STEP_M = 20.0


def worst_place(router: StreetSearch, route: shapely.LineString, edges: NDArray[np.int32]) -> dict[str, Any]:
    """The street of a route, or the way round on it, that loses most seconds; empty where none does.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    route
        The route in the network's CRS.
    edges
        Its edges.

    Returns
    -------
    dict
        ``kind``, ``name``, ``delay_s``, ``lon``, ``lat``. Of a ``"street"`` also ``osm_id`` and ``highway``; of a
        ``"detour"``, between ``from`` and ``to`` (lon, lat), ``along_m`` on the route and ``straight_m``.
    """
    places = [worst_street(router, edges), worst_detour(router, route)]
    return max(places, key=lambda place: float(place.get("delay_s", 0.0)))


def route_between(
    router: StreetSearch, begin: Positions, end: Positions, row: int
) -> tuple[shapely.LineString, NDArray[np.int32]]:
    """The line over the streets from one position to a row of others, and its edges; empty where there is no way.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    begin
        One position.
    end
        Positions to arrive at.
    row
        Which of them.

    Returns
    -------
    line : LineString
        In the network's CRS.
    edges : ndarray
        The edges passed from end to end, int32.
    """
    return next(routes_from(router, *router.best_pair(begin, end.take([row]))))


def routes_from(
    router: StreetSearch, begins: Positions, end: Positions
) -> Iterator[tuple[shapely.LineString, NDArray[np.int32]]]:
    """The line over the streets from each of some positions to one, and its edges; empty where there is no way.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    begins
        Positions without others.
    end
        One position, likewise.

    Yields
    ------
    line : LineString
        In the network's CRS.
    edges : ndarray
        The edges passed from end to end, int32.
    """
    network, nothing = router.network, np.empty(0, np.int32)
    from_, to = router.seeds_of(begins, reverse=False), router.seeds_of(end, reverse=True)
    row, _, seconds = ways_on_one_edge(
        begins, end, (router.costs.forward_s, router.costs.backward_s), router.profile.foot_speed_ms
    )
    along_s = np.full(len(begins.edge), np.inf, np.float32)
    along_s[row] = seconds
    starts, (last,) = _on_streets(router, begins), _on_streets(router, end)
    for number, path in enumerate(router.engine.paths_to(*from_, to.nodes, to.seconds)):
        if np.isfinite(along_s[number]) and along_s[number] <= path.seconds:
            yield shapely.LineString([starts[number], last]), nothing
        elif not np.isfinite(path.seconds):
            yield shapely.LineString(), nothing
        else:
            nodes = np.column_stack([network.x[path.nodes], network.y[path.nodes]])
            yield shapely.LineString(np.vstack([starts[number], nodes, last])), path.edges


def worst_street(router: StreetSearch, edges: NDArray[np.int32]) -> dict[str, Any]:
    """The street among edges that loses most seconds against its length at the speed on the flat.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    edges
        The edges of a route.

    Returns
    -------
    dict
        As :func:`worst_place` tells it; empty where nothing is lost.
    """
    network = router.network
    if not len(edges):
        return {}
    # The cheaper direction of each edge: what is lost whichever way it is passed.
    cheapest = np.minimum(router.costs.forward_s[edges], router.costs.backward_s[edges]).astype(np.float64)
    lost = cheapest - network.length_m[edges] / (router.profile.speed_kmh / 3.6)
    ways, of_edge = np.unique(network.way[edges], return_inverse=True)
    by_way = np.bincount(of_edge, lost)
    worst = int(by_way.argmax())
    if by_way[worst] <= 0:
        return {}
    middle = edges[of_edge == worst][int((of_edge == worst).sum()) // 2]
    tags = network.ways.iloc[int(ways[worst])]
    return {
        "kind": "street",
        "osm_id": int(tags["osm_id"]),
        "name": tags["name"] if isinstance(tags["name"], str) else "",
        "highway": tags["highway"] if isinstance(tags["highway"], str) else "",
        "delay_s": float(by_way[worst]),
        "lon": float(network.lon[network.tail[middle]]),
        "lat": float(network.lat[network.tail[middle]]),
    }


def worst_detour(router: StreetSearch, route: shapely.LineString) -> dict[str, Any]:
    """The stretch of a route with points no more than ``SPAN_M`` apart that is longest against the straight line.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    route
        The route in the network's CRS.

    Returns
    -------
    dict
        As :func:`worst_place` tells it; empty where nothing is lost.
    """
    from scipy.spatial.distance import cdist

    if route.is_empty or route.length <= STEP_M:
        return {}
    along_m = np.append(np.arange(0.0, route.length, STEP_M), route.length)
    at = shapely.get_coordinates(shapely.line_interpolate_point(route, along_m))
    straight_m = cdist(at, at)
    longer_m = np.where(straight_m <= SPAN_M, along_m - along_m[:, None] - straight_m, 0.0)
    begin, end = np.unravel_index(int(longer_m.argmax()), longer_m.shape)
    if longer_m[begin, end] < 1.0:
        return {}
    middle = np.asarray(shapely.line_interpolate_point(route, (along_m[begin] + along_m[end]) / 2).coords[0])
    places = np.vstack([at[begin], at[end], middle])
    lon, lat = to_wgs84(places[:, 0], places[:, 1], router.network.crs)
    return {
        "kind": "detour",
        "name": "",
        "along_m": float(along_m[end] - along_m[begin]),
        "straight_m": float(straight_m[begin, end]),
        "delay_s": float(longer_m[begin, end] / (router.profile.speed_kmh / 3.6)),
        "from": [float(lon[0]), float(lat[0])],
        "to": [float(lon[1]), float(lat[1])],
        "lon": float(lon[2]),
        "lat": float(lat[2]),
    }


def _on_streets(router: StreetSearch, positions: Positions) -> Array:
    """Where positions lie on their streets, shape (n, 2)."""
    network = router.network
    tail, head = (
        np.column_stack([network.x[nodes], network.y[nodes]])
        for nodes in (network.tail[positions.edge], network.head[positions.edge])
    )
    points: Array = tail + positions.fraction[:, None] * (head - tail)
    return points
