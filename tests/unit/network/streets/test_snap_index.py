"""Points meet the nearest usable edge, not its nodes, and no farther than allowed."""

import numpy as np
import pytest
import shapely

from tesoma_geo.network.streets.snap_index import SnapIndex

SEGMENTS = shapely.linestrings([[[0, 0], [100, 0]], [[100, 0], [100, 100]], [[0, 30], [100, 30]]])
ALL = np.array([True, True, True])


def test_a_point_meets_the_middle_of_an_edge():
    positions = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[25.0, -10.0]]), 50)
    assert (positions.edge[0], positions.fraction[0], positions.snap_m[0]) == (
        0,
        pytest.approx(0.25),
        pytest.approx(10),
    )


def test_an_unusable_edge_is_passed_over():
    usable = np.array([False, True, True])
    positions = SnapIndex.of(SEGMENTS, usable).positions(np.array([[25.0, -10.0]]), 50)
    assert (positions.edge[0], positions.snap_m[0]) == (2, pytest.approx(40))


def test_a_point_too_far_away_is_not_found():
    positions = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[25.0, -51.0], [0.0, 0.0]]), 50)
    assert positions.found.tolist() == [False, True]
    assert positions.snap_m[0] == np.inf


def test_equally_near_edges_give_the_first_id():
    positions = SnapIndex.of(SEGMENTS, ALL).positions(np.array([[110.0, -10.0]]), 50)
    assert positions.edge[0] == 0


def test_no_usable_edge_at_all():
    assert not SnapIndex.of(SEGMENTS, ~ALL).positions(np.array([[0.0, 0.0]]), 50).found.any()


@pytest.mark.parametrize("seed", range(15))
def test_the_nearest_of_many_edges_is_that_of_a_tape_measure(seed):
    rng = np.random.default_rng(seed)
    begin = rng.uniform(0, 1000, (60, 2))
    segments = shapely.linestrings(np.stack([begin, begin + rng.uniform(-80, 80, (60, 2))], axis=1))
    usable, points = rng.random(60) < 0.7, rng.uniform(-50, 1050, (40, 2))
    positions = SnapIndex.of(segments, usable).positions(points, 60)
    for row, point in enumerate(shapely.points(points)):
        away_m = np.where(usable, shapely.distance(segments, point), np.inf)
        if away_m.min() > 60:
            assert not positions.found[row]
            continue
        assert positions.snap_m[row] == pytest.approx(away_m.min(), abs=1e-3)
        met = shapely.line_interpolate_point(segments[positions.edge[row]], positions.fraction[row], normalized=True)
        assert shapely.distance(met, point) == pytest.approx(away_m.min(), abs=1e-3)
