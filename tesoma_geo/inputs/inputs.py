"""What a job was given: the layers of its workspace, read and checked."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import geopandas as gpd
import shapely

from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.annotations.survey import Survey
from tesoma_geo.inputs.licences import with_licences
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.transit import Timetable
from tesoma_geo.sources.osm_addresses import read_osm_addresses
from tesoma_geo.sources.osm_ground import GroundLayers, read_ground
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Workspace


@dataclass(frozen=True, eq=False, repr=False)
class Inputs:
    """A workspace's layers, checked, in its metric CRS.

    Attributes
    ----------
    workspace
        The workspace they come from.
    profiles
        The profiles to assess on streets, in the workspace's order.
    district
        Its areas.
    study_area
        The district and as far around it as routes may go.
    hub
        The hub's entrances as points.
    network
        Streets of the study area, with elevation.
    water
        Lakes of the study area.
    origins
        Where residents are (``tables.ORIGINS``).
    services
        Everyday services of the study area (``tables.SERVICES``).
    green
        Green areas of the study area that everybody may use.
    winter
        Who clears which ways of snow (``tables.WINTER``), beside what their tags tell; None where no layer does.
    timetable
        What runs on the workspace's date; None where no timetable profile is asked for.
    survey
        What residents said, from the store or the files as they are; None where the workspace names none.
    reports
        One a layer.
    left_out
        What the layers hold that the tables do not.
    publication
        What of the survey is published; see :func:`tesoma_geo.inputs.publication.with_publication`.
    further_hubs
        Entrances of the hubs beside the one of ``hub``, as ``Workspace.all_hubs`` orders them.
    """

    workspace: Workspace
    profiles: tuple[Profile, ...]
    district: gpd.GeoDataFrame
    study_area: shapely.Geometry
    hub: gpd.GeoDataFrame
    network: StreetNetwork
    water: gpd.GeoDataFrame
    origins: gpd.GeoDataFrame
    services: gpd.GeoDataFrame
    green: gpd.GeoDataFrame
    winter: gpd.GeoDataFrame | None
    timetable: Timetable | None
    survey: Survey | None
    reports: tuple[LayerReport, ...]
    left_out: tuple[LeftOut, ...]
    publication: Publication | None = None
    further_hubs: tuple[gpd.GeoDataFrame, ...] = ()

    def __repr__(self) -> str:
        # Short, and without the survey: what residents said is not for a notebook that is handed on.
        return (
            f"<Inputs: {len(self.origins):,} origins, {len(self.services):,} services, {len(self.network.tail):,} edges"
            f", {', '.join(one.name for one in self.profiles)}>"
        )

    def with_workspace(self, workspace: Workspace) -> Self:
        """The same layers under another workspace file; what was found of them already is not found anew.

        Parameters
        ----------
        workspace
            Names the same layers, read in the same way; the reports tell its licences.

        Returns
        -------
        Inputs
        """
        other = replace(self, workspace=workspace, reports=with_licences(workspace, self.reports))
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name in ("ground", "addresses")})
        return other

    @property
    def annotations(self) -> gpd.GeoDataFrame | None:
        """The survey's annotations."""
        return None if self.survey is None else self.survey.annotations

    @cached_property
    def ground(self) -> GroundLayers:
        """Buildings and railways of the study area, as the street file has them; for maps alone."""
        workspace = self.workspace
        return read_ground(workspace.osm_path, crs=workspace.district.crs, within=self.study_area)

    @cached_property
    def addresses(self) -> gpd.GeoDataFrame:
        """House numbers of the study area, as the street file has them (``street``, ``number``)."""
        workspace = self.workspace
        return read_osm_addresses(workspace.osm_path, crs=workspace.district.crs, within=self.study_area).table
