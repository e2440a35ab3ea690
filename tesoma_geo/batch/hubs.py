"""A table of hubs: points, each of which is the hub of a district that all have alike."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from tesoma_geo.batch.district_table import name_in
from tesoma_geo.batch.file import Districts
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import InputError
from tesoma_geo.sources.layers import read_rows
from tesoma_geo.tables import Reading

_POINTS = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT)


@dataclass(frozen=True)
class TableHub:
    """A hub of a table.

    Attributes
    ----------
    key
        What names it.
    name
        What it is called.
    entrances
        Longitude and latitude of each of its points; none where it has a fault.
    fault
        Why it cannot be used; empty where it can.
    """

    key: str
    name: str
    entrances: tuple[tuple[float, float], ...]
    fault: str = ""


def are_hubs(table: gpd.GeoDataFrame) -> bool:
    """Whether a table of districts is one of hubs.

    Parameters
    ----------
    table
        With geometry.

    Returns
    -------
    bool
        Whether it holds points and nothing else.
    """
    return bool(pd.Series(shapely.get_type_id(table.geometry.to_numpy())).isin(_POINTS).all())


def hubs_of(table: Districts, file: Path, read: Reading) -> list[TableHub]:
    """The hubs of a table, those with a fault among them.

    Parameters
    ----------
    table
        What the file of the batch says of it.
    file
        The table's file.
    read
        What could be read of it.

    Returns
    -------
    list of TableHub
        One for each value of the table's ``id``: points of the same value are its entrances.

    Raises
    ------
    InputError
        A row has no id, or a layer of points has columns of coordinates named beside.
    """
    rows = read_rows(file, key="districts", layer=table.layer, where=table.where)
    if isinstance(rows, gpd.GeoDataFrame) and table.lon:
        raise InputError(
            f"districts: {file.name} is a layer of points, which are the hubs themselves",
            "Leave out districts.lon and districts.lat",
        )
    without = int(rows[table.id].isna().sum())
    if without:
        raise InputError(f"districts: {without} of {len(rows)} hubs have no {table.id}", "Give each row its id")
    places = gpd.GeoSeries(read.table.geometry).to_crs(WGS84)
    lacks = " or ".join(one.reason for one in read.left_out)
    hubs = []
    for value, own in rows.groupby(table.id, sort=True):
        name = name_in(own, table.name, str(value))
        used = places[(read.table[table.id] == value).to_numpy()]
        if len(used) < len(own):
            hubs.append(TableHub(str(value), name, (), f"its row of {file.name} has no place: {lacks}"))
            continue
        points = shapely.get_coordinates(used.to_numpy()).round(7)
        hubs.append(TableHub(str(value), name, tuple((float(lon), float(lat)) for lon, lat in points)))
    return hubs
