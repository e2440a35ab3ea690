"""What a country changes: classes of streets closed to some, speeds behind words, whether there is a winter.

The numbers, with their sources, stand in ``countries.toml`` beside this file.
"""

import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: Words of ``maxspeed`` that are speeds without a country.
WITHOUT_COUNTRY = ("none", "walk")
#: Parts of countries with codes of their own, whose rules of the road are those of the whole.
PARTS: Mapping[str, str] = {"AX": "FI", "SJ": "NO", "PR": "US", "GU": "US", "MP": "US", "AS": "US"}


@dataclass(frozen=True)
class Country:
    """The rules of one country, or of the world where it is not known.

    Attributes
    ----------
    code
        ISO 3166-1, two letters; empty for the world's.
    closed_classes
        Mode → ``highway`` classes that are closed to it unless a tag opens them.
    speeds_kmh
        What words of ``maxspeed`` stand for, ``"FI:urban"`` and, in the country itself, ``"urban"``.
    winter
        Whether months of snow and ice are what people are used to.
    left_hand
        Whether one drives on the left.
    """

    code: str = ""
    closed_classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    speeds_kmh: Mapping[str, float] = field(default_factory=dict)
    winter: bool = False
    left_hand: bool = False


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
    own = tables["countries"].get(code, {})
    speeds = {word: float(tables["speeds_kmh"][word]) for word in WITHOUT_COUNTRY}
    for other, table in tables["countries"].items():
        named = (other, "UK") if other == "GB" else (other,)
        words = {f"{name}:{word}": float(kmh) for name in named for word, kmh in table.get("speeds_kmh", {}).items()}
        speeds |= words
    speeds |= {name: float(kmh) for name, kmh in tables["regions_kmh"].items()}
    speeds |= {word: float(kmh) for word, kmh in own.get("speeds_kmh", {}).items()}
    closed = {mode: frozenset(own.get("closed_classes", {}).get(mode, ())) for mode in ("foot", "bicycle", "car")}
    return Country(code, closed, speeds, bool(own.get("winter", False)), code in tables["left_hand"])


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


def _of_time_zone(lon: float, lat: float) -> str:
    """The country of a place by the zone of time that the library of opening hours finds."""
    import opening_hours

    # On the line of 180 degrees itself there is no zone.
    place = max(min(lat, 89.99), -89.99), max(min(lon, 179.99), -179.99)
    change = opening_hours.OpeningHours("10:00-12:00", coords=place).next_change()
    zone = None if change is None else change.tzinfo
    code = _countries_of_zones().get(str(getattr(zone, "key", "")), "")
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


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("countries.toml").read_text(encoding="utf-8"))
