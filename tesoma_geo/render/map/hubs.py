"""What the map of places for a hub shows: each in the colour of the time that half of the residents take at most."""

from collections.abc import Sequence

import geopandas as gpd
import shapely

from tesoma_geo import command_columns
from tesoma_geo.render.figures.encoding import packed_integers, packed_points, packed_seconds, packed_shapes
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.districts import OUTLINE_M, ranks
from tesoma_geo.render.map.labels import place_names
from tesoma_geo.render.map.layers import water


def hub_contents(
    table: gpd.GeoDataFrame, area: gpd.GeoDataFrame, waters: gpd.GeoDataFrame, profiles: Sequence[str]
) -> tuple[Content, ...]:
    """Everything that the map of places for a hub shows, from the ground up.

    Parameters
    ----------
    table
        ``command_columns.BATCH``, with names as they are shown and the place of each hub as its geometry.
    area
        The district's area, in the same CRS.
    waters
        Areas of water in the same CRS.
    profiles
        Ways of moving that some place was assessed by.

    Returns
    -------
    tuple of Content
        The same in every language.
    """
    found, nowhere = table[table["reason"] == ""], gpd.GeoDataFrame({"name": []}, geometry=[], crs=table.crs)
    medians = {profile: found[command_columns.BATCH_MEDIAN_MIN.of(profile)] for profile in profiles}
    packed = {
        "names": found["name"].tolist(),
        "xy": packed_points(found.geometry.to_numpy(), str(table.crs)),
        "seconds": {profile: packed_seconds(median * 60) for profile, median in medians.items()},
        "ranks": {profile: packed_integers(ranks(median)) for profile, median in medians.items()},
    }
    outline = shapely.simplify(shapely.get_parts(area.geometry.to_numpy()), OUTLINE_M)
    return (
        Content("water", "water", water(waters)),
        Content("district", "district", packed_shapes(outline, str(area.crs))),
        Content("hubs", "hubs", packed),
        Content("names", "names", {}, place_names(nowhere, waters, nowhere), 2),
    )
