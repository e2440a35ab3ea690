"""Prints ``docs/streets.md`` from ``profiles.toml``: ``make streets-docs``; a test holds the two together."""

import tomllib
from importlib.resources import files
from typing import Any

import click

INTRODUCTION = """\
# What the streets are taken for

Made from `tesoma_geo/network/streets/profiles.toml` by `make streets-docs`.

Each way of moving is a profile. A street costs its length over the speed, times the factors of its tags, plus the
delays at its ends; "closed" is not passed. Access tags of OpenStreetMap come before what is said here of a class or
a barrier, and a workspace may override any number with `[profiles.NAME]`.

Points are joined to the nearest street that the profile uses: not into tunnels, underground or covered ways,
corridors, on to bridges, other floors (`level` without 0) or motorways unless they lie on them, and not across water,
railway lines, fences and walls of the file where another street is near. What lies behind more than 20 m of water is
on no street. New streets of a scenario lengthen no way: a place may always be where it was before them. They join
tunnels, bridges and motorways only where they are drawn on to them, and no street across water.

Homes without a way to the hub are counted with the reason, in `check`, on the page about the method and in
`left_out`: the nearest street lies across water; `use_sidepath`, the class of a street or the type of a barrier closes
the way; it is too steep, too narrow or stepped. Who is joined to a street across a fence, a wall, a railway line or
narrow water, for want of another one, is counted too.

Squares, platforms, piers and corridors that are drawn as areas are crossed in straight lines between their entries:
nodes they share with other ways, ends of ways that lie upon them, doors. Holes, buildings, walls, hedges, tracks
and water that stand on them at the same level are walked around, gates and doors passed; a building over more than half
of an area, or over one of its entries, is taken for a roof (and counted where an entry lies in it). Areas of one level
that share a side or overlap are crossed as one. One with more than 100 entries and corners is walked along its outline,
and counted.

Within buildings, corridors and areas (`indoor=corridor`, `area`) are such squares: rooms, walls and columns of their
level are walked around. Rooms themselves are no ways, unless a way is drawn through them. `level=0;1` or `0-2` is
each of its levels. Floors above one another that share nodes, corners of one house, are joined by what leads up
alone: a lift, or stairs and ways of both levels, from the lower floor at one end to the upper one at the other
(`incline` tells which, else the way as drawn); ways that share a node meet there, whatever their levels. Lifts, drawn
as a point or as a way, cost the seconds of `node_delays_s.highway.elevator` once.

Turn restrictions hold for cars and bicycles, at their hours where they have some: the moment that is assessed decides,
and what it cannot decide is counted. What turns cost is an option, off unless a workspace asks for it
(`[profiles.car.turn_costs]` with `on = true`, or `tesoma-geo matrix --turn-costs`): where three streets or more meet,
roads to houses and tracks not counted, a turn up to 30° costs `straight_s`, one of 90° and more `across_s` or `near_s`,
and in between the share of the angle; turning back there and near it costs `u_turn_s`. Who drives on the left follows
from the country. Turns come on top of the mean delay `intersection_s`. [How car times compare](car-times.md) with free
flow and with measured drives is a page of its own.

A bicycle is pushed at walking speed where one walks and does not ride, against one-way streets too, but on
roundabouts: as OSRM, OpenTripPlanner and R5 have it. Access tags of single lanes (`motor_vehicle:lanes`) hold for the
street where it has none itself: it is open where one of its lanes is. A lock closes a gate, but no bollard or chain to
those who walk beside it. A bare `kerb:height` above 1 is read as centimetres. Nodes at 0, 0 and nodes more than 20 km
from the next ones of their street have broken coordinates: no street is drawn to them, and they are counted.

A class that is closed to somebody unless an access tag of their own opens it (`closed_classes`, and those of the
country in `tesoma_geo/country_files`) is counted in what is left out, with the number of ways. `access=yes` alone opens
no footway to cars, none to riding, and no motorway to walkers. Where the law of a country lets bicycles ride on
footways, they do (`ridden_classes`).

## The hub

A hub that is one point stands for a place: it is joined to the nearest street on each of eight sides, up to 75 m away
(`[hub] around_m`), across nothing of that and no other street. An assumption: where in its yard the point was put
should hardly matter; what runs above or below is in nobody's way. Mapped doors of the building around it come before;
several points are doors.

## Tags that nobody mapped

In a workspace, a way without `surface`, `tracktype` or `smoothness` costs what ways of its class nearby cost that
have the tag: the mean over the 20 nearest that are alike in what is known of both (a tag that differs weighs as 1 km
more), helped out by up to ten of related classes, weighing five together, where fewer than 20 are known. Where half
of them or more are closed to the profile, so is the way. A tag is filled in only for classes where at least 2 % of
the ways have it and 20 related ways do: a residential street gets no `tracktype`, and `smoothness` is too rare in
most places to say anything. All of these numbers are assumptions. The draws behind the intervals take one such way
instead of the mean, with all it has of these tags, once for a named street, and draw anew how much each street that
lends weighs. A network that is read without a workspace has the profiles' own `unknown` instead.

## Steepness

A limit of steepness is about a length: a ramp is limited run by run (30 inches of rise, 9.1 m at 1:12, in the ADA
Standards; a metre of rise, 12.5 m at 8 %, by Invalidiliitto), and a street on its drawing. A grade is therefore the
one over 10 m or two cells of the elevation model, whichever is longer, and smoothed along the street over the same
length; a tagged `incline` comes before it. A coarse model sees no ramps: with cells of 50 m, grades are those of 100 m.
Bridges and tunnels run straight between their ends, and so do streets where the model has a gap or a cliff that no
street follows. `check` tells the model's resolution, its steps, gaps, and heights that look cut off or multiplied.
How far off a model may be is an assumption by its cells, or `[elevation] error_m` and `shift_m`.

## Not supported

- Streets added by a scenario are lines: no areas, no turn rules of their own; turns on to them cost nothing.
- Several floors at one place: points have no height, and are joined to the ground.
- A gate in a fence that is not drawn as a node of it: a place fenced in on all sides is joined to the nearest street.
- Speeds of single lanes (`maxspeed:lanes`): the street has that of its class, and is counted.
- Turn restrictions of people on foot, and those whose streets pass through the junction both ways: counted. A bicycle
  that is pushed keeps to those of bicycles.
- Conditions of certain years, school holidays, single days and single weeks: taken as not holding, and counted.
- Heights, widths and weights of what is driven, but for `min_height_m`, `min_gap_m` and `weight_t` of a profile: no
  trailers, no axle loads; what is for lorries alone (`hgv`) concerns nobody here.
- An `osmnx` graph tells no turn restrictions; what it leaves out is counted otherwise as of a file.
"""


def page() -> str:
    """The whole page, as Markdown."""
    text = files("tesoma_geo.network.streets").joinpath("profiles.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    barriers = tables.pop("barriers")
    parts = [INTRODUCTION]
    parts += [_profile(name, table) for name, table in tables.items()]
    return "\n".join([*parts, _barriers(barriers)]) + "\n"


def _profile(name: str, table: dict[str, Any]) -> str:
    lines = [f"## {name}", "", "| what | value | where from |", "|---|---|---|"]
    sources = table.pop("sources", {})
    for key, value in _numbers(table):
        known = (sources[prefix] for prefix in _prefixes(key) if prefix in sources)
        told = ("yes" if value else "no") if key.endswith(".on") else _told(value)
        lines.append(f"| `{key}` | {told} | {next(known, '')} |")
    return "\n".join([*lines, ""])


def _numbers(table: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """Every value with its whole key."""
    rows: list[tuple[str, Any]] = []
    for key, value in table.items():
        rows += _numbers(value, f"{before}{key}.") if isinstance(value, dict) else [(f"{before}{key}", value)]
    return rows


def _prefixes(key: str) -> list[str]:
    """The key and what it belongs to, the longest first."""
    parts = key.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"`{one}`" for one in value)
    return "closed" if value is False else "yes" if value is True else str(value)


def _barriers(table: dict[str, Any]) -> str:
    lines = ["## Barriers, kerbs and gates", "", f"{table['source'][:1].upper()}{table['source'][1:]}.", ""]
    modes = ("foot", "wheelchair", "bicycle", "car")
    lines += [f"| `barrier` | {' | '.join(modes)} |", f"|---|{'---|' * len(modes)}"]
    for name, by_mode in sorted(table["types"].items()):
        cells = (by_mode.get(mode, "open") for mode in modes)
        lines.append(f"| `{name}` | {' | '.join(f'{c} s' if isinstance(c, (int, float)) else str(c) for c in cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    click.echo(page(), nl=False)
