"""A router whose answers are tables, with the ids of the tables that went in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, overload

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tesoma_geo._given import mapping
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.frames import Form, node_frame, travel_time_frame
from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Points, Positions


@dataclass(frozen=True, eq=False, repr=False)
class RouterTables(StreetSearch):
    """A router of one profile that answers in tables too; see :class:`StreetSearch` for its attributes."""

    @overload
    def travel_times(
        self, origins: Points | Positions, destinations: Points | Positions, *, as_frame: Literal[False] = False
    ) -> NDArray[np.float32]: ...

    @overload
    def travel_times(
        self, origins: Points, destinations: Points, *, as_frame: Literal[True, "long", "wide"]
    ) -> pd.DataFrame: ...

    def travel_times(
        self, origins: Any, destinations: Any, *, as_frame: Form | bool = False
    ) -> NDArray[np.float32] | pd.DataFrame:
        """Seconds from each origin to each destination, or minutes as a table with the ids of what went in.

        Parameters
        ----------
        origins, destinations
            GeoDataFrames of points, or longitudes and latitudes of shape (n, 2) and (m, 2). Each is snapped to the
            nearest usable street; the distance to it is walked. In a table rows are known by their column ``id``,
            else by their index.
        as_frame
            False: seconds as an array. True or ``"long"``: ``from_id``, ``to_id`` and ``travel_time`` in minutes, what
            the measures take as a travel matrix. ``"wide"``: minutes, a row an origin and a column a destination.

        Returns
        -------
        float32 array of shape (n, m), or DataFrame
            ``inf`` where there is no way.

        Raises
        ------
        InputError
            Points that are none, ids that do not tell them apart, or another form.
        """
        seconds = super().travel_times(origins, destinations)
        return seconds if as_frame is False else travel_time_frame(seconds, origins, destinations, as_frame)

    def node_table(
        self,
        *,
        to: Points | None = None,
        from_: Points | None = None,
        within: Mapping[str, tuple[Points, ArrayLike, float]] | None = None,
    ) -> gpd.GeoDataFrame:
        """The nodes as points, with their seconds to and from places and the sums that they reach.

        Parameters
        ----------
        to, from_
            Places; the nearest of them counts. Columns ``to_s`` and ``from_s``.
        within
            Column → points, their weights and a cutoff in seconds, as for :meth:`sum_within`.

        Returns
        -------
        GeoDataFrame
            ``node_id``, the columns asked for, and points in the network's CRS.

        Raises
        ------
        InputError
            Points, weights or cutoffs that are none.
        """
        remedy = 'Give points, their weights and seconds by the name of a column: {"shops_10": (shops, weights, 600)}'
        asked = {} if within is None else mapping("within", within, remedy)
        if not all(
            isinstance(name, str) and isinstance(one, tuple | list) and len(one) == 3 for name, one in asked.items()
        ):
            raise InputError(f"within has {', '.join(map(repr, asked))}, and not three things for each", remedy)
        columns: dict[str, NDArray[Any]] = {}
        if to is not None:
            columns["to_s"] = self.to(to)
        if from_ is not None:
            columns["from_s"] = self.from_(from_)
        for name, (points, weights, cutoff_s) in asked.items():
            columns[name] = self.sum_within(points, weights, cutoff_s)
        return node_frame(self.network, columns)
