"""Two layers of points and a way of moving between them, as a command is given them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from tesoma_geo.analysis.pairs_in_blocks import PairTimes
from tesoma_geo.assessment.transit_analysis import WALKING
from tesoma_geo.errors import InputError
from tesoma_geo.inputs.moment import assessed_moment
from tesoma_geo.inputs.point_files import read_points
from tesoma_geo.near_names import instead
from tesoma_geo.network import StreetNetwork, StreetRouter
from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, profiles_with, with_turn_costs
from tesoma_geo.network.transit import Timetable, TransitRouter, transit_router
from tesoma_geo.workspace import Workspace


@dataclass(frozen=True)
class PairsAsked:
    """Between which points travel times are asked, and how people move.

    Attributes
    ----------
    workspace
        Whose streets, elevation, profiles and timetable are used.
    origins, destinations
        Files of points.
    profile
        The way of moving.
    id_column
        The column of ids; ``id`` where it is there, else rows from 0.
    turn_costs
        Count what turns cost, though the profile does not.
    """

    workspace: Workspace
    origins: Path
    destinations: Path
    profile: str
    id_column: str | None = None
    turn_costs: bool = False

    def points(self, tell: Callable[[str], None] = lambda _: None) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
        """Read both layers.

        Parameters
        ----------
        tell
            Told what is left out.

        Returns
        -------
        (origins, destinations)
            In the workspace's CRS, their ids in the index.

        Raises
        ------
        InputError
            Ids that are missing or repeat, or no point at all.
        SourceError
            A file that cannot be read.
        """
        files = {"origins": self.origins, "destinations": self.destinations}
        starts, ends = (read_points(file, side, self.workspace, self.id_column, tell) for side, file in files.items())
        return starts, ends

    def times(self, origins: gpd.GeoDataFrame, destinations: gpd.GeoDataFrame) -> PairTimes:
        """Make the router and find the points on its streets.

        Parameters
        ----------
        origins, destinations
            As :meth:`points` gives them.

        Returns
        -------
        PairTimes

        Raises
        ------
        InputError
            A profile that is not there, or that turns cost nothing with.
        SourceError
            Streets or a timetable that cannot be read.
        """
        return PairTimes.of(self._router(), origins, destinations)

    def _router(self) -> StreetRouter | TransitRouter:
        """The workspace's streets with the costs of the profile, and its timetable if the profile needs it."""
        workspace, profile = self.workspace, self.profile
        profiles, transit = profiles_with(workspace.profiles), workspace.transit
        by_timetable = profile in TIMETABLE_PROFILES
        if not by_timetable and profile not in profiles:
            remedy = instead(profile, [*profiles, *sorted(TIMETABLE_PROFILES)])
            raise InputError(f"--profile {profile}: there is none of that name", remedy)
        if by_timetable and transit is None:
            raise InputError(f"--profile {profile}: the workspace has no timetable", "Add [transit] with gtfs and date")
        moving = profiles[WALKING if by_timetable else profile]
        if self.turn_costs:
            if moving.mode == "foot":
                raise InputError(
                    f"--turn-costs: on foot ({profile}) turns cost nothing", "Leave it out, or use car or bicycle"
                )
            moving = with_turn_costs(moving)
        network = StreetNetwork.from_osm(workspace.osm_path, workspace.district.crs, country=workspace.district.country)
        network = network.at(assessed_moment(workspace)).with_unknown_tags()
        elevation = workspace.resolve(workspace.elevation.source) if workspace.elevation else None
        streets = network.router(moving, elevation, workspace.network.max_snap_m)
        if not by_timetable or transit is None:
            return streets
        feeds = [workspace.resolve(source) for source in transit.gtfs]
        timetable = Timetable.from_gtfs(feeds, transit.date, transit.lifts_out_of_order)
        return transit_router(streets, timetable, transit.window)


def far_points(times: PairTimes) -> tuple[str, ...]:
    """What is to be told of points too far from a street.

    Parameters
    ----------
    times
        The router and the points.

    Returns
    -------
    tuple of str
        A line for each side that has such points.
    """
    router = times.router
    max_snap_m = router.walk.max_snap_m if isinstance(router, TransitRouter) else router.max_snap_m
    far = {"origins": int((~times.at_origins.found).sum()), "destinations": int((~times.at_destinations.found).sum())}
    return tuple(
        f"{side} farther than {max_snap_m:g} m from a street of this profile: {count}, all inf"
        for side, count in far.items()
        if count
    )
