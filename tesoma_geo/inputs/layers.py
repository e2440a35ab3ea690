"""Every layer of a workspace, read and checked, with a report on each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.annotations.survey import Survey
from tesoma_geo.errors import WorkspaceError
from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.coverage import ends_before
from tesoma_geo.inputs.data_dates import with_data_dates
from tesoma_geo.inputs.elevation import with_elevation
from tesoma_geo.inputs.hub_places import read_further_hubs, read_hub
from tesoma_geo.inputs.moment import assessed_moment
from tesoma_geo.inputs.open_services import with_open_trips
from tesoma_geo.inputs.plausibility.gather import gathered_doubts
from tesoma_geo.inputs.population import read_origins
from tesoma_geo.inputs.reports import LayerReport, file_report, of_network, of_timetable
from tesoma_geo.inputs.shared_layers import STREET_LAYERS, SharedLayers
from tesoma_geo.inputs.street_coverage import streets_end_early
from tesoma_geo.inputs.surveys import read_survey_layers
from tesoma_geo.inputs.timetable_doubts import lift_notes, timetable_doubts
from tesoma_geo.inputs.walk_answers import with_walks
from tesoma_geo.inputs.wanted_profiles import wanted_profiles
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.point_splits import split_for
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, Profile
from tesoma_geo.network.transit import Timetable
from tesoma_geo.sources.area_columns import CODES, with_codes_and_names
from tesoma_geo.sources.osm_addresses import read_osm_addresses
from tesoma_geo.sources.osm_areas import GREEN, WATER, read_osm_areas
from tesoma_geo.sources.service_sites import once_over_sources
from tesoma_geo.sources.services import read_osm_services, read_service_layer
from tesoma_geo.sources.winter import read_winter
from tesoma_geo.tables import SERVICES, LeftOut, Reading, checked
from tesoma_geo.workspace import Layer, ServiceLayer, Workspace


@dataclass(frozen=True, eq=False)
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

    @property
    def annotations(self) -> gpd.GeoDataFrame | None:
        """The survey's annotations."""
        return None if self.survey is None else self.survey.annotations

    @cached_property
    def addresses(self) -> gpd.GeoDataFrame:
        """House numbers of the study area, as the street file has them (``street``, ``number``)."""
        workspace = self.workspace
        return read_osm_addresses(workspace.osm_path, crs=workspace.district.crs, within=self.study_area).table


def read_inputs(workspace: Workspace, shared: SharedLayers | None = None) -> Inputs:
    """Read every layer of a workspace.

    Parameters
    ----------
    workspace
        The workspace, checked.
    shared
        Streets and timetable that were read for several workspaces; None to read its own.

    Returns
    -------
    Inputs
        Its layers in its metric CRS.

    Raises
    ------
    WorkspaceError
        With the faults of all layers.
    """
    inputs, reports = check_inputs(workspace, shared)
    if inputs is None:
        raise WorkspaceError([fault for report in reports for fault in report.faults])
    return inputs


def check_inputs(
    workspace: Workspace, shared: SharedLayers | None = None
) -> tuple[Inputs | None, tuple[LayerReport, ...]]:
    """Read every layer and report on each; the inputs are None when a fault stops the job.

    Parameters
    ----------
    workspace
        The workspace, checked.
    shared
        As of :func:`read_inputs`.

    Returns
    -------
    inputs : Inputs or None
        The layers in the metric CRS.
    reports : tuple of LayerReport
        One a layer, with its faults.

    Raises
    ------
    AssertionError
        A layer is missing and no report says why: a fault of this package.
    """
    layers = _Layers(workspace, shared)
    profiles = layers.profiles()
    district = layers.district()
    if district is None:
        return None, tuple(layers.reports)
    area = shapely.union_all(district.geometry.to_numpy())
    study_area = area.buffer(workspace.network.buffer_m)
    network = layers.network(study_area, area)
    hub = read_hub(layers, area, study_area, network)
    further_hubs = read_further_hubs(layers, area, study_area, network, hub)
    water = layers.areas("basemap.water", workspace.basemap.water, WATER, study_area)
    origins = None if network is None else read_origins(layers, area, network)
    services = layers.services(study_area)
    green = layers.areas("nature.areas", workspace.nature.areas, GREEN, study_area)
    winter = layers.winter(study_area)
    timetable = layers.timetable(study_area, network, hub)
    survey = read_survey_layers(layers, study_area)
    layers.doubts(gathered_doubts(workspace, profiles, district, study_area, network, hub, water, origins, services))
    reports = with_data_dates(workspace, layers.reports)
    if any(report.faults for report in reports):
        return None, reports
    if profiles is None or network is None or hub is None or origins is None or services is None:
        raise AssertionError("a layer is missing and no report says why")
    if water is None or green is None:
        raise AssertionError("areas are missing and no report says why")
    left_out = tuple(layers.left_out)
    if shared is None:
        network = split_for(network.with_water(water.geometry), *profiles)
    return Inputs(
        workspace, profiles, district, study_area, hub, network, water, origins, services, green, winter, timetable,
        survey, reports, left_out, further_hubs=further_hubs,
    ), reports  # fmt: skip


def read_shared(workspace: Workspace) -> SharedLayers:
    """Read what the parts of a workspace's district have in common, to assess each of them by itself.

    Parameters
    ----------
    workspace
        Its district is all parts together; its hub is not asked for.

    Returns
    -------
    SharedLayers

    Raises
    ------
    WorkspaceError
        With the faults of these layers.
    """
    layers = _Layers(workspace)
    profiles, district = layers.profiles(), layers.district()
    if district is not None and profiles is not None:
        area = shapely.union_all(district.geometry.to_numpy())
        study_area = area.buffer(workspace.network.buffer_m)
        network = layers.network(study_area)
        water = layers.areas("basemap.water", workspace.basemap.water, WATER, study_area)
        homes = None if network is None else read_origins(layers, area, network)
        timetable = layers.timetable(study_area, None, None)
        if network is not None and water is not None and homes is not None and not layers.faulty:
            of_streets = [report for report in layers.reports if report.key.startswith(STREET_LAYERS)]
            reports = tuple(replace(report, doubts=()) for report in of_streets)
            whole = split_for(network.with_water(water.geometry), *profiles)
            return SharedLayers(whole, homes, timetable, reports, network.left_out)
    raise WorkspaceError([fault for report in layers.reports for fault in report.faults])


def read_surroundings(workspace: Workspace) -> tuple[StreetNetwork, gpd.GeoDataFrame]:
    """Streets and services of the study area alone, for what needs no more.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    network : StreetNetwork
        Streets of the study area, with elevation where the workspace has it.
    services : GeoDataFrame
        ``tables.SERVICES`` of the study area, in the metric CRS.

    Raises
    ------
    WorkspaceError
        With the faults of these layers.
    """
    layers = _Layers(workspace)
    district = layers.district()
    if district is not None:
        study_area = shapely.union_all(district.geometry.to_numpy()).buffer(workspace.network.buffer_m)
        network, services = layers.network(study_area), layers.services(study_area)
        if network is not None and services is not None:
            return network, services
    raise WorkspaceError([fault for report in layers.reports for fault in report.faults])


def read_streets_and_homes(workspace: Workspace) -> tuple[StreetNetwork, gpd.GeoDataFrame]:
    """Streets of the study area and where residents live alone, for what needs no more.

    Parameters
    ----------
    workspace
        The workspace, checked.

    Returns
    -------
    network : StreetNetwork
        Streets of the study area, with elevation where the workspace has it.
    homes : GeoDataFrame
        ``tables.ORIGINS``, in the metric CRS.

    Raises
    ------
    WorkspaceError
        With the faults of these layers.
    """
    layers = _Layers(workspace)
    district = layers.district()
    if district is not None:
        area = shapely.union_all(district.geometry.to_numpy())
        network = layers.network(area.buffer(workspace.network.buffer_m))
        homes = None if network is None else read_origins(layers, area, network)
        if network is not None and homes is not None:
            return network, homes
    raise WorkspaceError([fault for report in layers.reports for fault in report.faults])


class _Layers(LayerCollector):
    """The layers of a workspace, each read on its own, but for those that it shares with others."""

    def __init__(self, workspace: Workspace, shared: SharedLayers | None = None) -> None:
        super().__init__(workspace)
        self.shared = shared

    @property
    def faulty(self) -> bool:
        return any(report.faults for report in self.reports)

    def profiles(self) -> tuple[Profile, ...] | None:
        report = LayerReport("access.profiles", self.workspace.path)
        return self.read(report, lambda: wanted_profiles(self.workspace))

    def district(self) -> gpd.GeoDataFrame | None:
        """The district's areas, each with a code and a name; None where the layer has faults."""
        section, residents = self.workspace.district, self.workspace.population
        area = section.area
        same = residents.kind == "areas" and (residents.source, residents.layer) == (area.source, area.layer)
        alike = same and residents.where == area.where
        own = [residents.code] if residents.code else []

        def named(reading: Reading) -> Reading:
            return with_codes_and_names(
                reading, "district.area", self.workspace.resolve(area.source), code=section.code,
                name=section.area_name, likely_codes=own or CODES if same else (*own, "code"),
                likely_names=[*([residents.name] if same else []), *(f"name:{tag}" for tag in section.languages)],
                numbered="" if alike else "area ",
                called=section.name.get(section.languages[0]) or next(iter(section.name.values())),
            )  # fmt: skip

        return self.polygons("district.area", section.area, named)

    def network(self, study_area: shapely.Geometry, area: shapely.Geometry | None = None) -> StreetNetwork | None:
        if self.shared is not None:
            self.reports += self.shared.reports
            self.left_out += self.shared.left_out
            return self.shared.network
        path = self.workspace.osm_path
        report = file_report("network.osm", path, self.workspace.network.licence)
        country = self.workspace.district.country
        network = self.read(report, lambda: StreetNetwork.from_osm(path, self.crs, study_area, country), of_network)
        if network is None:
            return None
        network = network.at(assessed_moment(self.workspace)).with_unknown_tags()
        self.left_out += network.left_out
        early = streets_end_early(network, study_area, self.workspace.network.buffer_m)
        short = ends_before(network, study_area)
        if early is not None:
            self.doubt(*early)
        elif short:
            self.doubt(short, "Take a greater file, or a smaller network.buffer_m")
        return with_elevation(self, with_walks(self, network), area)

    def areas(
        self, key: str, section: Layer | None, tags: Mapping[str, tuple[str, ...]], study_area: shapely.Geometry
    ) -> gpd.GeoDataFrame | None:
        """Areas of a layer, cut to the study area; without one those of the street file."""
        if section is None:
            return self._osm_areas(key, tags, study_area)
        areas = self.polygons(key, section)
        if areas is None:
            return None
        areas = self.nearby(areas[areas.intersects(study_area)])
        return areas.set_geometry(areas.intersection(study_area)).reset_index(drop=True)

    def services(self, study_area: shapely.Geometry) -> gpd.GeoDataFrame | None:
        section, osm = self.workspace.services, self.workspace.osm_path
        tables: list[gpd.GeoDataFrame | None] = []
        if section.osm:
            report = file_report("services.osm", osm, self.workspace.network.licence)
            tables.append(
                self.table(report, lambda: read_osm_services(osm, section.osm, crs=self.crs, within=study_area))
            )
        for number, layer in enumerate(section.files):
            tables.append(self._service_layer(f"services.files.{number}", layer, study_area))
        read = [table for table in tables if table is not None]
        if len(read) < len(tables):
            return None
        if not read:
            empty = {column: pd.Series(dtype=object) for column in ("service_id", "kind", "name", "source")}
            return gpd.GeoDataFrame(empty, geometry=[], crs=self.crs)
        once = once_over_sources(gpd.GeoDataFrame(pd.concat(read, ignore_index=True)))
        services, shut, doubts = with_open_trips(once.services, self.workspace)
        self.left_out += [*once.left_out, *shut]
        self.doubts(doubts)
        return checked(services, SERVICES, "services")

    def winter(self, study_area: shapely.Geometry) -> gpd.GeoDataFrame | None:
        section = self.workspace.winter
        if section is None or section.source is None:
            return None
        path = self.workspace.resolve(section.source)
        report = file_report("winter", path, section.licence)
        return self.nearby(self.table(report, lambda: read_winter(path, section, crs=self.crs, within=study_area)))

    def timetable(
        self, study_area: shapely.Geometry, network: StreetNetwork | None, hub: gpd.GeoDataFrame | None
    ) -> Timetable | None:
        """What runs on the workspace's date, if a profile asks for it."""
        section = self.workspace.transit
        if section is None or not TIMETABLE_PROFILES & set(self.workspace.access.profiles):
            return None
        paths = [self.workspace.resolve(source) for source in section.gtfs]
        for number, path in enumerate(paths[1:], 1):
            self.reports.append(file_report(f"transit.gtfs.{number}", path, section.licence))
        report = file_report("transit.gtfs.0" if len(paths) > 1 else "transit.gtfs", paths[0], section.licence)
        known = None if self.shared is None else self.shared.timetable
        lifts = section.lifts_out_of_order
        timetable = self.read(report, lambda: known or Timetable.from_gtfs(paths, section.date, lifts), of_timetable)
        if timetable is not None:
            self.left_out += timetable.left_out
            for text in lift_notes(timetable):
                self.note(text)
            for problem, remedy in timetable_doubts(timetable, self.workspace, study_area, network, hub):
                self.doubt(problem, remedy)
        return timetable

    def _osm_areas(
        self, key: str, tags: Mapping[str, tuple[str, ...]], study_area: shapely.Geometry
    ) -> gpd.GeoDataFrame | None:
        path = self.workspace.osm_path
        report = file_report(key, path, self.workspace.network.licence)
        areas = self.table(report, lambda: read_osm_areas(path, tags, crs=self.crs, within=study_area))
        if areas is not None:
            self.note(f"no layer named: {', '.join(tags)} of the street file")
        return areas

    def _service_layer(self, key: str, layer: ServiceLayer, study_area: shapely.Geometry) -> gpd.GeoDataFrame | None:
        path = self.workspace.resolve(layer.file)
        report = file_report(key, path, layer.licence)
        return self.nearby(
            self.table(report, lambda: read_service_layer(path, layer, key=key, crs=self.crs, within=study_area))
        )
