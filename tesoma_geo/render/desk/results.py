"""A finished run, read from its folder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from tesoma_geo.errors import InputError

#: Where names of areas and the rest of the map lie, beside the project of QGIS.
PROJECT_FILE = "project.gpkg"


@dataclass(frozen=True)
class Results:
    """What ``tesoma-geo run`` left in a folder.

    Attributes
    ----------
    folder
        The folder.
    summary
        The content of ``summary.json``.
    workspace
        The workspace as the manifest has it, with its defaults.
    also_named
        Code → name of areas that the run itself does not name.
    """

    folder: Path
    summary: Mapping[str, Any]
    workspace: Mapping[str, Any]
    also_named: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Results":
        """Look into the folder of a run.

        Parameters
        ----------
        folder
            What ``--out`` of ``run`` named.

        Returns
        -------
        Results

        Raises
        ------
        InputError
            It holds no run.
        """
        try:
            summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            return cls(folder, summary, manifest["parameters"]["workspace"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{folder} holds no results of a run ({error})", "Name the folder that tesoma-geo run made"
            ) from None

    @property
    def profiles(self) -> tuple[str, ...]:
        """Ways of moving, in the workspace's order."""
        return tuple(self.summary["profiles"])

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the pages, the first one first."""
        return tuple(self.workspace["district"]["languages"])

    @property
    def cutoffs_min(self) -> tuple[float, ...]:
        """Minutes within which a place counts as reached."""
        return tuple(self.workspace["access"]["cutoffs_min"])

    @property
    def services_within_min(self) -> float:
        """Minutes within which services are counted."""
        return float(self.workspace["access"]["services_within_min"])

    @cached_property
    def cells(self) -> gpd.GeoDataFrame:
        """Squares with every measure."""
        return gpd.read_file(self.folder / "cells.gpkg", layer="cells")

    @cached_property
    def area_names(self) -> dict[str, str]:
        """Code → name of the areas; empty for results without them."""
        path = self.folder / PROJECT_FILE
        if not path.exists() or "district" not in pyogrio.list_layers(path)[:, 0]:
            return dict(self.also_named)
        areas = pyogrio.read_dataframe(path, layer="district", read_geometry=False)
        return {**self.also_named, **dict(zip(areas["code"].astype(str), areas["name"].astype(str), strict=True))}
