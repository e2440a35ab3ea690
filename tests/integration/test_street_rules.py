"""What OpenStreetMap's tags mean for each way of moving: small streets with the answer of the specification.

The answers were written down from the pages of the OpenStreetMap wiki (Key:access, Key:barrier, Key:oneway, Key:kerb,
Conditional restrictions, as of 2026-11) before anything was run.
"""

import pytest

from tesoma_geo.network.streets.conditional import SUMMER, When
from tests.street_blocks import ROAD, Street, kind, point, road, wrong_answers

OPEN_TO_ALL = ("permissive", "designated", "yes", "official", "discouraged", "unknown")

ACCESS = [
    road("", access="no"),
    road("wrb", access="no", foot="yes"),
    road("b", access="no", bicycle="yes"),
    road("c", access="no", motor_vehicle="yes"),
    road("c", access="no", motorcar="yes"),
    road("wrb", vehicle="no"),
    road("wrb", motor_vehicle="no"),
    road("wrb", motorcar="no"),
    road("wrbc", motor_vehicle="no", motorcar="yes"),
    road("wrbc", vehicle="no", motor_vehicle="yes"),
    road("wrbc", motorcycle="no", hgv="no", bus="no"),
    road("wrb", motor_vehicle="no", bus="yes"),
    *(road("", access=value) for value in ("private", "destination", "customers", "delivery", "permit", "residents")),
    *(road("wrb", motor_vehicle=value) for value in ("private", "destination", "customers", "delivery", "permit")),
    *(road("", access=value) for value in ("agricultural", "forestry", "military", "emergency")),
    *(road("wrb", motor_vehicle=value) for value in ("agricultural", "forestry", "military", "emergency")),
    *(road("wrbc", access=value) for value in OPEN_TO_ALL),
    road("wrbc", foot="discouraged", bicycle="discouraged"),
    road("wrb", access="private", foot="permissive"),
    road("wrb", access="private", foot="designated", bicycle="designated"),
    road("bc", foot="private"),
    road("bc", foot="no"),
    road("wrbc", bicycle="dismount"),
    road("wrbc", bicycle="no"),
    road("bc", foot="use_sidepath"),
    road("wbc", wheelchair="no"),
    road("wrbc", wheelchair="limited"),
    # Several values: whom one of them lets in.
    road("wrb", motor_vehicle="agricultural;forestry"),
    road("wrb", motor_vehicle="forestry;agricultural"),
    road("wrb", motor_vehicle="destination;delivery"),
    road("wrb", motor_vehicle="agricultural;destination"),
    road("wrb", motor_vehicle="agricultural; customers"),
    road("", access="private;customers"),
    road("wrbc", motor_vehicle="yes;destination"),
    road("wrb", motor_vehicle="psv;delivery"),
    # Only in one direction.
    road("wrbc", back=("wr", "c"), motor_vehicle__backward="no"),
    road("wrbc", back=("wrb", "c"), motor_vehicle__backward="destination"),
    road("wrb", back=("wrbc", ""), motor_vehicle__forward="private"),
    road("wrbc", back=("wr", "c"), oneway="yes", motor_vehicle__backward="destination"),
    road("wrbc", back=("", "wrbc"), access__backward="private"),
    road("wrbc", back=("wr", "c"), access__backward="no", foot__backward="yes"),
    road("wrbc", back=("wrb", "c"), motor_vehicle="destination", motor_vehicle__forward="yes"),
]

CLASSES = [
    kind("footway", "wrb"), kind("cycleway", "wrb"), kind("path", "wrb"), kind("bridleway", "w", "c"),
    kind("track", "wrbc"), kind("pedestrian", "wrb"), kind("living_street", "wrbc"), kind("road", "wrbc"),
    kind("unclassified", "wrbc"), kind("tertiary_link", "wrbc"), kind("corridor", "wr", "c"),
    kind("steps", "w", "rc"), kind("steps", "wr", "c", ramp__wheelchair="yes"), kind("ladder", "w", "rc"),
    kind("busway", ""), kind("busway", "b", bicycle="yes", foot="no"), kind("busway", "wrb", foot="yes"),
    kind("bus_guideway", ""), kind("raceway", ""), kind("escape", ""), kind("motorway", "c", back=("", "wrbc")),
    kind("trunk", "wrbc"), kind("trunk", "c", motorroad="yes"), kind("primary", "c", motorroad="yes"),
    kind("pedestrian", "wrbc", motor_vehicle="yes"), kind("pedestrian", "wrb", motor_vehicle="delivery"),
    kind("footway", "wrb", footway="crossing"), kind("footway", "b", "wrc", foot="no", bicycle="yes"),
    kind("cycleway", "b", foot="no"), kind("path", "wrb", foot="designated", bicycle="designated", segregated="yes"),
    kind("platform", "wr", "c"), kind("path", "w", "rc", sac_scale="mountain_hiking"),
    kind("path", "w", "rc", sac_scale="alpine_hiking"), kind("path", "w", "rc", mtb__scale="3"),
    kind("path", "w", "c", informal="yes"), kind("track", "w", "r", smoothness="impassable"),
    *(
        kind(name, "")
        for name in (
            "construction", "proposed", "planned", "abandoned", "razed", "disused", "demolished", "no", "services",
            "rest_area", "via_ferrata", "bus_stop", "emergency_bay", "street_lamp",
        )
    ),
]  # fmt: skip

DIRECTIONS = [
    road("wrbc", back=("wr", "c"), oneway="yes"),
    road("wr", "c", back=("wrbc", ""), oneway="-1"),
    road("wrbc", back=("wrb", "c"), oneway="yes", oneway__bicycle="no"),
    road("wrbc", oneway="no"),
    road("wrbc", oneway="reversible"),
    road("wrbc", oneway="alternating"),
    road("wrbc", back=("wrb", "c"), oneway="yes", cycleway="opposite"),
    road("wrbc", back=("wrb", "c"), oneway="yes", cycleway="opposite_lane"),
    road("wrbc", back=("wrb", "c"), oneway="yes", cycleway__left="opposite_track"),
    road("wrbc", back=("wrb", "c"), oneway="yes", cycleway__left="lane", cycleway__left__oneway="-1"),
    road("wrbc", back=("wrb", "c"), oneway="yes", cycleway__right="track", cycleway__right__oneway="no"),
    road("wrbc", back=("wrb", "c"), oneway="yes", cycleway__both="lane", cycleway__both__oneway="no"),
    road("wrbc", back=("wr", "c"), oneway="yes", cycleway__both="lane"),
    road("wrbc", back=("wrb", "c"), oneway="yes", bicycle__backward="yes"),
    road("wrbcB", back=("wrbc", "B"), oneway="yes", motorcar__backward="yes"),
    road("wrbc", back=("wrb", "c"), oneway__motor_vehicle="yes"),
    road("wrbc", back=("wr", "c"), oneway__vehicle="yes"),
    road("wrbcB", back=("wrbc", "B"), oneway="yes", oneway__motorcar="no"),
    road("wrbc", back=("bc", "wr"), oneway__foot="yes"),
    road("wrbc", back=("bc", "wr"), foot__backward="no"),
    road("bc", "wr", back=("wrbc", ""), foot__forward="no"),
    road("wrbc", back=("wr", "c"), vehicle__backward="no"),
    road("wrbc", back=("wr", "c"), junction="roundabout"),
    road("wrbc", back=("wr", "c"), junction="circular"),
    road("wrbc", junction="roundabout", oneway="no"),
    kind("motorway", "c", back=("", "wrbc")),
    kind("motorway_link", "c", back=("", "wrbc")),
    kind("motorway", "c", back=("c", "wrb"), oneway="no"),
    kind("primary", "wrbc", back=("wr", "c"), oneway="1"),
    kind("steps", "w", "rc", back=("", "wrc"), conveying="forward"),
    kind("steps", "", "wrc", back=("w", "rc"), conveying="backward"),
    kind("steps", "w", "rc", back=("w", "rc"), conveying="reversible"),
    kind("footway", "w", "c", back=("", "wc"), conveying="forward"),
    kind("steps", "w", "rc", back=("", "wrc"), oneway="yes"),
]

POINTS = [
    point("wrbc", barrier="gate"), point("", barrier="gate", access="private"),
    point("wrb", barrier="gate", motor_vehicle="private"), point("", barrier="swing_gate", locked="yes"),
    point("wrb", barrier="lift_gate", access="no", foot="yes"), point("bc", barrier="gate", foot="customers"),
    point("wrb", barrier="gate", access="permit", foot="designated"), point("wrb", barrier="bollard"),
    point("wb", barrier="bollard", maxwidth__physical="60 cm"), point("wrbc", barrier="bollard", motorcar="yes"),
    point("wrb", barrier="gate;bollard"), point("w", barrier="stile"), point("w", "r", barrier="kissing_gate"),
    point("wrb", barrier="cycle_barrier"), point("wb", barrier="cycle_barrier", maxwidth__physical="0.7"),
    point("wb", barrier="cycle_barrier", wheelchair="no"), point("wrb", barrier="block"),
    point("wrb", "c", barrier="bus_trap"), point("wrbc", barrier="toll_booth"), point("wrbc", barrier="entrance"),
    point("", barrier="wall"), point("w", "c", barrier="wall", foot="yes"),
    point("wrbc", barrier="cattle_grid", wheelchair="yes"),
    point("wrb", barrier="unheard_of", motor_vehicle="no"), point("wrbc", barrier="no"),
    point("wbc", barrier="kerb"), point("wrbc", barrier="kerb", kerb="lowered"),
    point("wrbc", barrier="kerb", kerb="flush"),
    point("wbc", barrier="kerb", kerb="raised"), point("wbc", kerb="raised"), point("wrbc", kerb="no"),
    point("wrbc", kerb="lowered"), point("wrbc", barrier="kerb", kerb__height="2 cm"),
    point("wbc", barrier="kerb", kerb__height="5 cm"),
    point("wbc", barrier="kerb", kerb="lowered", kerb__height="0.12"),
    point("wrbc", barrier="kerb", kerb__height="1\""), point("wbc", barrier="kerb", kerb__height="0,15 m"),
    point("wrbc", barrier="kerb", height="0.02"),
    point("wbc", barrier="kerb", kerb__height="30 mm", kerb="raised", wheelchair="no"),
    point("w", "r", highway="elevator", wheelchair="no"), point("wr", "", highway="elevator"),
    point("wrbc", highway="crossing", crossing="uncontrolled"), point("wrbc", traffic_calming="bump"),
    point("wrbc", highway="traffic_signals"), point("wrbc", barrier="height_restrictor", maxheight="2.1"),
    point("wb", barrier="gate", width="70 cm"),
]  # fmt: skip

QUANTITIES = [
    *(road("wbc", incline=value) for value in ("12%", "-12 %", "1:8", "7°", "15%")),
    *(road("wrbc", incline=value) for value in ("4%", "1:20", "2.5 °", "up", "steep", "0%")),
    *(road("w", "r", width=value) for value in ("60 cm", "0.8", "0,8", "2'", "2'6\"", "0.75 m", "30 in")),
    *(road("wrbc", width=value) for value in ("1.2 m", "0,9", "3'", "12 ft", "narrow", "5")),
    road("w", "r", maxwidth__physical="0.7"),
    *(road("wrbc", maxspeed=value) for value in ("FI:zone30", "30 mph", "walk", "none", "signals")),
]

NOON = [
    road("", access__conditional="no @ (Mo-Fr 07:00-17:00)"),
    road("wrbc", access__conditional="no @ (Sa,Su)"),
    road("wrbc", access__conditional="no @ (22:00-06:00)"),
    road("wrb", motor_vehicle="no", motor_vehicle__conditional="delivery @ (06:00-11:00)"),
    road("wrb", motor_vehicle="no", motor_vehicle__conditional="destination @ (06:00-18:00)"),
    road("wrbc", motor_vehicle="no", motor_vehicle__conditional="yes @ (06:00-18:00)"),
    road("wrbc", motor_vehicle__conditional="no @ (Mo-Fr 07:00-09:00,16:00-18:00)"),
    road("wrbc", access__conditional="no @ (weight>7.5)"),
    road("wrbc", access__conditional="no @ (PH)"),
    road("wrbc", access="no", access__conditional="yes @ (sunrise-sunset)"),
    road("wrbc", access__conditional="no @ snow"),
    road("wrbc", access__conditional="no @ (Nov-Mar)"),
    road("wrbc", foot__conditional="no @ (Jan 01-Apr 30)"),
    road("wrbc", opening_hours="24/7"),
    road("wrbc", opening_hours="Mo-Fr 08:00-18:00"),
    road("", opening_hours="Sa,Su 08:00-18:00"),
    road("wrbc", back=("wr", "c"), oneway__conditional="yes @ (07:00-19:00)"),
    road("wrbc", oneway="yes", oneway__conditional="no @ (07:00-19:00)"),
    road("", seasonal="winter"),
    road("wrbc", seasonal="summer"),
    road("", ice_road="yes"),
    road("", winter_road="yes"),
    road("wrbc", snowplowing="no"),
    Street(ROAD, "", None, None, {"barrier": "gate", "access:conditional": "no @ (Mo-Fr 09:00-15:00)"}),
    Street(ROAD, "wrbc", None, None, {"barrier": "gate", "opening_hours": "Mo-Fr 08:00-18:00"}),
]

NIGHT = [
    road("", access__conditional="no @ (22:00-06:00)"),
    road("", opening_hours="Mo-Fr 08:00-18:00"),
    road("bc", foot__conditional="no @ (22:00-06:00)"),
    Street(ROAD, "", None, None, {"barrier": "gate", "opening_hours": "Mo-Fr 08:00-18:00"}),
    Street(ROAD, "", None, None, {"barrier": "lift_gate", "access:conditional": "no @ (20:00-07:00)"}),
    Street(ROAD, "", "w", None, {"highway": "elevator", "opening_hours": "06:00-22:00"}),
]

WINTER = [
    road("", access__conditional="no @ snow"),
    road("", access__conditional="no @ (Nov-Mar)"),
    road("bc", foot__conditional="no @ (Jan 01-Apr 30)"),
    road("", seasonal="summer"),
    road("wrbc", seasonal="winter"),
    road("wrbc", ice_road="yes"),
    road("wrbc", winter_road="yes"),
    road("w", "rc", snowplowing="no"),
    road("bc", foot__winter="no"),
]

TABLES = {
    "access": (ACCESS, SUMMER, "FI"),
    "classes": (CLASSES, SUMMER, "FI"),
    "directions": (DIRECTIONS, SUMMER, "FI"),
    "points": (POINTS, SUMMER, "FI"),
    "quantities": (QUANTITIES, SUMMER, "FI"),
    "noon": (NOON, SUMMER, "FI"),
    "night": (NIGHT, When(hour=23), "FI"),
    "winter": (WINTER, When.in_winter(), "FI"),
    "spain": ([kind("trunk", "bc"), kind("trunk", "wrbc", foot="yes")], SUMMER, "ES"),
    "switzerland": ([kind("trunk", "c"), kind("trunk_link", "c"), kind("primary", "wrbc")], SUMMER, "CH"),
    "britain": ([kind("trunk", "wrbc"), kind("trunk", "c", motorroad="yes")], SUMMER, "GB"),
}


@pytest.mark.parametrize("name", TABLES)
def test_who_takes_each_street(name, tmp_path):
    streets, when, country = TABLES[name]
    wrong = wrong_answers(tmp_path / f"{name}.osm", streets, when, country)
    assert not wrong, "\n".join(map(str, wrong))
