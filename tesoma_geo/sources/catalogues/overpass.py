"""Streets of a district from Overpass: https://wiki.openstreetmap.org/wiki/Overpass_API."""

import math

from tesoma_geo.sources.catalogues.records import Bounds, LayerCatalogue, LayerEntry, Question

#: Of larger areas an extract is kinder to the server, in km² of the surrounding box.
MOST_KM2 = 600.0
_KM_A_DEGREE = 111.2


def _find(question: Question) -> LayerEntry | None:
    if box_km2(question.around) > MOST_KM2:
        return None
    return LayerEntry({"overpass": question.base}, CATALOGUE.licence)


def box_km2(around: Bounds) -> float:
    """How large a box of degrees is.

    Parameters
    ----------
    around
        West, south, east, north in WGS 84 degrees.

    Returns
    -------
    float
        Square kilometres, on a sphere.
    """
    west, south, east, north = around
    return (east - west) * (north - south) * _KM_A_DEGREE**2 * math.cos(math.radians((south + north) / 2))


CATALOGUE = LayerCatalogue(
    name="overpass", title="Overpass", serves="streets", base="https://overpass-api.de/api",
    licence="© OpenStreetMap contributors, ODbL 1.0", coverage=f"the world, up to {MOST_KM2:.0f} km² at a time",
    look="https://overpass-turbo.eu", find=_find, compared="2026-11-26",
)  # fmt: skip
