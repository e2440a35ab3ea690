"""The other platforms' exports, as they write them."""

import json

import geopandas as gpd
import openpyxl
import pytest
from made_annotations import CORNER, CRS, at
from shapely import LineString, box

from tesoma_geo.annotations.paper import write_paper_map
from tesoma_geo.annotations.paper_drawing import PaperMapLayers
from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import SourceError
from tesoma_geo.sources.annotations.platforms import READERS
from tesoma_geo.sources.annotations.schema import SurveyExport
from tesoma_geo.workspace.annotations import Annotations

LON, LAT = 23.62, 61.50


def section(platform, **keys):
    return Annotations.model_validate({"platform": platform, "geometries": "x", **keys})


def read(path, **keys):
    settings = section(**keys)
    return READERS[settings.platform](SurveyExport(settings, path, CRS, {"Kulttuuri": "culture"}))


REQUESTS = [
    {"service_request_id": "1", "status": "open", "service_code": "180", "service_name": "Katuvalot",
     "description": "Lamppu pimeänä", "requested_datetime": "2025-11-02T10:15:30+02:00", "lat": LAT, "long": LON,
     "title": "Valot", "extended_attributes": {"media_urls": ["https://example.org/a.jpg"]}},
    {"service_request_id": "2", "service_code": "171", "description": "Kuoppa", "lat": str(LAT), "long": str(LON),
     "requested_datetime": "2025-11-02T08:15:30Z"},
    {"service_request_id": "3", "service_code": "171", "description": "ei paikkaa", "lat": None, "long": None},
    {"service_request_id": "4", "service_code": "171", "description": "", "title": "Otsikko", "lat": "", "long": "0"},
    {"service_request_id": "2", "service_code": "171", "description": "Kuoppa", "lat": LAT, "long": LON},
]  # fmt: skip
OPEN311 = {"platform": "open311", "kind": "barrier", "values": {"category": {"180": "dark", "171": "surface"}}}


def test_open311_json(tmp_path):
    path = tmp_path / "requests.json"
    path.write_text(json.dumps(REQUESTS), encoding="utf-8")
    made = read(path, **OPEN311)
    table = made.annotations.set_index("annotation_id")
    assert list(table.index) == ["1", "2"]
    assert table.loc["1", ["category", "text", "time", "photo"]].tolist() == [
        "dark", "Lamppu pimeänä", "2025-11-02T10:15:30+02:00", "https://example.org/a.jpg",
    ]  # fmt: skip
    assert table.loc["2", "time"] == "2025-11-02T10:15:30+02:00"
    assert {left.reason: left.count for left in made.left_out} == {
        "no geometry, or an empty one": 2, "the same id twice in one export": 1,
    }  # fmt: skip


def test_open311_xml_says_the_same(tmp_path):
    path = tmp_path / "requests.xml"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><service_requests>'
        f"<request><service_request_id>1</service_request_id><service_code>180</service_code>"
        "<description>Lamppu &lt;b&gt;</description>"
        f"<requested_datetime>2025-11-02T10:15:30+02:00</requested_datetime><lat>{LAT}</lat>"
        f"<long>{LON}</long><extended_attributes><media_urls><media_url>https://example.org/a.jpg</media_url>"
        "</media_urls></extended_attributes></request>"
        "<request><service_request_id>3</service_request_id><service_code>171</service_code><lat/><long/></request>"
        "</service_requests>",
        encoding="utf-8",
    )
    (row,) = read(path, **OPEN311).annotations.to_dict("records")
    assert (row["category"], row["text"], row["photo"]) == ("dark", "Lamppu <b>", "https://example.org/a.jpg")


def test_who_is_not_named_counts_as_one_unless_the_workspace_assumes_otherwise(tmp_path):
    path = tmp_path / "requests.json"
    path.write_text(json.dumps(REQUESTS), encoding="utf-8")
    assert read(path, **OPEN311).annotations["respondent"].nunique() == 1
    assert read(path, **OPEN311, unnamed_are_people=True).annotations["respondent"].nunique() == 2


def test_xml_that_declares_entities_is_refused(tmp_path):
    path = tmp_path / "requests.xml"
    path.write_text('<!DOCTYPE x [<!ENTITY a "aaaa">]><service_requests>&a;</service_requests>')
    with pytest.raises(SourceError, match="entities"):
        read(path, **OPEN311)


def test_maptionnaire_workbook(tmp_path):
    book = openpyxl.Workbook()
    people = book.active
    people.title = "Respondents"
    people.append(["Respondent ID", "Language", "Submitted at", "Ikä", "Rooli", "Email"])
    people.append([101, "fi", "17.08.2025 09:23", "13–17", "Asukas", "canary@example.org"])
    people.append([102, "sv", None, "65+", "Yritys", None])
    places = book.create_sheet("Missä on hankalaa liikkua täällä"[:31])
    places.append(["Respondent ID", "Syy", "Haitta", "Kerro", "WKT"])
    places.append([101, "Portaat", 4, "Ei luiskaa", f"POINT ({LON} {LAT})"])
    places.append([101.0, None, None, None, f"LINESTRING ({LON} {LAT}, {LON + 0.001} {LAT})"])
    places.append([102, "Portaat", 2, None, "not wkt"])
    book.create_sheet("Tyhjä").append(["Respondent ID", "WKT"])
    path = tmp_path / "answers.xlsx"
    book.save(path)
    question = {"title": "Missä on hankalaa liikkua täällä tänään", "kind": "barrier", "severity": "Haitta",
                "text": "Kerro", "category": {"question": "Syy", "map": {"Portaat": "steps"}}}  # fmt: skip
    made = read(path, platform="maptionnaire", questions=[question], respondent={"age_group": "Ikä", "role": "Rooli"})
    assert len(made.respondents) == 2
    first = made.annotations[made.annotations.geom_type == "Point"].iloc[0]
    assert first[["respondent", "category", "severity", "text", "age_group", "role", "language"]].tolist() == [
        "101", "steps", 4, "Ei luiskaa", "13-17", "resident", "fi",
    ]  # fmt: skip
    assert first["time"] == "2025-08-17T09:23:00+03:00"
    lon, lat = to_wgs84(first.geometry.x, first.geometry.y, CRS)
    assert (round(float(lon), 6), round(float(lat), 6)) == (LON, LAT)
    assert sum(left.count for left in made.left_out) == 1
    assert "canary@example.org" not in made.respondents.to_csv()


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
    made = read(path, **UMAP)
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
    made = read(gpx, platform="umap", kind="idea")
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
    table = read(kml, **UMAP).annotations
    assert dict(zip(table["kind"], table.geom_type, strict=True)) == {"barrier": "Point", "place": "Polygon"}


def test_kobo_flat_geojson(tmp_path):
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [LON, LAT, 90.0]},
         "properties": {"_uuid": "u1", "_submission_time": "2025-08-17T06:23:00", "paikka/syy": "dark", "haitta": "5",
                        "teemat": "youth Kulttuuri", "nimimerkki": "p1"}},
        {"type": "Feature", "geometry": None,
         "properties": {"_uuid": "u2", "viiva": f"{LAT} {LON} 0 0;{LAT} 23.63 0 0"}},
    ]  # fmt: skip
    path = tmp_path / "kobo.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    columns = {"category": "syy", "severity": "haitta", "themes": "teemat", "respondent": "nimimerkki"}
    (row,) = read(path, platform="kobo", kind="barrier", columns=columns).annotations.to_dict("records")
    assert (row["annotation_id"], row["category"], row["severity"], row["themes"]) == ("u1", "dark", 5, "culture;youth")
    assert row["time"] == "2025-08-17T09:23:00+03:00"
    lines = read(path, platform="kobo", kind="missing_link", columns={"geometry": "viiva"}).annotations
    assert lines.geom_type.tolist() == ["LineString"]


@pytest.mark.parametrize("suffix", ["csv", "gpkg", "geojson"])
def test_plain_layers_with_a_mapping(tmp_path, suffix):
    table = gpd.GeoDataFrame(
        {"kuka": ["a", "b"], "tyyppi": ["este", "toive"], "vakavuus": ["3", None], "ikä": ["70+", None],
         "sanottu": ["Kuoppa", ""], "pvm": ["17.8.2025", None]},
        geometry=[at(10, 20), at(30, 40)], crs=CRS,
    )  # fmt: skip
    path = tmp_path / f"said.{suffix}"
    if suffix == "csv":
        degrees = table.to_crs(4326)
        table.drop(columns="geometry").assign(x=degrees.geometry.x, y=degrees.geometry.y).to_csv(path, index=False)
    else:
        (table if suffix == "gpkg" else table.to_crs(4326)).to_file(path)
    columns = {"respondent": "kuka", "kind": "tyyppi", "severity": "vakavuus", "age_group": "ikä", "text": "sanottu",
               "time": "pvm"} | ({"lon": "x", "lat": "y"} if suffix == "csv" else {})  # fmt: skip
    made = read(path, platform="table", columns=columns, values={"kind": {"este": "barrier", "toive": "idea"}})
    first, second = made.annotations.sort_values("respondent").to_dict("records")
    assert (first["kind"], first["severity"], first["age_group"], first["text"]) == ("barrier", 3, "70-", "Kuoppa")
    assert first["time"] == "2025-08-17T00:00:00+03:00"
    assert second["kind"] == "idea"
    assert first["geometry"].distance(at(10, 20)) < 0.05


def test_a_column_that_is_not_there_is_named(tmp_path):
    path = tmp_path / "said.gpkg"
    gpd.GeoDataFrame({"a": [1]}, geometry=[at(0, 0)], crs=CRS).to_file(path)
    with pytest.raises(SourceError, match="text = 'sanottu'"):
        read(path, platform="table", kind="idea", columns={"text": "sanottu"})
    with pytest.raises(SourceError, match="no field of an annotation"):
        read(path, platform="table", kind="idea", columns={"txt": "a"})


def test_a_paper_map_and_its_sheet(tmp_path):
    district = box(*CORNER, CORNER[0] + 3000, CORNER[1] + 1500)
    streets = gpd.GeoDataFrame({"highway": ["primary"], "name": ["<script>alert(1)</script>"]},
                               geometry=[LineString([at(0, 100), at(3000, 300)])], crs=CRS)  # fmt: skip
    areas = gpd.GeoDataFrame({"name": ["<i>Area"]}, geometry=[district], crs=CRS)
    nothing, hub = gpd.GeoDataFrame(geometry=[], crs=CRS), gpd.GeoDataFrame(geometry=[at(600, 1200)], crs=CRS)
    ground = PaperMapLayers(areas, streets, nothing, hub, "Hub & centre")
    write_paper_map(tmp_path, ground, "Tesoma <b>", ("fi", "en"), "© OpenStreetMap contributors")
    page = (tmp_path / "paper_map.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Tesoma &lt;b&gt;" in page
    assert ">&lt;script&gt;alert(1)&lt;/script&gt;</text>" in page
    assert ">Hub &amp; centre</text>" in page
    assert page.count('<section lang="') == 2
    assert "© OpenStreetMap contributors" in page
    sheet = tmp_path / "digitising_sheet.csv"
    west, south, m_per_mm = (float(part) for part in sheet.read_text().split()[2:5])
    assert district.within(box(west, south, west + 380 * m_per_mm, south + 245 * m_per_mm))
    with sheet.open("a", encoding="utf-8") as file:
        file.write("12,barrier,steps,4,,Ei luiskaa,70-79,Asukas,100.5 50\n")
        file.write(
            "12,missing_link,,,,,,,10 10; 60 10\n13,area,,,youth,,,,10 10; 60 10; 60 60; 10 10\n14,idea,,,,,,,\n"
        )
    made = read(sheet, platform="paper")
    table = made.annotations.set_index("kind")
    assert table.geom_type.to_dict() == {"barrier": "Point", "missing_link": "LineString", "area": "Polygon"}
    assert table.loc["barrier", "geometry"].coords[0] == (west + 100.5 * m_per_mm, south + 50 * m_per_mm)
    assert table.loc["barrier", ["respondent", "category", "severity", "age_group", "role"]].tolist() == [
        "12", "steps", 4, "70-79", "resident",
    ]  # fmt: skip
    assert len(made.respondents) == 2
