"""``tesoma-geo matrix``: travel times between two point layers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console
from tesoma_geo.cli.options import console_options, open_workspace, overwrite_option, workspace_option
from tesoma_geo.cli.table_file import check_table_file, table_out_option, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from geopandas import GeoDataFrame

    from tesoma_geo.network import StreetRouter
    from tesoma_geo.network.streets.snap import Positions
    from tesoma_geo.network.transit import TransitRouter
    from tesoma_geo.network.transit.places import Places
    from tesoma_geo.workspace import Workspace

UNITS_S = {"min": 60.0, "s": 1.0}


@click.command("matrix")
@click.argument("origins", type=click.Path(path_type=Path))
@click.argument("destinations", type=click.Path(path_type=Path))
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@click.option(
    "--turn-costs", is_flag=True, help="Count what turns cost a car or a bicycle, though the profile does not."
)
@click.option("--unit", type=click.Choice(list(UNITS_S)), default="min", show_default=True, help="Of travel_time.")
@click.option("--id", "id_column", metavar="COLUMN", help="The column of ids.  [default: id, else rows from 0]")
@table_out_option
@overwrite_option
@console_options
def command(
    origins: Path,
    destinations: Path,
    workspace_file: Path | None,
    profile: str,
    turn_costs: bool,
    unit: str,
    id_column: str | None,
    out: Path,
    overwrite: bool,
    console: Console,
) -> None:
    """Compute travel times between two point layers.

    ORIGINS and DESTINATIONS are files of points: CSV with longitude and latitude, GeoJSON,
    GeoPackage, GeoParquet. The streets, the elevation and the profiles are the workspace's. The table
    has a row a pair, `from_id`, `to_id`, `travel_time`, which is `inf` where there is no way.

    With --profile transit `travel_time` is the median over the departures of the workspace's window, and
    `travel_time_p5` … are its percentiles, both from [transit].

    \b
    Examples:
      tesoma-geo matrix homes.csv libraries.geojson --out minutes.parquet
      tesoma-geo matrix homes.csv homes.csv --profile bicycle --unit s > seconds.csv
      tesoma-geo matrix homes.csv schools.gpkg --profile transit --out minutes.csv
    """
    from tesoma_geo.inputs.protected import protected_files

    workspace = open_workspace(workspace_file, console)
    kept = (origins, destinations, *protected_files(workspace))
    check_table_file(out, overwrite, kept)
    with compile_notice(console), console.progress() as progress:
        progress("reading the points")
        starts = _read_points(origins, "origins", workspace, id_column, console)
        ends = _read_points(destinations, "destinations", workspace, id_column, console)
        progress("reading the streets")
        router = _router(workspace, profile, turn_costs)
        progress("computing the travel times")
        percentiles = workspace.transit.percentiles if workspace.transit else ()
        table = _travel_times(router, starts, ends, percentiles, console)
    times = table.columns[2:]
    table[times] = (table[times] / UNITS_S[unit]).round(3)
    write_table(table, out, "travel times", overwrite=overwrite, console=console, protected=kept)


def _read_points(
    path: Path, side: str, workspace: "Workspace", id_column: str | None, console: Console
) -> "GeoDataFrame":
    """A point layer, its ids in the index."""
    from tesoma_geo.errors import InputError
    from tesoma_geo.sources.layers import read_layer

    reading = read_layer(path, key=side, crs=workspace.district.crs)
    for left_out in reading.left_out:
        console.info(f"{path}: {left_out}")
    points = reading.table
    if id_column is None and "id" not in points:
        return points
    column = id_column or "id"
    if column not in points:
        raise InputError(f"{path} has no column {column!r}", f"Use one of {', '.join(map(str, points.columns))}")
    if points[column].isna().any() or points[column].duplicated().any():
        raise InputError(f"{path}: ids in the column {column!r} are missing or repeat", "Give every point its own id")
    return points.set_index(column)


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
        remedy = f"Use one of {', '.join([*profiles, *sorted(TIMETABLE_PROFILES)])}"
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
    timetable = Timetable.from_gtfs([workspace.resolve(source) for source in transit.gtfs], transit.date)
    return transit_router(streets, timetable, transit.window)


def _travel_times(
    router: "StreetRouter | TransitRouter",
    origins: "GeoDataFrame",
    destinations: "GeoDataFrame",
    percentiles: "Sequence[int]",
    console: Console,
) -> "pd.DataFrame":
    """A row a pair: ``from_id``, ``to_id``, ``travel_time`` in seconds, and percentiles by timetable."""
    import numpy as np
    import pandas as pd

    from tesoma_geo.network.transit import TransitRouter

    table = pd.DataFrame(
        {"from_id": np.repeat(origins.index, len(destinations)), "to_id": np.tile(destinations.index, len(origins))}
    )
    if not isinstance(router, TransitRouter):
        at_origins, at_destinations = router.snap(origins, "origins"), router.snap(destinations, "destinations")
        _say_far(at_origins, at_destinations, router.max_snap_m, console)
        return table.assign(travel_time=router.times_between(at_origins, at_destinations).ravel())
    starts, ends = router.snap(origins, "origins"), router.snap(destinations, "destinations")
    _say_far(starts, ends, router.walk.max_snap_m, console)
    names = ["travel_time", *(f"travel_time_p{percentile}" for percentile in percentiles)]
    for name, times in zip(names, router.travel_times(starts, ends, (50, *percentiles)), strict=True):
        table[name] = times.ravel()
    return table


def _say_far(
    origins: "Positions | Places", destinations: "Positions | Places", max_snap_m: float, console: Console
) -> None:
    for side, places in (("origins", origins), ("destinations", destinations)):
        far = int((~places.found).sum())
        if far:
            console.info(f"{side} farther than {max_snap_m:g} m from a street of this profile: {far}, all inf")
