"""What files hold, as far as a workspace can use it: which layer each is, and its columns."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import rasterio
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.errors import RasterioError

from tesoma_geo.errors import SourceError, TesomaError
from tesoma_geo.sources._delimited import SUFFIXES, read_delimited
from tesoma_geo.sources.area_columns import NAMES, likely_code
from tesoma_geo.sources.gtfs import nearest_day_of_service, read_feed, span
from tesoma_geo.sources.layers import PARQUET_SUFFIXES, read_rows

STREETS, HEIGHTS, TIMETABLE, AREAS, WATER, SERVICES, SURVEY, RESPONDENTS, UNKNOWN = (
    "streets", "heights", "timetable", "areas", "water", "services", "survey", "respondents", "unknown",
)  # fmt: skip
#: The column by which a survey's export is known.
SURVEY_ID = "Vastaustunniste"
_STREET_ENDS = (".osm.pbf", ".osm", ".osm.gz", ".osm.bz2", ".pbf")
_RASTER_ENDS = (".tif", ".tiff", ".vrt", ".asc")
_RESIDENTS = re.compile(
    r"popul|resident|inhabit|asuk|v(?:ä|ae|a)est|befolk|invån|einwohn|habitant|elanik|poblac|^he_vakiy$|^vaki", re.I
)
_AGE = re.compile(
    r"(?:age|ik(?:ä|a)|(?:å|a)lder|edad|idade|alter|vanus)\D{0,3}?(\d{1,3})(?:\D{1,3}(\d{1,3}))?(?:\D*)", re.I
)
_WATER = re.compile(r"water|lake|j(?:ä|a)rv|vesi|vatten|sj(?:ö|o)", re.I)
#: Values of a column that are shown; of more, the column tells areas apart and is no choice.
SHOWN = 6


@dataclass(frozen=True)
class FoundFile:
    """A file, and what of it a workspace can use.

    Attributes
    ----------
    path
        The file.
    holds
        One of the constants of this module, such as :data:`STREETS`.
    told
        What was seen, in words; of what cannot be used, why.
    columns
        Column → what stands in it, in words.
    keys
        Keys of the workspace that follow: ``column``, ``code``, ``name``, ``crs``, ``where``, ``date``.
    age_groups
        Shown name → column of residents of that age.
    layer
        Which layer of a file that has several.
    """

    path: Path
    holds: str
    told: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    age_groups: Mapping[str, str] = field(default_factory=dict)
    layer: str | None = None


def look_into(path: Path, place: str) -> FoundFile:
    """Which layer of a workspace a file is.

    Parameters
    ----------
    path
        A file, or a folder with the files of a feed.
    place
        What the district is called: a column of areas that holds it tells which are its.

    Returns
    -------
    FoundFile

    Raises
    ------
    SourceError
        There is no such file.
    """
    if not path.exists():
        raise SourceError(f"{path}: there is no such file", "Correct the path")
    name = path.name.casefold()
    try:
        if name.endswith(_STREET_ENDS):
            return FoundFile(path, STREETS, "OpenStreetMap")
        if path.is_dir() or name.endswith(".zip"):
            return _feed(path)
        if name.endswith(_RASTER_ENDS):
            return _raster(path)
        if path.suffix.casefold() in SUFFIXES:
            return _table(path)
        return _vector(path, place)
    except (TesomaError, RasterioError, DataSourceError, DataLayerError, OSError, ValueError) as error:
        said = " ".join(str(error).split()).partition("; It might help")[0]  # GDAL's advice is for programmers
        return FoundFile(path, UNKNOWN, f"cannot be read: {said[:200]}")


def _feed(path: Path) -> FoundFile:
    names = [item.name for item in path.iterdir()] if path.is_dir() else zipfile.ZipFile(path).namelist()
    if not any(name.endswith("stops.txt") for name in names):
        return FoundFile(path, UNKNOWN, "holds no stops.txt, so that it is no timetable")
    feed = read_feed(path)
    days = span(feed)
    if days is None:
        return FoundFile(path, UNKNOWN, "is a timetable without any day of service")
    middle = date.fromordinal((days[0].toordinal() + days[1].toordinal()) // 2)
    tuesday = date.fromordinal(middle.toordinal() + (1 - middle.weekday()))
    day = nearest_day_of_service([feed], tuesday) or days[0]
    description = f"a timetable of {days[0]} to {days[1]}, {len(feed.tables['stops'])} stops"
    return FoundFile(path, TIMETABLE, description, keys={"date": day.isoformat()})


def _raster(path: Path) -> FoundFile:
    with rasterio.open(path) as raster:
        if raster.count != 1 or raster.crs is None:
            return FoundFile(path, UNKNOWN, f"is a picture of {raster.count} bands, or has no coordinate system")
        return FoundFile(path, HEIGHTS, f"a raster with cells of {abs(raster.transform.a):g}, {raster.crs.to_string()}")


def _table(path: Path) -> FoundFile:
    rows = read_delimited(path, "")
    columns = _described(rows)
    if SURVEY_ID in rows.columns:
        return FoundFile(path, RESPONDENTS, "answers of a survey's respondents", columns)
    lower = {str(name).casefold(): str(name) for name in rows.columns}
    pairs = (("lon", "lat"), ("longitude", "latitude"), ("lng", "lat"), ("x", "y"), ("e", "n"))
    pair = next(((lower[lon], lower[lat]) for lon, lat in pairs if lon in lower and lat in lower), None)
    if pair is None:
        return FoundFile(path, UNKNOWN, f"is a table without coordinates; its columns are {', '.join(columns)}")
    return FoundFile(path, SERVICES, "places", columns, {"lon": pair[0], "lat": pair[1], **_named(rows)})


def _vector(path: Path, place: str) -> FoundFile:
    if path.suffix.casefold() in PARQUET_SUFFIXES:
        return _layer(path, None, place)
    layers = [str(name) for name, geometry in pyogrio.list_layers(path) if geometry is not None]
    if any(SURVEY_ID in pyogrio.read_info(path, layer=name)["fields"] for name in layers):
        return FoundFile(path, SURVEY, "a survey's answers on the map")
    candidates = [_layer(path, name, place) for name in layers]
    rank = [AREAS, SERVICES, WATER, UNKNOWN]
    if not candidates:
        return FoundFile(path, UNKNOWN, "holds no layer with places")
    best = min(candidates, key=lambda one: rank.index(one.holds))
    return best if len(layers) > 1 else FoundFile(
        best.path, best.holds, best.told, best.columns, best.keys, best.age_groups
    )  # fmt: skip


def _layer(path: Path, layer: str | None, place: str) -> FoundFile:
    rows = read_rows(path, key=path.name, layer=layer)
    columns = _described(rows)
    if not isinstance(rows, gpd.GeoDataFrame):
        return FoundFile(path, UNKNOWN, f"has no geometry; its columns are {', '.join(columns)}", layer=layer)
    kinds = set(rows.geom_type.dropna())
    if kinds <= {"Point", "MultiPoint"}:
        return FoundFile(path, SERVICES, "places", columns, _named(rows), layer=layer)
    if not kinds <= {"Polygon", "MultiPolygon"}:
        return FoundFile(path, UNKNOWN, f"holds {', '.join(sorted(kinds))}", columns, layer=layer)
    residents = _resident_column(rows)
    if residents is None and _WATER.search(f"{path.stem} {layer or ''}"):
        return FoundFile(path, WATER, "areas of water", columns, layer=layer)
    keys = {**_named(rows), **({} if residents is None else {"column": residents})}
    code = likely_code(rows)
    keys |= {} if code is None else {"code": code}
    where = _where(rows, place)
    keys |= {} if where is None else {"where": where}
    chosen = rows if where is None else rows[(rows[where.split(" == ")[0]] == place_value(where)).to_numpy()]
    degrees = chosen.to_crs("EPSG:4326")
    point = degrees.geometry.union_all().representative_point()
    metric = rows.crs if rows.crs is not None and rows.crs.is_projected else chosen.estimate_utm_crs()
    keys |= {"lon": f"{point.x:.4f}", "lat": f"{point.y:.4f}", "crs": metric.to_string()}
    return FoundFile(path, AREAS, f"{len(rows)} areas", columns, keys, _age_groups(rows), layer)


def place_value(where: str) -> str:
    """The value of a condition ``column == 'value'``.

    Parameters
    ----------
    where
        The condition.

    Returns
    -------
    str
    """
    return where.split(" == ")[1].strip("'")


def _resident_column(rows: pd.DataFrame) -> str | None:
    """The column of all residents: of several the one of the latest year, then the first."""
    likely = [
        str(name) for name in rows.columns
        if _RESIDENTS.search(str(name)) and not _AGE.search(str(name)) and pd.api.types.is_numeric_dtype(rows[name])
    ]  # fmt: skip
    return max(likely, key=lambda name: (re.findall(r"(?:19|20)\d\d", name) or [""])[-1], default=None)


def _age_groups(rows: pd.DataFrame) -> dict[str, str]:
    groups = {}
    for name in map(str, rows.columns):
        match = _AGE.fullmatch(name)
        if match and pd.api.types.is_numeric_dtype(rows[name]):
            groups[f"{match[1]}-{match[2] or ''}"] = name
    return groups


def _where(rows: pd.DataFrame, place: str) -> str | None:
    """A condition for the rows of a place, by a column of texts that holds its name."""
    for name in map(str, rows.columns):
        if name == "geometry" or not name.isidentifier() or pd.api.types.is_numeric_dtype(rows[name]):
            continue
        values = [value for value in rows[name].dropna().unique() if isinstance(value, str) and "'" not in value]
        value = next((value for value in values if value.casefold() == place.casefold()), None)
        if value is not None and len(rows) > 1:
            return f"{name} == '{value}'"
    return None


def _named(rows: pd.DataFrame) -> dict[str, str]:
    lower = {str(name).casefold(): str(name) for name in rows.columns}
    name = next((lower[one] for one in NAMES if one in lower), None)
    return {} if name is None else {"name": name}


def _described(rows: pd.DataFrame) -> dict[str, str]:
    return {str(name): ", ".join(_values(rows[name])) for name in rows.columns if name != "geometry"}


def _values(column: "pd.Series") -> Iterator[str]:
    values: Sequence[object] = list(column.dropna().unique()[: SHOWN + 1])
    if pd.api.types.is_numeric_dtype(column) and len(values):
        yield f"{column.min():g} to {column.max():g}"
        return
    yield from (repr(str(value)[:40]) for value in values[:SHOWN])
    if len(values) > SHOWN:
        yield "…"
