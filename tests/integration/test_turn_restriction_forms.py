"""Every form of a turn restriction at one crossing, with who may still turn left.

From the west one turns left to the north: 800 m, or, where that is forbidden, straight on and round, 1,200 m. Answers
were written down from the OpenStreetMap wiki (Relation:restriction, as of 2026-11) before anything was run.
"""

import re
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest

from tesoma_geo.network import StreetNetwork
from tesoma_geo.network.streets.conditional import When
from tests.conftest import CRS, write_osm_file

NODES = {
    1: (-400, 0), 2: (0, 0), 3: (200, 0), 4: (200, 200), 5: (0, 200), 6: (0, -200), 7: (0, 400), 8: (200, -200),
    9: (-200, 0),
}  # fmt: skip
ROAD = {"highway": "residential"}
WHO = {"c": "car", "b": "bicycle", "w": "walk"}
APART_M = 2000
WAYS = [
    ([1, 2], ROAD), ([2, 3], ROAD), ([2, 5], ROAD), ([2, 6], ROAD), ([3, 4], ROAD), ([5, 7], ROAD),
    ([3, 8, 6], ROAD), ([4, 5], ROAD),
]  # fmt: skip
WEST, EAST, NORTH, SOUTH, NORTH_EAST, BACK = 1, 2, 3, 4, 5, 8
LEFT = [("way", WEST, "from"), ("node", 2, "via"), ("way", NORTH, "to")]
STRAIGHT = [*LEFT[:2], ("way", EAST, "to")]
RIGHT = [*LEFT[:2], ("way", SOUTH, "to")]
NO_LEFT = {"restriction": "no_left_turn"}


def relation(members, number=90, of_type="restriction", **tags):
    rows = "".join(f'<member type="{kind}" ref="{ref}" role="{role}"/>' for kind, ref, role in members)
    pairs = {"type": of_type} | {key.replace("__", ":"): value for key, value in tags.items()}
    told = "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in pairs.items())
    return f'<relation id="{number}" version="1">{rows}{told}</relation>'


def network(tmp_path, *relations, ways=WAYS, node_tags=None, change=lambda text: text):
    path = write_osm_file(tmp_path / "turns.osm", NODES, ways, node_tags)
    path.write_text(change(path.read_text().replace("</osm>", "".join(relations) + "</osm>")))
    return StreetNetwork.from_osm(path, CRS)


def town(tmp_path, relations):
    """As many crossings as relations, beside one another."""
    nodes, ways, told = {}, [], ""
    for number, text in enumerate(relations):
        by = 100 * number
        nodes |= {node + by: (x + APART_M * number, y) for node, (x, y) in NODES.items()}
        first = len(ways)
        ways += [([node + by for node in refs], tags) for refs, tags in WAYS]
        moved = re.sub(r'type="node" ref="(\d+)"', lambda ref, by=by: f'type="node" ref="{int(ref[1]) + by}"', text)
        moved = re.sub(r'type="way" ref="(\d)"', lambda ref, by=first: f'type="way" ref="{int(ref[1]) + by}"', moved)
        told += moved.replace('relation id="90"', f'relation id="{90 + by}"')
    path = write_osm_file(tmp_path / "town.osm", nodes, ways)
    path.write_text(path.read_text().replace("</osm>", told + "</osm>"))
    return StreetNetwork.from_osm(path, CRS)


def detours(streets, profile):
    """Metres that the ways from the west to the north take more than straight through the crossing, one a crossing."""
    router = streets.router(profile)
    sign = 1 if (streets.node_id > 0).any() else -1
    at = {sign * int(node): row for row, node in enumerate(streets.node_id) if sign * int(node) > 0}
    west, north = (
        np.array([[streets.lon[row], streets.lat[row]] for node, row in sorted(at.items()) if node % 100 == end])
        for end in (1, 7)
    )
    seconds = np.diag(router.travel_times(west, north)) - router.profile.terminal_s
    kmh = router.profile.class_speeds_kmh.get("residential", router.profile.speed_kmh) * router.profile.limit_share
    return seconds * kmh / 3.6 - 800


def kept_from_turning(streets):
    """Who goes round at each crossing: signs of car, bicycle and walk."""
    signs = [np.where(detours(streets, profile) > 250, sign, "") for sign, profile in WHO.items()]
    return ["".join(row) for row in zip(*signs, strict=True)]


def left_out(streets):
    return sum(one.count for one in streets.left_out if "turn restrictions" in one.what)


BOTH = "cb"
FORMS = {
    "plain": (relation(LEFT, **NO_LEFT), BOTH),
    "members in another order": (relation(LEFT[::-1], **NO_LEFT), BOTH),
    "with a hint of where the sign is": (relation([*LEFT, ("node", 9, "location_hint")], **NO_LEFT), BOTH),
    "but bicycles": (relation(LEFT, **NO_LEFT, **{"except": "bicycle"}), "c"),
    "but cars": (relation(LEFT, **NO_LEFT, **{"except": "motorcar"}), "b"),
    "but motor vehicles and buses": (relation(LEFT, **NO_LEFT, **{"except": "psv;motor_vehicle"}), "b"),
    "but both": (relation(LEFT, **NO_LEFT, **{"except": "bicycle; motorcar"}), ""),
    "but buses": (relation(LEFT, **NO_LEFT, **{"except": "psv;bus;emergency"}), BOTH),
    "for cars": (relation(LEFT, restriction__motorcar="no_left_turn"), "c"),
    "for motor vehicles": (relation(LEFT, restriction__motor_vehicle="no_left_turn"), "c"),
    "for bicycles": (relation(LEFT, restriction__bicycle="no_left_turn"), "b"),
    "for lorries": (relation(LEFT, restriction__hgv="no_left_turn"), ""),
    "for cars by its type": (relation(LEFT, of_type="restriction:motorcar", **NO_LEFT), "c"),
    "for lorries by its type": (relation(LEFT, of_type="restriction:hgv", **NO_LEFT), ""),
    "for all, and not for bicycles": (relation(LEFT, **NO_LEFT, restriction__bicycle="none"), "c"),
    "only straight on": (relation(STRAIGHT, restriction="only_straight_on"), BOTH),
    "only left": (relation(LEFT, restriction="only_left_turn"), ""),
    "only right": (relation(RIGHT, restriction="only_right_turn"), BOTH),
    "only straight on but bicycles": (relation(STRAIGHT, restriction="only_straight_on", **{"except": "bicycle"}), "c"),
    "no straight on": (relation(STRAIGHT, restriction="no_straight_on"), ""),
    "no turning back": (relation([*LEFT[:2], ("way", WEST, "to")], restriction="no_u_turn"), ""),
    "at noon": (relation(LEFT, restriction__conditional="no_left_turn @ (10:00-14:00)"), BOTH),
    "at the weekend": (relation(LEFT, restriction__conditional="no_left_turn @ (Sa,Su)"), ""),
    "for the heavy": (relation(LEFT, restriction__conditional="no_left_turn @ (weight>3.5)"), ""),
    "for cars at noon": (relation(LEFT, restriction__motorcar__conditional="no_left_turn @ (Mo-Fr 10:00-14:00)"), "c"),
    "for bicycles at noon": (relation(LEFT, restriction__bicycle__conditional="no_left_turn @ (10:00-14:00)"), "b"),
    "at two times": (
        relation(LEFT, restriction__conditional="no_left_turn @ (07:00-09:00); no_left_turn @ (11:00-13:00)"),
        BOTH,
    ),
    "in the winter months": (relation(LEFT, restriction__conditional="no_left_turn @ (Nov-Apr)"), ""),
    "lifted at noon": (relation(LEFT, **NO_LEFT, restriction__conditional="none @ (10:00-14:00)"), ""),
    "lifted in the evening": (relation(LEFT, **NO_LEFT, restriction__conditional="none @ (20:00-24:00)"), BOTH),
    "by the hours of old": (relation(LEFT, **NO_LEFT, hour_on="10:00", hour_off="14:00"), BOTH),
    "by other hours of old": (relation(LEFT, **NO_LEFT, hour_on="15:00", hour_off="18:00"), ""),
    "by the days of old": (relation(LEFT, **NO_LEFT, day_on="Monday", day_off="Friday"), BOTH),
    "no entry from two streets": (relation([*LEFT, ("way", SOUTH, "from")], restriction="no_entry"), BOTH),
    "no entry from two, one of them cut off": (relation([*LEFT, ("way", 999, "from")], restriction="no_entry"), BOTH),
    "no exit to two streets": (relation([*LEFT, ("way", EAST, "to")], restriction="no_exit"), BOTH),
    "turning on red": (relation(LEFT, restriction="no_left_turn_on_red"), ""),
    "two kinds in one": (relation(LEFT, restriction="no_left_turn;no_u_turn"), BOTH),
    "in capitals": (relation(LEFT, restriction="No_Left_Turn"), BOTH),
    "a type of conditions": (
        relation(LEFT, of_type="restriction:conditional", restriction__conditional="no_left_turn @ (10:00-14:00)"), BOTH
    ),
    "for buses": (relation(LEFT, restriction__psv="no_left_turn"), ""),
    "for motorcycles": (relation(LEFT, restriction__motorcycle="no_left_turn"), ""),
    "for vehicles": (relation(LEFT, restriction__vehicle="no_left_turn"), BOTH),
    "for lorries at noon": (relation(LEFT, restriction__hgv__conditional="no_left_turn @ (10:00-14:00)"), ""),
    "by the days of old at the weekend": (relation(LEFT, **NO_LEFT, day_on="Saturday", day_off="Sunday"), ""),
    "only straight on at noon": (relation(STRAIGHT, restriction__conditional="only_straight_on @ (10:00-14:00)"), BOTH),
    "only straight on at night": (relation(STRAIGHT, restriction__conditional="only_straight_on @ (22:00-06:00)"), ""),
    "only straight on for bicycles": (relation(STRAIGHT, restriction__bicycle="only_straight_on"), "b"),
    "at two times of a day": (
        relation(LEFT, restriction__conditional="no_left_turn @ (Mo-Fr 07:00-09:00,11:00-13:00)"), BOTH
    ),
    "when it is dark": (relation(LEFT, restriction__conditional="no_left_turn @ (sunset-sunrise)"), ""),
    "on every second Tuesday": (relation(LEFT, restriction__conditional="no_left_turn @ (Tu[2])"), ""),
    "an exception that nobody knows": (relation(LEFT, **NO_LEFT, **{"except": "tractor"}), BOTH),
    "an exception in capitals": (relation(LEFT, **NO_LEFT, **{"except": "Bicycle"}), "c"),
    "a blank around the value": (relation(LEFT, restriction=" no_left_turn"), BOTH),
}  # fmt: skip


def test_who_may_not_turn_left(tmp_path):
    streets = town(tmp_path, [told for told, _ in FORMS.values()])
    found = dict(zip(FORMS, kept_from_turning(streets), strict=True))
    assert found == {form: kept for form, (_, kept) in FORMS.items()}


#: What cannot be laid on the streets closes nothing, and is counted.
DOUBTFUL = {
    "no via": relation([LEFT[0], LEFT[2]], **NO_LEFT),
    "no from": relation(LEFT[1:], **NO_LEFT),
    "no to": relation(LEFT[:2], **NO_LEFT),
    "the to is cut off": relation([*LEFT[:2], ("way", 999, "to")], **NO_LEFT),
    "the via is cut off": relation([LEFT[0], ("node", 999, "via"), LEFT[2]], **NO_LEFT),
    "the via lies elsewhere": relation([LEFT[0], ("node", 8, "via"), LEFT[2]], **NO_LEFT),
    "two nodes for the via": relation([*LEFT, ("node", 9, "via")], **NO_LEFT),
    "the from is a node": relation([("node", 1, "from"), *LEFT[1:]], **NO_LEFT),
    "an unknown kind": relation(LEFT, restriction="no_left"),
    "no kind": relation(LEFT),
    "roles without a name": relation([(kind, ref, "") for kind, ref, _ in LEFT], **NO_LEFT),
    "a condition that nobody reads": relation(LEFT, restriction__conditional="no_left_turn @ (when it suits)"),
    "people on foot": relation(LEFT, restriction__foot="no_left_turn"),
    "via ways that do not join": relation([LEFT[0], ("way", BACK, "via"), LEFT[2]], **NO_LEFT),
    "a type of people on foot": relation(LEFT, of_type="restriction:foot", **NO_LEFT),
}


@pytest.mark.parametrize("form", DOUBTFUL)
def test_what_is_not_understood_is_counted(tmp_path, form):
    assert left_out(network(tmp_path, DOUBTFUL[form])) == 1


def test_what_is_not_understood_closes_nothing(tmp_path):
    found = dict(zip(DOUBTFUL, kept_from_turning(town(tmp_path, DOUBTFUL.values())), strict=True))
    assert found == dict.fromkeys(DOUBTFUL, "")


def test_a_street_of_many_that_is_cut_off_is_counted(tmp_path):
    streets = network(tmp_path, relation([*LEFT, ("way", 999, "from")], restriction="no_entry"))
    assert left_out(streets) == 1


AROUND = relation([LEFT[0], ("way", EAST, "via"), ("way", NORTH_EAST, "to")], 91, restriction="no_left_turn")
FARTHER = relation(
    [LEFT[0], ("way", NORTH_EAST, "via"), ("way", EAST, "via"), ("way", BACK, "to")], 91, restriction="no_left_turn"
)


@pytest.mark.parametrize("over", [AROUND, FARTHER], ids=["one way", "two ways in another order"])
def test_over_ways(tmp_path, over):
    """The way round is forbidden too: over the south, 1,600 m."""
    assert kept_from_turning(network(tmp_path, over)) == [""]
    streets = network(tmp_path, relation(LEFT, **NO_LEFT), over)
    for profile in ("car", "bicycle"):
        assert detours(streets, profile) > 650
    assert detours(streets, "walk") < 100


def test_only_over_a_way(tmp_path):
    over = [LEFT[0], ("way", EAST, "via"), ("way", NORTH_EAST, "to")]
    streets = network(tmp_path, relation(LEFT, **NO_LEFT), relation(over, 91, restriction="only_left_turn"))
    assert 250 < detours(streets, "car") < 600


UNSPLIT = [([1, 2, 3], ROAD), ([8, 9], {"highway": "footway"}), *WAYS[2:]]
ONE_WAY = [([1, 2, 3], ROAD | {"oneway": "yes"}), *UNSPLIT[1:]]


def test_a_street_not_split_at_the_junction(tmp_path):
    """Which side is meant is told where it is one-way, else not: counted."""
    doubtful = network(tmp_path, relation(LEFT, **NO_LEFT), ways=UNSPLIT)
    assert kept_from_turning(doubtful) == [""]
    assert left_out(doubtful) == 1
    clear = network(tmp_path, relation(LEFT, **NO_LEFT), ways=ONE_WAY)
    assert kept_from_turning(clear) == [BOTH]
    assert left_out(clear) == 0


def test_turning_back_on_a_street_not_split_there(tmp_path):
    """From and to are the same street: both directions are meant."""
    back = relation([LEFT[0], LEFT[1], ("way", WEST, "to")], restriction="no_u_turn")
    assert left_out(network(tmp_path, back, ways=UNSPLIT)) == 0


def test_on_to_a_roundabout_drawn_as_one_ring(tmp_path):
    ring = [*WAYS[:2], ([2, 5, 4, 3, 2], ROAD | {"junction": "roundabout"}), WAYS[3], WAYS[5], *WAYS[6:7]]
    streets = network(tmp_path, relation(LEFT, **NO_LEFT), ways=ring)
    assert left_out(streets) == 0


def test_at_a_gate(tmp_path):
    streets = network(tmp_path, relation(LEFT, **NO_LEFT), node_tags={2: {"barrier": "gate"}})
    assert kept_from_turning(streets) == [BOTH]


@pytest.mark.parametrize("first", [True, False])
def test_relations_before_the_ways_and_deleted_ones(tmp_path, first):
    told = relation(LEFT, **NO_LEFT)

    def moved(text):
        return text.replace(told, "").replace("<node", told + "<node", 1)

    def deleted(text):
        return text.replace("</osm>", '<relation id="90" version="2" visible="false"/></osm>')

    assert kept_from_turning(network(tmp_path, told, change=moved if first else deleted)) == [BOTH if first else ""]


def test_another_moment(tmp_path):
    streets = network(tmp_path, relation(LEFT, restriction__conditional="no_left_turn @ (Mo-Fr 07:00-09:00)"))
    assert kept_from_turning(streets) == [""]
    assert kept_from_turning(streets.at(When(hour=8))) == [BOTH]
    assert kept_from_turning(streets.at(When(weekday=6, hour=8))) == [""]


def test_a_plan_with_ids_below_zero(tmp_path):
    def below(text):
        for name in ('<node id="', '<way id="', ' ref="', '<relation id="'):
            text = text.replace(name, name + "-")
        return text

    streets = network(tmp_path, relation(LEFT, **NO_LEFT), change=below)
    assert kept_from_turning(streets) == [BOTH]
