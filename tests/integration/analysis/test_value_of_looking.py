"""Two ways to ask what a street explains: all draws together, and draws with it held."""

import numpy as np
import pytest

from tesoma_geo.analysis.hub_figures import HubFigures, Minutes
from tesoma_geo.analysis.street_draws import StreetDraws
from tesoma_geo.analysis.value_of_looking import Looking, lacking
from tesoma_geo.network import StreetRouter


@pytest.fixture(scope="module")
def looking(sample_inputs):
    wheelchair = next(one for one in sample_inputs.profiles if one.name == "wheelchair")
    router = StreetRouter.build(sample_inputs.network, wheelchair, 250.0)
    origins, hub = router.snap(sample_inputs.origins), router.snap(sample_inputs.hub)
    residents = sample_inputs.origins["population"].to_numpy()[None]

    def median(draws):
        return HubFigures((5.0,), 15.0).of(Minutes.of(*draws.seconds([origins], hub, {})), residents)["median_min"]

    tags = sample_inputs.network.unknown_tags.drawn(2022, range(512))
    return Looking.of(StreetDraws.of(router, tags, np.ones(512)), tags, 2022, median)


def test_both_ways_agree_and_chance_counts_as_nothing_where_the_street_is_held(looking):
    explained = looking.explained()
    first = np.argsort(-explained, kind="stable")[:12]
    held = looking.held(first) / looking.values.var()
    assert held[:4] == pytest.approx(explained[first[:4]], abs=0.08)
    assert held.sum() <= 1.1
    assert (held[6:] < explained[first[6:]]).all()  # what is left of these is chance


def test_streets_that_go_along_with_nothing_explain_nothing_when_held(looking):
    last = np.argsort(looking.explained(), kind="stable")[:2]
    assert looking.held(last) / looking.values.var() == pytest.approx([0.0, 0.0], abs=0.01)


def test_only_what_the_profile_minds_is_lacking(looking, sample_inputs):
    walk = next(one for one in sample_inputs.profiles if one.name == "walk")
    router = StreetRouter.build(sample_inputs.network, walk, 250.0)
    draws = StreetDraws.of(router, looking.tags, np.ones(512))
    assert lacking(looking.draws, looking.tags).any()
    assert not lacking(draws, looking.tags).any()


def test_walks_that_look_at_everything_leave_nothing(looking):
    everything = np.arange(len(looking.streets))
    assert looking.widths_if_known(everything, walks=2) == pytest.approx([0.0, 0.0])
