"""Where passengers enter and leave the stations that a feed draws with entrances and pathways."""

from typing import NamedTuple

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from tesoma_geo.network.streets.search import StreetSearch
from tesoma_geo.network.streets.snap import Positions
from tesoma_geo.network.transit.timetable import DayTimetable


class Doors(NamedTuple):
    """Entrances with a way to a platform, a row a pair of the two.

    Attributes
    ----------
    positions
        Where the entrances meet the streets, of k pairs.
    stop
        Rows of the timetable's stops, shape (k,).
    inside_s
        Seconds between entrance and platform, shape (k,).
    behind
        Whether each stop of the timetable has entrances: it is reached through them alone, shape (stops,).
    """

    positions: Positions
    stop: NDArray[np.int32]
    inside_s: NDArray[np.int32]
    behind: NDArray[np.bool_]


def doors_of(timetable: DayTimetable, street: StreetSearch, *, step_free: bool, out: bool) -> Doors | None:
    """The entrances of the stations.

    Parameters
    ----------
    timetable
        Whose stops.
    street
        The streets that lead to the entrances.
    step_free
        Leave out ways with stairs or escalators.
    out
        Ask for the ways from the platforms to the streets instead of those to the platforms.

    Returns
    -------
    Doors or None
        None where the feeds draw no entrance.
    """
    table = timetable.entrances
    if table.empty:
        return None
    behind = np.zeros(len(timetable.stops), bool)
    behind[table["stop"].to_numpy()] = True
    inside_s = table[f"{'step_free_' if step_free else ''}{'out' if out else 'in'}_s"]
    used = table[(inside_s >= 0) & timetable.served[table["stop"].to_numpy()]]
    at = gpd.GeoDataFrame(geometry=gpd.points_from_xy(used["lon"], used["lat"]), crs=4326)
    positions = street.snap(at.to_crs(street.network.crs), "entrances") if len(used) else Positions.nowhere(0)
    return Doors(positions, used["stop"].to_numpy(np.int32), inside_s[used.index].to_numpy(np.int32), behind)
