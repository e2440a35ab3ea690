"""What a command says of names that pictures cannot show on this machine."""

from typing import TYPE_CHECKING

from tesoma_geo._extras import is_installed

if TYPE_CHECKING:
    import geopandas as gpd

    from tesoma_geo.errors import Doubt
    from tesoma_geo.workspace import Workspace


def drawn_name_doubts(workspace: "Workspace", district: "gpd.GeoDataFrame", water: "gpd.GeoDataFrame") -> "list[Doubt]":
    """Doubts about names in letters that no font of this machine has.

    Parameters
    ----------
    workspace
        The workspace file.
    district, water
        Areas and lakes, whose names are drawn.

    Returns
    -------
    list of Doubt
        Empty where the extra for stills is not installed: no pictures are drawn.
    """
    if not is_installed("matplotlib"):
        return []
    from tesoma_geo.render.stills.fonts import font_doubts

    return font_doubts(workspace, district, water)
