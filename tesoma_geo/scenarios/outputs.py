"""The files that a scenario leaves behind, the same bytes for the same inputs."""

from pathlib import Path
from typing import Any

from tesoma_geo import columns, command_columns
from tesoma_geo._files import sha256, write_json
from tesoma_geo._geopackage import write_layers
from tesoma_geo._redaction import content_without_secrets
from tesoma_geo.assessment.outputs import manifest
from tesoma_geo.scenarios.compare import Comparison


def write_comparison(comparison: Comparison, folder: Path) -> None:
    """Write the data files of a comparison into an existing folder.

    ``comparison.json`` (the figures side by side), ``differences.gpkg`` (layer ``cells``: minutes before and
    after and what is gained; layer ``changes``: what the scenario changes, where) and ``manifest.json``.

    Parameters
    ----------
    comparison
        What is written.
    folder
        An existing folder.

    Raises
    ------
    AssertionError
        A table does not hold what :mod:`tesoma_geo.columns` declares; nothing is written.
    """
    profiles = comparison.before.workspace.access.profiles
    kinds = {"kind": sorted(comparison.figures["services"])}
    command_columns.DIFFERENCES.check(comparison.differences, {columns.ALL_PROFILES: profiles}, kinds)
    command_columns.CHANGES.check(comparison.places)
    write_json(folder / "comparison.json", comparison.figures)
    changes = {} if comparison.places.empty else {"changes": comparison.places}
    write_layers(folder / "differences.gpkg", {"cells": comparison.differences, **changes})
    write_json(folder / "manifest.json", scenario_manifest(comparison))


def scenario_manifest(comparison: Comparison) -> dict[str, Any]:
    """What the comparison was made from: the manifest of the assessment before, and the scenario file.

    Parameters
    ----------
    comparison
        Before and after.

    Returns
    -------
    dict
        The content of ``manifest.json``.
    """
    scenario = comparison.scenario
    entry = {
        "file": scenario.path.name,
        "sha256": sha256(scenario.path),
        "parameters": content_without_secrets(scenario.parameters()),
    }
    return {**manifest(comparison.before), "scenario": entry}
