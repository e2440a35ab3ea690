"""``tesoma-geo explain``: why a place reaches the hub as it does."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.first_run import told_of_compiling
from tesoma_geo.cli.options import json_option, open_workspace, talking, workspace_option
from tesoma_geo.cli.show import show_json, show_table
from tesoma_geo.cli.talk import Talk, plain

if TYPE_CHECKING:
    from tesoma_geo.access.explain import Explanation


@click.command("explain")
@click.argument("lon", type=click.FloatRange(-180, 180))
@click.argument("lat", type=click.FloatRange(-90, 90))
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@click.option("--winter", is_flag=True, help="With snow and ice.")
@json_option
@talking
def command(
    lon: float, lat: float, workspace_file: Path | None, profile: str, winter: bool, as_json: bool, talk: Talk
) -> None:
    """Tell why a place reaches the hub as it does.

    The minutes are split into a straight line and what comes on top of it: detour, crossings, slope, steps,
    surface, darkness, winter, parking. Barriers are switched on one after another in this order, and the
    best way is taken each time, so that the parts add up exactly.

    \b
    Examples:
      tesoma-geo explain 23.6252 61.5069
      tesoma-geo explain 23.6252 61.5069 --profile wheelchair --winter
      tesoma-geo explain 23.6252 61.5069 --json
    """
    from tesoma_geo.access.explain import PARTS, explain
    from tesoma_geo.access.inputs import read_inputs
    from tesoma_geo.errors import InputError
    from tesoma_geo.network import StreetRouter
    from tesoma_geo.network.profiles import profiles_with
    from tesoma_geo.network.seasons import in_winter

    workspace = open_workspace(workspace_file, talk)
    known = profiles_with(workspace.profiles)
    if profile not in known:
        raise InputError(f"--profile {profile}: there is none of that name", f"Use one of {', '.join(known)}")
    with told_of_compiling(talk), talk.progress() as progress:
        progress("Reading the layers")
        inputs = read_inputs(workspace)
        progress("Finding the ways")
        case = in_winter(inputs.network, known[profile]) if winter else (inputs.network, known[profile])
        router = StreetRouter.build(*case, workspace.network.max_snap_m)
        found = explain(router, [[lon, lat]], inputs.hub)
    if as_json:
        show_json(_content(found))
        return
    rows = [(part, _minutes(seconds), PARTS[part]) for part, seconds in found.parts_s.items() if seconds]
    show_table(("part", "min", ""), [*rows, ("in all", _minutes(found.total_s), "")])
    if found.largest:
        talk.say(f"Costs most beside the straight line: {found.largest}")
    if found.worst_place:
        place = found.worst_place
        name = place["name"] or place["highway"]
        talk.say(f"The street that loses most: {plain(name)} (way {place['osm_id']}), {_minutes(place['lost_s'])} min")


def _content(found: "Explanation") -> dict[str, Any]:
    """Minutes, null where there is no way; the lines in WGS 84."""
    lines = found.lines.to_crs("EPSG:4326")
    return {
        "total_min": _number(found.total_s),
        "parts_min": {part: _number(seconds) for part, seconds in found.parts_s.items()},
        "largest": found.largest,
        "worst_place": found.worst_place,
        "lines": {
            kind: [[round(x, 6), round(y, 6)] for x, y in line.coords]
            for kind, line in zip(lines["kind"], lines.geometry, strict=True)
        },
    }


def _number(seconds: float) -> float | None:
    return None if seconds == float("inf") else round(seconds / 60.0, 3)


def _minutes(seconds: float) -> str:
    return "never" if seconds == float("inf") else f"{seconds / 60.0:.1f}"
