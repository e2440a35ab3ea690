"""Barriers of reports, and what they cost: more, never less, and no more than the table allows."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tesoma_geo.analysis.barriers import barriers, cost_table, edits_of
from tesoma_geo.workspace.annotations import Experience
from tests.barrier_reports import said, store_of, straight_street

COSTS = cost_table(Experience())


@pytest.fixture
def street(write_osm):
    """A straight street of 600 m."""
    return straight_street(write_osm)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(["dark", "steps", "steep", "traffic"]), st.integers(1, 5),
              st.floats(20, 620)), min_size=1, max_size=6))  # fmt: skip
def test_barriers_never_shorten_a_way_and_are_capped(street, groups):
    reports = store_of(*(said(people, category=category, severity=severity, east=east, annotation_id=None)
                         for people, category, severity, east in groups))  # fmt: skip
    groups_of = barriers(reports, street, COSTS, fewest=1)
    for profile in ("walk", "wheelchair", "car"):
        edits = edits_of(groups_of, COSTS, profile, 1.0)
        factor, delay_s = np.asarray(edits.factor), np.asarray(edits.delay_s)
        assert (factor >= 1).all()
        assert (factor <= COSTS.max_factor).all()
        assert (delay_s >= 0).all()
