"""For which modes an edge may be restricted, and where trips change their run."""

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.network.streets.restrictions import BITS, EVERY, SOMEBODY, Restrictions

FOOT, BICYCLE, CAR = BITS["foot"], BITS["bicycle"], BITS["car"]


@pytest.mark.parametrize(
    ("tags", "maybe", "always"),
    [
        ({}, 0, 0),
        ({"access": "yes"}, 0, 0),
        ({"access": "private"}, EVERY, FOOT | BICYCLE | CAR),
        ({"motor_vehicle": "destination"}, CAR | SOMEBODY, CAR),
        ({"vehicle": "private"}, BICYCLE | CAR | SOMEBODY, CAR),  # pushed, a bicycle passes
        ({"access": "private", "foot": "yes"}, BICYCLE | CAR | SOMEBODY, CAR),
        ({"access": "private", "foot": "yes", "vehicle": "yes"}, SOMEBODY, 0),
        ({"access": "private", "foot:conditional": "yes @ (08:00-16:00)"}, EVERY, CAR),
        ({"access": "private", "foot:winter": "yes"}, EVERY, CAR),
        ({"access": "private", "seasonal:winter": "yes"}, EVERY, 0),
        ({"motor_vehicle:backward": "private"}, CAR | SOMEBODY, 0),
        ({"access:conditional": "private @ (22:00-06:00)"}, EVERY, 0),
        ({"access:forward:conditional": "private @ (22:00-06:00)"}, EVERY, 0),
        # A bicycle may be pushed there: what holds for walkers may hold for it.
        ({"foot": "agricultural;customers"}, FOOT | BICYCLE | SOMEBODY, FOOT),
    ],
)
def test_masks_of_access_tags(tags, maybe, always):
    masks = Restrictions.of_ways(pd.DataFrame([tags, {}]).reindex(columns=list(tags)))
    assert (masks.maybe.tolist(), masks.always.tolist()) == ([maybe, 0], [always, 0])


def masks_of(*pairs):
    maybe, always = np.array(pairs, np.int8).T
    return Restrictions(maybe, always)


ALWAYS_CAR, ALWAYS_ALL = (CAR, CAR), (EVERY, FOOT | BICYCLE | CAR)


@pytest.mark.parametrize(
    ("edges", "gate"),
    [
        ((ALWAYS_CAR, ALWAYS_CAR), False),
        ((ALWAYS_CAR, (0, 0)), True),
        ((ALWAYS_CAR, ALWAYS_ALL), True),  # for walkers: public on one side, restricted on the other
        ((ALWAYS_ALL, ALWAYS_ALL), False),
        ((ALWAYS_ALL, (EVERY, FOOT | CAR)), True),
        (((SOMEBODY, 0), (SOMEBODY, 0)), False),
        (((SOMEBODY, 0), (0, 0)), True),  # the one may come to lie behind restricted streets without the other
        (((0, 0), (0, 0)), False),
    ],
)
def test_where_a_run_may_change(edges, gate):
    gates = masks_of(*edges).gates(np.array([0, 1], np.int32), np.array([1, 2], np.int32), 4)
    assert gates[1] == gate
    assert not gates[3]


def test_what_masks_allow_for():
    some = masks_of((CAR, CAR), (0, 0))
    assert some.covers(some)
    assert some.covers(masks_of((CAR, EVERY), (0, 0)))
    assert not some.covers(masks_of((CAR, 0), (0, 0)))  # open where it was always restricted
    assert not some.covers(masks_of((CAR, CAR), (FOOT, 0)))
    assert Restrictions.unknown(np.array([True, True])).covers(some)


def test_masks_of_some_edges_and_more():
    masks = masks_of(ALWAYS_CAR, (0, 0)).followed_by(masks_of(ALWAYS_ALL)).take(np.array([2, 1]))
    assert masks.somebody.tolist() == [True, False]
    assert masks.or_unknown(np.array([False, True])).maybe.tolist() == [EVERY, EVERY]
