"""Plain layers with a mapping, and Kobo's GeoJSON."""

import json

import geopandas as gpd
import pytest
from made_annotations import CRS, LAT, LON, at, read_export

from tesoma_geo.errors import SourceError


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
    (row,) = read_export(path, platform="kobo", kind="barrier", columns=columns).annotations.to_dict("records")
    assert (row["annotation_id"], row["category"], row["severity"], row["themes"]) == ("u1", "dark", 5, "culture;youth")
    assert row["time"] == "2025-08-17T09:23:00+03:00"
    lines = read_export(path, platform="kobo", kind="missing_link", columns={"geometry": "viiva"}).annotations
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
    made = read_export(path, platform="table", columns=columns, values={"kind": {"este": "barrier", "toive": "idea"}})
    first, second = made.annotations.sort_values("respondent").to_dict("records")
    assert (first["kind"], first["severity"], first["age_group"], first["text"]) == ("barrier", 3, "70-", "Kuoppa")
    assert first["time"] == "2025-08-17T00:00:00+03:00"
    assert second["kind"] == "idea"
    assert first["geometry"].distance(at(10, 20)) < 0.05


def test_a_column_that_is_not_there_is_named(tmp_path):
    path = tmp_path / "said.gpkg"
    gpd.GeoDataFrame({"a": [1]}, geometry=[at(0, 0)], crs=CRS).to_file(path)
    with pytest.raises(SourceError, match="text = 'sanottu'"):
        read_export(path, platform="table", kind="idea", columns={"text": "sanottu"})
    with pytest.raises(SourceError, match="no field of an annotation"):
        read_export(path, platform="table", kind="idea", columns={"txt": "a"})
