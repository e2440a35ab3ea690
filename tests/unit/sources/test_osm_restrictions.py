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
        ({"restriction:conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)"}, MEMBERS),
        ({"restriction": "no_left_turn", "hour_on": "07:00"}, MEMBERS),
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
