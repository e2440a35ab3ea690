"""Barriers, kerbs and lifts: whom they stop, and how long they delay the others."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.permissions import ACCESS_KEYS, CLOSED, RESTRICTED, Mode, deciding_value
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.sources.osm import NODE_TAGS

#: Kerbs that nobody notices.
FLAT_KERBS = frozenset({"lowered", "flush", "no"})


def no_barriers() -> pd.DataFrame:
    """The table of barriers where there are none."""
    table = pd.DataFrame(columns=["edge", "share", *NODE_TAGS], dtype="str")
    return table.astype({"edge": np.int64, "share": np.float64})


def may_stop(tags: pd.DataFrame) -> NDArray[np.bool_]:
    """Nodes that may close the way for somebody or delay somebody, as points on it.

    Parameters
    ----------
    tags
        Tag columns, a row a node.

    Returns
    -------
    bool array
        A row each.
    """
    barred = tags["barrier"].notna() & (tags["barrier"] != "no")
    kerbed = tags["kerb"].notna() & ~tags["kerb"].isin(FLAT_KERBS)
    lifted = tags["highway"] == "elevator"
    entered = tags["entrance"].notna() & tags[["access", "foot", "wheelchair", "bicycle", "locked"]].notna().any(axis=1)
    found: NDArray[np.bool_] = (barred | kerbed | lifted | entered).to_numpy(bool)
    return found


def barrier_costs(tags: pd.DataFrame, profile: Profile) -> NDArray[np.float64]:
    """Seconds that passing each barrier takes a profile.

    Parameters
    ----------
    tags
        Tag columns, a row a barrier.
    profile
        Who passes.

    Returns
    -------
    float64 array
        A row each; ``inf`` where the profile is stopped, 0 where it does not notice.
    """
    seconds = np.zeros(len(tags))
    for key in ("barrier", "kerb"):
        delays = profile.node_delays_s.get(key, {})
        named = [_longest(delays, value) if isinstance(value, str) else 0.0 for value in tags[key]]
        seconds = np.maximum(seconds, np.array(named, float))
    seconds[_value(tags, profile.mode).isin(CLOSED).to_numpy(bool)] = np.inf
    if profile.wheelchair_tags:
        level = tags["kerb"].isin(FLAT_KERBS).to_numpy(bool) & (tags["barrier"] == "kerb").to_numpy(bool)
        seconds[level] = 0.0
        seconds[(tags["wheelchair"] == "no").to_numpy(bool)] = np.inf
    return seconds


def restricted_barriers(tags: pd.DataFrame, mode: Mode) -> NDArray[np.bool_]:
    """Barriers behind which trips may begin and end, but that nobody passes on the way to elsewhere.

    Parameters
    ----------
    tags
        Tag columns, a row a barrier.
    mode
        Who passes.

    Returns
    -------
    bool array
        A row each.
    """
    restricted: NDArray[np.bool_] = _value(tags, mode).isin(RESTRICTED).to_numpy(bool)
    return restricted


def restricted_for_some_mode(tags: pd.DataFrame) -> NDArray[np.bool_]:
    """Barriers that some mode may find restricted.

    Parameters
    ----------
    tags
        Tag columns, a row a barrier.

    Returns
    -------
    bool array
        A row each.
    """
    found = np.zeros(len(tags), bool)
    for mode in ACCESS_KEYS:
        found |= restricted_barriers(tags, mode)
    return found


def _value(tags: pd.DataFrame, mode: Mode) -> "pd.Series[str]":
    value: pd.Series[str] = deciding_value(tags, mode)
    return value


def _longest(delays: Mapping[str, float], value: str) -> float:
    """The longest delay among the values of a tag such as ``bollard;cycle_barrier``."""
    return max(delays.get(part.strip(), 0.0) for part in value.split(";"))
