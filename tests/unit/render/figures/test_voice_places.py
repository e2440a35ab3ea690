"""Signs of what residents said stand on land."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tesoma_geo.render.figures.voice_places import area_holding, on_land, stands_out

CELL = shapely.box(0, 0, 500, 500)
LAKES = {
    "middle": shapely.Point(250, 250).buffer(150),
    "nearly all": shapely.box(0, 0, 500, 490),
    "ring": shapely.difference(shapely.Point(250, 250).buffer(200), shapely.Point(250, 250).buffer(30)),
    "two": shapely.MultiPolygon([shapely.box(0, 0, 240, 500), shapely.box(245, 0, 500, 400)]),
}


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([12, 15, 3], True), ([12, 14, 3], False), ([9, 9], False), ([7], True), ([], False), ([0.0, 5.0], True)],
)
def test_a_place_stands_out_with_a_quarter_more_than_the_next(numbers: list[float], told: bool) -> None:
    assert stands_out(numbers, [""] * len(numbers)) == told


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        (["Ridge", "Hill", "Hill", ""], False),  # 23 beside 16 and 13 of one area
        (["Ridge", "Hill", "", "Hill"], False),
        (["Ridge", "Hill", "Dale", "Hill"], False),
        (["Ridge", "Hill", "Dale", ""], True),
        (["Ridge", "", "", ""], True),
        (["Ridge", "Ridge", "Ridge", "Ridge"], True),
    ],
)
def test_places_of_one_area_count_together_beside_the_one_that_stands_out(areas: list[str], told: bool) -> None:
    numbers = [23.0, 16.0, 13.0, 8.0]
    assert stands_out(numbers, areas) == told
    assert stands_out(numbers[::-1], areas[::-1]) == told


@pytest.mark.parametrize("lake", LAKES)
def test_a_sign_stands_on_land_within_its_square(lake: str) -> None:
    (place,) = on_land(np.array([CELL], object), LAKES[lake])
    assert CELL.covers(place)
    assert not shapely.contains(LAKES[lake], place)


def test_without_land_or_without_water_it_stands_in_the_middle() -> None:
    for lakes in (shapely.box(-10, -10, 510, 510), shapely.MultiPolygon(), shapely.box(2000, 0, 2100, 100)):
        (place,) = on_land(np.array([CELL], object), lakes)
        assert (place.x, place.y) == (250, 250)


def test_a_bent_area_has_its_sign_inside() -> None:
    bent = shapely.difference(CELL, shapely.box(50, 50, 500, 500))
    (place,) = on_land(np.array([bent], object), shapely.MultiPolygon())
    assert shapely.intersects(bent, place)


@given(st.floats(-100, 600), st.floats(-100, 600), st.floats(1, 400))
def test_wherever_the_lake_lies(x: float, y: float, radius: float) -> None:
    lake = shapely.Point(x, y).buffer(radius)
    (place,) = on_land(np.array([CELL], object), lake)
    dry = shapely.difference(CELL, lake)
    assert shapely.distance(dry, place) < 1e-6 or dry.is_empty


@pytest.mark.parametrize("lake", LAKES)
def test_a_wide_place_at_the_border_has_its_sign_in_the_district(lake: str) -> None:
    district = shapely.box(-5000, 300, 5000, 5000)
    (place,) = on_land(np.array([CELL], object), LAKES[lake], np.array([district], object))
    if lake == "nearly all":
        assert not shapely.contains(LAKES[lake], place)
    assert shapely.dwithin(district, place, 1e-6)


def test_a_place_outside_the_district_keeps_its_middle() -> None:
    for district in (shapely.box(500, 0, 900, 500), shapely.box(900, 0, 1400, 500)):
        (place,) = on_land(np.array([CELL], object), shapely.MultiPolygon(), np.array([district], object))
        assert (place.x, place.y) == (250, 250)


@given(st.floats(-100, 600), st.floats(-100, 600), st.floats(1, 400), st.floats(-400, 400), st.floats(-400, 400))
def test_wherever_lake_and_district_lie(x: float, y: float, radius: float, left: float, low: float) -> None:
    lake, district = shapely.Point(x, y).buffer(radius), shapely.box(left, low, left + 1000, low + 1000)
    (place,) = on_land(np.array([CELL], object), lake, np.array([district], object))
    dry = shapely.difference(CELL, lake)
    within = shapely.intersection(dry, district)
    assert shapely.distance(dry, place) < 1e-6 or dry.is_empty
    assert shapely.distance(within, place) < 1e-6 or shapely.area(within) == 0


def test_a_wide_place_has_its_sign_in_the_area_that_it_is_called_by() -> None:
    wide, narrow = shapely.box(0, 0, 2000, 2000), shapely.box(0, 0, 900, 900)
    areas = np.array([shapely.box(0, 0, 700, 2000), shapely.box(700, 0, 3000, 2000)], object)
    at = on_land(np.array([wide, narrow], object), shapely.MultiPolygon(), areas)
    assert [(place.x, place.y) for place in at] == [(1350, 1000), (450, 450)]
    # Where that part is under water it stands on land of the district, as near as may be.
    (ashore,) = on_land(np.array([wide], object), shapely.box(650, -100, 3000, 2100), areas)
    assert ashore.x <= 650


def test_a_place_is_in_the_area_that_holds_most_of_it() -> None:
    areas = np.array([shapely.box(0, 0, 100, 500), shapely.box(100, 0, 500, 500)], object)
    beyond = shapely.box(600, 0, 900, 500)
    assert area_holding(np.array([CELL, areas[0], beyond], object), areas).tolist() == [1, 0, -1]
    assert area_holding(np.array([CELL], object), areas[:0]).tolist() == [-1]
