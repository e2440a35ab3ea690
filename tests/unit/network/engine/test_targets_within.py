"""Targets within a cutoff: what the matrix tells, and nothing beyond."""

import numpy as np
import pytest

from tesoma_geo.errors import InputError
from tesoma_geo.network.engine.targets_within import prepared_targets, targets_within


def drawn(random, places, n):
    """Places with none to four seeds."""
    counts = random.integers(0, 5, places)
    total = int(counts.sum())
    seconds = random.choice([0.0, 3.5, 40.0, np.inf], total) + random.uniform(0, 30, total)
    return np.cumsum([0, *counts]), random.integers(0, n, total), seconds.astype(np.float32)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("cutoff_s", [25.0, 60.0, 240.0, np.inf])
def test_they_are_those_of_the_matrix_to_the_bit(town, costs, cutoff_s, reverse):
    random = np.random.default_rng(3)
    places, targets = drawn(random, 150, town.n), drawn(random, 200, town.n)  # the matrix searches from the fewer
    matrix = costs.matrix(*targets, *places).T if reverse else costs.matrix(*places, *targets)
    near = targets_within(prepared_targets(costs, targets, reverse), places, cutoff_s)
    row, column = np.nonzero((matrix <= np.float32(cutoff_s)) & np.isfinite(matrix))
    assert np.repeat(np.arange(150), np.diff(near.first)).tolist() == row.tolist()
    assert near.target.tolist() == column.tolist()
    assert near.seconds.tobytes() == matrix[row, column].tobytes()
    assert 0 < len(row) < matrix.size


def test_what_is_told_of_a_place_does_not_depend_on_the_others(town, costs):
    random = np.random.default_rng(4)
    (offsets, nodes, seconds), targets = drawn(random, 40, town.n), drawn(random, 30, town.n)
    ready = prepared_targets(costs, targets)
    together = targets_within(ready, (offsets, nodes, seconds), 200.0)
    for place in range(40):
        rows, found = slice(*offsets[place : place + 2]), slice(*together.first[place : place + 2])
        alone = targets_within(ready, ([0, rows.stop - rows.start], nodes[rows], seconds[rows]), 200.0)
        assert alone.target.tolist() == together.target[found].tolist()
        assert alone.seconds.tobytes() == together.seconds[found].tobytes()


def test_no_targets_and_no_places_are_no_pairs(costs):
    nothing, one = ([0], [], []), ([0, 1], [4], [0.0])
    assert targets_within(prepared_targets(costs, nothing), one, 60.0).first.tolist() == [0, 0]
    assert targets_within(prepared_targets(costs, one), nothing, 60.0).first.tolist() == [0]


def test_a_cutoff_of_nothing_is_refused(costs):
    with pytest.raises(InputError, match="cutoff is 0"):
        targets_within(prepared_targets(costs, ([0, 1], [4], [0.0])), ([0, 1], [4], [0.0]), 0)
