"""Places of a name, as Nominatim answers."""

import json

import shapely
from catalogue_servers import nominatim_row
from loopback import serving

from tesoma_geo.sources.catalogues.nominatim import find_places

BOX = shapely.box(10, 5, 10.1, 5.1)


def test_outlines_and_points_countries_and_what_they_are(tmp_path):
    point = nominatim_row("Town, Hamlet", BOX, "BR", 2, "hamlet")
    point["geojson"] = {"type": "Point", "coordinates": [10.0, 5.0]}
    bow = shapely.Polygon([(0, 0), (2, 9), (2, 0), (0, 9)])
    rows = [nominatim_row("Town", BOX, "FI"), point, nominatim_row("مدينة", bow, "")]
    with serving() as server:
        server.gives("/search", (200, {}, json.dumps(rows).encode()))
        places = find_places("Town", base=server.address, folder=tmp_path)
        again = find_places("Town", base=server.address, folder=tmp_path)
        assert len(server.asked) == 1
        assert find_places("Town", base=server.address, folder=tmp_path, around=(0, 0, 1, 1))
        assert len(server.asked) == 2
    assert [place.name for place in again] == [place.name for place in places] == ["Town", "Town, Hamlet", "مدينة"]
    assert [place.country for place in places] == ["FI", "BR", ""]
    assert places[0].outline.equals(BOX)
    assert places[1].outline is None
    assert places[2].outline.is_valid
    assert (places[1].kind, places[1].ref) == ("hamlet", "relation 2")


def test_that_nothing_is_known_is_asked_again_next_time(tmp_path):
    with serving() as server:
        server.gives("/search", (200, {}, b"[]"))
        for _ in range(2):
            assert find_places("Nowhere", base=server.address, folder=tmp_path) == []
        assert len(server.asked) == 2
