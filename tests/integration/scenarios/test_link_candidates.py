"""Candidates for a link: none saves what laying it would not, and a street taken away is found again."""

import numpy as np
import pytest
import shapely

from tesoma_geo.network import StreetRouter
from tesoma_geo.network.streets.edits import Edits
from tesoma_geo.network.streets.obstacles import BESIDE_M
from tesoma_geo.scenarios.link_candidates import Buildings, candidates
from tesoma_geo.scenarios.links import as_links, gained_together


@pytest.fixture(scope="module")
def router(inputs) -> StreetRouter:
    return inputs.network.router("walk")


def to_hub_s(inputs, router):
    return router.travel_times(inputs.origins, inputs.hub).min(axis=1)


def test_what_a_candidate_saves_is_what_laying_it_saves(inputs, router):
    found = candidates(inputs, router, longest_m=150.0)
    before_s, residents = to_hub_s(inputs, router), inputs.origins["population"].to_numpy()
    rows = found.best(8)
    assert len(rows) == 8
    for row, line in zip(rows, found.lines(rows), strict=True):
        laid = router.with_edits(Edits(links=as_links([line], inputs.network.crs)))
        gained = gained_together(before_s, to_hub_s(inputs, laid), residents)
        assert gained == pytest.approx(found.saved_min[row], rel=0.03, abs=3.0)


def test_no_candidate_leads_through_a_building_and_some_would(inputs, router):
    found = candidates(inputs, router, longest_m=150.0)
    assert found.tried["through_buildings"] > 0
    assert len(found.buildings.outlines) > 100
    every = shapely.union_all(found.buildings.outlines)
    lines = np.array(found.lines(range(len(found.pairs))), object)
    assert shapely.length(shapely.intersection(lines, every)).max() <= BESIDE_M


def test_a_line_along_a_wall_is_beside_the_building():
    house = shapely.box(0, 0, 20, 10)
    buildings = Buildings(np.array([house], object), shapely.STRtree([house]))
    lines = [[(-5, 5), (25, 5)], [(-5, 0), (25, 0)], [(-5, -1), (25, -1)], [(-5, 9.8), (0.3, 9.8)], [(3, 3), (9, 3)]]
    assert buildings.passed(shapely.linestrings(lines)).tolist() == [True, False, False, False, True]
    assert buildings.passed(np.empty(0, object)).tolist() == []


def test_those_that_are_told_begin_apart_and_only_among_those_asked_for(inputs, router):
    found = candidates(inputs, router, longest_m=150.0)
    rows = found.best(10)
    ends = np.column_stack([found.network.x, found.network.y])[found.pairs[rows, 0]]
    apart = np.hypot(*(ends[:, None] - ends[None]).transpose(2, 0, 1))
    assert (apart[~np.eye(len(rows), dtype=bool)] > found.apart_m).all()
    without_first = np.ones(len(found.pairs), bool)
    without_first[rows[0]] = False
    assert rows[0] not in found.best(10, without_first)
    assert found.best(10, np.zeros(len(found.pairs), bool)) == []


def test_a_street_that_is_taken_away_is_given_back(inputs, router):
    """The busiest stretches of the sample, one at a time: the first five candidates give the losers their minutes."""
    network, residents = inputs.network, inputs.origins["population"].to_numpy()
    before_s = to_hub_s(inputs, router)
    known = {tuple(pair) for pair in candidates(inputs, router, longest_m=150.0).pairs.tolist()}
    usable = np.flatnonzero(router.usable & ~router.costs.restricted & (network.length_m > 20) & ~network.is_barrier)
    tried = back = 0
    for edge in np.random.default_rng(4).permutation(usable):
        without = router.with_edits(Edits.closing([edge]))
        after_s = to_hub_s(inputs, without)
        lost_s = np.where(np.isfinite(after_s), after_s - before_s, 0.0) * ((after_s - before_s) >= 60)
        if lost_s @ residents < 25 * 60:
            continue
        tried += 1
        found = candidates(inputs, without, longest_m=150.0)
        new = np.array([tuple(pair) not in known for pair in found.pairs.tolist()], bool)
        for line in found.lines(found.best(5, new)):
            laid = without.with_edits(Edits(links=as_links([line], network.crs)))
            still_s = np.maximum(to_hub_s(inputs, laid) - before_s, 0.0)
            if residents @ (lost_s - np.minimum(still_s, lost_s)) >= 0.75 * (residents @ lost_s):
                back += 1
                break
        if tried == 10:
            break
    assert tried == 10
    assert back >= 9
