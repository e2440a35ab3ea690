"""Why a place has no way on the streets: which rule of ours closes it, or what lies before it."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tesoma_geo.countries import country_rules
from tesoma_geo.network.streets.access_tags import ACCESS_KEYS, Mode
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.pieces import StreetPieces
from tesoma_geo.network.streets.point_splits import split_for
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.snap import Points, Positions, metric_points
from tesoma_geo.network.streets.street_engine import mode_graph

#: The value of an access tag that sends people to a way beside the road.
BESIDE = "use_sidepath"

#: Why a place has no way, in words, in the order in which reasons are tried.
LOST_REASONS: Mapping[str, str] = {
    "across_water": "the nearest street lies across water",
    "use_sidepath": "behind streets that use_sidepath closes",
    "closed_class": "behind streets that their class closes",
    "closed_barrier": "behind barriers that their type closes",
    "profile_limit": "behind streets that are too steep, too narrow or stepped",
}


def street_pieces(network: Streets, profile: Profile) -> StreetPieces:
    """Where a profile's trips may start and end on some streets, without a router.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.

    Returns
    -------
    StreetPieces
    """
    network = split_for(network, profile)
    costs = edge_costs(network, profile)
    return StreetPieces(network, costs, mode_graph(network.shape.graph, costs, profile.mode))


def lost_by_rules(
    network: Streets,
    profile: Profile,
    points: tuple[Points, Points],
    max_snap_m: float,
    lost: NDArray[np.bool_] | None = None,
) -> dict[str, NDArray[np.bool_]]:
    """For places without a way to a hub the rule without which there would be one.

    Access tags that say ``no`` are no rule of ours: they are what the map says. Each rule is lifted on its own; the
    first in the order of :data:`LOST_REASONS` that opens a way counts.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.
    points
        The k places, and where they go.
    max_snap_m
        Farthest that a point may lie from a street, in metres.
    lost
        Which of them have no way, shape (k,); found out where it is None.

    Returns
    -------
    dict of str to bool array of shape (k,)
        Keys of :data:`LOST_REASONS` that some place has; no place has two.
    """
    by_rule: dict[str, NDArray[np.bool_]] = {}
    xy, hub_xy = (metric_points(one, network.crs) for one in points)
    if lost is None:
        lost = ~_led(street_pieces(network, profile), xy, hub_xy, max_snap_m)
    left = lost.copy()
    if not left.any():
        return by_rule
    water = left & behind_water(street_pieces(network, profile), points[0], max_snap_m)
    if water.any():
        by_rule["across_water"] = water
        left &= ~water
    for reason, freer, person in _lifted(network, profile):
        if not left.any():
            break
        rows = np.flatnonzero(left)
        opened = np.zeros(len(left), bool)
        opened[rows] = _led(street_pieces(freer, person), xy[rows], hub_xy, max_snap_m)
        if opened.any():
            by_rule[reason] = opened
            left &= ~opened
    return by_rule


def _led(
    pieces: StreetPieces, xy: NDArray[np.float64], hub_xy: NDArray[np.float64], max_snap_m: float
) -> NDArray[np.bool_]:
    at, hub = (pieces.snap_index.positions(one, max_snap_m) for one in (xy, hub_xy))
    return pieces.lead_to(at, hub)


def behind_water(
    pieces: StreetPieces, places: Points, max_snap_m: float, at: Positions | None = None
) -> NDArray[np.bool_]:
    """Places that have a street near enough, but across more water than one is joined over.

    Parameters
    ----------
    pieces
        The streets that places may be on.
    places
        The places, k of them.
    max_snap_m
        Farthest that a point may lie from a street, in metres.
    at
        Where the places are on these streets; found out where it is None.

    Returns
    -------
    bool array of shape (k,)
    """
    index, xy = pieces.snap_index, metric_points(places, pieces.network.crs)
    there = (index.positions(xy, max_snap_m) if at is None else at).found
    behind = np.zeros(len(xy), bool)
    rows = np.flatnonzero(~there)
    if len(rows) and pieces.network.obstacles:
        behind[rows] = index.without_obstacles().positions(xy[rows], max_snap_m).found
    return behind


def joined_across(network: Streets, places: Points, at: Positions) -> NDArray[np.bool_]:
    """Places whose straight way to their street crosses a fence, a wall, a railway line or up to 20 m of water.

    They are joined to the nearest street all the same, since every street near them lies behind such a thing.

    Parameters
    ----------
    network
        The streets.
    places
        The places, k of them.
    at
        Where they are on the streets.

    Returns
    -------
    bool array of shape (k,)
    """
    xy = metric_points(places, network.crs)
    crossing = np.zeros(len(xy), bool)
    rows = np.flatnonzero(at.found)
    if len(rows) and network.obstacles:
        edge, along = at.edge[rows], at.fraction[rows, None]
        begin, end = (
            np.column_stack([network.x[ends[edge]], network.y[ends[edge]]]) for ends in (network.tail, network.head)
        )
        crossing[rows] = network.obstacles.crossed(xy[rows], begin + along * (end - begin))
    return crossing


def _lifted(network: Streets, profile: Profile) -> Iterator[tuple[str, Streets, Profile]]:
    """The streets and the profile without one rule, for each rule that closes anything."""
    modes: tuple[Mode, ...] = ("foot", profile.mode) if profile.mode == "bicycle" else (profile.mode,)
    keys = sorted({key for mode in modes for key in ACCESS_KEYS[mode]} & set(network.ways.columns))
    if (network.ways[keys] == BESIDE).any(axis=None):
        opened = {key: network.ways[key].mask(network.ways[key] == BESIDE) for key in keys}
        yield "use_sidepath", network.with_ways(network.ways.assign(**opened)), profile
    if profile.mode != "car":
        closed = profile.closed_classes | country_rules(network.country).closed_classes[profile.mode]
        if network.ways["highway"].isin(closed).any():
            anybody = network.at(network.when, country="")
            yield "closed_class", anybody, profile.model_copy(update={"closed_classes": frozenset()})
    if len(network.barriers):
        passed = {tag: _without_inf(seconds, 0.0) for tag, seconds in profile.node_delays_s.items()}
        if passed != profile.node_delays_s or profile.min_gap_m is not None:
            yield "closed_barrier", network, profile.model_copy(update={"node_delays_s": passed, "min_gap_m": 1e-3})
    factors = {tag: _without_inf(values, 1.0) for tag, values in profile.factors.items()}
    limits = {"max_grade": None, "min_width_m": None, "factors": factors}
    if any(getattr(profile, name) != value for name, value in limits.items()):
        yield "profile_limit", network, profile.model_copy(update=limits)


def _without_inf(values: Mapping[str, float], instead: float) -> dict[str, float]:
    return {value: number if np.isfinite(number) else instead for value, number in values.items()}
