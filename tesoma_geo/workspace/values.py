"""Kinds of values in the workspace file: names, times of day, coordinates, filters, each with its check."""

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, ValidationInfo
from pydantic_core import PydanticCustomError

from tesoma_geo.crs import metric_fault
from tesoma_geo.languages import CATALOGUES, is_language_tag
from tesoma_geo.workspace.model import FrozenModel

FormOfName = Annotated[str, Field(min_length=1)]


class InflectedName(FrozenModel):
    """A name with the forms that sentences need, in languages that put endings on it.

    Attributes
    ----------
    nom
        The name as it is.
    gen
        Genitive: ``Länsikeskuksen``.
    ill
        Illative, into: ``Länsikeskukseen``; allative where the language says so (``Tesomalle``).
    ine
        Inessive, in: ``Länsikeskuksessa``.
    ela
        Elative, from: ``Länsikeskuksesta``.
    """

    nom: FormOfName
    gen: FormOfName
    ill: FormOfName
    ine: FormOfName
    ela: FormOfName

    def __str__(self) -> str:
        """The name as it is."""
        return self.nom


def _names(value: Any) -> Any:
    return dict.fromkeys(CATALOGUES, value) if isinstance(value, str) else value


def _language_tag(value: str) -> str:
    if not is_language_tag(value):
        raise PydanticCustomError("language_tag", "is not the tag of a language")
    return value


def _has_catalogue(value: str, info: ValidationInfo) -> str:
    if value not in CATALOGUES and value not in (info.context or {}).get("catalogues", ()):
        raise PydanticCustomError("language", "is no language of the pages")
    return value


def _at_least_one_name(value: dict[str, str]) -> dict[str, str]:
    if not value:
        raise PydanticCustomError("no_name", "has no name in any language")
    return value


def _at_least_one_hub_name(value: dict[str, Any]) -> dict[str, Any]:
    return _at_least_one_name(value)


def _has_words(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("no_name", "has no words")
    return value


def _metric_crs(value: str) -> str:
    fault = metric_fault(value)
    if fault is not None:
        raise PydanticCustomError("crs", "{fault}", {"fault": fault})
    return value


def _clock_time(value: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-9]):[0-5]\d", value):
        raise PydanticCustomError("clock", "is not a time such as 07:00")
    return value


def _country_code(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise PydanticCustomError("country", "is not the code of a country such as FI")
    return value


def _osm_filter(value: str) -> str:
    if not re.fullmatch(r"[^=|\s]+=[^=|]+(\|[^=|]+)*", value):
        raise PydanticCustomError("osm_filter", "is not a filter such as amenity=doctors|dentist")
    return value


#: A year, a month or a day, or the first and the last of several.
_DAYS = r"(\d{4}(-\d\d(-\d\d)?)?)(/\d{4}(-\d\d(-\d\d)?)?)?"


def _as_of(value: Any) -> Any:
    text = value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else value
    if isinstance(text, str) and not re.fullmatch(_DAYS, text):
        raise PydanticCustomError("as_of", "is no year, month or day")
    return text


def _contact(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+|https?://[^\s<>\"]+", value):
        raise PydanticCustomError("contact", "is neither an e-mail address nor the address of a page")
    return value


def _increasing(value: tuple[float, ...]) -> tuple[float, ...]:
    if any(later <= earlier for earlier, later in pairwise(value)):
        raise PydanticCustomError("increasing", "does not increase")
    return value


def _in_order(value: tuple[str, str]) -> tuple[str, str]:
    start, end = ([int(part) for part in clock.split(":")] for clock in value)
    if end <= start:
        raise PydanticCustomError("window", "ends before it begins")
    return value


#: The tag of a language that has a catalogue: one of the package's, or one of the workspace's own.
Language = Annotated[str, AfterValidator(_has_catalogue)]
#: Such as ``se`` or ``sv-x-simple``.
LanguageTag = Annotated[str, AfterValidator(_language_tag)]
#: A name, or one for each language; at least one.
Names = Annotated[dict[Language, str], BeforeValidator(_names), AfterValidator(_at_least_one_name)]
#: A name, with its forms or without them.
PlainOrInflected = Annotated[
    Annotated[InflectedName, Tag("inflected-name")] | Annotated[str, Tag("plain-name")],
    Discriminator(lambda value: "plain-name" if isinstance(value, str) else "inflected-name"),
]
#: A hub's name: as above, and in languages with cases its forms too.
HubNames = Annotated[dict[Language, PlainOrInflected], BeforeValidator(_names), AfterValidator(_at_least_one_hub_name)]
_Written = Annotated[str, Field(max_length=2000), AfterValidator(_has_words)]
#: What people wrote: words in the workspace's first language, or words by the tag of their language.
Words = Annotated[
    Annotated[_Written, Tag("plain-words")]
    | Annotated[dict[LanguageTag, _Written], Field(min_length=1), Tag("words-by-language")],
    Discriminator(lambda value: "plain-words" if isinstance(value, str) else "words-by-language"),
]
#: A projected coordinate reference system in metres, such as ``EPSG:3067``.
MetricCrs = Annotated[str, AfterValidator(_metric_crs)]
#: ``HH:MM``; hours after midnight of the same day of service go on to 29.
CountryCode = Annotated[str, AfterValidator(_country_code)]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
#: Two of them, the earlier one first.
ClockWindow = Annotated[tuple[ClockTime, ClockTime], AfterValidator(_in_order)]
#: ``key=value`` or ``key=value|value`` of OpenStreetMap.
OsmFilter = Annotated[str, AfterValidator(_osm_filter)]
#: The year, month, day or days that data tells of: ``2020``, ``2021-12``, ``2021-12-31`` or ``2021-08-17/2021-08-20``.
AsOf = Annotated[str, BeforeValidator(_as_of)]
#: An e-mail address, or the ``http(s)`` address of a form.
Contact = Annotated[str, AfterValidator(_contact)]
Minutes = Annotated[float, Field(gt=0, le=24 * 60)]
Percentile = Annotated[int, Field(ge=0, le=100)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Share = Annotated[float, Field(gt=0, le=1)]
Source = Annotated[str, Field(min_length=1)]
#: Each number greater than the one before.
Increasing = AfterValidator(_increasing)
