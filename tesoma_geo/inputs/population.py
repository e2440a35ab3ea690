"""The layer of residents: a grid as it is, or areas whose residents are spread along the streets."""

from pathlib import Path

import geopandas as gpd
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.plausibility.areas import area_doubts
from tesoma_geo.inputs.reports import file_report
from tesoma_geo.network import StreetNetwork
from tesoma_geo.sources.population import UNKNOWN_RESIDENTS, read_areas, spread
from tesoma_geo.sources.population_grid import read_grid
from tesoma_geo.sources.population_raster import read_raster
from tesoma_geo.tables import LeftOut, Reading
from tesoma_geo.workspace import Workspace


def read_origins(layers: LayerCollector, area: shapely.Geometry, network: StreetNetwork) -> gpd.GeoDataFrame | None:
    """Where residents are, with a report on the layer.

    Parameters
    ----------
    layers
        Where the layers of the workspace come in.
    area
        The district, in the metric CRS.
    network
        Streets that the residents of areas are spread along.

    Returns
    -------
    GeoDataFrame or None
        ``tables.ORIGINS``; None where the layer has faults.
    """
    section = layers.workspace.population
    path = layers.workspace.resolve(section.source)

    def read() -> Reading:
        if section.kind == "areas":
            return _spread(layers.workspace, path, area, network)
        if section.kind == "raster":
            return read_raster(path, key="population", crs=layers.crs, cell_m=section.cell_m, within=area)
        return read_grid(
            path, key="population", crs=layers.crs, kind=section.kind, column=section.column, code=section.code,
            age_groups=section.age_groups, layer=section.layer, where=section.where, within=area,
        )  # fmt: skip

    origins = layers.table(file_report("population.source", path), read)
    if origins is not None and origins["population"].sum() == 0:
        layers.fault("nobody lives in the district", "Name a column of residents in population.column")
    return origins


def _spread(workspace: Workspace, path: Path, area: shapely.Geometry, network: StreetNetwork) -> Reading:
    """Residents of the district's areas, spread along its streets."""
    section = workspace.population
    if section.column is None:
        raise SourceError("population.column is missing", "Name the column that holds the residents")
    reading = read_areas(
        path, key="population", crs=workspace.district.crs, column=section.column, code=section.code, name=section.name,
        age_groups=section.age_groups, layer=section.layer, where=section.where,
    )  # fmt: skip
    within = reading.table.representative_point().within(area)
    areas = reading.table[within].reset_index(drop=True)
    if areas.empty:
        raise SourceError(f"no area of {path} lies in the district", "Name areas of the district")
    unknown = tuple(areas["name"][areas["population"].isna()])
    if len(unknown) == len(areas):
        raise SourceError(f"no area of {path} has residents in {section.column!r}", "Name another column")
    streets = network.lines(network.ways["highway"].notna().to_numpy())
    origins = spread(areas, streets, section.cell_m)
    named = (LeftOut("areas", UNKNOWN_RESIDENTS, len(unknown), unknown),) if unknown else ()
    notes = (*reading.notes, *origins.notes, *(f"residents unknown: {name}" for name in unknown))
    once = tuple(left for left in reading.left_out if left.reason != UNKNOWN_RESIDENTS)
    doubts = (*reading.doubts, *area_doubts(areas, area, section.column, section.age_groups))
    return Reading(origins.table, (*once, *named, *origins.left_out), notes, doubts)
