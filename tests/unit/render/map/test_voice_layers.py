"""What residents said as layers: a stable sign for each kind."""

import geopandas as gpd
import pytest
import shapely

from tesoma_geo.render.figures.voice_places import sign_of
from tesoma_geo.render.map.voice_layers import voices
from tesoma_geo.sources.annotations.schema import KINDS

CRS = "EPSG:32723"


def test_every_kind_has_a_sign_of_its_own() -> None:
    assert len({sign_of(kind) for kind in (*KINDS, "")}) == len(KINDS) + 1


@pytest.mark.parametrize("kinds", [("place", "barrier"), ("barrier", "place")])
def test_the_sign_follows_the_kind_and_not_the_order(kinds: tuple[str, ...]) -> None:
    squares = [shapely.box(330_000, 7_394_000, 330_500, 7_394_500) for _ in kinds]
    table = gpd.GeoDataFrame(
        {"type": "cell", "kind": kinds, "topic": "dark", "voices": 5.0, "category": None, "text": None, "themes": None},
        geometry=squares,
        crs=CRS,
    )
    nothing = gpd.GeoDataFrame(geometry=[], crs=CRS)
    made = voices(table.to_crs("EPSG:4326"), nothing, nothing, nothing)
    assert {one.packed["kind"]: one.packed["sign"] for one in made} == {kind: sign_of(kind) for kind in kinds}


def test_a_street_is_named_where_most_told_of_something_on_it_or_near_it():
    squares = [shapely.box(x, 7_394_000, x + 300, 7_394_300) for x in (330_000, 331_000, 332_000, 340_000)]
    wide = shapely.box(330_000, 7_390_000, 334_000, 7_394_000)
    told = gpd.GeoDataFrame(
        {
            "type": ["street", "street", "street", "cell", "cell", "cell", "cell"],
            "kind": "barrier",
            "topic": ["dark", "crossing", "dark", "steps", "steps", "ice", "noise"],
            "voices": [9.0, 12.0, 7.0, 8.0, 5.0, 11.0, 4.0],
            "street": ["Birch Lane", "Birch Lane", "Elm Lane", None, None, None, None],
            "category": None,
            "text": None,
            "themes": None,
        },
        geometry=[squares[0], squares[0], squares[1], squares[1], squares[2], wide, squares[3]],
        crs=CRS,
    )
    nothing = gpd.GeoDataFrame(geometry=[], crs=CRS)
    ash = shapely.LineString([(331_100, 7_393_900), (332_200, 7_393_900)])
    streets = gpd.GeoDataFrame({"name": ["Ash Lane"]}, geometry=[ash], crs=CRS)
    (made,) = voices(told.to_crs("EPSG:4326"), nothing, nothing, streets)
    cells = [(at, name) for at, name in made.packed["streets"]]
    # Five places are told of; of a wide one nobody says a street. On Birch Lane two topics were told of one place.
    assert [name for _, name in cells] == ["Birch Lane", "Ash Lane", "Elm Lane", "Ash Lane"]
    assert [max(count for _, count in made.packed["told"][at]) for at, _ in cells] == [12, 8, 7, 5]
