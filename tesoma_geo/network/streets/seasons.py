"""Winter on any profile: ways that are maintained, unmaintained or unknown, and what that costs.

The numbers, with their sources, stand in ``seasons.toml`` beside this file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.conditional import SUMMER
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.profiles import Profile

Network = TypeVar("Network", bound=Streets)

#: The tag column that a network in winter has, and its values.
TAG = "winter_maintenance"
MAINTAINED, UNMAINTAINED, UNKNOWN = "maintained", "unmaintained", "unknown"
#: How far a line of a layer may lie from the way that it is about.
NEAR_LINE_M = 15.0


def in_winter(network: Network, profile: Profile, layer: gpd.GeoDataFrame | None = None) -> tuple[Network, Profile]:
    """The network and the profile in winter; build a router of the two.

    Parameters
    ----------
    network
        The streets.
    profile
        Who travels how; its own factors of ``winter_maintenance``, if it has any, hold.
    layer
        Lines or areas in any CRS with a column ``winter_maintenance`` of ``"maintained"`` or
        ``"unmaintained"``, which tells more than the tags do; see :func:`winter_maintenance`.

    Returns
    -------
    The network with a tag ``winter_maintenance`` on its ways, and the profile with factors for it.
    """
    return snowy_network(network, layer), winter_profile(profile)


def snowy_network(network: Network, layer: gpd.GeoDataFrame | None = None) -> Network:
    """The network in January, with a tag ``winter_maintenance`` on its ways; see :func:`winter_maintenance`.

    Ways that are closed in winter are closed in it, and winter roads are open.

    Parameters
    ----------
    network
        The streets.
    layer
        Lines or areas in any CRS with a column ``winter_maintenance``; None for the tags alone.

    Returns
    -------
    Streets
        Of the network's class.

    Raises
    ------
    InputError
        A faulty layer; see :func:`winter_maintenance`.
    """
    who = winter_maintenance(network, layer)
    if TAG in network.ways:  # a plan says who will clear a way, whatever a layer says of today
        planned = network.ways[TAG].to_numpy(object)
        who = np.where(network.ways[TAG].notna().to_numpy(), planned, who)
    snowy = network.with_ways(network.ways.assign(**{TAG: who}))
    return snowy.at(replace(network.when, month=1, winter=True))


def without_winter(network: Network) -> Network:
    """The network with what is closed or open in winter alone as it is in July.

    Parameters
    ----------
    network
        The streets, in winter or not.

    Returns
    -------
    The same network where it is not one in winter.
    """
    if not network.when.winter:
        return network
    return network.at(replace(network.when, month=SUMMER.month, winter=False))


def winter_profile(profile: Profile) -> Profile:
    """The profile with factors for ``winter_maintenance``, and where they come from.

    Parameters
    ----------
    profile
        Who travels how; its own factors of ``winter_maintenance``, if it has any, hold.

    Returns
    -------
    Profile
        A copy; the added sources have keys that begin with ``winter.``.
    """
    season = _seasons()["winter"]
    factors = {TAG: winter_factors(season, profile), **profile.factors}
    sources = {f"winter.{key}": text for key, text in season["sources"].items()}
    return profile.model_copy(update={"factors": factors, "sources": {**profile.sources, **sources}})


def winter_maintenance(network: Streets, layer: gpd.GeoDataFrame | None = None) -> NDArray[np.object_]:
    """Who clears each way: ``"maintained"``, ``"unmaintained"`` or ``"unknown"``, shape (number of ways,).

    A layer comes before the way's own tags (``winter_service``), these before its class.
    A way is what most of its length is: of each piece the nearest line within 15 m tells, else the area it lies in.

    Parameters
    ----------
    network
        The streets.
    layer
        Lines or areas in any CRS with a column ``winter_maintenance`` of ``"maintained"`` or
        ``"unmaintained"``; None for the tags alone.

    Returns
    -------
    object array of shape (number of ways,)
        One of the three strings for each row of ``network.ways``.

    Raises
    ------
    InputError
        A layer without CRS, without the column, or with other values in it.
    """
    season, ways = _seasons()["winter"], network.ways
    said = np.full(len(ways), UNKNOWN, object)
    for value in (MAINTAINED, UNMAINTAINED):
        said[ways["highway"].isin(season["classes"][value]).to_numpy()] = value
    for tag, meaning in season["tags"].items():
        if tag in ways:
            by_tag = ways[tag].map(meaning)
            said[by_tag.notna().to_numpy()] = by_tag.dropna().to_numpy()
    if layer is not None:
        of_edge = _told_of_edges(network, _checked(layer, network.crs))
        for value in (MAINTAINED, UNMAINTAINED):
            said[_mostly(network, of_edge == value)] = value
    return said


def winter_factors(season: Mapping[str, Any], profile: Profile) -> dict[str, float]:
    """Multipliers of a profile's seconds by who clears the way.

    Parameters
    ----------
    season
        The table ``winter`` of ``seasons.toml``, which names the source of each number.
    profile
        Who travels how.

    Returns
    -------
    dict of str to float
        Value of ``winter_maintenance`` → multiplier, 1 where winter changes nothing.
    """
    own = season["profiles"].get(profile.name) or season["multiplier"].get(profile.mode)
    if own is not None:
        return dict(own)
    per_km = season["extra_min_per_km"][profile.mode]
    return {value: 1.0 + extra_min * profile.speed_kmh / 60.0 for value, extra_min in per_km.items()}


def _checked(layer: gpd.GeoDataFrame, crs: str) -> gpd.GeoDataFrame:
    if layer.crs is None:
        raise InputError("the winter layer has no CRS", "Set it, for example with to_crs or set_crs")
    if TAG not in layer:
        raise InputError(f"the winter layer has no column {TAG}", f"Add it, with {MAINTAINED} or {UNMAINTAINED}")
    strange = set(layer[TAG].dropna()) - {MAINTAINED, UNMAINTAINED}
    if strange:
        raise InputError(f"{TAG} is {sorted(map(str, strange))[0]!r}", f"Use {MAINTAINED} or {UNMAINTAINED}")
    return layer.to_crs(crs)


def _told_of_edges(network: Streets, places: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """What the places say of the middle of each edge; None where they say nothing."""
    middles = shapely.points(
        (network.x[network.tail] + network.x[network.head]) / 2.0,
        (network.y[network.tail] + network.y[network.head]) / 2.0,
    )
    maintenance = np.full(network.n_edges, None, object)
    values, shapes = places[TAG].to_numpy(object), places.geometry.to_numpy()
    lines = shapely.get_dimensions(shapes) == 1
    edge, place = shapely.STRtree(shapes[~lines]).query(middles, predicate="intersects")
    maintenance[edge] = values[~lines][place]
    edge, place = shapely.STRtree(shapes[lines]).query_nearest(middles, max_distance=NEAR_LINE_M, all_matches=False)
    maintenance[edge] = values[lines][place]
    return maintenance


def _mostly(network: Streets, edges: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Ways with more than half of their length in some edges."""
    length_m = np.bincount(network.way, network.length_m, minlength=len(network.ways))
    inside_m = np.bincount(network.way[edges], network.length_m[edges], minlength=len(network.ways))
    mostly: NDArray[np.bool_] = inside_m > length_m / 2.0
    return mostly


@cache
def _seasons() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("seasons.toml").read_text(encoding="utf-8"))
