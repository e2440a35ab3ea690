"""Links that many wish for, for whoever looks for missing ones."""

import geopandas as gpd
import pandas as pd

from tesoma_geo.annotations.shared_lines import LINK, published_lines
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.inputs.publication import published


def wished_links(inputs: Inputs) -> gpd.GeoDataFrame:
    """Links that many wish for, as they are published; nothing is closed or written for it.

    Parameters
    ----------
    inputs
        The layers.

    Returns
    -------
    GeoDataFrame
        ``voices_at_least`` and lines in the workspace's CRS.
    """
    done = inputs.publication or published(inputs, who=None)
    rows = published_lines([cohort.further for cohort in done.cohorts]) if done is not None else []
    wished = pd.DataFrame([row for row in rows if row["type"] == LINK], columns=["voices_at_least", "geometry"])
    return gpd.GeoDataFrame(wished, geometry="geometry", crs=inputs.network.crs)
