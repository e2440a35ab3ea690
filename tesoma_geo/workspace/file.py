"""The workspace file: a district's layers and wishes, as TOML, checked at the door.

Paths in the file are relative to the file. Every fault is found in one pass and told with its
key, its value and the remedy.
"""

import os
import re
from datetime import date
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pyproj import CRS
from pyproj.exceptions import CRSError

from tesoma_geo.errors import WorkspaceError
from tesoma_geo.workspace.addresses import is_address, overpass_source, source_path, wfs_source
from tesoma_geo.workspace.annotations import Annotations, Experience, Moderation, Publish
from tesoma_geo.workspace.faults import fault_of, missing_files
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.toml import read_toml

Language = Literal["fi", "sv", "en"]
__all__ = ["Workspace", "bundled_folder", "find_workspace", "is_address", "parse_target", "source_path"]

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

OSM_LICENCE = "© OpenStreetMap contributors, ODbL 1.0"


def _names(value: Any) -> Any:
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


def _at_least_one_name(value: dict[Language, str]) -> dict[Language, str]:
    if not value:
        raise PydanticCustomError("no_name", "has no name in any language")
    return value


def _layer(value: Any) -> Any:
    return {"source": value} if isinstance(value, str) else value


def _metric_crs(value: str) -> str:
    try:
        crs = CRS.from_user_input(value)
    except CRSError as error:
        raise PydanticCustomError("crs", "is not a coordinate reference system") from error
    if not crs.is_projected or crs.axis_info[0].unit_conversion_factor != 1.0:
        raise PydanticCustomError("crs", "is not measured in metres")
    return value


def _clock_time(value: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-9]):[0-5]\d", value):
        raise PydanticCustomError("clock", "is not a time such as 07:00")
    return value


def _osm_filter(value: str) -> str:
    if not re.fullmatch(r"[^=|\s]+=[^=|]+(\|[^=|]+)*", value):
        raise PydanticCustomError("osm_filter", "is not a filter such as amenity=doctors|dentist")
    return value


def _increasing(value: tuple[float, ...]) -> tuple[float, ...]:
    if any(later <= earlier for earlier, later in pairwise(value)):
        raise PydanticCustomError("increasing", "does not increase")
    return value


Names = Annotated[dict[Language, str], BeforeValidator(_names), AfterValidator(_at_least_one_name)]
MetricCrs = Annotated[str, AfterValidator(_metric_crs)]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
OsmFilter = Annotated[str, AfterValidator(_osm_filter)]
Minutes = Annotated[float, Field(gt=0, le=24 * 60)]
Percentile = Annotated[int, Field(ge=0, le=100)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Share = Annotated[float, Field(gt=0, le=1)]
Source = Annotated[str, Field(min_length=1)]


class Layer(FrozenModel):
    """A vector layer: a file or a fetched address, which layer of it, which rows."""

    source: Source
    layer: str | None = None
    where: str | None = None
    licence: str | None = None


LayerOrPath = Annotated[Layer, BeforeValidator(_layer)]


class District(FrozenModel):
    """Where and what the district is, and how it is measured."""

    name: Names
    area: LayerOrPath
    crs: MetricCrs
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = LANGUAGES
    made_up: bool = False


class Hub(FrozenModel):
    """The place whose accessibility is assessed: its entrances, or a layer that holds them."""

    name: Names
    entrances: tuple[tuple[Longitude, Latitude], ...] = ()
    area: LayerOrPath | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if not self.entrances and self.area is None:
            raise PydanticCustomError("no_place", "has neither entrances nor an area")
        return self


class Network(FrozenModel):
    """The streets: an OpenStreetMap file, or Overpass to fetch one from."""

    osm: Source | None = None
    overpass: str | None = None
    buffer_m: Annotated[float, Field(ge=0, le=100_000)] = 2000.0
    max_snap_m: Annotated[float, Field(gt=0, le=5000)] = 250.0
    licence: str = OSM_LICENCE

    @model_validator(mode="after")
    def _has_streets(self) -> Self:
        if (self.osm is None) == (self.overpass is None):
            raise PydanticCustomError("no_streets", "names neither or both of osm (a file) and overpass (an address)")
        return self


class Elevation(FrozenModel):
    """A raster of ground elevation in metres."""

    source: Source
    licence: str | None = None


class Basemap(FrozenModel):
    """What is drawn under everything."""

    water: LayerOrPath | None = None


class Transit(FrozenModel):
    """Timetables and the departure window."""

    gtfs: Annotated[tuple[Source, ...], Field(min_length=1)]
    date: date
    window: tuple[ClockTime, ClockTime] = ("07:00", "09:00")
    percentiles: Annotated[tuple[Percentile, ...], Field(min_length=1), AfterValidator(_increasing)] = (
        5,
        25,
        50,
        75,
        95,
    )
    licence: str | None = None


class Population(FrozenModel):
    """Residents: areas with totals to be spread along streets, or a ready grid."""

    source: Source
    column: str | None = None
    kind: Literal["areas", "grid", "h3"] = "areas"
    layer: str | None = None
    where: str | None = None
    code: str | None = None
    name: str = "name"
    cell_m: Annotated[float, Field(ge=10, le=5000)] = 125.0
    age_groups: dict[str, str] = Field(default_factory=dict)
    licence: str | None = None


class ServiceLayer(Layer):
    """Services of one kind from a file: points, or a table with coordinate columns."""

    kind: Annotated[str, Field(min_length=1)]
    name: str = "name"
    lon: str | None = None
    lat: str | None = None
    wfs_layer: str | None = None

    @property
    def file(self) -> str:
        """What :meth:`Workspace.resolve` takes: the source, or the one layer fetched from a WFS."""
        return self.source if self.wfs_layer is None else wfs_source(self.source, self.wfs_layer)


class Services(FrozenModel):
    """Everyday services by kind: OpenStreetMap filters and further layers."""

    osm: dict[str, OsmFilter] = Field(default_factory=dict)
    files: tuple[ServiceLayer, ...] = ()


class Nature(FrozenModel):
    """Green areas that everybody may use."""

    areas: LayerOrPath | None = None


class Winter(Layer):
    """Lines or areas that are cleared of snow, or are not: more than the tags of the streets tell."""

    column: str = "winter_maintenance"
    values: dict[str, Literal["maintained", "unmaintained"]] = Field(
        default={"maintained": "maintained", "unmaintained": "unmaintained"}
    )


class Access(FrozenModel):
    """What is assessed: ways of moving, isochrone cutoffs, the cutoff for services."""

    profiles: Annotated[tuple[str, ...], Field(min_length=1)] = (
        "walk",
        "walk_slow",
        "wheelchair",
        "bicycle",
        "e_bike",
        "car",
    )
    cutoffs_min: Annotated[tuple[Minutes, ...], Field(min_length=1), AfterValidator(_increasing)] = (
        5,
        10,
        15,
        20,
        30,
    )
    services_within_min: Minutes = 15.0


def parse_target(name: str) -> tuple[str, float]:
    """The profile and the minutes of a target such as ``walk_within_15_min``.

    Raises
    ------
    ValueError
        The name is not of that form.
    """
    match = re.fullmatch(r"(\w+)_within_([1-9]\d*)_min", name)
    if match is None:
        raise ValueError(name)
    return match[1], float(match[2])


class Workspace(FrozenModel):
    """A whole workspace file, checked; make one with :meth:`load`.

    Attributes
    ----------
    path
        The file it was read from; relative sources are relative to its folder.
    targets
        ``<profile>_within_<minutes>_min`` → the share of residents that the district wants to reach the hub so.
    """

    path: Path
    district: District
    hub: Hub
    network: Network
    elevation: Elevation | None = None
    basemap: Basemap = Basemap()
    transit: Transit | None = None
    population: Population
    services: Services = Services()
    nature: Nature = Nature()
    winter: Winter | None = None
    annotations: tuple[Annotations, ...] = ()
    access: Access = Access()
    targets: dict[str, Share] = Field(default_factory=dict)
    profiles: dict[str, dict[str, Any]] = Field(default_factory=dict)
    themes: dict[str, str] = Field(default_factory=dict)
    moderation: Moderation = Moderation()
    publish: Publish = Publish()
    experience: Experience = Experience()

    @field_validator("targets")
    @classmethod
    def _targets_can_be_met(cls, value: dict[str, float], known: ValidationInfo) -> dict[str, float]:
        for name in value:
            try:
                profile, _ = parse_target(name)
            except ValueError:
                raise PydanticCustomError("target", "names {name}, which is no target", {"name": name}) from None
            if "access" in known.data and profile not in known.data["access"].profiles:
                told = {"name": name, "profile": profile}
                raise PydanticCustomError("target", "names {name}, but {profile} is not in access.profiles", told)
        return value

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, fetched: bool = True) -> Self:
        """Read and check a workspace file.

        Parameters
        ----------
        path
            The TOML file.
        fetched
            Whether addresses that the file names must have been fetched already.

        Raises
        ------
        WorkspaceError
            With every fault of the file: what is not TOML, unknown or missing keys, values out of
            range, files that do not exist.
        """
        file = Path(path)
        content = read_toml(file, WorkspaceError, "workspace file", "`tesoma-geo init` writes a whole one")
        try:
            workspace = cls.model_validate({**content, "path": file.absolute()})
        except ValidationError as error:
            raise WorkspaceError(
                [
                    *(fault_of(detail, cls) for detail in error.errors()),
                    *missing_files(file.absolute(), content, fetched=fetched),
                ]
            ) from None
        faults = missing_files(workspace.path, content, fetched=fetched)
        if faults:
            raise WorkspaceError(faults)
        return workspace

    def resolve(self, source: str) -> Path:
        """Where a source named in the file lies: fetched ones in ``fetched/`` beside the file."""
        return source_path(self.path, source)

    @property
    def osm_path(self) -> Path:
        """The OpenStreetMap file: the named one, or the one that ``fetch`` made."""
        return self.resolve(self.network.osm or overpass_source(self.network.overpass or ""))


def find_workspace(named: str | os.PathLike[str] | None = None) -> Path:
    """The workspace file to use: the named one, ``./tesoma.toml``, ``./layers/tesoma.toml``, or the sample.

    Raises
    ------
    WorkspaceError
        A file was named that does not exist.
    """
    if named is not None:
        if not Path(named).is_file():
            raise WorkspaceError(
                f"{named}: no such workspace file",
                "Name one with --workspace, or make one with tesoma-geo init",
            )
        return Path(named)
    for candidate in (Path("tesoma.toml"), Path("layers") / "tesoma.toml"):
        if candidate.is_file():
            return candidate
    return bundled_folder("layers") / "tesoma.toml"


def bundled_folder(folder: str) -> Path:
    """A folder that ships with the package: beside it in a checkout, inside it in a wheel.

    ``TESOMA_GEO_LAYERS`` or ``TESOMA_GEO_MAPS`` in the environment names another one.
    """
    named = os.environ.get(f"TESOMA_GEO_{folder.split('/')[0].upper()}")
    package = Path(str(resources.files("tesoma_geo")))
    candidates = [Path(named)] if named else [package.parent / folder, package / folder]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise WorkspaceError(
        f"the folder {folder} of the installation is missing ({candidates[0]})", "Install tesoma-geo again"
    )
