"""Residents of the world by 100 m from GHS-POP, in tiles of 1,000 km: https://human-settlement.emergency.copernicus.eu."""

import math

from pyproj import Transformer

from tesoma_geo.crs import WGS84
from tesoma_geo.sources.catalogues.asking import is_there
from tesoma_geo.sources.catalogues.records import LayerCatalogue, LayerEntry, Question

_CRS = "ESRI:54009"
#: The corner of the first tile, north-west, and the side of a tile; metres of World Mollweide.
_WEST_M, _NORTH_M, _TILE_M = -18_041_000.0, 9_000_000.0, 1_000_000.0
_PRODUCT = "GHS_POP_E2020_GLOBE_R2023A_54009_100_V1_0"


def _find(question: Question) -> LayerEntry | None:
    """The tile that holds the district; None where its border runs through it."""
    outline = question.place.outline
    box = question.around if outline is None else outline.bounds
    to_tiles = Transformer.from_crs(WGS84, _CRS, always_xy=True)
    left, bottom, right, top = box
    west, south, east, north = to_tiles.transform_bounds(left, bottom, right, top, 21)
    named = {tile_name(x, y) for x in (west, east) for y in (south, north)}
    if len(named) != 1:
        return None
    address = f"{question.base.rstrip('/')}/{named.pop()}"
    if not is_there(f"{address}.zip", b"PK"):
        return None
    return LayerEntry(
        {"source": f"zip+{address}.tif", "kind": "raster"},
        CATALOGUE.licence,
        as_of="2020",
        notes=("Modelled: census numbers laid on built-up surface, by 100 m",),
    )


def tile_name(x: float, y: float) -> str:
    """The name of the tile that holds a point.

    Parameters
    ----------
    x, y
        Metres of World Mollweide.

    Returns
    -------
    str
        Such as ``GHS_POP_E2020_GLOBE_R2023A_54009_100_V1_0_R3_C20``.
    """
    row, column = math.floor((_NORTH_M - y) / _TILE_M) + 1, math.floor((x - _WEST_M) / _TILE_M) + 1
    return f"{_PRODUCT}_R{row}_C{column}"


CATALOGUE = LayerCatalogue(
    name="ghsl", title="GHS-POP", serves="population",
    base="https://jeodpp.jrc.ec.europa.eu/ftp/jrc-opendata/GHSL/GHS_POP_GLOBE_R2023A/"
    "GHS_POP_E2020_GLOBE_R2023A_54009_100/V1-0/tiles",
    licence="European Commission, GHS-POP R2023A, CC BY 4.0", coverage="the world, in tiles of 1,000 km",
    look="https://human-settlement.emergency.copernicus.eu/download.php?ds=pop", find=_find, compared="2026-11-26",
)  # fmt: skip
