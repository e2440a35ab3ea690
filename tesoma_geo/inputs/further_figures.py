"""What of a cohort is counted on the streets of the map, once, when it closes."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import geopandas as gpd
import shapely

from tesoma_geo.annotations.cohorts import FurtherFigures
from tesoma_geo.annotations.shared_lines import FIGURE
from tesoma_geo.errors import TesomaError
from tesoma_geo.inputs.drawn_lines import DrawnLines
from tesoma_geo.inputs.layers import read_streets_and_homes
from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.junction_pieces import public_pieces
from tesoma_geo.workspace import Workspace
from tesoma_geo.workspace.annotations import Publish

#: Gives the streets, and where residents live (``tables.ORIGINS``).
StreetsAndHomes = Callable[[], tuple[StreetNetwork, gpd.GeoDataFrame]]


def further_figures(
    settings: Publish, streets_and_homes: StreetsAndHomes, tell: Callable[[str], None] | None = None
) -> FurtherFigures:
    """What a cohort drew, as groups of respondents who share streets or links.

    Parameters
    ----------
    settings
        The workspace's ``[publish]``.
    streets_and_homes
        Asked only when a cohort closes in which lines were drawn.
    tell
        Told where the streets cannot be read: then nothing of what was drawn is published.

    Returns
    -------
    FurtherFigures
        Gives :data:`~tesoma_geo.annotations.shared_lines.FIGURE`: groups, or None where there are no streets.
    """

    @cache
    def drawn_lines() -> DrawnLines:
        network, homes = streets_and_homes()
        home_xy = shapely.get_coordinates(shapely.point_on_surface(homes.geometry.to_crs(network.crs).to_numpy()))
        return DrawnLines(public_pieces(network), home_xy, homes["population"].to_numpy(float))

    def figures(said: gpd.GeoDataFrame, k: int) -> Mapping[str, Any]:
        if not (shapely.get_dimensions(said.geometry.to_numpy()) == 1).any():
            return {FIGURE: []}
        try:
            lines = drawn_lines()
        except TesomaError as error:
            if tell is not None:
                tell(f"Nothing of the lines that were drawn is published: there are no streets ({error.problem})")
            return {FIGURE: None}
        return {FIGURE: lines.figures(said, settings.model_copy(update={"k": k}))}

    return figures


def further_figures_of(workspace: Workspace, tell: Callable[[str], None] | None = None) -> FurtherFigures:
    """The same for a workspace of which nothing was read yet.

    Parameters
    ----------
    workspace
        With ``[[annotations]]``.
    tell
        As of :func:`further_figures`.

    Returns
    -------
    FurtherFigures
    """
    return further_figures(workspace.publish, lambda: read_streets_and_homes(workspace), tell)
