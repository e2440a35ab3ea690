"""A workbook of Maptionnaire."""

import openpyxl
import pytest
from made_annotations import CRS, LAT, LON, read_export

from tesoma_geo.crs import to_wgs84
from tesoma_geo.errors import SourceError


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
    made = read_export(
        path, platform="maptionnaire", questions=[question], respondent={"age_group": "Ikä", "role": "Rooli"}
    )
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


@pytest.mark.parametrize("claims", [[("XFD2", "x"), ("XFD400", "y")], [("F1048576", "x")], [("ZZ100000", "x")]])
def test_a_workbook_that_claims_cells_without_end_is_refused(tmp_path, claims):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Respondent ID", "WKT"])
    for cell, value in claims:
        sheet[cell] = value
    path = tmp_path / "answers.xlsx"
    book.save(path)
    assert path.stat().st_size < 10_000
    with pytest.raises(SourceError, match=r"answers\.xlsx: sheet .* cells"):
        read_export(path, platform="maptionnaire", questions=[{"title": "Where", "kind": "idea"}])
