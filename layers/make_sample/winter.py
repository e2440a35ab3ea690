"""Who clears the ways of people on foot and on bicycles of snow, as a city's own layer may tell."""

import geopandas
import pandas as pd
from shapely import LineString

from make_sample import EPSG, PLACE
from make_sample.areas import in_place
from make_sample.paths import BLOCK_WALKS, CENTRE_WALKS, CYCLEWAYS, LAKE_WALK, SIDEWALKS
from make_sample.plan import Way

NOT_CLEARED = "ei talvihoitoa"

# The shore path is a path, and cleared all the same; who clears the other walks of the blocks nobody has said.
_SHORE, *_ = LAKE_WALK
_CLASSES: dict[str, list[Way]] = {
    "I": CYCLEWAYS,
    "II": [*SIDEWALKS, *CENTRE_WALKS, _SHORE],
    NOT_CLEARED: [way for way in BLOCK_WALKS if way.tags.get("surface") in ("gravel", "ground")],
}


def winter_ways() -> geopandas.GeoDataFrame:
    """Return lines in the place's grid with the class of their winter maintenance: I is cleared first, then II."""
    classed = [(name, way) for name, ways in _CLASSES.items() for way in ways if way.tags["highway"] != "steps"]
    return geopandas.GeoDataFrame(
        {
            "hoitoluokka": [name for name, _ in classed],
            "katu": pd.array([PLACE.named(way.tags.get("name")) for _, way in classed], dtype="str"),
        },
        geometry=[in_place(LineString(way.line)) for _, way in classed],
        crs=EPSG,
    )
