"""A paper map, drawn on, measured and read."""

import geopandas as gpd
from made_annotations import CORNER, CRS, at, read_export
from shapely import LineString, box

from tesoma_geo.annotations.paper import write_paper_map
from tesoma_geo.annotations.paper_drawing import HEIGHT_MM, WIDTH_MM, PaperMapLayers
from tesoma_geo.workspace.sections import Site


def test_a_paper_map_and_its_sheet(tmp_path):
    district = box(*CORNER, CORNER[0] + 3000, CORNER[1] + 1500)
    streets = gpd.GeoDataFrame({"highway": ["primary"], "name": ["<script>alert(1)</script>"]},
                               geometry=[LineString([at(0, 100), at(3000, 300)])], crs=CRS)  # fmt: skip
    areas = gpd.GeoDataFrame({"name": ["<i>Area"]}, geometry=[district], crs=CRS)
    nothing, hub = gpd.GeoDataFrame(geometry=[], crs=CRS), gpd.GeoDataFrame(geometry=[at(600, 1200)], crs=CRS)
    ground = PaperMapLayers(areas, streets, nothing, hub, "Hub & centre")
    write_paper_map(tmp_path, ground, "Tesoma <b>", ("fi", "en"), "© OpenStreetMap contributors", Site())
    page = (tmp_path / "paper_map.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Tesoma &lt;b&gt;" in page
    assert ">&lt;script&gt;alert(1)&lt;/script&gt;</text>" in page
    assert ">Hub &amp; centre</text>" in page
    assert page.count('<section lang="') == 2
    assert "© OpenStreetMap contributors" in page
    sheet = tmp_path / "digitising_sheet.csv"
    west, south, m_per_mm = (float(part) for part in sheet.read_text().split()[2:5])
    assert district.within(box(west, south, west + WIDTH_MM * m_per_mm, south + HEIGHT_MM * m_per_mm))
    with sheet.open("a", encoding="utf-8") as file:
        file.write("12,barrier,steps,4,,Ei luiskaa,70-79,Asukas,100.5 50\n")
        file.write(
            "12,missing_link,,,,,,,10 10; 60 10\n13,area,,,youth,,,,10 10; 60 10; 60 60; 10 10\n14,idea,,,,,,,\n"
        )
    made = read_export(sheet, platform="paper")
    table = made.annotations.set_index("kind")
    assert table.geom_type.to_dict() == {"barrier": "Point", "missing_link": "LineString", "area": "Polygon"}
    assert table.loc["barrier", "geometry"].coords[0] == (west + 100.5 * m_per_mm, south + 50 * m_per_mm)
    assert table.loc["barrier", ["respondent", "category", "severity", "age_group", "role"]].tolist() == [
        "12", "steps", 4, "70-79", "resident",
    ]  # fmt: skip
    assert len(made.respondents) == 2


def test_what_else_is_noted_on_a_sheet_is_not_read(tmp_path):
    """Whoever copies forms may note a name or a number beside them: no table has a place for it."""
    sheet = tmp_path / "digitising_sheet.csv"
    sheet.write_text(
        "# frame 327000.0 6822000.0 5.0000\n"
        "form,kind,category,severity,themes,text,age_group,role,place_mm,name,phone,notes\n"
        "12,idea,,,,Penkki,70-79,,100 50,Kanarialintu,040 1234567,Kanarialintu soitti\n",
        encoding="utf-8",
    )
    made = read_export(sheet, platform="paper")
    for table in (made.annotations.drop(columns="geometry"), made.respondents):
        assert "Kanarialintu" not in table.to_json()
        assert "1234567" not in table.to_json()
