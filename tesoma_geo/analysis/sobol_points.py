"""Points that cover a cube more evenly than chance does: the first dimensions of the sequence of Sobol (1967)."""

import numpy as np

from tesoma_geo._arrays import Float64

#: Bits of a coordinate.
BITS = 30
#: Odd numbers that the directions of each dimension after the first begin with, and the inner coefficients of its
#: polynomial: Joe and Kuo (2008), *Constructing Sobol sequences with better two-dimensional projections*.
BEGINNINGS = (((1,), 0), ((1, 3), 1))
#: Dimensions that there are directions for.
DIMENSIONS = 1 + len(BEGINNINGS)


def sobol_points(count: int, dimensions: int, seed: list[int]) -> Float64:
    """Points in a cube, evenly spread in every dimension and in every two of them, in an order of chance.

    The sequence is moved as a whole by a digital shift, so that every point is anywhere with the same probability, and
    then in each dimension so that every one of ``count`` equal parts has one point, whatever the count is. The order is
    drawn because its own goes round the parts of the cube in powers of two, as the lanes of draws do.

    Parameters
    ----------
    count
        How many.
    dimensions
        From 1 to :data:`DIMENSIONS`.
    seed
        What shift and order are drawn from.

    Returns
    -------
    float64 array of shape (count, dimensions)
        Between 0 and 1, neither of them included.
    """
    random = np.random.default_rng(seed)
    number = np.arange(count)
    gray = number ^ (number >> 1)
    shift = random.integers(0, 1 << BITS, dimensions)
    points = np.tile(shift, (count, 1))
    for dimension in range(dimensions):
        for bit, direction in enumerate(_directions(dimension)):
            points[:, dimension] ^= ((gray >> bit) & 1) * direction
    rank = points.argsort(axis=0).argsort(axis=0)
    spread: Float64 = (rank + random.uniform(0.001, 0.999, points.shape)) / count
    return spread[random.permutation(count)]


def _directions(dimension: int) -> list[int]:
    """The direction numbers of a dimension, the highest bit first."""
    if dimension == 0:
        return [1 << (BITS - 1 - bit) for bit in range(BITS)]
    first, inner = BEGINNINGS[dimension - 1]
    odd, degree = list(first), len(first)
    for at in range(degree, BITS):
        new = odd[at - degree] ^ (odd[at - degree] << degree)
        for k in range(1, degree):
            if (inner >> (degree - 1 - k)) & 1:
                new ^= odd[at - k] << k
        odd.append(new)
    return [one << (BITS - 1 - bit) for bit, one in enumerate(odd)]
