"""Open311 GeoReport v2: ``requests.json`` or ``requests.xml`` of a city's feedback service.

Specification: http://wiki.open311.org/GeoReport_v2. Tampere adds ``title``, ``address_string``, ``zip_code``
and ``extended_attributes.media_urls``. The service tells nobody's identity: see ``unnamed_are_people``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely

from tesoma_geo.crs import to_metric
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations.flat import FlatRows
from tesoma_geo.sources.annotations.markup import read_json, read_xml
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading

_COLUMNS = {
    "id": "service_request_id", "category": "service_code", "text": "description", "time": "requested_datetime",
    "photo": "media_url",
}  # fmt: skip


def read(export: SurveyExport) -> AnnotationReading:
    """Read the service requests of a city.

    ``values.category`` maps service codes to categories; a question whose title is a service's name or
    code tells the kind of its requests. Requests without coordinates are left out and counted.

    Parameters
    ----------
    export
        The export, as the workspace describes it.

    Returns
    -------
    AnnotationReading

    Raises
    ------
    SourceError
        The file cannot be read, or is no such export.
    """
    path, section = export.path, export.section
    requests = _xml(path) if path.suffix.lower() == ".xml" else _json(path)
    flat = FlatRows(section, _COLUMNS, export.themes)
    titles = {question.title for question in section.questions}
    rows = []
    for number, request in enumerate(requests):
        names = (request.get("service_name"), request.get("service_code"))
        service = next((str(name) for name in names if str(name) in titles), str(names[0] or names[1] or ""))
        row = flat.row(request, _point(request, export.crs), number, service)
        if row is not None:
            rows.append({**row, "text": row["text"] or request.get("title")})
    return annotation_reading(
        rows,
        [],
        crs=export.crs,
        source=section.source_name,
        left_out=flat.left_out(),
        doubts=flat.doubts(),
    )


def _json(path: Path) -> list[dict[str, Any]]:
    content = read_json(path)
    if isinstance(content, dict):
        content = content.get("service_requests", content.get("requests", [content]))
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        raise SourceError(f"{path} is no list of service requests", "Save the answer of requests.json")
    return [_with_photo(request) for request in content]


def _with_photo(request: dict[str, Any]) -> dict[str, Any]:
    extended = request.get("extended_attributes")
    urls = extended.get("media_urls") if isinstance(extended, dict) else None
    if request.get("media_url") or not isinstance(urls, list) or not urls:
        return request
    return {**request, "media_url": str(urls[0])}


def _xml(path: Path) -> list[dict[str, Any]]:
    root = read_xml(path)
    requests = root.findall("request") if root.tag == "service_requests" else root.findall(".//request")
    if not requests and root.tag != "service_requests":
        raise SourceError(f"{path} holds no service_requests", "Save the answer of requests.xml")
    read_requests = []
    for request in requests:
        values: dict[str, Any] = {child.tag: (child.text or "").strip() or None for child in request if not len(child)}
        urls = [element.text for element in request.findall("extended_attributes//media_url")]
        read_requests.append({**values, "media_url": values.get("media_url") or next(iter(urls), None)})
    return read_requests


def _point(request: Mapping[str, Any], crs: str) -> shapely.Geometry | None:
    """The place, whether its numbers are numbers, texts or nothing."""
    try:
        lon, lat = (float(str(request.get(name)).replace(",", ".")) for name in ("long", "lat"))
    except ValueError:
        return None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon == 0 and lat == 0):
        return None
    x, y = to_metric([lon], [lat], crs)
    return shapely.Point(x[0], y[0])
