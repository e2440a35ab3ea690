"""Impedance: tags + grade + profile → seconds on every edge, in both directions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.countries import Country
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.access_tags import tag_column
from tesoma_geo.network.streets.barrier_nodes import LEAST_S
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.permissions import Permission, behind_restricted
from tesoma_geo.network.streets.profiles import KMH_PER_MS, Profile
from tesoma_geo.network.streets.quantities import duration_s, grade, positive_m, quantity, speed_kmh
from tesoma_geo.network.streets.slope import pushing_multiplier, slope_multiplier
from tesoma_geo.network.streets.traffic_stress import edge_stress
from tesoma_geo.network.streets.unknown_tags import DRAWN_TAGS, UnknownTags

#: Assumption: a ferry's speed where its duration is not tagged.
FERRY_KMH = 10.0
#: Where a limit stands as a word, in the order in which they are read: the first that is a speed counts.
LIMITS = ("maxspeed", "maxspeed:type", "zone:maxspeed", "source:maxspeed")
#: Where roads tell of a pavement that is mapped as a way of its own.
PAVEMENTS = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
#: Tags of nodes whose delays stand on edges of their own; see :mod:`tesoma_geo.network.streets.barrier_nodes`.
AT_BARRIERS = frozenset({"barrier", "kerb"})
#: What :func:`tesoma_geo.network.streets.barriers.barrier_costs` tells of nodes already.
OF_BARRIERS: Mapping[str, float] = {"elevator": 0.0}
#: Ways beside or across roads: a pedestrian crossing delays people on these, not those who walk along the road.
PATH_CLASSES = frozenset({"footway", "cycleway", "path", "pedestrian", "steps", "track", "bridleway", "corridor"})


@dataclass(frozen=True, eq=False)
class EdgeCosts:
    """Seconds on every edge; ``inf`` where the profile cannot go.

    Attributes
    ----------
    forward_s, backward_s
        From tail to head and from head to tail, float32, shape (m,).
    restricted
        Edges for those who live there or have business there: a trip may begin or end on them, not pass
        through, shape (m,).
    opened
        For each edge how many of the first edges there must be for it to be public as well, though restricted: with
        streets that were added later; 0 where none opens it, shape (m,). None for none.
    passed
        Edges that are restricted in the other direction alone: passed by everybody as drawn, and against it, shapes
        (m,). None for none.
    """

    forward_s: NDArray[np.float32]
    backward_s: NDArray[np.float32]
    restricted: NDArray[np.bool_]
    opened: NDArray[np.int32] | None = None
    passed: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None

    def kept_in(self, grown: "EdgeCosts", piece_of: NDArray[np.int32]) -> "EdgeCosts":
        """These costs where streets were added, whatever the edges would cost anew; pieces cost as their edges do.

        Parameters
        ----------
        grown
            Costs of all edges, those added among them.
        piece_of
            The edge that each is a piece of, -1 for none, shape (m,).

        Returns
        -------
        EdgeCosts
            Of the m edges of ``grown``; what is restricted or opened is as there.
        """
        n_edges, whole = len(self.forward_s), np.maximum(piece_of, 0)
        both_ways = []
        for mine, fresh in ((self.forward_s, grown.forward_s), (self.backward_s, grown.backward_s)):
            seconds = fresh.copy()
            with np.errstate(invalid="ignore", divide="ignore"):
                share = mine / fresh[:n_edges]
            share[~np.isfinite(share)] = np.where(np.isinf(mine), np.inf, 1.0)[~np.isfinite(share)]
            seconds[:n_edges] = mine
            for edge in range(n_edges, len(seconds)) if (share != 1).any() else ():
                if piece_of[edge] >= 0:
                    part = share[whole[edge]] if whole[edge] < n_edges else 1.0
                    seconds[edge] = np.inf if np.isinf(part) else fresh[edge] * part
            both_ways.append(seconds)
        return replace(grown, forward_s=both_ways[0], backward_s=both_ways[1])

    def open_as(self, former: "EdgeCosts") -> bool:
        """Whether the same streets are open and restricted as before others were added.

        Parameters
        ----------
        former
            Costs before, of the first of the edges.

        Returns
        -------
        bool
            Whatever passing them costs.
        """
        n_edges = len(former.forward_s)
        pairs = (
            (np.isfinite(self.forward_s[:n_edges]), np.isfinite(former.forward_s)),
            (np.isfinite(self.backward_s[:n_edges]), np.isfinite(former.backward_s)),
            (self.restricted[:n_edges], former.restricted),
            *zip((one[:n_edges] for one in self.shut(n_edges)), former.shut(n_edges), strict=True),
        )
        return all(np.array_equal(*pair) for pair in pairs)

    def shut(self, n_edges: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Restricted edges that nobody passes through as drawn, and against it, where there are the first edges alone.

        Parameters
        ----------
        n_edges
            How many of the edges there are.

        Returns
        -------
        tuple of bool arrays of shape (m,)
        """
        shut = self.restricted & ~self.opened_among(n_edges)
        return (shut, shut) if self.passed is None else (shut & ~self.passed[0], shut & ~self.passed[1])

    def opened_among(self, n_edges: int) -> NDArray[np.bool_]:
        """Restricted edges that are public as well where there are the first edges alone.

        Parameters
        ----------
        n_edges
            How many of the edges there are.

        Returns
        -------
        bool array of shape (m,)
            What later additions open is not among them.
        """
        if self.opened is None:
            return np.zeros(len(self.restricted), bool)
        is_opened: NDArray[np.bool_] = (self.opened > 0) & (self.opened <= n_edges)
        return is_opened


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
    pushed = allowed == Permission.PUSHED
    forward_open, backward_open = forward_open | pushed, backward_open | pushed
    usable = (np.isfinite(multiplier) & (forward_open | backward_open))[way]
    walked, shut = _too_stressful(network, profile, pushed)
    for change in network.changes:
        if change.concerns(profile.name):
            usable &= np.isfinite(change.applied(np.zeros(len(way), np.float32)))
    delay_s = _delays_s(network, profile, usable)
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
    ahead, behind = ((one & ~pushed)[way] for one in network.rules.restricted_directions(profile.mode))
    private = (ahead & behind) | network.rules.is_restricted_barrier(profile.mode, network.n_edges)
    restricted, opened = _restricted(network, open_, private)
    partly = open_ & (ahead ^ behind) & ~restricted
    passed = (partly & ~ahead, partly & ~behind) if partly.any() else None
    return EdgeCosts(costs[0], costs[1], restricted | partly, opened, passed)


def _too_stressful(
    network: Streets, profile: Profile, pushed: NDArray[np.bool_]
) -> tuple[dict[str, NDArray[np.bool_]], dict[str, NDArray[np.bool_]]]:
    """Edges where a bicycle is pushed, and those where it cannot be, by direction, shapes (m,)."""
    walked = dict.fromkeys(("forward", "backward"), pushed[network.way])
    shut = dict.fromkeys(walked, np.zeros(network.n_edges, bool))
    if profile.max_stress is None or profile.mode != "bicycle":
        return walked, shut
    on_foot = profile.model_copy(update={"mode": "foot"})
    afoot = (network.rules.permissions(on_foot, network.country) != Permission.CLOSED)[network.way]
    for suffix, level in zip(walked, edge_stress(network), strict=True):
        stressful = level > profile.max_stress
        walked[suffix] = walked[suffix] | (stressful & afoot)
        shut[suffix] = stressful & ~walked[suffix]
    return walked, shut


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
        factor = _by_value(ways[tag], partial(_looked_up, factors, unknown), unknown)
        if tag == "highway" and profile.wheelchair_tags:
            ramped = (ways["ramp:wheelchair"] == "yes").to_numpy()
            factor = np.where(ramped & np.isinf(factor), 1.0, factor)
        multiplier *= factor
    if profile.separate_pavement_factor != 1.0:
        beside = np.zeros(len(ways), bool)
        for key in PAVEMENTS:
            beside |= (tag_column(ways, key) == "separate").to_numpy(bool)
        multiplier[beside] *= profile.separate_pavement_factor
    return multiplier


def _too_narrow(ways: pd.DataFrame, profile: Profile) -> NDArray[np.bool_]:
    """Ways that are narrower or lower than the profile needs."""
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
    by_class = _by_value(ways["highway"], partial(_looked_up, profile.class_speeds_kmh, fallback_kmh), fallback_kmh)
    read = partial(speed_kmh, implicit_kmh=country.speeds_kmh)
    limit_kmh = np.full(len(ways), np.nan)
    for key in (f"maxspeed:{direction}", *LIMITS):
        limit_kmh = np.where(np.isnan(limit_kmh), quantity(tag_column(ways, key), read).values, limit_kmh)
    way_kmh = np.where(np.isnan(limit_kmh), by_class, limit_kmh)
    return way_kmh * profile.limit_share / KMH_PER_MS


def _slope(grades: NDArray[np.float64], profile: Profile, pushed: NDArray[np.bool_]) -> NDArray[np.float64]:
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
    float32 array of shape (2, m, draws)
        From tail to head, and back; 1 where a tag tells the incline, and on ferries; ``inf`` where it is too steep.
    """
    pushed = (network.rules.permissions(profile, network.country) == Permission.PUSHED)[network.way]
    fixed = ~np.isnan(quantity(network.ways["incline"], grade).values[network.way])
    fixed |= ~np.isnan(_ferry_ms(network))[network.way] | network.is_barrier
    given = elevations_m.astype(float).T
    rise_m = np.nan_to_num(given[network.head] - given[network.tail])
    grades = _signed(network, rise_m / np.maximum(network.length_m, 1.0)[:, None])
    slopes = np.ones((2, network.n_edges, len(elevations_m)), np.float32)
    for direction, sign in enumerate((1.0, -1.0)):
        slopes[direction, ~fixed] = _slope(sign * grades[~fixed], profile, pushed[~fixed])
    return slopes


def _signed(network: Streets, grades: NDArray[np.float64]) -> NDArray[np.float64]:
    """Grades of edges from tail to head, upwards or downwards where a tag says which; shape (m, …)."""
    incline = network.ways["incline"]
    direction = _by_value(incline, partial(_looked_up, {"up": 1.0, "down": -1.0}, np.nan), np.nan)[network.way]
    directed = ~np.isnan(direction)
    signed = grades.copy()
    signed[directed] = (direction[directed] * np.abs(grades[directed]).T).T
    return signed


def _grade(network: Streets) -> NDArray[np.float64]:
    """Grade of each edge as drawn: the tagged incline where there is a number, else the elevation's."""
    tagged = quantity(network.ways["incline"], grade).values[network.way]
    return np.where(np.isnan(tagged), _signed(network, network.grade), tagged)


def _ferry_ms(network: Streets) -> NDArray[np.float64]:
    """Speed of each ferry way, NaN for streets: its length over the tagged duration, else an assumption."""
    ways = network.ways
    is_ferry = ((ways["route"] == "ferry") & ways["highway"].isna()).to_numpy()
    whole_m = np.bincount(network.way, network.length_m, minlength=len(ways))
    crossing_s = quantity(ways["duration"], duration_s).values
    speed_ms = np.where(np.isnan(crossing_s), FERRY_KMH / KMH_PER_MS, whole_m / crossing_s)
    return np.where(is_ferry, speed_ms, np.nan)


def _delays_s(network: Streets, profile: Profile, usable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Seconds lost at both ends of each edge: half of each end's delay, so that passing costs the whole."""
    on_paths = network.ways["highway"].isin(PATH_CLASSES).to_numpy()[network.way]
    everywhere, at_paths, at_roads = (np.zeros(network.n_nodes) for _ in range(3))
    nodes, split = network.node_tags["node"].to_numpy(), np.zeros(network.n_nodes, bool)
    for ends in (network.tail, network.head):  # what closes these stands on their edges
        split[network.stands_for[ends[network.is_barrier]]] = True
    for tag, delays in profile.node_delays_s.items():
        if tag in AT_BARRIERS:
            continue
        if tag not in network.node_tags:
            known = ", ".join(name for name in network.node_tags.columns if name != "node")
            raise InputError(f"node_delays_s.{tag}: nodes are not read for the tag {tag}", f"Use one of {known}")
        seconds = _by_value(network.node_tags[tag], partial(_longest, {**delays, **OF_BARRIERS}), 0.0)
        seconds[np.isinf(seconds) & split[nodes]] = 0.0
        kind = {"crossing": at_paths, "highway": at_roads}.get(tag, everywhere)
        kind[nodes] = np.maximum(kind[nodes], seconds)
    total = np.zeros(network.n_edges)
    for end in (network.tail, network.head):
        total += 0.5 * (everywhere[end] + np.where(on_paths, at_paths[end], at_roads[end]))
    if profile.intersection_s:
        total += junction_delays_s(network, profile, usable)
    return total


def junction_delays_s(network: Streets, profile: Profile, usable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Seconds lost at junctions without signals at both ends of each edge, half of each end's, shape (m,).

    Streets that are added make no junction for those that were there.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how.
    usable
        Edges that the profile uses, shape (m,).

    Returns
    -------
    float64 array of shape (m,)
        0 where the profile has no ``intersection_s``, and along paths.
    """
    unsignalled = np.ones(network.n_nodes, bool)
    if "highway" in profile.node_delays_s:
        signals_s = _by_value(
            network.node_tags["highway"], partial(_longest, {**profile.node_delays_s["highway"], **OF_BARRIERS}), 0.0
        )
        unsignalled[network.node_tags["node"].to_numpy()[signals_s > 0]] = False
    on_roads = ~network.ways["highway"].isin(PATH_CLASSES).to_numpy()[network.way]
    delays_s = np.zeros(network.n_edges)
    for edges in network.added.stages(network.n_edges):
        at = _junctions(network, usable, edges.stop) & unsignalled
        for ends in (network.tail[edges], network.head[edges]):
            delays_s[edges] += 0.5 * profile.intersection_s * (at[ends] & on_roads[edges])
    return delays_s


def _junctions(network: Streets, usable: NDArray[np.bool_], n_edges: int) -> NDArray[np.bool_]:
    """Nodes where three usable ones or more of the first edges meet, shape (n,)."""
    tail, head, used = network.tail[:n_edges], network.head[:n_edges], usable[:n_edges]
    kept = {"tail": used, "head": used}
    if network.added.before:
        # Beside an edge that a link meets lie its pieces: at its own ends they are no further streets.
        piece_of = network.added.piece_of[:n_edges]
        whole = np.maximum(piece_of, 0)
        for name, end in (("tail", tail), ("head", head)):
            at_end = (end == network.tail[whole]) | (end == network.head[whole])
            kept[name] = used & ~((piece_of >= 0) & at_end)
    ends = np.concatenate([tail[kept["tail"]], head[kept["head"]]])
    junctions: NDArray[np.bool_] = np.bincount(ends, minlength=network.n_nodes) >= 3
    return junctions


def _looked_up(numbers: Mapping[str, float], otherwise: float, value: str) -> float:
    return numbers.get(value, otherwise)


def _longest(delays: Mapping[str, float], value: str) -> float:
    """The longest delay among the values of a tag such as ``island;traffic_signals``."""
    return max(delays.get(part, 0.0) for part in value.split(";"))


def _by_value(column: pd.Series, number_of: Callable[[str], float], missing: float) -> NDArray[np.float64]:
    """A number for each row of a tag column, worked out once for each distinct value."""
    codes, values = pd.factorize(column)
    return np.array([*(number_of(value) for value in values), missing])[codes]  # code -1, no tag, is the last
