"""Homes as the cells they stand for."""

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from test_encoding import unpacked, unpacked_lines

from tesoma_geo.render.figures import home_cells
from tesoma_geo.render.figures.encoding import pixels

CRS = "EPSG:3067"


def origins(rows: list[tuple[float, float, int, float, float]]) -> gpd.GeoDataFrame:
    x, y, residents, there, back = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"population": residents, "walk_to_hub_s": np.float32(there), "walk_from_hub_s": np.float32(back)},
        geometry=gpd.points_from_xy(x, y),
        crs=CRS,
    )


def test_origins_of_one_cell_are_shown_as_one() -> None:
    inf = float("inf")
    table = origins([(10, 10, 30, 100, 200), (90, 90, 10, 300, inf), (210, 10, 5, inf, inf)])
    packed = home_cells.cells(home_cells.Grid.of(table, 100.0), table, ["walk"])
    assert unpacked(packed["residents"]) == [40, 5]
    assert unpacked(packed["to_hub_s"]["walk"]) == [150, -1]
    assert unpacked(packed["from_hub_s"]["walk"]) == [200, -1]
    assert [len(square) for square in unpacked_lines(packed["quads"])] == [5, 5]


def test_a_cell_where_nobody_lives_keeps_its_time() -> None:
    table = origins([(10, 10, 0, 240, 240)])
    packed = home_cells.cells(home_cells.Grid.of(table, 100.0), table, ["walk"])
    assert unpacked(packed["to_hub_s"]["walk"]) == [240]


#: Lines near Tesoma: of some points, or of none.
LINES = st.one_of(
    st.just(shapely.LineString()),
    st.lists(st.tuples(st.integers(320_000, 322_000), st.integers(6_823_000, 6_825_000)), min_size=2, max_size=5).map(
        shapely.LineString
    ),
)
AFTER = st.lists(st.tuples(LINES, LINES), max_size=2).map(lambda pairs: tuple(line for pair in pairs for line in pair))


@given(st.lists(st.tuples(LINES, st.integers(0, 3)), max_size=8), st.lists(AFTER, min_size=4, max_size=4))
def test_legs_come_back_as_they_were(trips: list[tuple[shapely.LineString, int]], afters: list[tuple]) -> None:
    legs = np.empty(len(trips) + 1, object)
    legs[:] = [*((first, *afters[after]) for first, after in trips), ()]
    told = home_cells.packed_legs(legs, CRS)
    walks, after = (unpacked_lines(told[name]) for name in ("walks", "after"))
    starts = np.cumsum([0, *unpacked(told["count"])])
    for number, (trip, of) in enumerate(zip(legs, unpacked(told["of"]), strict=True)):
        # What holds no point at all is packed as nothing.
        first = walks[number] if walks else []
        rest = (after[starts[of] : starts[of + 1]] or [[]] * (len(trip) - 1)) if of >= 0 else []
        for line, points in zip(trip or [shapely.LineString()], [first, *rest], strict=True):
            at = [tuple(place) for place in pixels(shapely.get_coordinates(line), CRS).tolist()]
            assert points == [place for number, place in enumerate(at) if not number or place != at[number - 1]]
