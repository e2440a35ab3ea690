"""The tables of a scenario file: what each entry says, checked on its own."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.workspace import ClockTime, Latitude, Longitude, Minutes, Source
from tesoma_geo.workspace.model import FrozenModel

Lonlat = tuple[Longitude, Latitude]
Word = Annotated[str, Field(min_length=1)]
Euros = Annotated[float, Field(ge=0, le=1e10)]


def check_one_of(section: FrozenModel, *names: str) -> None:
    """Make sure that exactly one of the keys is given.

    Parameters
    ----------
    section
        Of the file.
    *names
        Its keys.

    Raises
    ------
    PydanticCustomError
        None of them, or more.
    """
    given = [name for name in names if getattr(section, name) not in (None, ())]
    if len(given) != 1:
        context = {"given": " and ".join(given) or "none", "names": ", ".join(names)}
        raise PydanticCustomError("one_of", "names {given} of {names}", context)


def check_needs(section: FrozenModel, *names: str) -> None:
    """Make sure that all of the keys are given.

    Parameters
    ----------
    section
        Of the file.
    *names
        Its keys.

    Raises
    ------
    PydanticCustomError
        One is missing.
    """
    missing = [name for name in names if getattr(section, name) is None]
    if missing:
        raise PydanticCustomError("needs", "lacks {names}", {"names": ", ".join(missing)})


def check_extent(area: Sequence[tuple[float, float]] | None) -> None:
    """Make sure that an area is no line and no point.

    Parameters
    ----------
    area
        Longitudes and latitudes of its corners; None where there is none.

    Raises
    ------
    PydanticCustomError
        Its corners lie on one line.
    """
    if not area:
        return
    (lon, lat), twice = area[0], 0.0
    for (x, y), (x_next, y_next) in zip(area, (*area[1:], area[0]), strict=True):
        twice += abs((x - lon) * (y_next - lat) - (x_next - lon) * (y - lat))
    if twice < 1e-12:
        raise PydanticCustomError("no_extent", "has an area whose corners lie on one line")


class Change(FrozenModel):
    """Anything that a scenario changes, with what it costs to build or begin, where that is known."""

    cost_eur: Euros | None = None


class DrawnPlace(Change):
    """A place: a line or an area of longitudes and latitudes, or a layer of a file."""

    line: Annotated[tuple[Lonlat, ...] | None, Field(min_length=2)] = None
    area: Annotated[tuple[Lonlat, ...] | None, Field(min_length=3)] = None
    source: Source | None = None
    layer: str | None = None
    where: str | None = None

    @model_validator(mode="after")
    def _has_an_extent(self) -> Self:
        check_extent(self.area)
        return self


class LinksEntry(DrawnPlace):
    """New streets: a line, or a file of lines; tags are OpenStreetMap's, a file may have them as columns."""

    area: None = None
    tags: dict[str, Word] = Field(default_factory=dict)
    cost_eur_per_m: Euros | None = None

    @model_validator(mode="after")
    def _is_drawn(self) -> Self:
        check_one_of(self, "line", "source")
        if self.line and len(set(self.line)) == 1:
            raise PydanticCustomError("no_length", "is one point, there twice: it joins nothing")
        if self.line and "highway" not in self.tags:
            raise PydanticCustomError("no_highway", "has no highway among its tags")
        if self.cost_eur is not None and self.cost_eur_per_m is not None:
            check_one_of(self, "cost_eur", "cost_eur_per_m")
        return self


class ChosenStreets(DrawnPlace):
    """Streets that there are: by OpenStreetMap way, or half of whose length lies in a place."""

    ways: tuple[int, ...] = ()
    within_m: Annotated[float, Field(gt=0, le=5000)] = 10.0

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        check_one_of(self, "ways", "line", "area", "source")
        return self


class CostsEntry(ChosenStreets):
    """Streets that take longer or shorter, or are closed."""

    factor: Annotated[float, Field(gt=0, le=1000)] = 1.0
    delay_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    closed: bool = False
    profiles: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if not self.closed and self.factor == 1.0 and self.delay_s == 0.0:
            raise PydanticCustomError("no_change", "changes nothing")
        if self.delay_s and not (self.ways or self.line):
            raise PydanticCustomError("no_stretch", "has a delay_s, but no stretch to pass")
        return self


class ServiceEntry(Change):
    """A service that opens; or one that closes, by its ``service_id``."""

    kind: Word | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    name: str | None = None
    remove: Word | None = None

    @model_validator(mode="after")
    def _opens_or_closes(self) -> Self:
        check_one_of(self, "kind", "remove")
        if self.kind:
            check_needs(self, "lon", "lat")
        return self


class HeadwayEntry(Change):
    """A line that runs every so many minutes between two clock times."""

    line: Word
    headway_min: Minutes
    between: tuple[ClockTime, ClockTime]


class StopEntry(Change):
    """A stop in another place."""

    stop_id: Word
    lon: Longitude
    lat: Latitude


class LineEntry(Change):
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
        check_one_of(self, "name", "remove")
        if self.name:
            check_needs(self, "stops", "minutes", "headway_min", "between")
        return self


class EntranceEntry(Change):
    """A further entrance of the hub."""

    lon: Longitude
    lat: Latitude


class ImprovedStreets(ChosenStreets):
    """Streets that are made better; a way that is partly in the place is made better there alone."""

    def tags(self) -> dict[str, str | None]:
        """The tags of the streets afterwards.

        Returns
        -------
        dict
            Tag of OpenStreetMap → its value; None where it is taken away.
        """
        return {}


class RampEntry(ImprovedStreets):
    """Steps that become a ramp."""

    surface: Word = "asphalt"
    incline_percent: Annotated[float, Field(gt=0, le=15)] | None = None
    length_m: Annotated[float, Field(gt=0, le=2000)] | None = None

    def tags(self) -> dict[str, str | None]:
        """A footway without steps that a wheelchair may use.

        Returns
        -------
        dict
            As for every improvement.
        """
        gone = dict.fromkeys(("step_count", "handrail", "ramp", "ramp:wheelchair", "ramp:stroller", "ramp:bicycle"))
        incline = None if self.incline_percent is None else f"{self.incline_percent:g}%"
        new = {"highway": "footway", "surface": self.surface, "wheelchair": "yes", "smoothness": "good"}
        return {**gone, **new, "incline": incline}


class LightingEntry(ImprovedStreets):
    """Streets that are lit."""

    def tags(self) -> dict[str, str | None]:
        """Lit.

        Returns
        -------
        dict
            As for every improvement.
        """
        return {"lit": "yes"}


class PavingEntry(ImprovedStreets):
    """Streets that are paved."""

    surface: Word = "asphalt"

    def tags(self) -> dict[str, str | None]:
        """The surface, even and firm.

        Returns
        -------
        dict
            As for every improvement.
        """
        return {"surface": self.surface, "smoothness": "good", "tracktype": None, "informal": None}


class WinterEntry(ImprovedStreets):
    """Streets that are cleared of snow in winter; or no more."""

    maintained: bool = True

    def tags(self) -> dict[str, str | None]:
        """What the winter's minutes take it for.

        Returns
        -------
        dict
            As for every improvement.
        """
        return {"winter_maintenance": "maintained" if self.maintained else "unmaintained"}


class HomesEntry(Change):
    """New homes at a place or spread over an area, with their residents, or residents by age group."""

    lon: Longitude | None = None
    lat: Latitude | None = None
    area: Annotated[tuple[Lonlat, ...] | None, Field(min_length=3)] = None
    residents: Annotated[int, Field(gt=0, le=1_000_000)] | dict[str, Annotated[int, Field(ge=0, le=1_000_000)]]
    name: str | None = None
    date: datetime.date | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        check_one_of(self, "lon", "area")
        check_extent(self.area)
        if self.lon is not None:
            check_needs(self, "lat")
        if isinstance(self.residents, dict) and not sum(self.residents.values()):
            raise PydanticCustomError("nobody", "has no residents")
        return self

    @property
    def people(self) -> int:
        """All residents."""
        return self.residents if isinstance(self.residents, int) else sum(self.residents.values())
