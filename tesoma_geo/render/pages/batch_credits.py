"""Whom and which days the page of a batch names."""

from pathlib import Path

from tesoma_geo.inputs.data_dates import column_year
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.sources.osm_day import replication_day
from tesoma_geo.workspace import Workspace


class BatchLayers:
    """The layers that all districts share, as far as their workspace tells of them.

    Parameters
    ----------
    workspace
        Of all districts together, or of the first.
    """

    def __init__(self, workspace: Workspace) -> None:
        known = days(workspace)
        layers = {
            "network": workspace.network,
            "district.area": workspace.district.area,
            "population": workspace.population,
            "basemap.water": workspace.basemap.water,
            "elevation": workspace.elevation,
            "transit": workspace.transit,
        }
        self.reports = [
            LayerReport(key, Path(), as_of=known.get(key) or layer.as_of, licence=layer.licence, sha256="")
            for key, layer in layers.items()
            if layer is not None and layer.licence
        ]


def licences(workspace: Workspace) -> list[str]:
    """Whom the map names, OpenStreetMap first.

    Parameters
    ----------
    workspace
        Of all districts together, or of the first.

    Returns
    -------
    list of str
        The licences of its layers.
    """
    named = dict.fromkeys(report.licence for report in BatchLayers(workspace).reports if report.licence)
    return sorted(named, key=lambda licence: "OpenStreetMap" not in licence)


def days(workspace: Workspace) -> dict[str, str | None]:
    """Of which day streets, residents and timetables are.

    Parameters
    ----------
    workspace
        Of all districts together, or of the first.

    Returns
    -------
    dict
        Layer → day; None where nobody knows.
    """
    population, transit = workspace.population, workspace.transit
    return {
        "network": workspace.network.as_of or replication_day(workspace.osm_path),
        "population": population.as_of or column_year(population.column),
        **({} if transit is None else {"transit": transit.as_of or transit.date.isoformat()}),
    }
