"""The scenario file: what a plan changes, as TOML, checked at the door like the workspace.

``docs/scenarios.md`` explains every key. Paths in the file are relative to the file.
"""

import os
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.errors import ScenarioError
from tesoma_geo.workspace import ClockTime, Latitude, Longitude, Minutes, Names, Source
from tesoma_geo.workspace.faults import fault_of, missing_files
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.toml import read_toml

EXAMPLE = "docs/scenarios.md has an example"

Lonlat = tuple[Longitude, Latitude]
Word = Annotated[str, Field(min_length=1)]


def _check_one_of(section: FrozenModel, *names: str) -> None:
    """Exactly one of the keys is given."""
    given = [name for name in names if getattr(section, name)]
    if len(given) != 1:
        context = {"given": " and ".join(given) or "none", "names": ", ".join(names)}
        raise PydanticCustomError("one_of", "names {given} of {names}", context)


def _check_needs(section: FrozenModel, *names: str) -> None:
    """All of the keys are given."""
    missing = [name for name in names if getattr(section, name) is None]
    if missing:
        raise PydanticCustomError("needs", "lacks {names}", {"names": ", ".join(missing)})


class DrawnPlace(FrozenModel):
    """A place: a line or an area of longitudes and latitudes, or a layer of a file."""

    line: Annotated[tuple[Lonlat, ...] | None, Field(min_length=2)] = None
    area: Annotated[tuple[Lonlat, ...] | None, Field(min_length=3)] = None
    source: Source | None = None
    layer: str | None = None
    where: str | None = None


class LinksEntry(DrawnPlace):
    """New streets: a line, or a file of lines; tags are OpenStreetMap's, a file may have them as columns."""

    area: None = None
    tags: dict[str, Word] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_drawn(self) -> Self:
        _check_one_of(self, "line", "source")
        if self.line and "highway" not in self.tags:
            raise PydanticCustomError("no_highway", "has no highway among its tags")
        return self


class CostsEntry(DrawnPlace):
    """Streets that take longer or shorter, or are closed: by OpenStreetMap way, or in a place."""

    ways: tuple[int, ...] = ()
    within_m: Annotated[float, Field(gt=0, le=5000)] = 10.0
    factor: Annotated[float, Field(gt=0, le=1000)] = 1.0
    delay_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    closed: bool = False
    profiles: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _says_where_and_what(self) -> Self:
        _check_one_of(self, "ways", "line", "area", "source")
        if not self.closed and self.factor == 1.0 and self.delay_s == 0.0:
            raise PydanticCustomError("no_change", "changes nothing")
        if self.delay_s and not (self.ways or self.line):
            raise PydanticCustomError("no_stretch", "has a delay_s, but no stretch to pass")
        return self


class ServiceEntry(FrozenModel):
    """A service that opens; or one that closes, by its ``service_id``."""

    kind: Word | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    name: str | None = None
    remove: Word | None = None

    @model_validator(mode="after")
    def _opens_or_closes(self) -> Self:
        _check_one_of(self, "kind", "remove")
        if self.kind:
            _check_needs(self, "lon", "lat")
        return self


class HeadwayEntry(FrozenModel):
    """A line that runs every so many minutes between two clock times."""

    line: Word
    headway_min: Minutes
    between: tuple[ClockTime, ClockTime]


class StopEntry(FrozenModel):
    """A stop in another place."""

    stop_id: Word
    lon: Longitude
    lat: Latitude


class LineEntry(FrozenModel):
    """A new line: stops by ``stop_id`` or place, minutes between each two; or one that runs no more, by its name."""

    name: Word | None = None
    stops: Annotated[tuple[Word | Lonlat, ...] | None, Field(min_length=2)] = None
    minutes: tuple[Minutes, ...] | None = None
    headway_min: Minutes | None = None
    between: tuple[ClockTime, ClockTime] | None = None
    route_type: Literal[0, 1, 2, 3, 4] = 3
    both_ways: bool = True
    remove: Word | None = None

    @model_validator(mode="after")
    def _begins_or_ends(self) -> Self:
        _check_one_of(self, "name", "remove")
        if self.name:
            _check_needs(self, "stops", "minutes", "headway_min", "between")
        return self


class EntranceEntry(FrozenModel):
    """A further entrance of the hub."""

    lon: Longitude
    lat: Latitude


class Scenario(FrozenModel):
    """A whole scenario file, checked; make one with :meth:`load`.

    Attributes
    ----------
    path
        The file it was read from; relative sources are relative to its folder.
    name, text
        What the plan is called, and what it is, by language.
    join_m
        Farthest that an end of a link may lie from a street.
    """

    path: Path
    name: Names
    text: Names | None = None
    join_m: Annotated[float, Field(gt=0, le=1000)] = 30.0
    links: tuple[LinksEntry, ...] = ()
    costs: tuple[CostsEntry, ...] = ()
    services: tuple[ServiceEntry, ...] = ()
    entrances: tuple[EntranceEntry, ...] = ()
    headways: tuple[HeadwayEntry, ...] = ()
    stops: tuple[StopEntry, ...] = ()
    lines: tuple[LineEntry, ...] = ()

    @classmethod
    def load(cls, path: str | os.PathLike[str], catalogues: Collection[str] = ()) -> Self:
        """Read and check a scenario file.

        Parameters
        ----------
        path
            The TOML file.
        catalogues
            Languages beside the package's own that its names may be in: those of the workspace's catalogues.

        Returns
        -------
        Scenario
            Checked; places are longitudes and latitudes still.

        Raises
        ------
        ScenarioError
            With every fault of the file: what is not TOML, unknown or missing keys, values out of range,
            files that do not exist.
        """
        file = Path(path)
        content = read_toml(file, ScenarioError, "scenario file", f"Write one: {EXAMPLE}")
        missing = missing_files(file.absolute(), content, fetched=True)
        try:
            scenario = cls.model_validate({**content, "path": file.absolute()}, context={"catalogues": catalogues})
        except ValidationError as error:
            faults = [fault_of(detail, cls, "scenario", EXAMPLE) for detail in error.errors()]
            raise ScenarioError([*faults, *missing]) from None
        if missing:
            raise ScenarioError(missing)
        return scenario

    def parameters(self) -> dict[str, Any]:
        """The file as it is understood, for the manifest.

        Returns
        -------
        dict
            What the file states, without defaults.
        """
        return self.model_dump(mode="json", exclude={"path"}, exclude_defaults=True)
