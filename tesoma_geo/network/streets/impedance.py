"""Impedance: tags + grade + profile → seconds on every edge, in both directions."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.countries import Country
from tesoma_geo.network.streets.access_tags import tag_column
from tesoma_geo.network.streets.barrier_nodes import LEAST_S
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.node_delays import delays_s
from tesoma_geo.network.streets.permissions import Permission, behind_restricted
from tesoma_geo.network.streets.profiles import KMH_PER_MS, Profile
from tesoma_geo.network.streets.pushing import pushed_edges, pushed_ways
from tesoma_geo.network.streets.quantities import (
    by_value,
    duration_s,
    grade,
    positive_m,
    quantity,
    speed_kmh,
    weight_t,
)
from tesoma_geo.network.streets.slope import pushing_multiplier, slope_multiplier
from tesoma_geo.network.streets.tag_donors import DRAWN_TAGS
from tesoma_geo.network.streets.unknown_tags import UnknownTags

#: Assumption: a ferry's speed where its duration is not tagged.
FERRY_KMH = 10.0
#: Edges whose slopes are found together: those of a large network at once took three times what is kept of them.
EDGES_TOGETHER = 65536
#: Where a limit stands as a word, in the order in which they are read: the first that is a speed counts.
LIMITS = ("maxspeed", "maxspeed:type", "zone:maxspeed", "source:maxspeed")
#: Where roads tell of a pavement that is mapped as a way of its own.
PAVEMENTS = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")


def edge_costs(network: Streets, profile: Profile) -> EdgeCosts:
    """Seconds on every edge of a network for one profile.

    An edge costs its length over the profile's speed, times the multipliers of its tags, times that of
    its grade in the direction of travel, plus half of the delays at its two ends; then what the network's
    changes make of it.

    Parameters
    ----------
    network
        The streets, with the moment, the country and the changes that hold.
    profile
        Who travels how.

    Returns
    -------
    EdgeCosts
        ``inf`` where access tags, classes, one-way rules, width, steepness or a barrier forbid.

    Raises
    ------
    InputError
        The profile has a delay at a tag that nodes are not read for.
    """
    ways, way, country = network.ways_now, network.way, network.country_rules
    allowed = network.rules.permissions(profile, network.country)
    multiplier = _tag_multiplier(ways, profile, network.unknown_tags)
    multiplier[(allowed == Permission.CLOSED) | _too_narrow(ways, profile)] = np.inf
    forward_open, backward_open = network.rules.oneway(profile.mode)
    pushed = pushed_ways(network, profile)
    forward_open, backward_open = forward_open | pushed["forward"], backward_open | pushed["backward"]
    usable = (np.isfinite(multiplier) & (forward_open | backward_open))[way]
    walked, shut = pushed_edges(network, profile, pushed)
    for change in network.changes:
        if change.concerns(profile.name):
            usable &= np.isfinite(change.applied(np.zeros(len(way), np.float32)))
    delay_s = delays_s(network, profile, usable)
    slopes = _grade(network)
    ferry_ms = _ferry_ms(network)
    costs = []
    for suffix, is_open, sign in (("forward", forward_open, 1.0), ("backward", backward_open, -1.0)):
        on_foot = walked[suffix]
        speed_ms = way_speed_ms(ways, profile, suffix, country)[way]
        speed_ms[on_foot] = profile.foot_speed_ms
        slope = _slope(sign * slopes, profile, on_foot)
        factor = np.where(is_open, multiplier, np.inf)[way]
        factor[shut[suffix]] = np.inf
        with np.errstate(invalid="ignore"):  # an edge without length that is closed: closed
            seconds = np.nan_to_num(network.length_m / speed_ms * factor * slope, nan=np.inf, posinf=np.inf)
        aboard = ~np.isnan(ferry_ms)[way]
        seconds[aboard] = (network.length_m / ferry_ms[way] * np.where(np.isfinite(factor), 1.0, np.inf))[aboard]
        costs.append((seconds + delay_s).astype(np.float32))
    _lay_barriers(network, profile, costs, delay_s)
    for change in network.changes:
        if change.concerns(profile.name):
            costs = [change.applied(seconds) for seconds in costs]
    open_ = np.isfinite(costs[0]) | np.isfinite(costs[1])
    # Where a bicycle is pushed, what holds for walkers holds for it.
    is_pushed = allowed == Permission.PUSHED
    ridden, walked_too = (network.rules.restricted_directions(mode) for mode in (profile.mode, "foot"))
    ahead, behind = (np.where(is_pushed, walked_too[at], ridden[at])[way] for at in (0, 1))
    private = (ahead & behind) | network.rules.is_restricted_barrier(profile.mode, network.n_edges)
    restricted, opened = _restricted(network, open_, private)
    partly = open_ & (ahead ^ behind) & ~restricted
    passed = (partly & ~ahead, partly & ~behind) if partly.any() else None
    return EdgeCosts(costs[0], costs[1], restricted | partly, opened, passed)


def _restricted(
    network: Streets, open_: NDArray[np.bool_], private: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.int32] | None]:
    """Restricted edges, those behind private ones among them, and which of these added streets opened, and when."""
    restricted = private & open_
    if not restricted.any():
        return restricted, None
    behind, opened = np.zeros(network.n_edges, bool), np.zeros(network.n_edges, np.int32)
    for edges in network.added.stages(network.n_edges):
        so_far = slice(edges.stop)
        tail, head = network.tail[so_far], network.head[so_far]
        now = behind_restricted(tail, head, network.n_nodes, open_[so_far], restricted[so_far])
        behind[edges] = now[edges]
        # Once opened it stays open, whatever larger piece of the streets is joined up later.
        fresh = behind[so_far] & network.shape.restricted[so_far] & ~now & (opened[so_far] == 0)
        opened[so_far][fresh] = edges.stop
    behind &= network.shape.restricted
    if network.added.before:
        whole = network.added.whole()
        behind, opened = behind[whole] & open_, np.where(open_, opened[whole], 0).astype(np.int32)
    return restricted | behind, opened if opened.any() else None


def _lay_barriers(
    network: Streets, profile: Profile, costs: list[NDArray[np.float32]], delay_s: NDArray[np.float64]
) -> None:
    """Set what passing each barrier costs, closed where nobody comes to it."""
    edge, share = network.barriers["edge"].to_numpy(), network.barriers["share"].to_numpy()
    tail, head, street = network.tail, network.head, ~network.is_barrier
    used = street & (np.isfinite(costs[0]) | np.isfinite(costs[1]))
    comes = np.zeros(network.n_nodes, bool)
    comes[tail[used]] = comes[head[used]] = True
    comes[tail[edge[share < 1.0]]] = True  # the middle, where edges of barriers alone meet
    seconds = np.maximum(share * network.rules.barrier_costs(profile), LEAST_S) + delay_s[edge]
    seconds[~(comes[tail[edge]] & comes[head[edge]])] = np.inf
    for direction in costs:
        direction[edge] = seconds


def _tag_multiplier(ways: pd.DataFrame, profile: Profile, model: UnknownTags | None) -> NDArray[np.float64]:
    """The product of the profile's factors over each way's tags."""
    multiplier = np.ones(len(ways)) if model is None else model.expected(ways, profile.factors)
    for tag, factors in profile.factors.items():
        if tag not in ways or (model is not None and tag in DRAWN_TAGS):
            continue
        unknown = factors.get("unknown", 1.0)
        factor = by_value(ways[tag], partial(_looked_up, factors, unknown), unknown)
        if tag == "highway" and profile.wheelchair_tags:
            ramped = (ways["ramp:wheelchair"] == "yes").to_numpy()
            ramped = ramped | ((ways["highway"] == "steps") & ways["wheelchair"].isin(["yes", "designated"])).to_numpy()
            factor = np.where(ramped & np.isinf(factor), 1.0, factor)
        multiplier *= factor
    if profile.separate_pavement_factor != 1.0:
        beside = np.zeros(len(ways), bool)
        for key in PAVEMENTS:
            beside |= (tag_column(ways, key) == "separate").to_numpy(bool)
        multiplier[beside] *= profile.separate_pavement_factor
    return multiplier


def _too_narrow(ways: pd.DataFrame, profile: Profile) -> NDArray[np.bool_]:
    """Ways that are narrower or lower than the profile needs, or bear less than it weighs."""
    limits = (
        (profile.min_width_m, ("width", "maxwidth", "maxwidth:physical")),
        (profile.min_gap_m, ("maxwidth", "maxwidth:physical")),
        (profile.min_height_m, ("maxheight", "maxheight:physical")),
    )
    narrow = np.zeros(len(ways), bool)
    for needed_m, keys in limits:
        for key in keys:
            if needed_m is not None:
                narrow |= quantity(tag_column(ways, key), positive_m).values < needed_m
    if profile.weight_t is not None:
        narrow |= quantity(tag_column(ways, "maxweight"), weight_t).values < profile.weight_t
    return narrow


def way_speed_ms(ways: pd.DataFrame, profile: Profile, direction: str, country: Country) -> NDArray[np.float64]:
    """Speed on a flat, good way in one direction: the profile's, or for a car the limit of the way.

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    profile
        Who travels how.
    direction
        ``"forward"`` or ``"backward"``.
    country
        What words of ``maxspeed`` stand for.

    Returns
    -------
    float64 array of shape (number of ways,)
        Metres a second.
    """
    if profile.mode != "car":
        return np.full(len(ways), profile.speed_kmh / KMH_PER_MS)
    fallback_kmh = profile.speed_kmh
    by_class = by_value(ways["highway"], partial(_looked_up, profile.class_speeds_kmh, fallback_kmh), fallback_kmh)
    read = partial(speed_kmh, implicit_kmh=country.speeds_kmh)
    limit_kmh = np.full(len(ways), np.nan)
    for key in (f"maxspeed:{direction}", *LIMITS):
        limit_kmh = np.where(np.isnan(limit_kmh), quantity(tag_column(ways, key), read).values, limit_kmh)
    way_kmh = np.where(np.isnan(limit_kmh), by_class, limit_kmh)
    return way_kmh * profile.limit_share / KMH_PER_MS


def _slope(grades: NDArray[Any], profile: Profile, pushed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What grades in the direction of travel multiply the seconds of edges by."""
    slope = slope_multiplier(grades, profile)
    slope[pushed] = pushing_multiplier(grades[pushed], profile)
    return slope


def drawn_slopes(network: Streets, profile: Profile, elevations_m: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the heights of draws multiply the seconds of the edges by, of streets that are flat but for tagged inclines.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.
    elevations_m
        Heights of the nodes, NaN where unknown, shape (draws, n).

    Returns
    -------
    float32 array of shape (2 m + 1, draws)
        Of all edges from tail to head, then of all back, and last 1, for no edge; 1 where a tag tells the incline, and
        on ferries; ``inf`` where it is too steep.
    """
    pushed = pushed_ways(network, profile)
    fixed = ~np.isnan(quantity(network.ways["incline"], grade).values[network.way])
    fixed |= ~np.isnan(_ferry_ms(network))[network.way] | network.is_barrier
    free = np.flatnonzero(~fixed)
    given = np.ascontiguousarray(elevations_m.T, np.float32)  # as exact as the heights are
    length_m = np.maximum(network.length_m, 1.0).astype(np.float32)
    tagged, pushed_edge = _tagged_direction(network), [pushed[way][network.way] for way in ("forward", "backward")]
    slopes = np.ones((2 * network.n_edges + 1, len(elevations_m)), np.float32)
    for first in range(0, len(free), EDGES_TOGETHER):
        edges = free[first : first + EDGES_TOGETHER]
        rise_m = np.nan_to_num(given[network.head[edges]] - given[network.tail[edges]])
        rise_m /= length_m[edges][:, None]
        grades = _signed(tagged[edges], rise_m)
        for number, sign in enumerate((1.0, -1.0)):
            slope = _slope(np.float32(sign) * grades, profile, pushed_edge[number][edges])
            slopes[edges + number * network.n_edges] = slope
    return slopes


def _tagged_direction(network: Streets) -> NDArray[np.float64]:
    """1 where a tag says that an edge leads upwards from tail to head, -1 downwards, else NaN; shape (m,)."""
    direction = by_value(network.ways["incline"], partial(_looked_up, {"up": 1.0, "down": -1.0}, np.nan), np.nan)
    return direction[network.way]


def _signed(direction: NDArray[np.float64], grades: NDArray[np.floating[Any]]) -> NDArray[Any]:
    """Grades of edges from tail to head, upwards or downwards where a tag says which; shape (m, …)."""
    directed = ~np.isnan(direction)
    signed = grades.copy()
    signed[directed] = (direction[directed] * np.abs(grades[directed]).T).T
    return signed


def _grade(network: Streets) -> NDArray[np.float64]:
    """Grade of each edge as drawn: the tagged incline where there is a number, else the elevation's."""
    tagged = quantity(network.ways["incline"], grade).values[network.way]
    return np.where(np.isnan(tagged), _signed(_tagged_direction(network), network.grade), tagged)


def _ferry_ms(network: Streets) -> NDArray[np.float64]:
    """Speed of each ferry way, NaN for streets: its length over the tagged duration, else an assumption."""
    ways = network.ways
    is_ferry = ((ways["route"] == "ferry") & ways["highway"].isna()).to_numpy()
    whole_m = np.bincount(network.way, network.length_m, minlength=len(ways))
    crossing_s = quantity(ways["duration"], duration_s).values
    speed_ms = np.where(np.isnan(crossing_s), FERRY_KMH / KMH_PER_MS, whole_m / crossing_s)
    return np.where(is_ferry, speed_ms, np.nan)


def _looked_up(numbers: Mapping[str, float], otherwise: float, value: str) -> float:
    return numbers.get(value, otherwise)
