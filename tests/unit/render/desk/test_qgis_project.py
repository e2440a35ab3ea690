"""A project of QGIS as XML and as a file."""

import zipfile
from xml.etree import ElementTree

from tesoma_geo.render.desk.qgis_project import LayerGroup, ProjectLayer, project_text, write_project
from tesoma_geo.render.desk.qgis_style import Rule, marker, vector_style


def text():
    parts = vector_style([Rule("", marker("#ff0000", 2))], [])
    layer = ProjectLayer('Palvelut & "muut" <b>', "a.gpkg|layername=b", parts, "Point", True, "a service")
    surface = ProjectLayer("Aika", "t.tif", [], "Raster")
    groups = [LayerGroup("Ryhmä", (layer, surface))]
    return project_text("Tesoma", groups, "EPSG:3067", (1.0, 2.0, 3.0, 4.0), ["CC BY 4.0"])


def test_layers_of_the_tree_are_layers_of_the_project():
    root = ElementTree.fromstring(text())
    ids = [node.get("id") for node in root.iter("layer-tree-layer")]
    assert ids == [node.findtext("id") for node in root.iter("maplayer")]
    assert all(len(one) > 10 for one in ids)  # QGIS makes its own of shorter ones
    assert [node.findtext("provider") for node in root.iter("maplayer")] == ["ogr", "gdal"]
    assert [node.get("checked") for node in root.iter("layer-tree-layer")] == ["Qt::Checked", "Qt::Unchecked"]


def test_paths_are_relative_and_names_stay_text():
    root = ElementTree.fromstring(text())
    layer = next(root.iter("maplayer"))
    assert layer.findtext("datasource") == "./a.gpkg|layername=b"
    assert layer.findtext("layername") == 'Palvelut & "muut" <b>'
    assert layer.findtext("srs/spatialrefsys/authid") == "EPSG:3067"
    assert layer.findtext("resourceMetadata/license") == "CC BY 4.0"
    assert root.findtext("properties/SpatialRefSys/ProjectionsEnabled") == "1"


def test_the_file_is_the_same_twice(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_project(tmp_path / name / "project-fi.qgz", text())
    assert (tmp_path / "a/project-fi.qgz").read_bytes() == (tmp_path / "b/project-fi.qgz").read_bytes()
    with zipfile.ZipFile(tmp_path / "a/project-fi.qgz") as archive:
        assert archive.namelist() == ["project-fi.qgs"]
        assert archive.read("project-fi.qgs").decode() == text()
