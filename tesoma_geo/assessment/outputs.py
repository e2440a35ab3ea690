"""The files that the main job leaves behind, the same bytes for the same inputs."""

import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from tesoma_geo._files import write_json
from tesoma_geo.assessment.assess import Assessment
from tesoma_geo.assessment.surfaces import write_cog
from tesoma_geo.inputs.reports import LayerReport

#: GeoPackages carry the time they were written; this one is nobody's, so that the bytes stay the same.
GEOPACKAGE_DATE = "2000-01-01T00:00:00.000Z"

#: Packages whose version may change a figure.
FIGURE_PACKAGES = ("tesoma-geo", "geopandas", "numba", "numpy", "osmium", "pyproj", "rasterio", "scipy", "shapely")


def write_results(assessment: Assessment, folder: Path) -> None:
    """Write the data files of an assessment into an existing folder.

    ``summary.json``, ``origins.parquet`` and ``services.parquet`` (GeoParquet), with a timetable
    ``transit_stops.parquet`` (stops with a connection to the hub), ``cells.gpkg`` (the origins as squares with
    every measure), ``isochrones.gpkg`` (a layer a profile), ``betweenness.gpkg`` (streets and the residents who
    pass them on their way to the hub, a layer a profile on streets), ``barriers.gpkg`` (what residents' barriers
    cost, where residents were asked), ``travel_time_<profile>.tif`` (COG, seconds) and ``manifest.json``.

    Parameters
    ----------
    assessment
        What is written.
    folder
        An existing folder.
    """
    write_json(folder / "summary.json", assessment.summary)
    assessment.origins.to_parquet(folder / "origins.parquet", index=False)
    assessment.services.to_parquet(folder / "services.parquet", index=False)
    if assessment.transit_analysis is not None:
        assessment.transit_analysis.stops.to_parquet(folder / "transit_stops.parquet", index=False)
    write_layers(folder / "cells.gpkg", {"cells": assessment.cells})
    write_layers(folder / "isochrones.gpkg", assessment.isochrones)
    write_layers(folder / "betweenness.gpkg", assessment.street_analysis.passed)
    if assessment.lived is not None:
        write_layers(folder / "barriers.gpkg", {"barriers": assessment.lived.barriers})
    for profile, surface in assessment.surfaces.items():
        write_cog(surface, folder / f"travel_time_{profile}.tif", profile=profile)
    write_json(folder / "manifest.json", manifest(assessment))


def write_layers(path: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Write tables as the layers of one GeoPackage, without the time of writing.

    Parameters
    ----------
    path
        The file; layers are added where it exists.
    layers
        Name of the layer → its table.
    """
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": GEOPACKAGE_DATE})
    try:
        for name, table in layers.items():
            pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=path.exists())
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def manifest(assessment: Assessment) -> dict[str, Any]:
    """What the results were made from: inputs, parameters, versions, what was left out, whom to credit.

    Parameters
    ----------
    assessment
        The results.

    Returns
    -------
    dict
        The content of ``manifest.json``.
    """
    workspace = assessment.workspace
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "made_up": workspace.district.made_up,
        "inputs": [_input(report) for report in assessment.reports],
        "parameters": {
            "workspace": workspace.model_dump(mode="json", exclude={"path"}),
            "profiles": {profile.name: profile.model_dump(mode="json") for profile in assessment.inputs.profiles},
        },
        "versions": {"python": platform.python_version(), **{name: version(name) for name in FIGURE_PACKAGES}},
        "left_out": [
            {"what": left.what, "reason": left.reason, "count": left.count, "examples": list(left.examples)}
            for left in assessment.left_out
        ],
        "licences": credited(assessment),
    }


def _input(report: LayerReport) -> dict[str, Any]:
    """A layer; of residents' annotations neither their exact number nor anything that may quote them."""
    content = {
        "key": report.key,
        "file": report.path.name,
        "sha256": report.sha256,
        "date": report.date,
        "licence": report.licence,
    }
    if report.key.split(".")[0] == "annotations":
        return content
    return {**content, "rows": report.rows, "notes": list(report.notes)}


def credited(assessment: Assessment) -> list[str]:
    """Whom every map and page credits, each once.

    Parameters
    ----------
    assessment
        The results.

    Returns
    -------
    list of str
        Licences as the workspace states them, in the order of its layers.
    """
    return list(dict.fromkeys(report.licence for report in assessment.reports if report.licence))
