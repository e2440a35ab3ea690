"""All doubts about the layers of a place, from whatever of them could be read."""

from collections.abc import Iterator, Mapping

import geopandas as gpd
import shapely

from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.plausibility.areas import district_doubts, origin_doubts
from tesoma_geo.inputs.plausibility.letters import misread_doubts
from tesoma_geo.inputs.plausibility.services import service_doubts
from tesoma_geo.inputs.plausibility.streets import elevation_doubts, hub_doubts, network_doubts, water_doubts
from tesoma_geo.network import StreetNetwork
from tesoma_geo.workspace import Workspace


def place_doubts(
    workspace: Workspace,
    district: gpd.GeoDataFrame,
    study_area: shapely.Geometry,
    network: StreetNetwork | None,
    hub: gpd.GeoDataFrame | None,
    water: gpd.GeoDataFrame | None,
    origins: gpd.GeoDataFrame | None,
    services: gpd.GeoDataFrame | None,
    further_hubs: Mapping[str, gpd.GeoDataFrame],
) -> Iterator[Doubt]:
    """What is possible in the layers of a place but unlikely.

    Parameters
    ----------
    workspace
        The workspace, checked.
    network, hub, water, origins, services
        As ``inputs.layers.Inputs`` has them; None where they could not be read.
    district
        Its areas.
    study_area
        The district and its surroundings.
    further_hubs
        Entrances of each hub beside the first, by the key where its place stands.

    Yields
    ------
    Doubt
    """
    area = shapely.union_all(district.geometry.to_numpy())
    yield from district_doubts(district)
    yield from misread_doubts("district.area", district["name"])
    if hub is not None:
        yield from hub_doubts(hub, area, network, water)
    for key, entrances in further_hubs.items():
        yield from hub_doubts(entrances, area, network, water, key)
    if network is not None:
        yield from network_doubts(network, area)
        if workspace.elevation is not None:
            yield from elevation_doubts(network)
        if water is not None and workspace.basemap.water is not None:
            yield from water_doubts(water, network, area)
    if origins is not None and not origins.empty:
        yield from origin_doubts(origins, area, water)
    if services is not None:
        yield from service_doubts(services, study_area, water)
