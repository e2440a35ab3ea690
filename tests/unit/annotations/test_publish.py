"""Files of a publication: text in them can end no script, photographs come from beside the survey alone."""

import json

import geopandas as gpd
import pytest
from PIL import Image
from shapely import Point

from tesoma_geo.annotations.privacy import Publication
from tesoma_geo.annotations.publish import GEOJSON, script_safe, write_publication
from tesoma_geo.errors import SourceError


def one(photo, source):
    row = {"type": "shown", "kind": "idea", "text": None, "photo": photo}
    features = gpd.GeoDataFrame([row], geometry=[Point(23.6123456789, 61.5)], crs="EPSG:4326")
    return Publication(features, {"quotes": []}, {photo: source}, {"a": 3}, (), 5)


def written(folder):
    return json.loads((folder / GEOJSON).read_text(encoding="utf-8"))["features"]


def test_json_that_is_safe_in_a_script_is_the_same_content():
    content = {"text": "</script><!-- & \u2028"}
    text = script_safe(content)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == content


def test_features_have_what_is_known_and_degrees_of_six_decimals(tmp_path):
    write_publication(one("photos/a.jpg", "a.jpg"), tmp_path)
    (feature,) = written(tmp_path)
    assert feature["properties"] == {"type": "shown", "kind": "idea"}
    assert feature["geometry"]["coordinates"] == [23.612346, 61.5]


def test_a_photograph_is_written_beside(tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "a.jpg")
    write_publication(one("photos/b.jpg", "a.jpg"), tmp_path, tmp_path)
    assert written(tmp_path)[0]["properties"]["photo"] == "photos/b.jpg"
    assert (tmp_path / "photos" / "b.jpg").is_file()


def test_a_photograph_outside_the_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="lies outside"):
        write_publication(one("photos/b.jpg", "../../etc/passwd"), tmp_path, tmp_path)
