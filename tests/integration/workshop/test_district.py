"""What is prepared once is what the main job computes; by public transport too, also with a plan."""

from dataclasses import replace

import numpy as np
import pytest

from tesoma_geo.assessment.assess import assess_inputs
from tesoma_geo.columns import FROM_HUB_S, TO_HUB_S
from tesoma_geo.scenarios.compare import compare
from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.answers import answer
from tesoma_geo.workshop.district import DistrictToday
from tesoma_geo.workshop.map_data import answer_layers, district_layers


@pytest.fixture(scope="module")
def ridden(few):
    access = few.workspace.access.model_copy(update={"profiles": ("walk", "transit")})
    walk = tuple(one for one in few.profiles if one.name == "walk")
    return replace(few, workspace=few.workspace.model_copy(update={"access": access}), profiles=walk)


@pytest.fixture(scope="module")
def riders(ridden):
    return DistrictToday.of(ridden)


def plan(kind, inputs, link):
    timetable = inputs.timetable
    line = str(timetable.lines["name"].iloc[0])
    hub = inputs.hub.to_crs("EPSG:4326").geometry.iloc[0]
    stop = timetable.stops.iloc[int(np.hypot(timetable.stops["lon"] - hub.x, timetable.stops["lat"] - hub.y).argmin())]
    first, last = link[0], [hub.x, hub.y]
    return {
        "headway": f'[[headways]]\nline = "{line}"\nheadway_min = 3\nbetween = ["07:00", "09:00"]\n',
        "end": f'[[lines]]\nremove = "{line}"\n',
        "stop": f'[[stops]]\nstop_id = "{stop["stop_id"]}"\nlon = {hub.x}\nlat = {hub.y}\n',
        "line": f'[[lines]]\nname = "W1"\nstops = [{first}, {last}]\nminutes = [2]\nheadway_min = 5\n'
        'between = ["07:00", "09:00"]\n',
        "link": f'[[links]]\nline = {link}\ntags = {{ highway = "path" }}\n',
        "homes": "[[homes]]\nlon = 23.6300\nlat = 61.5000\nresidents = 200\n",
    }[kind]


@pytest.mark.parametrize("kind", ["headway", "end", "stop", "line", "link", "homes"])
def test_the_figures_are_those_of_the_scenario_command(riders, ridden, kind, link, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("name = 'Plan'\n" + plan(kind, ridden, link), encoding="utf-8")
    scenario = Scenario.load(path)
    whole = compare(ridden, scenario).figures
    quick = answer(riders, scenario, "transit")
    assert quick.residents == whole["profiles"]["transit"]
    for kind_of, figures in whole["services"].items():
        assert quick.services[kind_of]["profiles"]["transit"] == figures["profiles"]["transit"]
    assert len(quick.isochrones) == 0
    if kind in ("headway", "line"):
        assert quick.residents["residents"]["gaining"] > 0


def test_the_map_has_minutes_of_riders_and_no_isochrones(riders, ridden):
    told = district_layers(riders)
    cells = told["cells"]["packed"]
    assert list(cells["to_hub_s"]) == ["walk", "transit"]
    assert cells["to_hub_s"]["walk"] != cells["to_hub_s"]["transit"]
    at = told["isochrones"]["packed"]["profiles"].index("transit")
    assert told["isochrones"]["parts"][at] == []
    nothing = Scenario(name={"en": "Nothing"}, path=ridden.workspace.path)
    assert answer_layers(ridden, answer(riders, nothing, "transit"))["to"] == cells["to_hub_s"]["transit"]


def test_todays_seconds_are_those_of_the_main_job(district, few):
    whole = assess_inputs(few, lambda _: None)
    for name, today in district.today.items():
        np.testing.assert_array_equal(today.seconds.to_hub_s, whole.origins[TO_HUB_S.of(name)])
        np.testing.assert_array_equal(today.seconds.from_hub_s, whole.origins[FROM_HUB_S.of(name)])
