"""From where the hub is reached within each cutoff, with the area and the residents."""

import geopandas as gpd
import numpy as np

from tesoma_geo.access.inputs import Inputs
from tesoma_geo.network.reach import TimedStreets, Water, isochrones


def hub_isochrones(
    streets: TimedStreets, water: Water, inputs: Inputs, origins: gpd.GeoDataFrame, profile: str
) -> gpd.GeoDataFrame:
    """Nested polygons of one profile.

    Returns
    -------
    GeoDataFrame
        A row a cutoff: ``cutoff_min``, ``area_km2``, ``population`` (residents whose own travel time is
        within the cutoff), polygon in the workspace's CRS.
    """
    workspace = inputs.workspace
    cutoffs_min = np.array(workspace.access.cutoffs_min)
    reached = isochrones(streets, list(cutoffs_min * 60.0), crs=workspace.district.crs, water=water)
    to_hub_s = origins[f"{profile}_to_hub_s"].to_numpy()
    residents = origins["population"].to_numpy()
    return gpd.GeoDataFrame(
        {
            "cutoff_min": cutoffs_min,
            "area_km2": reached.area.to_numpy() / 1e6,
            "population": [int(residents[to_hub_s <= cutoff * 60.0].sum()) for cutoff in cutoffs_min],
        },
        geometry=reached.geometry.to_numpy(),
        crs=reached.crs,
    )
