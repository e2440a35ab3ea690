"""Residents of Finland by squares of a kilometre, from the WFS of Statistics Finland.

https://stat.fi/org/avoindata/paikkatietoaineistot/vaestoruutuaineisto_1km_en.html: ``vaesto`` is told of every square,
ages only where ten or more live.
"""

import re

import geopandas as gpd
import shapely

from tesoma_geo._http import get, session
from tesoma_geo.crs import WGS84
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues.records import LayerCatalogue, LayerEntry, Question

_CRS = "EPSG:3067"
_LAYER = re.compile(r"\b(?:\w+:)?vaki(\d{4})_1km\b(?!_kp)")
_MAX_BYTES = 20_000_000


def _find(question: Question) -> LayerEntry | None:
    """The newest grid, cut to the place."""
    asked = {"service": "WFS", "version": "2.0.0", "request": "GetCapabilities"}
    with session() as polite:
        text = get(polite, question.base, asked, max_bytes=_MAX_BYTES).decode("utf-8", "replace")
    if "WFS_Capabilities" not in text:
        raise FetchError(f"{question.base}: the server does not answer as a WFS does", "Check the address")
    layers = sorted((int(match[1]), match[0]) for match in _LAYER.finditer(text))
    if not layers:
        return None
    year, layer = layers[-1]
    box = gpd.GeoSeries([shapely.box(*question.around)], crs=WGS84).to_crs(_CRS).total_bounds
    corners = ",".join(f"{metres:.0f}" for metres in box)
    return LayerEntry(
        {
            "source": f"wfs+{question.base.rstrip('/')}/{layer}.gpkg?bbox={corners},{_CRS}",
            "kind": "areas", "column": "vaesto", "code": "grd_id", "name": "grd_id",
        },
        CATALOGUE.licence,
        as_of=f"{year}-12-31",
        notes=("Squares of 1 km, whose residents are spread along the residential streets in them",),
    )  # fmt: skip


CATALOGUE = LayerCatalogue(
    name="statistics_finland", title="Statistics Finland's population grid", serves="population",
    base="https://geo.stat.fi/geoserver/vaestoruutu/wfs", licence="Statistics Finland, CC BY 4.0",
    coverage="Finland",
    look="https://stat.fi/org/avoindata/paikkatietoaineistot/vaestoruutuaineisto_1km_en.html", find=_find,
    countries=frozenset({"FI"}), compared="2026-11-26",
)  # fmt: skip
