"""Who gains and who loses, by hand; whole comparisons are in the integration tests."""

import numpy as np

from tesoma_geo.scenarios.outcomes import outcomes


def test_a_way_got_and_a_way_lost_count_and_have_no_minutes():
    found = outcomes(np.array([np.inf, 1.0, 0.99, -0.99, -1.0, -np.inf, np.nan]))
    assert found["gaining"].tolist() == [True, True, False, False, False, False, False]
    assert found["losing"].tolist() == [False, False, False, False, True, True, False]
    assert found["unreachable"].tolist() == [False] * 6 + [True]
    assert np.sum(list(found.values()), axis=0).tolist() == [1] * 7
