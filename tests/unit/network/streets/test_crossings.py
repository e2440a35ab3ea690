"""Which straight lines have a point in common, beside GEOS: far apart, crossing, touching and on one line."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tesoma_geo.network.streets.crossings import meet
from tesoma_geo.network.streets.segments import lines_of

#: Few places, so that lines touch, lie on each other and have no length.
PLACES = st.sampled_from([0.0, 0.1, 0.2, 0.3, 1.0, 1.0 + 2**-52, 3e5, 3e5 + 0.1, 6.8e6])


def as_geos(ways, others, way, other):
    return shapely.intersects(lines_of(ways[way]), lines_of(others[other]))


@given(arrays(float, (4, 4), elements=PLACES), arrays(float, (4, 4), elements=PLACES))
def test_lines_on_few_places_meet_as_geos_tells(ways, others):
    way, other = (each.ravel() for each in np.indices((4, 4)))
    assert meet(ways, others, way, other).tolist() == as_geos(ways, others, way, other).tolist()


def test_many_lines_of_a_town_meet_as_geos_tells():
    random = np.random.default_rng(1)
    begin = np.column_stack([random.uniform(3e5, 301e3, 3000), random.uniform(6.8e6, 6_801_000, 3000)])
    lines = np.column_stack([begin, begin + random.normal(0, 30, (3000, 2))])
    lines[::10, :2] = lines[5::10, 2:]  # some begin where others end
    way, other = random.integers(0, 3000, (2, 200_000))
    way, other = np.append(way, np.arange(0, 3000, 10)), np.append(other, np.arange(5, 3000, 10))
    met = meet(lines, lines, way, other)
    assert met.tolist() == as_geos(lines, lines, way, other).tolist()
    assert met[-300:].all()
    assert not met.all()


def test_no_pairs_have_no_point_in_common():
    none = np.empty(0, np.int64)
    assert meet(np.empty((0, 4)), np.empty((0, 4)), none, none).tolist() == []
