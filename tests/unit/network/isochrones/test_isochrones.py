"""Isochrones and time grids of streets simple enough to say by hand what they must be."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tesoma_geo.errors import InputError
from tesoma_geo.network.isochrones.isochrones import PositionSeeds, TimedStreets, Water, isochrone_polygons, time_grid

CRS = "EPSG:3067"
WALK_MPS = 1.306
CORNER = np.array([320_000.0, 6_823_000.0])


def streets(places, edges, times_s, *, speed=WALK_MPS, one_way=False, **kwargs) -> TimedStreets:
    """Streets between places (metres from a corner in Tesoma), all at one speed."""
    x, y = (CORNER + np.array(places, float)).T
    tail, head = np.array(edges, np.int32).reshape(-1, 2).T
    seconds = (np.hypot(x[tail] - x[head], y[tail] - y[head]) / speed).astype(np.float32)
    back = np.full_like(seconds, np.inf) if one_way else seconds
    return TimedStreets(x, y, tail, head, seconds, back, np.array(times_s, np.float32), **kwargs)


def at(x: float, y: float) -> shapely.Point:
    return shapely.Point(CORNER[0] + x, CORNER[1] + y)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(CORNER[0] + west, CORNER[1] + south, CORNER[0] + east, CORNER[1] + north)


def discs(points, radii) -> shapely.Geometry:
    """Everything within its own radius of each point (metres from the corner)."""
    return shapely.union_all(
        shapely.buffer(shapely.points(CORNER + np.asarray(points)), np.asarray(radii), quad_segs=32)
    )


def one(streets, cutoff_s, **kwargs) -> shapely.MultiPolygon:
    return isochrone_polygons(streets, [cutoff_s], crs=CRS, **kwargs).geometry[0]


def seconds_at(grid, x: float, y: float) -> float:
    column, row = np.round(shapely.get_coordinates(at(x, y))[0] / grid.lattice.step_m).astype(int)
    return float(grid.seconds[row - grid.lattice.row, column - grid.lattice.column])


LONG_STREET = streets([(0, 0), (1000, 0)], [(0, 1)], [0, 1000 / WALK_MPS])


def test_an_isochrone_ends_where_the_time_ends_and_is_as_wide_as_the_walk_off_the_street() -> None:
    polygon = one(LONG_STREET, 300)
    reach_m = 300 * WALK_MPS
    along = np.arange(0, reach_m, 0.5)
    truth = discs(np.c_[along, 0 * along], np.minimum(50, reach_m - along))
    assert polygon.symmetric_difference(truth).area < 0.01 * truth.area
    assert polygon.bounds == pytest.approx(truth.bounds, abs=2)


def test_a_fast_street_is_left_before_the_end_when_that_is_sooner() -> None:
    speed = 4 * WALK_MPS
    polygon = one(streets([(0, 0), (1000, 0)], [(0, 1)], [0, 1000 / speed], speed=speed), 100)
    along = np.arange(0, 100 * speed, 0.5)
    truth = discs(np.c_[along, 0 * along], np.minimum(50, (100 - along / speed) * WALK_MPS))
    assert polygon.symmetric_difference(truth).area < 0.01 * truth.area


def test_a_slow_street_is_left_at_once_for_places_beside_it() -> None:
    stairs = streets([(0, 0), (40, 0)], [(0, 1)], [0, 400], speed=0.1)
    assert seconds_at(time_grid(stairs, np.inf), 40, 0) == pytest.approx(40 / WALK_MPS, abs=0.1)
    assert one(stairs, 20).contains(at(20, 0))


def test_an_edge_is_reached_from_both_ends_and_not_between_them() -> None:
    polygon = one(streets([(0, 0), (600, 0)], [(0, 1)], [100, 100]), 150)
    assert len(polygon.geoms) == 2
    assert polygon.contains(at(40, 0))
    assert polygon.contains(at(560, 0))
    assert not polygon.contains(at(300, 0))


def test_a_one_way_street_is_entered_from_its_start_alone() -> None:
    one_way = streets([(0, 0), (400, 0)], [(0, 1)], [np.inf, 0], one_way=True)
    assert one(one_way, 300).is_empty
    towards = streets([(0, 0), (400, 0)], [(0, 1)], [np.inf, 0], one_way=True, to_hub=True)
    assert one(towards, 200).contains(at(200, 0))


def test_one_way_out_of_the_hub_does_not_lead_to_it() -> None:
    assert one(streets([(0, 0), (400, 0)], [(0, 1)], [0, np.inf], one_way=True), 200).contains(at(200, 0))
    assert one(streets([(0, 0), (400, 0)], [(0, 1)], [0, np.inf], one_way=True, to_hub=True), 200).is_empty


def test_the_hubs_own_edge_is_reached_from_its_middle() -> None:
    ends_s = 500 / WALK_MPS
    seeded = streets([(0, 0), (1000, 0)], [(0, 1)], [ends_s, ends_s], seeds=PositionSeeds([0], [0.5], [0.0]))
    polygon = one(seeded, 120)
    assert polygon.contains(at(500, 0))
    assert polygon.contains(at(640, 0))
    assert not polygon.contains(at(690, 0))
    assert seconds_at(time_grid(seeded, 600), 600, 0) == pytest.approx(100 / WALK_MPS, abs=0.1)


def test_a_one_way_street_with_the_hub_in_its_middle_is_travelled_one_way() -> None:
    seeded = streets(
        [(0, 0), (1000, 0)], [(0, 1)], [np.inf, np.inf], one_way=True, seeds=PositionSeeds([0], [0.5], [0.0])
    )
    polygon = one(seeded, 200)
    assert polygon.contains(at(700, 0))
    assert not polygon.contains(at(400, 0))


def test_a_block_wider_than_twice_the_reach_keeps_its_hole() -> None:
    square = [(0, 0), (300, 0), (300, 300), (0, 300)]
    block = streets(square, [(0, 1), (1, 2), (2, 3), (3, 0)], [0, 230, 460, 230])
    polygon = one(block, 1000)
    assert len(polygon.geoms[0].interiors) == 1
    assert shapely.Polygon(polygon.geoms[0].interiors[0]).area == pytest.approx(200 * 200, rel=0.01)


def test_every_cutoff_has_a_row_in_ascending_order_and_contains_the_one_before() -> None:
    rows = isochrone_polygons(LONG_STREET, [600, 60, 300], crs=CRS)
    assert rows.cutoff_min.tolist() == [1, 5, 10]
    assert rows.area_km2.to_numpy() == pytest.approx(rows.area.to_numpy() / 1e6)
    assert rows.geometry[1].covers(rows.geometry[0])
    assert rows.geometry[2].covers(rows.geometry[1])


def test_nothing_reached_is_an_empty_polygon_in_every_row() -> None:
    rows = isochrone_polygons(streets([(0, 0), (9, 0)], [(0, 1)], [np.inf, np.inf]), [300, 600], crs=CRS)
    assert rows.geometry.is_empty.tolist() == [True, True]
    assert rows.area_km2.tolist() == [0, 0]
    assert rows.crs == CRS


def test_a_cutoff_before_the_first_arrival_is_empty_beside_one_after_it() -> None:
    rows = isochrone_polygons(streets([(0, 0), (500, 0)], [(0, 1)], [200, 600]), [100, 300], crs=CRS)
    assert rows.geometry.is_empty.tolist() == [True, False]


@pytest.mark.parametrize("cutoffs", [[], [0], [-5, 300], [float("nan")], [float("inf")]])
def test_cutoffs_must_be_positive_numbers(cutoffs) -> None:
    with pytest.raises(InputError, match="cutoffs_s"):
        isochrone_polygons(LONG_STREET, cutoffs, crs=CRS)


@pytest.mark.parametrize("name", ["off_street_m", "step_m"])
def test_lengths_must_be_positive(name) -> None:
    with pytest.raises(InputError, match=f"{name} is -1"):
        isochrone_polygons(LONG_STREET, [300], crs=CRS, **{name: -1})
    with pytest.raises(InputError, match=f"{name} is 0"):
        time_grid(LONG_STREET, 300, **{name: 0})


def test_the_pace_off_the_street_must_be_positive() -> None:
    with pytest.raises(InputError, match="off_street_mps is 0"):
        one(replace(LONG_STREET, off_street_mps=0), 300)
    with pytest.raises(InputError, match="within_s is nan"):
        time_grid(LONG_STREET, float("nan"))


def test_a_time_grid_adds_the_walk_off_the_street_to_the_time_along_it() -> None:
    slow_beside = time_grid(replace(LONG_STREET, off_street_mps=0.001), np.inf)
    assert seconds_at(slow_beside, 400, 0) == pytest.approx(400 / WALK_MPS, abs=0.1)
    grid = time_grid(LONG_STREET, np.inf)
    # Leaving the street early and walking straight is as fast as the street, and no faster than that.
    assert seconds_at(grid, 400, 30) == pytest.approx((360 + 50) / WALK_MPS, abs=0.2)
    assert np.isinf(seconds_at(grid, 400, 60))


def test_a_time_grid_has_no_gaps_beside_a_long_slanting_street() -> None:
    slanting = streets([(0, 0), (790, 310)], [(0, 1)], [0, 650])
    grid = time_grid(slanting, np.inf)
    lattice = grid.lattice
    x = (lattice.column + np.arange(lattice.width)) * lattice.step_m
    y = (lattice.row + np.arange(lattice.height)) * lattice.step_m
    street = shapely.LineString([at(0, 0), at(790, 310)])
    off_m = shapely.distance(street, shapely.points(*np.meshgrid(x, y)))
    assert np.isfinite(grid.seconds[off_m < 49.9]).all()
    assert np.isinf(grid.seconds[off_m > 50.1]).all()


def test_a_time_grid_covers_the_rectangle_asked_for() -> None:
    west, south = CORNER - np.array([200, 300])
    grid = time_grid(LONG_STREET, 300, bounds=(west, south, west + 900, south + 600))
    lattice = grid.lattice
    assert lattice.column * lattice.step_m <= west
    assert (lattice.column + lattice.width - 1) * lattice.step_m >= west + 900
    assert np.isinf(seconds_at(grid, 0, -290))
    assert seconds_at(grid, 100, 0) == pytest.approx(100 / WALK_MPS, abs=0.1)


def test_the_lattice_is_coarser_where_the_area_is_large() -> None:
    far = streets([(0, 0), (30_000, 30_000)], [(0, 1)], [0, 1000], speed=50)
    assert time_grid(LONG_STREET, np.inf).lattice.step_m == 10
    assert time_grid(far, np.inf).lattice.step_m == 40
    assert time_grid(LONG_STREET, np.inf, step_m=5).lattice.step_m == 5


class TestWater:
    """A river 30 m wide flows north at x = 200 … 230; the bridge is the street along y = 0."""

    river = box(200, -500, 230, 500)
    water = Water.of([river])

    def test_a_bridge_is_crossed_and_the_river_beside_it_is_not_covered(self) -> None:
        polygon = one(LONG_STREET, 600, water=self.water)
        assert polygon.intersection(self.river).area == 0
        assert polygon.contains(at(100, 0))
        assert polygon.contains(at(300, 0))
        assert one(LONG_STREET, 600).difference(polygon).area == pytest.approx(30 * 100, rel=0.5)

    def test_the_other_bank_is_not_reached_without_a_bridge(self) -> None:
        along_the_bank = streets([(190, -400), (190, 400)], [(0, 1)], [0, 700])
        assert one(along_the_bank, 600).contains(at(236, 0))
        polygon = one(along_the_bank, 600, water=self.water)
        assert polygon.contains(at(190, 0))
        assert not polygon.intersects(box(230, -500, 400, 500))
        grid = time_grid(along_the_bank, 600, water=self.water)
        assert np.isinf(seconds_at(grid, 210, 0))
        assert np.isinf(seconds_at(grid, 240, 0))
        assert np.isfinite(seconds_at(grid, 190, 0))

    def test_a_street_along_the_shore_is_in_its_isochrone(self) -> None:
        along_the_shore = streets([(196, -400), (196, 400)], [(0, 1)], [0, 700])
        polygon = one(along_the_shore, 300, water=self.water)
        assert polygon.contains(at(196, -200))
        assert polygon.intersection(self.river).area == 0

    def test_a_pond_smaller_than_a_square_is_left_out_with_what_lies_behind_it(self) -> None:
        pond = at(103, 12).buffer(3)
        dry, polygon = one(LONG_STREET, 600), one(LONG_STREET, 600, water=Water.of([pond]))
        assert polygon.intersection(pond).area == 0
        assert box(70, 0, 140, 51).covers(dry.difference(polygon))

    def test_a_pond_in_a_block_is_a_hole_however_small(self) -> None:
        square = [(0, 0), (80, 0), (80, 80), (0, 80)]
        block = streets(square, [(0, 1), (1, 2), (2, 3), (3, 0)], [0, 60, 120, 60])
        polygon = one(block, 600, water=Water.of([at(41, 37).buffer(2)]))
        assert len(one(block, 600).geoms[0].interiors) == 0
        assert len(polygon.geoms[0].interiors) == 1
        assert polygon.intersection(at(41, 37).buffer(2)).area == 0

    def test_water_that_is_far_away_changes_nothing(self) -> None:
        far = Water.of([at(9000, 9000).buffer(500)])
        assert one(LONG_STREET, 300, water=far).equals_exact(one(LONG_STREET, 300))
        assert one(LONG_STREET, 300, water=Water.of([])).equals_exact(one(LONG_STREET, 300))

    def test_water_can_be_cut_to_the_study_area_and_mended(self) -> None:
        bow_tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
        water = Water.of([bow_tie, shapely.box(100, 0, 300, 10)], within=(0, 0, 200, 200))
        assert sum(shapely.area(shapely.from_wkb(water.wkb))) == pytest.approx(50 + 1000)
