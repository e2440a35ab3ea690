"""Work in parts."""

import pytest

from tesoma_geo.network.transit.threads import SLICES, shared


@pytest.mark.parametrize("count", [0, 1, SLICES - 1, SLICES, 100])
def test_every_row_is_worked_on_once(count):
    rows = [0] * count

    def work(begin, end):
        for row in range(begin, end):
            rows[row] += 1

    shared(work, count)
    assert rows == [1] * count


def test_an_error_in_a_part_is_an_error_of_the_whole():
    def fail(begin, end):
        raise ValueError(begin)

    with pytest.raises(ValueError, match="0"):
        shared(fail, 100)
