"""Who may move where: access tags, classes of way, one-way rules."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.profiles import Profile

Mode = Literal["foot", "bicycle", "car"]

#: Access keys from the general to the specific: the last one tagged decides.
#: https://wiki.openstreetmap.org/wiki/Key:access
ACCESS_KEYS: Mapping[Mode, tuple[str, ...]] = {
    "foot": ("access", "foot"),
    "bicycle": ("access", "vehicle", "bicycle"),
    "car": ("access", "vehicle", "motor_vehicle", "motorcar"),
}

#: Values that close a way to the public; what is neither here nor in OPEN says nothing.
CLOSED = frozenset(
    {"no", "private", "agricultural", "agricultural;forestry", "forestry", "military", "permit", "emergency"}
    | {"use_sidepath", "psv", "bus", "employees", "residents"}
)
OPEN = frozenset({"yes", "designated", "permissive", "destination", "customers", "delivery", "official", "public"})

ONEWAY = frozenset({"yes", "true", "1"})
REVERSED = frozenset({"-1", "reverse"})
NOT_ONEWAY = frozenset({"no", "false", "0"})
IMPLIED_ONEWAY_CLASSES = frozenset({"motorway", "motorway_link"})
IMPLIED_ONEWAY_JUNCTIONS = frozenset({"roundabout", "circular"})
CONTRAFLOW = frozenset({"opposite", "opposite_lane", "opposite_track", "opposite_share_busway"})


class Permission(IntEnum):
    """What a profile may do on a way."""

    CLOSED = 0
    PUSHED = 1
    OPEN = 2


def permissions(ways: pd.DataFrame, profile: Profile) -> NDArray[np.int8]:
    """The :class:`Permission` of each way, shape (number of ways,)."""
    foot = _by_tags_and_class(ways, "foot", profile)
    if profile.mode == "foot":
        return _wheelchair(ways, foot) if profile.wheelchair_tags else foot
    allowed = _by_tags_and_class(ways, profile.mode, profile)
    if profile.mode == "bicycle":
        tag = _deciding_value(ways, "bicycle")
        opened = tag.isin(OPEN).to_numpy()
        pushed = (allowed == Permission.OPEN) & ~opened & ways["highway"].isin(profile.pushed_classes).to_numpy()
        pushed |= (foot == Permission.OPEN) & ((allowed == Permission.CLOSED) | (tag == "dismount").to_numpy())
        allowed[pushed] = Permission.PUSHED
    return allowed


def oneway(ways: pd.DataFrame, mode: Mode) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each way may be used as drawn, and against it; two arrays, shape (number of ways,)."""
    value = _column(ways, f"oneway:{mode}")
    if mode != "foot":
        implied = ways["highway"].isin(IMPLIED_ONEWAY_CLASSES) | _column(ways, "junction").isin(
            IMPLIED_ONEWAY_JUNCTIONS
        )
        general = _column(ways, "oneway").mask(_column(ways, "oneway").isna() & implied, "yes")
        value = value.fillna(general)
    forward = ~value.isin(REVERSED).to_numpy()
    backward = ~value.isin(ONEWAY).to_numpy()
    if mode == "bicycle":
        sides = [
            _column(ways, key).isin(CONTRAFLOW)
            for key in ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
        ]
        both = np.logical_or.reduce([side.to_numpy() for side in sides])
        forward |= both | _column(ways, "bicycle:forward").isin(OPEN).to_numpy()
        backward |= both | _column(ways, "bicycle:backward").isin(OPEN).to_numpy()
    return forward, backward


def closed_nodes(node_tags: pd.DataFrame, mode: Mode) -> NDArray[np.int64]:
    """Nodes whose barrier is closed to the public, as node indices."""
    barred = node_tags["barrier"].notna() & _deciding_value(node_tags, mode).isin(CLOSED)
    return node_tags.loc[barred, "node"].to_numpy(np.int64)


def _by_tags_and_class(ways: pd.DataFrame, mode: Mode, profile: Profile) -> NDArray[np.int8]:
    """Open or closed: the access tags first, and where they say nothing, the class of the way."""
    closed_class = ways["highway"].isin(profile.closed_classes) | (_column(ways, "motorroad") == "yes")
    if mode == "car":
        closed_class = ~ways["highway"].isin(profile.class_speeds_kmh)
    tag = _deciding_value(ways, mode)
    is_open = tag.isin(OPEN) | (~tag.isin(CLOSED) & ~closed_class)
    return np.where(is_open, Permission.OPEN, Permission.CLOSED).astype(np.int8)


def _wheelchair(ways: pd.DataFrame, foot: NDArray[np.int8]) -> NDArray[np.int8]:
    refused = (_column(ways, "wheelchair") == "no").to_numpy()
    return np.where(refused, Permission.CLOSED, foot).astype(np.int8)


def _deciding_value(table: pd.DataFrame, mode: Mode) -> pd.Series:
    """The value of the most specific access key that is tagged."""
    value = pd.Series(None, index=table.index, dtype=object)
    for key in ACCESS_KEYS[mode]:
        if key in table:
            value = table[key].where(table[key].notna(), value)
    return value


def _column(table: pd.DataFrame, key: str) -> pd.Series:
    return table[key] if key in table else pd.Series(None, index=table.index, dtype=object)
