"""A QGIS project with every layer of a result, each by a path relative to the project."""

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import pyproj

from tesoma_geo.render.desk.qgis_style import VERSION

#: Files in a project carry a time; this one is nobody's.
_NOBODYS_TIME = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class ProjectLayer:
    """A layer of a project.

    Attributes
    ----------
    name
        What it is called in the tree of layers.
    source
        ``cells.gpkg|layername=cells``, or the file of a raster.
    parts
        Its look.
    kind
        ``Point``, ``Line``, ``Polygon``, or ``Raster``.
    visible
        Whether it is shown when the project opens.
    abstract
        What it holds.
    """

    name: str
    source: str
    parts: Sequence[Element]
    kind: str
    visible: bool = False
    abstract: str = ""


@dataclass(frozen=True)
class LayerGroup:
    """Layers that belong together.

    Attributes
    ----------
    name
        What the group is called.
    layers
        The uppermost first.
    """

    name: str
    layers: tuple[ProjectLayer, ...]


def project_text(
    title: str,
    groups: Sequence[LayerGroup],
    crs: str,
    extent: tuple[float, float, float, float],
    licences: Sequence[str],
) -> str:
    """A project as XML.

    Parameters
    ----------
    title
        Of the project.
    groups
        The uppermost first.
    crs
        Of all layers and of the map.
    extent
        West, south, east, north in ``crs``: what is shown first.
    licences
        Whom to credit.

    Returns
    -------
    str
        The content of a ``.qgs`` file.
    """
    root = Element("qgis", {"projectname": title, "version": VERSION})
    SubElement(root, "title").text = title
    SubElement(root, "projectCrs").append(_crs(crs))
    tree = SubElement(root, "layer-tree-group")
    canvas = SubElement(root, "mapcanvas", {"name": "theMapCanvas", "annotationsVisible": "1"})
    SubElement(canvas, "units").text = "meters"
    box = SubElement(canvas, "extent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), extent, strict=True):
        SubElement(box, name).text = f"{value:.3f}"
    SubElement(canvas, "destinationsrs").append(_crs(crs))
    layers = SubElement(root, "projectlayers")
    number = 0
    for group in groups:
        branch = SubElement(tree, "layer-tree-group", {"name": group.name, "checked": "Qt::Checked", "expanded": "1"})
        for layer in group.layers:
            number += 1
            key = f"tesoma_geo_layer_{number:03d}"  # QGIS takes no shorter ones
            SubElement(branch, "layer-tree-layer", {
                "id": key, "name": layer.name, "checked": "Qt::Checked" if layer.visible else "Qt::Unchecked",
                "expanded": "0", "providerKey": _provider(layer), "source": f"./{layer.source}",
            })  # fmt: skip
            layers.append(_map_layer(layer, key, crs, licences))
    properties = SubElement(root, "properties")
    SubElement(SubElement(properties, "Paths"), "Absolute", {"type": "bool"}).text = "false"
    enabled = SubElement(SubElement(properties, "SpatialRefSys"), "ProjectionsEnabled", {"type": "int"})
    enabled.text = "1"
    gui = SubElement(properties, "Gui")
    for part in ("Red", "Green", "Blue"):
        SubElement(gui, f"CanvasColor{part}Part", {"type": "int"}).text = "250"
    root.append(_metadata(title, "", crs, licences, "projectMetadata"))
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{tostring(root, encoding='unicode')}\n"


def write_project(path: Path, text: str) -> None:
    """Write a project as a ``.qgz`` file, with the same bytes for the same text.

    Parameters
    ----------
    path
        The file.
    text
        See :func:`project_text`.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        item = zipfile.ZipInfo(f"{path.stem}.qgs", _NOBODYS_TIME)
        item.compress_type, item.external_attr, item.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
        archive.writestr(item, text.encode())
    path.write_bytes(packed.getvalue())


def _provider(layer: ProjectLayer) -> str:
    return "gdal" if layer.kind == "Raster" else "ogr"


def _map_layer(layer: ProjectLayer, key: str, crs: str, licences: Sequence[str]) -> Element:
    raster = layer.kind == "Raster"
    kind = {"type": "raster"} if raster else {"type": "vector", "geometry": layer.kind}
    element = Element("maplayer", {**kind, "autoRefreshEnabled": "0", "hasScaleBasedVisibilityFlag": "0"})
    SubElement(element, "id").text = key
    SubElement(element, "datasource").text = f"./{layer.source}"
    SubElement(element, "layername").text = layer.name
    SubElement(element, "abstract").text = layer.abstract
    SubElement(element, "srs").append(_crs(crs))
    element.append(_metadata(layer.name, layer.abstract, crs, licences, "resourceMetadata"))
    SubElement(element, "provider", {} if raster else {"encoding": "UTF-8"}).text = _provider(layer)
    element.extend(deepcopy(part) for part in layer.parts)
    return element


def _metadata(title: str, abstract: str, crs: str, licences: Sequence[str], name: str) -> Element:
    element = Element(name)
    for key, text in (
        ("identifier", ""),
        ("language", ""),
        ("type", "dataset"),
        ("title", title),
        ("abstract", abstract),
    ):
        SubElement(element, key).text = text
    for licence in licences:
        SubElement(element, "license").text = licence
    SubElement(element, "crs").append(_crs(crs))
    return element


def _crs(crs: str) -> Element:
    system = pyproj.CRS.from_user_input(crs)
    element = Element("spatialrefsys")
    SubElement(element, "wkt").text = system.to_wkt()
    authority = system.to_authority()
    if authority is not None:
        SubElement(element, "srid").text = authority[1]
        SubElement(element, "authid").text = ":".join(authority)
        SubElement(element, "description").text = system.name
    return element
