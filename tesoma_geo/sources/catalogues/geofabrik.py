"""OpenStreetMap extracts by their index, a GeoJSON of outlines: https://download.geofabrik.de/technical.html."""

import json
from typing import Any

import shapely
from shapely.geometry import shape

from tesoma_geo._http import download
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues.records import LayerCatalogue, LayerEntry, Question
from tesoma_geo.workspace.addresses import source_path

_MAX_BYTES = 100_000_000


def _find(question: Question) -> LayerEntry | None:
    """The smallest extract that holds the place and what lies around it."""
    address = f"{question.base.rstrip('/')}/index-v1.json"
    path = source_path(question.folder / "tesoma.toml", address)
    download(address, path, refresh=question.refresh, max_bytes=_MAX_BYTES, progress=question.progress)
    wanted, extracts = shapely.box(*question.around), []
    try:
        for feature in json.loads(path.read_bytes())["features"]:
            outline = _outline(feature)
            if outline is not None and outline.covers(wanted):
                named = feature["properties"]
                extracts.append((outline.area, str(named["id"]), str(named["urls"]["pbf"]), str(named.get("name", ""))))
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        path.unlink(missing_ok=True)  # it is asked again next time
        raise FetchError(
            f"{address}: this is no index of extracts", "Check the address of geofabrik, or try again later"
        ) from None
    if not extracts:
        return None
    _, _, pbf, name = min(extracts)
    return LayerEntry({"osm": pbf}, CATALOGUE.licence, notes=(f"The extract {name}",))


def _outline(feature: dict[str, Any]) -> shapely.Geometry | None:
    geometry = feature.get("geometry")
    if not geometry or "pbf" not in feature["properties"].get("urls", {}):
        return None
    outline = shape(geometry)
    return outline if outline.is_valid else shapely.make_valid(outline)


CATALOGUE = LayerCatalogue(
    name="geofabrik", title="Geofabrik's extracts", serves="streets", base="https://download.geofabrik.de",
    licence="© OpenStreetMap contributors, ODbL 1.0", coverage="the world, by region",
    look="https://download.geofabrik.de", find=_find, compared="2026-11-26",
)  # fmt: skip
