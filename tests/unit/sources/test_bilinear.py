"""Values between the middles of cells."""

import numpy as np
import pytest

from tesoma_geo.sources.bilinear import bilinear

CELLS = np.arange(12.0, dtype=np.float32).reshape(3, 4)


def test_a_plane_is_told_as_it_is_between_middles_and_level_beyond_the_outermost():
    column, row = np.array([0.5, 1.25, 3.9, 2.0]), np.array([0.5, 2.0, 2.9, 1.0])
    expected = [0.0, 0.75 + 4 * 1.5, 11.0, 1.5 + 4 * 0.5]
    assert bilinear(CELLS, CELLS, column, row).tolist() == pytest.approx(expected)


def test_nothing_is_known_outside_and_in_a_cell_that_is_not_known():
    known = CELLS.copy()
    known[1, 2] = np.nan
    column, row = np.array([-0.1, 4.0, 1.0, 1.0, np.inf, 2.5, 2.0]), np.array([1.0, 1.0, -0.1, 3.0, 1.0, 1.5, 1.0])
    assert np.isnan(bilinear(CELLS, known, column, row)).all()


def test_cells_without_data_leave_their_weight_to_the_others():
    cells = CELLS.copy()
    cells[0, 1] = np.nan
    assert bilinear(cells, cells, np.array([0.9]), np.array([0.5])).tolist() == [0.0]
