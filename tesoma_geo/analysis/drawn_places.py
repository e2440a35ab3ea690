"""Where residents live and where the hub's point was put, drawn a few times: sets of places that runs share."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo._arrays import Bool, Float64, Int64
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.engine import LANES
from tesoma_geo.network.streets.snap import AROUND_M, Positions
from tesoma_geo.sources.population import RESIDENTIAL

#: Homes stand along streets, one about so often on either side. Only where draws may put them depends on it.
HOME_M = 10.0
#: Sets of homes, as many times as draws go side by side: a cell of 125 m has 20 homes in Tesoma, 47 at most. With
#: ``LANES`` of them which homes had been left out told in residents within 5 and 10 minutes.
SETS = 3 * LANES


def drawn_homes(
    router: StreetRouter, origins: gpd.GeoDataFrame, mapped: Positions, seed: int, *, spread_m: float, snap_m: float
) -> list[Positions]:
    """Sets of positions that the residents may start from; where a drawn place has no street near, the mapped one.

    Homes are drawn along the residential streets of the square around their origin, as residents are spread along them
    in the first place, so that none is put into a wood or beyond a railway where nobody lives; where the square has no
    such street, anywhere in it. The sets take the homes of a square in turn, going round it, so that together they
    stand for all of them. How far homes are from their street is as mapped, for a place drawn anywhere is farther.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    origins
        ``tables.ORIGINS`` in the network's CRS.
    mapped
        Where they meet the streets.
    seed
        What the places are drawn from.
    spread_m
        Side of the square, metres.
    snap_m
        Standard deviation of the place where residents step on to the street, metres.

    Returns
    -------
    list of Positions
        :data:`SETS` sets; the mapped one alone where nothing is drawn.
    """
    from scipy.special import ndtri

    if spread_m == 0 and snap_m == 0:
        return [mapped]
    random = np.random.default_rng([seed, 2])
    shape = (SETS, len(origins))
    shifts_m = random.uniform(-0.5, 0.5, (*shape, 2)) * spread_m
    stepping_m = np.stack([ndtri(_shares(random, shape)) * snap_m for _ in "xy"], axis=-1)
    part = _shares(random, shape)
    xy = shapely.get_coordinates(origins.geometry.to_numpy())
    inhabited, along_m = _along_streets(xy, _homes(router.network), part, spread_m / 2.0)
    shifts_m[:, inhabited] = along_m
    sets = []
    for drawn in snapped_sets(router, origins, shifts_m + stepping_m):
        both = drawn.found & mapped.found
        kept = replace(drawn, snap_m=np.where(both, mapped.snap_m, drawn.snap_m))
        sets.append(kept.where(kept.found | ~mapped.found, mapped))
    return sets


def drawn_turns(count: int, runs: int, seed: int) -> Int64:
    """By how many lanes the sets of homes of each origin are put aside in each batch of draws.

    Homes of different places have nothing to do with one another. Sixteen sets that went together through all draws
    would be sixteen towns; put aside by chance, each batch has the homes of every place once, in another company.

    Parameters
    ----------
    count, runs
        How many origins and draws.
    seed
        What they are drawn from.

    Returns
    -------
    int64 array of shape (batches, count)
        From 0 to ``LANES`` - 1.
    """
    return np.random.default_rng([seed, 5]).integers(0, LANES, (-(-runs // LANES), count))


def is_drawn(hub: gpd.GeoDataFrame, hub_m: float) -> bool:
    """Whether some of the hub's points stand for a place, and are drawn.

    Parameters
    ----------
    hub
        Its entrances.
    hub_m
        Standard deviation, east and north, metres.

    Returns
    -------
    bool
    """
    return hub_m > 0 and AROUND_M in hub and bool((hub[AROUND_M].to_numpy(float) > 0).any())


def drawn_hubs(
    router: StreetRouter, hub: gpd.GeoDataFrame, mapped: Positions, hub_m: float, even: Float64
) -> list[Positions]:
    """Sets of positions of the hub: points that stand for a place are put somewhere near, all by the same metres.

    Parameters
    ----------
    router
        The streets with the costs of a profile.
    hub
        Its entrances, in the network's CRS.
    mapped
        Where they meet the streets.
    hub_m
        Standard deviation, east and north, metres.
    even
        Where in the distribution east and north each set is, between 0 and 1, shape (sets, 2).

    Returns
    -------
    list of Positions
        A set for each of ``even``; the mapped one alone where all are doors, which stay where they are.
    """
    from scipy.special import ndtri

    if not is_drawn(hub, hub_m):
        return [mapped]
    place = hub[AROUND_M].to_numpy(float) > 0
    shifts_m = (ndtri(even) * hub_m)[:, None] * place[:, None]
    return [drawn.where(drawn.found | ~mapped.found, mapped) for drawn in snapped_sets(router, hub, shifts_m)]


def snapped_sets(router: StreetRouter, points: gpd.GeoDataFrame, shifts_m: Float64) -> list[Positions]:
    """Where points meet the streets when they are put aside, by set.

    Parameters
    ----------
    router
        The streets.
    points
        In the network's CRS.
    shifts_m
        Metres east and north, shape (sets, points, 2).

    Returns
    -------
    list of Positions
        A set of all points each.
    """
    xy = np.column_stack([points.geometry.x, points.geometry.y]) + shifts_m
    places, n = xy.reshape(-1, 2), len(points)
    if AROUND_M in points:
        around_m = {AROUND_M: np.tile(points[AROUND_M].to_numpy(float), len(shifts_m))}
        every = router.snap(gpd.GeoDataFrame(around_m, geometry=gpd.points_from_xy(*places.T), crs=points.crs))
    else:  # 48 sets of all homes: no point is made of each
        every = router.pieces.snap_index.positions(places, router.max_snap_m)
    return [every.take(slice(number * n, (number + 1) * n)) for number in range(len(shifts_m))]


def _shares(random: np.random.Generator, shape: tuple[int, int]) -> Float64:
    """By column numbers from 0 to 1, one in each of as many equal parts as there are rows.

    Every ``LANES`` rows, which are drawn side by side, have one in each of ``LANES`` parts.
    """
    rows, columns = shape
    batches = rows // LANES
    coarse = random.permuted(np.tile(np.arange(LANES), (batches, columns, 1)), axis=2)
    fine = random.permuted(np.tile(np.arange(batches)[:, None, None], (1, columns, LANES)), axis=0)
    part = coarse * batches + np.take_along_axis(fine, coarse, axis=2)
    shares: Float64 = (part.transpose(0, 2, 1).reshape(shape) + random.uniform(0.001, 0.999, shape)) / rows
    return shares


def _homes(network: StreetNetwork) -> Float64:
    """Points along residential streets, one each ``HOME_M`` or less; metres, shape (k, 2)."""
    residential = network.ways["highway"].isin(RESIDENTIAL).to_numpy()
    edges = np.flatnonzero(residential[network.way] & ~network.is_barrier)
    xy = np.column_stack([network.x, network.y])
    start, end = xy[network.tail[edges]], xy[network.head[edges]]
    count = np.maximum(np.ceil(np.hypot(*(end - start).T) / HOME_M), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(edges)), count)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = (number + 0.5) / count[edge]
    homes: Float64 = start[edge] + (end - start)[edge] * share[:, None]
    return homes


def _along_streets(xy: Float64, homes: Float64, share: Float64, half_m: float) -> tuple[Bool, Float64]:
    """Which points have homes in the square around them, and how far aside the drawn ones lie, (sets, those, 2)."""
    from scipy.spatial import cKDTree

    if not len(homes) or not half_m:
        return np.zeros(len(xy), bool), np.zeros((len(share), 0, 2))
    near: Any = cKDTree(homes).query_ball_point(xy, half_m, p=np.inf)
    count = np.array([len(one) for one in near], np.int64)
    of = np.repeat(np.arange(len(xy)), count)
    aside = homes[np.concatenate([np.asarray(one, np.int64) for one in near])] - xy[of]
    aside = aside[np.lexsort([aside[:, 1], aside[:, 0], np.arctan2(aside[:, 1], aside[:, 0]), of])]
    inhabited = count > 0
    first = (np.cumsum(count) - count)[inhabited]
    return inhabited, aside[first + (share[:, inhabited] * count[inhabited]).astype(np.int64)]
