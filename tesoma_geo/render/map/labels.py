"""Names for the map: of areas, waters and streets, each with the place where it may be written."""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.render.figures.encoding import packed_integers, pixels
from tesoma_geo.render.text.place_names import ordinary_case
from tesoma_geo.tables import with_name

#: A stretch of street shorter than this carries no name.
MIN_STREET_M = 60.0


def place_names(
    areas: gpd.GeoDataFrame, water: gpd.GeoDataFrame, streets: gpd.GeoDataFrame
) -> tuple[dict[str, Any], ...]:
    """Names of areas, of waters and of streets, the larger first.

    Parameters
    ----------
    areas
        Areas with their ``name``.
    water
        Waters with their ``name``.
    streets
        Streets with their ``name``.

    Returns
    -------
    tuple of dict
        For each of the three: ``texts`` once each; packed for each place its ``text`` (a position among
        them), ``xy``, ``degrees`` (clockwise from level) and ``length`` (pixels it may take; 0 is any).
    """
    named = areas.assign(name=areas["name"].map(ordinary_case, na_action="ignore"))
    return tuple(_packed(*places) for places in (_level(named), _level(water), _along(streets)))


def _packed(
    text: NDArray[np.object_], xy: NDArray[np.int64], degrees: NDArray[np.int64], length: NDArray[np.int64]
) -> dict[str, Any]:
    texts, position = np.unique(text.astype(str), return_inverse=True)
    return {
        "texts": texts.tolist(),
        "text": packed_integers(position),
        "xy": packed_integers(xy.ravel()),
        "degrees": packed_integers(degrees),
        "length": packed_integers(length),
    }


_Places = tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def _level(table: gpd.GeoDataFrame) -> _Places:
    """Names of polygons, written level in their middle, the largest first."""
    named = with_name(table)
    named = named.iloc[np.argsort(-named.geometry.area.to_numpy(), kind="stable")]
    inside = shapely.point_on_surface(named.geometry.to_numpy())
    none = np.zeros(len(named), np.int64)
    text = named["name"].to_numpy(object) if len(named) else np.empty(0, object)
    return text, _pixels(inside, table), none, none


def _along(streets: gpd.GeoDataFrame) -> _Places:
    """Names of streets, written along the middle of each straight enough stretch, the longest first."""
    long = streets[streets["name"].notna() & (streets.length >= MIN_STREET_M)]
    long = long.iloc[np.argsort(-long.length.to_numpy(), kind="stable")]
    lines = long.geometry.to_numpy()
    before, middle, after = (
        _pixels(shapely.line_interpolate_point(lines, share, normalized=True), streets) for share in (0.35, 0.5, 0.65)
    )
    step = after - before
    degrees = np.rint(np.degrees(np.arctan2(step[:, 1], step[:, 0]))).astype(np.int64)
    upright = (degrees + 90) % 180 - 90
    ends = [_pixels(shapely.get_point(lines, at), streets) for at in (0, -1)]
    chord = np.hypot(*(ends[1] - ends[0]).T).astype(np.int64)
    return long["name"].to_numpy(object), middle, upright, chord


def _pixels(points: NDArray[np.object_], table: gpd.GeoDataFrame) -> NDArray[np.int64]:
    return pixels(shapely.get_coordinates(points), str(table.crs))
