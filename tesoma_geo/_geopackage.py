"""GeoPackages whose bytes do not tell when they were written."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyogrio

#: GeoPackages carry the time they were written; this one is nobody's, so that the bytes stay the same.
GEOPACKAGE_DATE = "2000-01-01T00:00:00.000Z"
#: SQLite's count of changes depends on how time passes. It is put to what GDAL leaves with a clock that stands still,
#: in layers with rows and places: so many for the file, and for each layer.
CHANGES_OF_FILE, CHANGES_OF_LAYER = 5, 6
#: Where that count stands in an SQLite file, four bytes, big end first (https://sqlite.org/fileformat2.html).
CHANGE_COUNTS_AT = (24, 92)


def write_layers(path: Path, layers: Mapping[str, gpd.GeoDataFrame], date: str = GEOPACKAGE_DATE) -> None:
    """Write tables as the layers of one GeoPackage, without the time of writing.

    Parameters
    ----------
    path
        The file; layers are added where it exists.
    layers
        Name of the layer → its table.
    date
        What stands in the place of the time of writing, in the form of :data:`GEOPACKAGE_DATE`.

    Raises
    ------
    AssertionError
        GDAL writes times in another form than this, or ``date`` has another.
    """
    for name, table in layers.items():
        pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=path.exists())
    _put_date(path, date)


def _put_date(path: Path, date: str) -> None:
    """Put a date in the place of the times of writing, byte for byte.

    GDAL's own option for this, ``OGR_CURRENT_DATE``, holds for the whole process, other threads that write included.
    What it leaves differs in these times, and in the count of changes: a time that moves on is one more change.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        times = [str(time) for (time,) in database.execute("SELECT last_change FROM gpkg_contents")]
    content = bytearray(path.read_bytes())
    for time in times:
        if len(time) != len(date):
            raise AssertionError(f"GDAL writes the time of a layer as {time}, not as {date}")
        content = content.replace(time.encode(), date.encode())
    count = CHANGES_OF_FILE + CHANGES_OF_LAYER * len(times)
    for start in CHANGE_COUNTS_AT:
        content[start : start + 4] = count.to_bytes(4, "big")
    path.write_bytes(content)
