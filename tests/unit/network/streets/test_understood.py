"""What of the tags is not understood is counted, whatever it is."""

import pandas as pd
import pytest

from tesoma_geo.countries import country_rules
from tesoma_geo.network.streets.conditional import BY_WEATHER, UNREAD
from tesoma_geo.network.streets.understood import not_understood

FINLAND = country_rules("FI")
PLAIN = {"highway": "residential"}


def account(ways=(PLAIN,), nodes=()):
    found = not_understood(
        pd.DataFrame(list(ways)), pd.DataFrame(list(nodes), columns=list(nodes[0]) if nodes else ["barrier"]), FINLAND
    )
    return [(left.what, left.reason, left.count, left.examples) for left in found]


def test_what_is_plain_is_understood():
    assert account([PLAIN, {"highway": "footway", "width": "2.5 m", "foot": "designated", "incline": "5%"}]) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("width", "wide"),
        ("incline", "a bit"),
        ("maxspeed", "fast"),
        ("foot", "sometimes"),
        ("bicycle", "jes"),
    ],
)
def test_a_value_that_says_nothing_is_counted_and_shown(key, value):
    ways = [{**PLAIN, key: value}, {**PLAIN, key: value}, PLAIN]
    [(what, _, count, examples)] = account(ways)
    assert key in what
    assert count == 2
    assert any(value in example for example in examples)


def test_conditions_that_nobody_reads_are_shown_with_how_often_they_occur():
    ways = [{**PLAIN, "foot:conditional": "no @ (when the king sleeps)"}] * 3
    ways += [{**PLAIN, "opening_hours": "ask the caretaker"}] * 2 + [{**PLAIN, "access:conditional": "no @ snow"}]
    assert account(ways) == [
        ("tags", BY_WEATHER, 1, ("access:conditional=no @ snow",)),
        (
            "conditional tags",
            UNREAD,
            5,
            ("foot:conditional=no @ (when the king sleeps) × 3", "opening_hours=ask the caretaker × 2"),
        ),
    ]


def test_seasons_without_a_name_are_counted_by_ways():
    [(_, _, count, examples)] = account([{**PLAIN, "seasonal": "yes"}] * 4 + [{**PLAIN, "seasonal": "dry"}])
    assert (count, examples) == (5, ("seasonal=yes × 4", "seasonal=dry × 1"))


def test_barriers_of_unknown_type_are_counted_as_open():
    [(what, reason, count, examples)] = account(
        nodes=[{"barrier": "dragon"}, {"barrier": "gate"}, {"barrier": "dragon"}]
    )
    assert (what, count, examples) == ("barriers", 2, ("dragon",))
    assert "taken as open" in reason


@pytest.mark.parametrize(
    ("tags", "what"),
    [
        ({"highway": "footway", "oneway": "yes"}, "one-way tags on paths"),
        ({"highway": "secondary", "oneway": "reversible"}, "streets of changing direction"),
        ({"highway": "residential", "access:conditional": "no @ (when the king sleeps)"}, "conditional tags"),
    ],
)
def test_what_is_decided_by_default_is_told(tags, what):
    assert [(row[0], row[2]) for row in account([tags, PLAIN])] == [(what, 1)]


def test_classes_that_close_a_way_are_told_by_profile():
    by_class = account([{"highway": "motorway"}, PLAIN])
    assert [(row[1], row[2], row[3]) for row in by_class] == [
        ("closed to walk by their class alone", 1, ("motorway",)),
        ("closed to bicycle by their class alone", 1, ("motorway",)),
    ]
