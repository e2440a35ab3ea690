"""More of what OpenStreetMap's tags mean: rarer barriers, values, notations and hours, each with its right answer.

As in ``test_street_rules.py`` the answers were written down from the wiki before anything was run.
"""

import pytest

from tesoma_geo.network.streets.conditional import SUMMER, When
from tests.street_blocks import Street, kind, point, road, wrong_answers

POINTS = [
    # Access tags over the type.
    point("b", barrier="gate", access="no", bicycle="yes"), point("wrb", barrier="gate", vehicle="no"),
    point("bc", barrier="gate", foot="no"), point("wrbc", barrier="lift_gate"),
    point("wrb", barrier="swing_gate", motor_vehicle="no"), point("", barrier="bollard", access="no"),
    point("wrbc", barrier="bollard", motor_vehicle="yes"), point("wrb", barrier="bollard", motor_vehicle="private"),
    point("wrbc", barrier="bollard", vehicle="yes"), point("wrb", barrier="bollard", bicycle="no"),
    point("b", barrier="bollard", foot="no"),
    point("wrbc", barrier="gate", motor_vehicle="no", motorcar="designated"),
    *(point("", barrier="gate", access=value) for value in (
        "customers", "delivery", "destination", "emergency", "agricultural"
    )),
    point("wrb", barrier="gate", motor_vehicle="agricultural;forestry"),
    point("wrb", barrier="gate", motor_vehicle="destination"),
    point("bc", barrier="gate", foot="private"), point("wrbc", barrier="gate", bicycle="private"),
    point("wrb", barrier="gate", access="private", foot="yes"),
    point("b", barrier="gate", access="private", bicycle="yes"),
    point("wrbc", barrier="gate", access="permissive"), point("wrbc", barrier="gate", bicycle="dismount"),
    # Locks.
    point("wrbc", barrier="gate", locked="no"), point("wrb", barrier="gate", locked="yes", foot="yes"),
    point("", barrier="gate", locked="yes", access="private"),
    point("wrbc", barrier="gate", locked="yes", foot="yes", bicycle="yes", motor_vehicle="yes"),
    point("", barrier="door", locked="yes"), point("", entrance="main", locked="yes"),
    point("", entrance="yes", access="private"), point("wrbc", entrance="yes"),
    point("", door="hinged", access="no"), point("", door="yes", access="private"),
    point("", door="yes", locked="yes"),
    point("w", "r", door="hinged", wheelchair="no"), point("wr", "", door="sliding"),
    point("w", "r", door="yes", width="70 cm"),
    # Types.
    point("w", "rbc", barrier="turnstile"), point("w", "rbc", barrier="full-height_turnstile"),
    point("wb", barrier="stile", bicycle="yes"), point("wr", "c", barrier="stile", wheelchair="yes"),
    point("wr", "c", barrier="kissing_gate", wheelchair="yes"),
    point("wb", "rc", barrier="kissing_gate", bicycle="yes"),
    point("w", "rc", barrier="step"), point("w", "rc", barrier="log"), point("wrb", barrier="chain"),
    point("w", "c", barrier="jersey_barrier"), point("", barrier="fence"), point("", barrier="hedge"),
    point("", barrier="ditch"), point("w", "c", barrier="yes"), point("wrbc", barrier="hampshire_gate"),
    point("wrbc", barrier="border_control"), point("wrbc", barrier="sally_port"), point("wrb", barrier="sump_buster"),
    point("wrb", barrier="planter"), point("wrb", barrier="wicket_gate"),
    point("wb", barrier="entrance", wheelchair="no", motor_vehicle="no"),
    point("wbc", barrier="cattle_grid"), point("wrbc", barrier="swing_gate", wheelchair="limited"),
    # Room.
    point("wrb", barrier="cycle_barrier", wheelchair="yes"),
    point("w", "rc", barrier="cycle_barrier", maxwidth__physical="0.5"),
    point("wb", barrier="cycle_barrier", opening="0.7", spacing="1.5"), point("wrb", barrier="motorcycle_barrier"),
    point("wrb", barrier="bollard", width="0.2"), point("wrb", barrier="bollard", maxwidth="1.2"),
    point("wb", barrier="bollard", spacing="0.7"), point("wrb", barrier="gate", maxwidth="1.5"),
    point("wrbc", barrier="gate", maxwidth__physical="2.2 m"), point("wb", barrier="block", maxwidth__physical="0,7"),
    point("wrb", barrier="height_restrictor", maxheight="1.2"),
    point("wrbc", barrier="height_restrictor", maxheight="6'6\""),
    point("wrb", barrier="height_restrictor", height="1.3 m"),
    point("wrb", barrier="lift_gate", maxheight__physical="1.4"),
    # Kerbs.
    point("wrbc", barrier="kerb", wheelchair="yes"), point("wrbc", kerb="raised", wheelchair="yes"),
    point("wbc", kerb="rolled"),
    point("wbc", kerb="regular"), point("wrbc", barrier="kerb", kerb="no"), point("wrbc", kerb__height="0"),
    point("wrbc", kerb="yes", kerb__height="3 cm"), point("wbc", kerb="yes", kerb__height="0.04"),
    point("wbc", kerb="flush", kerb__height="10 cm"),
    point("wbc", highway="crossing", kerb="raised"), point("wrbc", highway="crossing", kerb="lowered"),
    point("wbc", highway="crossing", wheelchair="no"), point("wbc", kerb="lowered;raised"),
    # Lifts.
    point("", highway="elevator", access="private"), point("", "wrc", highway="elevator", foot="no"),
    point("", highway="elevator", access="no"),
    point("", highway="elevator", access="customers"), point("w", "rc", highway="elevator", width="0.7"),
    # Crossings of tracks.
    point("", railway="level_crossing", access="no"), point("", railway="level_crossing", access="private"),
    point("bc", railway="crossing", foot="no"), point("wrb", railway="level_crossing", motor_vehicle="no"),
    point("wrbc", railway="level_crossing"),
    # What stands beside the way says nothing of it.
    point("wrbc", highway="bus_stop", wheelchair="no"), point("wrbc", highway="street_lamp", access="no"),
    point("wrbc", highway="crossing", bicycle="no"), point("wrbc", public_transport="stop_position", access="no"),
]  # fmt: skip

ACCESS = [
    road("bc", access="no", vehicle="yes"), road("bc", access="no", motor_vehicle="yes", bicycle="yes"),
    road("b", access="private", bicycle="yes"),
    road("c", access="private", motor_vehicle="yes"), road("wrb", vehicle="private"),
    road("wrbB", vehicle="destination", bicycle="yes"),
    road("wrbB", vehicle="no", bicycle="yes"), road("wrb", motor_vehicle="no", motorcar="private"),
    road("wrbB", access="destination", foot="yes", bicycle="yes"), road("c", access="permit", motorcar="yes"),
    road("wrb", access="customers", foot="permissive"), road("bc", foot="destination"),
    road("c", foot="private", bicycle="private"),
    *(road("wrb", motor_vehicle=value) for value in (
        "psv", "bus", "hgv", "motorcycle", "moped", "taxi", "tourist_bus", "hov", "emergency",
        "agricultural;motorcycle"
    )),
    *(road("", access=value) for value in ("psv", "bus", "taxi", "hgv", "emergency;psv", "forestry;agricultural")),
    road("wrc", "B", bicycle="use_sidepath"), road("wrc", "B", bicycle="dismount"),
    road("wrbcB", bicycle="optional_sidepath"),
    road("bc", foot="use_sidepath", sidewalk="separate"), road("wrbc", sidewalk="separate"),
    road("wrbc", sidewalk__both="separate"),
    road("w", "rc", access="no", foot="designated", wheelchair="no"),
    road("wrbcB", hgv="no", goods="no", tourist_bus="no", horse="no", psv="no"),
    road("wrb", motorcar="no", motor_vehicle="yes"), road("c", access="no", motorcar="designated"),
    road("wrc", "", motorroad="yes", foot="yes"),
    road("wrbc", access="no;yes"), road("", access="no;private"), road("wrbc", access="Yes"), road("", access="No"),
    road("", access=" no"),
    road("wrbcB", access="yes", bicycle="fixme"), road("", access="no", emergency="yes"),
    road("wrb", motor_vehicle="delivery;customers"),
    road("wrb", vehicle="residents", bicycle="designated"),
    road("wrb", back=("wr", "c"), motor_vehicle="no", oneway="yes", bus="yes"),
    kind("service", "wrbc", service="driveway"), kind("service", "", service="driveway", access="private"),
    kind("service", "wrbc", service="parking_aisle"),
]  # fmt: skip

CLASSES = [
    *(kind(name, "wrbcB") for name in (
        "trunk_link", "primary_link", "secondary", "tertiary", "service", "living_street", "track"
    )),
    kind("cycleway", "wrbcB", motor_vehicle="yes"), kind("footway", "wrb", "cB", bicycle="no"),
    kind("footway", "wrbB", bicycle="designated"),
    kind("footway", "wrb", motor_vehicle="destination"), kind("path", "bB", foot="no", bicycle="designated"),
    kind("path", "wrb", "cB", access="no", foot="yes"),
    kind("steps", "w", "rc", ramp__wheelchair="no"), kind("path", "w", "rc", width="0.5"),
    kind("busway", "wrb", foot="designated"), kind("bus_guideway", "wrb", foot="yes"), kind("elevator", "wr", "c"),
    kind("elevator", "w", "rc", wheelchair="no"),
    kind("construction", "", construction="footway", foot="yes"),
    kind("proposed", "", proposed="cycleway", bicycle="designated"), kind("via_ferrata", "", foot="yes"),
    kind("services", "", foot="yes"), kind("path", "w", "rc", trail_visibility="no"),
    kind("path", "w", "rc", trail_visibility="horrible"),
    kind("path", "wrb", trail_visibility="excellent"), kind("path", "w", "c", trail_visibility="bad"),
    kind("path", "w", "rcB", sac_scale="demanding_mountain_hiking"),
    kind("path", "w", "rc", mtb__scale="6"), kind("path", "wrb", mtb__scale="0"),
    kind("cycleway", "wrbB", railway="abandoned"), kind("path", "wrb", railway="disused"),
    kind("residential", "wrbc", railway="tram"), kind("footway", "wrb", "c", footway="sidewalk"),
    kind("footway", "wrb", "c", footway="link"),
    kind("track", "w", "r", ford="yes"), kind("path", "w", "rc", ford="stepping_stones"),
    kind("residential", "wbc", "r", ford="yes"),
    kind("platform", "", access="private"), kind("corridor", "", access="no"),
    kind("footway", "", access="customers", indoor="yes"),
    *(Street({f"{prefix}:highway": "residential"}, "") for prefix in (
        "disused", "abandoned", "razed", "construction", "proposed", "planned", "was", "demolished", "removed",
        "destroyed", "historic"
    )),
    *(kind(name, "") for name in (
        "construction;residential", "destroyed", "was", "removed", "historic", "cancelled", "project", "virtual",
        "traffic_mirror", "passing_place", "hitchhiking", "stop_line", "milestone", "speed_display", "toll_gantry"
    )),
    Street({"railway": "rail"}, ""), Street({"piste:type": "nordic"}, ""),
    Street({"route": "ferry", "foot": "yes"}, "w", ""),
    Street({"route": "ferry", "foot": "no", "motor_vehicle": "yes"}, "c", "wr"),
    Street({"route": "ferry", "access": "private"}, ""), Street({"route": "ferry", "motor_vehicle": "no"}, "w", "c"),
    Street({"route": "hiking"}, ""), Street({"man_made": "pier"}, "w", "c"),
]  # fmt: skip

DIRECTIONS = [
    road("wrbcB", back=("wr", "cB"), oneway="true"), road("wr", "cB", back=("wrbcB", ""), oneway="reverse"),
    road("wrbcB", back=("wr", "cB"), oneway="yes", cycleway="lane"),
    road("wrB", "c", back=("wrbcB", ""), oneway="-1", oneway__bicycle="no"),
    road("wrB", "c", back=("wrbcB", ""), oneway="-1", cycleway="opposite"),
    road("wrB", "c", back=("wrbcB", ""), oneway="-1", cycleway__left="lane", cycleway__left__oneway="no"),
    road("wrB", "c", back=("wrbcB", ""), oneway="-1", cycleway__left="lane", cycleway__left__oneway="yes"),
    road("wr", "cB", back=("wrbcB", ""), oneway="-1", cycleway__right="lane", cycleway__right__oneway="-1"),
    road("wrB", "c", back=("wrbcB", ""), oneway="-1", bicycle__forward="yes"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", bicycle__backward="designated"),
    road("wrbcB", back=("wr", "cB"), oneway="yes", bicycle__backward="dismount"),
    road("wrbcB", back=("wrbcB", ""), oneway="yes", vehicle__backward="yes"),
    road("wrbcB", back=("wr", "cB"), oneway="yes", motor_vehicle__backward="psv"),
    road("wrbB", "c", back=("wrbcB", ""), motor_vehicle__forward="no"),
    road("wrbcB", back=("wrc", "B"), bicycle__backward="no"),
    road("wrc", "B", back=("wrbcB", ""), bicycle__forward="use_sidepath"),
    road("wrbB", "c", back=("wrbcB", ""), vehicle__forward="no", bicycle__forward="yes"),
    road("", back=("wrbcB", ""), access__forward="no"),
    kind("steps", "w", "c", oneway="yes", oneway__foot="no"), kind("footway", "w", "c", oneway="yes"),
    kind("footway", "", "w", back=("w", ""), oneway__foot="-1"),
    kind("steps", "w", "c", conveying="yes"), kind("footway", "", "w", back=("w", ""), conveying="backward"),
    road("wrbcB", back=("wrbB", "c"), oneway__motorcar="yes"),
    road("wrbB", "c", back=("wrbcB", ""), oneway__motor_vehicle="-1"),
    road("wrbcB", oneway="yes", oneway__vehicle="no"),
    road("wrbcB", back=("wr", "cB"), oneway="yes", oneway__psv="no", oneway__bus="no"),
    road("wr", "cB", back=("wrbcB", ""), junction="roundabout", oneway="-1"),
    road("wrbcB", back=("wrB", "c"), junction="circular", oneway__bicycle="no"),
    kind("motorway", "", "wrbc", back=("c", "wrb"), oneway="-1"),
    kind("cycleway", "wrbB", "c", back=("wr", "cB"), oneway="yes"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", cycleway__right="track", cycleway__right__oneway="-1"),
    road("wrbcB", back=("wr", "cB"), oneway="yes", cycleway__left="separate", cycleway__left__oneway="no"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", cycleway="track", cycleway__oneway="no"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", cycleway__left="share_busway", cycleway__left__oneway="-1"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", cycleway="opposite_share_busway"),
    road("wrc", "B", back=("wrB", "c"), oneway="yes", oneway__bicycle="-1"),
    road("wrbcB", back=("bc", "wr"), foot__backward="private"),
    road("c", "wrb", back=("", "wrbc"), access="no", motor_vehicle__forward="yes"),
    road("wr", "cB", back=("wrbcB", ""), oneway="-1", cycleway="lane"),
    road("wrbcB", oneway="no", junction="circular"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", cycleway__left="opposite_lane"),
    road("wrbcB", back=("wrbB", "c"), motor_vehicle__backward="agricultural"),
    road("wrbcB", back=("wr", "cB"), oneway="Yes"), kind("primary_link", "wrbcB"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", sidewalk__left__bicycle="yes", oneway__bicycle="no"),
]  # fmt: skip

QUANTITIES = [
    *(road("wbc", "r", incline=value) for value in (
        "12.5%", "12,5 %", "-1:8", "1/8", "1:8.5", "12 percent", "12", "120‰", "5.7°", "-10 %", "1 : 8", "10 deg"
    )),
    *(road("wrbc", incline=value) for value in (
        "0.5°", "10 ‰", "4.5°", "1:14", "0", "down", "-4%", "~12%", "8%;10%", "1 in 8", "yes"
    )),
    *(road("w", "r", width=value) for value in (
        "60cm", "600mm", "0.6m", "2 ft", "2ft 6in", "0'10\"", ".8", "0.75 metres", "2′", "0.8 m", "75 cm"
    )),
    *(road("wrbc", width=value) for value in (
        "1", "90 cm", "1m", "2'11.5\"", "1.0;2.0", "0", "-1", "2-3", "1,2 m", "1200 mm", "~2", "wide"
    )),
    road("w", "rc", maxwidth="0.7"), road("wrb", maxwidth="1.5"), road("wrb", maxwidth__physical="1.4 m"),
    road("wrbc", maxwidth="2.2"),
    road("wrb", maxheight="1.2"), road("wrb", maxheight="4'"), road("wrb", maxheight__physical="1.3 m"),
    *(road("wrbc", maxheight=value) for value in (
        "default", "none", "below_default", "1.9", "6'", "2,1 m", "no_sign"
    )),
    *(road("wrbc", maxspeed=value) for value in (
        "5 mph", "30mph", "50 km/h", "DE:zone:30", "BE:zone30", "RU:urban", "50;70", "0", "CH:urban", "GB:20mph",
        "US:urban", "variable"
    )),
]  # fmt: skip

#: Tuesday in July, half past twelve.
NOON = [
    *(road("", access__conditional=f"no @ {when}") for when in (
        "(10:00-14:00)", "10:00-14:00", "(Tu)", "(Mo-We)", "(Jul-Aug)", "(Jul 01-Aug 31)", "(Jul 1-Aug 31)",
        "(summer)", "(24/7)", "(sunrise-sunset)",
        "(10:00-14:00 AND Tu)", "((Mo-Fr 10:00-14:00) AND (Jul))", "(Mo-Fr 07:00-09:00,11:00-13:00)",
        "(Mo-Fr 07:00-09:00; Tu 11:00-13:00)", "(Sa); no @ (Tu)",
        "(week 20-40)", "(Mo-Fr 10:00-14:00; PH off)", "(Mo,Tu)", "(Mo-Fr 10:00-14:00 and Jul)",
        "(May 15-Oct 15 10:00-14:00)", "(Mo-Su 08:00+)", "(10:00-14:00)"" ; yes @ (Sa)",
        "(Su-Tu)", "(10:00-02:00)", "(Mar-Oct: Mo-Fr 10:00-14:00)", "( 10:00 - 14:00 )")),
    road("", access__conditional="no@(10:00-14:00)"), road("", access__conditional="yes @ (Tu); no @ (10:00-14:00)"),
    *(road("wrbc", access__conditional=f"no @ {when}") for when in (
        "(winter)", "(Dec-Feb)", "(Nov 15-Mar 15)", "(sunset-sunrise)", "(dusk-dawn)", "(Mo-Fr 10:00-14:00 AND wet)",
        "(weight > 3.5)", "(maxweightrating>7.5)",
        "(length > 10 AND Mo-Fr)", "(hgv AND 10:00-14:00)", "(Tu AND hazmat)", "(trailer)", "(axles>2)",
        "(2020 Jan 1-2020 Dec 31)", "(2026 Jan 1-2026 Dec 31)", "(10:00-14:00); yes @ (Tu)",
        "(14:00-10:00)", "(Sa-Mo)", "(SH)", "(weight<3.5 AND hgv)", "(maxaxleload>8)", "(ice)", "(weight > 7.5 t)",
        "(!weight)", "")),
    road("", access__conditional="destination @ (10:00-14:00)"),
    road("", access="no", access__conditional="yes @ (Sep-May)"),
    road("wrb", motor_vehicle__conditional="private @ (10:00-14:00)"),
    road("wrb", vehicle__conditional="no @ (10:00-14:00)"),
    road("wrc", "B", bicycle__conditional="no @ (10:00-14:00)"),
    road("", access__conditional="agricultural @ (Jul)"),
    road("wbc", wheelchair__conditional="no @ (10:00-14:00)"),
    road("wrbc", motor_vehicle="destination", motor_vehicle__conditional="yes @ (10:00-14:00)"),
    *(road("", opening_hours=hours) for hours in (
        "Mo-Su 13:00-18:00", "09:00-18:00; Tu off", "closed", "off", "Nov-Mar 08:00-16:00",
        "24/7; Tu 12:00-13:00 off", "Mo-Fr 08:00-12:00,13:00-17:00", "Sa-Mo", "sunset-sunrise"
    )),
    *(road("wrbc", opening_hours=hours) for hours in (
        "Mo-Su 09:00-18:00", "sunrise-sunset", "Apr-Oct 08:00-20:00", "dawn-dusk", "always",
        "Mo-Fr 08:00-20:00; PH,Sa,Su off", "10:00+"
    )),
    road("", seasonal="winter;spring"), road("", seasonal="spring"), road("", seasonal="winter,autumn"),
    road("wrbc", seasonal="summer;autumn"), road("wrbc", seasonal="yes"), road("wrbc", seasonal="no"),
    road("wr", "cB", back=("wrbcB", ""), oneway="yes", oneway__conditional="-1 @ (10:00-14:00)"),
    road("wrbcB", back=("wrB", "c"), oneway="yes", oneway__bicycle__conditional="no @ (10:00-14:00)"),
    road("wrbcB", back=("wrb", "c"), oneway__motor_vehicle__conditional="yes @ (10:00-14:00)"),
    road("wrbcB", back=("wrb", "c"), motor_vehicle__backward__conditional="no @ (10:00-14:00)"),
    point("wrb", barrier="lift_gate", motor_vehicle__conditional="no @ (10:00-14:00)"),
    point("wrb", barrier="bollard", motor_vehicle__conditional="yes @ (06:00-11:00)"),
    point("wrbc", barrier="bollard", motor_vehicle__conditional="yes @ (06:00-18:00)"),
    point("", barrier="gate", locked__conditional="yes @ (10:00-14:00)"),
    point("wrbc", barrier="gate", locked="yes", locked__conditional="no @ (10:00-14:00)"),
    point("", "w", highway="elevator", opening_hours="Mo-Fr 06:00-10:00"),
    point("", barrier="gate", opening_hours="off"),
    point("", barrier="gate", access__conditional="private @ (10:00-14:00)"),
    point("", entrance="yes", opening_hours="Sa 10:00-14:00"),
    point("", barrier="gate", foot="yes", bicycle="yes", motor_vehicle="yes", opening_hours="Sa,Su"),
    point("", barrier="gate", seasonal="winter"),
]  # fmt: skip

#: Tuesday in January, half past twelve, in snow.
WINTER = [
    *(road("", access__conditional=f"no @ {when}") for when in (
        "(ice)", "(wet)", "(winter)", "(Dec-Mar)", "(Nov 15-Mar 15)", "(Oct 15-May 31)", "(snow AND 10:00-14:00)",
        "snow", "(snow); no @ (ice)", "(Oct 01-Apr 30 AND snow)"
    )),
    *(road("wrbc", access__conditional=f"no @ {when}") for when in (
        "(summer)", "(snow AND 22:00-06:00)", "snow; yes @ (10:00-14:00)", "(May-Sep)", "(Feb 01-Nov 30)"
    )),
    road("", seasonal="spring;summer;autumn"), road("", seasonal="summer"), road("wrbc", seasonal="winter;spring"),
    road("wrbc", winter_service="no"), road("wrb", motor_vehicle__conditional="no @ (Nov-Apr)"),
    road("wrc", "B", bicycle__winter="no"), road("wrb", motor_vehicle__winter="no"), road("", access__winter="no"),
    road("wrbc", snowplowing="yes"), road("wrb", motor_vehicle__conditional="no @ snow"),
    road("", access__conditional="no @ (winter)", foot="yes", bicycle="no")._replace(yes="w", no="c"),
]  # fmt: skip

#: Tuesday in January, half past four: it is dark in Tampere.
AFTER_SUNSET = [
    road("", opening_hours="sunrise-sunset"),
    road("", access__conditional="no @ (sunset-sunrise)"),
    road("wrbc", access="no", access__conditional="yes @ (sunset-sunrise)"),
    point("", barrier="gate", opening_hours="sunrise-sunset"),
    point("", barrier="gate", access__conditional="no @ (sunset-sunrise)"),
]

TABLES = {
    "points": (POINTS, SUMMER, "FI"),
    "access": (ACCESS, SUMMER, "FI"),
    "classes": (CLASSES, SUMMER, "FI"),
    "directions": (DIRECTIONS, SUMMER, "FI"),
    "quantities": (QUANTITIES, SUMMER, "FI"),
    "noon": (NOON, SUMMER, "FI"),
    "winter": (WINTER, When.in_winter(), "FI"),
    "after sunset": (AFTER_SUNSET, When.in_winter(hour=16), "FI"),
}


@pytest.mark.parametrize("name", TABLES)
def test_who_takes_each_street(name, tmp_path):
    streets, when, country = TABLES[name]
    wrong = wrong_answers(tmp_path / f"{name}.osm", streets, when, country)
    assert not wrong, "\n".join(map(str, wrong))
