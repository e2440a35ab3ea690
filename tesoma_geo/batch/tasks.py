"""The districts of a batch: each a workspace of its own, and what they share."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from tesoma_geo._files import sha256
from tesoma_geo._program import program
from tesoma_geo.batch.district_table import name_in, table_path
from tesoma_geo.batch.expected_cost import expected_costs
from tesoma_geo.batch.file import WILD, Batch
from tesoma_geo.batch.hubs import TableHub, are_hubs, hubs_of
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import Fault, InputError, TesomaError, WorkspaceError
from tesoma_geo.inputs.protected import answer_files, protected_files
from tesoma_geo.near_names import instead
from tesoma_geo.sources.layers import read_layer
from tesoma_geo.workspace import Workspace


@dataclass(frozen=True)
class Task:
    """One district of a batch.

    Attributes
    ----------
    district
        What names it in files and tables.
    name
        What it is called.
    workspace
        Its workspace; of a district of a table with the template's hub still, where that is to be its centre. None
        where its file cannot be used, which is its fault.
    shares
        The workspace of all districts together, whose streets it takes; None where it has its own.
    cost
        What it is expected to take, as of :func:`~tesoma_geo.batch.expected_cost.expected_costs`: the longest are begun
        first.
    fault
        Why it cannot be begun; empty where it can.
    centred
        Whether the hub is the centre of the district's homes.
    one_of_hubs
        Whether it is one of a table of hubs, which all have the template's area.
    """

    district: str
    name: str
    workspace: Workspace | None
    shares: Workspace | None = None
    cost: float = 0.0
    fault: str = ""
    centred: bool = False
    one_of_hubs: bool = False

    @property
    def own(self) -> Workspace:
        """Its workspace, of a district that can be begun."""
        if self.workspace is None:
            raise AssertionError("whether a district has a fault is asked before")
        return self.workspace


def outline(workspace: Workspace, crs: str) -> BaseGeometry:
    """The areas of a district together.

    Parameters
    ----------
    workspace
        The district's.
    crs
        Of the outline.

    Returns
    -------
    BaseGeometry

    Raises
    ------
    TesomaError
        They cannot be read, or there is none.
    """
    area = workspace.district.area
    read = read_layer(
        workspace.resolve(area.source), key="district.area", crs=crs, layer=area.layer, where=area.where
    )  # fmt: skip
    return read.table.union_all()


def tasks_of(batch: Batch) -> list[Task]:
    """The districts of a batch, sorted by what names them.

    Parameters
    ----------
    batch
        The file, checked.

    Returns
    -------
    list of Task

    Raises
    ------
    WorkspaceError
        The template cannot be used, or none of the workspaces.
    InputError
        There is no district, or the table lacks a column; two districts differ in capitals alone.
    """
    tasks = _of_table(batch) if batch.template is not None else _of_files(batch)
    if not tasks:
        raise InputError(f"{batch.path.name} has no district", "Name a table with areas, or workspace files")
    lower = [task.district.casefold() for task in tasks]
    if len(set(lower)) < len({task.district for task in tasks}):
        same = next(task.district for task in tasks if lower.count(task.district.casefold()) > 1)
        raise InputError(
            f"two districts are called {same}, but for capitals: one folder on Windows and macOS",
            "Name another column as the id, or other files",
        )
    return sorted(tasks, key=lambda task: task.district)


def key_of(task: Task, contents: dict[Path, str]) -> str:
    """A digest of everything that the figures of a district follow from.

    Parameters
    ----------
    task
        The district.
    contents
        Digests of files that were read before; filled.

    Returns
    -------
    str
        Hex digits: settings, contents of all files but the store of residents' answers, this program.
    """
    own = task.workspace
    settings = [task.fault] if own is None else [_settings(part) for part in (own, task.shares or own)]
    hashed = hashlib.blake2b(json.dumps([task.district, task.name, task.centred, settings]).encode(), digest_size=16)
    if own is not None:
        hash_files(hashed, own, contents)
    hashed.update(program().encode())
    return hashed.hexdigest()


def hash_files(hashed: hashlib.blake2b, workspace: Workspace, contents: dict[Path, str]) -> None:
    """Add to a digest the contents of all files of a workspace but the store of residents' answers.

    Parameters
    ----------
    hashed
        The digest.
    workspace
        The workspace.
    contents
        Digests of files that were read before; filled.
    """
    answers = answer_files(workspace)
    for path in protected_files(workspace):
        if path not in (workspace.path, *answers) and path.is_file():
            if path not in contents:
                contents[path] = _content(path)
            hashed.update(f"{path.name} {contents[path]}".encode())


def _content(path: Path) -> str:
    """A digest of a file; of one that cannot be read its reason, which who reads it will be told."""
    try:
        return sha256(path)
    except OSError as error:
        return str(error.strerror)


def _settings(workspace: Workspace) -> dict[str, Any]:
    """Settings as they are hashed; areas in a file go by its name, as their content is hashed and folders move."""
    settings: dict[str, Any] = workspace.model_dump(mode="json", exclude={"path"})
    area = settings["district"]["area"]
    if Path(area["source"]).is_absolute() and workspace.resolve(area["source"]).is_file():
        area["source"] = Path(area["source"]).name
    return settings


def centred(task: Task, homes: gpd.GeoDataFrame) -> Workspace:
    """The workspace of a district with the hub where its residents have the fewest metres to, as the crow flies.

    Parameters
    ----------
    task
        The district.
    homes
        ``tables.ORIGINS`` of all districts.

    Returns
    -------
    Workspace
        With the hub at one of the homes; ties take the first.

    Raises
    ------
    InputError
        Nobody is known to live there.
    """
    own = homes[homes.covered_by(outline(task.own, homes.crs.to_string())) & (homes["population"] > 0)]
    if own.empty:
        raise InputError(
            "nobody is known to live in the district, so it has no centre",
            "Name its hub in columns districts.lon and districts.lat, or leave it out with districts.where",
        )
    points, people = np.column_stack([own.geometry.x, own.geometry.y]), own["population"].to_numpy(float)
    metres = [float(people @ np.hypot(*(points - point).T)) for point in points]
    place = own.geometry.iloc[[int(np.argmin(metres))]].to_crs(WGS84).iloc[0]
    return _at(task.own, [(place.x, place.y)], task.name)


def _at(workspace: Workspace, entrances: Iterable[tuple[float, float]], name: str) -> Workspace:
    names = dict.fromkeys(workspace.district.languages, name)
    place = {"entrances": [[round(lon, 7), round(lat, 7)] for lon, lat in entrances], "name": names}
    hub = type(workspace.hub).model_validate(place)
    return workspace.model_copy(update={"hub": hub, "hubs": ()})


def _of_table(batch: Batch) -> list[Task]:
    """A district for each value of the table's ``id``; of a table of points all have the template's area."""
    table, folder = batch.districts, batch.path.parent
    if table is None:
        raise AssertionError("a template without districts was checked before")
    template = _without_voices(Workspace.load(folder / str(batch.template), answers=False), batch)
    area = template.district.area
    if table.source is not None:
        source, layer, named = str(table_path(batch, table.source)), table.layer, table.where
    else:
        source, layer, named = area.source, area.layer, table.where or area.where
    whole = area.model_copy(update={"source": source, "layer": layer, "where": named})
    shares = _of_area(template, whole, template.district.name)
    path = template.resolve(source)
    reading = read_layer(
        path, key="districts", crs=template.district.crs, layer=layer, where=named, lon=table.lon, lat=table.lat
    )
    read = reading.table
    missing = [name for name in (table.id, table.name, table.lon, table.lat) if name and name not in read.columns]
    if missing:
        known = [name for name in read.columns if name != read.geometry.name]
        raise InputError(f"districts: there is no column {', '.join(missing)}", instead(missing[0], known))
    if table.source is not None and are_hubs(read):
        (cost,) = expected_costs([(template, _outline_or_empty(template))])
        return [_of_hub(template, hub, cost) for hub in hubs_of(table, path, reading)]
    tasks, outlines = [], []
    for value, rows in read.groupby(table.id, sort=True):
        own = f"{table.id} == {getattr(value, 'item', lambda known=value: known)()!r}"
        part = whole.model_copy(update={"where": own if named is None else f"({named}) and {own}"})
        name = name_in(rows, table.name, str(value))
        workspace = _of_area(template, part, dict.fromkeys(template.district.languages, name))
        if table.lon and table.lat:
            workspace = _at(workspace, [(float(rows[table.lon].iloc[0]), float(rows[table.lat].iloc[0]))], name)
        by_homes = not table.lon and batch.hub == "centre"
        tasks.append(Task(str(value), name, workspace, shares, centred=by_homes))
        outlines.append((template, rows.union_all()))
    costs = expected_costs(outlines)
    return [replace(task, cost=cost) for task, cost in zip(tasks, costs, strict=True)]


def _of_hub(template: Workspace, hub: TableHub, cost: float) -> Task:
    if hub.fault:
        return Task(hub.key, hub.name, template, template, fault=hub.fault, one_of_hubs=True)
    return Task(hub.key, hub.name, _at(template, hub.entrances, hub.name), template, cost, one_of_hubs=True)


def _of_area(template: Workspace, area: object, name: Mapping[str, object]) -> Workspace:
    district = template.district.model_copy(update={"area": area, "name": name})
    return template.model_copy(update={"district": district})


def _of_files(batch: Batch) -> list[Task]:
    """A district for each workspace file; one that cannot be used has that as its fault, where others can."""
    files = [file for pattern in batch.workspaces for file in _files(batch.path.parent, pattern)]
    tasks: dict[str, Task] = {}
    for file in dict.fromkeys(files):
        district = file.stem if file.stem not in ("tesoma", "workspace") else file.parent.name
        if district in tasks:
            raise InputError(f"two workspaces are called {district}: {file}", "Give the files names of their own")
        tasks[district] = _of_file(file, district, batch)
    if tasks and all(task.workspace is None for task in tasks.values()):
        raise WorkspaceError([Fault(*task.fault.split(": ", 1)) for task in tasks.values()])
    usable = [task for task in tasks.values() if task.workspace is not None]
    costs = expected_costs([(task.own, _outline_or_empty(task.own)) for task in usable])
    known = {task.district: cost for task, cost in zip(usable, costs, strict=True)}
    return [replace(task, cost=known.get(task.district, 0.0)) for task in tasks.values()]


def _of_file(file: Path, district: str, batch: Batch) -> Task:
    try:
        workspace = _without_voices(Workspace.load(file, answers=False), batch)
    except TesomaError as error:
        return Task(district, district, None, fault=_fault(error, file, batch.path.parent))
    name = str(next(iter(workspace.district.name.values())))
    return Task(district, name, workspace)


def _fault(error: TesomaError, file: Path, folder: Path) -> str:
    """Why a workspace file cannot be used, in words that are the same wherever the batch lies."""
    named = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
    words = str(error).removeprefix(str(file)).lstrip(": ")
    return f"{named}: {words.replace(str(file.parent), file.parent.name)}"


def _outline_or_empty(workspace: Workspace) -> BaseGeometry:
    """The areas of a district together; empty where they cannot be read, which the district itself is told of."""
    with suppress(Exception):
        return outline(workspace, workspace.district.crs)
    return Polygon()


def _files(folder: Path, pattern: str) -> list[Path]:
    path = Path(pattern)
    if not any(sign in pattern for sign in WILD):
        return [folder / path]
    files = sorted(Path(path.anchor or folder).glob(str(path.relative_to(path.anchor))))
    if not files:
        raise InputError(f"no workspace file is like {pattern}", "Name files that are there")
    return files


def _without_voices(workspace: Workspace, batch: Batch) -> Workspace:
    """A workspace whose residents' answers stay where they are: one district alone publishes them."""
    changes: dict[str, object] = {"annotations": ()}
    if batch.profiles is not None:
        unknown = [name for name in batch.profiles if name not in workspace.access.profiles]
        if unknown:
            raise WorkspaceError(
                f"profiles: {', '.join(unknown)} is not in access.profiles of {workspace.path}",
                instead(unknown[0], workspace.access.profiles),
            )
        kept = tuple(batch.profiles)
        changes["access"] = workspace.access.model_copy(update={"profiles": kept})
        changes["targets"] = {
            name: share for name, share in workspace.targets.items() if name.partition("_within_")[0] in kept
        }
    return workspace.model_copy(update=changes)
