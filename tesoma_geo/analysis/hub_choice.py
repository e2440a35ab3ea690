"""Who goes to which of several hubs: to the nearest, and by a choice model with attraction."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import rasterio.features
import shapely
from numpy.typing import NDArray
from rasterio.transform import Affine

from tesoma_geo._arrays import Float32, Float64

#: What stands for no hub at all.
NOWHERE = -1
#: Borders of catchments may be moved so far to lose the steps of the grid that they were found on, metres.
SMOOTH_M = 12.0


def nearest_hub(to_hubs_s: Float32) -> NDArray[np.int64]:
    """Which hub is nearest, for each origin.

    Parameters
    ----------
    to_hubs_s
        Seconds to each hub, ``inf`` where there is no way, shape (hubs, origins).

    Returns
    -------
    ndarray
        Number of the hub, the first of several that are as near; ``NOWHERE`` where none is reached; shape (origins,).
    """
    if not len(to_hubs_s):
        return np.full(to_hubs_s.shape[1], NOWHERE)
    nearest: NDArray[np.int64] = np.where(np.isinf(to_hubs_s).all(axis=0), NOWHERE, to_hubs_s.argmin(axis=0))
    return nearest


def hub_shares(to_hubs_s: Float32, attraction: Sequence[float], exponent: float, least_min: float) -> Float64:
    """The share of each origin's residents who choose each hub, by Huff's model.

    P_ij = (A_j / t_ij^λ) / Σ_k (A_k / t_ik^λ), with t in minutes and never less than ``least_min``. Huff, D. L. (1963),
    A probabilistic analysis of shopping center trade areas, Land Economics 39(1).

    Parameters
    ----------
    to_hubs_s
        Seconds to each hub, ``inf`` where there is no way, shape (hubs, origins).
    attraction
        Of each hub, above 0.
    exponent
        λ.
    least_min
        The fewest minutes that count.

    Returns
    -------
    ndarray
        Shape (hubs, origins); a column sums to 1, or to 0 where no hub is reached.
    """
    if not len(to_hubs_s):
        return np.zeros(to_hubs_s.shape)
    minutes = np.maximum(to_hubs_s.astype(float) / 60.0, least_min)
    # In logarithms beside the greatest of a column: no attraction and no exponent is too large.
    drawn = np.log(np.asarray(attraction, float))[:, None] - exponent * np.log(minutes)
    most = drawn.max(axis=0)
    reached = np.isfinite(most)
    weights: Float64 = np.where(reached, np.exp(drawn - np.where(reached, most, 0.0)), 0.0)
    total = weights.sum(axis=0)
    shares: Float64 = weights / np.where(total > 0, total, 1.0)
    return shares


def catchments(
    seconds: Float32, transform: Affine, crs: str, keys: Sequence[str], within: shapely.Geometry
) -> gpd.GeoDataFrame:
    """From where each hub is the nearest, as polygons that do not overlap.

    Parameters
    ----------
    seconds
        To each hub at the middle of each cell of one grid, NaN where it is not reached, shape (hubs, rows, columns).
    transform
        From column and row to the metric CRS.
    crs
        The metric CRS.
    keys
        What names each hub.
    within
        What they are cut to: the district.

    Returns
    -------
    GeoDataFrame
        A row a hub that is anywhere the nearest: ``hub``, ``area_km2`` and its polygon.
    """
    known = np.where(np.isnan(seconds), np.float32(np.inf), seconds)
    best = nearest_hub(known.reshape(len(seconds), -1)).reshape(seconds.shape[1:]).astype(np.int16)
    pieces: dict[int, list[shapely.Geometry]] = {}
    for shape, number in rasterio.features.shapes(best, mask=best != NOWHERE, transform=transform):
        pieces.setdefault(int(number), []).append(shapely.geometry.shape(shape))
    numbers = sorted(pieces)
    whole = np.array([shapely.union_all(pieces[number]) for number in numbers], object)
    smooth = shapely.coverage_simplify(whole, SMOOTH_M) if len(whole) else whole
    cut = shapely.intersection(smooth, within)
    there = [at for at, area in enumerate(cut) if area.area > 0]
    polygons = [_polygons(cut[at]) for at in there]
    return gpd.GeoDataFrame(
        {
            "hub": [keys[numbers[at]] for at in there],
            "area_km2": [round(float(one.area) / 1e6, 4) for one in polygons],
        },
        geometry=polygons,
        crs=crs,
    )


def _polygons(area: shapely.Geometry) -> shapely.MultiPolygon:
    """The areas of what a cut left, without the lines and points where it only touched."""
    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    return shapely.normalize(shapely.multipolygons(parts))
