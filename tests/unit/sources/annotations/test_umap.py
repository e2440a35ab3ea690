"""Maps of uMap in each of its formats."""

import json

from made_annotations import LAT, LON, read_export

UMAP = {"platform": "umap", "questions": [{"title": "Esteet", "kind": "barrier"}, {"title": "Hyvät", "kind": "place"}]}


def test_umap_of_layers(tmp_path):
    def layer(name, *features):
        return {"type": "FeatureCollection", "features": list(features), "_umap_options": {"name": name}}

    def feature(properties, geometry):
        return {"type": "Feature", "properties": properties, "geometry": geometry, "id": properties["name"]}

    point = {"type": "Point", "coordinates": [LON, LAT]}
    content = {
        "type": "umap",
        "layers": [
            layer("Esteet", feature({"name": "a", "description": "**Jyrkkä** [[https://x.fi|mäki]]"}, point)),
            layer("Hyvät", feature({"name": "penkki", "_umap_options": {"color": "red"}}, point),
                  feature({"name": "tyhjä"}, {"type": "Point", "coordinates": []})),
            layer("Muut", feature({"name": "x"}, point)),
        ],
    }  # fmt: skip
    path = tmp_path / "map.umap"
    path.write_text(json.dumps(content), encoding="utf-8")
    made = read_export(path, **UMAP)
    assert dict(zip(made.annotations["kind"], made.annotations["text"], strict=True)) == {
        "barrier": "Jyrkkä mäki", "place": "penkki",
    }  # fmt: skip
    assert sum(left.count for left in made.left_out) == 2


def test_umap_as_gpx_and_kml(tmp_path):
    gpx = tmp_path / "map.gpx"
    gpx.write_text(
        '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">'
        f'<wpt lat="{LAT}" lon="{LON}"><name>n</name><desc>Liukas</desc><time>2025-01-02T03:04:05Z</time></wpt>'
        f'<trk><name>Puuttuva</name><trkseg><trkpt lat="{LAT}" lon="{LON}"/><trkpt lat="{LAT}" lon="{LON + 0.01}"/>'
        "</trkseg></trk></gpx>"
    )
    made = read_export(gpx, platform="umap", kind="idea")
    assert sorted(made.annotations["text"]) == ["Liukas", "Puuttuva"]
    assert sorted(made.annotations.geom_type) == ["LineString", "Point"]
    assert "2025-01-02T05:04:05+02:00" in made.annotations["time"].tolist()
    kml = tmp_path / "map.kml"
    ring = " ".join(f"{LON + x},{LAT + y},0" for x, y in [(0, 0), (0.001, 0), (0.001, 0.001), (0, 0)])
    kml.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Esteet</name><Placemark><name>A</name>'
        f"<description>Portaat</description><Point><coordinates>{LON},{LAT}</coordinates></Point></Placemark></Folder>"
        "<Folder><name>Hyvät</name><Placemark><name>B</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"
    )
    table = read_export(kml, **UMAP).annotations
    assert dict(zip(table["kind"], table.geom_type, strict=True)) == {"barrier": "Point", "place": "Polygon"}


def test_blanks_between_numbers_and_collections_of_one(tmp_path):
    kml = tmp_path / "map.kml"
    kml.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>A</name><description>Portaat</description>'
        f"<Point><coordinates> {LON}, {LAT}, 0 </coordinates></Point></Placemark></Document></kml>"
    )
    geojson = tmp_path / "map.geojson"
    point = {"type": "Point", "coordinates": [LON, LAT]}
    shape = {"type": "GeometryCollection", "geometries": [point]}
    feature = {"type": "Feature", "properties": {"description": "Portaat"}, "geometry": shape}
    geojson.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    for path in (kml, geojson):
        assert read_export(path, platform="umap", kind="idea").annotations.geom_type.tolist() == ["Point"]


def test_a_survey_that_has_just_opened_is_empty(tmp_path):
    empty = json.dumps({"type": "FeatureCollection", "features": []})
    for name, platform, text in (
        ("a.geojson", "umap", empty), ("b.geojson", "kobo", empty), ("c.geojson", "table", empty),
        ("d.csv", "table", "lon,lat,text\n"), ("e.json", "open311", "[]"), ("f.umap", "umap", '{"type": "umap"}'),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_text(text)
        assert read_export(path, platform=platform, kind="idea").annotations.empty, name
