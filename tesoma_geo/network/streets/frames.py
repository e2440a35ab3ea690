"""Answers of routers as tables, with the ids of the tables that went in."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.network import Streets
from tesoma_geo.network.streets.snap import Points

#: A row a pair, or a row an origin and a column a destination.
Form: TypeAlias = Literal["long", "wide"]


def ids_of(points: object, what: str = "points") -> "pd.Index[Any]":
    """What the rows of a table are called: its column ``id`` where there is one, else its index.

    Parameters
    ----------
    points
        A GeoDataFrame or GeoSeries, or longitudes and latitudes, which are numbered from 0.
    what
        What they are, for messages.

    Returns
    -------
    Index
        One a row, each once.

    Raises
    ------
    InputError
        An id that two rows share, or that is missing.
    """
    ids: pd.Index[Any]
    if isinstance(points, gpd.GeoDataFrame) and "id" in points.columns:
        ids, where = pd.Index(points["id"]), "in the column 'id'"
    elif isinstance(points, gpd.GeoDataFrame | gpd.GeoSeries):
        ids, where = pd.Index(points.index), "in the index"
    else:
        return pd.RangeIndex(len(np.asarray(points)))
    if ids.hasnans or not ids.is_unique:
        shared = "a missing one" if ids.hasnans else repr(ids[ids.duplicated()][0])
        raise InputError(f"{what} have ids that do not tell them apart {where}: {shared}", "Give each row its own")
    return ids


def travel_time_frame(
    seconds: NDArray[np.float32],
    origins: Points,
    destinations: Points,
    form: Form | bool = True,
    percentiles: tuple[float, ...] = (),
) -> pd.DataFrame:
    """Travel times as a table for measures, in minutes.

    Parameters
    ----------
    seconds
        Shape (n, m), or (p, n, m) with percentiles.
    origins, destinations
        Of the n rows and the m columns.
    form
        ``"long"`` (or True): ``from_id``, ``to_id`` and ``travel_time``. ``"wide"``: a row an origin, a column a
        destination.
    percentiles
        Of the p tables; several are columns ``travel_time_p<percentile>``.

    Returns
    -------
    DataFrame
        Minutes, ``inf`` where there is no way.

    Raises
    ------
    InputError
        Ids that do not tell rows apart, another form, or several percentiles in the wide form.
    """
    wanted = "long" if form is True else form
    if wanted not in ("long", "wide"):
        raise InputError(f"as_frame is {form!r}", 'Choose "long", "wide" or False')
    starts, ends = ids_of(origins, "origins"), ids_of(destinations, "destinations")
    tables = seconds[None] if seconds.ndim == 2 else seconds
    if wanted == "wide":
        if len(tables) > 1:
            raise InputError("a wide table has room for one percentile", 'Ask for one, or for as_frame="long"')
        return pd.DataFrame(
            tables[0] / 60.0, index=starts.rename("from_id"), columns=ends.rename("to_id"), dtype=np.float64
        )
    table = pd.DataFrame({"from_id": starts.repeat(len(ends)), "to_id": np.tile(ends.to_numpy(), len(starts))})
    names = ["travel_time"] if len(tables) == 1 else [f"travel_time_p{percentile:g}" for percentile in percentiles]
    for name, times in zip(names, tables, strict=True):
        table[name] = times.ravel().astype(np.float64) / 60.0
    return table


def node_frame(network: Streets, columns: Mapping[str, NDArray[Any]]) -> gpd.GeoDataFrame:
    """The nodes of a network as points, with what is told of each.

    Parameters
    ----------
    network
        The streets.
    columns
        Name → values, shape (n_nodes,).

    Returns
    -------
    GeoDataFrame
        ``node_id``, the columns, and points in the network's CRS.

    Raises
    ------
    InputError
        Values of another shape.
    """
    for name, values in columns.items():
        if np.shape(values) != (network.n_nodes,):
            problem = f"{name!r} has the shape {np.shape(values)}, the network has {network.n_nodes} nodes"
            raise InputError(problem, "Give one value a node")
    points = gpd.points_from_xy(network.x, network.y, crs=network.crs)
    return gpd.GeoDataFrame({"node_id": network.node_id, **columns}, geometry=points)
