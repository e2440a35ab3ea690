"""uMap's exports: GeoJSON, the whole map (``.umap``), GPX and KML. A layer is a question."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import geopandas as gpd
import shapely

from tesoma_geo.crs import WGS84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations.flat import FlatRows
from tesoma_geo.sources.annotations.markup import read_json, read_xml, text_of
from tesoma_geo.sources.annotations.schema import AnnotationReading, SurveyExport, annotation_reading

_COLUMNS = {"text": "description", "respondent": "author", "time": "time"}
#: uMap's own marks in descriptions: **bold**, *italic*, # headings, [[links|with text]], {{images}}.
_MARKS = re.compile(r"\{\{[^}]*\}\}|\[\[(?:[^|\]]*\|)?([^\]]*)\]\]|\*{1,2}|^#{1,3}\s*", re.MULTILINE)

#: Blanks that some programs write between the numbers of one place.
_AROUND_COMMAS = re.compile(r"\s*,\s*")

Feature = tuple[dict[str, Any], shapely.Geometry | None, str]


def read(export: SurveyExport) -> AnnotationReading:
    """Read a map of uMap: GeoJSON, ``.umap``, GPX or KML.

    Questions are matched with the names of layers (folders of a KML); the text is the description, or the
    name where there is none.

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
    suffix = path.suffix.lower()
    readers = {".gpx": _gpx, ".kml": _kml}
    features = list(readers.get(suffix, _geojson)(path))
    flat = FlatRows(section, _COLUMNS, export.themes)
    shapes = gpd.GeoSeries([_unpacked(shape) for _, shape, _ in features], crs=WGS84).to_crs(export.crs)
    rows = []
    for number, ((attributes, _, layer), shape) in enumerate(zip(features, shapes, strict=True)):
        row = flat.row(attributes, shape, number, layer)
        if row is not None:
            text = row["text"] or str(attributes.get("name") or "") or None
            rows.append({**row, "text": _MARKS.sub(r"\1", text).strip() if text else None})
    return annotation_reading(
        rows,
        [],
        crs=export.crs,
        source=section.source_name,
        left_out=flat.left_out(),
        doubts=flat.doubts(),
    )


def _geojson(path: Path) -> Iterator[Feature]:
    content = read_json(path)
    layers = content.get("layers") if isinstance(content, dict) and content.get("type") == "umap" else [content]
    for layer in layers or []:
        if not isinstance(layer, dict) or layer.get("type") != "FeatureCollection":
            raise SourceError(f"{path} is no GeoJSON FeatureCollection and no umap file", "Export the map again")
        options = layer.get("_umap_options") or {}
        for feature in layer.get("features") or []:
            shape = feature.get("geometry")
            properties = {name: value for name, value in (feature.get("properties") or {}).items()
                          if name != "_umap_options"}  # fmt: skip
            if feature.get("id") is not None:
                properties.setdefault("id", feature["id"])
            drawn = shape and (shape.get("coordinates") or shape.get("geometries"))
            geometry = shapely.geometry.shape(shape) if drawn else None
            yield properties, geometry, str(options.get("name") or "")


def _gpx(path: Path) -> Iterator[Feature]:
    root = read_xml(path)
    for element in root:
        if element.tag == "wpt":
            yield _described(element, "desc"), shapely.Point(_degrees(element)), ""
        elif element.tag in ("trk", "rte"):
            runs = element.findall("trkseg") if element.tag == "trk" else [element]
            lines = [[_degrees(point) for point in run if point.tag in ("trkpt", "rtept")] for run in runs]
            drawn = [shapely.LineString(line) for line in lines if len(line) > 1]
            whole = shapely.line_merge(shapely.MultiLineString(drawn)) if drawn else None
            yield _described(element, "desc"), whole, ""


def _kml(path: Path) -> Iterator[Feature]:
    root = read_xml(path)
    folders = {id(mark): text_of(folder, "name") for folder in root.iter("Folder") for mark in folder.iter("Placemark")}
    for mark in root.iter("Placemark"):
        attributes = _described(mark, "description")
        for data in mark.iter("Data"):
            attributes[str(data.get("name"))] = text_of(data, "value")
        for data in mark.iter("SimpleData"):
            attributes[str(data.get("name"))] = (data.text or "").strip() or None
        yield attributes, _kml_shape(mark), str(folders.get(id(mark)) or "")


def _kml_shape(mark: Element) -> shapely.Geometry | None:
    shapes: list[shapely.Geometry] = [shapely.Point(_tuples(one)[0]) for one in mark.iter("Point") if _tuples(one)]
    shapes += [shapely.LineString(_tuples(one)) for one in mark.iter("LineString") if len(_tuples(one)) > 1]
    for polygon in mark.iter("Polygon"):
        outer = polygon.find("outerBoundaryIs")
        if outer is not None and len(_tuples(outer)) > 3:
            holes = [_tuples(inner) for inner in polygon.findall("innerBoundaryIs")]
            shapes.append(shapely.Polygon(_tuples(outer), [hole for hole in holes if len(hole) > 3]))
    return shapes[0] if len(shapes) == 1 else shapely.GeometryCollection(shapes) if shapes else None


def _unpacked(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """The one shape in a collection of one."""
    if isinstance(shape, shapely.GeometryCollection) and len(shape.geoms) == 1:
        return shape.geoms[0]
    return shape


def _tuples(element: Element) -> list[tuple[float, float]]:
    text = next((one.text for one in element.iter("coordinates")), None) or ""
    pairs = (part.split(",") for part in _AROUND_COMMAS.sub(",", text).split())
    return [(float(pair[0]), float(pair[1])) for pair in pairs if len(pair) > 1]


def _degrees(element: Element) -> tuple[float, float]:
    return float(element.get("lon", "nan")), float(element.get("lat", "nan"))


def _described(element: Element, description: str) -> dict[str, Any]:
    return {"name": text_of(element, "name"), "description": text_of(element, description),
            "time": text_of(element, "time")}  # fmt: skip
