"""Levels of traffic stress as a table of lines, in words."""

import geopandas as gpd
import numpy as np

from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.permissions import Permission
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.traffic_stress import ASSUMPTIONS, REASONS, traffic_stress


def stress_lines(network: Streets) -> gpd.GeoDataFrame:
    """The level of traffic stress of each way where a bicycle is ridden.

    Parameters
    ----------
    network
        The streets, at the moment that they are of.

    Returns
    -------
    GeoDataFrame
        As :meth:`tesoma_geo.network.StreetNetwork.traffic_stress`.
    """
    levels = traffic_stress(network.ways_now, network.country_rules)
    ridden = network.rules.permissions(default_profiles()["bicycle"], network.country) == Permission.OPEN
    ridden &= np.bincount(network.way[~network.is_barrier], minlength=len(ridden)) > 0  # those that have lines
    lines = network.lines(ridden, ["osm_id", "highway", "name"])
    own = levels[ridden]
    words = {0: ""}
    for bits in range(1, 1 << len(ASSUMPTIONS)):
        words[bits] = "; ".join(said for bit, said in ASSUMPTIONS.items() if bits & bit)
    stress = {name: own[name].to_numpy() for name in ("forward", "backward")}
    stress |= {f"{name}_reason": np.array(REASONS)[own[f"{name}_reason"]] for name in ("forward", "backward")}
    table = lines.assign(**stress, assumed=own["assumed"].map(words).to_numpy())
    return gpd.GeoDataFrame(table[[*(name for name in table.columns if name != "geometry"), "geometry"]])
