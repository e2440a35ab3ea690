"""One profile with residents' barriers: each barrier's removal is that of the streets built without it."""

import numpy as np
import pytest

from tesoma_geo.analysis.barriers import barriers, cost_table, edits_of
from tesoma_geo.analysis.lived_profile import lived_by
from tesoma_geo.network import StreetRouter
from tests.barrier_reports import said, store_of, straight_street
from tests.integration.analysis.test_lived_access import inputs_of


@pytest.fixture(scope="module")
def street(write_osm_once):
    return straight_street(write_osm_once)


def test_a_removed_barrier_saves_what_streets_without_it_do(street):
    inputs = inputs_of(street)
    costs = cost_table(inputs.workspace.experience)
    store = store_of(said(7), said(3, category="steps", severity=5, east=20.0))
    located = barriers(store.to_crs(street.crs), street, costs, 1)
    assert len(located.table) == 2
    residents, most = inputs.origins["population"].to_numpy(), []
    for profile in inputs.profiles:
        router = StreetRouter.build(street, profile)
        at = router.snap(inputs.origins), router.snap(inputs.hub)
        found = lived_by(inputs, router, at, located, costs)
        for number, saved in enumerate(found.resident_min):
            anew = router.with_edits(edits_of(located, costs, profile.name, 1.0, without=number))
            gain_s = found.to_hub_s.astype(float) - anew.times_between(*at).min(axis=1)
            assert saved == pytest.approx((np.maximum(gain_s, 0) * residents).sum() / 60, abs=0.051)
            most.append(saved)
    assert max(most) > 0
