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
    made = voices(table.to_crs("EPSG:4326"), nothing, nothing)
    assert {one.packed["kind"]: one.packed["sign"] for one in made} == {kind: sign_of(kind) for kind in kinds}
