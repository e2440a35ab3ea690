"""What a country changes: rules of the road, languages, coordinates, days off, columns of its population grid.

Everything that is one country's stands in one file of ``country_files``, with its sources; ``world.toml`` there
explains the keys and has the rules of countries without a file of their own.
"""

import re
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta, tzinfo
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: Words of ``maxspeed`` that are speeds without a country.
WITHOUT_COUNTRY = ("none", "walk")
#: Parts of countries with codes of their own, whose rules of the road are those of the whole.
PARTS: Mapping[str, str] = {"AX": "FI", "SJ": "NO", "PR": "US", "GU": "US", "MP": "US", "AS": "US"}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORLD = "world.toml"
#: Metres of a mile: the international one of 1959.
MILE_M = 1609.344


@dataclass(frozen=True)
class Country:
    """The rules of one country, or of the world where it is not known.

    Attributes
    ----------
    code
        ISO 3166-1, two letters; empty for the world's.
    closed_classes
        Mode → ``highway`` classes that are closed to it unless a tag opens them.
    ridden_classes
        ``highway`` classes where the law lets bicycles ride though they are pushed elsewhere.
    speeds_kmh
        What words of ``maxspeed`` stand for, ``"FI:urban"`` and, in the country itself, ``"urban"``.
    winter
        Whether months of snow and ice are what people are used to.
    left_hand
        Whether one drives on the left.
    miles
        Whether distances are told in miles.
    languages
        Tags of the languages of pages, the first one first; not all need have a catalogue.
    crs
        The national grid; empty where there is none for the whole country.
    utm
        ``"north"`` and ``"south"`` → what is added to the number of a zone of UTM to have the EPSG number of the
        country's own zones; empty where these are WGS 84's.
    weekend
        Days of the week that are no working days, Monday 0.
    holidays
        Days off as the country's file writes them; see :meth:`is_holiday`.
    quiet_months
        Months in which few vehicles run.
    population
        Columns of the official population grid: all residents, and age group → column; None where none is known.
    web_enforcement
        Whether an accessibility statement names the country's supervisor.
    """

    code: str = ""
    closed_classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    speeds_kmh: Mapping[str, float] = field(default_factory=dict)
    winter: bool = False
    left_hand: bool = False
    miles: bool = False
    languages: tuple[str, ...] = ("en",)
    crs: str = ""
    utm: Mapping[str, int] = field(default_factory=dict)
    weekend: tuple[int, ...] = (5, 6)
    holidays: tuple[str, ...] = ("01-01",)
    quiet_months: tuple[int, ...] = ()
    population: tuple[str, Mapping[str, str]] | None = None
    web_enforcement: bool = False
    ridden_classes: frozenset[str] = frozenset()

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a public holiday, or an eve that timetables treat as one.

        Parameters
        ----------
        day
            Any day.

        Returns
        -------
        bool
        """
        return any(_falls_on(rule, day) for rule in self.holidays)

    def local_crs(self, lon: float, lat: float) -> str:
        """The metric system of a place in this country.

        Parameters
        ----------
        lon, lat
            WGS 84 degrees.

        Returns
        -------
        str
            The national grid where there is one, else the zone of UTM: ``EPSG:32723``.
        """
        if self.crs:
            return self.crs
        zone = min(int((lon + 180.0) // 6.0) + 1, 60)
        base = self.utm.get("north" if lat >= 0 else "south", 32600 if lat >= 0 else 32700)
        return f"EPSG:{base + zone}"


@cache
def country_rules(code: str) -> Country:
    """The rules of a country; the world's for a code that has none of its own.

    Parameters
    ----------
    code
        ISO 3166-1, two letters; empty where it is not known.

    Returns
    -------
    Country
    """
    tables = _tables()
    own = {**tables["countries"].get(PARTS.get(code, ""), {}), **tables["countries"].get(code, {})}
    speeds = {word: float(tables["speeds_kmh"][word]) for word in WITHOUT_COUNTRY}
    for other, table in tables["countries"].items():
        named = (other, "UK") if other == "GB" else (other,)
        words = {f"{name}:{word}": float(kmh) for name in named for word, kmh in table.get("speeds_kmh", {}).items()}
        speeds |= words
    speeds |= {name: float(kmh) for name, kmh in tables["regions_kmh"].items()}
    speeds |= {word: float(kmh) for word, kmh in own.get("speeds_kmh", {}).items()}
    return Country(
        code,
        {mode: frozenset(own.get("closed_classes", {}).get(mode, ())) for mode in ("foot", "bicycle", "car")},
        speeds,
        bool(own.get("winter", False)),
        bool(own.get("left_hand", code in tables["left_hand"])),
        bool(own.get("miles", False)),
        tuple(own.get("languages", ("en",))),
        str(own.get("crs", "")),
        dict(own.get("utm", {})),
        tuple(_WEEKDAYS.index(name) for name in own.get("weekend", ("saturday", "sunday"))),
        tuple(own.get("holidays", ("01-01",))),
        tuple(own.get("quiet_months", ())),
        _population(own),
        bool(own.get("web_enforcement", False)),
        frozenset(own.get("ridden_classes", ())),
    )


def population_columns() -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Columns of the official population grids that are known, in the order of the countries' codes.

    Returns
    -------
    tuple
        Of each the column of all residents, and age group → column.
    """
    known = (_population(table) for _, table in sorted(_tables()["countries"].items()))
    return tuple(one for one in known if one is not None)


def known_countries() -> tuple[str, ...]:
    """Codes of the countries with rules of their own, in order.

    Returns
    -------
    tuple of str
    """
    return tuple(sorted(_tables()["countries"]))


@cache
def country_of(crs: str, lon: float, lat: float) -> str:
    """The country that a place lies in, empty where that is not clear.

    Told by the zone of time, whose borders are those of countries, true to some hundred metres; on the sea and where
    no table of zones is at hand by the national system of coordinates, else by the smallest area of use, of any datum,
    that has the place in it. A workspace names its country by a key.

    Parameters
    ----------
    crs
        The metric system of the network.
    lon, lat
        A place in it, WGS 84 degrees.

    Returns
    -------
    str
    """
    return _of_time_zone(lon, lat) or _of_coordinates(crs, lon, lat)


@cache
def time_zone_at(lon: float, lat: float) -> tzinfo:
    """The zone of time of a place, as the library of opening hours finds it.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees.

    Returns
    -------
    tzinfo
        UTC where there is none.
    """
    import opening_hours

    # On the line of 180 degrees itself there is no zone.
    place = max(min(lat, 89.99), -89.99), max(min(lon, 179.99), -179.99)
    change = opening_hours.OpeningHours("10:00-12:00", coords=place).next_change()
    return UTC if change is None or change.tzinfo is None else change.tzinfo


def _of_time_zone(lon: float, lat: float) -> str:
    """The country of a place by its zone of time."""
    code = _countries_of_zones().get(str(getattr(time_zone_at(lon, lat), "key", "")), "")
    return PARTS.get(code, code)


@cache
def _countries_of_zones() -> Mapping[str, str]:
    """Zone of time → country, out of the table that comes with the zones; empty where there is none."""
    name = "zone.tab"
    paths = [Path(folder, name) for folder in zoneinfo.TZPATH]
    text = next((path.read_text(encoding="utf-8") for path in paths if path.is_file()), "")
    if not text and find_spec("tzdata") is not None:
        table = resources.files("tzdata") / "zoneinfo" / name
        text = table.read_text(encoding="utf-8") if table.is_file() else ""
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[2].strip(): row[0] for row in rows if len(row) > 2}


def _of_coordinates(crs: str, lon: float, lat: float) -> str:
    """The country of a place by systems of coordinates and where they are used."""
    from pyproj import CRS
    from pyproj.aoi import AreaOfInterest
    from pyproj.database import query_crs_info
    from pyproj.enums import PJType

    area = CRS.from_user_input(crs).area_of_use
    named = _code_of(area.name or "") if area is not None else ""
    if named:
        return named
    here = AreaOfInterest(lon, lat, lon, lat)
    areas = [info.area_of_use for info in query_crs_info(area_of_interest=here, pj_types=PJType.GEOGRAPHIC_2D_CRS)]
    sized = [
        ((area.east - area.west) * (area.north - area.south), str(area.name))
        for area in areas
        if area is not None and area.name and area.west <= lon <= area.east
    ]
    return _code_of(str(min(sized)[1])) if sized else ""


def _code_of(area: str) -> str:
    """The country that the name of an area of use begins with, as in ``"Finland - onshore."``."""
    for code, table in _tables()["countries"].items():
        for name in table["names"]:
            if area == name or area.startswith((f"{name} -", f"{name}.")):
                return str(code)
    return ""


def _population(table: Mapping[str, Any]) -> tuple[str, Mapping[str, str]] | None:
    columns = table.get("population")
    return None if columns is None else (str(columns["total"]), dict(columns.get("ages", {})))


def _falls_on(rule: str, day: date) -> bool:
    """Whether a rule of holidays names a day: ``12-06``, ``easter-2``, ``saturday 06-20`` or ``01-02 if monday``."""
    rule, _, weekdays = rule.partition(" if ")
    if weekdays and _WEEKDAYS[day.weekday()] not in weekdays.split():
        return False
    from_easter = re.fullmatch(r"easter([+-]\d+)?", rule)
    if from_easter:
        return day == easter(day.year) + timedelta(days=int(from_easter[1] or 0))
    weekday, _, first = rule.rpartition(" ")
    month, number = (int(part) for part in first.split("-"))
    start = date(day.year, month, number)
    return start <= day < start + timedelta(days=7) and _WEEKDAYS[day.weekday()] == weekday if weekday else day == start


def easter(year: int) -> date:
    """Easter Sunday of the Western churches: Meeus, Astronomical Algorithms, 1991, chapter 8.

    Parameters
    ----------
    year
        From 1583 on.

    Returns
    -------
    date
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, number = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, number + 1)


@cache
def _tables() -> Mapping[str, Any]:
    folder = Path(__file__).with_name("country_files")
    tables = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}
    world = tables.pop(_WORLD)
    own = {name.removesuffix(".toml").upper(): table for name, table in tables.items()}
    return {**world, "countries": {**world["countries"], **own}}
