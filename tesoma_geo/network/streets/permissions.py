"""Who may move where: access tags and classes of way."""

from collections.abc import Callable
from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.countries import Country, country_rules
from tesoma_geo.network.streets.access_tags import (
    CLOSED,
    OPEN,
    RESTRICTED,
    Mode,
    deciding_value,
    tag_column,
)
from tesoma_geo.network.streets.connected import pieces_of
from tesoma_geo.network.streets.directions import opened_one_way
from tesoma_geo.network.streets.profiles import Profile, default_profiles

#: Ways of these classes are planned, gone or being built: nobody moves on them.
NOT_BUILT = frozenset(
    {
        "construction", "proposed", "planned", "abandoned", "razed", "demolished", "dismantled", "destroyed",
        "removed", "disused", "historic", "was", "cancelled", "project",
    }
)  # fmt: skip
#: Classes that are no ways: outlines, points drawn as lines, what is gone or not for walking. No tag opens them.
NO_WAYS = NOT_BUILT | frozenset(
    {
        "services", "rest_area", "no", "none", "via_ferrata", "bus_stop", "stop", "traffic_signals", "traffic_mirror",
        "street_lamp", "emergency_bay", "emergency_access_point", "toll_gantry", "speed_camera", "milestone", "island",
        "traffic_island", "passing_place", "turning_circle", "turning_loop", "motorway_junction", "mini_roundabout",
        "give_way", "trailhead", "speed_display", "cyclist_waiting_aid", "hitchhiking", "noexit", "virtual",
    }
)  # fmt: skip
#: Classes of ways, https://wiki.openstreetmap.org/wiki/Key:highway (read 2026-11), and old words for paths and roads
#: that are still met. Nobody moves on others, which are counted.
CLASSES = frozenset(
    {
        "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link",
        "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "service", "road", "track",
        "pedestrian", "footway", "cycleway", "path", "bridleway", "steps", "ladder", "corridor", "platform", "pier",
        "elevator", "busway", "bus_guideway", "raceway", "escape", "crossing", "minor", "unsurfaced", "byway",
        "trail", "footpath", "sidewalk", "walkway", "stairs", "alley", "ford", "yes", "unknown", "lane",
    }
)  # fmt: skip


class Permission(IntEnum):
    """What a profile may do on a way."""

    CLOSED = 0
    PUSHED = 1
    OPEN = 2


def permissions(ways: pd.DataFrame, profile: Profile, country: Country | None = None) -> NDArray[np.int8]:
    """The :class:`Permission` of each way, shape (number of ways,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    profile
        Who moves.
    country
        Whose classes are closed besides those of the profile; the world's where it is None.

    Returns
    -------
    int8 array of shape (number of ways,)
        Values of :class:`Permission`.
    """
    rules = country or country_rules("")
    foot = _by_tags_and_class(ways, "foot", profile, rules)
    if profile.mode == "foot":
        return _wheelchair(ways, foot) if profile.wheelchair_tags else foot
    allowed = _by_tags_and_class(ways, profile.mode, profile, rules)
    if profile.mode == "bicycle":
        tag = deciding_value(ways, "bicycle")
        opened = deciding_value(ways, "bicycle", own=True).isin(OPEN).to_numpy(bool)
        classes = profile.pushed_classes - rules.ridden_classes
        pushed = (allowed == Permission.OPEN) & ~opened & street_class(ways).isin(classes).to_numpy()
        shut = (allowed == Permission.CLOSED) | (tag == "dismount").to_numpy() | opened_one_way(ways, "bicycle")
        # Where anybody walks and only some may ride, a bicycle is pushed.
        shut |= tag.isin(RESTRICTED).to_numpy() & ~deciding_value(ways, "foot").isin(RESTRICTED).to_numpy()
        # Who may not take a bicycle into a lift does not push it in either.
        shut = shut & ~((street_class(ways) == "elevator") & tag.isin(CLOSED)).to_numpy(bool)
        pushed |= (foot == Permission.OPEN) & shut
        # Nobody pushes a bicycle where walkers may not go.
        allowed[pushed] = np.where(foot[pushed] == Permission.CLOSED, Permission.CLOSED, Permission.PUSHED)
    return allowed


def closed_by_class(ways: pd.DataFrame, profile: Profile, country: Country | None = None) -> NDArray[np.bool_]:
    """Ways that no access tag closes: their class does, as motorways to walkers, shape (number of ways,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    profile
        Who moves.
    country
        Whose classes are closed besides those of the profile; the world's where it is None.

    Returns
    -------
    bool array of shape (number of ways,)
        True where the class closes a way.
    """
    shut = deciding_value(ways, profile.mode).isin(CLOSED) | deciding_value(ways, profile.mode, own=True).isin(OPEN)
    closed = _class_is_closed(ways, profile.mode, profile, country or country_rules(""))
    by_class: NDArray[np.bool_] = closed & ~shut.to_numpy(bool)
    return by_class


def street_class(ways: pd.DataFrame) -> pd.Series:
    """The class of each way: ``highway``, and for platforms and piers without one what they are.

    Parameters
    ----------
    ways
        Tag columns, a row a way.

    Returns
    -------
    pandas.Series
        Strings with the index of ``ways``; missing where a way has no class.
    """
    kind = tag_column(ways, "highway")
    platform = (tag_column(ways, "railway") == "platform") | (tag_column(ways, "public_transport") == "platform")
    pier = tag_column(ways, "man_made") == "pier"
    kind = kind.mask(kind.isna() & platform, "platform")
    return kind.mask(kind.isna() & pier, "pier")


def one_class(value: str) -> str:
    """The class of a way whose ``highway`` lists several: one that is none, where one is, else the first known.

    Parameters
    ----------
    value
        For example ``"footway;cycleway"``.

    Returns
    -------
    str
        The value itself where it is no list.
    """
    parts = [part.strip() for part in value.split(";")]
    listed = [part for part in parts if part in NO_WAYS] + [part for part in parts if part in CLASSES]
    return listed[0] if len(parts) > 1 and listed else value


def of_unknown_class(ways: pd.DataFrame, profile: Profile) -> NDArray[np.bool_]:
    """Ways of a class that nobody knows, shape (number of ways,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    profile
        Whose ``class_speeds_kmh`` and factors make further classes known.

    Returns
    -------
    bool array of shape (number of ways,)
    """
    known = CLASSES | NO_WAYS | profile.class_speeds_kmh.keys() | profile.factors.get("highway", {}).keys()
    unknown: NDArray[np.bool_] = (ways["highway"].notna() & ~ways["highway"].isin(known)).to_numpy(bool)
    return unknown


def _class_is_closed(ways: pd.DataFrame, mode: Mode, profile: Profile, country: Country) -> NDArray[np.bool_]:
    if mode == "car":
        closed = ~ways["highway"].isin(profile.class_speeds_kmh)
    else:
        closed = ways["highway"].isin(profile.closed_classes) | (tag_column(ways, "motorroad") == "yes")
    closed |= ways["highway"].isin(country.closed_classes.get(mode, frozenset()))
    by_class: NDArray[np.bool_] = closed.to_numpy(bool)
    return by_class


def _by_tags_and_class(ways: pd.DataFrame, mode: Mode, profile: Profile, country: Country) -> NDArray[np.int8]:
    """Open or closed: the access tags first, and where they say nothing, the class of the way.

    ``access=yes`` says of a footway that it is public, not that one drives there: keys of the mode open a class.
    """
    own = deciding_value(ways, mode, own=True).isin(OPEN).to_numpy(bool)
    value = deciding_value(ways, mode)
    locked = (tag_column(ways, "locked") == "yes") & ~value.isin(OPEN)
    closed = (value.isin(CLOSED) | locked).to_numpy(bool)
    closed_class = _class_is_closed(ways, mode, profile, country)
    is_open = own | opened_one_way(ways, mode) | (~closed & ~closed_class)
    is_open &= ~ways["highway"].isin(NO_WAYS).to_numpy(bool) & ~of_unknown_class(ways, profile)
    return np.where(is_open, Permission.OPEN, Permission.CLOSED).astype(np.int8)


def _wheelchair(ways: pd.DataFrame, foot: NDArray[np.int8]) -> NDArray[np.int8]:
    refused = (tag_column(ways, "wheelchair") == "no").to_numpy()
    return np.where(refused, Permission.CLOSED, foot).astype(np.int8)


def restricted_ways(ways: pd.DataFrame, profile: Profile) -> NDArray[np.bool_]:
    """Ways that are for those who live there or have business there, shape (number of ways,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    profile
        Whose access tags hold.

    Returns
    -------
    bool array of shape (number of ways,)
        True for restricted ways.
    """
    restricted: NDArray[np.bool_] = deciding_value(ways, profile.mode).isin(RESTRICTED).to_numpy(bool)
    return restricted


def drivable_ways(ways: pd.DataFrame) -> NDArray[np.bool_]:
    """Ways of classes that cars use, shape (number of ways,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.

    Returns
    -------
    bool array of shape (number of ways,)
        True for classes with a speed in the default profile ``car``.
    """
    classes = default_profiles()["car"].class_speeds_kmh
    drivable: NDArray[np.bool_] = ways["highway"].isin(classes).to_numpy(bool)
    return drivable


def behind_restricted(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    n_nodes: int,
    open_: NDArray[np.bool_],
    restricted: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Public edges that are joined to the rest of the streets over restricted ones alone, shape (m,).

    A car park behind a private drive: whoever comes there has business there.

    Parameters
    ----------
    tail, head
        Nodes at the ends of each edge, shape (m,).
    n_nodes
        Number of nodes.
    open_
        Edges that can be passed, the restricted ones among them, shape (m,).
    restricted
        Restricted edges, shape (m,).

    Returns
    -------
    bool array of shape (m,)
        True for public edges behind restricted ones; False for the restricted ones themselves.
    """
    behind = np.zeros(len(tail), bool)
    public, private = open_ & ~restricted, open_ & restricted
    if not private.any() or not public.any():
        return behind
    of_public = pieces_of(tail[public], head[public], n_nodes)
    # What hangs together with private streets too: the public pieces, joined by the private ones alone.
    joined = pieces_of(of_public[tail[private]], of_public[head[private]], int(of_public.max()) + 1)
    of_all = joined[of_public]
    edges_of = np.bincount(of_public[tail[public]], minlength=n_nodes)
    # Within everything that hangs together, the public piece with most edges is the street network.
    pieces = np.flatnonzero(edges_of)
    whole_of = np.empty(n_nodes, np.int32)
    whole_of[of_public[tail[public]]] = of_all[tail[public]]
    wholes = whole_of[pieces]
    order = np.lexsort((pieces, -edges_of[pieces], wholes))
    first = np.flatnonzero(np.r_[True, np.diff(wholes[order]) > 0])
    main = np.zeros(n_nodes, bool)
    main[pieces[order[first]]] = True
    behind[public] = ~main[of_public[tail[public]]]
    return behind


def behind_restricted_for_somebody(
    ways: pd.DataFrame,
    way: NDArray[np.integer],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    n_nodes: int,
    barred: Callable[[Profile], tuple[NDArray[np.bool_], NDArray[np.bool_]]],
    country: Country | None = None,
) -> NDArray[np.bool_]:
    """Edges behind restricted ones for one of the profiles that ship with the package, shape (m,).

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    way
        Row of ``ways`` for each edge, shape (m,).
    tail, head
        Nodes at the ends of each edge, shape (m,).
    n_nodes
        Number of nodes.
    barred
        Edges of barriers that are closed to a profile, and those that are restricted, shapes (m,).
    country
        Whose classes are closed; the world's where it is None.

    Returns
    -------
    bool array of shape (m,)
        True where the edge is behind restricted ones on foot, in a wheelchair, by bicycle or by car.
    """
    profiles = default_profiles()
    behind = np.zeros(len(way), bool)
    for name in ("walk", "wheelchair", "bicycle", "car"):
        closed, restricted = barred(profiles[name])
        restricted |= restricted_ways(ways, profiles[name])[way]
        if not restricted.any():  # nothing lies behind nothing, whatever is open
            continue
        open_ = permissions(ways, profiles[name], country) != Permission.CLOSED
        if profiles[name].mode == "car":
            open_ &= drivable_ways(ways)
        behind |= behind_restricted(tail, head, n_nodes, open_[way] & ~closed, restricted)
    return behind
