"""The tags of OpenStreetMap objects that are read; all others are left in the file."""

import pandas as pd

#: Tags of ways that some profile's costs, a scenario or a page reads; the others are not kept.
WAY_TAGS = (
    "access", "area", "bicycle", "bicycle:backward", "bicycle:forward", "bridge", "covered", "crossing", "cycleway",
    "cycleway:both", "cycleway:left", "cycleway:right", "duration", "foot", "footway", "handrail", "highway",
    "incline", "indoor", "junction", "kerb", "lanes", "layer", "lit", "maxspeed", "maxspeed:backward",
    "maxspeed:forward", "motor_vehicle", "motorcar", "motorroad", "name", "name:sv", "oneway", "oneway:bicycle",
    "oneway:foot", "ramp", "ramp:bicycle", "ramp:stroller", "ramp:wheelchair", "route", "segregated", "service",
    "sidewalk", "smoothness", "step_count", "surface", "tracktype", "tunnel", "vehicle", "wheelchair", "width",
    "winter_service",
)  # fmt: skip

#: Tags of ways that few files have: columns of those that some way has.
RARE_WAY_TAGS = (
    *(f"{key}:{end}" for key in ("access", "bicycle", "foot", "motor_vehicle", "motorcar", "vehicle", "oneway")
      for end in ("conditional", "forward", "backward", "forward:conditional", "backward:conditional", "winter")
      if f"{key}:{end}" not in WAY_TAGS),
    *(f"{key}:lanes{end}" for key in ("access", "bicycle", "foot", "motor_vehicle", "motorcar", "vehicle")
      for end in ("", ":forward", ":backward")),
    "conveying", "cycleway:both:oneway", "cycleway:left:oneway", "cycleway:oneway", "cycleway:right:oneway",
    "ford", "ice_road", "informal", "level", "location", "locked", "man_made", "maxheight", "maxheight:physical",
    "maxspeed:backward:conditional", "maxspeed:conditional", "maxspeed:forward:conditional", "maxspeed:lanes",
    "maxspeed:seasonal:winter", "maxspeed:type", "maxspeed:winter", "maxweight", "maxwidth", "maxwidth:physical",
    "mtb:scale", "oneway:bicycle:conditional", "oneway:foot:conditional", "oneway:motor_vehicle",
    "oneway:motor_vehicle:conditional", "oneway:motorcar", "oneway:motorcar:conditional", "oneway:vehicle",
    "oneway:vehicle:conditional", "opening_hours", "public_transport", "railway", "sac_scale", "seasonal",
    "seasonal:winter", "seasonal:winter:bicycle", "seasonal:winter:foot", "sidewalk:both", "sidewalk:left",
    "sidewalk:right", "snowplowing", "source:maxspeed", "trail_visibility", "wheelchair:conditional", "winter_road",
    "zone:maxspeed",
)  # fmt: skip

#: Tags of nodes on those ways that delay or stop somebody.
NODE_TAGS = (
    "access", "barrier", "bicycle", "bollard", "crossing", "crossing:signals", "cycle_barrier", "entrance", "foot",
    "ford", "height", "highway", "kerb", "kerb:height", "locked", "maxwidth", "maxwidth:physical", "motor_vehicle",
    "motorcar", "railway", "traffic_signals", "vehicle", "wheelchair", "width",
)  # fmt: skip
#: Tags of nodes that few files have: columns of those that some node has.
RARE_NODE_TAGS = (
    "access:conditional", "bicycle:conditional", "door", "door:width", "foot:conditional", "indoor",
    "locked:conditional", "maxheight",
    "maxheight:physical", "maxweight", "motor_vehicle:conditional", "motorcar:conditional", "opening", "opening_hours",
    "seasonal", "spacing", "vehicle:conditional", "wheelchair:conditional",
)  # fmt: skip


#: Keys of which an object has one that is read.
KEYS = (
    "highway", "route", "barrier", "kerb", "kerb:height", "crossing", "railway", "type", "entrance", "door",
    "public_transport", "man_made", "indoor", "ford",
)  # fmt: skip

#: Tags whose values are words in small letters: other spellings of them mean the same.
WORDS = frozenset(
    {
        "access", "access:backward", "access:forward", "barrier", "bicycle", "bicycle:backward", "bicycle:forward",
        "conveying", "crossing", "cycleway", "cycleway:both", "cycleway:left", "cycleway:right", "door",
        "entrance", "foot", "foot:backward",
        "foot:forward", "ford", "highway", "junction", "kerb", "locked", "motor_vehicle", "motor_vehicle:backward",
        "motor_vehicle:forward", "motorcar", "motorcar:backward", "motorcar:forward", "motorroad", "oneway",
        "oneway:bicycle", "oneway:foot", "oneway:motor_vehicle", "oneway:motorcar", "oneway:vehicle",
        "ramp:wheelchair", "sidewalk", "smoothness", "surface", "tracktype", "vehicle", "vehicle:backward",
        "vehicle:forward", "wheelchair",
    }
)  # fmt: skip


def tidied(table: pd.DataFrame) -> pd.DataFrame:
    """Tag columns whose words are in small letters and without blanks around them.

    Parameters
    ----------
    table
        Tag columns, strings or missing.

    Returns
    -------
    DataFrame
        The same table where all are already.
    """
    changed = {}
    for key in sorted(WORDS & set(table.columns)):
        spelt = {value: value.strip().lower() for value in table[key].dropna().unique()}
        others = {value: plain for value, plain in spelt.items() if value != plain}
        if others:
            changed[key] = table[key].replace(others)
    return table.assign(**changed) if changed else table
