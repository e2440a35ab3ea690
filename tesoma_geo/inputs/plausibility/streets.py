"""Doubts about streets, heights, water and the hub among them."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.elevation import STEEP_MEDIAN
from tesoma_geo.network import StreetNetwork

#: Share of the length of streets that is steeper than 20 %: in Tampere, built on ridges, less than 1 %; in San
#: Francisco about 3 %. Heights in feet or tenfold pass this.
STEEP_GRADE, STEEP_SHARE = 0.2, 0.05
#: Entrances lie on or beside a street, metres.
HUB_NEAR_M = 60.0
#: Entrances of one place lie within this of each other, metres; a hub's outline is no larger across, and no smaller.
HUB_WIDE_M = 600.0
#: Streets in a lived-in district, km on a km².
LEAST_STREET_KM, MOST_STREET_KM = 1.0, 120.0
#: Nearly all streets hang together.
LARGEST_PIECE = 0.8


def hub_doubts(
    hub: gpd.GeoDataFrame,
    district: shapely.Geometry,
    network: StreetNetwork | None,
    water: gpd.GeoDataFrame | None,
    key: str = "hub.entrances",
) -> Iterator[Doubt]:
    """What is unlikely in the place of a hub.

    Parameters
    ----------
    hub
        Its entrances, in a metric CRS.
    district
        The district.
    network
        Streets; None where they could not be read.
    water
        Lakes; None where they could not be read.
    key
        Where in the workspace file its place stands.

    Yields
    ------
    Doubt
    """
    points = hub.geometry.to_numpy()
    away_m = float(shapely.distance(points, district).max())
    if away_m > 0:
        yield Doubt(
            key, f"an entrance lies {away_m:.0f} m outside the district", "Compare it with a map", f"{away_m:.0f}"
        )
    if water is not None and not water.empty:
        wet = shapely.contains(shapely.union_all(water.geometry.to_numpy()), points)
        if wet.any():
            yield Doubt(key, f"{int(wet.sum())} of {len(points)} entrances lie in water", "Compare them with a map")
    if network is not None and network.n_edges:
        _, far_m = shapely.STRtree(network.segments).query_nearest(points, return_distance=True, all_matches=False)
        if far_m.max() > HUB_NEAR_M:
            problem = f"an entrance lies {far_m.max():.0f} m from the nearest street"
            yield Doubt(key, problem, "Compare it with a map", f"{far_m.max():.0f}")
    across_m = float(shapely.length(shapely.minimum_bounding_circle(shapely.multipoints(points))) / np.pi)
    if across_m > HUB_WIDE_M:
        yield Doubt(
            key, f"its entrances lie up to {across_m:.0f} m apart", "Name those of one place", f"{across_m:.0f}"
        )
    rounded = np.unique(np.round(shapely.get_coordinates(points)), axis=0)
    if len(rounded) < len(points):
        yield Doubt(key, f"{len(points) - len(rounded)} entrances are there twice", "Name each once")


def network_doubts(network: StreetNetwork, district: shapely.Geometry) -> Iterator[Doubt]:
    """What is unlikely in the streets of a district.

    Parameters
    ----------
    network
        Streets of the study area.
    district
        The district.

    Yields
    ------
    Doubt
    """
    key, remedy = "network.osm", "Take a file with all streets of the district"
    middle = shapely.line_interpolate_point(network.segments, 0.5, normalized=True)
    shapely.prepare(district)
    within = shapely.contains(district, middle)
    per_km2 = float(network.length_m[within].sum()) / 1000 / (district.area / 1e6)
    if not LEAST_STREET_KM <= per_km2 <= MOST_STREET_KM:
        yield Doubt(key, f"the district has {per_km2:.2g} km of streets on a km²", remedy, f"{per_km2:.2g}")
    if network.n_nodes:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        links = coo_array((np.ones(network.n_edges, bool), (network.tail, network.head)), shape=(network.n_nodes,) * 2)
        _, piece = connected_components(links, directed=False)
        share = float(np.bincount(piece).max() / network.n_nodes)
        if share < LARGEST_PIECE:
            problem = f"{1 - share:.0%} of its street nodes do not hang together with the others"
            yield Doubt(key, problem, "Take a file that was not thinned or clipped", f"{1 - share:.2f}")
    classes = network.ways["highway"].dropna().astype(str)
    paths = {"footway", "path", "cycleway", "pedestrian", "steps", "residential", "living_street", "service"}
    if len(classes) and not classes.isin(paths).any():
        yield Doubt(key, "it holds no footway, path or residential street", remedy, classes.iloc[0])
    if len(classes) and classes.isin({"footway", "path", "cycleway", "steps"}).all():
        yield Doubt(key, "it holds footways and paths alone, and no street", remedy, classes.iloc[0])


def elevation_doubts(network: StreetNetwork) -> Iterator[Doubt]:
    """What is unlikely in the heights of streets.

    Parameters
    ----------
    network
        Streets with elevation.

    Yields
    ------
    Doubt
    """
    key, heights = "elevation.source", network.elevation_m
    known = heights[np.isfinite(heights)]
    if not len(known):
        return
    if known.max() - known.min() < 0.01:
        yield Doubt(key, f"all street nodes lie {known[0]:.1f} m high", "Take a raster of heights", f"{known[0]:.1f}")
    rise = np.abs(heights[network.tail] - heights[network.head])
    counted = (network.length_m > 5) & np.isfinite(rise)
    length = network.length_m[counted]
    if not len(length) or np.median(np.abs(rise[counted]) / length) > STEEP_MEDIAN:
        return
    steep = float(length[rise[counted] > STEEP_GRADE * length].sum() / length.sum())
    if steep > STEEP_SHARE:
        problem = f"{steep:.0%} of the streets are steeper than {STEEP_GRADE:.0%}"
        remedy = "Are its values metres? Is it shifted, or a model of surfaces with roofs and trees?"
        yield Doubt(key, problem, remedy, f"{steep:.2f}")
    low, high = float(known.min()), float(known.max())
    if low < -30 or high > 4500:
        yield Doubt(key, f"streets lie from {low:.0f} to {high:.0f} m high", "Are its values metres?", f"{high:.0f}")


def water_doubts(water: gpd.GeoDataFrame, network: StreetNetwork, district: shapely.Geometry) -> Iterator[Doubt]:
    """What is unlikely in the lakes of a district.

    Parameters
    ----------
    water
        Polygons, cut to the study area.
    network
        Its streets.
    district
        The district.

    Yields
    ------
    Doubt
    """
    if water.empty:
        return
    key, lakes = "basemap.water", shapely.union_all(water.geometry.to_numpy())
    share = float(shapely.area(shapely.intersection(lakes, district)) / district.area)
    if share > 0.6:
        yield Doubt(key, f"{share:.0%} of the district is water", "Is it a layer of land?", f"{share:.2f}")
    shapely.prepare(lakes)
    middle = shapely.line_interpolate_point(network.segments, 0.5, normalized=True)
    dry = ~network.ways["bridge"].notna().to_numpy()[network.way]
    wet = shapely.contains(lakes, middle) & dry
    of_streets = float(network.length_m[wet].sum() / max(float(network.length_m.sum()), 1.0))
    if of_streets > 0.05:
        problem = f"{of_streets:.0%} of the streets run through it without a bridge"
        yield Doubt(key, problem, "Compare it with a map: it may be shifted, or no layer of water", f"{of_streets:.2f}")
