"""How much traffic stresses who cycles: levels 1 to 4 of each way, by direction, from its tags.

The tables are those of Mekuria, Furth and Nixon (2012), Low-Stress Bicycling and Network Connectivity, Mineta
Transportation Institute report 11-19: 1 suits children, 2 most adults, 3 the confident, 4 few. What OpenStreetMap
does not tell is assumed, as published tools do (Conveyal's R5, Bike Ottawa's stress model; read 2026-11), and
every assumption is named beside the level that rests on it.
"""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.countries import Country
from tesoma_geo.network.streets.access_tags import CLOSED, OPEN, RESTRICTED, deciding_value, tag_column
from tesoma_geo.network.streets.directions import CONTRAFLOW, CYCLEWAYS, NOT_ONEWAY, ONEWAY, REVERSED
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.quantities import quantity, speed_kmh

Levels = NDArray[np.uint8]

#: Classes that cars do not use unless a tag says so, apart from tracks.
CAR_FREE = frozenset(
    {"cycleway", "path", "footway", "pedestrian", "steps", "bridleway", "corridor", "platform", "pier", "elevator"}
)
#: Classes whose traffic is that of a neighbourhood: "residential" in the tables.
NEIGHBOURHOOD = frozenset({"residential", "living_street"})
#: Limits where none is tagged, in km/h: by class, an assumption of built-up areas.
ASSUMED_KMH = {
    "motorway": 100.0, "motorway_link": 80.0, "trunk": 80.0, "trunk_link": 60.0, "primary": 60.0, "primary_link": 60.0,
    "secondary": 50.0, "secondary_link": 50.0, "tertiary": 50.0, "tertiary_link": 50.0, "unclassified": 50.0,
    "residential": 40.0, "living_street": 20.0, "service": 20.0, "track": 20.0,
}  # fmt: skip
OTHER_KMH = 50.0
#: Of paths that a tag opens to cars.
PATH_KMH = 20.0
#: Lanes where none are tagged: one each way.
TWO_WAY_LANES, ONE_WAY_LANES = 2.0, 1.0
#: Limits up to which a street counts as one of 25, 30 and 35 mph, in km/h: 40, 50 (30 mph is 48) and below 64.
SLOW_KMH, TOWN_KMH, FAST_KMH = 40.0, 50.0, 64.0
TRACKS = frozenset({"track", "opposite_track"})
LANES = frozenset({"lane", "opposite_lane", "yes", "opposite"})

#: Why a level is what it is, by the number that :func:`traffic_stress` gives.
REASONS = ("no motor traffic", "a track of its own", "a lane of its own", "among the traffic")
#: What was assumed, by its bit.
ASSUMPTIONS = {1: "speed limit by class", 2: "one lane each way", 4: "width of the lane, and no parked cars beside it"}


def traffic_stress(ways: pd.DataFrame, country: Country) -> pd.DataFrame:
    """The level of traffic stress of each way, as drawn and against it.

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    country
        What words of ``maxspeed`` stand for, and on which side one drives.

    Returns
    -------
    DataFrame
        With the index of ``ways``: ``forward`` and ``backward``, uint8 from 1 to 4; ``forward_reason`` and
        ``backward_reason``, places in :data:`REASONS`; ``assumed``, bits of :data:`ASSUMPTIONS`.
    """
    limit_kmh, tagged_limit = _limits(ways, country)
    lanes, tagged_lanes = _number_of_lanes(ways)
    free = _without_cars(ways)
    mixed = _among_traffic(ways, limit_kmh, lanes)
    in_lane = _beside_traffic(ways, limit_kmh, lanes)
    columns: dict[str, NDArray[np.uint8]] = {}
    any_lane = np.zeros(len(ways), bool)
    for direction, (track, lane) in _own_ways(ways, country).items():
        reason = np.where(free, 0, np.where(track, 1, np.where(lane, 2, 3))).astype(np.uint8)
        level = np.where(reason == 2, np.minimum(in_lane, mixed), np.where(reason == 3, mixed, 1))
        columns[direction], columns[f"{direction}_reason"] = level.astype(np.uint8), reason
        any_lane |= reason == 2
    among = (columns["forward_reason"] >= 2) | (columns["backward_reason"] >= 2)
    assumed = 1 * (among & ~tagged_limit) + 2 * (among & ~tagged_lanes) + 4 * any_lane
    return pd.DataFrame({**columns, "assumed": assumed.astype(np.uint8)}, index=ways.index)


def crossing_stress(ways: pd.DataFrame, country: Country) -> Levels:
    """The level of crossing each way where no signal stops its traffic; 1 where no cars are on it.

    Parameters
    ----------
    ways
        Tag columns, a row a way.
    country
        What words of ``maxspeed`` stand for.

    Returns
    -------
    uint8 array of shape (number of ways,)
        The table for crossings without a median refuge: refuges are rarely mapped.
    """
    limit_kmh, _ = _limits(ways, country)
    lanes, _ = _number_of_lanes(ways)
    speed = np.digitize(limit_kmh, [SLOW_KMH, TOWN_KMH, FAST_KMH], right=True)
    wide = np.digitize(lanes, [3.0, 5.0], right=True)
    table = np.array([[1, 2, 4], [1, 2, 4], [2, 3, 4], [3, 4, 4]], np.uint8)
    return np.where(_without_cars(ways), 1, table[speed, wide]).astype(np.uint8)


def _limits(ways: pd.DataFrame, country: Country) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Speed limits in km/h, the higher of both directions, and where one is tagged."""
    read = partial(speed_kmh, implicit_kmh=country.speeds_kmh)
    limit = np.full(len(ways), np.nan)
    for keys in (("maxspeed:forward", "maxspeed:backward"), ("maxspeed",), ("maxspeed:type",), ("zone:maxspeed",),
                 ("source:maxspeed",)):  # fmt: skip
        given = np.fmax.reduce([quantity(tag_column(ways, key), read).values for key in keys])
        limit = np.where(np.isnan(limit), given, limit)
    tagged = ~np.isnan(limit)
    kind = tag_column(ways, "highway")
    by_class = kind.map({**dict.fromkeys(CAR_FREE, PATH_KMH), **ASSUMED_KMH}).astype(float).fillna(OTHER_KMH).to_numpy()
    return np.where(tagged, limit, by_class), tagged


def _number_of_lanes(ways: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Lanes of both directions together, and where they are tagged."""
    lanes = quantity(tag_column(ways, "lanes"), _lanes).values
    one_way = tag_column(ways, "oneway").isin(ONEWAY | REVERSED).to_numpy(bool)
    tagged = ~np.isnan(lanes)
    return np.where(tagged, lanes, np.where(one_way, ONE_WAY_LANES, TWO_WAY_LANES)), tagged


def _lanes(text: str) -> float:
    """``2``, ``2;1`` (their sum), ``1.5``; NaN for others, and for none."""
    try:
        total = sum(float(part) for part in text.split(";"))
    except ValueError:
        return float("nan")
    return total if 0 < total < np.inf else float("nan")


def _without_cars(ways: pd.DataFrame) -> NDArray[np.bool_]:
    kind, tag = tag_column(ways, "highway"), deciding_value(ways, "car")
    by_class = (kind.isin(CAR_FREE) | kind.isna()).to_numpy(bool)
    # A path that some may drive on to their plots has hardly any cars: an assumption.
    closed = tag.isin(CLOSED).to_numpy(bool)
    return closed | (by_class & ~tag.isin(OPEN - RESTRICTED).to_numpy(bool))


def _among_traffic(ways: pd.DataFrame, limit_kmh: NDArray[np.float64], lanes: NDArray[np.float64]) -> Levels:
    """The table of mixed traffic: by speed limit, lanes of both directions, and kind of street."""
    kind = tag_column(ways, "highway")
    calm = kind.isin(NEIGHBOURHOOD).to_numpy(bool)
    speed = np.digitize(limit_kmh, [SLOW_KMH, TOWN_KMH], right=True)
    wide = np.digitize(lanes, [3.0, 5.0], right=True)
    table = np.array([[2, 3, 4], [3, 4, 4], [4, 4, 4]], np.uint8)
    level = table[speed, wide]
    level = np.where(calm & (wide == 0) & (speed <= 1), level - 1, level)
    # A track for tractors has hardly any cars; a driveway or car park has slow ones that turn: assumptions.
    level = np.where((kind == "track").to_numpy(bool) & (speed == 0), 1, level)
    slow = kind.isin(CAR_FREE | {"service"}).to_numpy(bool) & (speed <= 1)
    return np.where(slow, 2, level).astype(np.uint8)


def _beside_traffic(ways: pd.DataFrame, limit_kmh: NDArray[np.float64], lanes: NDArray[np.float64]) -> Levels:
    """The table of bicycle lanes without parked cars beside them, of good width, seldom blocked: the worst of two."""
    one_way = tag_column(ways, "oneway").isin(ONEWAY | REVERSED).to_numpy(bool)
    ahead = np.where(one_way, lanes, np.ceil(lanes / 2.0))
    by_speed = np.array([1, 3, 4], np.uint8)[np.digitize(limit_kmh, [TOWN_KMH, FAST_KMH], right=True)]
    return np.maximum(by_speed, np.where(ahead > 1, 3, 1)).astype(np.uint8)


def _own_ways(ways: pd.DataFrame, country: Country) -> dict[str, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Whether each direction has a track, and whether it has a lane."""
    by_direction = {way: (np.zeros(len(ways), bool), np.zeros(len(ways), bool)) for way in ("forward", "backward")}
    for key in CYCLEWAYS:
        value = tag_column(ways, key)
        if not value.notna().any():
            continue
        leads = _leads(ways, key, value, country)
        for direction, along in zip(("forward", "backward"), leads, strict=True):
            for place, kind in enumerate((TRACKS, LANES)):
                by_direction[direction][place][:] |= value.isin(kind).to_numpy(bool) & along
    return by_direction


def _leads(ways: pd.DataFrame, key: str, value: pd.Series, country: Country) -> tuple[NDArray[np.bool_], ...]:
    """Whether a lane or track that a key tells of leads as the way is drawn, and against it."""
    one_way, own = tag_column(ways, "oneway"), tag_column(ways, f"{key}:oneway")
    drawn_only, against_only = one_way.isin(ONEWAY).to_numpy(bool), one_way.isin(REVERSED).to_numpy(bool)
    # Beside two-way traffic each side leads as the traffic beside it, beside one-way traffic both do.
    near = "cycleway:left" if country.left_hand else "cycleway:right"
    both_sides = key in ("cycleway", "cycleway:both")
    forward = np.where(drawn_only | against_only, drawn_only, both_sides or key == near)
    backward = np.where(drawn_only | against_only, against_only, both_sides or key != near)
    opposite = value.isin(CONTRAFLOW).to_numpy(bool) & (drawn_only | against_only)
    forward, backward = np.where(opposite, backward, forward), np.where(opposite, forward, backward)
    reverse, two_way = own.isin(REVERSED).to_numpy(bool), own.isin(NOT_ONEWAY).to_numpy(bool)
    return (forward & ~reverse) | two_way, backward | reverse | two_way


def edge_stress(network: Streets) -> tuple[Levels, Levels]:
    """The level of each edge of a network, as drawn and against it: its own, and that of the crossing at its end.

    A street with traffic is crossed at a node where two of its arms or more meet and no signal stands; who comes
    along it crosses nothing. Signals that are mapped at the stop lines, not at the crossing, are not seen.

    Parameters
    ----------
    network
        The streets, at the moment that they are of.

    Returns
    -------
    forward, backward : uint8 arrays of shape (m,)
    """
    way, levels = network.way, traffic_stress(network.ways_now, network.country_rules)
    at = crossing_stress(network.ways_now, network.country_rules)[way]
    arms = np.concatenate([network.tail, network.head])
    of_arm = np.concatenate([at, at])
    crossed = np.ones(network.n_nodes, np.uint8)
    for level in (2, 3, 4):
        passes = np.bincount(arms[of_arm >= level], minlength=network.n_nodes) >= 2
        crossed[passes] = level
    crossed[_signals(network)] = 1
    by_end = []
    for direction, end in (("forward", network.head), ("backward", network.tail)):
        own = levels[direction].to_numpy()[way]
        by_end.append(np.where(crossed[end] > at, np.maximum(own, crossed[end]), own).astype(np.uint8))
    return by_end[0], by_end[1]


def _signals(network: Streets) -> NDArray[np.int64]:
    """Nodes with traffic signals."""
    tags = network.node_tags
    lit = (tag_column(tags, "highway") == "traffic_signals") | (tag_column(tags, "crossing") == "traffic_signals")
    nodes: NDArray[np.int64] = tags["node"].to_numpy()[lit.to_numpy(bool)]
    return nodes
