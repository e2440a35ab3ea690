"""One-way rules of each mode: as a way is drawn, and against it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.access_tags import (
    ACCESS_KEYS,
    CLOSED,
    OPEN,
    RESTRICTED,
    Mode,
    access_column,
    deciding_value,
    is_tagged,
    tag_column,
)

ONEWAY = frozenset({"yes", "true", "1"})
REVERSED = frozenset({"-1", "reverse"})
NOT_ONEWAY = frozenset({"no", "false", "0"})
IMPLIED_ONEWAY_CLASSES = frozenset({"motorway", "motorway_link"})
IMPLIED_ONEWAY_JUNCTIONS = frozenset({"roundabout", "circular"})
CONTRAFLOW = frozenset({"opposite", "opposite_lane", "opposite_track", "opposite_share_busway"})
#: Where the lanes and tracks for bicycles of a street are told.
CYCLEWAYS = ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
#: Values of those that are no lane or track of this way.
NO_CYCLEWAY = frozenset({"no", "none", "separate"})


def oneway(ways: pd.DataFrame, mode: Mode) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each way may be used as drawn, and against it.

    ``oneway`` is for vehicles; walkers follow ``oneway:foot``, ``foot:backward`` and the like, ``conveying``
    (escalators, moving walkways), and ``oneway`` on steps alone. ``bicycle:backward`` and the like open a direction
    of a one-way street, or close one of another.

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    mode
        Who moves.

    Returns
    -------
    forward, backward : bool arrays of shape (number of ways,)
    """
    value = _oneway_value(ways, mode)
    forward = ~value.isin(REVERSED).to_numpy(bool)
    backward = ~value.isin(ONEWAY).to_numpy(bool)
    if mode == "bicycle":
        as_drawn, against = _lanes(ways)
        forward, backward = forward | as_drawn, backward | against
    return _as_told(forward, ways, mode, "forward"), _as_told(backward, ways, mode, "backward")


def opened_one_way(ways: pd.DataFrame, mode: Mode) -> NDArray[np.bool_]:
    """Ways that are closed to a mode but for a direction that a tag opens, shape (number of ways,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    mode
        Who moves.

    Returns
    -------
    bool array of shape (number of ways,)
        ``motor_vehicle=no`` with ``motor_vehicle:forward=yes``.
    """
    forward, backward = (_directed_value(ways, mode, direction).isin(OPEN) for direction in ("forward", "backward"))
    opened: NDArray[np.bool_] = (deciding_value(ways, mode).isin(CLOSED) & (forward | backward)).to_numpy(bool)
    return opened


def _oneway_value(ways: pd.DataFrame, mode: Mode) -> pd.Series:
    """The value of the most specific one-way tag."""
    if mode == "foot":
        conveying = tag_column(ways, "conveying").map({"forward": "yes", "backward": "-1"})
        on_steps = tag_column(ways, "oneway").where(ways["highway"] == "steps")
        value = conveying.where(conveying.notna(), on_steps)
    else:
        implied = ways["highway"].isin(IMPLIED_ONEWAY_CLASSES) | tag_column(ways, "junction").isin(
            IMPLIED_ONEWAY_JUNCTIONS
        )
        general = tag_column(ways, "oneway")
        value = general.mask(general.isna() & implied, "yes")
    for key in ACCESS_KEYS[mode][1:]:
        if is_tagged(ways, own := f"oneway:{key}"):
            value = ways[own].where(ways[own].notna(), value)
    return value


def _as_told(is_open: NDArray[np.bool_], ways: pd.DataFrame, mode: Mode, direction: str) -> NDArray[np.bool_]:
    """One direction after the access tags that name it, shape (number of ways,)."""
    value = _directed_value(ways, mode, direction)
    shut = value.isin(CLOSED) | (value.isna() & deciding_value(ways, mode).isin(CLOSED))
    is_tagged_open: NDArray[np.bool_] = (is_open | value.isin(OPEN).to_numpy(bool)) & ~shut.to_numpy(bool)
    return is_tagged_open


def _directed_value(ways: pd.DataFrame, mode: Mode, direction: str) -> pd.Series:
    """The most specific access value that is told for one direction."""
    value = pd.Series(None, index=ways.index, dtype=object)
    for key in ACCESS_KEYS[mode]:
        # A more specific tag for both directions stands over a more general one for this direction.
        if is_tagged(ways, key):
            value = value.mask(ways[key].notna())
        if is_tagged(ways, directed := f"{key}:{direction}"):
            said = access_column(ways, directed)
            value = said.where(said.notna(), value)
    return value


def restricted_directions(ways: pd.DataFrame, mode: Mode) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Ways that are for those who have business there, as drawn and against it; ``motor_vehicle:backward=destination``.

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    mode
        Who moves.

    Returns
    -------
    forward, backward : bool arrays of shape (number of ways,)
    """
    both = deciding_value(ways, mode).isin(RESTRICTED).to_numpy(bool)
    both_ways = []
    for direction in ("forward", "backward"):
        values = _directed_value(ways, mode, direction)
        public = values.isin(OPEN - RESTRICTED).to_numpy(bool)
        both_ways.append((both & ~public) | values.isin(RESTRICTED).to_numpy(bool))
    return both_ways[0], both_ways[1]


def _lanes(ways: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether lanes or tracks for bicycles lead as drawn, and against it, shape (number of ways,)."""
    as_drawn, against = np.zeros(len(ways), bool), np.zeros(len(ways), bool)
    for key in CYCLEWAYS:
        lane = tag_column(ways, key)
        if not lane.notna().any():
            continue
        there = lane.notna() & ~lane.isin(NO_CYCLEWAY)
        direction = tag_column(ways, f"{key}:oneway")
        both = (lane.isin(CONTRAFLOW) | (there & direction.isin(NOT_ONEWAY))).to_numpy(bool)
        as_drawn |= both | (there & direction.isin(ONEWAY)).to_numpy(bool)
        against |= both | (there & direction.isin(REVERSED)).to_numpy(bool)
    return as_drawn, against
