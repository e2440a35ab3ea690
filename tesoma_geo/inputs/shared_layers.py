"""What the workspaces of a batch share: streets and timetable, read once and handed to each of them."""

from dataclasses import dataclass, field

import geopandas as gpd

from tesoma_geo.inputs.reports import LayerReport
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.transit import Timetable
from tesoma_geo.tables import LeftOut

#: Keys of the layers that make the streets.
STREET_LAYERS = ("network.osm", "elevation", "survey_walk")


@dataclass(frozen=True, eq=False)
class SharedLayers:
    """Layers that several workspaces have in common, for the study areas of all of them.

    Attributes
    ----------
    network
        Streets with elevation and water, ready to be asked.
    homes
        Where residents are (``tables.ORIGINS``).
    timetable
        What runs on the date; None where no timetable profile is asked for.
    reports
        Those of the streets, without what is doubtful about the whole area.
    left_out
        What the street file holds that the network does not.
    """

    network: StreetNetwork
    homes: gpd.GeoDataFrame
    timetable: Timetable | None
    reports: tuple[LayerReport, ...]
    left_out: tuple[LeftOut, ...] = field(repr=False)
