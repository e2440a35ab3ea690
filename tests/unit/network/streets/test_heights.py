"""Heights of streets: even slopes stay, wiggles of the model go, bridges are level, gaps are spanned."""

import numpy as np
import pytest
import rasterio

from tesoma_geo.network.streets.heights import StreetLines, level_bridges, street_heights
from tesoma_geo.sources.elevation import GroundSurface
from tesoma_geo.sources.raster_band import BandUnit

CRS = "EPSG:3067"
WEST, NORTH = 320_000.0, 6_824_000.0


def surface(heights: np.ndarray, cell_m: float) -> GroundSurface:
    """The ground with its north-western corner at WEST, NORTH."""
    transform = ~rasterio.Affine(cell_m, 0, WEST, 0, -cell_m, NORTH)
    wkt = rasterio.CRS.from_string(CRS).to_wkt()
    return GroundSurface(
        heights.astype(np.float32), transform, CRS, wkt, (cell_m, cell_m), cell_m, BandUnit(1.0, ""), None, "float32"
    )


def street(places: list[tuple[float, float]], structure: tuple[int, ...] = ()) -> StreetLines:
    """A street through places in metres right and down from the corner; edges of ``structure`` on bridges."""
    right, down = np.array(places, float).T
    n = len(right)
    ground = np.ones(n - 1, bool)
    ground[list(structure)] = False
    ends = np.arange(n - 1, dtype=np.int32), np.arange(1, n, dtype=np.int32)
    lengths = np.hypot(np.diff(right), np.diff(down)).astype(np.float32)
    return StreetLines(WEST + right, NORTH - down, *ends, lengths, ground)


def grades(lines: StreetLines, elevation_m: np.ndarray) -> np.ndarray:
    return (elevation_m[lines.head] - elevation_m[lines.tail]) / lines.length_m


def hill(cell_m: float, rise: float, across: float = 0.0, size_m: float = 2000.0) -> np.ndarray:
    """A plane that rises to the right, and by ``across`` downwards."""
    row, column = np.mgrid[0 : int(size_m / cell_m), 0 : int(size_m / cell_m)]
    return 100 + (column + 0.5) * cell_m * rise + (row + 0.5) * cell_m * across


@pytest.mark.parametrize("cell_m", [2.0, 10.0, 50.0])
def test_an_even_street_keeps_its_grade_to_its_dead_end(cell_m: float):
    """Also a short one: smoothing does not make steep dead ends flat."""
    for length in (30.0, 400.0):
        lines = street([(800 + at, 1000) for at in np.linspace(0, length, 11)])
        heights = street_heights(lines, surface(hill(cell_m, 0.09), cell_m))
        assert grades(lines, heights.elevation_m) == pytest.approx(0.09, abs=1e-3)
        assert not heights.spanned.any()


def test_a_side_street_keeps_its_grade_from_the_junction_on():
    along = street([(800 + at, 1000) for at in range(0, 201, 20)])
    up = street([(900, 1000 + at) for at in range(0, 61, 10)])
    lines = StreetLines(
        np.r_[along.x, up.x[1:]], np.r_[along.y, up.y[1:]],
        np.r_[along.tail, 5, 10 + up.tail[1:]].astype(np.int32), np.r_[along.head, 10 + up.head].astype(np.int32),
        np.r_[along.length_m, up.length_m], np.ones(16, bool),
    )  # fmt: skip
    heights = street_heights(lines, surface(hill(50.0, 0.0, across=0.08), 50.0))
    found = grades(lines, heights.elevation_m)
    assert found[:10] == pytest.approx(0.0, abs=2e-3)
    assert found[10:] == pytest.approx(0.08, abs=2e-3)


def test_a_street_along_a_hillside_does_not_go_up_and_down_with_the_map():
    """Drawn 4 m to and fro on a slope of 25 % across: 10 % from node to node, but no street."""
    lines = street([(600 + 20 * number, 1000 + 4 * (number % 2)) for number in range(30)])
    ground = surface(hill(25.0, 0.0, across=0.25), 25.0)
    raw = grades(lines, ground.at(lines.x, lines.y))
    assert np.abs(raw).min() > 0.045
    smooth = grades(lines, street_heights(lines, ground).elevation_m)
    assert np.abs(smooth[2:-2]).max() < 0.02


def test_noise_of_whole_metres_is_no_slope():
    """A plane of 3 % in whole metres: steps of 1 m over 30 m cells."""
    rng = np.random.default_rng(5)
    lines = street([(500 + at, 1000) for at in range(0, 900, 15)])
    ground = np.rint(hill(30.0, 0.03) + rng.uniform(-0.5, 0.5, (66, 66)))
    raw = grades(lines, surface(ground, 30.0).at(lines.x, lines.y))
    smooth = grades(lines, street_heights(lines, surface(ground, 30.0)).elevation_m)
    assert np.abs(raw - 0.03).max() > 0.03
    assert np.abs(smooth - 0.03).max() < 0.02


@pytest.mark.parametrize("depth_m", [-20.0, 20.0])
def test_a_bridge_without_its_tag_runs_straight_over_a_ravine(depth_m: float):
    ground = np.full((100, 100), 80.0)
    ground[:, 48:52] += depth_m  # 40 m wide
    lines = street([(400 + at, 500) for at in range(0, 201, 5)])
    heights = street_heights(lines, surface(ground, 10.0))
    assert 5 <= heights.spanned.sum() <= 20
    assert np.abs(grades(lines, heights.elevation_m)).max() < 0.05


def test_streets_of_real_steepness_are_not_spanned():
    """Up 10 % for 100 m and down again, on cells of 10 m."""
    column = np.arange(100) * 10 + 5.0
    crest = 100 - 0.10 * np.abs(column - 500)
    lines = street([(400 + at, 500) for at in range(0, 201, 5)])
    heights = street_heights(lines, surface(np.tile(crest, (100, 1)), 10.0))
    assert not heights.spanned.any()
    assert np.abs(grades(lines, heights.elevation_m))[:12] == pytest.approx(0.10, abs=0.005)


def test_unknown_ground_stays_unknown_and_harms_nobody():
    ground = hill(10.0, 0.05)
    ground[:, 100:104] = np.nan
    lines = street([(800 + at, 1000) for at in range(0, 401, 10)])
    heights = street_heights(lines, surface(ground, 10.0))
    unknown = np.isnan(heights.elevation_m)
    assert unknown.sum() == 4
    found = grades(lines, heights.elevation_m)
    assert found[~np.isnan(found)] == pytest.approx(0.05, abs=2e-3)


def test_a_shift_and_an_error_are_laid_on_the_ground():
    lines = street([(800 + at, 1000) for at in range(0, 401, 20)])
    ground = surface(hill(10.0, 0.05), 10.0)
    mapped = street_heights(lines, ground).elevation_m
    moved = street_heights(lines, ground, (30.0, 0.0), np.full(21, 2.0)).elevation_m
    assert moved - mapped == pytest.approx(2.0 - 30.0 * 0.05, abs=1e-3)


def level(elevation, edges):
    tail, head, length, ground = (np.array(column) for column in zip(*edges, strict=True))
    lengths = length.astype(np.float32)
    return level_bridges(np.array(elevation, np.float32), tail, head, lengths, ground.astype(bool)).tolist()


def test_a_bridge_runs_straight_between_its_ends():
    ravine = [(0, 1, 10, True), (1, 2, 10, False), (2, 3, 30, False), (3, 4, 10, True)]
    assert level([20, 20, 2, 28, 30], ravine) == pytest.approx([20, 20, 22, 28, 30])


def test_branches_meet_between_their_ends():
    branches = [
        (0, 3, 10, False),
        (1, 3, 10, False),
        (2, 3, 20, False),
        (0, 4, 5, True),
        (1, 4, 5, True),
        (2, 5, 5, True),
    ]
    assert level([10, 20, 0, 99, 15, 0], branches)[3] == pytest.approx(
        (10 / 10 + 20 / 10 + 0 / 20) / (1 / 10 + 1 / 10 + 1 / 20)
    )


def test_a_dead_end_is_as_high_as_where_it_starts():
    assert level([10, 10, 3], [(0, 1, 5, True), (1, 2, 5, False)]) == pytest.approx([10, 10, 10])


def test_a_structure_without_known_ends_keeps_the_ground():
    nan = float("nan")
    assert level([3, 5, 4], [(0, 1, 5, False), (1, 2, 5, False)]) == [3, 5, 4]
    unknown_ends = [(0, 1, 5, True), (1, 2, 5, False), (2, 3, 5, False), (3, 4, 5, True)]
    assert level([nan, nan, 7, nan, nan], unknown_ends)[2] == 7


def test_ground_is_left_alone():
    assert level([1, 2, 3], [(0, 1, 5, True), (1, 2, 5, True)]) == [1, 2, 3]
