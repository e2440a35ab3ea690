"""Values of tags that somebody knows: a mistyped one is refused instead of being taken for an unknown street."""

from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher

import pandas as pd

from tesoma_geo.network.streets.permissions import NO_WAYS
from tesoma_geo.network.streets.profiles import default_profiles

#: The values of each key as one text, a word a value.
_ACCESS = (
    "yes no private permissive destination delivery customers designated use_sidepath dismount agricultural forestry "
    "permit discouraged unknown official"
)
_HIGHWAY = (
    "motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link tertiary tertiary_link "
    "unclassified residential living_street pedestrian service road track footway cycleway path bridleway steps "
    "corridor platform elevator ladder busway bus_guideway raceway escape construction proposed"
)
_SURFACE = (
    "asphalt paved concrete concrete:plates concrete:lanes paving_stones paving_stones:lanes sett cobblestone "
    "unhewn_cobblestone bricks metal metal_grid wood stepping_stones rubber tiles tartan acrylic carpet chipseal "
    "unpaved compacted fine_gravel gravel pebblestone shells rock ground dirt earth grass grass_paver mud sand "
    "woodchips snow ice salt plastic artificial_turf"
)
_SMOOTHNESS = "excellent good intermediate bad very_bad horrible very_horrible impassable"
_YES = ["yes", "no"]

#: Tag → values of the OpenStreetMap wiki's pages of these keys (read 2026-11), beside those that profiles know.
VALUES: Mapping[str, Collection[str]] = {
    "highway": _HIGHWAY.split(" "),
    "surface": _SURFACE.split(" "),
    "smoothness": _SMOOTHNESS.split(" "),
    "tracktype": [f"grade{number}" for number in range(1, 6)],
    "lit": [*_YES, "24/7", "automatic", "limited", "sunset-sunrise", "dusk-dawn", "disused"],
    "oneway": [*_YES, "-1", "reversible", "alternating"],
    "oneway:bicycle": _YES, "oneway:foot": _YES, "segregated": _YES, "wheelchair": [*_YES, "limited", "designated"],
    "winter_service": _YES, "handrail": _YES, "indoor": _YES, "motorroad": _YES, "area": _YES, "informal": _YES,
    "bridge": [*_YES, "viaduct", "boardwalk", "movable", "covered", "cantilever", "trestle", "aqueduct"],
    "tunnel": [*_YES, "building_passage", "passage", "culvert", "covered", "avalanche_protector"],
    "covered": [*_YES, "arcade", "colonnade", "booth", "shed"],
    "footway": ["sidewalk", "crossing", "access_aisle", "link", "traffic_island", "alley", "residential"],
    "crossing": [
        "traffic_signals", "uncontrolled", "marked", "unmarked", "zebra", "island", "informal", "controlled", *_YES,
    ],
    "kerb": ["flush", "lowered", "raised", "rolled", "regular", *_YES],
    "ramp": [*_YES, "separate"], "ramp:bicycle": _YES, "ramp:stroller": _YES, "ramp:wheelchair": [*_YES, "separate"],
    "sidewalk": ["both", "left", "right", "separate", *_YES, "none"],
    "junction": ["roundabout", "circular", "jughandle", "intersection", "yes"],
    "route": ["ferry"],
    **dict.fromkeys(
        ("access", "foot", "bicycle", "vehicle", "motor_vehicle", "motorcar", "bicycle:forward", "bicycle:backward"),
        _ACCESS.split(" "),
    ),
}  # fmt: skip


def unknown_value(tag: str, value: object, ways: pd.DataFrame, fewest: int = 3) -> str | None:
    """What is wrong with the value of a tag that nobody knows.

    Known are the values of :data:`VALUES`, those of the profiles, and what some ways of the streets have. Names,
    numbers and other free texts are not looked at.

    Parameters
    ----------
    tag
        The tag.
    value
        Its value, as a plan writes it; missing values are well.
    ways
        The streets there are, tags as columns.
    fewest
        So many ways with a value make it known.

    Returns
    -------
    str or None
        The remedy, with the nearest that is known; None where the value is known.
    """
    if tag not in VALUES or not isinstance(value, str):
        return None
    known = {*VALUES[tag], *_of_profiles(tag)}
    parts = [part.strip() for part in value.split(";")]
    unknown = [part for part in parts if part not in known]
    if tag == "highway" and any(part in NO_WAYS or part in ("construction", "proposed") for part in parts):
        return "It is no street that anybody may use: write footway, cycleway, path, steps, service, residential, …"
    if not unknown:
        return None
    if tag in ways and int((ways[tag] == value).sum()) >= fewest:
        return None
    return _nearest(unknown[0], known)


def _of_profiles(tag: str) -> Iterable[str]:
    for profile in default_profiles().values():
        yield from (value for value in profile.factors.get(tag, {}) if value != "unknown")
        if tag == "highway":
            yield from profile.class_speeds_kmh


def _nearest(value: str, known: Collection[str]) -> str:
    """A question with the nearest that are known; a slip seldom touches the first letter."""
    likeness = {one: SequenceMatcher(None, value, one).ratio() + 0.1 * (one[:1] == value[:1]) for one in sorted(known)}
    near = sorted((one for one in likeness if likeness[one] >= 0.65), key=lambda one: -likeness[one])
    return f"Did you mean {' or '.join(near[:2])}?" if near else f"Known are {_some(known)}"


def _some(known: Iterable[str]) -> str:
    listed = sorted(known)
    return ", ".join(listed[:12]) + (", …" if len(listed) > 12 else "")
