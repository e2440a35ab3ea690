"""Turn restrictions, as relations tell them."""

from collections import Counter

import pytest

from tesoma_geo.sources.osm_restrictions import left_out_restrictions, restrictions_of

MEMBERS = [("w", 1, "from"), ("n", 2, "via"), ("w", 3, "to")]
BOTH = frozenset({"car", "bicycle"})


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"restriction": "no_left_turn"}, {"no_left_turn": BOTH}),
        ({"restriction": "no_left_turn", "except": "bicycle;psv"}, {"no_left_turn": {"car"}}),
        ({"restriction": "only_straight_on", "except": "motor_vehicle"}, {"only_straight_on": {"bicycle"}}),
        ({"restriction:motorcar": "no_u_turn"}, {"no_u_turn": {"car"}}),
        ({"restriction:bicycle": "no_entry", "restriction": "no_left_turn", "except": "bicycle"},
         {"no_left_turn": {"car"}, "no_entry": set()}),
        ({"restriction:hgv": "no_left_turn"}, {}),
        ({"restriction": "no_left_turn", "type": "restriction:bicycle"}, {"no_left_turn": {"bicycle"}}),
    ],
)  # fmt: skip
def test_whom_a_restriction_concerns(tags, expected):
    found = restrictions_of(9, {"type": "restriction", **tags}, MEMBERS, Counter())
    assert {one.kind: set(one.modes) for one in found} == {
        kind: set(modes) for kind, modes in expected.items() if modes
    }


def test_members_by_their_roles():
    (one,) = restrictions_of(9, {"type": "restriction", "restriction": "no_right_turn"}, MEMBERS, Counter())
    assert (one.from_ways, one.via_nodes, one.via_ways, one.to_ways) == ((1,), (2,), (), (3,))


@pytest.mark.parametrize(
    ("tags", "members"),
    [
        ({"restriction": "no_parking"}, MEMBERS),
        ({"restriction:conditional": "no_parking @ (Mo-Fr 07:00-09:00)"}, MEMBERS),
        ({"restriction": "no_left_turn", "hour_on": "07:00"}, MEMBERS),
        ({"restriction": "no_left_turn", "hour_on": "7 am", "hour_off": "9 am"}, MEMBERS),
        ({"restriction": "no_left_turn", "day_on": "Holidays", "day_off": "Sunday"}, MEMBERS),
        ({"restriction": "no_left_turn"}, MEMBERS[:2]),
        ({"restriction": "no_left_turn"}, [("w", 1, "from"), ("w", 3, "to")]),
    ],
)
def test_what_is_not_understood_is_counted(tags, members):
    unread: Counter[str] = Counter()
    assert restrictions_of(9, {"type": "restriction", **tags}, members, unread) == []
    assert sum(left.count for left in left_out_restrictions(unread)) == 1


def test_other_relations_say_nothing():
    unread: Counter[str] = Counter()
    assert restrictions_of(9, {"type": "route", "route": "bus"}, MEMBERS, unread) == []
    assert not unread


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"restriction:conditional": "no_left_turn @ (07:00-09:00)"},
         [("no_left_turn", BOTH, "no_left_turn @ (07:00-09:00)", False)]),
        ({"restriction": "no_left_turn", "restriction:conditional": "none @ (Su); no_u_turn @ (22:00-06:00)"},
         [("no_left_turn", BOTH, "none @ (Su); no_u_turn @ (22:00-06:00)", True),
          ("no_u_turn", BOTH, "none @ (Su); no_u_turn @ (22:00-06:00)", False)]),
        ({"restriction:motorcar:conditional": "no_entry @ (Oct-Apr; 20:00-06:00)"},
         [("no_entry", {"car"}, "no_entry @ (Oct-Apr; 20:00-06:00)", False)]),
        ({"restriction:hgv:conditional": "no_left_turn @ (07:00-09:00)"}, []),
        ({"restriction": "no_left_turn @ (07:00-09:00)", "except": "bicycle"},
         [("no_left_turn", {"car"}, "no_left_turn @ (07:00-09:00)", False)]),
        ({"restriction": "no_left_turn", "day_on": "Monday", "day_off": "Friday", "hour_on": "7:00",
          "hour_off": "09.00"},
         [("no_left_turn", BOTH, "no_left_turn @ (Mo-Fr 07:00-09:00)", False)]),
        ({"restriction": "only_straight_on", "day_on": "Sunday", "day_off": "Sunday"},
         [("only_straight_on", BOTH, "only_straight_on @ (Su)", False)]),
        ({"restriction": "no_left_turn", "restriction:bicycle": "none"}, [("no_left_turn", {"car"}, "", True)]),
        ({"restriction:conditional": "no_left_turn @ (07:00-09:00)", "restriction:bicycle": "none"},
         [("no_left_turn", {"car"}, "no_left_turn @ (07:00-09:00)", False)]),
    ],
)  # fmt: skip
def test_when_a_restriction_holds(tags, expected):
    unread: Counter[str] = Counter()
    found = restrictions_of(9, {"type": "restriction", **tags}, MEMBERS, unread)
    assert [(one.kind, set(one.modes), one.condition, one.otherwise) for one in found] == [
        (kind, set(modes), condition, otherwise) for kind, modes, condition, otherwise in expected
    ]
    assert not unread
