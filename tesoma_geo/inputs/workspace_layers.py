"""The layers of a workspace, each read on its own, with its faults and doubts."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo.inputs.collector import LayerCollector
from tesoma_geo.inputs.coverage import ends_before
from tesoma_geo.inputs.elevation import with_elevation
from tesoma_geo.inputs.moment import assessed_moment
from tesoma_geo.inputs.open_services import with_open_trips
from tesoma_geo.inputs.reports import LayerReport, file_report, of_network, of_timetable
from tesoma_geo.inputs.shared_layers import SharedLayers
from tesoma_geo.inputs.street_coverage import streets_end_early
from tesoma_geo.inputs.timetable_doubts import lift_notes, timetable_doubts
from tesoma_geo.inputs.walk_answers import with_walks
from tesoma_geo.inputs.wanted_profiles import wanted_profiles
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, Profile
from tesoma_geo.network.transit import Timetable
from tesoma_geo.sources.area_columns import CODES, with_codes_and_names
from tesoma_geo.sources.osm_areas import read_osm_areas
from tesoma_geo.sources.service_sites import once_over_sources
from tesoma_geo.sources.services import no_services, read_osm_services, read_service_layer
from tesoma_geo.sources.winter import read_winter
from tesoma_geo.tables import SERVICES, Reading, checked
from tesoma_geo.workspace import Layer, ServiceLayer, Workspace


class WorkspaceLayers(LayerCollector):
    """The layers of a workspace, each read on its own, but for those that it shares with others.

    Parameters
    ----------
    workspace
        Whose layers are read.
    shared
        Streets and timetable that were read for several workspaces; None to read its own.
    """

    def __init__(self, workspace: Workspace, shared: SharedLayers | None = None) -> None:
        super().__init__(workspace)
        self.shared = shared

    @property
    def faulty(self) -> bool:
        """Whether a layer that was read so far has faults."""
        return any(report.faults for report in self.reports)

    def profiles(self) -> tuple[Profile, ...] | None:
        """The ways of moving that the workspace asks for.

        Returns
        -------
        tuple of Profile or None
            None where they have faults.
        """
        report = LayerReport("access.profiles", self.workspace.path)
        return self.read(report, lambda: wanted_profiles(self.workspace))

    def district(self) -> gpd.GeoDataFrame | None:
        """The district's areas, each with a code and a name.

        Returns
        -------
        GeoDataFrame or None
            In the metric CRS; None where the layer has faults.
        """
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
        """Streets of the study area, with heights where the workspace has them.

        Parameters
        ----------
        study_area
            The district and what lies around it, in the metric CRS.
        area
            The district itself, where residents live; None where it does not matter.

        Returns
        -------
        StreetNetwork or None
            At the moment that is assessed; None where the layer has faults.
        """
        if self.shared is not None:
            self.reports += self.shared.reports
            self.left_out += self.shared.left_out
            return self.shared.network
        path = self.workspace.osm_path
        report = file_report("network.osm", path)
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
        """Areas of a layer, cut to the study area; without one those of the street file.

        Parameters
        ----------
        key
            Of the layer in the workspace file.
        section
            The file and which part of it; None for the street file.
        tags
            OpenStreetMap keys and values of such areas.
        study_area
            The district and what lies around it, in the metric CRS.

        Returns
        -------
        GeoDataFrame or None
            In the metric CRS; None where the layer has faults.
        """
        if section is None:
            return self._osm_areas(key, tags, study_area)
        areas = self.polygons(key, section)
        if areas is None:
            return None
        areas = self.nearby(areas[areas.intersects(study_area)])
        return areas.set_geometry(areas.intersection(study_area)).reset_index(drop=True)

    def services(self, study_area: shapely.Geometry) -> gpd.GeoDataFrame | None:
        """Services of the study area from all sources, each once.

        Parameters
        ----------
        study_area
            The district and what lies around it, in the metric CRS.

        Returns
        -------
        GeoDataFrame or None
            ``tables.SERVICES`` in the metric CRS; None where a layer has faults.
        """
        section, osm = self.workspace.services, self.workspace.osm_path
        tables: list[gpd.GeoDataFrame | None] = []
        if section.osm:
            report = file_report("services.osm", osm)
            tables.append(
                self.table(report, lambda: read_osm_services(osm, section.osm, crs=self.crs, within=study_area))
            )
        for number, layer in enumerate(section.files):
            tables.append(self._service_layer(f"services.files.{number}", layer, study_area))
        read = [table for table in tables if table is not None]
        if len(read) < len(tables):
            return None
        if not read:
            return with_open_trips(no_services(self.crs), self.workspace)[0]
        once = once_over_sources(gpd.GeoDataFrame(pd.concat(read, ignore_index=True)))
        services, shut, doubts = with_open_trips(once.services, self.workspace)
        self.left_out += [*once.left_out, *shut]
        self.doubts(doubts)
        return checked(services, SERVICES, "services")

    def winter(self, study_area: shapely.Geometry) -> gpd.GeoDataFrame | None:
        """Streets that are cleared in winter, where the workspace names them.

        Parameters
        ----------
        study_area
            The district and what lies around it, in the metric CRS.

        Returns
        -------
        GeoDataFrame or None
            In the metric CRS; None where there is no such layer, or it has faults.
        """
        section = self.workspace.winter
        if section is None or section.source is None:
            return None
        path = self.workspace.resolve(section.source)
        report = file_report("winter", path)
        return self.nearby(self.table(report, lambda: read_winter(path, section, crs=self.crs, within=study_area)))

    def timetable(
        self, study_area: shapely.Geometry, network: StreetNetwork | None, hub: gpd.GeoDataFrame | None
    ) -> Timetable | None:
        """What runs on the workspace's date, if a profile asks for it.

        Parameters
        ----------
        study_area
            The district and what lies around it, in the metric CRS.
        network
            The streets, to see whether stops lie beside them; None where that is not asked.
        hub
            Its entrances, likewise.

        Returns
        -------
        Timetable or None
            None where nobody asks for one, or the layer has faults.
        """
        section = self.workspace.transit
        if section is None or not TIMETABLE_PROFILES & set(self.workspace.access.profiles):
            return None
        paths = [self.workspace.resolve(source) for source in section.gtfs]
        for number, path in enumerate(paths[1:], 1):
            self.reports.append(file_report(f"transit.gtfs.{number}", path))
        report = file_report("transit.gtfs.0" if len(paths) > 1 else "transit.gtfs", paths[0])
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
        report = file_report(key, path)
        areas = self.table(report, lambda: read_osm_areas(path, tags, crs=self.crs, within=study_area))
        if areas is not None:
            self.note(f"no layer named: {', '.join(tags)} of the street file")
        return areas

    def _service_layer(self, key: str, layer: ServiceLayer, study_area: shapely.Geometry) -> gpd.GeoDataFrame | None:
        path = self.workspace.resolve(layer.file)
        report = file_report(key, path)
        return self.nearby(
            self.table(report, lambda: read_service_layer(path, layer, key=key, crs=self.crs, within=study_area))
        )
