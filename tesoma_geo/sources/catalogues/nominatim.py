"""Places by name from Nominatim, with outlines: https://nominatim.org/release-docs/latest/api/Search/."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import shapely
from shapely.geometry import shape

from tesoma_geo._http import download
from tesoma_geo.errors import FetchError
from tesoma_geo.sources.catalogues.records import Bounds, Place
from tesoma_geo.workspace.addresses import source_path

NAME = "nominatim"
BASE = "https://nominatim.openstreetmap.org"
LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
_MOST = 10
#: An answer with ten outlines is far below this.
_MAX_BYTES = 50_000_000


def find_places(
    text: str,
    *,
    base: str,
    folder: Path,
    around: Bounds | None = None,
    refresh: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Place]:
    """Places of a name, the most important first; answers are kept, so that no question is asked twice.

    Parameters
    ----------
    text
        Such as ``"Hervanta, Tampere"``.
    base
        Address of the service.
    folder
        The workspace's, whose ``fetched`` keeps the answer.
    around
        West, south, east, north in WGS 84 degrees that the places must lie in.
    refresh
        Ask again.
    progress
        Told what is being done.

    Returns
    -------
    list of Place
        At most ten.

    Raises
    ------
    FetchError
        The service cannot be reached, or does not answer as Nominatim does.
    """
    question = {"q": text, "format": "jsonv2", "polygon_geojson": "1", "addressdetails": "1", "limit": str(_MOST)}
    if around is not None:
        question |= {"viewbox": ",".join(f"{degrees:.5f}" for degrees in around), "bounded": "1"}
    address = f"{base.rstrip('/')}/search?{urlencode(question)}"
    path = source_path(folder / "tesoma.toml", address).with_suffix(".places")
    progress(f"Looking up {text}")
    download(address, path, refresh=refresh, max_bytes=_MAX_BYTES)
    try:
        rows = json.loads(path.read_bytes())
        places = [_place(row) for row in [*rows[:_MOST]]]
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        path.unlink(missing_ok=True)
        raise FetchError(
            f"{base}: the server does not answer as Nominatim does", f"Check the address of {NAME}, or try again later"
        ) from None
    if not places:  # tomorrow somebody may have mapped it
        path.unlink(missing_ok=True)
    return places


def _place(row: dict[str, Any]) -> Place:
    outline = shape(row["geojson"]) if isinstance(row.get("geojson"), dict) else None
    if outline is not None and (outline.geom_type not in ("Polygon", "MultiPolygon") or outline.is_empty):
        outline = None
    lon, lat = float(row["lon"]), float(row["lat"])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(lon, lat)
    return Place(
        name=str(row["display_name"]),
        lon=lon,
        lat=lat,
        country=str(row.get("address", {}).get("country_code", "")).upper(),
        outline=None if outline is None else shapely.make_valid(outline),
        kind=str(row.get("addresstype") or row.get("type") or ""),
        ref=f"{row.get('osm_type', '')} {row.get('osm_id', '')}".strip(),
    )
