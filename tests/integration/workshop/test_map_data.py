"""The map's layers are those of the pages, and a plan changes homes and isochrones alone."""

import json

from tesoma_geo.scenarios.scenario import Scenario
from tesoma_geo.workshop.answers import answer
from tesoma_geo.workshop.map_data import answer_layers, district_layers


def test_the_layers_are_json_with_a_painter_each(district):
    layers = district_layers(district)
    assert json.loads(json.dumps(layers)) == layers
    assert layers["cells"]["painter"] == "cells"
    assert set(layers["cells"]["packed"]["to_hub_s"]) == {"walk", "wheelchair"}


def test_a_plan_of_nothing_is_as_today(district, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("name = 'Plan'\n")
    layers, found = district_layers(district), answer(district, Scenario.load(path), "walk")
    told = answer_layers(district.inputs, found)
    assert told["to"] == layers["cells"]["packed"]["to_hub_s"]["walk"]
    assert told["rings"] == layers["isochrones"]["parts"][0]
