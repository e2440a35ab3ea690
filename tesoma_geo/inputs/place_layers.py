"""The layers of a workspace that tell of the place: all but what residents said, in a step that is kept.

They are read with a workspace that lacks what they do not follow from: a reader that asked for it would fail. So they
stay while ways of moving, cutoffs, targets or names of the hub change.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar

import geopandas as gpd
import shapely

from tesoma_geo._steps import MISSING, Steps, measured
from tesoma_geo.errors import Doubt
from tesoma_geo.inputs.data_dates import with_data_dates
from tesoma_geo.inputs.files_key import file_digests
from tesoma_geo.inputs.hub_places import read_further_hubs, read_hub
from tesoma_geo.inputs.plausibility.gather import place_doubts
from tesoma_geo.inputs.population import read_origins
from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.inputs.shared_layers import SharedLayers
from tesoma_geo.inputs.workspace_layers import WorkspaceLayers
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tesoma_geo.sources.osm_areas import GREEN, WATER
from tesoma_geo.tables import LeftOut
from tesoma_geo.workspace import Workspace, without_licences

#: What the step is called.
LAYERS = "layers"
#: Sections of a workspace that no layer of the place is read by.
UNREAD = ("profiles", "hub_choice", "targets", "themes", "moderation", "publish", "experience", "workshop", "site")
#: Keys of further sections that none is read by; the names of several hubs tell them apart.
UNREAD_KEYS = {"access": ("cutoffs_min", "services_within_min"), "hub": ("name",)}

Model = TypeVar("Model")


@dataclass(frozen=True, eq=False)
class PlaceLayers:
    """What was read of a place; a layer is None where it has faults, and its report tells them.

    Attributes
    ----------
    district, study_area, hub, network, water, origins, services, green, winter, timetable
        As of :class:`tesoma_geo.inputs.inputs.Inputs`; the streets as they are before points that a way of moving
        closes are split.
    further_hubs
        Key where a hub's place stands → its entrances.
    reports
        One a layer, without licences.
    left_out
        What the layers hold that the tables do not.
    doubts
        What is unlikely in them, each with the key that it is told at; those of single layers are in their reports.
    """

    reports: tuple[LayerReport, ...]
    left_out: tuple[LeftOut, ...] = ()
    district: gpd.GeoDataFrame | None = None
    study_area: shapely.Geometry | None = None
    hub: gpd.GeoDataFrame | None = None
    further_hubs: dict[str, gpd.GeoDataFrame] | None = None
    network: StreetNetwork | None = None
    water: gpd.GeoDataFrame | None = None
    origins: gpd.GeoDataFrame | None = None
    services: gpd.GeoDataFrame | None = None
    green: gpd.GeoDataFrame | None = None
    winter: gpd.GeoDataFrame | None = None
    timetable: Timetable | None = None
    doubts: tuple[Doubt, ...] = ()


def place_layers(workspace: Workspace, shared: SharedLayers | None, steps: Steps | None) -> PlaceLayers:
    """The layers of a place, read now or as they were read from the same files with the same settings.

    Parameters
    ----------
    workspace
        The workspace, checked.
    shared
        Streets and timetable that were read for several workspaces; None to read its own.
    steps
        Takes them where they were kept; None to read them now. What has faults is not kept.

    Returns
    -------
    PlaceLayers
    """
    bare = _without_unread(workspace)
    files = None if steps is None or shared is not None else file_digests(workspace, answers=False)
    if steps is None or files is None:
        return _read(bare, shared)
    there = [name for name in Workspace.model_fields if name in bare.__dict__ and name != "path"]
    sections = {f"[{name}]": without_licences(getattr(bare, name)) for name in there}
    step, kept = steps.find(LAYERS, path=str(workspace.path), files=files, **sections)
    if kept is not MISSING:
        known: PlaceLayers = kept
        return known
    read, effort = measured(lambda: _read(bare, shared))
    if not any(report.faults for report in read.reports):
        steps.keep_value(step, read)
        steps.tell(step, effort)
    return read


def _without_unread(workspace: Workspace) -> Workspace:
    """A workspace in which what no layer of the place follows from is not there."""
    keys = {name: names for name, names in UNREAD_KEYS.items() if name != "hub" or not workspace.hubs}
    parts = {name: _without(getattr(workspace, name), names) for name, names in keys.items()}
    parts["district"] = _without(workspace.district, (), name=_name_of_areas(workspace))
    return _without(workspace, UNREAD, **parts)


def _name_of_areas(workspace: Workspace) -> dict[str, Any]:
    """What areas without names are called by: the district's name in its first language, or in the one that it has."""
    names, first = workspace.district.name, workspace.district.languages[0]
    return {first: names[first]} if names.get(first) else dict([next(iter(names.items()))])


def _without(model: Model, names: tuple[str, ...], **others: Any) -> Model:
    bare = copy(model)
    there = {name: value for name, value in model.__dict__.items() if name not in names}
    object.__setattr__(bare, "__dict__", {**there, **others})
    return bare


def _read(workspace: Workspace, shared: SharedLayers | None) -> PlaceLayers:
    layers = WorkspaceLayers(workspace, shared)
    district = layers.district()
    if district is None:
        return PlaceLayers(tuple(layers.reports))
    area = shapely.union_all(district.geometry.to_numpy())
    study_area = area.buffer(workspace.network.buffer_m)
    network = layers.network(study_area, area)
    hub = read_hub(layers, study_area, network)
    further_hubs = read_further_hubs(layers, area, study_area, network, hub) if workspace.hubs else {}
    water = layers.areas("basemap.water", workspace.basemap.water, WATER, study_area)
    origins = None if network is None else read_origins(layers, area, network)
    services = layers.services(study_area)
    green = layers.areas("nature.areas", workspace.nature.areas, GREEN, study_area)
    winter = layers.winter(study_area)
    timetable = layers.timetable(study_area, network, hub)
    doubts = place_doubts(
        workspace, district, study_area, network, hub, water, origins, services, further_hubs
    )  # fmt: skip
    return PlaceLayers(
        with_data_dates(workspace, layers.reports), tuple(layers.left_out), district, study_area, hub, further_hubs,
        network, water, origins, services, green, winter, timetable, tuple(doubts),
    )  # fmt: skip
