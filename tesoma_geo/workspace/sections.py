"""The tables of the workspace file that are about the district and its layers, one class a table."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tesoma_geo.languages import LANGUAGES
from tesoma_geo.workspace.addresses import wfs_source
from tesoma_geo.workspace.model import FrozenModel
from tesoma_geo.workspace.values import (
    AsOf,
    ClockWindow,
    Contact,
    CountryCode,
    HubNames,
    Increasing,
    InflectedName,
    Language,
    LanguageTag,
    Latitude,
    Longitude,
    MetricCrs,
    Minutes,
    Names,
    OsmFilter,
    Percentile,
    Source,
)

OSM_LICENCE = "© OpenStreetMap contributors, ODbL 1.0"


def _pairs(value: Any) -> Any:
    """Pairs of numbers as they are; anything else is one fault, not one a number."""
    if isinstance(value, list | tuple) and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value):
        return value
    raise PydanticCustomError("pairs", "is no list of pairs of numbers")


def _layer(value: Any) -> Any:
    return {"source": value} if isinstance(value, str) else value


class Layer(FrozenModel):
    """A vector layer: a file or a fetched address, which layer of it, which rows."""

    source: Source
    layer: str | None = None
    where: str | None = None
    licence: str | None = None
    as_of: AsOf | None = None


LayerOrPath = Annotated[Layer, BeforeValidator(_layer)]


def _layers(value: Any) -> Any:
    """One table of the file, or a list of them, as a list."""
    return value if isinstance(value, list | tuple) else [value]


#: What mapping walks found: one layer or several, ``[survey_walk]`` or ``[[survey_walk]]``.
Walks = Annotated[tuple[LayerOrPath, ...], BeforeValidator(_layers)]


class District(FrozenModel):
    """Where and what the district is, and how it is measured.

    Attributes
    ----------
    name
        Language → what it is called.
    area
        Polygons of the district.
    crs
        The metric system that everything is measured in.
    code, area_name
        Columns of the area's file with the codes and the names of its areas; guessed where they are None.
    languages
        Of the pages, the first one first.
    made_up
        Whether the pages say that nothing of it is real.
    country
        ISO 3166-1 code, two letters, of the country whose rules of the road hold; the place's where it is None.
    catalogues
        Language → gettext file (``.po``) of the pages' texts, for languages that the package has no catalogue of.
    """

    name: Names
    area: LayerOrPath
    crs: MetricCrs
    code: str | None = None
    area_name: str | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = LANGUAGES
    made_up: bool = False
    country: CountryCode | None = None
    # Words of pages are no parameter of the results.
    catalogues: dict[LanguageTag, Source] = Field(default_factory=dict, exclude=True)


#: What a hub without a name is called, by language.
UNNAMED_HUB: dict[str, InflectedName | str] = {
    "fi": InflectedName(nom="Keskus", gen="Keskuksen", ill="Keskukseen", ine="Keskuksessa", ela="Keskuksesta"),
    "sv": "Centrum",
    "en": "Centre",
    "et": InflectedName(nom="Keskus", gen="Keskuse", ill="Keskusesse", ine="Keskuses", ela="Keskusest"),
    "pt": "Centro",
}


class Hub(FrozenModel):
    """The place whose accessibility is assessed: its entrances, or a layer that holds them.

    Attributes
    ----------
    name
        Language → what it is called.
    entrances
        Longitude and latitude of each. One alone is taken for the place: it is entered from all sides; several are
        its doors.
    area
        Polygons of the place, in place of entrances.
    around_m
        How far the streets on all sides of a point may be that it is entered from, metres; 0 for a door. None: 75 m
        for a point alone, 0 for one of several.
    """

    name: HubNames = Field(default=UNNAMED_HUB)
    entrances: Annotated[tuple[tuple[Longitude, Latitude], ...], BeforeValidator(_pairs)] = ()
    area: LayerOrPath | None = None
    around_m: Annotated[float, Field(ge=0, le=500)] | None = None

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
    as_of: AsOf | None = None

    @model_validator(mode="after")
    def _has_streets(self) -> Self:
        if (self.osm is None) == (self.overpass is None):
            raise PydanticCustomError("no_streets", "names neither or both of osm (a file) and overpass (an address)")
        return self


class Elevation(FrozenModel):
    """A raster of ground elevation.

    Attributes
    ----------
    source, licence
        One band of heights, in metres or the unit that it names.
    error_m
        Standard deviation of its heights' error, metres; None: the usual for its cell size.
    shift_m
        Standard deviation of how far it lies aside, east and north each, metres; None: half a cell.
    """

    source: Source
    licence: str | None = None
    as_of: AsOf | None = None
    error_m: Annotated[float, Field(ge=0, le=100)] | None = None
    shift_m: Annotated[float, Field(ge=0, le=1000)] | None = None


class Basemap(FrozenModel):
    """What is drawn under everything."""

    water: LayerOrPath | None = None


class Transit(FrozenModel):
    """Timetables and the departure window.

    Attributes
    ----------
    gtfs
        Feeds.
    date, window
        The day, and the departures.
    percentiles
        Of the departures.
    lifts_out_of_order
        Ids of pathways or stops of the feeds whose lifts nobody can take.
    licence, as_of
        Of the feeds.
    """

    gtfs: Annotated[tuple[Source, ...], Field(min_length=1)]
    date: date
    window: ClockWindow = ("07:00", "09:00")
    percentiles: Annotated[tuple[Percentile, ...], Field(min_length=1), Increasing] = (
        5,
        25,
        50,
        75,
        95,
    )
    lifts_out_of_order: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    licence: str | None = None
    as_of: AsOf | None = None


class Population(FrozenModel):
    """Residents: areas with totals to be spread along streets, a ready grid, or a raster of counts."""

    source: Source
    column: str | None = None
    kind: Literal["areas", "grid", "h3", "raster"] = "areas"
    layer: str | None = None
    where: str | None = None
    code: str | None = None
    name: str = "name"
    cell_m: Annotated[float, Field(ge=10, le=5000)] = 125.0
    age_groups: dict[str, str] = Field(default_factory=dict)
    licence: str | None = None
    as_of: AsOf | None = None


class ServiceLayer(Layer):
    """Services of one kind from a file: points, or a table with coordinate columns.

    Attributes
    ----------
    kind
        One of the kinds of the pages: a known one, or one of the workspace's own.
    name
        Column with their names.
    capacity
        Column with how much each counts for: jobs, seats, places; None where each counts once.
    opening_hours
        Column with opening hours as OpenStreetMap writes them.
    lon, lat
        Columns with coordinates, for a table.
    wfs_layer
        Layer of a WFS.
    """

    kind: Annotated[str, Field(min_length=1)]
    name: str = "name"
    capacity: str | None = None
    opening_hours: str = "opening_hours"
    lon: str | None = None
    lat: str | None = None
    wfs_layer: str | None = None

    @property
    def file(self) -> str:
        """What :meth:`Workspace.resolve` takes: the source, or the one layer fetched from a WFS."""
        return self.source if self.wfs_layer is None else wfs_source(self.source, self.wfs_layer)


class Services(FrozenModel):
    """Everyday services by kind: OpenStreetMap filters and further layers.

    Attributes
    ----------
    osm
        Kind → filter of OpenStreetMap tags.
    files
        Further layers.
    open_at
        ``"window"``: those count that are open at the end of a trip begun in the departure window of ``[transit]``.
        None: all count, at whatever hour.
    """

    open_at: Literal["window"] | None = None
    osm: dict[str, OsmFilter] = Field(default_factory=dict)
    files: tuple[ServiceLayer, ...] = ()


class Nature(FrozenModel):
    """Green areas that everybody may use."""

    areas: LayerOrPath | None = None


class Winter(FrozenModel):
    """Whether winter is assessed, and lines or areas that are cleared of snow or are not.

    Attributes
    ----------
    enabled
        None: where a layer is given, and in countries with months of snow.
    source, layer, where, licence, as_of
        A layer that tells more than the tags of the streets.
    column, values
        Its column, and what the values in it mean.
    """

    enabled: bool | None = None
    source: Source | None = None
    layer: str | None = None
    where: str | None = None
    licence: str | None = None
    as_of: AsOf | None = None
    column: str = "winter_maintenance"
    values: dict[str, Literal["maintained", "unmaintained"]] = Field(
        default={"maintained": "maintained", "unmaintained": "unmaintained"}
    )


class Site(FrozenModel):
    """Who answers for the pages, and what somebody has found of them: pages state nothing that nobody did.

    Attributes
    ----------
    contact
        Where readers write to: an e-mail address, or the address (``https://…``) of a form.
    authority
        Language → who answers for the pages, such as a city.
    checked_on
        The day on which their accessibility was last examined by somebody.
    compliance
        What was found of WCAG 2.1, level AA: that they meet it in full, partly or not.
    author
        Who made the report.
    """

    contact: Contact | None = None
    authority: Names | None = None
    checked_on: date | None = None
    compliance: Literal["full", "partial", "none"] | None = None
    author: str | None = None

    @property
    def contact_href(self) -> str | None:
        """Where a link to the contact leads; None without one."""
        if self.contact is None or self.contact.startswith(("http://", "https://")):
            return self.contact
        return f"mailto:{self.contact}"

    @model_validator(mode="after")
    def _compliance_has_a_day(self) -> Self:
        if self.compliance is not None and self.checked_on is None:
            raise PydanticCustomError("no_day", "claims compliance, but does not say when somebody examined the pages")
        return self


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
    cutoffs_min: Annotated[tuple[Minutes, ...], Field(min_length=1), Increasing] = (
        5,
        10,
        15,
        20,
        30,
    )
    services_within_min: Minutes = 15.0
