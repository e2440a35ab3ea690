"""A scenario applied to a workspace's layers: the layers as they would be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import Fault, InputError, ScenarioError, TesomaError
from tesoma_geo.inputs.layers import Inputs
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.streets.edits import network_with_links
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.transit.edits import HeadwayChanged, LineAdded, LineRemoved, StopMoved
from tesoma_geo.network.transit.timetable import TimetableEdit
from tesoma_geo.scenarios.scenario import (
    CostsEntry,
    DrawnPlace,
    EntranceEntry,
    LineEntry,
    Lonlat,
    Scenario,
    ServiceEntry,
)
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.tables import SERVICES, checked

Step = Callable[[Inputs], Inputs]

#: Services that a scenario opens have ids that begin so.
OPENED = "scenario:"


def edited(inputs: Inputs, scenario: Scenario) -> Inputs:
    """The layers after a scenario; those given stay as they are.

    New streets come first, so that costs and entrances may concern the streets that they meet.

    Parameters
    ----------
    inputs
        The layers as they are.
    scenario
        What changes.

    Returns
    -------
    Inputs
        The layers as they would be.

    Raises
    ------
    ScenarioError
        With every change that cannot be made.
    """
    faults: list[Fault] = []
    for key, step in _steps(scenario):
        try:
            inputs = step(inputs)
        except TesomaError as error:
            faults += error.faults or (Fault(key, error.problem, error.remedy),)
    if faults:
        raise ScenarioError(faults)
    return inputs


def _steps(scenario: Scenario) -> Iterator[tuple[str, Step]]:
    """What is to be done, with the key that it stands at."""
    if scenario.links:
        yield "links", partial(_with_links, scenario)
    for number, costs in enumerate(scenario.costs):
        yield f"costs.{number}", partial(_with_costs, scenario, costs, f"costs.{number}")
    for number, service in enumerate(scenario.services):
        yield f"services.{number}", partial(_with_service, service, f"{OPENED}{number}", scenario.path.name)
    for number, entrance in enumerate(scenario.entrances):
        yield f"entrances.{number}", partial(_with_entrance, entrance)
    for key, edit in _timetable_edits(scenario):
        yield key, partial(_with_timetable, edit)


def _timetable_edits(scenario: Scenario) -> Iterator[tuple[str, TimetableEdit]]:
    """Changes of the timetable: what there is first, so that new lines stay as they are described."""
    for number, headway in enumerate(scenario.headways):
        yield f"headways.{number}", HeadwayChanged(**headway.model_dump())
    for number, stop in enumerate(scenario.stops):
        yield f"stops.{number}", StopMoved(**stop.model_dump())
    for number, line in enumerate(scenario.lines):
        yield f"lines.{number}", _line_edit(line)


def _line_edit(line: LineEntry) -> TimetableEdit:
    if line.remove:
        return LineRemoved(line.remove)
    return LineAdded(**line.model_dump(exclude={"remove"}))


def _with_timetable(edit: TimetableEdit, inputs: Inputs) -> Inputs:
    if inputs.timetable is None:
        remedy = "Add [transit] and the profile transit to the workspace, or take the change away"
        raise InputError("the workspace has no timetable in use", remedy)
    return replace(inputs, timetable=edit.applied(inputs.timetable))


def _with_links(scenario: Scenario, inputs: Inputs) -> Inputs:
    before = inputs.network
    links = gpd.GeoDataFrame(
        pd.concat([_links(scenario, number, before) for number in range(len(scenario.links))], ignore_index=True)
    )
    network = network_with_links(before, links, scenario.join_m)
    new = network.way[before.n_edges :] - len(before.ways)
    used = np.zeros(len(links), bool)
    for profile in inputs.profiles:
        costs = edge_costs(network, profile)
        passable = np.isfinite(costs.forward_s) | np.isfinite(costs.backward_s)
        used[new[passable[before.n_edges :] & (new >= 0)]] = True
    if not used.all():
        row = int(np.flatnonzero(~used)[0])
        problem = f"link {row}, highway = {links['highway'][row]!r}, is for none of the workspace's ways of moving"
        raise InputError(problem, "Correct its tags, such as highway, access or surface")
    return replace(inputs, network=network)


def _links(scenario: Scenario, number: int, network: StreetNetwork) -> gpd.GeoDataFrame:
    """New streets of one entry: a row a line, with tags as columns."""
    links, key = scenario.links[number], f"links.{number}"
    known = [column for column in network.ways.columns if column != "osm_id"]
    strange = [tag for tag in links.tags if tag not in known]
    if strange:
        raise ScenarioError([Fault(f"{key}.tags", f"{strange[0]!r} is no tag that is read", f"Use {', '.join(known)}")])
    drawn = _drawn(links, scenario, key, network.crs)
    drawn = drawn.explode(ignore_index=True)
    tags = {tag: drawn[tag] for tag in known if tag in drawn} | links.tags
    return gpd.GeoDataFrame(pd.DataFrame(tags, index=drawn.index), geometry=drawn.geometry)


def _drawn(shape: DrawnPlace, scenario: Scenario, key: str, crs: str) -> gpd.GeoDataFrame:
    """What a shape is, in the metric CRS."""
    if shape.source is not None:
        path = scenario.path.parent / shape.source
        return read_layer(path, key=key, crs=crs, layer=shape.layer, where=shape.where).table
    if shape.line is not None:
        drawn: shapely.Geometry = shapely.LineString(_metric(shape.line, crs))
    else:
        drawn = shapely.make_valid(shapely.Polygon(_metric(shape.area or (), crs)))
    return gpd.GeoDataFrame(geometry=[drawn], crs=crs)


def _metric(places: tuple[Lonlat, ...], crs: str) -> NDArray[np.float64]:
    lon, lat = np.array(places, float).T
    return np.column_stack(to_metric(lon, lat, crs))


def _with_costs(scenario: Scenario, costs: CostsEntry, key: str, inputs: Inputs) -> Inputs:
    network, known = inputs.network, [profile.name for profile in inputs.profiles]
    strange = [name for name in costs.profiles if name not in known]
    if strange:
        problem = f"{strange[0]!r} is none of the workspace's ways of moving on streets"
        raise ScenarioError([Fault(f"{key}.profiles", problem, f"Use {', '.join(known)}")])
    drawn = None if costs.ways else _drawn(costs, scenario, key, network.crs)
    edges = _on_ways(network, costs.ways) if drawn is None else _in_place(network, drawn, costs.within_m)
    # Passing the whole stretch costs the whole delay, however many edges it has.
    stretch_m = _mapped_m(network, edges) if drawn is None else float(drawn.length.sum())
    delay_s = costs.delay_s * network.length_m[edges] / max(stretch_m, 1.0)
    change = CostChange(edges, np.inf if costs.closed else costs.factor, delay_s, frozenset(costs.profiles))
    return replace(inputs, network=network.with_change(change))


def _mapped_m(network: StreetNetwork, edges: NDArray[np.intp]) -> float:
    """Length of edges without the pieces that lie beside them where links meet them."""
    new = network.is_new_node
    mapped = ~new[network.tail[edges]] & ~new[network.head[edges]]
    return float(network.length_m[edges][mapped].sum())


def _on_ways(network: StreetNetwork, ways: tuple[int, ...]) -> NDArray[np.intp]:
    osm_id = network.ways["osm_id"].to_numpy()
    mapped = osm_id[: len(osm_id) - network.n_new_ways]
    missing = [way for way in ways if way not in mapped]
    if missing:
        raise InputError(f"way {missing[0]} is no street of the study area", "Name ways of OpenStreetMap there")
    return np.flatnonzero(np.isin(osm_id[network.way], ways) & network.is_mapped)


def _in_place(network: StreetNetwork, drawn: gpd.GeoDataFrame, within_m: float) -> NDArray[np.intp]:
    """Mapped edges with half of their length or more in a place; lines are as wide as ``within_m`` on each side."""
    is_area = drawn.geom_type.isin(["Polygon", "MultiPolygon"])
    place = shapely.union_all(drawn.geometry.where(is_area, drawn.buffer(within_m)).to_numpy())
    met = np.sort(shapely.STRtree(network.segments).query(place, predicate="intersects"))
    inside_m = shapely.length(shapely.intersection(network.segments[met], place))
    mapped = network.is_mapped[met]
    edges: NDArray[np.intp] = met[mapped & (2 * inside_m >= shapely.length(network.segments[met]))]
    if not len(edges):
        raise InputError(
            "no street lies in the place", "Draw it along the streets, longitudes first, or widen within_m"
        )
    return edges


def _with_service(service: ServiceEntry, service_id: str, source: str, inputs: Inputs) -> Inputs:
    services = inputs.services
    if service.remove:
        closing = (services["service_id"] == service.remove).to_numpy()
        if not closing.any():
            raise InputError(f"there is no service {service.remove!r}", "Name a service_id of services.parquet")
        return replace(inputs, services=services[~closing].reset_index(drop=True))
    place = _placed(inputs, service)
    opened = {"service_id": service_id, "kind": service.kind, "name": service.name, "source": source}
    row = gpd.GeoDataFrame(pd.DataFrame([opened], dtype=object), geometry=[place], crs=services.crs)
    table = gpd.GeoDataFrame(pd.concat([services, row], ignore_index=True))
    return replace(inputs, services=checked(table, SERVICES, "services"))


def _with_entrance(entrance: EntranceEntry, inputs: Inputs) -> Inputs:
    place = _placed(inputs, entrance)
    far_m = float(shapely.distance(inputs.network.segments, place).min())
    if far_m > inputs.workspace.network.max_snap_m:
        raise InputError(f"it lies {far_m:.0f} m from the nearest street", "Move it to a street, or add a link to it")
    row = gpd.GeoDataFrame({"entrance": [len(inputs.hub) + 1]}, geometry=[place], crs=inputs.hub.crs)
    return replace(inputs, hub=gpd.GeoDataFrame(pd.concat([inputs.hub, row], ignore_index=True)))


def _placed(inputs: Inputs, where: ServiceEntry | EntranceEntry) -> shapely.Point:
    """A place of the study area, in the metric CRS."""
    lon, lat = np.array([where.lon, where.lat], float)
    place = shapely.Point(*to_metric(lon, lat, inputs.workspace.district.crs))
    if not place.within(inputs.study_area):
        problem = f"{where.lon}, {where.lat} (lon lat) lies outside the district and its surroundings"
        raise InputError(problem, "Correct the place: longitude is lon, latitude is lat")
    return place
