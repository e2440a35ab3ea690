"""The workspace file: a district's layers and wishes, as TOML, checked at the door.

Paths in the file are relative to the file. Every fault is found in one pass and told with its
key, its value and the remedy.
"""

import difflib
import os
import re
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Self, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pyproj import CRS
from pyproj.exceptions import CRSError

from tesoma_geo.errors import Fault, WorkspaceError

Language = Literal["fi", "sv", "en"]
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
    if any(later <= earlier for earlier, later in zip(value, value[1:], strict=False)):
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
Source = Annotated[str, Field(min_length=1)]


class Section(BaseModel):
    """A table of the workspace file: frozen, and without keys that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Layer(Section):
    """A vector layer: a file or a fetched address, which layer of it, which rows."""

    source: Source
    layer: str | None = None
    where: str | None = None
    licence: str | None = None


LayerOrPath = Annotated[Layer, BeforeValidator(_layer)]


class District(Section):
    """Where and what the district is, and how it is measured."""

    name: Names
    area: LayerOrPath
    crs: MetricCrs
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = LANGUAGES
    made_up: bool = False


class Hub(Section):
    """The place whose accessibility is assessed: its entrances, or a layer that holds them."""

    name: Names
    entrances: tuple[tuple[Longitude, Latitude], ...] = ()
    area: LayerOrPath | None = None

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if not self.entrances and self.area is None:
            raise PydanticCustomError("no_place", "has neither entrances nor an area")
        return self


class Network(Section):
    """The streets: an OpenStreetMap file, or Overpass to fetch one from."""

    osm: Source | None = None
    overpass: str | None = None
    buffer_m: Annotated[float, Field(ge=0, le=100_000)] = 2000.0
    max_snap_m: Annotated[float, Field(gt=0, le=5000)] = 250.0
    licence: str = OSM_LICENCE

    @model_validator(mode="after")
    def _has_streets(self) -> Self:
        if (self.osm is None) == (self.overpass is None):
            raise PydanticCustomError(
                "no_streets", "names neither or both of osm (a file) and overpass (an address)"
            )
        return self


class Elevation(Section):
    """A raster of ground elevation in metres."""

    source: Source
    licence: str | None = None


class Basemap(Section):
    """What is drawn under everything."""

    water: LayerOrPath | None = None


class Transit(Section):
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


class Population(Section):
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


class Services(Section):
    """Everyday services by kind: OpenStreetMap filters and further layers."""

    osm: dict[str, OsmFilter] = Field(default_factory=dict)
    files: tuple[ServiceLayer, ...] = ()


class Category(Section):
    """How a question's options become categories."""

    question: str
    map: dict[str, str] = Field(default_factory=dict)


class AnnotationQuestion(Section):
    """One map question of a survey and what its answers are."""

    title: str
    kind: Literal["barrier", "missing_link", "place", "area", "idea", "praise"]
    category: Category | None = None
    severity: str | None = None
    text: str | None = None
    themes: str | None = None


class AnnotationRespondent(Section):
    """The questions that tell who answered."""

    age_group: str | None = None
    role: str | None = None


class Annotations(Section):
    """Residents' annotations from one platform."""

    platform: str
    geometries: Source
    respondents: Source | None = None
    questions: tuple[AnnotationQuestion, ...] = ()
    respondent: AnnotationRespondent | None = None
    licence: str | None = None


class Access(Section):
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


class Publish(Section):
    """The privacy gate's promise."""

    k: Annotated[int, Field(ge=2)] = 5


class Workspace(Section):
    """A whole workspace file, checked; make one with :meth:`load`.

    Attributes
    ----------
    path
        The file it was read from; relative sources are relative to its folder.
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
    annotations: tuple[Annotations, ...] = ()
    access: Access = Access()
    profiles: dict[str, dict[str, Any]] = Field(default_factory=dict)
    publish: Publish = Publish()

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read and check a workspace file.

        Raises
        ------
        WorkspaceError
            With every fault of the file: what is not TOML, unknown or missing keys, values out of
            range, files that do not exist.
        """
        file = Path(path)
        content = _toml(file)
        try:
            workspace = cls.model_validate({**content, "path": file.absolute()})
        except ValidationError as error:
            raise WorkspaceError(
                [
                    *(_fault(detail) for detail in error.errors()),
                    *_missing_files(file.absolute(), content),
                ]
            ) from None
        faults = _missing_files(workspace.path, content)
        if faults:
            raise WorkspaceError(faults)
        return workspace

    def resolve(self, source: str) -> Path:
        """Where a source named in the file lies: fetched ones in ``fetched/`` beside the file."""
        return source_path(self.path, source)

    @property
    def osm_path(self) -> Path:
        """The OpenStreetMap file: the named one, or the one that ``fetch`` made."""
        return self.resolve(self.network.osm or f"{self.network.overpass}/streets.osm.pbf")


def source_path(workspace_file: Path, source: str) -> Path:
    """The local path of a source: relative to the workspace file, or where ``fetch`` puts it."""
    if is_address(source):
        readable = re.sub(r"[^A-Za-z0-9.]+", "_", source.split("://", 1)[1]).strip("_")
        return workspace_file.parent / "fetched" / readable[-120:]
    return workspace_file.parent / source


def is_address(source: str) -> bool:
    """Whether a source is to be fetched over HTTP."""
    return source.startswith(("http://", "https://"))


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
    return bundled("layers") / "tesoma.toml"


def bundled(folder: str) -> Path:
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


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WorkspaceError(f"{file}: no such workspace file", "Make one with tesoma-geo init") from None
    except OSError as error:
        raise WorkspaceError(
            f"{file} cannot be read ({error.strerror})", "Name a workspace file with --workspace"
        ) from None
    except UnicodeDecodeError:
        raise WorkspaceError(f"{file} is not UTF-8 text", "Save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(
            f"{file} is not TOML ({error})",
            "Mend the line; `tesoma-geo init` writes a whole one to compare with",
        ) from None


_REMEDIES = {
    "missing": "Add it; `tesoma-geo init` writes a commented example",
    "crs": 'Name a projected system in metres, such as "EPSG:3067"',
    "clock": 'Write hours and minutes, such as "07:00"',
    "osm_filter": 'Write key=value, or key=value|value, such as "amenity=doctors|dentist"',
    "increasing": "Write each value once, from the smallest to the largest",
    "no_place": "Add entrances = [[lon, lat]] or area = { source = … }",
    "no_streets": 'Add osm = "file.osm.pbf", or overpass = an address for tesoma-geo fetch, not both',
    "no_name": 'Write a name, or one for each language: { fi = "…", sv = "…", en = "…" }',
    "too_short": "Add at least one",
    "literal_error": "Use one of the values named",
}


def _fault(detail: ErrorDetails) -> Fault:
    location = [
        part for part in detail["loc"] if not (isinstance(part, str) and part.startswith("function-"))
    ]
    key = ".".join(str(part) for part in location) or "the workspace"
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Fault(key, "is not a key of the workspace file", _did_you_mean(location))
    if kind == "missing":
        return Fault(key, "is missing", _REMEDIES["missing"])
    message = detail["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    value = repr(detail["input"])
    shown = value if len(value) <= 80 else value[:77] + "…"
    return Fault(
        key,
        f"{shown} {'' if kind in _REMEDIES else 'is refused: '}{message}",
        _REMEDIES.get(kind, "Change the value"),
    )


def _did_you_mean(location: list[int | str]) -> str:
    """The nearest known key beside an unknown one, by walking the models along its location."""
    model: Any = Workspace
    for part in location[:-1]:
        if isinstance(part, str) and _is_section(model) and part in model.model_fields:
            model = _section_within(model.model_fields[part].annotation)
    known = [name for name in model.model_fields if name != "path"] if _is_section(model) else []
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    if close:
        return f"Did you mean {close[0]}?"
    return f"Remove it; known here: {', '.join(known)}" if known else "Remove it"


def _is_section(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, Section)


def _section_within(annotation: Any) -> Any:
    if _is_section(annotation) or get_origin(annotation) not in (Union, UnionType, tuple, Annotated):
        return annotation
    return next(
        (found for part in get_args(annotation) if _is_section(found := _section_within(part))), annotation
    )


_FILE_KEYS = {"source", "osm", "gtfs", "geometries", "respondents", "water", "area"}


def _missing_files(workspace_file: Path, content: Any, key: str = "") -> list[Fault]:
    """A fault for each file named anywhere in the content that is not there."""
    faults: list[Fault] = []
    if isinstance(content, list):
        for number, item in enumerate(content):
            faults += _missing_files(workspace_file, item, f"{key}.{number}")
    if not isinstance(content, dict):
        return faults
    for name, value in content.items():
        here = f"{key}.{name}" if key else name
        if name in _FILE_KEYS and isinstance(value, str):
            faults += _missing_file(workspace_file, here, value)
        elif name in _FILE_KEYS and isinstance(value, list) and all(isinstance(item, str) for item in value):
            for number, item in enumerate(value):
                faults += _missing_file(workspace_file, f"{here}.{number}", item)
        else:
            faults += _missing_files(workspace_file, value, here)
    return faults


def _missing_file(workspace_file: Path, key: str, source: str) -> list[Fault]:
    path = source_path(workspace_file, source)
    if path.exists():
        return []
    if is_address(source):
        return [Fault(key, f"{source} is not fetched yet", "Run tesoma-geo fetch")]
    return [
        Fault(
            key,
            f"{source!r}: there is no such file in {path.parent}",
            "Put the file there or correct the path",
        )
    ]
