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
from tesoma_geo.inputs.inputs import Inputs
from tesoma_geo.near_names import instead
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.cost_changes import CostChange
from tesoma_geo.network.streets.edge_costs import EdgeCosts
from tesoma_geo.network.streets.edits import network_with_links
from tesoma_geo.network.streets.impedance import edge_costs
from tesoma_geo.network.streets.profiles import Profile
from tesoma_geo.network.streets.tag_edits import network_with_tags
from tesoma_geo.network.transit.edits import HeadwayChanged, LineAdded, LineRemoved, StopMoved
from tesoma_geo.network.transit.timetable import TimetableEdit
from tesoma_geo.scenarios.entries import (
    ChosenStreets,
    CostsEntry,
    DrawnPlace,
    EntranceEntry,
    HomesEntry,
    ImprovedStreets,
    LineEntry,
    Lonlat,
    RampEntry,
    ServiceEntry,
)
from tesoma_geo.scenarios.homes import BUILT, with_homes
from tesoma_geo.scenarios.known_tags import unknown_value
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.tables import SERVICES, checked

Step = Callable[[Inputs], Inputs]
#: Gives the costs of a profile's edges on a network.
CostsOf = Callable[[StreetNetwork, Profile], EdgeCosts]

#: Services that a scenario opens have ids that begin so.
OPENED = "scenario:"


def edited(inputs: Inputs, scenario: Scenario, mark: str = "", costs_of: CostsOf = edge_costs) -> Inputs:
    """The layers after a scenario; those given stay as they are.

    Better streets and new ones come first, so that costs and entrances may concern the streets that they meet.

    Parameters
    ----------
    inputs
        The layers as they are.
    scenario
        What changes.
    mark
        Stands in the ids of services and homes, where several scenarios are laid on each other.
    costs_of
        Gives the costs of edges, for who has them already or wants them afterwards.

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
    for key, step in _steps(scenario, mark, costs_of):
        try:
            inputs = step(inputs)
        except TesomaError as error:
            faults += error.faults or (Fault(key, error.problem, error.remedy),)
    if faults:
        raise ScenarioError(faults)
    return inputs


def _steps(scenario: Scenario, mark: str, costs_of: CostsOf) -> Iterator[tuple[str, Step]]:
    """What is to be done, with the key that it stands at."""
    for key, better in scenario.improvements:
        yield key, partial(_with_improvement, scenario, better, key)
    if scenario.links:
        yield "links", partial(_with_links, scenario, costs_of)
    for number, costs in enumerate(scenario.costs):
        yield f"costs.{number}", partial(_with_costs, scenario, costs, f"costs.{number}")
    for number, service in enumerate(scenario.services):
        yield f"services.{number}", partial(_with_service, service, f"{OPENED}{mark}{number}", scenario.path.name)
    for number, entrance in enumerate(scenario.entrances):
        yield f"entrances.{number}", partial(_with_entrance, entrance)
    for number, homes in enumerate(scenario.homes):
        yield f"homes.{number}", partial(_with_homes, homes, f"{BUILT}{mark}{number}:", f"homes.{number}")
    for key, edit in _timetable_edits(scenario):
        yield key, partial(_with_timetable, edit)


def _timetable_edits(scenario: Scenario) -> Iterator[tuple[str, TimetableEdit]]:
    """Changes of the timetable: what there is first, so that new lines stay as they are described."""
    for number, headway in enumerate(scenario.headways):
        yield f"headways.{number}", HeadwayChanged(**headway.model_dump(exclude={"cost_eur"}))
    for number, stop in enumerate(scenario.stops):
        yield f"stops.{number}", StopMoved(**stop.model_dump(exclude={"cost_eur"}))
    for number, line in enumerate(scenario.lines):
        yield f"lines.{number}", _line_edit(line)


def _line_edit(line: LineEntry) -> TimetableEdit:
    if line.remove:
        return LineRemoved(line.remove)
    return LineAdded(**line.model_dump(exclude={"remove", "cost_eur"}))


def _with_timetable(edit: TimetableEdit, inputs: Inputs) -> Inputs:
    if inputs.timetable is None:
        remedy = "Add [transit] and the profile transit to the workspace, or take the change away"
        raise InputError("the workspace has no timetable in use", remedy)
    return replace(inputs, timetable=edit.applied(inputs.timetable))


def _with_links(scenario: Scenario, costs_of: CostsOf, inputs: Inputs) -> Inputs:
    before = inputs.network
    links = gpd.GeoDataFrame(
        pd.concat([_links(scenario, number, before) for number in range(len(scenario.links))], ignore_index=True)
    )
    network = network_with_links(before, links, scenario.join_m)
    new = network.way[before.n_edges :] - len(before.ways)
    used = np.zeros(len(links), bool)
    for profile in inputs.profiles:
        costs = costs_of(network, profile)
        passable = np.isfinite(costs.forward_s) | np.isfinite(costs.backward_s)
        used[new[passable[before.n_edges :] & (new >= 0)]] = True
        if used.all():
            break
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
        problem = f"{strange[0]!r} is no tag that is read"
        raise ScenarioError([Fault(f"{key}.tags", problem, instead(strange[0], known))])
    drawn = _drawn(links, scenario, key, network.crs)
    for tag in known:
        for value in {*drawn[tag].dropna()} if tag in drawn and tag not in links.tags else {links.tags.get(tag)}:
            _check_value(f"{key}.tags.{tag}", tag, value, network)
    if (shapely.get_type_id(drawn.geometry) >= shapely.GeometryType.MULTIPOINT).any():
        drawn = drawn.explode(ignore_index=True)
    tags = {tag: drawn[tag] for tag in known if tag in drawn} | links.tags
    return gpd.GeoDataFrame(pd.DataFrame(tags, index=drawn.index), geometry=drawn.geometry)


def _check_value(key: str, tag: str, value: object, network: StreetNetwork) -> None:
    """Refuse a value that nobody knows."""
    remedy = unknown_value(tag, value, network.ways)
    if remedy is not None:
        raise ScenarioError([Fault(key, f"{value!r} is no {tag} that is known", remedy)])


def chosen_edges(chosen: ChosenStreets, scenario: Scenario, key: str, network: StreetNetwork) -> NDArray[np.intp]:
    """The streets that an entry chooses.

    Parameters
    ----------
    chosen
        The entry.
    scenario
        Whose it is.
    key
        Where it stands.
    network
        The streets.

    Returns
    -------
    int array of shape (k,)
        Rows of edges.

    Raises
    ------
    InputError
        No street lies there, or a way is none of the study area.
    """
    if chosen.ways:
        return _on_ways(network, chosen.ways)
    return _in_place(network, _drawn(chosen, scenario, key, network.crs), chosen.within_m)


def _with_improvement(scenario: Scenario, better: ImprovedStreets, key: str, inputs: Inputs) -> Inputs:
    network, tags = inputs.network, better.tags()
    edges = chosen_edges(better, scenario, key, network)
    highway = network.ways["highway"].to_numpy(object)[network.way[edges]]
    if isinstance(better, RampEntry):
        edges = edges[highway == "steps"]
        if not len(edges):
            raise InputError("there are no steps", "Name ways that are highway=steps, or draw along them")
    else:
        edges = edges[pd.notna(highway)]
    for tag, value in tags.items():
        _check_value(f"{key}.{tag}", tag, value, network)
    after = network_with_tags(network, edges.astype(np.int32), tags)
    if isinstance(better, RampEntry) and better.length_m is not None:
        longer = better.length_m / max(_mapped_m(network, edges), 1.0)
        after = after.with_change(CostChange(edges, max(longer, 1.0)))
    return replace(inputs, network=after)


def _with_homes(homes: HomesEntry, prefix: str, key: str, inputs: Inputs) -> Inputs:
    return with_homes(inputs, homes, prefix, key)


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
        raise ScenarioError([Fault(f"{key}.profiles", problem, instead(strange[0], known))])
    drawn = None if costs.ways else _drawn(costs, scenario, key, network.crs)
    edges = chosen_edges(costs, scenario, key, network)
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
    met = np.sort(network.shape.segment_tree.query(place, predicate="intersects"))
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
