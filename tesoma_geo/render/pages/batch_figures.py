"""What the page of a batch tells, the same in every language."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from tesoma_geo import command_columns
from tesoma_geo.batch.tasks import Task
from tesoma_geo.crs import WGS84
from tesoma_geo.inputs.workspace_layers import WorkspaceLayers
from tesoma_geo.render.map.content import Content
from tesoma_geo.render.map.districts import district_contents
from tesoma_geo.render.map.hubs import hub_contents
from tesoma_geo.render.text.place_names import ordinary_case
from tesoma_geo.sources.osm_areas import WATER
from tesoma_geo.workspace import Workspace


@dataclass(frozen=True, eq=False)
class BatchFigures:
    """What the page of a batch tells, the same in every language.

    Attributes
    ----------
    workspace
        Of the first district that has one: languages, minutes, catalogues, contact.
    table
        ``command_columns.BATCH``, with names as they are shown.
    profiles
        Ways of moving that some district was assessed by.
    centred
        Whether the hub of some district is the centre of its homes.
    contents
        What the map shows, packed.
    together
        Whether the workspace is that of all districts together.
    area
        Where each row is a place for the hub of one district, which is the table's geometry then: that district's area.
    """

    workspace: Workspace
    table: gpd.GeoDataFrame
    profiles: tuple[str, ...]
    centred: bool
    contents: tuple[Content, ...]
    together: bool = False
    area: gpd.GeoDataFrame | None = None

    @property
    def cutoffs(self) -> tuple[float, ...]:
        """Minutes, from the smallest to the largest."""
        return self.workspace.access.cutoffs_min

    @property
    def of_hubs(self) -> bool:
        """Whether each row is a place for the hub of one district."""
        return self.area is not None

    @property
    def words(self) -> str:
        """How the names of texts begin that differ between districts and places for a hub."""
        return "hub_table" if self.of_hubs else "districts"

    def of(self, profile: str) -> gpd.GeoDataFrame:
        """Rows that were assessed by a way of moving, the quickest first; where half never arrive, last.

        Parameters
        ----------
        profile
            The way of moving.

        Returns
        -------
        GeoDataFrame
            Rows of the table.
        """
        median = command_columns.BATCH_MEDIAN_MIN.of(profile)
        found = self.table[self.table[command_columns.BATCH_UNREACHABLE.of(profile)].notna()]
        return found.sort_values([median, "name", "district"], na_position="last", kind="stable")


def batch_figures(tasks: Sequence[Task], table: gpd.GeoDataFrame) -> BatchFigures:
    """What the page of a batch tells.

    Parameters
    ----------
    tasks
        The districts, or places for a hub.
    table
        ``command_columns.BATCH``, a row each.

    Returns
    -------
    BatchFigures
    """
    usable = [task for task in tasks if task.workspace is not None]
    workspace = usable[0].shares or usable[0].own
    asked = dict.fromkeys(profile for task in usable for profile in task.own.access.profiles)
    profiles = tuple(
        profile for profile in asked if command_columns.BATCH_UNREACHABLE.of(profile) in table.columns
        and table[command_columns.BATCH_UNREACHABLE.of(profile)].notna().any()
    )  # fmt: skip
    named, area = table.assign(name=table["name"].map(ordinary_case)), None
    if any(task.one_of_hubs for task in tasks):
        named, area = named.set_geometry(_hubs(named)), table.iloc[[0]]  # the same in all rows
    contents: tuple[Content, ...] = ()
    if profiles:  # where all failed there is nothing to map
        waters = _water(usable[0], shapely.box(*table.total_bounds))
        if area is None:
            contents = district_contents(named, waters, profiles)
        else:
            contents = hub_contents(named, area, waters, profiles)
    centred, together = any(task.centred for task in tasks), usable[0].shares is not None
    return BatchFigures(workspace, named, profiles, centred, contents, together, area)


def _hubs(table: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """The first entrance of each hub; empty where there are no figures."""
    lon, lat = (table.get(name, pd.Series(np.nan, table.index)) for name in ("hub_lon", "hub_lat"))
    places = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=table.index, crs=WGS84)
    return places.mask(lon.isna(), Point()).to_crs(table.crs)


def _water(task: Task, area: BaseGeometry) -> gpd.GeoDataFrame:
    """Water among the districts, where all share a file of it; none where they do not or where it has faults."""
    none = gpd.GeoDataFrame({"name": []}, geometry=[], crs=task.own.district.crs)
    if task.shares is None or task.shares.basemap.water is None:
        return none
    found = WorkspaceLayers(task.shares).areas("basemap.water", task.shares.basemap.water, WATER, area)
    return none if found is None else found
