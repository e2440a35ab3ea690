"""The files that the main job leaves behind, the same bytes for the same inputs."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tesoma_geo import columns
from tesoma_geo._files import write_json
from tesoma_geo._geopackage import write_layers
from tesoma_geo._program import FIGURE_PACKAGES
from tesoma_geo._redaction import content_without_secrets
from tesoma_geo._result_mark import moment
from tesoma_geo.analysis.explain_transit import TRANSIT_PARTS
from tesoma_geo.assessment.assess import Assessment
from tesoma_geo.assessment.credited import credited
from tesoma_geo.assessment.said_otherwise import told_settings
from tesoma_geo.assessment.surfaces import Surface, write_cog
from tesoma_geo.inputs.reports import LayerReport


def write_results(assessment: Assessment, folder: Path) -> None:
    """Write the data files of an assessment into an existing folder.

    ``summary.json``, ``origins.parquet`` and ``services.parquet`` (GeoParquet), with a timetable
    ``transit_stops.parquet`` (stops with a connection to the hub), ``cells.gpkg`` (the origins as squares with
    every measure), ``isochrones.gpkg`` (a layer a profile), ``betweenness.gpkg`` (streets and the residents who
    pass them on their way to the hub, a layer a profile on streets), ``barriers.gpkg`` (what residents' barriers
    cost, where residents were asked), where there are several hubs ``hub_choices.parquet`` (who goes to which) and
    ``hubs.gpkg`` (their entrances, and from where each is nearest, a layer a profile),
    ``travel_time_<profile>.tif`` (COG, seconds) and ``manifest.json``.

    Parameters
    ----------
    assessment
        What is written.
    folder
        An existing folder.

    Raises
    ------
    AssertionError
        A table does not hold what :mod:`tesoma_geo.columns` declares; nothing is written.
    """
    check_columns(assessment)
    write_figures(assessment, folder)
    write_tables(tables_of(assessment), folder)
    for profile, surface in assessment.surfaces.items():
        write_raster(surface, profile, folder)


def write_figures(assessment: Assessment, folder: Path) -> None:
    """Write ``summary.json`` and ``manifest.json``; see :func:`write_results`.

    Parameters
    ----------
    assessment
        What is written.
    folder
        An existing folder.
    """
    write_json(folder / "summary.json", assessment.summary)
    write_json(folder / "manifest.json", manifest(assessment))


def write_tables(tables: Mapping[str, Any], folder: Path) -> None:
    """Write tables; see :func:`write_results`.

    Parameters
    ----------
    tables
        As of :func:`tables_of`: what is written follows from them alone.
    folder
        An existing folder.
    """
    tables["origins"].to_parquet(folder / "origins.parquet", index=False)
    tables["services"].to_parquet(folder / "services.parquet", index=False)
    if tables["stops"] is not None:
        tables["stops"].to_parquet(folder / "transit_stops.parquet", index=False)
    write_layers(folder / "cells.gpkg", {"cells": tables["cells"]})
    write_layers(folder / "isochrones.gpkg", tables["isochrones"])
    write_layers(folder / "betweenness.gpkg", tables["betweenness"])
    if tables["barriers"] is not None:
        write_layers(folder / "barriers.gpkg", {"barriers": tables["barriers"]})
    if tables["hubs"] is not None:
        places, choices, catchments = tables["hubs"]
        choices.to_parquet(folder / "hub_choices.parquet", index=False)
        write_layers(folder / "hubs.gpkg", {"hubs": places, **catchments})


def write_raster(surface: Surface, profile: str, folder: Path) -> None:
    """Write the travel times of a way of moving as a raster; see :func:`write_results`.

    Parameters
    ----------
    surface
        Its travel times.
    profile
        Its name.
    folder
        An existing folder.
    """
    write_cog(surface, folder / f"travel_time_{profile}.tif", profile=profile)


def tables_of(assessment: Assessment) -> dict[str, Any]:
    """All that the tables of an assessment follow from.

    Parameters
    ----------
    assessment
        What is written.

    Returns
    -------
    dict
        Name → table, or tables by name.
    """
    lived, transit, hubs = assessment.lived, assessment.transit_analysis, assessment.several_hubs
    return {
        "origins": assessment.origins,
        "services": assessment.services,
        "cells": assessment.cells,
        "isochrones": assessment.isochrones,
        "betweenness": assessment.street_analysis.passed,
        "stops": None if transit is None else transit.stops,
        "barriers": None if lived is None else lived.barriers,
        "hubs": None if hubs is None else (hubs.places, hubs.choices, hubs.catchments),
    }


def check_columns(assessment: Assessment) -> None:
    """Make sure that the tables of an assessment hold the columns that are declared, and those that always are.

    Parameters
    ----------
    assessment
        What is about to be written.

    Raises
    ------
    AssertionError
        A column that is not declared or not there; the message names it.
    """
    profiles = _profiles_by_columns(assessment)
    values = {"kind": sorted(assessment.services["kind"].unique()), "part": list(TRANSIT_PARTS)}
    for table, output in (
        (assessment.origins, columns.ORIGINS),
        (assessment.services, columns.SERVICES),
        (assessment.cells, columns.CELLS),
    ):
        output.check(table, profiles, values)
    for rings in assessment.isochrones.values():
        columns.ISOCHRONES.check(rings)
    for passed in assessment.street_analysis.passed.values():
        columns.BETWEENNESS.check(passed)
    if assessment.lived is not None:
        columns.BARRIERS.check(assessment.lived.barriers, profiles)
    if assessment.transit_analysis is not None:
        columns.TRANSIT_STOPS.check(assessment.transit_analysis.stops)
    if assessment.several_hubs is not None:
        hubs = assessment.several_hubs
        columns.HUB_PLACES.check(hubs.places)
        columns.HUB_CHOICES.check(hubs.choices, profiles, {"hub": hubs.places["hub"].unique()})
        for table in hubs.catchments.values():
            columns.CATCHMENTS.check(table)


def _profiles_by_columns(assessment: Assessment) -> dict[str, list[str]]:
    """When a column is there → the profiles that have it in this assessment."""
    every, streets = list(assessment.workspace.access.profiles), assessment.inputs.profiles
    street_analysis, transit = assessment.street_analysis, assessment.transit_analysis
    by_timetable = [] if transit is None else [name for name in every if name not in street_analysis.explained]
    return {
        columns.ALL_PROFILES: every,
        columns.STREETS: [profile.name for profile in streets],
        columns.ON_FOOT_PROFILES: [profile.name for profile in streets if profile.mode == "foot"],
        columns.WITH_GREEN: list(street_analysis.to_nature_s),
        columns.WITH_WINTER: list(street_analysis.winter_s),
        columns.DRAWN: [street_analysis.uncertainty_profile],
        columns.WITH_SERVICES: every if len(assessment.services) else [],
        columns.ASKED: [] if assessment.lived is None else every,
        columns.TIMETABLE: by_timetable,
        columns.FARES_KNOWN: by_timetable if transit is not None and transit.currency else [],
    }


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
        "made_at": moment(),
        "made_up": workspace.district.made_up,
        "inputs": content_without_secrets([_input(report) for report in assessment.reports if report.is_layer]),
        "doubts": [
            {"key": doubt.where, "problem": doubt.problem, "remedy": doubt.remedy}
            for report in assessment.reports
            for doubt in report.doubts
            if doubt.where.split(".")[0] != "annotations"
        ],
        "parameters": {
            "workspace": told_settings(workspace),
            "profiles": {profile.name: profile.model_dump(mode="json") for profile in assessment.inputs.profiles},
        },
        "versions": {"python": platform.python_version(), **{name: version(name) for name in FIGURE_PACKAGES}},
        "left_out": [
            {"what": left.what, "reason": left.reason, "count": left.count, "examples": list(left.examples)}
            for left in assessment.left_out
        ],
        "licences": credited(assessment),
        **privacy_told(assessment),
    }


def privacy_told(assessment: Assessment) -> dict[str, Any]:
    """What everybody is told of the noise in what residents said.

    Parameters
    ----------
    assessment
        The results.

    Returns
    -------
    dict
        ``privacy``, where numbers hold noise: ε of all releases, what is spent and left of it.
    """
    publication = assessment.inputs.publication
    return {} if publication is None or publication.noise is None else {"privacy": dict(publication.noise)}


def _input(report: LayerReport) -> dict[str, Any]:
    """A layer; of residents' annotations only that there are any: a hash or a day tells that one answer changed."""
    content = {"key": report.key, "file": report.path.name}
    if report.key.split(".")[0] == "annotations":
        return {**content, "licence": report.licence}
    return {
        **content, "sha256": report.sha256, "date": report.date, "as_of": report.as_of, "licence": report.licence,
        "rows": report.rows,
        "notes": list(report.notes),
    }  # fmt: skip
