"""What tags say, found once: the same as asked anew, and anew for other tags or another moment."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tesoma_geo.countries import country_rules
from tesoma_geo.network.streets.barriers import no_barriers
from tesoma_geo.network.streets.conditional import SUMMER, When
from tesoma_geo.network.streets.directions import oneway, restricted_directions
from tesoma_geo.network.streets.permissions import permissions
from tesoma_geo.network.streets.profiles import default_profiles
from tesoma_geo.network.streets.way_rules import WayRules

WAYS = pd.DataFrame(
    {
        "highway": ["residential", "motorway", "footway", "steps", "service", "cycleway"],
        "oneway": ["yes", None, None, None, "-1", None],
        "access": [None, None, "private", None, "destination", None],
        "bicycle": [None, "no", "dismount", None, None, "designated"],
        "wheelchair": [None, None, "no", None, None, None],
        "foot:winter": [None, None, None, "no", None, None],
    },
    dtype="str",
)


@pytest.mark.parametrize("name", list(default_profiles()))
def test_answers_are_those_of_the_rules_themselves(name):
    rules, profile = WayRules(WAYS, no_barriers(), SUMMER), default_profiles()[name]
    for _ in range(2):
        np.testing.assert_array_equal(rules.permissions(profile, "FI"), permissions(WAYS, profile, country_rules("FI")))
        np.testing.assert_array_equal(rules.oneway(profile.mode), oneway(WAYS, profile.mode))
        np.testing.assert_array_equal(
            rules.restricted_directions(profile.mode), restricted_directions(WAYS, profile.mode)
        )


def test_profiles_of_one_mode_keep_their_own_classes():
    rules, walk = WayRules(WAYS, no_barriers(), SUMMER), default_profiles()["walk"]
    everywhere = walk.model_copy(update={"closed_classes": ()})
    assert rules.permissions(walk, "")[1] != rules.permissions(everywhere, "")[1]
    wheeled = walk.model_copy(update={"wheelchair_tags": True})
    assert rules.permissions(walk, "")[2] != rules.permissions(wheeled, "")[2]


def test_another_moment_or_table_is_no_more_the_same():
    rules = WayRules(WAYS, no_barriers(), SUMMER)
    assert rules.is_of(WAYS, rules.barriers, SUMMER)
    assert not rules.is_of(WAYS.copy(), rules.barriers, SUMMER)
    winter = When.in_winter()
    assert not rules.is_of(WAYS, rules.barriers, winter)
    cold = replace(rules, when=winter, _found={})
    assert rules.ways_now.get("foot") is None or rules.ways_now["foot"].isna().all()
    assert cold.ways_now["foot"][3] == "no"


MORE = [
    {"highway": ["path"]},
    {"highway": ["path", "steps"], "foot:winter": ["no", None], "access": [None, "private"]},
    {"highway": ["residential"], "oneway:conditional": ["yes @ (Mo-Su 00:00-24:00)"], "seasonal": ["summer"]},
]


@pytest.mark.parametrize("when", [SUMMER, When.in_winter()], ids=["summer", "winter"])
@pytest.mark.parametrize("more", MORE, ids=range(len(MORE)))
def test_tags_of_more_ways_are_those_of_all_of_them_asked_anew(more, when):
    columns = [*WAYS.columns, "oneway:conditional", "seasonal", "foot", "vehicle"]
    first = WAYS.reindex(columns=columns).astype("str")
    every = pd.concat([first, pd.DataFrame(more).reindex(columns=columns).astype("str")], ignore_index=True)
    rules = WayRules(first, no_barriers(), when).followed_by(every)
    pd.testing.assert_frame_equal(rules.ways_now, WayRules(every, no_barriers(), when).ways_now)


BARRIERS = pd.DataFrame(
    {
        "edge": np.array([7, 2, 5]),
        "share": 1.0,
        "barrier": ["gate", "block", "gate"],
        "access": ["private", "no", None],
        "access:conditional": [None, None, "private @ (22:00-06:00)"],
    }
)


def test_barriers_of_edges_that_are_closed_or_restricted():
    rules, walk = WayRules(WAYS, BARRIERS, SUMMER), default_profiles()["walk"]
    closed, restricted = rules.barred(walk, 9)
    assert np.flatnonzero(closed).tolist() == [2]
    assert np.flatnonzero(restricted).tolist() == [7]
    assert np.flatnonzero(rules.is_restricted_barrier("foot", 9)).tolist() == [7]


def test_restrictions_of_edges_by_their_ways_and_barriers_at_any_time():
    restrictions = WayRules(WAYS, BARRIERS, SUMMER).restrictions(np.array([0, 2, 4, 1, 5, 0, 0, 0, 0], np.int32))
    assert np.flatnonzero(restrictions.somebody).tolist() == [1, 2, 5, 7]
    assert (restrictions.always != 0).tolist() == [False, True, True, *[False] * 6]


@pytest.mark.parametrize("name", ["walk", "bicycle", "car", "wheelchair"])
def test_more_ways_are_judged_as_if_they_had_been_there(name):
    profile, more = default_profiles()[name], WAYS.iloc[[2, 0, 2]].assign(osm_id=[-1, -2, -3])
    every = pd.concat([WAYS, more], ignore_index=True)
    whole = WayRules(every, BARRIERS, SUMMER)
    before = WayRules(WAYS, BARRIERS, SUMMER)
    for grown in (before.followed_by(every), before.followed_by(every)):  # the second time it is known
        assert grown.permissions(profile, "FI").tolist() == whole.permissions(profile, "FI").tolist()
        for asked in ("oneway", "restricted_directions"):
            pairs = zip(getattr(grown, asked)(profile.mode), getattr(whole, asked)(profile.mode), strict=True)
            assert all(one.tolist() == other.tolist() for one, other in pairs)
        assert grown.sheltered.tolist() == whole.sheltered.tolist()
        assert grown.barrier_costs(profile).tolist() == whole.barrier_costs(profile).tolist()
        mine, others = grown.restrictions_by_way, whole.restrictions_by_way
        assert (mine.maybe.tolist(), mine.always.tolist()) == (others.maybe.tolist(), others.always.tolist())


def test_what_holds_at_any_moment_is_kept_for_the_very_same_tables_alone():
    before = WayRules(WAYS, BARRIERS, SUMMER)
    arrays, winter = before.as_arrays(), When.in_winter()
    assert before.of(WAYS, BARRIERS, SUMMER) is before
    for rules in (before.of(WAYS, BARRIERS, winter), WayRules.of_arrays(WAYS, BARRIERS, arrays)):
        assert all(rules.as_arrays()[name] is array for name, array in arrays.items())
    assert before.of(WAYS, BARRIERS, winter).ways_now["foot"][3] == "no"
    opened = before.of(WAYS.assign(access=None), BARRIERS.iloc[:0], SUMMER).as_arrays()
    for name in ("maybe_of_way", "restricted_barrier"):
        assert arrays[name].any()
        assert not opened[name].any()
