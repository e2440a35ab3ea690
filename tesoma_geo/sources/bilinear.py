"""Values of a raster between the middles of its cells."""

import numpy as np

from tesoma_geo._kernels import Float32, Float64, kernel


@kernel
def bilinear(cells: Float32, known: Float32, column: Float64, row: Float64) -> Float64:
    """Values at points between the middles of cells.

    Parameters
    ----------
    cells
        NaN where unknown, shape (height, width).
    known
        Cells whose NaN tell where nothing is known, of the same shape.
    column, row
        Points as fractional columns and rows, shape (n,).

    Returns
    -------
    float64 array of shape (n,)
        NaN where the point's own cell is not known, or outside. Next to cells without data the weights of the others
        are scaled up.
    """
    height, width = cells.shape
    values = np.full(column.size, np.nan)
    for i in range(column.size):
        if not (0 <= column[i] < width and 0 <= row[i] < height) or np.isnan(known[int(row[i]), int(column[i])]):
            continue
        left, top = np.floor(column[i] - 0.5), np.floor(row[i] - 0.5)
        right_share, bottom_share = column[i] - 0.5 - left, row[i] - 0.5 - top
        total = weight = 0.0
        for down in range(2):
            at_row = min(max(int(top) + down, 0), height - 1)
            for right in range(2):
                value = np.float64(cells[at_row, min(max(int(left) + right, 0), width - 1)])
                share = (right_share if right else 1.0 - right_share) * (bottom_share if down else 1.0 - bottom_share)
                if not np.isnan(value):
                    total += value * share
                    weight += share
        values[i] = total / (weight if weight > 0.0 else 1.0)
    return values
