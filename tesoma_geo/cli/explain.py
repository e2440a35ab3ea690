"""``tesoma-geo explain``: why a place reaches the hub as it does."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tesoma_geo.cli.compile_notice import compile_notice
from tesoma_geo.cli.console import Console, plain
from tesoma_geo.cli.explain_for_riders import for_riders, lift_lines, lifts_for_riders, lines_for_riders
from tesoma_geo.cli.negative_numbers import NumbersCommand
from tesoma_geo.cli.options import console_options, json_option, open_workspace, workspace_option
from tesoma_geo.cli.show import show_json, show_table

if TYPE_CHECKING:
    from shapely import LineString

    from tesoma_geo.analysis.explain_streets import Explanation
    from tesoma_geo.network.transit.itineraries import Itinerary, Leg

#: Seconds on a timetable's scale to a clock time.
Clock = Callable[[int], str]

#: What the place that costs most is, by its kind.
WHERE = {
    "street": "{name} (way {osm_id})",
    "detour": "{along_m:.0f} m on the way where {straight_m:.0f} m would do in a straight line, at {lon:.5f} {lat:.5f}",
    "waiting": "the wait for the first vehicle at {name}",
    "transfer": "the change at {name}",
}


@click.command("explain", cls=NumbersCommand)
@click.argument("lon", type=click.FloatRange(-180, 180))
@click.argument("lat", type=click.FloatRange(-90, 90))
@workspace_option
@click.option("--profile", default="walk", show_default=True, help="The way of moving.")
@click.option("--winter", is_flag=True, help="With snow and ice.")
@json_option
@console_options
def command(
    lon: float, lat: float, workspace_file: Path | None, profile: str, winter: bool, as_json: bool, console: Console
) -> None:
    """Tell why a place reaches the hub as it does.

    The minutes are split into a straight line and what comes on top of it: detour, crossings, turns where the
    profile counts them, slope, steps, surface, darkness, winter, parking, and the barriers that residents told of
    where they were asked. Barriers are switched on one after another in this order, and the best way is taken each
    time, so that the parts add up exactly. With --profile transit there are also riding, waiting and transfers: they
    are those of the trip behind the median of the departure window, which is told leg by leg, with what it costs to
    miss the next vehicle at each change, and the last way home from the hub that the timetable has.

    \b
    Examples:
      tesoma-geo explain 23.6252 61.5069
      tesoma-geo explain 23.6252 61.5069 --profile wheelchair --winter
      tesoma-geo explain 23.6252 61.5069 --profile transit --json
      tesoma-geo explain -46.608 -23.571 --workspace mooca/tesoma.toml
    """
    from tesoma_geo.analysis.explain_transit import TRANSIT_PARTS, TransitExplanation
    from tesoma_geo.assessment.explain_place import explain_place
    from tesoma_geo.inputs.kept_layers import read_kept_inputs

    workspace = open_workspace(workspace_file, console)
    with compile_notice(console), console.progress() as progress:
        progress("Reading the layers")
        inputs = read_kept_inputs(workspace)
        progress("Finding the ways")
        explanation = explain_place(inputs, [[lon, lat]], profile, winter=winter)
    by_timetable = explanation if isinstance(explanation, TransitExplanation) else None
    itinerary = by_timetable.itinerary if by_timetable else None
    clock = inputs.timetable.clock if inputs.timetable else str
    if as_json:
        legs = {"itinerary": _itinerary(itinerary, clock)} if itinerary else {}
        riders = for_riders(by_timetable, inputs.timetable) if by_timetable and inputs.timetable else {}
        show_json(_content(explanation) | legs | riders | (lifts_for_riders(inputs, lon, lat) if by_timetable else {}))
        return
    rows = [(part, _minutes(seconds), TRANSIT_PARTS[part]) for part, seconds in explanation.parts_s.items() if seconds]
    show_table(("part", "min", ""), [*rows, ("in all", _minutes(explanation.total_s), "")])
    if itinerary:
        click.echo()
        show_table(("from", "to", "how", "where"), [_leg_row(leg, clock) for leg in itinerary.legs])
        if itinerary.fare:
            click.echo(f"fare {itinerary.fare.price:.2f} {plain(itinerary.fare.currency)}")
    if by_timetable and inputs.timetable:
        for line in lines_for_riders(by_timetable, inputs.timetable):
            click.echo(plain(line))
        for line in lift_lines(lifts_for_riders(inputs, lon, lat)):
            click.echo(plain(line))
    if explanation.total_s == float("inf"):
        why = f"no street within {workspace.network.max_snap_m:g} m, or none that leads to the hub"
        console.info(f"There is no way: {why if explanation.largest == 'detour' else explanation.largest}")
    else:
        _say_what_costs_most(explanation, console)


def _say_what_costs_most(explanation: "Explanation", console: Console) -> None:
    if explanation.largest:
        console.info(f"Costs most beside the straight line: {explanation.largest}")
    place = explanation.worst_place
    if place:
        where = WHERE[place["kind"]].format_map(place | {"name": place["name"] or place.get("highway", "")})
        console.info(f"The place that costs most: {where}, {_minutes(place['delay_s'])} min")


def _leg_row(leg: "Leg", clock: Clock) -> tuple[str, str, str, str]:
    how = f"line {leg.line} {leg.headsign}".rstrip() if leg.kind == "ride" else "walk"
    where = " – ".join(name for name in (leg.from_stop, leg.to_stop) if name)
    return clock(leg.starts_s), clock(leg.ends_s), how, where


def _content(explanation: "Explanation") -> dict[str, Any]:
    """Minutes, null where there is no way; the lines in WGS 84."""
    lines = explanation.lines.to_crs("EPSG:4326")
    drawn = zip(lines["kind"], lines.geometry, strict=True)
    return {
        "total_min": _number(explanation.total_s),
        "parts_min": {part: _number(seconds) for part, seconds in explanation.parts_s.items()},
        "largest": explanation.largest,
        "worst_place": explanation.worst_place,
        # The legs of an itinerary have their lines with them.
        "lines": {kind: _coordinates(line) for kind, line in drawn if kind in ("route", "straight")},
    }


def _itinerary(itinerary: "Itinerary", clock: Clock) -> dict[str, Any]:
    """The trip with its legs; lines in WGS 84."""
    fare = itinerary.fare
    return {
        "asked": clock(itinerary.asked_s),
        "leaves": clock(itinerary.leaves_s),
        "arrives": clock(itinerary.arrives_s),
        "rides": itinerary.rides,
        "fare": fare and {"price": fare.price, "currency": fare.currency, "tickets": list(fare.tickets)},
        "legs": [_leg(leg, clock) for leg in itinerary.legs],
    }


def _leg(leg: "Leg", clock: Clock) -> dict[str, Any]:
    content: dict[str, Any] = {
        "kind": leg.kind,
        "starts": clock(leg.starts_s),
        "ends": clock(leg.ends_s),
        "from_stop": leg.from_stop,
        "to_stop": leg.to_stop,
    }
    if leg.stops is not None:
        content |= {"line": leg.line, "headsign": leg.headsign, "stops": leg.stops["name"].tolist()}
    return content | {"geometry": None if leg.geometry is None else _coordinates(leg.geometry)}


def _coordinates(line: "LineString") -> list[list[float]]:
    return [[round(x, 6), round(y, 6)] for x, y in line.coords]


def _number(seconds: float) -> float | None:
    return None if seconds == float("inf") else round(seconds / 60.0, 3)


def _minutes(seconds: float) -> str:
    return "never" if seconds == float("inf") else f"{seconds / 60.0:.1f}"
