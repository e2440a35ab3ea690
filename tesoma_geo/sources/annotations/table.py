"""Plain layers with a mapping (GeoJSON, GeoPackage, CSV …), and Kobo's flat GeoJSON."""

import re
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import shapely

from tesoma_geo.crs import WGS84
from tesoma_geo.errors import EmptySourceError, SourceError
from tesoma_geo.sources.annotations.flat import FIELDS, FlatRows
from tesoma_geo.sources.annotations.markup import read_json
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading, require_columns
from tesoma_geo.sources.layers import read_layer

_KOBO_COLUMNS = {"id": "_uuid", "time": "_submission_time", "language": "__language__"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read(export: SurveyExport) -> AnnotationReading:
    """Read a layer whose columns the workspace names, in any format that GDAL reads.

    Fields without a column in ``columns`` are looked for under their own names.

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
        The file cannot be read, or lacks a column that the workspace names.
    """
    path, section = export.path, export.section
    lon, lat = section.columns.get("lon"), section.columns.get("lat")
    try:
        layer = read_layer(path, key="annotations", crs=export.crs, lon=lon, lat=lat)
    except EmptySourceError:  # a survey that has just opened
        if path.suffix.lower() in (".geojson", ".json") and (content := read_json(path)).get("features"):
            raise SourceError(
                f"{path}: none of {len(content['features'])} entries is a GeoJSON feature", "Export the answers again"
            ) from None
        return annotation_reading([], [], crs=export.crs, source=section.source_name)
    columns = [str(name) for name in layer.table.columns if name != "geometry"]
    named = {name: column for name, column in section.columns.items() if name not in ("lon", "lat", "geometry")}
    require_columns(columns, named, str(path))
    own_names = {name: name for name in FIELDS if name in columns and name not in ("lon", "lat", "geometry")}
    flat = FlatRows(section, own_names, export.themes)
    rows = [
        flat.row({name: record[name] for name in columns}, record["geometry"], number)
        for number, record in enumerate(layer.table.to_dict("records"))
    ]
    return annotation_reading(
        [row for row in rows if row is not None], [], crs=export.crs, source=section.source_name,
        left_out=[*layer.left_out, *flat.left_out()], notes=layer.notes,
        doubts=flat.doubts(),
    )  # fmt: skip


def read_kobo(export: SurveyExport) -> AnnotationReading:
    """Read Kobo's flat GeoJSON.

    Columns may be named without their groups (``group/question``). Answers with several choices stand apart
    by spaces. ``columns.geometry`` names another geographic question than the feature's own: ``lat lon
    altitude accuracy``, several of them apart by ``;`` for lines and areas. Submission times are in UTC.

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
    content = read_json(path)
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise SourceError(f"{path} is no GeoJSON FeatureCollection", "Export the answers as GeoJSON")
    flat = FlatRows(section, _KOBO_COLUMNS, export.themes)
    multiple = flat.column("themes")
    rows = []
    for number, feature in enumerate(features):
        attributes = _ungrouped(feature.get("properties") or {})
        if multiple and isinstance(attributes.get(multiple), str):
            attributes[multiple] = attributes[multiple].split()
        time = attributes.get("_submission_time")
        if isinstance(time, str) and re.fullmatch(r"[\d-]+T[\d:.]+", time):
            attributes["_submission_time"] = time + "+00:00"
        drawn = section.columns.get("geometry")
        shape = _drawn(attributes.get(drawn)) if drawn else _shape(feature.get("geometry"))
        metric = gpd.GeoSeries([shape], crs=WGS84).to_crs(export.crs).iloc[0] if shape is not None else None
        rows.append(flat.row(attributes, metric, number))
    return annotation_reading(
        [row for row in rows if row is not None], [], crs=export.crs, source=section.source_name,
        left_out=flat.left_out(), doubts=flat.doubts(),
    )  # fmt: skip


def _ungrouped(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties under their full names and under their last ones."""
    return {**{name.rpartition("/")[2]: value for name, value in properties.items()}, **properties}


def _shape(geometry: Any) -> shapely.Geometry | None:
    return shapely.geometry.shape(geometry) if geometry and geometry.get("coordinates") else None


def _drawn(text: Any) -> shapely.Geometry | None:
    """``lat lon altitude accuracy``, or several apart by ``;``: a point, a line, or an area when it closes."""
    parts = [_NUMBER.findall(part) for part in str(text or "").split(";")]
    pairs = [(float(part[1]), float(part[0])) for part in parts if len(part) > 1]
    if len(pairs) < 2:
        return shapely.Point(pairs[0]) if pairs else None
    return shapely.Polygon(pairs) if len(pairs) > 3 and pairs[0] == pairs[-1] else shapely.LineString(pairs)
