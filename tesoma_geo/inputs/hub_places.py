"""Where the hub of a workspace is entered, and each of its further hubs."""

import geopandas as gpd
import numpy as np
import shapely

from tesoma_geo.crs import WGS84, to_metric
from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.hub_entrances import doors_of_place, entered_around_m, gates, misplaced
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.snap import AROUND_M
from tesoma_geo.workspace import Hub, hub_keys

#: Hubs whose entrances lie nearer to each other are doubted to be two.
ONE_PLACE_M = 50.0


def read_hub(
    layers: LayerCollector,
    study_area: shapely.Geometry,
    network: StreetNetwork | None,
    section: Hub | None = None,
    key: str = "hub",
) -> gpd.GeoDataFrame | None:
    """The entrances of a hub, with a report on them.

    Parameters
    ----------
    layers
        Takes the report.
    study_area
        The district and as far around it as routes may go, in the metric CRS.
    network
        Its streets; None where they have faults.
    section
        One hub of several; ``[hub]`` without.
    key
        Where in the workspace file it stands.

    Returns
    -------
    GeoDataFrame or None
        ``entrance`` (from 1), ``around_m`` and points in the metric CRS; None where its layer has faults.
    """
    workspace, doors, place = layers.workspace, list[shapely.Point](), None
    section = section or workspace.hub
    if section.entrances:
        lon, lat = np.array(section.entrances, float).T
        entrances = gpd.GeoSeries.from_xy(*to_metric(lon, lat, layers.crs), crs=layers.crs)
        layers.reports.append(LayerReport(f"{key}.entrances", workspace.path, len(entrances), crs=WGS84))
        doors = doors_of_place(workspace, entrances.iloc[0], section) if len(entrances) == 1 and network else []
        if doors:
            entrances = gpd.GeoSeries(doors, crs=layers.crs)
            layers.note(f"the point lies in a building of the street file: its {len(doors)} mapped doors are taken")
    elif section.area is not None:
        polygons = layers.polygons(f"{key}.area", section.area)
        if polygons is None:
            return None
        outline = shapely.union_all(polygons.geometry.to_numpy())
        entrances = gpd.GeoSeries(gates(outline, network), crs=layers.crs)
        place = outline if entrances.iloc[0] == outline.representative_point() else None
    fault = misplaced(entrances, study_area, network, workspace.network.max_snap_m)
    if fault is not None:
        layers.fault(*fault)
    points = len(section.entrances) if not doors else 0
    around_m = entered_around_m(workspace, points, place, section)
    return gpd.GeoDataFrame({"entrance": np.arange(1, len(entrances) + 1), AROUND_M: around_m}, geometry=entrances)


def read_further_hubs(
    layers: LayerCollector,
    area: shapely.Geometry,
    study_area: shapely.Geometry,
    network: StreetNetwork | None,
    hub: gpd.GeoDataFrame | None,
) -> dict[str, gpd.GeoDataFrame]:
    """The entrances of each hub beside the one that the pages are about.

    Parameters
    ----------
    layers
        Takes the reports, with a doubt of hubs that are hardly two, and a note of those outside the district.
    area
        The district, in the metric CRS.
    study_area, network
        As of :func:`read_hub`.
    hub
        The entrances of the one that the pages are about; None where its layer has faults.

    Returns
    -------
    dict
        Key where a hub's place stands (``hubs.0.entrances``) → entrances, in the order of ``Workspace.all_hubs``,
        without the first; those whose layer cannot be read are not among them.
    """
    by_key: dict[str, gpd.GeoDataFrame] = {}
    every = layers.workspace.all_hubs
    known = [] if hub is None else [(hub_keys(every)[0], _place(hub))] if every else []
    for section, name in list(zip(every, hub_keys(every), strict=True))[1:]:
        number = next(at for at, one in enumerate(layers.workspace.hubs) if one is section)
        entrances = read_hub(layers, study_area, network, section, f"hubs.{number}")
        if entrances is None:
            continue
        place = _place(entrances)
        for other, there in known:
            if (apart_m := float(shapely.distance(place, there))) < ONE_PLACE_M:
                problem = f"{name} lies {apart_m:.0f} m from {other}: who goes to which of them is chance"
                layers.doubt(problem, "Name one of the two, or correct a place")
        if (outside_m := float(shapely.distance(place, area))) > 0 and place.within(study_area):
            layers.note(f"it lies {outside_m:,.0f} m outside the district: only the district's residents are counted")
        known.append((name, place))
        by_key[f"hubs.{number}.{'entrances' if section.entrances else 'area'}"] = entrances
    return by_key


def _place(hub: gpd.GeoDataFrame) -> shapely.Geometry:
    return shapely.union_all(hub.geometry.to_numpy())
