"""The tags of OpenStreetMap objects that are read; all others are left in the file."""

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
    "conveying", "cycleway:both:oneway", "cycleway:left:oneway", "cycleway:oneway", "cycleway:right:oneway",
    "ice_road", "informal", "location", "man_made", "maxspeed:backward:conditional", "maxspeed:conditional",
    "maxspeed:forward:conditional", "maxspeed:type", "maxwidth:physical", "mtb:scale", "oneway:motor_vehicle",
    "oneway:motorcar", "oneway:vehicle", "opening_hours", "public_transport", "railway", "sac_scale", "seasonal",
    "seasonal:winter", "seasonal:winter:bicycle", "seasonal:winter:foot", "sidewalk:both", "sidewalk:left",
    "sidewalk:right", "snowplowing", "source:maxspeed", "wheelchair:conditional", "winter_road", "zone:maxspeed",
)  # fmt: skip

#: Tags of nodes on those ways that delay or stop somebody.
NODE_TAGS = (
    "access", "barrier", "bicycle", "bollard", "crossing", "crossing:signals", "cycle_barrier", "entrance", "foot",
    "height", "highway", "kerb", "kerb:height", "locked", "maxwidth", "maxwidth:physical", "motor_vehicle", "motorcar",
    "railway", "traffic_signals", "vehicle", "wheelchair", "width",
)  # fmt: skip
#: Tags of nodes that few files have: columns of those that some node has.
RARE_NODE_TAGS = (
    "access:conditional", "bicycle:conditional", "foot:conditional", "locked:conditional",
    "motor_vehicle:conditional", "motorcar:conditional", "opening", "opening_hours", "seasonal", "spacing",
    "vehicle:conditional", "wheelchair:conditional",
)  # fmt: skip


#: Keys of which an object has one that is read.
KEYS = (
    "highway", "route", "barrier", "kerb", "crossing", "railway", "type", "entrance", "door", "public_transport",
    "man_made", "indoor",
)  # fmt: skip
