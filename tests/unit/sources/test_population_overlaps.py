"""Each resident counts once: sums, repeated rows and overlaps are found, sound layers are left alone."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from tesoma_geo.errors import SourceError
from tesoma_geo.sources.population_overlaps import counted_once

NAN = float("nan")


def once(*rows: tuple[str, float, shapely.Geometry]):
    names, residents, shapes = zip(*rows, strict=True)
    table = gpd.GeoDataFrame({"name": names, "population": np.array(residents, float)}, geometry=list(shapes), crs=3067)
    found = counted_once(table, "population", "areas.gpkg")
    kept = [name for name, keep in zip(names, found.kept, strict=True) if keep]
    return kept, found


def square(x: float, y: float, side: float = 100.0) -> shapely.Geometry:
    return shapely.box(x, y, x + side, y + side)


def row_of(*residents: float, y: float = 0.0):
    return [(f"{y:.0f}-{number}", one, square(100 * number, y)) for number, one in enumerate(residents)]


def test_neighbours_are_left_alone():
    kept, found = once(*row_of(100, 200, NAN, 0), *row_of(5, 6, 7, 8, y=100))
    assert len(kept) == 8
    assert not found.left_out
    assert not found.doubts


@pytest.mark.parametrize("first", [True, False])
def test_a_sum_row_beside_its_parts_goes(first: bool):
    parts, whole = row_of(100, 200), ("All", 300, shapely.box(0, 0, 200, 100))
    kept, found = once(*([whole, *parts] if first else [*parts, whole]))
    assert kept == ["0-0", "0-1"]
    assert [(left.reason, left.count, left.examples) for left in found.left_out] == [
        ("the sum of rows within it", 1, ("All",))
    ]


def test_sums_at_several_levels_go_even_where_some_have_no_parts():
    """City = two quarters; one of them has blocks, one has none; a quarter of a neighbour stands alone."""
    blocks = row_of(10, 20, 30, 40)
    quarters = [("Q1", 100, shapely.box(0, 0, 400, 100)), ("Q2", 55, shapely.box(0, 100, 400, 200))]
    city = [("City", 155, shapely.box(0, 0, 400, 200))]
    kept, found = once(*city, *blocks, *quarters, ("Other", 9, square(900, 0)))
    assert kept == ["0-0", "0-1", "0-2", "0-3", "Q2", "Other"]
    assert found.left_out[0].count == 2


def test_rounding_and_careless_outlines_are_forgiven():
    parts = row_of(101, 199, 333)
    kept, _ = once(*parts, ("All", 632, shapely.box(-1, -1, 300.5, 100.5)))
    assert kept == ["0-0", "0-1", "0-2"]
    kept, found = once(("a", 5, shapely.box(0, 0, 101, 100)), ("b", 6, shapely.box(100, 0, 200, 100)))
    assert kept == ["a", "b"]
    assert not found.doubts
    _, found = once(("a", 5, shapely.box(0, 0, 105, 100)), ("b", 6, shapely.box(100, 0, 200, 100)))
    assert "1 pairs of areas overlap by up to 5%" in found.doubts[0].problem


def test_the_same_area_with_another_id_counts_once():
    kept, found = once(("a", 100, square(0, 0)), ("b", 7, square(100, 0)), ("a again", 100, square(0, 0.5)))
    assert kept == ["a", "b"]
    assert found.left_out[0].examples == ("a again as a",)


def test_a_sum_with_parts_that_are_not_told_goes_and_what_is_lost_is_told():
    kept, found = once(*row_of(100, NAN), ("All", 112, shapely.box(0, 0, 200, 100)))
    assert kept == ["0-0", "0-1"]
    assert "12 residents are in sums alone" in found.doubts[0].problem


def test_a_sum_twice_beside_its_parts():
    whole = shapely.box(0, 0, 200, 100)
    kept, found = once(*row_of(100, 200), ("All", 300, whole), ("Sum", 300, whole))
    assert kept == ["0-0", "0-1"]
    assert sum(left.count for left in found.left_out) == 2


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([*row_of(100, 200), ("All", 450, shapely.box(0, 0, 200, 100))], "'All' lies over '0-0', '0-1' and has 450"),
        ([*row_of(100), ("All", 300, shapely.box(0, 0, 200, 100))], "'All' lies over '0-0'"),
        ([("men", 48, square(0, 0)), ("women", 52, square(0, 0))], "residents would count twice"),
        ([("a", 5, shapely.box(0, 0, 140, 100)), ("b", 6, square(100, 0))], "40% of 'b' lies over 'a'"),
    ],
)
def test_what_nobody_can_tell_apart_is_refused(rows, told):
    with pytest.raises(SourceError, match=told):
        once(*rows)


def test_unknown_areas_harm_nobody():
    kept, _ = once(("All", 300, shapely.box(0, 0, 200, 100)), ("hidden", NAN, square(0, 0)))
    assert kept == ["All", "hidden"]
    kept, _ = once(("All", NAN, shapely.box(0, 0, 200, 100)), *row_of(1, 2))
    assert len(kept) == 3
