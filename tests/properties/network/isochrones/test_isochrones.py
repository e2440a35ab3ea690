"""What holds for isochrones of any streets and for contours of any field."""

from itertools import pairwise

import numpy as np
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tesoma_geo.network.isochrones.contours import SPECK, polygons_below_zero
from tesoma_geo.network.isochrones.isochrones import PositionSeeds, TimedStreets, Water, isochrone_polygons, time_grid

CRS = "EPSG:3067"
STEP_M, OFF_M, OFF_MPS = 10.0, 50.0, 1.306
CORNER, SIZE_M = 320_000.0, 600.0
#: Squares of the lattice by which rounding may change the area of a small ring.
NEAR_SPECK = 0.05
CUTOFFS_S = [60.0, 200.0, 300.0, 450.0]


@st.composite
def timed_streets(draw) -> TimedStreets:
    """A few streets, some one-way, slow, fast or of no length; any times at their nodes, some unreachable."""
    n_nodes, n_edges = draw(st.integers(2, 7)), draw(st.integers(1, 9))

    def listed(of: st.SearchStrategy, count: int) -> np.ndarray:
        return np.array(draw(st.lists(of, min_size=count, max_size=count)))

    places = CORNER + listed(st.tuples(st.floats(0, SIZE_M), st.floats(0, SIZE_M)), n_nodes)
    tail, head = listed(st.tuples(*[st.integers(0, n_nodes - 1)] * 2), n_edges).astype(np.int32).T
    length_m = np.hypot(*(places[tail] - places[head]).T)
    speed_mps = st.sampled_from([0.5, 1.306, 1.306, 4.0, 14.0, 1e-9])
    forward_s, backward_s = (length_m / listed(speed_mps, n_edges) for _ in range(2))
    return TimedStreets(
        *places.T,
        tail,
        head,
        np.where(forward_s > 1e6, np.inf, forward_s).astype(np.float32),
        np.where(backward_s > 1e6, np.inf, backward_s).astype(np.float32),
        listed(st.floats(0, 600) | st.just(np.inf), n_nodes).astype(np.float32),
        to_hub=draw(st.booleans()),
        seeds=draw(st.none() | st.builds(PositionSeeds, st.just([0]), st.tuples(st.floats(0, 1)), st.just([5.0]))),
    )


@st.composite
def waters(draw) -> tuple[shapely.Geometry, ...]:
    """Ponds, rivers and odd slivers."""
    place = st.tuples(st.floats(0, SIZE_M), st.floats(0, SIZE_M))
    lines = draw(st.lists(st.lists(place, min_size=2, max_size=4), min_size=1, max_size=3))
    widths = draw(st.lists(st.sampled_from([1.0, 4.0, 15.0, 60.0]), min_size=3, max_size=3))
    return tuple(
        shapely.buffer(shapely.LineString(CORNER + np.array(line)), width, quad_segs=4)
        for line, width in zip(lines, widths, strict=False)
    )


def sampled(streets: TimedStreets) -> tuple[np.ndarray, np.ndarray]:
    """Points every metre along the streets, and the time at each, told without the package's help."""
    ahead_s, back_s = streets.forward_s.astype(float), streets.backward_s.astype(float)
    if streets.to_hub:
        ahead_s, back_s = back_s, ahead_s
    points, times = [], []
    for edge, (a, b) in enumerate(zip(streets.tail, streets.head, strict=True)):
        start, end = (np.array([streets.x[node], streets.y[node]]) for node in (a, b))
        along = np.linspace(0, 1, 2 + int(np.hypot(*(end - start))))
        starts = [(0.0, float(streets.times_s[a])), (1.0, float(streets.times_s[b]))]
        if streets.seeds is not None and edge == 0:
            starts.append((streets.seeds.fraction[0], streets.seeds.seconds[0]))
        for number, (place, begun_s) in enumerate(starts):
            # A node that nothing leads away from is reached by the edges that lead to it.
            if np.isfinite(ahead_s[edge]) and number != 1:
                there = along[along >= place]
                points.append(start + there[:, None] * (end - start))
                times.append(begun_s + (there - place) * ahead_s[edge])
            if np.isfinite(back_s[edge]) and number != 0:
                there = along[along <= place]
                points.append(start + there[:, None] * (end - start))
                times.append(begun_s + (place - there) * back_s[edge])
    if not points:
        return np.empty((0, 2)), np.empty(0)
    return np.concatenate(points), np.concatenate(times)


def distances(places: np.ndarray, points: np.ndarray) -> np.ndarray:
    return np.hypot(*(places[:, None, :] - points[None, :, :]).transpose(2, 0, 1))


@given(timed_streets(), st.none() | waters())
@settings(deadline=None, max_examples=150)
def test_isochrones_are_valid_nested_dry_and_the_same_every_time(streets, lakes) -> None:
    water = None if lakes is None else Water.of(lakes)
    rows = isochrone_polygons(streets, CUTOFFS_S, crs=CRS, water=water)
    assert len(rows) == len(CUTOFFS_S)
    assert rows.is_valid.all()
    for smaller, larger in pairwise(rows.geometry):
        assert larger.covers(smaller) or smaller.is_empty
    assert rows.area_km2.is_monotonic_increasing
    if lakes is not None:
        assert rows.intersection(shapely.union_all(lakes)).area.max() == 0
    again = isochrone_polygons(streets, CUTOFFS_S[::-1], crs=CRS, water=water)
    assert rows.geometry.to_wkb().tolist() == again.geometry.to_wkb().tolist()


@given(timed_streets(), st.none() | waters())
@settings(deadline=None, max_examples=100)
def test_what_is_reached_is_inside_and_what_is_not_is_outside(streets, lakes) -> None:
    points, times = sampled(streets)
    water = None if lakes is None else Water.of(lakes)
    rows = isochrone_polygons(streets, CUTOFFS_S, crs=CRS, water=water)
    places = CORNER + np.random.default_rng(1).uniform(-100, SIZE_M + 100, (80, 2))
    for cutoff_s, polygon in zip(CUTOFFS_S, rows.geometry, strict=True):
        radius = np.minimum(OFF_M, (cutoff_s - times) * OFF_MPS)
        surely = radius > 1.5 * STEP_M
        if lakes is not None:
            surely &= shapely.distance(shapely.union_all(lakes), shapely.points(points)) > 2.5 * STEP_M
        assert shapely.contains_xy(polygon, points[surely]).all()
        reached = radius > 0
        excess = (distances(places, points[reached]) - radius[reached]).min(axis=1, initial=np.inf)
        assert not shapely.contains_xy(polygon, places[excess > 1.5 * STEP_M + 2]).any()


@given(timed_streets())
@settings(deadline=None, max_examples=100)
def test_a_time_grid_holds_the_least_time_along_and_off_the_streets(streets) -> None:
    points, times = sampled(streets)
    grid = time_grid(streets, np.inf)
    rows, columns = (every[::7] for every in np.indices(grid.seconds.shape).reshape(2, -1))
    lattice = grid.lattice
    places = lattice.step_m * np.c_[lattice.column + columns, lattice.row + rows]
    seconds = grid.seconds[rows, columns]
    off_m = distances(places, points)
    for within_m, holds in ((OFF_M - 1, seconds.__le__), (OFF_M + 1, seconds.__ge__)):
        total = np.where(off_m <= within_m, times + off_m / OFF_MPS, np.inf).min(axis=1, initial=np.inf)
        slack = 3.0 if within_m < OFF_M else -3.0
        assert holds((total + slack).astype(np.float32)).all()


@st.composite
def fields(draw) -> np.ndarray:
    """Layers, each nowhere above the one before, outside all around; many equal and many tiny values."""
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 7), st.integers(1, 7)))
    value = st.sampled_from([-2.0, -1.0, -0.5, -1e-6, 0.0, 1e-6, 0.25, 1.0]) | st.floats(-3, 3, width=32)
    inner = draw(hnp.arrays(np.float32, shape, elements=value))
    return np.minimum.accumulate(np.pad(inner, ((0, 0), (2, 2), (2, 2)), constant_values=1.0))


@given(fields())
@settings(deadline=None, max_examples=300)
def test_contours_of_a_lower_field_contain_those_of_a_higher_one_to_the_bit(field) -> None:
    polygons = polygons_below_zero(field, (CORNER, CORNER), STEP_M)
    assert shapely.is_valid(polygons).all()
    for smaller, larger in pairwise(polygons):
        assert larger.covers(smaller) or smaller.is_empty


@given(fields())
@settings(deadline=None, max_examples=150)
def test_contours_enclose_the_hull_of_each_squares_inside(field) -> None:
    for layer, polygon in zip(field, polygons_below_zero(field, (0.0, 0.0), 1.0), strict=True):
        pieces = [
            hull_of_square(layer, row, column)
            for row in range(layer.shape[0] - 1)
            for column in range(layer.shape[1] - 1)
        ]
        # Closed by a hair, so that pieces which share a side join.
        whole = shapely.union_all(pieces).buffer(1e-6).buffer(-1e-6)
        every = shapely.get_parts(whole)
        rings = [shapely.Polygon(ring) for part in every for ring in (part.exterior, *part.interiors)]
        # The package rounds crossings to 1/256 of a step: which side of the limit a ring near it falls on is open here.
        assume(all(abs(ring.area - SPECK) > NEAR_SPECK for ring in rings))
        parts = [part for part in every if shapely.Polygon(part.exterior).area >= SPECK]
        holes = [
            shapely.Polygon(ring) for part in parts for ring in part.interiors
            if shapely.Polygon(ring).area < SPECK
        ]  # fmt: skip
        smoothed = shapely.union_all([*parts, *holes])
        # Crossings are rounded to 1/256 of a step and kept off the corners.
        assert polygon.symmetric_difference(smoothed).area < 0.02 * layer.size
        assert len(polygon.geoms) == len(parts)


def hull_of_square(layer: np.ndarray, row: int, column: int) -> shapely.Geometry:
    corners = [(0, 0), (0, 1), (1, 1), (1, 0)]
    values = [float(layer[row + j, column + i]) for j, i in corners]
    inside = []
    for (j, i), (j2, i2), a, b in zip(corners, corners[1:] + corners[:1], values, values[1:] + values[:1], strict=True):
        if a < 0:
            inside.append((column + i, row + j))
        if (a < 0) != (b < 0):
            part = np.clip(a / (a - b), 1 / 256, 255 / 256)
            inside.append((column + i + part * (i2 - i), row + j + part * (j2 - j)))
    return shapely.MultiPoint(inside).convex_hull if inside else shapely.Polygon()
