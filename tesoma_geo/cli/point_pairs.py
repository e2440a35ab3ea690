"""Two point layers and the router between them, as commands are given them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.choices import NamedChoice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.point_files import read_points
from tesoma_geo.near_names import instead

if TYPE_CHECKING:
    from tesoma_geo.analysis.pairs_in_blocks import PairTimes
    from tesoma_geo.network import StreetRouter
    from tesoma_geo.network.streets.snap import Positions
    from tesoma_geo.network.transit import TransitRouter
    from tesoma_geo.network.transit.places import Places
    from tesoma_geo.workspace import Workspace

UNITS_S = {"min": 60.0, "s": 1.0}

unit_option = click.option(
    "--unit", type=NamedChoice(list(UNITS_S)), default="min", show_default=True, help="Of travel_time."
)
id_option = click.option(
    "--id", "id_column", metavar="COLUMN", help="The column of ids.  [default: id, else rows from 0]"
)
turn_costs_option = click.option(
    "--turn-costs", is_flag=True, help="Count what turns cost a car or a bicycle, though the profile does not."
)


def pair_times(
    workspace: "Workspace",
    files: tuple[Path, Path],
    profile: str,
    console: Console,
    *,
    id_column: str | None = None,
    turn_costs: bool = False,
) -> "PairTimes":
    """Read two point layers and make the router of a profile between them.

    Parameters
    ----------
    workspace
        Whose streets, elevation, profiles and timetable are used.
    files
        Of the origins and of the destinations.
    profile
        The way of moving.
    console
        Told what was left out, and what lies too far from a street.
    id_column
        The column of ids; ``id`` where it is there, else rows from 0.
    turn_costs
        Count what turns cost, though the profile does not.

    Returns
    -------
    PairTimes

    Raises
    ------
    TesomaError
        Files that cannot be read, ids that repeat, a profile that is not there.
    """
    from tesoma_geo.analysis.pairs_in_blocks import PairTimes
    from tesoma_geo.network.transit import TransitRouter

    with console.progress() as progress:
        progress("reading the points")
        starts = read_points(files[0], "origins", workspace, id_column, console)
        ends = read_points(files[1], "destinations", workspace, id_column, console)
        progress("reading the streets")
        router = _router(workspace, profile, turn_costs)
        times = PairTimes.of(router, starts, ends)
    max_snap_m = router.walk.max_snap_m if isinstance(router, TransitRouter) else router.max_snap_m
    _say_far(times.at_origins, times.at_destinations, max_snap_m, console)
    return times


def say_memory(console: Console) -> None:
    """Tell how much memory the command took at most.

    Parameters
    ----------
    console
        Told, where the system knows.
    """
    from tesoma_geo._memory import peak_mb

    peak = peak_mb()
    if peak is not None:
        console.info(f"Memory: {peak:,.0f} MB at most")


def _router(workspace: "Workspace", profile: str, turn_costs: bool) -> "StreetRouter | TransitRouter":
    """The workspace's streets with the costs of one profile, and its timetable if the profile needs it."""
    from tesoma_geo.assessment.transit_analysis import WALKING
    from tesoma_geo.errors import InputError
    from tesoma_geo.inputs.moment import assessed_moment
    from tesoma_geo.network import StreetNetwork
    from tesoma_geo.network.streets.profiles import TIMETABLE_PROFILES, profiles_with, with_turn_costs
    from tesoma_geo.network.transit import Timetable, transit_router

    profiles, transit = profiles_with(workspace.profiles), workspace.transit
    by_timetable = profile in TIMETABLE_PROFILES
    if not by_timetable and profile not in profiles:
        remedy = instead(profile, [*profiles, *sorted(TIMETABLE_PROFILES)])
        raise InputError(f"--profile {profile}: there is none of that name", remedy)
    if by_timetable and transit is None:
        raise InputError(f"--profile {profile}: the workspace has no timetable", "Add [transit] with gtfs and date")
    network = StreetNetwork.from_osm(workspace.osm_path, workspace.district.crs, country=workspace.district.country)
    network = network.at(assessed_moment(workspace)).with_unknown_tags()
    elevation = workspace.resolve(workspace.elevation.source) if workspace.elevation else None
    moving = profiles[WALKING if by_timetable else profile]
    if turn_costs:
        if moving.mode == "foot":
            raise InputError(
                f"--turn-costs: on foot ({profile}) turns cost nothing", "Leave it out, or use car or bicycle"
            )
        moving = with_turn_costs(moving)
    streets = network.router(moving, elevation, workspace.network.max_snap_m)
    if not by_timetable or transit is None:
        return streets
    feeds = [workspace.resolve(source) for source in transit.gtfs]
    timetable = Timetable.from_gtfs(feeds, transit.date, transit.lifts_out_of_order)
    return transit_router(streets, timetable, transit.window)


def _say_far(
    origins: "Positions | Places", destinations: "Positions | Places", max_snap_m: float, console: Console
) -> None:
    for side, places in (("origins", origins), ("destinations", destinations)):
        far = int((~places.found).sum())
        if far:
            console.info(f"{side} farther than {max_snap_m:g} m from a street of this profile: {far}, all inf")
