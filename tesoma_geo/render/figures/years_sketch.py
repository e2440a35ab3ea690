"""A small map of what was added or taken away over the years, as far as the maps of both dates tell."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from tesoma_geo.follow_up.map_changes import CORRECTION, UNKNOWN
from tesoma_geo.follow_up.states import DatedState
from tesoma_geo.render.figures.plan_sketch import PlanSketch, plan_sketch

if TYPE_CHECKING:
    from tesoma_geo.follow_up.trend_records import MapChange, Step
    from tesoma_geo.inputs.inputs import Inputs

#: Changes with a place of their own; other tags of a street are none.
DRAWN = ("added", "moved", "removed")
#: So many have their names in the legend at most.
NAMED = 6


def years_sketch(states: Sequence[DatedState], steps: "Sequence[Step]") -> PlanSketch | None:
    """Where streets and services were added or taken away since the first date, on the newest map.

    Parameters
    ----------
    states
        The dated runs, in the order of time.
    steps
        From each to the next.

    Returns
    -------
    PlanSketch or None
        Without what a mark or a ``start_date`` tells to be better mapped alone; None where nothing else changed.
    """
    changed = [
        one
        for (first, second), step in zip(pairwise(states), steps, strict=True)
        for row in step["map"]
        if row["change"] in DRAWN and row["verdict"] != CORRECTION
        for one in _placed((first if row["change"] == "removed" else second).inputs, row)
    ]
    if not changed:
        return None
    named = [(what, name if len(changed) <= NAMED else "") for what, name, _ in changed]
    return plan_sketch(states[-1].inputs, [place for *_, place in changed], named=named)


def _placed(inputs: "Inputs", row: "MapChange") -> Iterator[tuple[str, str, shapely.Geometry]]:
    """Kind of change as plans have it, or of the map alone where nothing tells that it was one; name, and place."""
    gone, known = row["change"] == "removed", row["verdict"] != UNKNOWN
    of_map = "unmapped" if gone else "mapped"
    if row["kind"] == "way":
        ways = inputs.network.lines(
            (inputs.network.ways["osm_id"] == int(row["object"].removeprefix("way/"))).to_numpy()
        )
        if len(ways):
            what, line = "closed" if gone else "link", shapely.line_merge(shapely.union_all(ways.geometry))
            yield what if known else of_map, _name(ways), line
    else:
        mine = inputs.services[inputs.services["service_id"] == row["object"]]
        if len(mine):
            what = "service_closed" if gone else "service"
            yield what if known else of_map, _name(mine), mine.geometry.iloc[0]


def _name(rows: gpd.GeoDataFrame) -> str:
    name = rows["name"].iloc[0] if "name" in rows else None
    return name if isinstance(name, str) else ""
