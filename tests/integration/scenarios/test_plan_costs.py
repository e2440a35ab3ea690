"""Euros by hand: metres times the rate of the type, what an entry says first, and what nobody told."""

import pytest

from tesoma_geo.scenarios.edits import edited
from tesoma_geo.scenarios.plan_costs import plan_costs

# 9 m, from the residential street south of the railway to the cycleway that leads to the underpass.
LINK = "line = [[23.629575, 61.501655], [23.629548, 61.501735]]"


def costs(inputs, scenario):
    return plan_costs(scenario, inputs, edited(inputs, scenario))


@pytest.mark.parametrize(
    ("tags", "entry", "rates", "per_m"),
    [
        ("highway = 'footway'", "", "footway = 300", 300),
        ("highway = 'footway', bridge = 'yes'", "", "footway = 300, bridge = 9000", 9000),
        ("highway = 'footway', bridge = 'yes'", "", "footway = 300", 300),
        ("highway = 'footway', bridge = 'no'", "", "footway = 300, bridge = 9000", 300),
        ("highway = 'footway'", "cost_eur_per_m = 50", "footway = 300", 50),
    ],
)
def test_a_link_costs_its_metres(inputs, plan, tags, entry, rates, per_m):
    found = costs(inputs, plan(f"cost_eur_per_m = {{ {rates} }}\n[[links]]\n{LINK}\ntags = {{ {tags} }}\n{entry}"))
    assert found["total_eur"] == pytest.approx(9.0 * per_m, rel=0.05)
    assert found["unknown"] == []


def test_what_nobody_told_is_named(inputs, plan):
    text = f"[[links]]\n{LINK}\ntags = {{ highway = 'footway' }}\n[[lighting]]\nways = [11]\ncost_eur = 1200"
    assert costs(inputs, plan(text)) == {
        "total_eur": 1200.0, "parts_eur": {"lighting.0": 1200.0}, "unknown": ["links.0"],
    }  # fmt: skip


def test_a_plan_that_tells_nothing_has_no_total(inputs, plan):
    assert costs(inputs, plan("[[lighting]]\nways = [11]"))["total_eur"] is None
