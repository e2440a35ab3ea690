"""Who goes where: from where each of several places is the nearest, as polygons with their residents."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.analysis.hub_choice import NOWHERE, catchments, nearest_hub
from tesoma_geo.assessment.surfaces import surface
from tesoma_geo.errors import InputError
from tesoma_geo.measures.quantiles import weighted_quantile
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.isochrones.isochrones import Water
from tesoma_geo.network.streets.frames import ids_of

#: Metres that are looked at around the area, so that nobody is sent to a place by its border.
MARGIN_M = 500.0


def service_catchments(
    router: StreetRouter,
    places: gpd.GeoDataFrame,
    within: shapely.Geometry,
    homes: gpd.GeoDataFrame | None = None,
    water: Water | None = None,
) -> gpd.GeoDataFrame:
    """From where each place is the nearest to go to, and who lives there.

    Parameters
    ----------
    router
        The streets with a profile's costs.
    places
        Points, known by their column ``id``, else by their index.
    within
        The area that is shared out, in the network's CRS.
    homes
        ``population`` and points; nobody is counted where it is None.
    water
        What nobody walks on.

    Returns
    -------
    GeoDataFrame
        A row a place, in their order: ``id``, ``residents``, ``median_min`` (of the residents; NaN without any),
        ``area_km2`` and polygons in the network's CRS that do not overlap, empty where it is nearest from nowhere.

    Raises
    ------
    InputError
        Points that are none, or none of which meets the streets.
    """
    ids, at = ids_of(places, "places"), router.snap(places, "places")
    if not at.found.any():
        raise InputError(
            f"none of the {len(ids)} places meets a street of {router.profile.name}", "Check where they lie"
        )
    west, south, east, north = within.bounds
    bounds = (west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M)
    surfaces = [
        surface(router.timed_streets(at.take([row]), reverse=True), water, router.network.crs, bounds=bounds)
        for row in range(len(ids))
    ]
    grids = np.stack([one.seconds for one in surfaces])
    keys = [str(row) for row in range(len(ids))]
    shapes = catchments(grids, surfaces[0].transform, router.network.crs, keys, within).set_index("hub")
    table = pd.DataFrame({"id": ids})
    residents, medians = np.zeros(len(ids), np.int64), np.full(len(ids), np.nan)
    if homes is not None and len(homes):
        seconds = router.times_between(router.snap(homes, "homes"), at).T
        nearest, people = nearest_hub(seconds), homes["population"].to_numpy()
        for row in range(len(ids)):
            mine = nearest == row
            residents[row] = people[mine].sum()
            medians[row] = round(weighted_quantile(seconds[row, mine] / 60.0, people[mine], 0.5), 1)
        table.attrs["nowhere"] = int(people[nearest == NOWHERE].sum())
    drawn = shapes.reindex(keys)
    empty = shapely.MultiPolygon()
    geometry = [empty if shape is None or pd.isna(shape) else shape for shape in drawn.geometry]
    columns = {
        "residents": residents,
        "median_min": medians,
        "area_km2": drawn["area_km2"].fillna(0.0).to_numpy(),
    }
    return gpd.GeoDataFrame(table.assign(**columns), geometry=geometry, crs=router.network.crs)
