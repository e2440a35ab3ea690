"""The cells that origins stand for."""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import to_metric
from tesoma_geo.workspace import Population


def polygons(origins: gpd.GeoDataFrame, grid: Population) -> NDArray[np.object_]:
    """The cell of each origin: its square, or its H3 cell.

    Residents spread from areas, or laid out from a raster, stand somewhere in the square of ``grid.cell_m`` whose
    corners are multiples of it; those of a ready grid stand in the middle of theirs, whose side is the least distance
    between two rows or columns.

    Parameters
    ----------
    origins
        ``tables.ORIGINS`` in the metric CRS.
    grid
        How the workspace counts residents.

    Returns
    -------
    ndarray of Polygon
        In the metric CRS, shape (origins,).
    """
    if grid.kind == "h3":
        import h3

        rings = [np.array(h3.cell_to_boundary(cell)) for cell in origins["origin_id"]]
        outlines = [np.column_stack(to_metric(ring[:, 1], ring[:, 0], origins.crs.to_string())) for ring in rings]
        return np.array([shapely.Polygon(outline) for outline in outlines], object)
    xy = shapely.get_coordinates(origins.geometry.to_numpy())
    if grid.kind in ("areas", "raster"):
        corner, side_m = np.floor(xy / grid.cell_m) * grid.cell_m, grid.cell_m
    else:
        steps = np.concatenate([np.diff(np.unique(along.round())) for along in xy.T])
        side_m = float(steps.min()) if len(steps) else grid.cell_m
        corner = xy - side_m / 2.0
    squares: NDArray[np.object_] = shapely.box(*corner.T, *(corner + side_m).T)
    return squares
