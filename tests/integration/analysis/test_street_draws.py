"""Draws side by side are those that a router of its own has for each of them."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.analysis.street_draws import StreetDraws
from tesoma_geo.network import StreetRouter
from tesoma_geo.network.engine import LANES
from tesoma_geo.network.streets.tag_donors import DRAWN_TAGS

RUNS = 20


@pytest.mark.parametrize("profile", ["wheelchair", "bicycle", "car"])
def test_times_of_a_draw_are_those_of_a_router_with_its_costs(inputs, profile):
    router = inputs.network.router(profile)
    network = router.network
    tags = network.unknown_tags.drawn(11, range(RUNS))
    slower = np.linspace(0.8, 1.2, RUNS)
    draws = StreetDraws.of(router, tags, slower)
    origins, hub, services = (router.snap(points) for points in (inputs.origins, inputs.hub, inputs.services))
    to_hub, from_hub, to_kind = draws.seconds([origins], hub, {"all": services})
    assert to_hub.shape == (RUNS, len(inputs.origins))
    for run in (0, 15, 19):
        factor = tags.multiplier(slice(run, run + 1), network.ways, router.profile.factors)[-1] * slower[run]
        forward, backward = (
            np.nan_to_num(moving * factor[network.way] + np.maximum(whole - moving, 0.0), nan=np.inf, posinf=np.inf)
            for moving, whole in (
                (draws.moving.forward_s, draws.whole.forward_s),
                (draws.moving.backward_s, draws.whole.backward_s),
            )
        )
        costs = replace(draws.whole, forward_s=forward.astype(np.float32), backward_s=backward.astype(np.float32))
        alone = router.with_costs(costs)
        # Who stands on a closed street gets off it anyhow.
        standing = np.isfinite(factor[network.way[origins.edge]])
        assert standing.mean() > 0.8
        expected = alone.times_between(origins, hub).min(axis=1)
        np.testing.assert_allclose(to_hub[run][standing], expected[standing], rtol=2e-5)
        back = alone.times_between(hub, origins).min(axis=0)
        np.testing.assert_allclose(from_hub[run][standing], back[standing], rtol=2e-5)
        open_ = np.isfinite(factor[network.way[services.edge]])
        nearest = alone.times_between(origins, services.take(np.flatnonzero(open_))).min(axis=1)
        if open_.all():
            np.testing.assert_allclose(to_kind["all"][run][standing], nearest[standing], rtol=2e-5)


def test_without_draws_every_run_is_as_mapped(inputs):
    router = inputs.network.router("wheelchair")
    origins, hub = router.snap(inputs.origins), router.snap(inputs.hub)
    to_hub, _, _ = StreetDraws.of(router, None, np.ones(RUNS)).seconds([origins], hub, {})
    mapped = router.times_between(origins, hub).min(axis=1)
    np.testing.assert_allclose(to_hub, np.repeat(mapped[None], RUNS, axis=0), rtol=2e-5)


def test_a_tag_that_is_drawn_is_one_that_profiles_read(inputs):
    assert set(inputs.network.unknown_tags.donors) <= set(DRAWN_TAGS)
    assert {"surface"} <= set(inputs.network.router("bicycle").profile.factors)


@pytest.mark.parametrize("profile", ["wheelchair", "e_bike", "walk"])
def test_heights_of_a_lane_are_those_of_a_router_with_them(inputs, profile):
    router = inputs.network.router(profile)
    heights = router.network.drawn_elevations(5, LANES)
    heights[3] *= 1.6  # too steep in places
    draws = StreetDraws.of(router, None, np.ones(RUNS), heights)
    origins, hub = router.snap(inputs.origins), router.snap(inputs.hub)
    to_hub, from_hub, _ = draws.seconds([origins], hub, {})
    for run in (0, 3, 19):
        steep = replace(router.network, elevation_m=heights[run % LANES])
        alone = StreetRouter.build(steep, router.profile, router.max_snap_m)
        assert alone.usable[hub.edge].all()
        same = alone.usable[origins.edge]
        assert same.mean() > 0.9
        np.testing.assert_allclose(to_hub[run][same], alone.times_between(origins, hub).min(axis=1)[same], rtol=2e-5)
        np.testing.assert_allclose(from_hub[run][same], alone.times_between(hub, origins).min(axis=0)[same], rtol=2e-5)
    assert np.ptp(to_hub[:LANES], axis=0).max() > 1.0


def test_sets_of_the_hub_are_those_of_their_lanes(inputs):
    router = inputs.network.router("walk")
    origins = router.snap(inputs.origins)
    places = [router.snap(inputs.hub.translate(10.0 * lane, -5.0 * lane)) for lane in range(LANES)]
    to_hub, from_hub, _ = StreetDraws.of(router, None, np.ones(RUNS)).seconds([origins], places, {})
    for run in (0, 7, 18):
        there = places[run % LANES]
        np.testing.assert_allclose(to_hub[run], router.times_between(origins, there).min(axis=1), rtol=2e-5)
        np.testing.assert_allclose(from_hub[run], router.times_between(there, origins).min(axis=0), rtol=2e-5)


def test_draws_take_more_sets_than_lanes_in_turn_and_homes_in_the_lanes_they_are_put_aside_to(inputs):
    router, runs = inputs.network.router("walk"), 40
    origins, random = inputs.origins.iloc[:9], np.random.default_rng(5)
    homes = [router.snap(origins.translate(8.0 * (set_ % 7), -4.0 * (set_ % 5))) for set_ in range(3 * LANES)]
    # The hub on a street of an origin, so that there are ways along one edge.
    hubs = [router.snap(origins.iloc[:1].translate(3.0 * number, 2.0)) for number in range(runs)]
    turns = random.integers(0, LANES, (3, len(origins)))
    to_hub, from_hub, _ = StreetDraws.of(router, None, np.ones(runs)).seconds(homes, hubs, {}, turns)
    for run in (0, 15, 16, 23, 31, 39):
        batch, lane = divmod(run, LANES)
        for origin in range(len(origins)):
            home = homes[batch * LANES + (lane - turns[batch, origin]) % LANES].take([origin])
            there = hubs[run]
            np.testing.assert_allclose(to_hub[run, origin], router.times_between(home, there).min(), rtol=2e-5)
            np.testing.assert_allclose(from_hub[run, origin], router.times_between(there, home).min(), rtol=2e-5)
