"""Barriers, kerbs and lifts: who passes a point of a street, and what it costs.

The types of barrier stand in ``profiles.toml``. Access tags of the point come before its type, the specific before
the general, as https://wiki.openstreetmap.org/wiki/Key:access has them (read 2026-11).
"""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.network.streets.access_tags import CLOSED, OPEN, RESTRICTED, Mode, deciding_value, tag_column
from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.quantities import by_value, kerb_m, longest, positive_m, quantity, weight_t
from tesoma_geo.network.streets.restrictions import Restrictions
from tesoma_geo.network.streets.tags_now import tags_now
from tesoma_geo.sources.osm_tags import NODE_TAGS

#: How wide the way through is. ``width`` is that of the thing itself where the thing stands in the middle.
GAPS = ("maxwidth:physical", "maxwidth", "opening", "spacing", "door:width")
STANDS_IN_THE_MIDDLE = frozenset({"bollard", "block", "log", "planter", "jersey_barrier", "debris", "boulder", "kerb"})
#: Values of ``wheelchair`` that let pass, over what the type of a barrier says.
FOR_WHEELCHAIRS = frozenset({"yes", "designated", "limited", "permissive", "official"})
#: Kerbs without an edge; others are as their height says, and raised where nothing does.
WITHOUT_EDGE = frozenset({"lowered", "flush", "no", "none"})
#: Tags of nodes that stand in the way as barriers do: whoever their access tags close out does not pass.
DOORS = ("entrance", "door")
#: Crossings of tracks, which access tags may close.
CROSSINGS = frozenset({"level_crossing", "crossing", "tram_level_crossing", "tram_crossing"})
#: What tells of doors and crossings that somebody may be stopped there.
_CLOSES = ("access", "foot", "bicycle", "vehicle", "motor_vehicle", "motorcar", "locked")
#: Things whose lock keeps nobody out who walks or rides beside or below them: they leave room, locked or not.
PASSED_BESIDE = frozenset(
    {
        "bollard", "chain", "block", "concrete_block", "planter", "flowerpot", "height_restrictor", "log", "rope",
        "jersey_barrier", "cycle_barrier", "motorcycle_barrier", "chicane", "spikes", "boulder", "sump_buster",
        "bus_trap", "delineator", "delineators", "tape",
    }
)  # fmt: skip
#: Spellings of barrier types, and the types that they mean.
SPELLINGS = {
    "curb": "kerb", "rising_bollard": "bollard", "bollards": "bollard", "gates": "gate", "cattlegrid": "cattle_grid",
    "bus_sluice": "bus_trap", "turnstile_gate": "turnstile",
}  # fmt: skip


def no_barriers() -> pd.DataFrame:
    """The table of barriers where there are none.

    Returns
    -------
    DataFrame
        ``edge``, ``share`` and tag columns.
    """
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
    barrier, kerb = tag_column(tags, "barrier"), tag_column(tags, "kerb")
    barred = barrier.notna() & (barrier != "no")
    kerbed = (kerb.notna() & ~kerb.isin(WITHOUT_EDGE)) | tag_column(tags, "kerb:height").notna()
    lifted = tag_column(tags, "highway") == "elevator"
    refused = _refuses_wheelchairs(tags)
    tagged = np.zeros(len(tags), bool)
    for key in (*_CLOSES, *(f"{key}:conditional" for key in _CLOSES), "opening_hours", "width", *GAPS):
        tagged |= tag_column(tags, key).notna().to_numpy(bool)
    entered = tagged & (_doors(tags) | _crossings(tags)).to_numpy(bool)
    stops: NDArray[np.bool_] = (barred | kerbed | lifted | refused).to_numpy(bool) | entered
    return stops


def _doors(tags: pd.DataFrame) -> "pd.Series[bool]":
    doors: pd.Series[bool] = tag_column(tags, "entrance").notna()
    for key in DOORS[1:]:
        value = tag_column(tags, key)
        doors = doors | (value.notna() & (value != "no"))
    return doors | (tag_column(tags, "indoor") == "door")


def _crossings(tags: pd.DataFrame) -> "pd.Series[bool]":
    """Crossings of tracks whose access tags say something."""
    tagged = np.zeros(len(tags), bool)
    for key in _CLOSES:
        tagged |= tag_column(tags, key).notna().to_numpy(bool)
        tagged |= tag_column(tags, f"{key}:conditional").notna().to_numpy(bool)
    crossings: pd.Series[bool] = tag_column(tags, "railway").isin(CROSSINGS) & tagged
    return crossings


def _refuses_wheelchairs(tags: pd.DataFrame) -> "pd.Series[bool]":
    """Where ``wheelchair=no`` is about the way through, not about a stop or a shop beside it."""
    passed = tag_column(tags, "highway").isin(["elevator", "crossing"])
    passed |= tag_column(tags, "railway").isin(["crossing", "level_crossing"])
    for key in ("barrier", "kerb", "kerb:height", "crossing"):
        passed |= tag_column(tags, key).notna()
    passed |= _doors(tags)
    refused: pd.Series[bool] = passed & (tag_column(tags, "wheelchair") == "no")
    return refused


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
    restricted: NDArray[np.bool_] = deciding_value(tags, mode).isin(RESTRICTED).to_numpy(bool)
    if mode == "bicycle":  # pushed through where anybody may walk
        restricted = restricted & deciding_value(tags, "foot").isin(RESTRICTED | CLOSED).to_numpy(bool)
    return restricted


def restricted_for_some_mode(tags: pd.DataFrame) -> NDArray[np.bool_]:
    """Barriers that some mode may find restricted at some time.

    Parameters
    ----------
    tags
        Tag columns, a row a barrier.

    Returns
    -------
    bool array
        A row each.
    """
    return Restrictions.of_ways(tags).somebody


def barrier_costs(tags: pd.DataFrame, profile: Profile, when: When = SUMMER) -> NDArray[np.float64]:
    """Seconds that passing each point costs; ``inf`` where it is closed.

    What is for residents or customers alone is open here: see :func:`restricted_barriers`, which tells that nobody
    passes through.

    Parameters
    ----------
    tags
        Tag columns, a row a point; columns that are missing say nothing.
    profile
        Who travels how: the seconds of ``node_delays_s.barrier``, ``kerb`` and ``highway`` (lifts), and the limits.
    when
        The moment for which tags that hold at some times are read.

    Returns
    -------
    float64 array of shape (rows,).
    """
    said = tag_column(tags, "highway") == "elevator"
    for key in ("barrier", "kerb", "kerb:height", "wheelchair"):
        said |= tag_column(tags, key).notna()
    said |= _doors(tags) | _crossings(tags)
    seconds = np.zeros(len(tags))
    rows = np.flatnonzero(said.to_numpy(bool))
    if len(rows):
        seconds[rows] = _passing(tags_now(tags.iloc[rows], when).table, profile)
    return seconds


def closed_points(tags: pd.DataFrame, profile: Profile) -> NDArray[np.float64]:
    """``inf`` at points that other delays of a profile close than those of barriers, kerbs and lifts, else 0.

    Parameters
    ----------
    tags
        Tag columns, a row a point.
    profile
        Who travels how: ``node_delays_s`` with ``inf``, such as ``crossing.unmarked = false``.

    Returns
    -------
    float64 array of shape (rows,)
    """
    delays_s = np.zeros(len(tags))
    for tag, delays in profile.node_delays_s.items():
        closing = {value: seconds for value, seconds in delays.items() if np.isinf(seconds)}
        if tag == "highway":
            closing.pop("elevator", None)
        if closing and tag in tags and tag not in ("barrier", "kerb"):
            delays_s = np.maximum(delays_s, by_value(tags[tag], partial(longest, closing), 0.0))
    return delays_s


def _passing(now: pd.DataFrame, profile: Profile) -> NDArray[np.float64]:
    """Seconds of passing points that have such a thing, shape (rows,)."""
    if profile.mode == "foot":
        return _on_foot(now, profile)
    by_type, barred = _by_type(now, profile)
    access = deciding_value(now, profile.mode)
    seconds = _with_access(now, access, by_type, barred)
    seconds[_too_narrow(now, profile) & barred] = np.inf
    if profile.mode == "bicycle":
        # Who may not ride through may push, where walkers may and the thing itself lets a bicycle pass.
        walked = _with_access(now, deciding_value(now, "foot"), by_type, barred)
        walked[_too_narrow(now, profile) & barred] = np.inf
        # Who may not take a bicycle into a lift does not push it in either.
        lift = (tag_column(now, "highway") == "elevator").to_numpy(bool)
        walked[lift & access.isin(CLOSED).to_numpy(bool)] = np.inf
        # Nobody rides in a lift that no tag opens to bicycles: where walkers may not go, nobody pushes one.
        seconds[lift & ~access.isin(OPEN).to_numpy(bool)] = np.inf
        seconds = np.minimum(seconds, walked)
    return seconds


def _on_foot(now: pd.DataFrame, profile: Profile) -> NDArray[np.float64]:
    by_type, barred = _by_type(now, profile)
    access = deciding_value(now, "foot")
    if not profile.wheelchair_tags:
        seconds = _with_access(now, access, by_type, barred)
    else:
        # That walkers may pass says nothing about a step or a stile: the type, the kerb and `wheelchair` do.
        may = _with_access(now, access, np.zeros(len(now)), barred)
        seconds = may + by_type
    kerbs = _raised_kerbs(now, profile)
    seconds[kerbs] = np.inf
    seconds[_too_narrow(now, profile) & barred] = np.inf
    if profile.wheelchair_tags:
        said = tag_column(now, "wheelchair")
        opened = said.isin(FOR_WHEELCHAIRS).to_numpy(bool) & ~_closed_by(now, access, barred)
        seconds[opened & np.isinf(seconds)] = 0.0
        seconds[_refuses_wheelchairs(now).to_numpy(bool)] = np.inf
    return seconds


def _by_type(now: pd.DataFrame, profile: Profile) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Seconds by the type of barrier or lift, and which rows are such things, shape (rows,)."""
    barrier = tag_column(now, "barrier").replace(SPELLINGS)
    seconds = by_value(barrier, partial(longest, profile.node_delays_s.get("barrier", {})), 0.0)
    lift = tag_column(now, "highway") == "elevator"
    of_lift = profile.node_delays_s.get("highway", {}).get("elevator", 0.0)
    # Kerbs are judged by their edge.
    seconds[(barrier == "kerb").to_numpy(bool)] = 0.0
    seconds[lift.to_numpy(bool)] += of_lift
    barred = (barrier.notna() & (barrier != "no")) | lift | _doors(now) | _crossings(now)
    return seconds, barred.to_numpy(bool)


def _with_access(
    now: pd.DataFrame, access: pd.Series, by_type: NDArray[np.float64], barred: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Seconds by type with what the access tags say laid over them, shape (rows,)."""
    seconds = by_type.copy()
    permitted = access.isin(OPEN | RESTRICTED).to_numpy(bool) & barred
    seconds[permitted & np.isinf(seconds)] = 0.0
    seconds[_closed_by(now, access, barred)] = np.inf
    return seconds


def _closed_by(now: pd.DataFrame, access: pd.Series, barred: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where access tags close, or a lock without a permission, shape (rows,)."""
    locked = (tag_column(now, "locked") == "yes").to_numpy(bool) & ~access.isin(OPEN).to_numpy(bool)
    locked = locked & ~tag_column(now, "barrier").isin(PASSED_BESIDE).to_numpy(bool)
    closed: NDArray[np.bool_] = barred & (access.isin(CLOSED).to_numpy(bool) | locked)
    return closed


def _raised_kerbs(now: pd.DataFrame, profile: Profile) -> NDArray[np.bool_]:
    """Kerbs that are too high for the profile, shape (rows,)."""
    seconds = profile.node_delays_s.get("kerb", {})
    if profile.max_kerb_m is None or not seconds:
        return np.zeros(len(now), bool)
    kerb = tag_column(now, "kerb")
    is_barrier = (tag_column(now, "barrier").replace(SPELLINGS) == "kerb").to_numpy(bool)
    height_m = quantity(tag_column(now, "kerb:height"), kerb_m).values
    of_barrier_m = np.where(is_barrier, quantity(tag_column(now, "height"), kerb_m).values, np.nan)
    height_m = np.where(np.isnan(height_m), of_barrier_m, height_m)
    unsaid = is_barrier & ~kerb.isin(WITHOUT_EDGE | seconds.keys()).to_numpy(bool)
    raised = np.isinf(by_value(kerb, partial(longest, seconds), 0.0)) | unsaid
    too_high: NDArray[np.bool_] = np.where(np.isnan(height_m), raised, height_m > profile.max_kerb_m)
    return too_high


def _too_low(now: pd.DataFrame, profile: Profile) -> NDArray[np.bool_]:
    """Where the way through is lower than the profile needs, or bears less than it weighs, shape (rows,)."""
    weak = np.zeros(len(now), bool)
    if profile.weight_t is not None:
        weak = quantity(tag_column(now, "maxweight"), weight_t).values < profile.weight_t
    if profile.min_height_m is None:
        return weak
    restrictor = tag_column(now, "barrier") == "height_restrictor"
    height_m = quantity(tag_column(now, "height").where(restrictor), positive_m).values
    for key in ("maxheight:physical", "maxheight"):
        height_m = np.fmin(height_m, quantity(tag_column(now, key), positive_m).values)
    low: NDArray[np.bool_] = height_m < profile.min_height_m
    return low | weak


def _too_narrow(now: pd.DataFrame, profile: Profile) -> NDArray[np.bool_]:
    """Where less room is left than the profile needs, in width or height, shape (rows,)."""
    needed_m = profile.min_width_m if profile.min_gap_m is None else profile.min_gap_m
    if needed_m is None:
        return _too_low(now, profile)
    in_the_middle = tag_column(now, "barrier").isin(STANDS_IN_THE_MIDDLE)
    narrowest = np.full(len(now), np.nan)
    for key in GAPS:
        narrowest[:] = np.fmin(narrowest, quantity(tag_column(now, key), positive_m).values)
    width_m = quantity(tag_column(now, "width").mask(in_the_middle), positive_m).values
    unsaid = np.isnan(narrowest)
    narrowest[unsaid] = width_m[unsaid]
    narrow: NDArray[np.bool_] = narrowest < needed_m
    return narrow | _too_low(now, profile)
