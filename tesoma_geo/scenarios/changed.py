"""What a scenario changes, as places on a map: found by laying the layers before and after side by side."""

from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tesoma_geo.crs import to_metric
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.transit.edits import stop_row
from tesoma_geo.scenarios.edits import chosen_edges
from tesoma_geo.scenarios.entries import RampEntry
from tesoma_geo.scenarios.scenario import Scenario

#: What may change: new and closed streets, other costs, new lines, moved stops, services, entrances of the hub,
#: better streets, homes.
KINDS = (
    "link", "closed", "costs", "line", "stop", "service", "service_closed", "entrance",
    "ramps", "lighting", "paving", "winter_maintenance", "homes",
)  # fmt: skip

ChangedPlace = tuple[str, str, shapely.Geometry]


def changed_places(before: Inputs, after: Inputs, scenario: Scenario) -> gpd.GeoDataFrame:
    """New links, streets with other costs, services, entrances, stops and lines: ``what``, ``name``, geometry.

    Parameters
    ----------
    before, after
        The layers without and with the scenario.
    scenario
        What was asked for.

    Returns
    -------
    GeoDataFrame
        In the metric CRS; ``what`` is one of ``KINDS``.
    """
    rows = [
        *_links(before.network, after.network),
        *_improved(before.network, scenario),
        *_costs_changed(before, after, scenario),
        *_services(before.services, after.services, "service_closed"),
        *_services(after.services, before.services, "service"),
        *(("entrance", "", place) for place in after.hub.geometry[len(before.hub) :]),
        *_homes(scenario, before.network.crs),
        *_of_timetable(before, after, scenario),
    ]
    table = pd.DataFrame([row[:2] for row in rows], columns=["what", "name"], dtype=object)
    return gpd.GeoDataFrame(table, geometry=[row[2] for row in rows], crs=before.network.crs)


def _links(before: StreetNetwork, after: StreetNetwork) -> list[ChangedPlace]:
    added = after.n_new_ways - before.n_new_ways
    if not added:
        return []
    new = after.lines(np.arange(len(after.ways)) >= len(after.ways) - added, ["name"])
    return [("link", _text(name), line) for name, line in zip(new["name"], new.geometry, strict=True)]


def _improved(network: StreetNetwork, scenario: Scenario) -> list[ChangedPlace]:
    """Streets that are made better, by the table they stand in."""
    places = []
    for key, better in scenario.improvements:
        edges = chosen_edges(better, scenario, key, network)
        if isinstance(better, RampEntry):
            edges = edges[network.ways["highway"].to_numpy(object)[network.way[edges]] == "steps"]
        places.append((key.split(".")[0], *_costs(network, CostChange(edges))[1:]))
    return places


def _costs_changed(before: Inputs, after: Inputs, scenario: Scenario) -> list[ChangedPlace]:
    """Streets whose costs change; a ramp that is longer than its steps stands among the better ones already."""
    ramps = sum(better.length_m is not None for better in scenario.ramps)
    changes = after.network.changes[len(before.network.changes) + ramps :]
    return [_costs(after.network, change) for change in changes]


def _homes(scenario: Scenario, crs: str) -> list[ChangedPlace]:
    places: list[ChangedPlace] = []
    for homes in scenario.homes:
        lon, lat = np.array(homes.area if homes.area is not None else [(homes.lon, homes.lat)], float).T
        xy = np.column_stack(to_metric(lon, lat, crs))
        shape = shapely.Point(xy[0]) if homes.area is None else shapely.make_valid(shapely.Polygon(xy))
        places.append(("homes", homes.name or "", shape))
    return places


def _costs(network: StreetNetwork, change: CostChange) -> ChangedPlace:
    names = network.ways["name"].iloc[np.unique(network.way[change.edges])].dropna().unique()
    line = shapely.line_merge(shapely.multilinestrings([network.segments[change.edges]])[0])
    return ("closed" if np.isinf(change.factor).all() else "costs", ", ".join(map(str, names[:5])), line)


def _services(those: gpd.GeoDataFrame, these: gpd.GeoDataFrame, what: str) -> list[ChangedPlace]:
    """Those services that are not among these."""
    if those is these:
        return []
    alone = those[~those["service_id"].isin(these["service_id"])]
    return [(what, _text(name) or str(kind), place) for kind, name, place in alone[["kind", "name", "geometry"]].values]


def _of_timetable(before: Inputs, after: Inputs, scenario: Scenario) -> list[ChangedPlace]:
    if after.timetable is None or before.timetable is None or not (scenario.stops or scenario.lines):
        return []
    stops = after.timetable.stops
    at_stops = shapely.points(*to_metric(stops["lon"], stops["lat"], before.network.crs))
    names = stops["name"].tolist()
    row = partial(stop_row, after.timetable)
    moved = [("stop", _text(names[row(stop.stop_id)]), at_stops[row(stop.stop_id)]) for stop in scenario.stops]
    lines = []
    for line in scenario.lines:
        if line.name and line.stops:
            at = [
                stop if isinstance(stop, str) else f"{line.name}/{number}" for number, stop in enumerate(line.stops, 1)
            ]
            lines.append(("line", line.name, shapely.LineString([at_stops[row(stop)] for stop in at])))
    return [*moved, *lines]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
