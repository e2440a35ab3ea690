"""Explanations of trips by timetable add up, to the second of the router and of the itinerary they tell."""

from dataclasses import replace

import numpy as np
import pytest

import tesoma_geo as tg
from tesoma_geo.analysis.explain_streets import PARTS, explained
from tesoma_geo.analysis.explain_transit import TRANSIT_PARTS, explain_transit, explained_transit
from tesoma_geo.assessment.transit_analysis import timetable_router
from tesoma_geo.errors import InputError
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.seasons import in_winter
from tesoma_geo.network.transit.median_trip import median_trips


@pytest.fixture(scope="module")
def router(inputs):
    return timetable_router(inputs)


@pytest.fixture(scope="module")
def snowy(inputs, router):
    walk = tg.StreetRouter.build(*in_winter(inputs.network, default_profiles()["walk"]))
    return replace(router, walk=walk, street=walk)


@pytest.fixture(scope="module")
def slower(inputs):
    return Edits(np.arange(inputs.network.n_edges), factor=1.5)


def medians(router, inputs):
    return router.trips_to(inputs.origins, inputs.hub).percentiles([50])[0]


def parts_of(table):
    return table[[f"{part}_s" for part in TRANSIT_PARTS]]


def test_the_parts_sum_to_the_median_of_the_router(inputs, router):
    table = explained_transit(router, inputs.origins, inputs.hub)
    median_s = medians(router, inputs)
    np.testing.assert_array_equal(table["total_s"], median_s)
    there = np.isfinite(median_s)
    assert there.any()
    np.testing.assert_allclose(parts_of(table).sum(axis=1)[there], median_s[there], rtol=1e-12)
    assert np.isinf(parts_of(table).sum(axis=1)[~there]).all()
    assert (table[["straight_s", "waiting_s", "transfers_s", "steps_s"]] >= 0).all(axis=None)
    assert (table[["winter_s", "barriers_s"]] == 0).all(axis=None)
    assert {"waiting", "detour"} <= set(table["largest"])


def test_winter_and_barriers_are_what_the_median_grows_by(inputs, router, snowy, slower):
    table = explained_transit(snowy, inputs.origins, inputs.hub, slower)
    mapped, winter = medians(router, inputs).astype(float), medians(snowy, inputs).astype(float)
    lived = replace(snowy, walk=snowy.walk.with_edits(slower), street=snowy.walk.with_edits(slower))
    lived = replace(lived, street=lived.walk)
    there = np.isfinite(mapped)
    np.testing.assert_allclose(table["winter_s"][there], (winter - mapped)[there], atol=1e-9)
    np.testing.assert_allclose(table["barriers_s"][there], (medians(lived, inputs) - winter)[there], atol=1e-9)
    np.testing.assert_allclose(parts_of(table).sum(axis=1)[there], table["total_s"][there], rtol=1e-12)
    assert (table["winter_s"][there] > 0).mean() > 0.9
    assert (table["barriers_s"][there] > 0).mean() > 0.9


def test_who_walks_all_the_way_has_the_parts_of_the_streets(inputs, router):
    table = explained_transit(router, inputs.origins, inputs.hub)
    on_foot = ~median_trips(router, router.snap(inputs.origins), router.snap(inputs.hub)).rides
    assert 0 < on_foot.sum() < len(on_foot)
    walked = explained(router.walk, inputs.origins, inputs.hub)
    shared = [f"{part}_s" for part in PARTS]
    np.testing.assert_allclose(table[shared][on_foot], walked[shared][on_foot], rtol=1e-12)
    assert (table[["riding_s", "waiting_s", "transfers_s"]][on_foot] == 0).all(axis=None)
    # Who rides is there before who walks all the way, by a longer way round than the straight line at some places.
    assert (table["riding_s"][~on_foot] != 0).all()
    assert (table["total_s"][~on_foot] <= walked["total_s"][~on_foot]).all()
    assert (table["total_s"][~on_foot] <= walked["total_s"][~on_foot]).all()


def test_the_typical_trip_is_one_of_the_departures(inputs, router):
    at_origins, at_hub = router.snap(inputs.origins), router.snap(inputs.hub)
    trips, typical = router.trips_to(at_origins, at_hub), median_trips(router, at_origins, at_hub)
    at = np.arange(len(typical.slot)), typical.slot
    np.testing.assert_array_equal(typical.seconds, trips.seconds[at])
    riding = typical.rides
    np.testing.assert_array_equal(riding, trips.rides[at] > 0)
    np.testing.assert_array_equal((typical.access_s + typical.egress_s)[riding], trips.walking_s[at][riding])
    np.testing.assert_array_equal(typical.riding_s[riding], trips.riding_s[at][riding])
    between = trips.transfer_s[at] + trips.waiting_s[at]
    np.testing.assert_array_equal((typical.wait_s + typical.transfer_s)[riding], between[riding])
    total = typical.access_s + typical.wait_s + typical.riding_s + typical.transfer_s + typical.egress_s
    np.testing.assert_array_equal(total[riding], typical.seconds[riding])


@pytest.mark.parametrize("lived", [False, True])
def test_one_place_is_told_with_its_itinerary(inputs, router, snowy, slower, lived):
    asked, barriers = (snowy, slower) if lived else (router, None)
    table = explained_transit(asked, inputs.origins, inputs.hub, barriers)
    row = int(table["waiting_s"].argmax())
    found = explain_transit(asked, inputs.origins.iloc[[row]], inputs.hub, barriers)
    assert sum(found.parts_s.values()) == pytest.approx(found.total_s) == table["total_s"].iloc[row]
    trip = found.itinerary
    assert trip.seconds == found.total_s
    assert trip.rides >= 1
    assert found.lines["kind"].tolist() == [*(leg.kind for leg in trip.legs if leg.geometry is not None), "straight"]
    assert found.lines.crs == inputs.network.crs
    ride = next(leg for leg in trip.legs if leg.kind == "ride")
    waited = ride.starts_s - trip.asked_s - (trip.legs[0].ends_s - trip.legs[0].starts_s)
    assert found.worst_place["kind"] == "waiting"
    assert found.worst_place["name"] == ride.from_stop
    assert found.worst_place["delay_s"] == waited
    if not lived:  # the part of the mapped trip, with its walks rounded up
        assert found.parts_s["waiting"] == pytest.approx(waited, abs=2.01)


def test_a_place_from_which_one_walks(inputs, router):
    table = explained_transit(router, inputs.origins, inputs.hub)
    row = int(table["total_s"].argmin())
    found = explain_transit(router, inputs.origins.iloc[[row]], inputs.hub)
    assert found.itinerary.rides == 0
    assert found.lines["kind"].tolist() == ["walk", "straight"]
    assert found.worst_place.get("kind", "street") in ("street", "detour")


def test_a_place_without_a_way(inputs, router):
    closed = Edits.closing(np.arange(inputs.network.n_edges))
    found = explain_transit(router, inputs.origins.head(1), inputs.hub, closed)
    assert found.total_s == found.parts_s["barriers"] == np.inf
    assert (found.itinerary, found.worst_place) == (None, {})
    assert found.lines["kind"].tolist() == ["straight"]


def test_what_cannot_be_explained(inputs, router):
    with pytest.raises(InputError, match="2 places"):
        explain_transit(router, inputs.origins.head(2), inputs.hub)
    with pytest.raises(InputError, match="reached by bicycle"):
        explained_transit(replace(router, street=inputs.network.router("bicycle")), inputs.origins, inputs.hub)
    by_deadline = replace(router, departures=replace(router.departures, arrive_by=True))
    with pytest.raises(InputError, match="deadlines"):
        explained_transit(by_deadline, inputs.origins, inputs.hub)
