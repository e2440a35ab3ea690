"""The door to the network for a notebook: streets from a file, and routers made from them."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, Unpack

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo._extras import require_installed
from tesoma_geo._given import instance, number
from tesoma_geo._given import path as given_path
from tesoma_geo.errors import InputError
from tesoma_geo.near_names import instead
from tesoma_geo.network.isochrones.isochrones import TimedStreets, Water, isochrone_polygons
from tesoma_geo.network.isochrones.street_times import timed_streets
from tesoma_geo.network.streets.cache import cached_network
from tesoma_geo.network.streets.frames import ids_of
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.notebook import network_line, router_line, small_map
from tesoma_geo.network.streets.profiles import Profile, default_profiles
from tesoma_geo.network.streets.router_tables import RouterTables
from tesoma_geo.network.streets.snap import Points, Positions
from tesoma_geo.network.streets.stress_lines import stress_lines
from tesoma_geo.sources.osm import check_is_osm_file

if TYPE_CHECKING:
    import networkx as nx

    from tesoma_geo.network.transit import Timetable, TransitRouter, TripOptions

# osmnx and public transport load when they are asked for: most notebooks begin with streets alone.


@dataclass(frozen=True, eq=False, repr=False)
class StreetRouter(RouterTables):
    """A router of streets: costs of one profile on a network, ready to ask; see :meth:`StreetNetwork.router`.

    Its other attributes are those of :class:`tesoma_geo.network.streets.search.StreetSearch`.

    Attributes
    ----------
    network
        The streets.
    """

    network: "StreetNetwork"

    def __repr__(self) -> str:
        return router_line(self)

    def _repr_html_(self) -> str:
        return small_map(self.network, router_line(self), self.usable)

    def isochrones(
        self,
        points: Points | Positions,
        cutoffs_s: Sequence[float],
        *,
        each: bool = False,
        reverse: bool = False,
        water: Water | Iterable[shapely.Geometry] = (),
    ) -> gpd.GeoDataFrame:
        """Polygons of what the points reach within each cutoff; nested, a row a cutoff.

        Parameters
        ----------
        points
            Where travel starts; the nearest of them counts.
        cutoffs_s
            Seconds, each more than 0.
        each
            Of each point on its own instead, a row a point and cutoff, with the point's ``id``: its column of that
            name, else its index.
        reverse
            From where the points are reached instead: the catchment.
        water
            Polygons in the network's CRS that nobody walks on; made a ``Water`` once where asked often.

        Returns
        -------
        GeoDataFrame in the network's CRS: ``cutoff_min``, ``area_km2`` and polygons, empty where nothing is reached.

        Raises
        ------
        InputError
            Points or cutoffs that are none.
        """
        lakes = water if isinstance(water, Water) else Water.of(water)
        if each:
            places = self.snap(points)
            ids = range(len(places.edge)) if isinstance(points, Positions) else ids_of(points)
            parts = [
                self.isochrones(places.take([row]), cutoffs_s, reverse=reverse, water=lakes) for row in range(len(ids))
            ]
            named = [part.assign(id=own) for part, own in zip(parts, ids, strict=True)]
            rows = gpd.GeoDataFrame(pd.concat(named, ignore_index=True), crs=self.network.crs)
            return gpd.GeoDataFrame(rows[["id", *[name for name in rows.columns if name != "id"]]])
        streets = self.timed_streets(points, reverse=reverse)
        return isochrone_polygons(streets, cutoffs_s, crs=self.network.crs, water=lakes)

    def timed_streets(self, points: Points | Positions, *, reverse: bool = False) -> TimedStreets:
        """The streets with the seconds from the points to each node (to the points with ``reverse``).

        Parameters
        ----------
        points
            Where travel starts; the nearest of them counts.
        reverse
            Seconds to the points instead.

        Returns
        -------
        Geometry, costs and seconds at the nodes, ``inf`` where there is no way, in the network's CRS.

        Raises
        ------
        InputError
            Points that are none.
        """
        return timed_streets(self, points, reverse=reverse)


@dataclass(frozen=True, eq=False, repr=False)
class StreetNetwork(Streets):
    """Streets of all ways of moving, read from a file or a graph, and the routers on them.

    Its attributes are those of :class:`tesoma_geo.network.streets.network.Streets`.
    """

    def __repr__(self) -> str:
        return network_line(self)

    def _repr_html_(self) -> str:
        return small_map(self, network_line(self))

    def plot(self, **options: Any) -> Any:
        """Draw the streets with matplotlib.

        Parameters
        ----------
        **options
            As for ``GeoDataFrame.plot``: ``ax``, ``color``, ``linewidth``.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        TesomaError
            matplotlib is not installed.
        """
        require_installed("matplotlib", extra="stills")
        return self.ways_as_lines().plot(**{"linewidth": 0.5, "color": "#463e50", **options})

    def explore(self, **options: Any) -> Any:
        """Draw the streets on a map of folium that can be moved; its background comes from the web.

        Parameters
        ----------
        **options
            As for ``GeoDataFrame.explore``: ``tiles``, ``color``, ``m``.

        Returns
        -------
        folium.Map

        Raises
        ------
        TesomaError
            folium or matplotlib is not installed.
        """
        require_installed("folium", extra="pages")
        require_installed("matplotlib", extra="stills")
        return self.ways_as_lines().explore(**options)

    def traffic_stress(self) -> gpd.GeoDataFrame:
        """How much traffic stresses who cycles along each way where cars or bicycles go: levels 1 to 4.

        By the tables of Mekuria, Furth and Nixon (2012); what tags do not tell is assumed, and said. The profile
        ``"bicycle_calm"`` rides up to level 2 and pushes elsewhere.

        Returns
        -------
        GeoDataFrame
            ``osm_id``, ``highway``, ``name``, ``forward`` and ``backward`` (as drawn and against it),
            ``forward_reason`` and ``backward_reason``, ``assumed`` (what the level rests on besides tags) and lines in
            the network's CRS.
        """
        return stress_lines(self)

    def ways_as_lines(self) -> gpd.GeoDataFrame:
        """The ways that are streets, as lines with their class and name.

        Returns
        -------
        GeoDataFrame
            ``highway``, ``name`` and lines in the network's CRS.
        """
        return self.lines(self.ways["highway"].notna().to_numpy())[["highway", "name", "geometry"]]

    @classmethod
    def from_osm(
        cls,
        path: str | os.PathLike[str],
        crs: str | None = None,
        area: shapely.Geometry | None = None,
        country: str | None = None,
    ) -> Self:
        """Read an OpenStreetMap file, or what was kept of it when it was read before.

        Parameters
        ----------
        path
            ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2``.
        crs
            The metric system to measure in; where it is None the place's own: the country's grid, or the zone of UTM.
        area
            Polygon in the network's system: only edges with an end inside are kept. The whole file otherwise.
        country
            ISO 3166-1 code of the country whose rules hold (``"FI"``); the place's where it is None.

        Returns
        -------
        The network, in ``crs``.

        Raises
        ------
        SourceError
            The file cannot be read, or holds no street.
        InputError
            No street lies in ``area``; a ``crs`` that is not made for the place.
        """
        file = given_path("the file", path, "Give the path of an OpenStreetMap file")
        if area is not None:
            instance("area", area, shapely.Geometry, "Give a polygon in the CRS of the network, not a table of them")
        if country is not None:
            remedy = 'Give its code of two letters, such as "FI"'
            instance("country", country, str, remedy)
            if country and not (len(country) == 2 and country.isalpha()):
                raise InputError(f"country is {country!r}", remedy)
        check_is_osm_file(file)
        return cached_network(cls, file, crs, area, country)

    @classmethod
    def from_osmnx(cls, graph: "nx.MultiDiGraph", crs: str | None = None) -> Self:
        """Build the network of an osmnx graph, simplified or not; the inverse of :meth:`to_osmnx`.

        Parameters
        ----------
        graph
            A graph of osmnx, projected or not.
        crs
            The metric system to measure in; the place's own where it is None.

        Returns
        -------
        The network, in ``crs``.

        Raises
        ------
        InputError
            A ``crs`` that is not made for the place; the graph has no CRS, no edges, or nodes without a whole
            number or coordinates.
        """
        from tesoma_geo.network.streets.osmnx_graph import from_osmnx

        return from_osmnx(cls, graph, crs)

    def to_osmnx(self) -> "nx.MultiDiGraph":
        """The network as an osmnx ``MultiDiGraph``, for notebooks that go on with osmnx.

        Returns
        -------
        networkx.MultiDiGraph in the network's CRS.
        """
        from tesoma_geo.network.streets.osmnx_graph import to_osmnx

        return to_osmnx(self)

    def router(
        self,
        profile: str | Profile,
        elevation: str | os.PathLike[str] | None = None,
        max_snap_m: float = 250.0,
    ) -> StreetRouter:
        """A router with the costs of one profile, ready to ask.

        Parameters
        ----------
        profile
            A profile, or the name of a default one (``"walk"``, ``"wheelchair"``, ``"bicycle"`` …).
        elevation
            A raster of ground elevation; without one, the network's own (see :meth:`with_elevation`),
            or flat ground where it has none.
        max_snap_m
            Farthest that a point may lie from a street, in metres.

        Returns
        -------
        A router; many questions may be put to it.

        Raises
        ------
        InputError
            No profile of that name, or it cannot move anywhere on this network; a ``max_snap_m`` below 0.
        """
        if isinstance(profile, str):
            known = default_profiles()
            if profile not in known:
                raise InputError(f"profile {profile!r} is not known", instead(profile, known))
            profile = known[profile]
        profile = instance("the profile", profile, Profile, "Give the name of one, or a tesoma_geo.Profile")
        if not number("max_snap_m", max_snap_m, "Give metres, 0 or more") >= 0:
            raise InputError(f"max_snap_m is {max_snap_m}", "Give metres, 0 or more")
        network = self if elevation is None else self.with_elevation(elevation)
        return StreetRouter.build(network, profile, max_snap_m)

    def transit_router(
        self,
        timetable: "Timetable",
        window: tuple[str, str] = ("07:00", "09:00"),
        profile: str | Profile = "walk",
        *,
        to_stops: str | Profile | None = None,
        max_snap_m: float = 250.0,
        **options: Unpack["TripOptions"],
    ) -> "TransitRouter":
        """A router of public transport and a way of walking, for all departures of a window.

        Parameters
        ----------
        timetable
            What runs; see :meth:`Timetable.from_gtfs`.
        window
            First departure, and a clock time that the last one lies before; ``"25:00"`` is the night after.
        profile
            How one walks; with ``"wheelchair"`` only what is said to be accessible is boarded.
        to_stops
            How the first stop is reached, where it is not walked to: ``"bicycle"``.
        max_snap_m
            Farthest that a point or a stop may lie from a street, in metres.
        **options
            ``arrive_by``, ``step_min``, ``max_walk_min`` and the others of
            :func:`tesoma_geo.network.transit.transit_router`.

        Returns
        -------
        A router of streets and timetable together.

        Raises
        ------
        InputError
            A profile that is not known, a window or a limit that is none.
        """
        from tesoma_geo.network.transit import Timetable, transit_router

        instance("the timetable", timetable, Timetable, "Read one with Timetable.from_gtfs")
        street = None if to_stops is None else self.router(to_stops, max_snap_m=max_snap_m)
        return transit_router(self.router(profile, max_snap_m=max_snap_m), timetable, window, street=street, **options)
