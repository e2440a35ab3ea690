"""Single annotations on the map: moved by a keyed offset, never a line, never near a home."""

import numpy as np
import pytest
from made_annotations import CRS, at
from shapely import LineString, MultiLineString, Polygon

from tesoma_geo.annotations.pseudonyms import Key
from tesoma_geo.annotations.released_points import offset_m, released_points
from tesoma_geo.annotations.survey import unmoderated
from tesoma_geo.sources.annotations.schema import annotation_reading
from tesoma_geo.workspace.annotations import Publish

KEY = Key(b"k" * 32)


def released(*rows, **state):
    made = [{"respondent": f"p{number}", "question": "q", "kind": "idea", **row} for number, row in enumerate(rows)]
    table = unmoderated([annotation_reading(made, [], crs=CRS, source="made")], KEY)[0]
    return released_points(
        table.assign(**{"state": "approved", "shown": True, "photo_look": "me"} | state), KEY, Publish()
    )


@pytest.mark.parametrize("respondent", ["r1", "r2", "r3"])
def test_an_offset_lies_in_the_ring_and_is_the_same_again(respondent):
    east, north = offset_m(KEY, respondent, (3, 4), (30.0, 80.0))
    assert 30 <= np.hypot(east, north) <= 80
    assert offset_m(KEY, respondent, (3, 4), (80.0, 30.0)) == (east, north)
    assert offset_m(KEY, respondent, (3, 5), (30.0, 80.0)) != (east, north)
    assert offset_m(Key(b"x" * 32), respondent, (3, 4), (30.0, 80.0)) != (east, north)


def test_a_point_is_moved_and_an_area_becomes_a_point():
    area = Polygon([at(0, 0), at(400, 0), at(400, 400), at(0, 400)])
    point, of_area = sorted(
        released({"geometry": at(900, 900), "text": "a"}, {"geometry": area, "text": "b"}).rows,
        key=lambda row: row["text"],
    )
    assert 30 <= point["geometry"].distance(at(900, 900)) <= 80
    assert of_area["geometry"].geom_type == "Point"


@pytest.mark.parametrize("kind", ["missing_link", "idea", "barrier"])
def test_a_drawn_line_is_never_on_the_map_and_its_text_is_a_quote(kind):
    line = LineString([at(0, 0), at(300, 0)])
    both = MultiLineString([line, LineString([at(0, 500), at(900, 500)])])
    shown = ({"geometry": line, "text": "Tästä"}, {"geometry": both, "kind": kind, "photo": "a.jpg"})
    done = released(*shown, {"geometry": at(900, 900)})
    assert [row["geometry"].geom_type for row in done.rows] == ["Point"]
    assert [quote["text"] for quote in done.quotes] == ["Tästä"]
    assert not done.photos
    assert done.held_back["drawn lines: never on the map, their texts are quoted"] == 2


def test_what_is_near_a_home_of_the_same_respondent_stays_out():
    home = {"geometry": at(0, 0), "private": True, "respondent": "one"}
    done = released(home, {"geometry": at(150, 0), "respondent": "one"}, {"geometry": at(150, 0), "respondent": "two"})
    assert len(done.rows) == 1
    assert done.held_back["points near a home or a daily place of who said it"] == 1


def test_an_approved_text_that_is_not_shown_is_a_quote():
    done = released({"geometry": at(0, 0), "text": "Penkki"}, shown=False)
    assert ([quote["text"] for quote in done.quotes], done.rows) == (["Penkki"], [])


def test_photographs_at_an_address_are_held_back():
    done = released(
        {"geometry": at(0, 0), "photo": "https://example.org/a.jpg"}, {"geometry": at(0, 0), "photo": "b.jpg"}
    )
    assert list(done.photos.values()) == ["b.jpg"]
    assert done.held_back["photographs at an address: nothing is fetched"] == 1
