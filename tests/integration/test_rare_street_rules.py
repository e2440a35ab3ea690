"""Rare tags of OpenStreetMap and what they mean for each way of moving: hours, locks, lifts, platforms, lanes, weights.

As in ``test_street_rules.py`` the answers were written down before anything was run, from the wiki (Key:access,
Conditional restrictions, Key:opening_hours, Key:locked, Key:access:lanes, Key:maxweight; 2026-11).
"""

import pytest

from tesoma_geo.network.streets.conditional import SUMMER, When
from tests.street_blocks import Street, kind, point, road, wrong_answers

#: Tuesday in July, half past twelve.
NOON = [
    *(road("", access__conditional=f"no @ {when}") for when in (
        "(Mo-Fr 12:00-13:00)", "(Jul Tu)", "(Jul-Sep,Dec)", "10:00-14:00; no @ 16:00-18:00",
        "(08:00-11:00, 12:00-17:00)",
        "(Mo-Th 07:00-19:00, Fr 07:00-15:00)", "(Apr 15-Oct 15)", "10:00-14:00 AND Tu", "(10:00-14:00) AND (Tu)",
        "(Mo-Fr 10:00-14:00; Sa 08:00-12:00)", "(Tu; Su)", "(sunrise-22:00)", "(06:00-26:00)", "(00:00-24:00)",
        "(Mo-Fr,Su)", "(week 20-40 Tu)", "(Jul 01-Aug 15 Mo-Fr 08:00-16:00)",
    )),
    *(road("wrbc", access__conditional=f"no @ {when}") for when in (
        "(Oct 15-Apr 15)", "(PH,Su)", "(Su,PH 10:00-14:00)", "(easter)", "(Mo[1])", "(Tu[2])", "(Tu[-1])", "(Jul 14)",
        "(22:00-06:00 AND Jul)", "(spring)", "(autumn)", "(stay > 2 hours)", "(disabled)", "(emissions<Euro 4)",
        "(flood)", "(22:00-sunrise)", "(Mo-Fr 13:00-11:00)", "(week 02-52/2)", "(Jul[1])", "(wheels<3)",
        "(Dec 24-26)", "(Mar-May,Oct)", "(Sa 10:00-14:00, Su)",
    )),
    road("", access__conditional="No @ (Mo-Fr 10:00-14:00)"),
    road("", access__conditional="NO @ (10:00-14:00)"),
    road("", access__conditional="yes @ (06:00-10:00); no @ (10:00-22:00)"),
    road("wrbc", access__conditional="no @ (10:00-22:00); yes @ (11:00-14:00)"),
    road("", access__conditional="private @ (10:00-14:00 AND Mo-Fr)"),
    road("wr", "c", access__conditional="no @ (10:00-14:00)", foot="yes"),
    road("wrbcB", bicycle="no", bicycle__conditional="yes @ (10:00-14:00)"),
    road("wrc", "B", bicycle__conditional="dismount @ (10:00-18:00)"),
    road("wrb", vehicle__conditional="no @ (10:00-14:00)", motorcar="no"),
    road("wrbB", vehicle__conditional="no @ (10:00-14:00)", bicycle="yes"),
    road("wrb", motor_vehicle__conditional="no @ (Sa 08:00-14:00; Tu 10:00-13:00)"),
    road("wrb", "c", motorcar__conditional="no @ (Tu)"),
    road("wrbc", motorcar__conditional="no @ (Su)"),
    kind("pedestrian", "wrb", "cB", bicycle="no", bicycle__conditional="yes @ (18:00-11:00)"),
    kind("pedestrian", "wrbc", motor_vehicle__conditional="yes @ (06:00-18:00)"),
    kind("pedestrian", "wrb", motor_vehicle__conditional="delivery @ (06:00-18:00)"),
    kind("cycleway", "wrb", "c", foot__conditional="no @ (Dec)"),
    road("wrbcB", back=("wr", "c"), oneway__conditional="yes @ (Mo-Fr 12:00-13:00)"),
    road("wrbcB", oneway__conditional="yes @ (Mo-Fr 07:00-09:00)"),
    road("wrc", "B", back=("wrbcB", ""), bicycle__forward__conditional="no @ (10:00-14:00)"),
    *(road("", opening_hours=hours) for hours in (
        "Tu-Su 13:00-17:00; Mo closed", "Sep-Jun 08:00-18:00; Jul,Aug closed", "Mo-Fr 08:00-18:00; Jul off",
        "22:00-sunrise", "Sa 10:00-14:00, Su 10:00-14:00", "Dec-Feb", "Mo-Fr 07:00-09:00, 15:00-17:00",
    )),
    *(road("wrbc", opening_hours=hours) for hours in (
        "Mo-Sa 06:00-24:00; Su 08:00-24:00", "06:00-02:00", "unknown", "Mo-Fr 09:00-17:00 unknown",
        "\"on appointment\"",
        "summer only", "May-Sep", "Jul: 24/7", "sunrise-22:00", "(sunrise-01:00)-(sunset+01:00)", "Mo-Fr 05:00-25:00",
        "Mo-Fr 08:00-18:00; PH off", "week 01-53/2 Mo-Fr 08:00-18:00", "Mo-Fr 12:00-13:00, Sa 10:00-12:00",
        "Apr-Oct Mo-Su 09:00-20:00; Nov-Mar Mo-Su 09:00-16:00", "Mo-Su,PH 07:00-21:00", "24/7 \"ring the bell\"",
    )),
    point("", barrier="gate", opening_hours="Mo-Fr 06:00-09:00"), point("wrbc", barrier="gate",
    opening_hours="unknown"),
    point("", barrier="gate", access="private", opening_hours="Mo-Fr 08:00-18:00"),
    point("bc", barrier="gate", foot__conditional="no @ (10:00-14:00)"),
    point("wrbc", barrier="gate", access="no", access__conditional="yes @ (08:00-20:00)"),
]  # fmt: skip

#: Saturday in July, half past two in the night: what began on Friday still lasts.
SATURDAY_NIGHT = [
    *(road("", access__conditional=f"no @ {when}") for when in (
        "(Fr 22:00-04:00)", "(Fr-Sa 22:00-06:00)", "(22:00-06:00)", "(Fr 20:00-28:00)", "(sunset-sunrise)",
    )),
    *(road("wrbc", access__conditional=f"no @ {when}") for when in (
        "(Sa 22:00-04:00)", "(Mo-Th 22:00-06:00)", "(Sa 03:00-06:00)", "(Fr)", "(06:00-22:00)",
    )),
    road("wrbc", opening_hours="Fr 18:00-03:00"), road("", opening_hours="Sa 18:00-03:00"),
    road("", opening_hours="05:00-02:00"), road("wrbc", opening_hours="Mo-Su 05:00-27:00"),
    point("", barrier="gate", opening_hours="06:00-24:00"),
]  # fmt: skip

#: Tuesday in April, half past twelve.
APRIL = [
    road("", access__conditional="no @ (spring)"),
    road("wrbc", access__conditional="no @ (summer)"),
    road("wrbc", access__conditional="no @ (winter)"),
    road("", seasonal="summer"),
    road("wrbc", seasonal="spring"),
    road("", access__conditional="no @ (Mar 15-May 31)"),
    road("wrbc", access__conditional="no @ snow"),
]

POINTS = [
    # Locks of what a walker passes beside.
    *(point("wrb", barrier=kind_, locked="yes") for kind_ in ("bollard", "chain", "block", "planter")),
    *(point("", barrier=kind_, locked="yes") for kind_ in ("gate", "sliding_gate", "wicket_gate", "kissing_gate",
    "turnstile")),
    point("wrbc", barrier="height_restrictor", locked="yes"), point("w", "rc", barrier="log", locked="yes"),
    point("wrb", barrier="bollard", locked="yes", bollard="removable"),
    point("wrbc", barrier="bollard", locked="no", motor_vehicle="yes"),
    # Lifts.
    point("wr", "bc", highway="elevator", bicycle="no"), point("wrb", highway="elevator", bicycle="yes"),
    point("wrb", highway="elevator", bicycle="dismount"), point("wr", "c", highway="elevator", wheelchair="yes"),
    point("w", "r", highway="elevator", wheelchair="no", access="yes"), point("", highway="elevator", locked="yes"),
    # Kerbs.
    point("wrbc", kerb="lowered", kerb__height="2"), point("wbc", kerb__height="15"),
    point("wrbc", kerb="raised", kerb__height="0.02"), point("wrbc", barrier="kerb", kerb__height="2 cm"),
    point("wbc", barrier="kerb", kerb__height="3.5 cm"), point("wrbc", kerb__height="20mm"),
    point("wbc", kerb="lowered", kerb__height="60 mm"), point("wrbc", kerb="raised", kerb__height="3cm"),
    # Types and modes.
    point("wb", "rc", barrier="debris"), point("wrb", barrier="rope"), point("wrb", barrier="spikes"),
    point("wrb", "c", barrier="lift_gate", motorcar="no"), point("wbc", barrier="gate", wheelchair="no"),
    point("wrb", barrier="gate", vehicle="destination"), point("wrbc", barrier="gate", horse="yes"),
    point("wrb", barrier="bollard", access="permissive", motor_vehicle="no"),
    point("wrb", "c", barrier="swing_gate", access="no", foot="yes", bicycle="yes"),
    point("wrbc", barrier="bus_trap", motorcar="yes"), point("wrb", barrier="bus_trap", motor_vehicle="no"),
    point("wrbc", barrier="height_restrictor", maxheight="2"), point("wrb", barrier="height_restrictor",
    maxheight="1.5 m"),
    point("wrb", barrier="height_restrictor", maxheight="1.5 m", motorcar="yes"),
    point("wrbc", barrier="lift_gate", bicycle="yes"), point("", barrier="kissing_gate", access="no"),
    point("wr", "c", barrier="turnstile", wheelchair="yes"), point("w", "rc", barrier="stile", foot="permissive"),
    point("wrb", barrier="cycle_barrier", bicycle="yes", wheelchair="yes"), point("", barrier="toll_booth",
    access="no"),
    point("wrb", barrier="gate", motor_vehicle="permit"), point("wrb", "c", barrier="jersey_barrier", bicycle="yes"),
    point("wrb", "c", barrier="chicane"), point("wrbc", barrier="coupure"), point("wrb", barrier="BOLLARD"),
    point("wrb", highway="crossing", barrier="bollard"), point("w", "r", entrance="main", wheelchair="no"),
    point("", barrier="gate", access="private", wheelchair="yes"), point("wrbc", barrier="gate", access="public"),
    point("wrb", barrier="gate", motor_vehicle="agricultural"), point("wrb", barrier="bollard", bollard="rising"),
    point("wrb", barrier="gate", maxweight="0.5"), point("wrbc", barrier="gate", maxweight="3.5"),
]  # fmt: skip

WAYS = [
    # Lanes.
    road("wrb", motor_vehicle__lanes="no|no"), road("wrbc", motor_vehicle__lanes="no|yes"),
    road("wrbc", motor_vehicle__lanes="no|"), road("", access__lanes="no|no"), road("wrbc", access__lanes="yes|no"),
    road("wrb", vehicle__lanes="no|no"), road("wrbcB", bicycle__lanes="no|designated"),
    road("wrc", "B", bicycle__lanes="no|no"), road("wrb", motor_vehicle__lanes="private|private"),
    road("wrb", vehicle__lanes="no|no", motor_vehicle__lanes="no|no"),
    road("wrb", motor_vehicle="no", motor_vehicle__lanes="yes|no"),
    road("wrbc", back=("wrb", "c"), motor_vehicle__lanes__backward="no|no"),
    road("wrb", "c", back=("wrbc", ""), motor_vehicle__lanes__forward="no"),
    road("wrbB", "c", vehicle__lanes="no|no|no", bicycle="yes"),
    road("wrbc", turn__lanes="left|through;right"), road("wrbc", lanes="2", lanes__bus="1"),
    # Weights.
    road("wrb", maxweight="1"), road("wrb", maxweight="1 t"), road("wrb", maxweight="900 kg"),
    road("wrb", maxweight="2000 lbs"), road("wrbc", maxweight="3.5"), road("wrbc", maxweight="7,5 t"),
    road("wrbc", maxweight="10 st"), road("wrbc", maxweight="none"), road("wrbc", maxweight="default"),
    road("wrbc", maxweight="4000 lbs"), road("wrbc", maxaxleload="8"), road("wrbc", hgv="no"),
    road("wrbc", maxweight="16-44"), road("wrbc", maxweight="30000"),
    # One mode alone.
    road("wrc", "B", bicycle="private"), road("wrc", "B", bicycle="destination"), road("bc", foot="permit"),
    road("wrbB", vehicle="private", bicycle="permissive"), road("wrb", vehicle="customers", foot="yes"),
    kind("track", "wrb", motor_vehicle="forestry"), kind("track", "wrbB", "c", vehicle="agricultural", bicycle="yes"),
    kind("service", "wr", "cB", access="private", foot="yes", bicycle="private"),
    # Access for everybody opens no class that is closed to a mode.
    kind("footway", "wrb", "cB", access="yes"), kind("footway", "wrb", "cB", access="permissive"),
    kind("pedestrian", "wrb", "cB", access="yes"), kind("cycleway", "wrbB", "c", access="permissive"),
    kind("footway", "", access="private"), kind("footway", "", access="destination"),
    kind("footway", "wrb", "cB", access="private", foot="yes"), kind("steps", "w", "rc", access="yes"),
    kind("footway", "wrbB", "c", access="private", bicycle="yes", foot="yes"),
    kind("motorway", "c", access="yes", oneway="no"), kind("footway", "wrbc", access="no", vehicle="yes", foot="yes"),
    # What is no way, and what is one.
    Street({"area:highway": "footway"}, ""), Street({"area:highway": "residential"}, ""),
    Street({"railway": "platform", "access": "customers"}, ""), Street({"railway": "platform",
    "access": "yes"}, "wr", "c"),
    Street({"public_transport": "platform", "foot": "no"}, "", "wrc"), Street({"railway": "platform_edge"}, ""),
    Street({"railway": "platform", "wheelchair": "no"}, "w", "rc"),
    Street({"highway": "platform", "access": "permit"}, ""), Street({"public_transport": "platform",
    "highway": "footway"}, "wr", "c"),
    Street({"indoor": "room"}, ""), Street({"indoor": "wall"}, ""), Street({"highway": "corridor",
    "level": "-1"}, "wr", "c"),
    Street({"highway": "footway", "indoor": "yes", "level": "0;1", "repeat_on": "1-3"}, "wr", "c"),
    Street({"highway": "steps", "level": "0-1"}, "w", "rc"), Street({"place": "square"}, ""),
    Street({"public_transport": "stop_area"}, ""), Street({"amenity": "parking"}, ""), Street({"leisure": "track"}, ""),
    Street({"aeroway": "taxiway"}, ""), Street({"waterway": "river"}, ""), Street({"railway": "platform",
    "highway": "proposed"}, ""),
    # Steps and what moves.
    kind("steps", "w", "rc", ramp="yes"), kind("steps", "w", "rc", ramp__bicycle="yes"),
    kind("steps", "w", "rc", ramp__stroller="yes"), kind("steps", "w", "rc", ramp__wheelchair="separate"),
    kind("steps", "w", "rc", ramp__wheelchair="yes", wheelchair="no"), kind("steps", "wr", "c", wheelchair="yes"),
    kind("steps", "w", "rc", back=("w", "rc"), conveying="yes"), kind("steps", "", back=("", ""), access="private",
    conveying="yes"),
    kind("footway", "wr", "c", conveying="reversible"), kind("steps", "w", "rc", bicycle="no", ramp="yes"),
    # A bicycle that is pushed against the traffic.
    road("wrbcB", back=("wrb", "cB"), oneway="yes"), road("wrb", "cB", back=("wrbcB", ""), oneway="-1"),
    road("wrbcB", back=("wrbc", "B"), bicycle__backward="no"), road("bcB", "wr", back=("", "wrbc"), oneway="yes",
    foot="no"),
    road("wrbcB", back=("wr", "bc"), junction="roundabout"), kind("cycleway", "wrbB", "c", back=("wrb", "cB"),
    oneway="yes"),
    kind("motorway", "c", back=("", "wrbc")), road("wrb", "c", back=("wrb", "c"), oneway="yes", motor_vehicle="no"),
    road("bcB", back=("", "wrb"), oneway="yes", foot="private"),
    kind("pedestrian", "wrb", "c", back=("wrb", "c"), oneway="yes"),
    road("wrbcB", back=("wrb", "cB"), oneway="yes", bicycle__backward="dismount"),
]  # fmt: skip

QUANTITIES = [
    *(road("wbc", "r", incline=value) for value in ("10 %", "+10%", "10,0%", "1:10", "9%", "6°", "-9 %", "1:11",
    "90‰")),
    *(road("wrbc", incline=value) for value in ("8.3%", "8%", "1:12", "8,3 %", "8.33%", "4°", "80‰", "up", "8-12%",
    "10% up?")),
    *(road("w", "r", width=value) for value in ("1'6\"", "0,75", "80cm", "2'10\"", "31 in", "0.85")),
    *(road("wrbc", width=value) for value in ("5'6\"", "0,9", "3' 0\"", "est. 0.8", "0.8-1.0", "1.5 m", "1,5m",
    "0.9 m")),
    road("wrb", maxwidth="5'"), road("wrbc", maxwidth="6'6\""), road("wrb", maxheight="5'"), road("wrbc",
    maxheight="7'6\""),
    road("wrb", maxheight="1,5"), road("wrbc", maxheight="2,5m"),
]  # fmt: skip

NORWAY = [
    kind("footway", "wrbB", "c"),
    kind("pedestrian", "wrbB", "c"),
    kind("footway", "wrb", "cB", bicycle="no"),
    kind("footway", "wrb", "cB", bicycle="dismount"),
    kind("steps", "w", "rcB"),
    kind("trunk", "wrbc"),
]

SWEDEN = [
    kind("footway", "wrb", "cB"),
    kind("pedestrian", "wrb", "cB"),
    kind("footway", "wrbB", "c", bicycle="yes"),
]

TABLES = {
    "norway": (NORWAY, SUMMER, "NO"),
    "sweden": (SWEDEN, SUMMER, "SE"),
    "noon": (NOON, SUMMER, "FI"),
    "saturday night": (SATURDAY_NIGHT, When(weekday=5, hour=2), "FI"),
    "april": (APRIL, When(month=4), "FI"),
    "points": (POINTS, SUMMER, "FI"),
    "ways": (WAYS, SUMMER, "FI"),
    "quantities": (QUANTITIES, SUMMER, "FI"),
}


@pytest.mark.parametrize("name", TABLES)
def test_who_takes_each_street(name, tmp_path):
    streets, when, country = TABLES[name]
    wrong = wrong_answers(tmp_path / f"{name}.osm", streets, when, country)
    assert not wrong, "\n".join(map(str, wrong))
