"""What districts are expected to take, so that the longest are begun first: told before any of them is read."""

from collections.abc import Sequence
from contextlib import suppress

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tesoma_geo.sources._columns import residents
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.workspace import Workspace

#: Kinds of layers of residents that are read as shapes with a column: a raster or cells of H3 are not, only to order.
_SHAPES = ("areas", "grid")


def expected_costs(places: Sequence[tuple[Workspace, BaseGeometry]]) -> list[float]:
    """What each district is expected to take, to be compared with the others.

    Parameters
    ----------
    places
        The workspace and the outline of each, in the workspace's CRS; an outline that nobody knows is empty.

    Returns
    -------
    list of float
        Residents, as homes are what a district is asked for; areas, m², where some layer of residents does not tell
        them by shapes. 0 where there are none, or the layer has a fault, which the district itself is told of.
    """
    people = [0.0] * len(places)
    of_layer: dict[str, list[int]] = {}
    for number, (workspace, outline) in enumerate(places):
        population = workspace.population
        if outline.is_empty:
            continue
        if population.kind not in _SHAPES or population.column is None:
            return [float(outline.area) for _, outline in places]
        layer = [str(workspace.resolve(population.source)), population.layer, population.where, population.column]
        of_layer.setdefault(str([*layer, workspace.district.crs]), []).append(number)
    for numbers in of_layer.values():
        with suppress(Exception):
            within = _residents_within(places[numbers[0]][0], [places[number][1] for number in numbers])
            for number, count in zip(numbers, within.tolist(), strict=True):
                people[number] = count
    return people


def _residents_within(workspace: Workspace, outlines: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    """Residents of the shapes of a layer in each outline; of a shape that lies in it in part, that part."""
    layer, key = workspace.population, "population"
    path = workspace.resolve(layer.source)
    rows: gpd.GeoDataFrame = read_layer(
        path, key=key, crs=workspace.district.crs, layer=layer.layer, where=layer.where
    ).table
    people = np.nan_to_num(np.asarray(residents(rows[layer.column], key, path), float))
    shapes, within = rows.geometry.to_numpy(), np.asarray(outlines, object)
    of, shape = shapely.STRtree(shapes).query(within, predicate="intersects")
    whole = shapely.area(shapes[shape])
    part = np.where(
        whole > 0, shapely.area(shapely.intersection(within[of], shapes[shape])) / np.maximum(whole, 1e-9), 1
    )
    counted: NDArray[np.float64] = np.zeros(len(within))
    np.add.at(counted, of, people[shape] * part)
    return counted
